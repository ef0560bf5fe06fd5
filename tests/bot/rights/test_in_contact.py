"""Words between a person who asked for contact and whoever helps them reach nobody else, whatever comes in between."""

from datetime import timedelta

from bot.rendering import plain_text
from tests.bot.rights.steps import Says, asks_for_contact, walk
from tests.bot.rights.world import PEOPLE, THERE, join
from tests.bot.teams import COORDINATOR, MODERATOR, OTHER_COORDINATOR, PARTICIPANT, Answer, Teams

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
