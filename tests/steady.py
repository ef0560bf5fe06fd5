"""The sample event on a schedule that does not depend on what anybody does: for tests of what is said and kept.

Every refresher and survey comes on its day, in one wording, with nothing to remind of; when things come is for other
tests, with the sample event as it is.
"""

from dataclasses import replace
from datetime import time

from conversations.model import Event
from conversations.timing import RECALL_CHECK, Anchor, Offset, Policy, Touchpoint, TouchpointKind, Unit

_REFRESHERS = {3: "safety", 13: "partnership", 27: "language", 41: "harm_reduction", 55: "rights", 76: "faith_media"}
_REFRESHERS |= {97: "evidence", 118: "movement", 146: "safety", 174: "partnership", 202: "language"}
_REFRESHERS |= {230: "harm_reduction", 258: "rights", 286: "faith_media", 314: "evidence", 342: "movement"}
_SURVEYS = {"week_1": (Offset(7, Unit.DAYS), 10), "month_1": (Offset(1, Unit.MONTHS), 14)}
_SURVEYS |= {"month_3": (Offset(3, Unit.MONTHS), 21), "year_1": (Offset(12, Unit.MONTHS), 21)}
_TEN, _TWO = time(10), time(14)


def steady(event: Event) -> Event:
    """That event, with its digests as they are."""
    refreshers = [
        Touchpoint(
            TouchpointKind.REFRESHER,
            name,
            Anchor.ENROLMENT,
            Offset(days, Unit.DAYS),
            time=_TEN,
            window=Offset(3, Unit.DAYS),
        )
        for days, name in _REFRESHERS.items()
    ]
    surveys = [
        Touchpoint(TouchpointKind.SURVEY, name, Anchor.ENROLMENT, offset, time=_TWO, window=Offset(window, Unit.DAYS))
        for name, (offset, window) in _SURVEYS.items()
    ]
    digests = [each for each in event.schedule if each.kind is TouchpointKind.DIGEST]
    return replace(
        event,
        messages=tuple(replace(each, questions=each.questions[:1], measured=False) for each in event.messages),
        surveys=tuple(each for each in event.surveys if each.name != RECALL_CHECK),
        schedule=(*refreshers, *surveys, *digests),
        policy=Policy(weekly_cap=99, gap_hours=0, public_holidays=False),
    )
