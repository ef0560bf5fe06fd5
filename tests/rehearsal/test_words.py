"""The words around a rehearsal are true of the calendar that was played."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rehearsal import words
from bot.rehearsal.outcomes import Life
from bot.rehearsal.personas import PERSONAS, about
from conversations.model import Event, Language
from conversations.timing import Anchor, TouchpointKind
from locales.phrases import say

LATE, BLOCKS = (next(each for each in PERSONAS if each.key == key) for key in ("late", "blocks"))


@pytest.mark.parametrize(
    ("days", "late", "blocks"),
    [
        (400, "S’inscrit deux mois plus tard", "Bloque le bot au bout d’un mois"),
        (80, "S’inscrit à mi-parcours", "Bloque le bot au bout d’un mois"),
        (20, "S’inscrit à mi-parcours", "Bloque le bot à mi-parcours"),
    ],
)
def test_who_comes_late_and_who_goes_by_the_length_of_the_calendar(days: int, late: str, blocks: str) -> None:
    calendar = timedelta(days=days)
    assert say(about(LATE, calendar), Language.FR) == late
    assert say(about(BLOCKS, calendar), Language.FR) == blocks


def test_a_life_is_told_with_its_own_calendar(lives: dict[str, Life]) -> None:
    told = {key: say(life.about, Language.EN) for key, life in lives.items()}
    assert told["late"] == "Signs up halfway through"
    assert told["blocks"] == "Blocks the bot halfway through"
    assert told["silent"] == "Signs up, and never answers"


def test_what_the_dates_count_from(event: Event) -> None:
    def said(*anchors: Anchor) -> str:
        rows = [each for each in event.schedule if each.kind is not TouchpointKind.DIGEST]
        digests = [each for each in event.schedule if each.kind is TouchpointKind.DIGEST]
        chosen = (replace(row, anchor=anchor) for row, anchor in zip(rows, anchors, strict=False))
        return say(words.dates_count(replace(event, schedule=(*chosen, *digests))), Language.EN)

    assert said(Anchor.ENROLMENT, Anchor.EVENT_END) == (
        "Dates count from when each person signs up, some of them from the event."
    )
    assert said(Anchor.ENROLMENT, Anchor.ENROLMENT) == "Dates count from when each person signs up."
    assert said(Anchor.EVENT_START, Anchor.DATE) == "Dates are the same for everybody, whenever they sign up."
