"""What people answered in the chat, as it comes out in an export."""

import asyncio
import csv
from pathlib import Path

import pytest

from bot.reports.dataset import Labels, Style
from bot.reports.exporting import Format, Manner, export
from bot.reports.gathering import Wish, gather
from bot.reports.layout import FIRST, LAST
from storage.dispositions import waves
from tests.journeys.conftest import World
from tests.journeys.stories import SAVED, SEND, SURVEY, SURVEYS, joined, opened
from tests.journeys.test_languages import WHEN, switch

SHARED = ("_status", "_wave", "_contact", "_version")


@pytest.mark.parametrize("survey", SURVEYS)
async def test_a_switch_of_language_in_the_middle_gives_the_same_rows(
    world: World, tmp_path: Path, survey: str
) -> None:
    steady = await joined(world, "Amina", "en")
    changing = await joined(world, "Moussa", "fr")
    await world.phones.until(WHEN[survey])
    await opened(steady, SURVEY["en"], "en")
    await opened(changing, SURVEY["fr"], "fr")
    answers = list(SURVEYS[survey].values())
    for place, answer in enumerate(answers):
        if place == len(answers) // 2:
            await switch(changing, "fr")
        await steady.say(answer.typed)
        await changing.say(answer.typed)
    for phone in (steady, changing):
        await phone.tap(SEND["en"])
        await phone.sees(SAVED["en"])
    for labels in Labels:
        one, another = await rows(world, survey, labels, tmp_path / f"{labels}.csv")
        assert one == another
        assert "complete" in one.values() or "Complete" in one.values() or "Complète" in one.values()


async def test_somebody_who_never_opens_it_was_delivered_and_not_reached(world: World) -> None:
    await joined(world, "Amina", "en")
    await world.phones.until(WHEN["week_1"])
    await world.app.delivery.idle()
    found = await world.look(lambda connection: waves(connection, world.event.code, world.clock.now()))
    first = next(wave for wave in found if wave.survey == "week_1")
    assert (first.registered, first.due, first.invited, first.delivered, first.not_reached) == (1, 1, 1, 1, 1)
    assert (first.opened, first.completed) == (0, 0)


async def rows(world: World, survey: str, labels: Labels, path: Path) -> list[dict[str, str]]:
    """The rows of that survey, without what is each person's own."""
    wish, now = Wish(world.event.code, survey=survey), world.clock.now()

    def write() -> None:
        gathered = gather(world.store, wish, now)
        manner = Manner(Format.CSV, Style(labels), raw=True)
        export(world.store, gathered, manner, path, lambda _: None, overwrite=False)

    await asyncio.to_thread(write)
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    # Of Suivi’s own columns the status, the wave, the invitation and the revision are shared.
    own = {column.header(Style(labels)) for column in (*FIRST, *LAST) if column.path[0] not in SHARED}
    return [{name: cell for name, cell in zip(header, line, strict=True) if name not in own} for line in lines]
