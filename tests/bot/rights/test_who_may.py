"""Who may do what, cell by cell: whoever may is seen to act, over the buttons and words that lead there."""

import pytest

from conversations import coordinating
from conversations.model import TEAM, Role
from conversations.roles import MAY, Act
from tests.bot.rights.samples import SAMPLES, Sample
from tests.bot.rights.steps import lead, walk
from tests.bot.teams import COORDINATOR, MODERATOR, Teams

ADDRESSES = {Role.MODERATOR: MODERATOR, Role.COORDINATOR: COORDINATOR}
CELLS = [
    pytest.param(act, role, sample, id=f"{act.value}-{role}-{number}")
    for act in Act
    for role in sorted(MAY[act])
    for number, sample in enumerate(SAMPLES.get(act, ()))
]


def test_the_table_is_whole() -> None:
    assert set(MAY) == set(Act)
    assert all(roles and roles <= TEAM for roles in MAY.values()), "an act that nobody may do, or a participant"
    done = {*coordinating.DEEDS, *coordinating.WRITTEN, *coordinating.FORMATTED}
    done |= {*coordinating.SENT_IN, *coordinating.READ_IN}
    assert done | {Act.LINK} == set(Act), "an act that nothing comes of"


def test_of_every_act_it_is_shown_how_it_is_done() -> None:
    assert set(SAMPLES) == set(Act), "add a sample of how it is done"


@pytest.mark.parametrize(("act", "role", "sample"), CELLS)
async def test_whoever_may_does_it_and_leaves_a_line(teams: Teams, act: Act, role: Role, sample: Sample) -> None:
    who = ADDRESSES[role]
    old = await teams.taps(who, None)
    await lead(teams, who, sample.way[:-1])
    before = len(teams.record())
    assert await walk(teams, who, sample.way[-1]) != old, "it acts"
    lines = [each for each in teams.record()[before:] if (each.act, each.event) == (act, sample.event)]
    assert [(each.actor, each.details) for each in lines] == [(teams.pseudonym(who, sample.event), sample.did)]
