"""A change of language in the middle of each question of each survey loses nothing."""

from datetime import datetime

import pytest

from tests.journeys import kept
from tests.journeys.conftest import World
from tests.journeys.phones import Phone
from tests.journeys.stories import MONTH_1, MONTH_3, SAVED, SEND, SURVEY, SURVEYS, WEEK_1, YEAR_1, joined, opened, stored

WHEN = {"week_1": WEEK_1, "month_1": MONTH_1, "month_3": MONTH_3, "year_1": YEAR_1}


async def switch(phone: Phone, language: str) -> str:
    """To the other language; gives its code."""
    await phone.say("/language")
    other = {"en": "Français", "fr": "English"}[language]
    await phone.tap(other)
    await phone.sees({"en": "Nous continuons en français", "fr": "We go on in English"}[language])
    return {"en": "fr", "fr": "en"}[language]


@pytest.mark.parametrize("survey", SURVEYS)
async def test_typed_answers(world: World, survey: str) -> None:
    steady = await joined(world, "Amina", "en")
    changing = await joined(world, "Moussa", "en")
    await world.phones.until(WHEN[survey])
    await opened(steady, SURVEY["en"], "en")
    await opened(changing, SURVEY["en"], "en")
    language = "en"
    for answer in SURVEYS[survey].values():
        await steady.say(answer.typed)
        language = await switch(changing, language)
        await changing.say(answer.typed)
    await steady.tap(SEND["en"])
    await steady.sees(SAVED["en"])
    await changing.tap(SEND[language])
    await changing.sees(SAVED[language])
    await assert_same_answers(world, steady, changing, survey)


@pytest.mark.parametrize("survey", SURVEYS)
async def test_taps_with_boxes_half_ticked(world: World, survey: str) -> None:
    """Each tap is made in English; between any two of them the person looks at the question in French."""
    steady = await joined(world, "Amina", "en")
    changing = await joined(world, "Moussa", "en")
    await world.phones.until(WHEN[survey])
    for phone in (steady, changing):
        await opened(phone, SURVEY["en"], "en")
    for answer in SURVEYS[survey].values():
        await steady.tap(*answer.tapped)
        for label in answer.tapped:
            await switch(changing, await switch(changing, "en"))
            await changing.tap(label)
        if not answer.tapped:
            await steady.say(answer.typed)
            await changing.say(answer.typed)
    for phone in (steady, changing):
        await phone.tap(SEND["en"])
        await phone.sees(SAVED["en"])
    await assert_same_answers(world, steady, changing, survey)


async def test_the_old_keyboard_is_void_after_a_switch(world: World) -> None:
    moussa = await joined(world, "Moussa", "en")
    await world.phones.until(WEEK_1)
    await opened(moussa, SURVEY["en"], "en")
    question, button = await moussa.button("Yes, on my own")
    await moussa.say("français")
    await moussa.forge(question["id"], button["callback_data"])
    await moussa.toasted("Ce bouton ne sert plus")
    assert await world.look(kept.survey_of(world.store.vault, moussa.person, "week_1")) == {}
    await moussa.tap("Non")
    assert await world.look(kept.survey_of(world.store.vault, moussa.person, "week_1")) == {"prepared": "no"}


async def test_the_language_is_kept_for_all_that_follows(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await amina.say("français")
    started: list[datetime] = await amina.times(SURVEY["fr"])
    await world.phones.until(WEEK_1)
    assert len(await amina.times(SURVEY["fr"])) == len(started) + 1
    assert await amina.times(SURVEY["en"]) == []


async def assert_same_answers(world: World, steady: Phone, changing: Phone, survey: str) -> None:
    vault = world.store.vault
    expected = await world.look(kept.survey_of(vault, steady.person, survey))
    assert expected == stored(survey)
    assert await world.look(kept.survey_of(vault, changing.person, survey)) == expected
