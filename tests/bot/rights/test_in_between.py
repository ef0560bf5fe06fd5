"""Rights that end in the middle of something, and buttons that are tapped again or from an old keyboard."""

import asyncio
from datetime import timedelta

import pytest

from conversations import coordinating
from conversations.buttons import Manage
from conversations.conversation import Conversation, Idle, Writing
from conversations.cues import Started
from conversations.model import Language, Role
from conversations.roles import Act
from tests.bot.rights.samples import PEOPLE, SAMPLES
from tests.bot.rights.steps import LIST, WORKBOOK, Sends, find, lead, read, upload
from tests.bot.rights.test_who_may_not import nothing_is_loaded
from tests.bot.rights.world import FULL, all_of
from tests.bot.teams import COORDINATOR, HERE, NOBODY, PARTICIPANT, SECOND, Teams

AWAITED = {*coordinating.WRITTEN, *coordinating.FORMATTED, *coordinating.SENT_IN}
"""What words or a file are asked for."""


async def second_is_removed(teams: Teams) -> None:
    await teams.taps(COORDINATOR, teams.about(Act.REMOVE_FOR_GOOD, SECOND))


# In the middle of writing


@pytest.fixture
def words_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the act TEAM asked for words: whatever other acts ask for them are tried as well."""

    def takes(*_: object) -> None:
        raise AssertionError("the words were taken")

    monkeypatch.setattr(coordinating, "WRITTEN", {**coordinating.WRITTEN, Act.TEAM: takes})
    monkeypatch.setattr(coordinating, "PROMPTS", {**coordinating.PROMPTS, Act.TEAM: "Write something secret."})


@pytest.mark.usefixtures("words_are_taken")
@pytest.mark.parametrize("act", [Act.TEAM, *sorted(AWAITED)])
async def test_whoever_was_removed_while_they_were_to_write_is_as_anybody(
    teams: Teams, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    await second_is_removed(teams)
    nothing_is_loaded(monkeypatch)
    writing = Conversation(Language.EN, Writing(teams.number(HERE), act, 0, Idle()), serial=5)
    before = len(teams.record())
    for word in ("some words", "/abracadabra", "/continue", "english"):
        teams.writing(SECOND, writing)
        told = await teams.says(SECOND, word)
        teams.writing(SECOND, Conversation(Language.EN, serial=5))
        assert told == await teams.says(SECOND, word), word
    for file in (None, WORKBOOK):
        teams.writing(SECOND, writing)
        sent = await teams.sends(SECOND, file)
        teams.writing(SECOND, Conversation(Language.EN, serial=5))
        assert sent == await teams.sends(SECOND, file)
    assert len(teams.record()) == before


@pytest.mark.parametrize(
    ("word", "file", "result"),
    [("/workbook", WORKBOOK, upload(FULL)), ("/roster", LIST, PEOPLE)],
)
async def test_of_a_file_that_was_read_whoever_was_removed_meanwhile_hears_nothing(
    teams: Teams, word: str, file: object, result: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lead(teams, SECOND, (word, Sends(file)))  # type: ignore[arg-type] # one of the two above
    await second_is_removed(teams)
    nothing_is_loaded(monkeypatch)
    before, lines = all_of(teams, HERE), len(teams.record())
    answer = await read(teams, result)
    assert (answer.said, answer.toast) == ((), None)
    assert len(teams.record()) == lines
    assert all_of(teams, HERE) | {"jobs": []} == before | {"jobs": []}


async def test_removal_counts_from_the_next_word_on(teams: Teams) -> None:
    assert (await teams.says(SECOND, "/team")).said[0].keyboard
    await second_is_removed(teams)
    assert await teams.says(SECOND, "/team") == await teams.says(SECOND, "/abracadabra")
    assert await teams.taps(SECOND, Manage(Act.TEAM, teams.number(HERE))) == await teams.taps(SECOND, None)


# Once more, at once, and from old keyboards

AS_OFTEN_AS_TAPPED = {
    Act.APPOINT: "each tap makes an invitation of its own",
    Act.BROADCAST_NEW: "the one without words gives way",
    Act.SUMMARIZE: "it is as often as before",
}
CHANGING = [act for act, samples in SAMPLES.items() if samples[0].did and isinstance(samples[0].way[-1], str)]


@pytest.mark.parametrize("act", [each for each in CHANGING if each not in AS_OFTEN_AS_TAPPED])
async def test_what_two_tap_at_once_and_tap_again_is_done_once(teams: Teams, act: Act) -> None:
    *way, label = SAMPLES[act][0].way
    await lead(teams, COORDINATOR, way)
    assert isinstance(label, str)
    _, button = find(teams, COORDINATOR, label)
    others = (COORDINATOR, SECOND, COORDINATOR)
    await asyncio.gather(*(teams.taps(who, button) for who in others))
    for who in others:
        await teams.taps(who, button)
    did = [line.details for line in teams.record() if (line.act, line.event) == (act, HERE.code) and line.details]
    assert did == [SAMPLES[act][0].did]


@pytest.mark.parametrize("act", [Act.CONFIRM, Act.REFUSE])
async def test_a_candidate_is_settled_once_however_often_it_is_tapped(teams: Teams, act: Act) -> None:
    await teams.candidate("44")
    button = teams.about(act, "44", waiting=True)
    assert (await teams.taps(COORDINATOR, button)).said
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
    await second_is_removed(teams)
    asked = await teams.taps(COORDINATOR, teams.about(Act.REMOVE, COORDINATOR))
    assert "only coordinator" in asked.said[0].paragraphs[0].text
    removing = await teams.taps(COORDINATOR, teams.about(Act.REMOVE_FOR_GOOD, COORDINATOR))
    assert "changed meanwhile" in str(removing.toast)
    assert teams.roles()[COORDINATOR] is Role.COORDINATOR


@pytest.mark.parametrize("vouched", [True, False])
async def test_a_used_invitation_to_the_team_lets_nobody_else_in(teams: Teams, vouched: bool) -> None:
    """Not even those who take part in the event, and so need no place where people join."""
    code = teams.rig.invite(HERE, Role.COORDINATOR, vouched=vouched)
    await teams.rig.person("44", Started(code, Language.EN))
    before = teams.roles(), all_of(teams, HERE)
    for who in (PARTICIPANT, NOBODY):
        await teams.rig.person(who, Started(code, Language.EN))
    assert (teams.roles(), all_of(teams, HERE)) == before
