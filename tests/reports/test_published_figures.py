"""The figures that were published after two learning events, from answers that reproduce them, by the real path."""

from datetime import UTC, datetime

import pytest

from bot.app import Store
from bot.workbook import read
from conversations.model import Event, Language
from conversations.report.making import report
from conversations.report.values import Cell, Figure, Hiding, Report
from conversations.report.wanted import wanted
from locales.phrases import say
from storage.events import import_event
from storage.report_counts import counts, waves_of
from tests.reports.answers_published import LONG_AFTER, PACK, fill_in


@pytest.fixture
def filled(store: Store) -> tuple[Store, Event]:
    event = read(PACK)
    with store.engine.begin() as connection:
        import_event(connection, event, datetime(2026, 11, 1, tzinfo=UTC))
        fill_in(connection, store.vault)
    return store, event


def made(filled: tuple[Store, Event], **how: bool) -> Report:
    store, event = filled
    with store.engine.connect() as connection:
        asked = wanted(event, waves_of(connection, event.code, LONG_AFTER))
        found = counts(connection, store.contents, event, asked, LONG_AFTER)
    return report(event, found, LONG_AFTER.date(), **how)


def figure(made: Report, name: str) -> Figure:
    return next(each for each in made.figures if each.name == name)


def shares(figure: Figure, row: str) -> list[int | None]:
    """The shares of a row, in percent."""
    place = [say(each, Language.EN).partition(" (")[0] for each in figure.rows].index(row)
    return [None if cell.share is None else round(100 * cell.share) for cell in cells(figure, place)]


def cells(figure: Figure, place: int) -> list[Cell]:
    return [series.cells[place] for series in figure.series]


def test_the_published_figures_come_out(filled: tuple[Store, Event]) -> None:
    opened = made(filled, opened=True)
    assert shares(figure(opened, "response"), "Any of the surveys")[0] == 31
    assert say(figure(opened, "understand-programmes").sentence, Language.EN) == "90% agree."
    assert say(figure(opened, "understand-programmes").sentence, Language.FR) == "90\u00a0% sont d’accord."
    assert say(figure(opened, "applied").sentence, Language.EN) == "88% agree."
    assert say(figure(opened, "relations-africa").sentence, Language.EN) == "68% agree."
    sides = figure(opened, "sides-passed-on")
    assert (shares(sides, "Inside the organisation"), shares(sides, "Outside the organisation")) == ([97], [22])
    assert shares(figure(opened, "square-passed-on"), "Informally")[0] == 75


def test_all_shares_of_connections_and_changes_come_out(filled: tuple[Store, Event]) -> None:
    opened = made(filled, opened=True)
    connected = figure(opened, "connections")
    told = [round(100 * cell.share) for cell in connected.series[0].cells if cell.share is not None]
    assert told[:-1] == sorted(told[:-1], reverse=True)
    assert sorted(told, reverse=True) == [53, 47, 47, 43, 43, 40, 33, 33, 27, 27, 20, 17, 7, 7, 3]
    assert say(connected.rows[-1], Language.EN) == "I have not been in touch"
    changed = figure(opened, "changes").series[0].cells
    assert [round(100 * cell.share) for cell in changed if cell.share] == [55, 48, 45, 42, 42, 32]


def test_the_cycle_has_a_headline_from_each_stage(filled: tuple[Store, Event]) -> None:
    cycle = figure(made(filled, opened=True), "cycle")
    told = {say(row, Language.EN): shares(cycle, say(row, Language.EN)) for row in cycle.rows}
    assert told == {"Created": [62], "Acquired": [90], "Interpreted": [68], "Passed on": [97], "Applied": [88]}


def test_unless_it_is_opened_nobody_can_be_made_out(filled: tuple[Store, Event]) -> None:
    hidden = made(filled)
    connected = figure(hidden, "connections").series[0].cells
    assert {cell.count for cell in connected if cell.count is not None} == {16, 14, 13, 12, 10, 8, 6, 5}
    assert sum(cell.hiding is Hiding.FEW for cell in connected if cell.hidden) == 3
    assert say(figure(hidden, "applied").sentence, Language.EN) == "At least 28 of 32 agree."
    inside = figure(hidden, "sides-passed-on").series[0].cells[0]
    assert (inside.count, inside.hiding) == (None, Hiding.NEARLY_ALL)
