"""Cron expressions in the column `every` of a digest, for whoever plans by them: read into one dated row a digest.

APScheduler's CronTrigger judges them and works out the times, in the event's zone; nothing is scheduled by it. So what
is planned stays what a pack says, to be looked at, replanned and moved to a group's own day like any other row.
"""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.workbook.lines import Line
from bot.workbook.wording import quoted
from conversations.messages import phrase
from conversations.timing import Policy

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

_FIELDS: Final = ("minute", "hour", "day", "month", "day_of_week")
_WEEK: Final = timedelta(days=7)
_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The names of crontab's numbers, where 0 and 7 are Sunday; APScheduler's own begin with Monday."""
_NUMBERED_DAY: Final = re.compile(r"(?<![/\w])[0-7](?!\w)", re.ASCII)
_EXAMPLE: Final = "0 12 * * fri"


def is_cron(written: str) -> bool:
    """Whether a cell holds a cron expression rather than a distance: five words."""
    return len(written.split()) == len(_FIELDS)


def cron_times(line: Line, begins: datetime, ends: datetime, zone: str, policy: Policy) -> tuple[datetime, ...]:
    """The local times of the expression in the column `every`, between these two local times, in order.

    None when it is faulty: when it is no expression, never comes, comes twice in a week, or when nothing may be sent.
    """
    trigger = _trigger(line, zone)
    if trigger is None:
        return ()
    times: list[datetime] = []
    last = ends.replace(tzinfo=ZoneInfo(zone))
    at = trigger.get_next_fire_time(None, begins.replace(tzinfo=ZoneInfo(zone)))
    while at is not None and at <= last:
        local = at.replace(tzinfo=None)
        if times and local - times[-1] < _WEEK:
            often = phrase("this comes twice in a week, and a group gets one digest in seven days")
            line.fault("every", often, phrase("write one day of the week, such as {example}", example=_EXAMPLE))
            return ()
        times.append(local)
        at = trigger.get_next_fire_time(at, at)
    if not times:
        never = phrase("this never comes between the offset and until")
        line.fault("every", never, phrase("write a longer time in until, or another expression"))
        return ()
    return tuple(times) if _may_be_sent(line, times, policy) else ()


def _trigger(line: Line, zone: str) -> "CronTrigger | None":
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415 # only for packs that plan so

    *others, weekday = line["every"].lower().split()
    fields = [*others, _NUMBERED_DAY.sub(lambda number: _DAYS[int(number.group())], weekday)]
    for name, field, written in zip(_FIELDS, fields, line["every"].split(), strict=True):
        try:
            CronTrigger(**{name: field})
        except ValueError:
            problem = phrase("{written} is not understood in a cron expression", written=quoted(written))
            remedy = phrase("write minute, hour, day, month and weekday, such as {example}", example=_EXAMPLE)
            line.fault("every", problem, remedy)
            return None
    return CronTrigger.from_crontab(" ".join(fields), ZoneInfo(zone))


def _may_be_sent(line: Line, times: list[datetime], policy: Policy) -> bool:
    quiet = next((each.time() for each in times if not policy.day_begins <= each.time() < policy.day_ends), None)
    if quiet is not None:
        remedy = phrase("write a time from {begins} and before {ends}", begins=policy.day_begins, ends=policy.day_ends)
        line.fault("every", phrase("nothing is sent at {time}, in the quiet hours", time=quiet), remedy)
        return False
    if not any(each.weekday() in policy.weekdays for each in times):
        problem = phrase("on these days nothing is sent, by the setting weekdays of the sheet event")
        line.fault("every", problem, phrase("write other days"))
        return False
    return True
