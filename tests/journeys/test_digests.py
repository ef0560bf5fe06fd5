"""What a group reads: one digest for each ten people, in words that give nobody away."""

import re
from datetime import UTC, datetime, timedelta

from conversations.model import Language, Role
from sandbox.crowd import FIRST_NAMES
from tests.journeys.conftest import World
from tests.journeys.phones import Json, Phone, text_of
from tests.journeys.stories import AVOID, DAY, WEEK, WEEK_1, answer_survey, joined

FIRST_DIGEST = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
"""The Friday two weeks after the event, an hour after digests are due in Nairobi."""

NEWS = {"en": "What people answered, in words:", "fr": "Vos réponses, en mots"}
SHARES = {
    "en": {"A few or none", "Almost everyone", "Some", "About half", "Most"},
    "fr": {
        "Peu de personnes ou aucune",
        "Presque tout le monde",
        "Certaines personnes",
        "Environ la moitié",
        "La plupart",
    },
}
SPREAD = {"en": "The answers are spread out", "fr": "Les réponses sont très partagées"}
WEEKLY = {"en": "Message of the week", "fr": "Le message de la semaine"}
PREPARED = {
    "en": "Before the event, did you prepare something about your own experience?",
    "fr": "Avant la rencontre, avez-vous préparé quelque chose sur votre propre expérience",
}


async def digests_in(group: Phone, language: str) -> list[Json]:
    return [message for message in await group.received() if NEWS[language] in text_of(message)]


def assert_words_alone(world: World, digest: Json, language: str) -> None:
    """No count, no name, and every option behind one of the five words.

    What follows, a key message with its source and the month of the next survey, tells of nobody.
    """
    answers = text_of(digest).partition(WEEKLY[language])[0]
    text = answers.replace(world.event.title.in_language(Language(language)), "")
    assert not re.search(r"\d|%", text), text
    assert not [name for name in FIRST_NAMES if re.search(rf"\b{name}\b", text)], text
    lines = [line.replace("\u00a0", " ") for line in text.splitlines()]
    told = [line for line in lines if re.split(r"\s?: ", line)[0] in SHARES[language]]
    spread = [line for line in lines if line.startswith(SPREAD[language])]
    assert len(told) + len(spread) >= 4  # week one has four questions


async def test_ten_answers_make_one_digest(world: World) -> None:
    group = await world.group("Tous ensemble", linked="fr")
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    [digest] = await digests_in(group, "fr")
    assert PREPARED["fr"] in text_of(digest)
    assert_words_alone(world, digest, "fr")
    await world.phones.advance(2 * WEEK)
    assert len(await digests_in(group, "fr")) == 1


async def test_nine_answers_make_none(world: World) -> None:
    group = await world.group("Together", linked="en")
    await world.phones.crowd(9, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST + 2 * WEEK)
    assert await digests_in(group, "en") == []
    late = await joined(world, "Efua", "en")
    await world.phones.advance(WEEK + DAY)
    await answer_survey(late, "week_1", "en")
    await world.phones.advance(WEEK)
    told = [digest for digest in await digests_in(group, "en") if PREPARED["en"] in text_of(digest)]
    assert len(told) == 1


async def test_somebody_who_did_not_agree_is_not_counted(world: World) -> None:
    group = await world.group("Together", linked="en")
    await world.phones.crowd(9, world.link, AVOID)
    private = await world.phones.person("Efua", "en")
    await private.start(world.invitation())
    await private.tap("☐ Send me short reminders", "☐ Ask me a few quick questions", "Join with what is ticked")
    await private.tap("Kenya", "Skip", "Skip", "Yes")
    await world.phones.until(WEEK_1)
    await answer_survey(private, "week_1", "en")
    await world.phones.until(FIRST_DIGEST + WEEK)
    assert await digests_in(group, "en") == []


async def test_later_answers_wait_for_the_next_ten(world: World) -> None:
    group = await world.group("Tous ensemble", linked="fr")
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    await world.phones.crowd(9, world.link, AVOID, seed=2)
    await world.phones.advance(2 * WEEK)
    assert len(await about_preparing(group)) == 1

    late = await joined(world, "Efua", "fr")
    await world.phones.advance(WEEK + DAY)
    assert len(await about_preparing(group)) == 1
    await answer_survey(late, "week_1", "fr")
    await world.phones.advance(WEEK)
    first, second = await about_preparing(group)
    for digest in (first, second):
        assert_words_alone(world, digest, "fr")


async def about_preparing(group: Phone) -> list[Json]:
    return [digest for digest in await digests_in(group, "fr") if PREPARED["fr"] in text_of(digest)]


async def test_a_second_group_reads_the_same_words(world: World) -> None:
    first = await world.group("Tous ensemble", linked="fr")
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    second = await world.group("Et nous aussi", linked="fr")
    third = await world.group("So do we", linked="en")
    # Answers that came meanwhile must change nothing about what was said.
    await world.phones.crowd(5, world.link, AVOID, seed=5)
    await world.phones.advance(WEEK + timedelta(hours=1))
    [told], [told_again], [in_english] = (
        await digests_in(first, "fr"),
        await digests_in(second, "fr"),
        await digests_in(third, "en"),
    )
    assert text_of(told_again).replace("\n", "") == text_of(told).replace("\n", "")
    assert PREPARED["en"] in text_of(in_english)
    assert_words_alone(world, in_english, "en")
    await world.phones.advance(WEEK)
    assert len(await digests_in(second, "fr")) == len(await digests_in(first, "fr"))


async def shown_in(group: Phone) -> list[Json]:
    """The pictures that came there."""
    return [message for message in await group.received() if "photo" in message]


async def test_a_group_in_french_gets_a_picture_and_the_same_in_words(world: World) -> None:
    group = await world.group("Tous ensemble", linked="fr")
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    [picture] = await shown_in(group)
    [digest] = await digests_in(group, "fr")
    assert picture["caption"] == "Le bilan en image. Le message ci-dessous dit la même chose avec des mots."
    assert (picture["photo"]["width"], picture["photo"]["height"] <= 1280) == (720, True)
    assert picture["id"] < digest["id"], "the picture, then the words"
    told = text_of(digest).replace("\u00a0", " ")
    first = next(each for each in world.event.messages if not each.sensitive)
    assert first.text.fr.replace("\u00a0", " ") in told[told.index(WEEKLY["fr"]) :]


async def test_a_group_of_both_languages_gets_one_message_with_both(world: World) -> None:
    grace = await world.phones.person("Grace", "en")
    await grace.start(world.invitation(Role.COORDINATOR))
    group = await world.phones.group("Together", [grace])
    await group.say("/link")
    await group.tap("Both")
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    [digest] = await digests_in(group, "en")
    assert await digests_in(group, "fr") == [digest]
    text = text_of(digest)
    assert text.index(PREPARED["en"]) < text.index(WEEKLY["en"]) < text.index(PREPARED["fr"]) < text.index(WEEKLY["fr"])
    assert len(await shown_in(group)) == 2


async def test_a_group_that_is_linked_later_sees_the_very_same_picture(world: World) -> None:
    first = await world.group("Tous ensemble", linked="fr")
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    grace = await world.phones.person("Grace", "en")
    await grace.start(world.invitation(Role.COORDINATOR))
    second = await world.phones.group("Et nous aussi", [grace])
    await second.say("/link lse2026 fr")
    # Answers that came meanwhile must change nothing about what is drawn.
    await world.phones.crowd(5, world.link, AVOID, seed=5)
    await grace.say("/groups")
    await grace.tap("Group 2", "Send a digest now", "Yes, send it")
    await world.phones.advance(timedelta(minutes=2))
    [earlier], [later] = await shown_in(first), await shown_in(second)
    assert later["photo"] == earlier["photo"]
    uploads = [each["request"]["photo"] for each in await world.phones.journal("sendPhoto")]
    assert uploads.count("digest.png") == 1, "known for the same one, it was not even sent again"
    [told], [told_again] = await digests_in(first, "fr"), await digests_in(second, "fr")
    assert text_of(told_again) == text_of(told)


async def test_a_coordinator_asks_for_a_digest_and_the_next_one_keeps_its_distance(world: World) -> None:
    grace = await world.phones.person("Grace", "en")
    await grace.start(world.invitation(Role.COORDINATOR))
    group = await world.phones.group("Together", [grace])
    await group.say("/link")
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST - DAY)
    assert await digests_in(group, "en") == []
    await grace.say("/groups")
    await grace.tap("Group 1", "Send a digest now", "Yes, send it")
    await world.phones.advance(timedelta(minutes=2))
    [asked] = await digests_in(group, "en")
    assert PREPARED["en"] in text_of(asked)
    await world.phones.advance(2 * DAY)
    assert await digests_in(group, "en") == [asked]


async def test_a_group_that_threw_the_bot_out_reads_nothing(world: World) -> None:
    group = await world.group("Together", linked="en")
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.act(f"/sandbox/groups/{group.chat}/remove_bot", {})
    await world.phones.until(FIRST_DIGEST + WEEK)
    assert await digests_in(group, "en") == []
    sent = [entry["request"]["chat_id"] for entry in await world.phones.journal("sendMessage")]
    assert sent.count(str(group.chat)) == 2  # the greeting, and the answer to /link
