"""Who may do what, cell by cell: every act, and everybody. Whoever may not finds that there is no such thing.

A new act needs a sample of how it is done properly (`SAMPLES`); who may not do it is tried without one.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial

import pytest

from conversations import coordinating
from conversations.buttons import Manage
from conversations.conversation import Conversation, Idle, Writing
from conversations.cues import LinkAsked, Started
from conversations.model import TEAM, EventState, Language, Role
from conversations.roles import MAY, Act, command_of, may, typed
from storage import desks
from tests.bot.teams import (
    COORDINATOR,
    EVERYBODY,
    HERE,
    MODERATOR,
    NOBODY,
    OTHER_COORDINATOR,
    OTHER_MODERATOR,
    PARTICIPANT,
    SECOND,
    TEAM_HERE,
    TEAM_THERE,
    THERE,
    Answer,
    Teams,
)
from tests.rig import Rig

LARGEST = 10**15 - 1
Sample = Callable[[Teams, str], Awaitable[Answer]]
"""Does the act properly, as the person with that address, for the event here."""


@pytest.fixture
async def teams(rig: Rig) -> Teams:
    return await Teams(rig).gather()


async def see_the_team(teams: Teams, who: str) -> Answer:
    return await teams.taps(who, Manage(Act.TEAM, teams.number(HERE)))


async def invite(teams: Teams, who: str) -> Answer:
    return await teams.taps(who, Manage(Act.APPOINT, teams.number(HERE), 1))


async def confirm(teams: Teams, who: str) -> Answer:
    await teams.candidate(NOBODY)
    return await teams.taps(who, teams.about(Act.CONFIRM, NOBODY, waiting=True))


async def refuse(teams: Teams, who: str) -> Answer:
    await teams.candidate(NOBODY)
    return await teams.taps(who, teams.about(Act.REFUSE, NOBODY, waiting=True))


async def ask_to_remove(teams: Teams, who: str) -> Answer:
    return await teams.taps(who, teams.about(Act.REMOVE, SECOND))


async def remove(teams: Teams, who: str) -> Answer:
    return await teams.taps(who, teams.about(Act.REMOVE_FOR_GOOD, SECOND))


async def link(teams: Teams, who: str) -> Answer:
    return await teams.in_group(LinkAsked(HERE.code), who)


async def see_the_groups(teams: Teams, who: str) -> Answer:
    return await teams.taps(who, Manage(Act.GROUPS, teams.number(HERE)))


async def choose_a_language(teams: Teams, who: str) -> Answer:
    return await teams.taps(who, Manage(Act.GROUP_LANGUAGE, teams.number(HERE), (await teams.linked()).chat, 1))


async def choose_a_time(teams: Teams, who: str) -> Answer:
    return await teams.taps(who, Manage(Act.GROUP_TIME, teams.number(HERE), (await teams.linked()).chat, 2))


async def ask_to_unlink(teams: Teams, who: str) -> Answer:
    group = await teams.linked()
    return await teams.taps(who, Manage(Act.UNLINK, teams.number(HERE), group.chat, group.version))


async def unlink(teams: Teams, who: str) -> Answer:
    group = await teams.linked()
    return await teams.taps(who, Manage(Act.UNLINK_FOR_GOOD, teams.number(HERE), group.chat, group.version))


async def tap_here(act: Act, teams: Teams, who: str) -> Answer:
    return await teams.taps(who, Manage(act, teams.number(HERE)))


async def write(act: Act, teams: Teams, who: str) -> Answer:
    """Words for the workbook of a new event, once those before are there."""
    words = {
        Act.TEMPLATE_ENGLISH: "Keeping it alive",
        Act.TEMPLATE_FRENCH: "Garder vivant",
        Act.TEMPLATE_START: "9 March 2027",
        Act.TEMPLATE_END: "11 March 2027",
    }
    notes = ("Keeping it alive", "Garder vivant", "2027-03-09")[: list(words).index(act)]
    teams.writing(who, Conversation(Language.EN, Writing(teams.number(HERE), act, 0, Idle(), notes=notes), serial=5))
    return await teams.says(who, words[act])


async def try_out(act: Act, teams: Teams, who: str) -> Answer:
    return await teams.taps(who, Manage(act, teams.number(HERE), 0, teams.revision(HERE)))


async def end_the_trial(teams: Teams, who: str) -> Answer:
    await try_out(Act.SHOW_THIS, teams, who)
    return await tap_here(Act.SHOW_END, teams, who)


SAMPLES: Mapping[Act, Sample] = {
    Act.TEAM: see_the_team,
    Act.APPOINT: invite,
    Act.CONFIRM: confirm,
    Act.REFUSE: refuse,
    Act.REMOVE: ask_to_remove,
    Act.REMOVE_FOR_GOOD: remove,
    Act.LINK: link,
    Act.GROUPS: see_the_groups,
    Act.GROUP_LANGUAGE: choose_a_language,
    Act.GROUP_TIME: choose_a_time,
    Act.UNLINK: ask_to_unlink,
    Act.UNLINK_FOR_GOOD: unlink,
    **{act: partial(tap_here, act) for act in (Act.TEMPLATE, Act.TEMPLATE_SAME, Act.TEMPLATE_NEW, Act.SHOW)},
    **{
        act: partial(write, act)
        for act in (Act.TEMPLATE_ENGLISH, Act.TEMPLATE_FRENCH, Act.TEMPLATE_START, Act.TEMPLATE_END)
    },
    **{act: partial(try_out, act) for act in (Act.SHOW_THIS, Act.SHOW_OTHER)},
    Act.SHOW_END: end_the_trial,
}
PERMITTED = [(act, role) for act in Act for role in sorted(MAY[act])]
ADDRESSES = {Role.MODERATOR: MODERATOR, Role.COORDINATOR: COORDINATOR}


def role_here(address: str) -> Role | None:
    return TEAM_HERE.get(address)


def without_right(act: Act) -> list[str]:
    """Those who may not do it for the event here."""
    return [each for each in EVERYBODY if (role := role_here(each)) is None or not may(role, act)]


def nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def loader(*_: object) -> None:
        raise AssertionError("something was loaded for somebody who may not see it")

    monkeypatch.setattr(desks, "LOADERS", dict.fromkeys(Act, loader))


def forged(act: Act, teams: Teams) -> list[Manage]:
    """Buttons with the numbers that there are, and with those that there are not."""
    here = teams.number(HERE)
    real = teams.about(act, SECOND)
    anything = [(0, 0), (1, 1), (real.item, 0), (real.item, LARGEST), (LARGEST, LARGEST)]
    return [real, *(Manage(act, event, *each) for event in (here, 0, LARGEST) for each in anything)]


def test_the_table_is_whole() -> None:
    assert set(MAY) == set(Act)
    assert all(roles and roles <= TEAM for roles in MAY.values()), "an act that nobody may do, or a participant"
    done = {*coordinating.DEEDS, *coordinating.WRITTEN, *coordinating.SENT_IN, *coordinating.READ_IN}
    assert done | {Act.LINK} == set(Act), "an act that nothing comes of"


@pytest.mark.parametrize(("act", "role"), PERMITTED)
async def test_whoever_may_does_it_and_leaves_a_line(teams: Teams, act: Act, role: Role) -> None:
    sample = SAMPLES.get(act)
    if sample is None:
        pytest.fail(f"add a sample for {act!s} to SAMPLES in {__name__}")
    old = await teams.taps(ADDRESSES[role], None)
    before = len(teams.record())
    answer = await sample(teams, ADDRESSES[role])
    assert answer != old, "it acts"
    line = teams.record()[-1]
    assert len(teams.record()) > before
    assert (line.act, line.event) == (act, HERE.code)
    assert line.actor == teams.pseudonym(ADDRESSES[role])


@pytest.mark.parametrize("act", Act)
async def test_to_whoever_may_not_its_button_is_an_old_one(
    teams: Teams, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_is_loaded(monkeypatch)
    before = teams.roles(), teams.states()
    for who in without_right(act):
        old, step = await teams.taps(who, None), teams.conversation(who)
        assert old.said == ()
        assert old.toast
        assert await teams.taps_all(who, forged(act, teams)) == {old}, who
        assert teams.conversation(who) == step
    assert teams.record() == []
    assert (teams.roles(), teams.states()) == before


@pytest.mark.parametrize("act", typed())
async def test_to_whoever_may_not_its_command_is_any_word(
    teams: Teams, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_is_loaded(monkeypatch)
    nowhere = [NOBODY, PARTICIPANT]
    nowhere += [each for each, role in {**TEAM_HERE, **TEAM_THERE}.items() if not may(role, act)]
    for who in nowhere:
        unknown, step = await teams.says(who, "/abracadabra"), teams.conversation(who)
        assert unknown.said
        for french in (False, True):
            for word in (command_of(act, french=french), f"{command_of(act, french=french)}@suivi_bot"):
                assert await teams.says(who, word) == unknown, (who, word)
                assert await teams.says(who, word.upper()) == unknown, (who, word)
        assert teams.conversation(who) == step
    assert teams.record() == []


@pytest.mark.parametrize("act", typed())
async def test_a_command_from_another_team_is_for_its_own_event(teams: Teams, act: Act) -> None:
    for who in (OTHER_MODERATOR, OTHER_COORDINATOR):
        await teams.says(who, command_of(act, french=False))
    assert {line.event for line in teams.record()} <= {THERE.code}


@pytest.mark.parametrize("act", Act)
async def test_of_an_archived_event_nobody_does_anything(
    teams: Teams, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_is_loaded(monkeypatch)
    teams.state(HERE, EventState.ARCHIVED)
    for who in (MODERATOR, COORDINATOR):
        old = await teams.taps(who, None)
        assert await teams.taps_all(who, forged(act, teams)) == {old}, who
    assert teams.record() == []


@pytest.mark.parametrize("act", Act)
async def test_whoever_may_and_forges_numbers_changes_nothing_of_another_event(teams: Teams, act: Act) -> None:
    await teams.taps_all(OTHER_COORDINATOR, forged(act, teams))
    there = [teams.chat_id(each) for each in TEAM_THERE]
    for item in there:
        for version in (0, int(teams.member(OTHER_COORDINATOR, THERE).since.timestamp())):
            await teams.taps(COORDINATOR, Manage(act, teams.number(HERE), item, version))
    assert teams.roles(THERE) == TEAM_THERE
    assert {line.event for line in teams.record()} <= {HERE.code}


# In the middle of writing


@pytest.fixture
def words_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the act TEAM asked for words: whatever other acts ask for them are tried as well."""

    def takes(*_: object) -> None:
        raise AssertionError("the words were taken")

    taking = {**coordinating.WRITTEN, Act.TEAM: takes}
    monkeypatch.setattr(coordinating, "WRITTEN", taking)
    monkeypatch.setattr(coordinating, "PROMPTS", {**coordinating.PROMPTS, Act.TEAM: "Write something secret."})


@pytest.mark.usefixtures("words_are_taken")
@pytest.mark.parametrize("act", [Act.TEAM, *coordinating.WRITTEN, *coordinating.SENT_IN])
async def test_whoever_was_removed_while_they_were_to_write_is_as_anybody(
    teams: Teams, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    await teams.taps(COORDINATOR, teams.about(Act.REMOVE_FOR_GOOD, SECOND))
    nothing_is_loaded(monkeypatch)
    writing = Conversation(Language.EN, Writing(teams.number(HERE), act, 0, Idle()), serial=5)
    before = len(teams.record())
    for word in ("some words", "/abracadabra", "/continue", "english"):
        teams.writing(SECOND, writing)
        told = await teams.says(SECOND, word)
        teams.writing(SECOND, Conversation(Language.EN, serial=5))
        assert told == await teams.says(SECOND, word), word
    teams.writing(SECOND, writing)
    file = await teams.sends(SECOND)
    teams.writing(SECOND, Conversation(Language.EN, serial=5))
    assert file == await teams.sends(SECOND)
    assert len(teams.record()) == before


async def test_removal_counts_from_the_next_word_on(teams: Teams) -> None:
    assert (await teams.says(SECOND, "/team")).said[0].keyboard
    await teams.taps(COORDINATOR, teams.about(Act.REMOVE_FOR_GOOD, SECOND))
    assert await teams.says(SECOND, "/team") == await teams.says(SECOND, "/abracadabra")
    assert await teams.taps(SECOND, Manage(Act.TEAM, teams.number(HERE))) == await teams.taps(SECOND, None)


# Replayed and old buttons


@pytest.mark.parametrize("act", [Act.CONFIRM, Act.REFUSE])
async def test_a_candidate_is_settled_once_however_often_it_is_tapped(teams: Teams, act: Act) -> None:
    await teams.candidate(NOBODY)
    button = teams.about(act, NOBODY, waiting=True)
    first = await teams.taps(COORDINATOR, button)
    assert first.said
    for who in (COORDINATOR, SECOND):
        again = await teams.taps(who, button)
        assert again.said == ()
        assert "changed meanwhile" in str(again.toast)
    assert len([line for line in teams.record() if line.act == act]) == 1


async def test_a_button_from_before_somebody_left_and_came_again_does_nothing(teams: Teams) -> None:
    old = teams.about(Act.REMOVE_FOR_GOOD, SECOND)
    await teams.taps(COORDINATOR, old)
    teams.rig.clock.time += timedelta(seconds=2)
    await teams.rig.person(SECOND, Started(teams.rig.invite(HERE, Role.COORDINATOR), Language.EN))
    assert "changed meanwhile" in str((await teams.taps(COORDINATOR, old)).toast)
    assert SECOND in teams.roles()


async def test_nobody_removes_the_only_coordinator_with_any_button(teams: Teams) -> None:
    await teams.taps(COORDINATOR, teams.about(Act.REMOVE_FOR_GOOD, SECOND))
    assert (
        "only coordinator"
        in (await teams.taps(COORDINATOR, teams.about(Act.REMOVE, COORDINATOR))).said[0].paragraphs[0].text
    )
    assert "changed meanwhile" in str(
        (await teams.taps(COORDINATOR, teams.about(Act.REMOVE_FOR_GOOD, COORDINATOR))).toast
    )
    assert teams.roles()[COORDINATOR] is Role.COORDINATOR


# Help


@pytest.mark.parametrize("who", EVERYBODY)
async def test_help_lists_the_commands_of_a_team_to_whoever_may_give_them(teams: Teams, who: str) -> None:
    told = "\n".join(each.text for each in (await teams.says(who, "/help")).said[0].paragraphs)
    role = {**TEAM_HERE, **TEAM_THERE}.get(who)
    for act in typed():
        assert (f"{command_of(act, french=False)}:" in told) == (role is not None and may(role, act)), act
