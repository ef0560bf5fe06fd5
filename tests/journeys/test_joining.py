"""People join in either language, recall, answer; and somebody who does nothing is left alone between the nudges."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.journeys import kept
from tests.journeys.conftest import World
from tests.journeys.stories import (
    FIRST_REFRESHER,
    REFRESHER,
    SAVED,
    SEND,
    SURVEY,
    WEEK_1,
    YEAR_1,
    joined,
    opened,
    stored,
)

FRENCH_FIRST_WEEK = ("Oui, avec des collègues", "Tout à fait d’accord", "Ni d’accord ni en désaccord", "D’accord")
ENGLISH_FIRST_WEEK = ("Yes, with colleagues", "Strongly agree", "Neither agree nor disagree", "Agree")


async def test_join_in_french_recall_and_answer(world: World) -> None:
    moussa = await joined(world, "Moussa", "fr")
    await moussa.sees("Votre premier message arrivera le jeudi 19 novembre 2026.")
    await world.phones.until(FIRST_REFRESHER)
    await opened(moussa, REFRESHER["fr"], "fr")
    await moussa.tap("Demander l’accord de chaque personne")
    await moussa.sees("Oui. Demander l’accord de chaque personne")
    await world.phones.until(WEEK_1)
    await opened(moussa, SURVEY["fr"], "fr")
    await moussa.tap(*FRENCH_FIRST_WEEK)
    await moussa.tap(SEND["fr"])
    await moussa.sees(SAVED["fr"])
    vault = world.store.vault
    assert await world.look(kept.recalls_of(vault, moussa.person)) == [("safety", "ask_each", True)]
    assert await world.look(kept.survey_of(vault, moussa.person, "week_1")) == stored("week_1")


async def test_join_in_english_recall_and_answer(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await amina.sees("Your first message comes on Thursday, 19 November 2026.")
    await world.phones.until(FIRST_REFRESHER)
    await opened(amina, REFRESHER["en"], "en")
    await amina.tap("Choose a small, closed group")
    await amina.sees("You chose: Choose a small, closed group. The right answer: Ask each person in the photo.")
    await world.phones.until(WEEK_1)
    await opened(amina, SURVEY["en"], "en")
    await amina.tap(*ENGLISH_FIRST_WEEK)
    await amina.tap(SEND["en"])
    await amina.sees(SAVED["en"])
    vault = world.store.vault
    assert await world.look(kept.recalls_of(vault, amina.person)) == [("safety", "closed_group", False)]
    assert await world.look(kept.survey_of(vault, amina.person, "week_1")) == stored("week_1")


SURVEY_DATES = (date(2026, 11, 23), date(2026, 12, 16), date(2027, 2, 16), date(2027, 11, 16))


@pytest.mark.parametrize(
    ("language", "country", "zone"),
    [("fr", "Sénégal", "Africa/Dakar"), ("en", "Zimbabwe", "Africa/Harare"), ("en", "Kenya", "Africa/Nairobi")],
)
async def test_a_year_of_silence(world: World, language: str, country: str, zone: str) -> None:
    idle = await joined(world, "Awa", language, country)
    before = len(await idle.received())
    await world.phones.until(YEAR_1 + timedelta(days=30))

    there = ZoneInfo(zone)
    refreshers = [_local(each, there) for each in await idle.times(REFRESHER[language])]
    surveys = [_local(each, there) for each in await idle.times(SURVEY[language])]
    assert surveys == [datetime.combine(day, time(14)) for day in SURVEY_DATES], "there are few, and they come in time"
    assert refreshers[0] == datetime(2026, 11, 19, 10)
    assert all(time(8) <= each.time() < time(20) for each in refreshers)
    together = sorted([*refreshers, *surveys])
    gaps = [(later - earlier).days for earlier, later in pairwise(together)]
    assert gaps[:2] == [4, 7], "two were left alone: the third comes a week later"
    assert min(gaps[3:]) >= 14
    assert len(refreshers) <= 8
    assert len(await idle.received()) == before + len(together)
    reasons = await world.look(kept.reasons_of(world.store.vault, idle.person))
    assert set(reasons.values()) == {"sent", "unheeded", "survey_first"}


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
