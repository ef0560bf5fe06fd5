"""What somebody of a team is told of their rights: the commands in /help, and what they give up when they leave."""

import pytest

from conversations.commands import ABOUT
from conversations.cues import Said
from conversations.model import EventState, Language
from conversations.roles import Act, command_of, may, typed
from tests.bot.rights.steps import Says, walk
from tests.bot.rights.test_who_may_not import ROLES
from tests.bot.rights.world import all_of
from tests.bot.teams import COORDINATOR, HERE, MODERATOR, PARTICIPANT, TEAM_HERE, Answer, Teams

LINES, LINE = 26, 40
"""What a small telephone shows at once: so many lines, of so many characters."""


def words_of(answer: Answer) -> str:
    return "\n".join(paragraph.text for said in answer.said for paragraph in said.paragraphs)


def commands_in(answer: Answer) -> set[Act]:
    return {act for act in typed() if f"{command_of(act, french=False)}:" in words_of(answer)}


def test_every_command_has_its_line() -> None:
    assert set(ABOUT) == set(typed())


@pytest.mark.parametrize("who", ROLES)
async def test_help_lists_the_commands_of_a_team_to_whoever_may_give_them(teams: Teams, who: str) -> None:
    role = ROLES[who]
    of_no_use = {Act.REOPEN, Act.ARCHIVE, Act.RESUME}
    able = {act for act in typed() if role is not None and may(role, act)} - of_no_use
    assert commands_in(await teams.says(who, "/help")) == able


@pytest.mark.parametrize(
    ("state", "more", "less"),
    [
        (EventState.CLOSED, {Act.REOPEN, Act.ARCHIVE}, {Act.CLOSE}),
        (EventState.DRAFT, set(), {Act.CLOSE}),
        (EventState.ARCHIVED, set(), set(typed()) - {Act.EVENTS, Act.WORKBOOK, Act.STATUS, Act.RESULTS}),
    ],
)
async def test_what_an_event_leaves_no_use_for_is_not_listed(
    teams: Teams, state: EventState, more: set[Act], less: set[Act]
) -> None:
    live = commands_in(await teams.says(COORDINATOR, "/help"))
    teams.state(HERE, state)
    assert commands_in(await teams.says(COORDINATOR, "/help")) == (live | more) - less


async def test_how_an_event_goes_on_is_told_to_coordinators_while_it_is_stopped(teams: Teams) -> None:
    await walk(teams, MODERATOR, "/pauseall", "Stop everything now")
    assert Act.RESUME in commands_in(await teams.says(COORDINATOR, "/help"))
    assert Act.RESUME not in commands_in(await teams.says(MODERATOR, "/help"))


@pytest.mark.parametrize("language", Language)
async def test_the_help_of_a_coordinator_fits_on_a_small_screen(teams: Teams, language: Language) -> None:
    await teams.rig.person(COORDINATOR, Said("français" if language is Language.FR else "english"))
    lines = words_of(await teams.says(COORDINATOR, "/help")).splitlines()
    assert sum(-(-len(line) // LINE) for line in lines) <= LINES


async def test_whoever_also_takes_part_reads_of_both(teams: Teams) -> None:
    told = words_of(await teams.says(PARTICIPANT, "/help"))
    assert "/calendar" in told
    assert "/calendar" not in words_of(await teams.says(COORDINATOR, "/help"))


# Leaving


@pytest.mark.parametrize("word", ["/stop", "stop", "arrêt"])
async def test_whoever_only_looks_after_an_event_does_not_leave_its_team_by_a_word(teams: Teams, word: str) -> None:
    """In an emergency they may mean the messages."""
    before = all_of(teams, HERE)
    told = words_of(await teams.says(COORDINATOR, word))
    assert "You would leave the team of The event here as well." in told
    assert "To stop all messages of an event, to everybody: /pauseall" in told
    assert all_of(teams, HERE) == before
    await walk(teams, COORDINATOR, "No, stay")
    assert teams.roles() == TEAM_HERE
    told = words_of(await walk(teams, COORDINATOR, Says(word), "Yes, leave"))
    assert told.endswith("You have left. Nothing more will be sent to you."), "and the others of the team are told"
    assert COORDINATOR not in teams.roles()
    assert await teams.says(COORDINATOR, "/team") == await teams.says(COORDINATOR, "/abracadabra")


async def test_whoever_waits_to_be_in_a_team_leaves_by_that_word_alone(teams: Teams) -> None:
    await teams.candidate("44")
    assert "not part of any event" in words_of(await teams.says("44", "/stop"))
    with pytest.raises(StopIteration):
        teams.member("44", waiting=True)
