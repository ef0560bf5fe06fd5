"""Pictures beside the questions of a form, on the phones of people who read different languages."""

from pathlib import Path
from typing import Any

from bot.main import import_into
from bot.workbook import read_draft
from sandbox.server import Serving
from tests.journeys.conftest import World, bot_at, settings_for
from tests.journeys.phones import Phone, Phones, text_of
from tests.journeys.stories import OPEN, SAVED, SEND, SURVEY
from tests.sandbox.conftest import picture

FORM = """
| survey | | | | | | |
| | type | name | label::English (en) | label::French (fr) | image::English (en) | image::French (fr) |
| | note | intro | Look. | Regardez. | map.png | |
| | select_one yn | seen | Is it so? | Est-ce bien cela ? | english.png | french.png |
| | text | why | Why? | Pourquoi ? | | |
| | note | bye | Goodbye. | Au revoir. | | map.png |
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | yes | It is | C’est cela |
| | yn | no | It is not | Non |
"""
SIZES = {"map": (60, 60), "english": (80, 40), "french": (40, 80)}


def form_in(folder: Path) -> Path:
    (folder / "form-media").mkdir()
    for name, size in SIZES.items():
        (folder / "form-media" / f"{name}.png").write_bytes(picture(*size))
    file = folder / "form.md"
    file.write_text(FORM, encoding="utf-8")
    return file


def seen(messages: list[dict[str, Any]]) -> list[str]:
    """What the bot showed, in order: the name of each picture, the words of each text."""
    names = {size: name for name, size in SIZES.items()}
    photos = (each.get("photo") for each in messages)
    return [
        names[photo["width"], photo["height"]] if photo else text_of(each)
        for photo, each in zip(photos, messages, strict=True)
    ]


async def asked(phone: Phone, world: World, language: str) -> None:
    await phone.start(world.invitation())
    await phone.tap({"en": "Yes to all, join", "fr": "Oui à tout, je participe"}[language])
    await phone.tap({"en": "Yes", "fr": "Oui"}[language])
    assert not any("photo" in each for each in await phone.received()), "nothing unasked has a picture"
    await phone.sees(SURVEY[language])
    await phone.tap(OPEN[language])


async def test_each_reads_and_sees_their_own_language(sandbox: Serving, phones: Phones, tmp_path: Path) -> None:
    draft = read_draft(form_in(tmp_path))
    async with bot_at(settings_for(tmp_path, sandbox.url), sandbox, phones, draft.whole()) as world:
        import_into(world.store, draft.whole(), world.clock, draft.files)
        amina, moussa = await phones.person("Amina", "en"), await phones.person("Moussa", "fr")
        await asked(amina, world, "en")
        await asked(moussa, world, "fr")
        for phone, own, question in ((amina, "english", "Is it so?"), (moussa, "french", "Est-ce bien cela ?")):
            *_, note, picture_, words = seen(await phone.received())
            assert (note, picture_) == ("map", own)
            assert question in words
        await moussa.tap("C’est cela")
        assert "Pourquoi ?" in seen(await moussa.received())[-1]
        await moussa.say("Comme ça")
        await moussa.tap(SEND["fr"])
        await moussa.sees(SAVED["fr"])
        assert seen(await moussa.received())[-2] == "map", "that of the last note"
        await amina.say("/language")
        await amina.tap("Français")
        *_, note, picture_, words = seen(await amina.received())
        assert (note, picture_, "Est-ce bien cela ?" in words) == ("map", "french", True)
        assert await uploaded(phones) == len(SIZES), "each once, however often it is shown"


async def uploaded(phones: Phones) -> int:
    """How many photos were uploaded rather than shown again by their id."""
    return [each["request"]["photo"] for each in await phones.journal("sendPhoto")].count("picture.jpg")
