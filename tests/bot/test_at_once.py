"""Two coordinators who press at the same moment: one effect, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from conversations.cues import Started
from conversations.model import Role
from conversations.roles import Act
from tests.bot.outgoing import texts
from tests.bot.teams import COORDINATOR, HERE, NOBODY, PARTICIPANT, SECOND, Teams
from tests.rig import rig_in

TIMES = 5


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def teams(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Teams]:
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else None
    async with rig_in(tmp_path, url) as rig:
        yield await Teams(rig).gather()


def done(teams: Teams, effect: str) -> int:
    """How many lines of the record say that this came of it."""
    return sum(effect in line.details for line in teams.record())


@pytest.mark.parametrize(
    ("acts", "effects"),
    [
        ((Act.CONFIRM, Act.CONFIRM), {"Appoint"}),
        ((Act.REFUSE, Act.REFUSE), {"TurnDown"}),
        ((Act.CONFIRM, Act.REFUSE), {"Appoint", "TurnDown"}),
    ],
)
async def test_a_candidate_is_settled_once(teams: Teams, acts: tuple[Act, Act], effects: set[str]) -> None:
    for settled in range(1, TIMES + 1):
        await teams.candidate(NOBODY)
        first, second = (teams.about(act, NOBODY, waiting=True) for act in acts)
        answers = await asyncio.gather(teams.taps(COORDINATOR, first), teams.taps(SECOND, second))
        assert sorted(len(each.said) for each in answers) == [0, 2]
        assert sum(done(teams, effect) for effect in effects) == settled
        if NOBODY in teams.roles():
            await teams.taps(COORDINATOR, teams.about(Act.REMOVE_FOR_GOOD, NOBODY))
    told = [each for each in texts(teams.rig.channel.heard, NOBODY) if "now a" in each]
    assert len(told) == done(teams, "Appoint"), "and told so once each time"


async def test_somebody_is_removed_once(teams: Teams) -> None:
    for _ in range(TIMES):
        await teams.candidate(NOBODY)
        await teams.taps(COORDINATOR, teams.about(Act.CONFIRM, NOBODY, waiting=True))
        before = done(teams, "Dismiss")
        button = teams.about(Act.REMOVE_FOR_GOOD, NOBODY)
        await asyncio.gather(*(teams.taps(who, button) for who in (COORDINATOR, SECOND, COORDINATOR)))
        assert done(teams, "Dismiss") == before + 1
    told = [each for each in texts(teams.rig.channel.heard, NOBODY) if "no longer of the team" in each]
    assert len(told) == TIMES


async def test_of_three_who_remove_one_another_whoever_is_out_removes_nobody(teams: Teams) -> None:
    """The third keeps both removals possible: what stops the second is that its own role is gone."""
    await teams.candidate(NOBODY, Role.COORDINATOR)
    await teams.taps(COORDINATOR, teams.about(Act.CONFIRM, NOBODY, waiting=True))
    each_other = {COORDINATOR: SECOND, SECOND: COORDINATOR}
    buttons = {who: teams.about(Act.REMOVE_FOR_GOOD, other) for who, other in each_other.items()}
    answers = await asyncio.gather(*(teams.taps(who, button) for who, button in buttons.items()))
    assert done(teams, "Dismiss") == 1
    [left] = each_other.keys() & teams.roles().keys()
    loser = list(each_other).index(each_other[left])
    assert answers[loser] == await teams.taps(each_other[left], None), "to whoever is out, it is an old button"


async def test_the_last_two_coordinators_cannot_remove_one_another(teams: Teams) -> None:
    buttons = {
        who: teams.about(Act.REMOVE_FOR_GOOD, other) for who, other in ((COORDINATOR, SECOND), (SECOND, COORDINATOR))
    }
    await asyncio.gather(*(teams.taps(who, button) for who, button in buttons.items()))
    assert sum(role is Role.COORDINATOR for role in teams.roles().values()) == 1


async def test_an_invitation_is_used_once_by_two_at_once(teams: Teams) -> None:
    code = teams.rig.invite(HERE, Role.MODERATOR, vouched=False)
    await asyncio.gather(*(teams.rig.person(who, Started(code)) for who in (NOBODY, PARTICIPANT)))
    said = [part.text for each in teams.rig.channel.heard for part in each.message.paragraphs]
    assert sum("Tell them these letters" in each for each in said) == 1
