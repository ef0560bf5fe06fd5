"""Passing on, from the word to the files on the phone, in both languages."""

from io import BytesIO

import aiohttp
import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from conversations.model import Language
from tests.journeys.conftest import World
from tests.journeys.phones import Json, Phone
from tests.journeys.stories import joined

COMMAND = {"en": "/pass_on", "fr": "/transmettre"}
NEXT = {"en": "Next", "fr": "Suite"}
SLIDES = {"en": "Slides, to present and change", "fr": "Diapositives à présenter et adapter"}
PAGE = {"en": "One page, to print", "fr": "Une page à imprimer"}
PICTURES = {"en": "Pictures, for messaging groups", "fr": "Images pour groupes de discussion"}
ANOTHER = {"en": "Another form", "fr": "Autre format"}
CLOSE = {"en": "Close", "fr": "Fermer"}
CAUTION = {"en": "Whoever opens a phone or computer can read the files on it.", "fr": "peut en lire les fichiers"}
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


async def fetched(world: World, media: Json) -> bytes:
    async with aiohttp.ClientSession() as session, session.get(f"{world.sandbox.url}/{media['url']}") as answer:
        assert answer.status == 200
        return await answer.read()


async def documents(phone: Phone) -> list[Json]:
    return [each["document"] for each in await phone.received() if "document" in each]


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_slides_a_page_and_pictures_arrive(world: World, language: str) -> None:
    amina = await joined(world, "Amina", language)
    await amina.say(COMMAND[language])
    await amina.tap("☑ 1", "☑ 7", NEXT[language])
    await amina.sees(CAUTION[language])
    await amina.tap(SLIDES[language], ANOTHER[language], PAGE[language], ANOTHER[language], PICTURES[language])
    await amina.tap(CLOSE[language])
    slides, page = await documents(amina)
    assert (slides["name"], page["name"]) == (f"messages-{language}.pptx", f"messages-{language}.pdf")
    assert (slides["type"], page["type"]) == (PPTX, "application/pdf")
    safe = [each for each in world.event.messages if not each.sensitive]
    chosen = [plain(each.text.in_language(Language(language))) for each in safe[1:-1]]
    deck = Presentation(BytesIO(await fetched(world, slides)))
    assert [plain(slide.shapes.title.text) for slide in deck.slides][1:-1] == chosen
    (drawn,) = PdfReader(BytesIO(await fetched(world, page))).pages
    assert all(words in plain(drawn.extract_text()) for words in chosen)
    photos = [each["photo"] for each in await amina.received() if "photo" in each]
    assert len(photos) == len(chosen)
    for photo in photos:
        # Telegram shows none that is higher than 1280.
        assert 1_000 <= Image.open(BytesIO(await fetched(world, photo))).width <= 1_080


async def test_nothing_is_left_to_be_tapped_and_nothing_comes_twice(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await amina.say("/pass_on")
    await amina.tap("Next")
    await amina.tap_twice(PAGE["en"])
    assert len(await documents(amina)) == 1
    await world.phones.each_tap_was_answered_once()
