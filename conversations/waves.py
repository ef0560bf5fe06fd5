"""The waves of the recall check: how far from the event each of them is planned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from conversations.days import in_utc
from conversations.model import Event
from conversations.recall_checks import is_recall_check
from conversations.schedule import Who, plan
from conversations.timing import DAY_BEGINS, Anchor, Policy, Touchpoint


@dataclass(frozen=True, slots=True)
class Distance:
    """A planned distance in days of the calendar, negative for earlier.

    It counts from the day on which somebody joined (ENROLMENT), from that on which they answered `after` (COMPLETION),
    and in all other cases from the last day of the event (EVENT_END), whatever date the schedule names.
    """

    days: int
    since: Anchor
    after: str = ""


def distances(event: Event) -> Mapping[int, Distance]:
    """The planned distance of each wave that the schedule has now, by its occurrence.

    It is the schedule's own, for everybody alike: without the rest days, weekdays and pauses that move a message on.
    """
    found: dict[int, Distance] = {}
    for touchpoint in event.schedule:
        if is_recall_check(touchpoint):
            for days in _days(event, touchpoint):
                found[len(found)] = Distance(days, _since(touchpoint), touchpoint.after)
    return found


def _since(touchpoint: Touchpoint) -> Anchor:
    own = touchpoint.anchor in {Anchor.ENROLMENT, Anchor.COMPLETION}
    return touchpoint.anchor if own else Anchor.EVENT_END


def _days(event: Event, touchpoint: Touchpoint) -> list[int]:
    """How many days after its beginning each time of that row is, for somebody who did all on the last day."""
    row = replace(touchpoint, audience="", weekdays=())
    alone = replace(event, schedule=(row,), policy=Policy())
    ended = in_utc(datetime.combine(event.end, DAY_BEGINS), event.timezone)
    who = Who(completed={row.after: ended})
    joined = ended if row.anchor in {Anchor.ENROLMENT, Anchor.COMPLETION} else _LONG_BEFORE
    planned = plan(alone, frozenset({row.kind}), joined, event.timezone, who=who)
    zone = ZoneInfo(event.timezone)
    return [(each.due.astimezone(zone).date() - event.end).days for each in planned]


_LONG_BEFORE = datetime(1970, 1, 1, tzinfo=UTC)
