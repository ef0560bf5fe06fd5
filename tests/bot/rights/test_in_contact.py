"""Words between a person who asked for contact and whoever helps them reach nobody else, whatever comes in between."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.app import Store
from bot.channels import Unreachable
from bot.operating import Operator
from bot.rendering import plain_text
from conversations.aid import WAITS
from conversations.cues import Blocked, Started
from conversations.model import Language
from tests.bot.rights.steps import Says, asks_for_contact, walk
from tests.bot.rights.world import PEOPLE, THERE, join
from tests.bot.teams import (
    COORDINATOR,
    HERE,
    MODERATOR,
    OTHER_COORDINATOR,
    PARTICIPANT,
    SECOND,
    Answer,
    Teams,
    answer_of,
)

AMINA, BEN = PARTICIPANT, PEOPLE[0]
"""Two who take part."""


def heard(teams: Teams, who: str) -> list[str]:
    """All that somebody got, the newest last."""
    return [plain_text(each.message.paragraphs) for each in teams.rig.channel.heard if each.address == who]


def told(answer: Answer) -> str:
    return "\n".join(plain_text(each.paragraphs) for each in answer.said)


async def in_contact(teams: Teams, who: str = AMINA, helper: str = MODERATOR) -> None:
    """Somebody asks for contact, and is written to."""
    await asks_for_contact(teams, who)
    await walk(teams, helper, "I take it", "Write", Says("Hello"))


async def in_exchange(teams: Teams, who: str = AMINA, helper: str = MODERATOR) -> None:
    """Somebody asks for contact, is written to, and answers."""
    await in_contact(teams, who, helper)
    await walk(teams, who, "Open", "Answer", Says("Hi"))


# Between two


async def test_words_for_whom_the_helper_takes_now_do_not_go_to_another(teams: Teams) -> None:
    await in_contact(teams, BEN, COORDINATOR)
    await asks_for_contact(teams, AMINA)
    answer = await walk(teams, COORDINATOR, "I take it")
    assert told(answer).endswith("You have left what you were writing before.")
    assert "not kept" in told(await teams.says(COORDINATOR, "Are you safe, you who were arrested?"))
    await walk(teams, BEN, "Open")
    assert not any("arrested" in each for each in (*heard(teams, AMINA), *heard(teams, BEN)))
    await walk(teams, COORDINATOR, "Write", Says("Are you safe?"))
    await walk(teams, AMINA, "Open")
    assert heard(teams, AMINA)[-1].endswith("Are you safe?")


async def test_an_answer_to_somebody_does_not_become_a_message_to_everybody(teams: Teams) -> None:
    await in_exchange(teams, helper=COORDINATOR)
    await walk(teams, COORDINATOR, "/broadcast", "New broadcast")
    await teams.says(AMINA, "My secret")
    answer = await walk(teams, COORDINATOR, "Open")
    assert "My secret" in told(answer)
    assert told(answer).endswith("You have left what you were writing before.")
    assert "not kept" in told(await teams.says(COORDINATOR, "Your secret is safe"))
    await walk(teams, COORDINATOR, "Write", Says("Your secret is safe"))
    assert heard(teams, AMINA)[-1].endswith("Your secret is safe")


async def test_words_for_the_one_team_do_not_go_to_the_other(teams: Teams) -> None:
    await in_exchange(teams)
    await teams.rig.thread.run(lambda connection: join(connection, teams.rig, THERE, (AMINA,)))
    await walk(teams, AMINA, Says("I need help"), "Ask for contact", "Yes, tell the team")
    await walk(teams, OTHER_COORDINATOR, "I take it", "Write", Says("Hello from there"))
    answer = await walk(teams, AMINA, "Open")
    assert told(answer).endswith("You have left what you were writing before.")
    await teams.says(AMINA, "Those here beat me")
    assert not any("beat" in each for each in heard(teams, MODERATOR))
    await walk(teams, AMINA, "Answer", Says("Those here beat me"))
    assert any("beat" in each for each in heard(teams, OTHER_COORDINATOR))
    assert not any("beat" in each for each in heard(teams, MODERATOR))


async def test_whoever_opens_what_they_are_in_the_middle_of_goes_on_writing(teams: Teams) -> None:
    await in_exchange(teams)
    await teams.rig.pass_time(timedelta(minutes=20))
    await teams.says(AMINA, "Are you there?")
    answer = await walk(teams, MODERATOR, "Open")
    assert told(answer).endswith("Are you there?")
    assert "Passed on" in told(await teams.says(MODERATOR, "Yes"))


# After a silence


async def test_after_a_silence_what_a_helper_types_goes_to_nobody(teams: Teams) -> None:
    await in_exchange(teams)
    await teams.rig.pass_time(timedelta(hours=9))
    before = len(heard(teams, AMINA))
    assert "so this was not passed on" in told(await teams.says(MODERATOR, "Where do you live?"))
    assert "not kept" in told(await teams.says(MODERATOR, "Where do you live?"))
    assert len(heard(teams, AMINA)) == before
    await walk(teams, MODERATOR, "Write", Says("It is me again"))
    await walk(teams, AMINA, "Open")
    assert heard(teams, AMINA)[-1].endswith("It is me again")


async def test_after_a_silence_reading_alone_lets_nobody_write(teams: Teams) -> None:
    await in_exchange(teams)
    await teams.rig.pass_time(timedelta(minutes=30))
    await teams.says(AMINA, "Are you there?")
    await teams.rig.pass_time(timedelta(hours=9))
    await walk(teams, MODERATOR, "Open")
    assert "not kept" in told(await teams.says(MODERATOR, "Where do you live?"))
    assert not any("live" in each for each in heard(teams, AMINA))


async def test_after_a_silence_a_helper_is_asked_again_what_they_were_asked_before(teams: Teams) -> None:
    """What they type next is an answer to that."""
    await in_contact(teams)
    await walk(teams, MODERATOR, "/stop", "Write", Says("One moment"))
    await teams.rig.pass_time(timedelta(hours=9))
    answer = told(await teams.says(MODERATOR, "Hello"))
    assert answer.index("so this was not passed on") < answer.index("You would leave the team of The event here")


# What is no message to the other one, and what is one


@pytest.mark.parametrize("word", ["/reqests", "/broadcast", "/abracadabra please"])
async def test_a_command_is_not_passed_on_and_the_exchange_goes_on(teams: Teams, word: str) -> None:
    await in_exchange(teams)
    for who, other in ((MODERATOR, AMINA), (AMINA, MODERATOR)):
        assert "was not passed on" in told(await teams.says(who, word))
        assert not any(word in each for each in heard(teams, other))
        assert "Passed on" in told(await teams.says(who, "Are you there?"))


@pytest.mark.parametrize("word", ["French", "anglais"])
async def test_the_name_of_a_language_is_an_answer_to_the_other_one(teams: Teams, word: str) -> None:
    await in_exchange(teams)
    for who, other in ((MODERATOR, AMINA), (AMINA, MODERATOR)):
        assert "Passed on" in told(await teams.says(who, word))
        assert heard(teams, other)[-1].endswith(word)
        assert teams.conversation(who).language is Language.EN
    await walk(teams, AMINA, "/language", "Français")
    assert teams.conversation(AMINA).language is Language.FR


async def test_whoever_opens_a_link_in_the_middle_reads_that_they_left_and_can_go_on(teams: Teams) -> None:
    await in_exchange(teams)
    left = told(answer_of(await teams.rig.person(AMINA, Started(teams.rig.invite(THERE), Language.EN))))
    assert left.startswith("What you write now is not passed on any more.")
    await walk(teams, AMINA, "Answer", Says("They are coming"))
    assert heard(teams, MODERATOR)[-1].endswith("They are coming")


async def test_a_helper_who_opens_a_link_reads_that_they_left_and_can_go_on(teams: Teams) -> None:
    await in_exchange(teams)
    left = told(answer_of(await teams.rig.person(MODERATOR, Started(teams.rig.invite(THERE), Language.EN))))
    assert left.startswith("What you write now is not passed on any more.")
    await walk(teams, MODERATOR, "Write", Says("I am still here"))
    assert heard(teams, AMINA)[-1].endswith("I am still here")


# Another helper


async def removed(teams: Teams, helper: str = MODERATOR) -> None:
    await walk(teams, COORDINATOR, "/team", f"Remove {teams.member(helper).sign}", "Yes, remove")


async def removed_by_the_operator(teams: Teams) -> None:
    store = Store(teams.rig.engine, teams.rig.vault, teams.rig.turns.contents)
    Operator(store, teams.rig.clock).remove(HERE.code, teams.member(MODERATOR).sign)


async def leaves(teams: Teams) -> None:
    await walk(teams, MODERATOR, "/stop", "Yes, leave")


async def gives_it_back(teams: Teams) -> None:
    await walk(teams, MODERATOR, "Give it back")


async def blocks(teams: Teams) -> None:
    await teams.rig.person(MODERATOR, Blocked())


async def is_gone(teams: Teams) -> None:
    """Which shows as soon as something is to be sent to them."""
    teams.rig.channel.troubles = [Unreachable()]
    await teams.rig.pass_time(timedelta(minutes=20))
    await teams.says(AMINA, "Are you there?")


async def says_nothing(teams: Teams) -> None:
    await teams.says(AMINA, "Are you there?")
    await teams.rig.pass_time(WAITS)


@pytest.mark.parametrize(
    "happens", [removed, removed_by_the_operator, leaves, gives_it_back, blocks, is_gone, says_nothing]
)
async def test_whoever_helps_no_more_is_replaced_and_the_person_knows(
    teams: Teams, happens: Callable[[Teams], Awaitable[None]]
) -> None:
    await in_exchange(teams)
    asked = len([each for each in heard(teams, SECOND) if "asks for contact" in each])
    await happens(teams)
    await teams.rig.pass_time(timedelta(seconds=1))
    assert len([each for each in heard(teams, SECOND) if "asks for contact" in each]) == asked + 1
    assert heard(teams, AMINA)[-1] == "You have a new message."
    nobody = await teams.says(AMINA, "They come tonight")
    assert "not passed on" in told(nobody)
    await walk(teams, SECOND, "I take it", "Write", Says("I am here now"))
    assert "They come tonight" not in "".join(heard(teams, SECOND))
    answer = await walk(teams, AMINA, "Open")
    assert [
        paragraph for paragraph in told(answer).split("\n") if "somebody else" in paragraph or "I am" in paragraph
    ] == [
        "The person of the team who wrote to you no longer does. Whoever writes next is somebody else.",
        "I am here now",
    ]
    await walk(teams, AMINA, "Answer", Says("They come tonight"))
    assert heard(teams, SECOND)[-1].endswith("They come tonight")


async def test_a_number_is_for_the_one_helper_whom_it_was_shared_with(teams: Teams) -> None:
    """Not for a coordinator who takes the helper's place before it was read."""
    await in_exchange(teams)
    share = await walk(teams, AMINA, "Share a way to reach me")
    assert "Only the person who writes to you gets it" in told(share)
    await teams.rig.pass_time(timedelta(minutes=11))
    await teams.says(AMINA, "Amina, 0712")
    await teams.says(AMINA, "They come tonight")
    await removed(teams)
    taken = await walk(teams, COORDINATOR, "/requests", "I take it")
    assert "They come tonight" in told(taken), "what the team is to know is not lost"
    assert heard(teams, AMINA)[-1] == "You have a new message.", "even before the others were asked"
    await walk(teams, COORDINATOR, "Write", Says("Where do you live?"))
    assert "somebody else" in told(await walk(teams, AMINA, "Open"))
    assert "0712" not in "".join(heard(teams, COORDINATOR))


async def test_in_the_middle_of_talking_nothing_goes_to_another_helper(teams: Teams) -> None:
    await in_exchange(teams)
    await gives_it_back(teams)
    await walk(teams, COORDINATOR, "/requests", "I take it", "Write", Says("And where do you live?"))
    assert "live" not in heard(teams, AMINA)[-1]
    assert "It is somebody else of the team now" in told(await teams.says(AMINA, "As I told you: Kibera"))
    answer = await walk(teams, AMINA, "Answer")
    assert "no longer does" in told(answer), "an older “Answer” shows first who it is now"
    assert "And where do you live?" in told(answer)
    assert "Kibera" not in "".join(heard(teams, COORDINATOR))
    await teams.says(AMINA, "Who are you?")
    assert heard(teams, COORDINATOR)[-1].endswith("Who are you?")


async def test_of_a_helper_who_never_wrote_the_person_hears_nothing(teams: Teams) -> None:
    await asks_for_contact(teams, AMINA)
    before = len(heard(teams, AMINA))
    await walk(teams, MODERATOR, "I take it", "Give it back")
    await walk(teams, COORDINATOR, "/requests", "I take it")
    assert len(heard(teams, AMINA)) == before
    await walk(teams, COORDINATOR, "Write", Says("Hello"))
    assert "somebody else" not in told(await walk(teams, AMINA, "Open"))


async def test_a_helper_who_answers_keeps_whom_they_help(teams: Teams) -> None:
    await in_exchange(teams)
    await teams.says(MODERATOR, "Good")
    await teams.rig.pass_time(WAITS * 2)
    await walk(teams, MODERATOR, "Write", Says("How are you?"))
    assert heard(teams, AMINA)[-1] == "You have a new message."
    assert "How are you?" in told(await walk(teams, AMINA, "Open"))
