"""Who may not do what, cell by cell: whoever may not finds that there is no such thing, and nothing is looked at."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from conversations.buttons import Manage
from conversations.model import EventState, Role
from conversations.roles import EVEN_ARCHIVED, OF_ANY_EVENT, Act, command_of, may, typed
from storage import desks, tables
from tests.bot.rights.samples import SAMPLES
from tests.bot.rights.steps import find, lead
from tests.bot.rights.world import CANDIDATE, GUEST, REMOVED, all_of
from tests.bot.teams import (
    COORDINATOR,
    HERE,
    MODERATOR,
    NOBODY,
    OTHER_COORDINATOR,
    OTHER_MODERATOR,
    PARTICIPANT,
    SECOND_GROUP,
    TEAM_HERE,
    TEAM_THERE,
    THERE,
    Answer,
    Teams,
)

LARGEST = 10**15 - 1
OUTSIDE = (NOBODY, PARTICIPANT, CANDIDATE, REMOVED, GUEST)
"""Everybody who has no role anywhere."""
ROLES = {**dict.fromkeys(OUTSIDE), **TEAM_HERE, **TEAM_THERE}


def without_right(act: Act) -> list[str]:
    """Those who may not do it for the event here."""
    able = {who for who, role in TEAM_HERE.items() if may(role, act)}
    return [*OUTSIDE, *({MODERATOR, COORDINATOR} - able), OTHER_MODERATOR, OTHER_COORDINATOR]


def may_elsewhere(who: str, act: Act) -> bool:
    return who in TEAM_THERE and may(TEAM_THERE[who], act)


def nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def loader(*_: object) -> None:
        raise AssertionError("something was loaded for somebody who may not see it")

    monkeypatch.setattr(desks, "LOADERS", dict.fromkeys(Act, loader))


async def real(act: Act, teams: Teams) -> list[Manage]:
    """The very buttons with which a coordinator here would do it now, if it is done with one."""
    *way, last = SAMPLES[act][0].way
    await lead(teams, COORDINATOR, way)
    if not isinstance(last, str) or last.startswith("/"):
        return []
    _, button = find(teams, COORDINATOR, last)
    assert isinstance(button, Manage)
    assert button.act is act
    return [button]


def forged(act: Act, teams: Teams, here: Sequence[Manage] = ()) -> list[Manage]:
    """Buttons with numbers that there are, and that there are not."""
    numbers = {(0, 0), (99, 1), (LARGEST, LARGEST), *((each.item, LARGEST) for each in here)}
    real = {(each.item, each.version) for each in here} or {(0, 0)}
    of_no_event = [Manage(act, event, *each) for event in (0, LARGEST) for each in real]
    return [*(Manage(act, teams.number(HERE), *each) for each in numbers), *of_no_event]


@pytest.mark.parametrize("act", Act)
async def test_to_whoever_may_not_its_button_is_an_old_one(
    teams: Teams, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    buttons = await real(act, teams)
    buttons += forged(act, teams, buttons)
    nothing_is_loaded(monkeypatch)
    before, lines = all_of(teams, HERE, THERE), teams.record()
    for who in without_right(act):
        old, step = await teams.taps(who, None), teams.conversation(who)
        assert old.said == ()
        assert old.toast
        # What is about no one event they may do for their own: see below.
        own = may_elsewhere(who, act) and act in OF_ANY_EVENT
        tapped = [each for each in buttons if each.event or not own]
        assert await teams.taps_all(who, tapped) == {old}, who
        assert teams.conversation(who) == step
    assert teams.record() == lines
    assert all_of(teams, HERE, THERE) == before


@pytest.mark.parametrize("act", sorted(OF_ANY_EVENT))
async def test_what_is_about_no_one_event_leads_to_nothing_of_another_team(teams: Teams, act: Act) -> None:
    buttons = await real(act, teams)
    buttons += [each for each in forged(act, teams, buttons) if not each.event]
    before = all_of(teams, HERE, THERE)
    for who in (OTHER_MODERATOR, OTHER_COORDINATOR):
        answers = await teams.taps_all(who, buttons)
        assert HERE.title.en not in str(answers)
    assert all_of(teams, HERE, THERE) == before


async def test_nobody_can_find_out_which_workbooks_another_team_has_sent(teams: Teams) -> None:
    (button,) = await real(Act.REPORT, teams)
    for act in (Act.REPORT, Act.REPORT_FILE, Act.PUBLISH):
        for item in (button.item, LARGEST):
            assert await teams.taps(OTHER_COORDINATOR, Manage(act, 0, item)) == await teams.taps(NOBODY, None), act


def without_role_for(act: Act) -> list[str]:
    """Those who may do it for no event at all."""
    return [who for who, role in ROLES.items() if role is None or not may(role, act)]


def ways_to_type(act: Act) -> list[str]:
    words = [command_of(act, french=french) for french in (False, True)]
    return [each for word in words for each in (word, f"{word}@suivi_bot", word.upper())]


@pytest.mark.parametrize("act", [each for each in typed() if each is not Act.RESUME])
async def test_to_whoever_may_not_its_command_is_any_word(
    teams: Teams, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_is_loaded(monkeypatch)
    lines = teams.record()
    for who in without_role_for(act):
        unknown, step = await teams.says(who, "/abracadabra"), teams.conversation(who)
        assert unknown.said
        for word in ways_to_type(act):
            assert await teams.says(who, word) == unknown, (who, word)
        assert teams.conversation(who) == step
    assert teams.record() == lines


async def test_to_everybody_else_the_word_for_resuming_means_to_go_on_with_their_questions(
    teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_is_loaded(monkeypatch)
    lines = teams.record()
    for who in [*without_role_for(Act.RESUME), COORDINATOR]:
        await teams.says(who, "/continue")
        usual = words_of(await teams.says(who, "/continue"))
        for word in ways_to_type(Act.RESUME):
            assert words_of(await teams.says(who, word)) == usual, (who, word)
    assert teams.record() == lines


def words_of(answer: Answer) -> list[str]:
    return [paragraph.text for said in answer.said for paragraph in said.paragraphs]


@pytest.mark.parametrize("act", typed())
async def test_a_command_from_another_team_is_for_its_own_event(teams: Teams, act: Act) -> None:
    before, lines = all_of(teams, HERE), len(teams.record())
    for who in (OTHER_MODERATOR, OTHER_COORDINATOR):
        answer = await teams.says(who, command_of(act, french=False))
        assert HERE.title.en not in str(answer)
    assert {line.event for line in teams.record()[lines:]} <= {THERE.code, ""}
    assert all_of(teams, HERE) == before


# An event that is archived


def archive(teams: Teams) -> None:
    teams.state(HERE, EventState.ARCHIVED)


@pytest.mark.parametrize("act", [each for each in Act if each not in EVEN_ARCHIVED])
async def test_of_an_archived_event_nobody_does_anything(
    teams: Teams, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    buttons = await real(act, teams)
    archive(teams)
    nothing_is_loaded(monkeypatch)
    before, lines = all_of(teams, HERE), teams.record()
    for who in (MODERATOR, COORDINATOR):
        old = await teams.taps(who, None)
        assert await teams.taps_all(who, [*buttons, Manage(act, teams.number(HERE))]) == {old}, who
    assert teams.record() == lines
    assert all_of(teams, HERE) == before


@pytest.mark.parametrize("act", sorted(EVEN_ARCHIVED))
async def test_at_an_archived_event_its_team_still_looks_and_changes_nothing(teams: Teams, act: Act) -> None:
    buttons = await real(act, teams)
    await teams.says(COORDINATOR, "/status")  # the first look of a day keeps what it counted
    archive(teams)
    before = all_of(teams, HERE)
    for who in (who for who in (MODERATOR, COORDINATOR) if may(TEAM_HERE[who], act)):
        old, lines = await teams.taps(who, None), len(teams.record())
        assert await teams.taps_all(who, [*buttons, Manage(act, teams.number(HERE), 1)]) != {old}
        assert all(line.details == () for line in teams.record()[lines:])
    assert all_of(teams, HERE) == before


# A team here, and the other event


@pytest.mark.parametrize("act", Act)
async def test_whoever_may_and_forges_numbers_changes_nothing_of_another_event(teams: Teams, act: Act) -> None:
    before, lines = all_of(teams, THERE), len(teams.record())
    here, there = teams.number(HERE), teams.number(THERE)
    own = theirs(teams)
    await teams.taps_all(COORDINATOR, [Manage(act, here, item, each) for item, each in own.items()])
    await teams.taps_all(COORDINATOR, [Manage(act, event, *each) for event in (there, 0) for each in own.items()])
    assert all_of(teams, THERE) == before
    assert {line.event for line in teams.record()[lines:]} <= {HERE.code, ""}


def theirs(teams: Teams) -> dict[int, int]:
    """The numbers of all that the other event has, each with its version: people, groups, broadcasts, and so on."""
    people = {teams.chat_id(who): int(teams.member(who, THERE).since.timestamp()) for who in TEAM_THERE}
    group, there = teams.link(SECOND_GROUP), teams.number(THERE)
    assert group is not None
    found = {group.chat: group.version, **people}
    with teams.rig.engine.connect() as connection:
        for table in (tables.broadcasts, tables.help_requests, tables.drafts, tables.invitations, tables.stories):
            numbers = connection.scalars(select(table.c.id).where(table.c.event_id == there)).all()
            assert numbers, table.name
            found |= dict.fromkeys(numbers, 1) | found
    return found


def test_everybody_has_the_role_that_is_said_of_them(teams: Teams) -> None:
    assert teams.roles(HERE) == TEAM_HERE
    assert teams.roles(THERE) == TEAM_THERE
    assert teams.member(CANDIDATE, waiting=True).role is Role.MODERATOR
