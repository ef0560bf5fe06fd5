"""The figures that were published after two learning events, from answers that reproduce them, by the real path."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.answered import Answering, fill
from bot.app import Store
from bot.workbook import read
from conversations.model import Event, Language, Value
from conversations.report.making import report
from conversations.report.values import Cell, Figure, Hiding, Report
from conversations.report.wanted import wanted
from locales.phrases import say
from storage.events import import_event
from storage.report_counts import counts, waves_of

PACK = Path(__file__).parents[2] / "events" / "learning-and-sharing" / "pack.md"
LONG_AFTER = datetime(2027, 12, 1, tzinfo=UTC)
DUE = {
    (name, 0): datetime(2026, 11, 20, tzinfo=UTC) + timedelta(days=days)
    for name, days in (("week_1", 0), ("month_1", 30), ("month_3", 90), ("year_1", 360))
}
INVITED, ANSWERED = 102, 32
CONNECTED = {
    "share_information": 16,
    "explore_working_together": 14,
    "acknowledge_expertise": 14,
    "learn_about_work": 13,
    "informally": 13,
    "advice_mentoring": 12,
    "technical_assistance": 10,
    "follow_up_question": 10,
    "other_workshops": 8,
    "widen_networks": 8,
    "compare_contexts": 6,
    "organise_event": 5,
    "joint_proposals": 1,
    "none": 2,
    "other": 2,
}
"""Of 30 people: 53, 47, 47, 43, 43, 40, 33, 33, 27, 27, 20, 17, 3, 7 and 7 %."""
CHANGED = {
    "reflected": 17,
    "influenced": 15,
    "informed_decisions": 14,
    "brought_practice": 13,
    "wider_stakeholders": 13,
    "networks": 10,
}
"""Of 31 people: 55, 48, 45, 42, 42 and 32 %."""
PASSED_ON = {"internal_informal": 24, "internal_formal": 20, "external_informal": 5, "external_formal": 6}
"""Of 32 people; 31 of them inside the organisation in one way or the other, 7 outside."""


def chosen(numbers: dict[str, int], whole: int, person: int) -> tuple[str, ...]:
    """What a person of the whole chose: each option goes to the next so many people, round and round."""
    found, first = [], 0
    for name, number in numbers.items():
        if (person - first) % whole < number:
            found.append(name)
        first += number
    return tuple(found)


def sharing(person: int) -> tuple[str, ...]:
    ways = ["internal_informal"] * (person < 24) + ["internal_formal"] * (11 <= person < 31)
    ways += ["external_informal"] * (person < 5) + ["external_formal"] * (1 <= person < 7)
    return tuple(ways) or ("none",)


def connections(person: int) -> tuple[str, ...]:
    in_touch = {name: number for name, number in CONNECTED.items() if name != "none"}
    return chosen(in_touch, 28, person) if person < 28 else ("none",)


def agrees(question: str, agreeing: int, answered: int, person: int) -> dict[str, Value]:
    if person >= answered:
        return {}
    return {question: ("strongly_agree", "agree")[person % 2] if person < agreeing else "neutral"}


def answering(person: int) -> Answering:
    """One of the 102, of whom the first 32 answered."""
    profile = {
        "country": ("ke", "sn", "ug", "tz")[person % 4],
        "organisation": ("linking", "community", "resource")[person % 3],
        "event_role": "participant" if person % 2 else "presenter",
    }
    if person >= ANSWERED:
        return Answering(dict.fromkeys(DUE), profile)
    week: dict[str, Value] = {"prepared": "alone" if person < 20 else "no"}
    week |= agrees("made_sense", 21, 31, person)
    week |= agrees("understand_programmes", 28, 31, person) | agrees("understand_issues", 28, 31, person)
    month: dict[str, Value] = {"passed_on": sharing(person)}
    if person < 30:
        month["connections"] = connections(person)
    quarter: dict[str, Value] = agrees("applied", 28, 32, person)
    if person < 31:
        quarter["changes"] = chosen(CHANGED, 31, person)
    year: dict[str, Value] = agrees("relations_africa", 21, 31, person) | agrees("relations_country", 21, 31, person)
    return Answering(dict(zip(DUE, (week, month, quarter, year), strict=True)), profile)


@pytest.fixture
def filled(store: Store) -> tuple[Store, Event]:
    event = read(PACK)
    with store.engine.begin() as connection:
        import_event(connection, event, datetime(2026, 11, 1, tzinfo=UTC))
        fill(connection, store.vault, map(answering, range(INVITED)), DUE)
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
