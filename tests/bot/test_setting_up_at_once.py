"""Several coordinators press the same button at the same moment: one effect, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.channels import FromPerson, Tap
from bot.doing import Done
from conversations.attachments import Attachment, Kind
from conversations.buttons import Button, decode
from conversations.cues import Sent, Tapped
from conversations.model import EventState
from storage import tables
from tests.bot.setting_up import Coordinator, sample, workbook
from tests.conversations.samples import sample_event
from tests.rig import Rig, rig_in

TEAM = [str(number) for number in range(70, 76)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else None
    async with rig_in(tmp_path, url) as found:
        yield found


@pytest.fixture
async def team(rig: Rig) -> list[Coordinator]:
    """Six people who coordinate the sample event."""
    rig.take_in(sample_event())
    everybody = [Coordinator(rig, address) for address in TEAM]
    for each in everybody:
        await each.joins(sample_event())
    return everybody


async def press_all(rig: Rig, button: Button | None) -> list[Done]:
    """All of them tap it at once."""
    updates = [FromPerson(next(rig.updates), each, Tapped(button), Tap("1", "1")) for each in TEAM]
    return list(await asyncio.gather(*(rig.take(each) for each in updates)))


def acts(rig: Rig, act: str) -> int:
    with rig.engine.connect() as connection:
        return connection.scalar(select(func.count()).where(tables.audit.c.act == act)) or 0


def count(rig: Rig, table: object) -> int:
    with rig.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


async def test_publishing_closing_and_opening_again_happen_once(rig: Rig, team: list[Coordinator]) -> None:
    first = team[0]
    await first.sends(sample(("Learning and Sharing Event 2026", "Learning and Sharing Event of 2026")), ".md")
    for asked, yes in (("/publish", "p-yes"), ("/close", "p-close-yes"), ("/reopen", "p-open-yes")):
        await first.says(asked)
        sure = decode(first.heard[-1].message.keyboard[0][0].data)
        ends = await press_all(rig, sure)
        assert sum(each.toast is None for each in ends) == 1, asked
        assert acts(rig, yes) == 1
    assert count(rig, tables.revisions) == 2
    assert count(rig, tables.replannings) == 3
    with rig.engine.connect() as connection:
        assert connection.scalar(select(tables.events.c.state)) is EventState.LIVE


async def test_of_those_who_begin_an_event_with_one_code_at_once_one_has_it(rig: Rig, team: list[Coordinator]) -> None:
    for each in team[:3]:
        rig.channel.files[each.address] = workbook()
        file = Attachment(Kind.DOCUMENT, each.address, ".xlsx")
        await rig.take(FromPerson(next(rig.updates), each.address, Sent(file)))
    await rig.jobs.work()
    await rig.delivery.idle()
    begun = [each for each in team[:3] if each.text.startswith("West Africa")]
    refused = [each for each in team[:3] if each.text.startswith("The code wca-27 cannot be used")]
    assert (len(begun), len(refused)) == (1, 2)
    assert count(rig, tables.drafts) == 1
