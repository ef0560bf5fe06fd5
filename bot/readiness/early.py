"""Surveys that would ask what has become of an event before it has taken place."""

import re
from collections.abc import Iterator
from datetime import date

from conversations.findings import Finding, Kind
from conversations.messages import phrase
from conversations.model import Event, Language, Stage, Survey
from conversations.schedule import length
from conversations.timing import Anchor, TouchpointKind

_AFTERWARDS = frozenset(Stage) - {Stage.CREATE}
_TITLED_SO = re.compile(r"\b(?:after|later|après|plus tard)\b", re.IGNORECASE)
_ANCHOR_IT = phrase("Write event_end as its anchor: whoever joins early is then asked after the event.")


def early_findings(event: Event, today: date) -> Iterator[Finding]:
    """A remark on each survey about the time after the event that whoever joins on that day gets before its end."""
    surveys = {each.name: each for each in event.surveys}
    for row in event.schedule:
        if row.kind is not TouchpointKind.SURVEY or row.anchor is not Anchor.ENROLMENT or row.name not in surveys:
            continue
        if today + length(row.offset) <= event.end and _looks_back(surveys[row.name]):
            said = phrase(
                "It counts from the day on which somebody joins: it can come before the event ends, on {day}",
                day=event.end,
            )
            yield Finding(Kind.NOTE, said, _ANCHOR_IT, "schedule", None, "anchor", row.name)


def _looks_back(survey: Survey) -> bool:
    """Whether it is about the time after the event, by the stages of its questions or by its title."""
    if any(each.stage in _AFTERWARDS for each in survey.questions):
        return True
    return any(_TITLED_SO.search(survey.title.in_language(each)) for each in Language)
