"""Five people share what they achieved: a team reads it, two groups learn of it, and the machine dies in between."""

from datetime import timedelta
from pathlib import Path

from conversations.model import Event, Role
from sandbox.server import Serving
from tests.journeys.conftest import World, bot_at, settings_for
from tests.journeys.phones import Phone, Phones, text_of
from tests.journeys.process import BotProcess, environment_of
from tests.journeys.stories import WEEK, joined
from tests.journeys.test_digests import FIRST_DIGEST

HEADING = {
    "en": "What people did after the event, in their own words:",
    "fr": "Après la rencontre, des récits de personnes qui ont participé",
}
TELL = {"en": ("In English", "Yes, share it like this"), "fr": ("En français", "Oui, le partager ainsi")}
NAMES = {"Awa": "fr", "Moussa": "fr", "Amina": "en", "John": "en", "Efua": "en"}
WORDS = {
    "Awa": "Nos paires éducatrices commencent par écouter, et l’on revient.",
    "Moussa": "Nous tenons nos réunions à tour de rôle, chacun chez soi.",
    "Amina": "Our drop-in centre stays open two evenings a week.",
    "John": "We wrote our own guidelines, together with those they are for.",
    "Efua": "A nurse who had turned people away now trains her colleagues.",
}


async def tell(phone: Phone, name: str) -> None:
    language = NAMES[name]
    await phone.say("/story" if language == "en" else "/recit", WORDS[name])
    await phone.tap(*TELL[language])


async def approve_all(moderator: Phone) -> None:
    for _ in NAMES:
        await moderator.say("/stories")
        await moderator.sees(": to be read")
        await moderator.tap("Story ", "Approve it")
        await moderator.sees("is approved.")


async def approved(world: World) -> dict[str, Phone]:
    """Five have told theirs, and the team has approved all; gives the groups that will read them."""
    groups = {language: await world.group(f"Group {language}", linked=language) for language in HEADING}
    moderator = await world.phones.person("Ruth", "en")
    await moderator.start(world.invitation(Role.MODERATOR))
    for name, language in NAMES.items():
        await tell(await joined(world, name, language), name)
    await approve_all(moderator)
    return groups


async def test_a_kill_between_approval_and_digest_loses_no_story_and_tells_none_twice(
    tmp_path: Path, sandbox: Serving, phones: Phones, sample_event: Event
) -> None:
    settings = settings_for(tmp_path, sandbox.url)
    async with bot_at(settings, sandbox, phones, sample_event) as world:
        groups = await approved(world)
    process = BotProcess(environment_of(settings, sandbox.url), tmp_path)
    try:
        for instant in (FIRST_DIGEST - timedelta(days=1), FIRST_DIGEST, FIRST_DIGEST + WEEK):
            await process.start()
            await phones.until(instant)
            await process.kill()
    finally:
        await process.kill()
    for language, group in groups.items():
        assert await group.announced(HEADING[language]) == 1
        text = text_of(await group.sees(HEADING[language]))
        for name, words in WORDS.items():
            assert words in text, name
            assert name not in text
        assert ("In French: “" if language == "en" else "En anglais\u00a0: «\u00a0") in text
    log = process.log.read_text(encoding="utf-8")
    assert "Traceback" not in log, log
    for words in WORDS.values():
        assert words not in log
        kept = [file for file in settings.data_dir.rglob("*") if file.is_file() and words.encode() in file.read_bytes()]
        assert kept == []


async def test_one_who_withdraws_in_time_keeps_the_other_four_from_being_told(world: World) -> None:
    group = await world.group("Together", linked="en")
    moderator = await world.phones.person("Ruth", "en")
    await moderator.start(world.invitation(Role.MODERATOR))
    people = {name: await joined(world, name, language) for name, language in NAMES.items()}
    for name, phone in people.items():
        await tell(phone, name)
    await approve_all(moderator)
    await world.phones.until(FIRST_DIGEST - timedelta(days=2))
    await people["Awa"].sees("Vous avez un nouveau message.")
    await people["Awa"].say("récit")
    await people["Awa"].tap("Récit 1", "Le retirer", "Oui, le retirer")
    await world.phones.until(FIRST_DIGEST + 2 * WEEK)
    assert await group.announced(HEADING["en"]) == 0
    everything = " ".join(text_of(each) for each in await group.messages())
    assert not [words for words in WORDS.values() if words in everything]
    await people["Amina"].say("/story")
    await people["Amina"].tap("Story 1")
    await people["Amina"].sees("It is approved.")
