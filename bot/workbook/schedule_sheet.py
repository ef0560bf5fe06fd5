"""The sheet `schedule`: what is sent when, and to whom."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import NamedTuple

from bot.workbook.audience import audience_of
from bot.workbook.cron import cron_times, is_cron
from bot.workbook.errors import Faults
from bot.workbook.event_sheet import day
from bot.workbook.hours import is_span, span_in, time_in, weekdays_in
from bot.workbook.lines import Line, lines_of
from bot.workbook.offsets import days, distance_in, offset_in
from bot.workbook.schedule_rows import check_numbering, check_together
from bot.workbook.sheets import Sheet
from bot.workbook.waiting import check_waiting
from bot.workbook.wording import nearest, one_of, one_of_these, quoted, to_write
from bot.workbook.zones import is_zone
from conversations.messages import phrase
from conversations.model import Choice, KeyMessage, Phrase, Question, Survey
from conversations.recall_checks import is_recall_check
from conversations.schedule import MOST_REMINDERS, later
from conversations.timing import (
    LADDER_NAME,
    RECALL_CHECK,
    REMINDERS,
    Anchor,
    Offset,
    Policy,
    Touchpoint,
    TouchpointKind,
    Unit,
)

KINDS = (TouchpointKind.REFRESHER, TouchpointKind.SURVEY, TouchpointKind.DIGEST)
"""What a row may be. A reminder is none of them: it belongs to its survey."""
ANCHORS = (Anchor.ENROLMENT, Anchor.EVENT_START, Anchor.EVENT_END)
"""The anchors that are written by their own name, beside dates and the names of surveys and messages."""

_MOST_REPEATS = 400
_NO_REMINDERS = frozenset({"none", "no"})
_ANCHORS = ", ".join(ANCHORS)
_ADD_MESSAGES = phrase("add a sheet messages")
_LEAVE_EMPTY = phrase("leave the cell empty")
_WITHOUT_MINUS = phrase("write a time without the minus sign")
_ENDS_BEFORE = phrase("it ends before it begins")
_FOR_EVER = phrase("this would be repeated for ever")
_USUAL_REMINDERS = "2 days, 5 days"


class _Start(NamedTuple):
    """What an offset counts from, as in Touchpoint."""

    anchor: Anchor
    on: date | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What the rows of a schedule may refer to, and the policy that they have to keep to.

    `timezone` is the event's zone, an IANA name, or anything else once there are faults.
    """

    surveys: tuple[Survey, ...]
    messages: tuple[KeyMessage, ...]
    profile: tuple[Question, ...]
    policy: Policy
    parts: tuple[Choice, ...]
    start: date
    end: date
    timezone: str

    def answered(self) -> tuple[str, ...]:
        """The names of all that somebody answers."""
        check = (RECALL_CHECK,) if self.messages else ()
        return (*(each.name for each in self.surveys), *check, *(each.name for each in self.messages))


def read_schedule(sheet: Sheet | None, content: Content, faults: Faults) -> tuple[Touchpoint, ...]:
    """The schedule in the order of the sheet."""
    read = [(line, each) for line in lines_of(sheet, faults) for each in _touchpoints(line, content)]
    if sheet is not None and sheet.header and not read:
        remedy = phrase("add a row for each survey and message")
        faults.add(phrase("nothing would ever be sent"), remedy, sheet=sheet.name)
    rows = [(line, touchpoint) for line, touchpoint in read if touchpoint is not None]
    check_numbering(rows)
    if len(rows) == len(read):  # a row that is not understood may be the one that others wait for
        check_waiting(rows, frozenset(each.name for each in content.messages))
    check_together(rows)
    schedule = tuple(touchpoint for _, touchpoint in rows)
    if content.policy.hold_back and not any(map(is_recall_check, schedule)):
        problem = phrase("hold_back keeps refreshers from some people until the last recall check, and there is none")
        remedy = phrase("add a row survey {name}, or take hold_back out of the sheet event", name=RECALL_CHECK)
        faults.add(problem, remedy, sheet="schedule")
    return schedule


def _touchpoints(line: Line, content: Content) -> tuple[Touchpoint | None, ...]:
    """What the row stands for: one thing, or the digests of a cron expression; None for what is not understood."""
    return _by_cron(line, content) if is_cron(line["every"]) else (_touchpoint(line, content),)


def _by_cron(line: Line, content: Content) -> tuple[Touchpoint | None, ...]:
    kind, start = _kind(line), _start(line, content)
    offset, until, window = _offset(line, start), distance_in(line, "until"), distance_in(line, "window")
    if kind is not None and kind is not TouchpointKind.DIGEST:
        remedy = phrase("write the time between two, such as {example}", example="1 week")
        line.fault("every", phrase("only digests come by a cron expression"), remedy)
        return (None,)
    if kind is not None:
        _check_name(line, kind, content)
        _check_kind(line, kind, start)
    for column in ("time", "weekdays"):
        if line[column]:
            line.fault(column, phrase("the cron expression in the column every says that already"), _LEAVE_EMPTY)
    days_of = {Anchor.EVENT_START: content.start, Anchor.EVENT_END: content.end}
    day_of = start and (start.on or days_of.get(start.anchor))
    if start is not None and start.anchor is Anchor.ENROLMENT:
        line.fault("anchor", phrase("a cron expression counts from a date"), one_of_these(("event_start", "event_end")))
    if not line["until"]:
        line.fault("until", _FOR_EVER, phrase("write when it ends, such as {example}", example="54 weeks"))
    if kind is None or not day_of or offset is None or until is None or not is_zone(content.timezone):
        return (None,)
    begins = datetime.combine(day_of, time())
    times = cron_times(line, later(begins, offset), later(begins, until), content.timezone, content.policy)
    return tuple(
        Touchpoint(kind, "", Anchor.DATE, Offset(0, Unit.DAYS), on=each.date(), time=each.time(), window=window)
        for each in times
    ) or (None,)


def _touchpoint(line: Line, content: Content) -> Touchpoint | None:
    kind = _kind(line)
    start = _start(line, content)
    offset = _offset(line, start)
    at, until_time = _times(line, content.policy)
    every, until, window, closes = (distance_in(line, column) for column in ("every", "until", "window", "closes"))
    weekdays = _weekdays(line, content.policy)
    audience = audience_of(line, content.profile, content.parts)
    if kind is not None:
        _check_name(line, kind, content)
        _check_kind(line, kind, start)
    if not _is_ladder(line, kind):
        _check_repeats(line, offset, every, until)
    reminders = _reminders(line, closes) if kind is TouchpointKind.SURVEY else ()
    if kind is None or start is None or offset is None:
        return None
    return Touchpoint(
        kind=kind,
        name=line["name"],
        anchor=start.anchor,
        offset=offset,
        on=start.on,
        time=at,
        every=every,
        until=until,
        window=window,
        closes=closes,
        after=start.after,
        time_until=until_time,
        weekdays=weekdays,
        audience=audience,
        reminders=reminders,
    )


def _kind(line: Line) -> TouchpointKind | None:
    written = line.filled("kind", one_of_these(KINDS)).lower()
    if written == TouchpointKind.REMINDER:
        remedy = phrase("take the row out, and write in the column reminders of its survey how long after it they come")
        line.fault("kind", phrase("a reminder has no row of its own"), remedy)
    elif written and written not in {str(kind) for kind in KINDS}:
        line.fault("kind", phrase("{word} is not known here", word=quoted(line["kind"])), one_of(written, KINDS))
    elif written:
        return TouchpointKind(written)
    return None


def _is_ladder(line: Line, kind: TouchpointKind | None) -> bool:
    return kind is TouchpointKind.REFRESHER and "name" in line.headers and line["name"] == LADDER_NAME


def _check_name(line: Line, kind: TouchpointKind, content: Content) -> None:
    name = line["name"]
    match kind:
        case TouchpointKind.DIGEST if name:
            line.fault("name", phrase("a digest has no name: it tells whatever is ready"), _LEAVE_EMPTY)
        case TouchpointKind.REFRESHER if _is_ladder(line, kind) and not content.messages:
            line.fault("name", phrase("there are no messages that a refresher could ask for"), _ADD_MESSAGES)
        case TouchpointKind.REFRESHER if name != LADDER_NAME:
            unknown = phrase("there is no message of the name {name}", name=quoted(name))
            _check_known(line, [each.name for each in content.messages], unknown)
        case TouchpointKind.SURVEY if name == RECALL_CHECK and not content.messages:
            line.fault("name", phrase("there are no messages that a recall check could ask for"), _ADD_MESSAGES)
        case TouchpointKind.SURVEY if name != RECALL_CHECK and line.filled(
            "name", phrase("write a name from the sheet survey")
        ):
            unknown = phrase("there is no group of questions of the name {name}", name=quoted(name))
            _check_known(line, [each.name for each in content.surveys], unknown)


def _check_known(line: Line, known: list[str], unknown: Phrase) -> None:
    if line["name"] not in known:
        line.fault("name", unknown, one_of(line["name"], known))


def _check_kind(line: Line, kind: TouchpointKind, start: _Start | None) -> None:
    """Name the cells that say what a row of this kind cannot have."""
    if kind is not TouchpointKind.SURVEY:
        if line["closes"]:
            line.fault("closes", phrase("only a survey takes answers"), _LEAVE_EMPTY)
        if line["reminders"]:
            line.fault("reminders", phrase("reminders are for surveys only"), _LEAVE_EMPTY)
    if kind is TouchpointKind.DIGEST:
        if line["audience"]:
            line.fault("audience", phrase("a digest is for the whole group, which has no profile"), _LEAVE_EMPTY)
        if start is not None and start.anchor is Anchor.COMPLETION:
            line.fault("anchor", phrase("a digest waits for no answer of one person"), one_of_these(ANCHORS))
    if _is_ladder(line, kind):
        for column in ("every", "until", "window"):
            if line[column]:
                problem = phrase("a refresher without a name goes on by itself, from rung to rung of the ladder")
                remedy = phrase("leave the cell empty; the sheet event has the settings ladder and horizon")
                line.fault(column, problem, remedy)


def _start(line: Line, content: Content) -> _Start | None:
    names = content.answered()
    remedy = phrase("write one of {anchors}, a date, or the name of a survey or message", anchors=_ANCHORS)
    written = line.filled("anchor", remedy)
    if written.lower() in {str(anchor) for anchor in ANCHORS}:
        return _Start(Anchor(written.lower()))
    if written in names:
        if names.count(written) > 1:
            problem = phrase("{name} is the name of a message and of a group of questions", name=quoted(written))
            line.fault("anchor", problem, phrase("give one of the two another name"))
        return _Start(Anchor.COMPLETION, after=written)
    on = day(written)
    if written and on is None:
        _no_anchor(line, written, names)
    return _Start(Anchor.DATE, on) if on else None


def _no_anchor(line: Line, written: str, names: tuple[str, ...]) -> None:
    meant = nearest(written, (*ANCHORS, *names), alike=0.6)
    usual = phrase(
        "write one of {anchors}, a date such as {example}, or the name of a survey or message",
        anchors=_ANCHORS,
        example="2026-11-10",
    )
    problem = phrase(
        "{written} is neither an anchor nor a date, and no survey or message is called so", written=quoted(written)
    )
    line.fault("anchor", problem, to_write(meant) if meant else usual)


def _offset(line: Line, start: _Start | None) -> Offset | None:
    """How long after the anchor; before it makes sense only where the anchor is known beforehand."""
    remedy = phrase(
        "write how long after the anchor, such as {example} or {other}", example="7 days", other="0 minutes"
    )
    written = line.filled("offset", remedy)
    found = offset_in(line, "offset", written)
    if found is not None and found.amount < 0 and start is not None:
        if start.anchor is Anchor.ENROLMENT:
            line.fault("offset", phrase("nothing can be sent before somebody has joined"), _WITHOUT_MINUS)
        elif start.anchor is Anchor.COMPLETION:
            problem = phrase("nobody knows when {name} will be answered before it is", name=quoted(start.after))
            line.fault("offset", problem, _WITHOUT_MINUS)
    return found


def _times(line: Line, policy: Policy) -> tuple[time | None, time | None]:
    """The local time, or the two between which everybody has one of their own."""
    written = line["time"]
    if is_span(written):
        span = span_in(line, "time")
        if span is None:
            return None, None
        begins, ends = span
        if ends <= begins:
            line.fault("time", _ENDS_BEFORE, phrase("write the earlier time first"))
        elif _is_sent_at(line, begins, policy) and ends > policy.day_ends:
            _in_quiet_hours(line, ends, policy)
        return span
    at = time_in(line, "time", written) if written else None
    if at is not None:
        _is_sent_at(line, at, policy)
    return at, None


def _is_sent_at(line: Line, at: time, policy: Policy) -> bool:
    if policy.day_begins <= at < policy.day_ends:
        return True
    _in_quiet_hours(line, at, policy)
    return False


def _in_quiet_hours(line: Line, at: time, policy: Policy) -> None:
    remedy = phrase("write a time from {begins} and before {ends}", begins=policy.day_begins, ends=policy.day_ends)
    line.fault("time", phrase("nothing is sent at {time}, in the quiet hours", time=at), remedy)


def _weekdays(line: Line, policy: Policy) -> tuple[int, ...]:
    found = weekdays_in(line, "weekdays")
    if found and not set(found) & set(policy.weekdays):
        problem = phrase("on these days nothing is sent, by the setting weekdays of the sheet event")
        line.fault("weekdays", problem, phrase("write other days, or leave the cell empty"))
    return found


def _reminders(line: Line, closes: Offset | None) -> tuple[Offset, ...]:
    """How long after the survey each reminder comes; those of an empty cell are as usual."""
    if not line["reminders"]:
        return REMINDERS
    if line["reminders"].lower() in _NO_REMINDERS:
        return ()
    found = [offset_in(line, "reminders", part) for part in re.split(r"\s*[,;]\s*", line["reminders"])]
    reminders = tuple(each for each in found if each is not None)
    if len(reminders) < len(found):
        return ()
    if len(reminders) > MOST_REMINDERS:
        problem = phrase("{count} reminders are too many for one survey", count=len(reminders))
        remedy = phrase("write {most} at most, such as {example}", most=MOST_REMINDERS, example=_USUAL_REMINDERS)
        line.fault("reminders", problem, remedy)
    elif any(later - earlier < 1 for earlier, later in pairwise([0, *map(days, reminders)])):
        problem = phrase("reminders come a day or more after the survey, and after one another")
        remedy = phrase("write them in their order, such as {example}", example=_USUAL_REMINDERS)
        line.fault("reminders", problem, remedy)
    elif closes is not None and days(reminders[-1]) >= days(closes):
        problem = phrase("the survey is closed by the time of its last reminder")
        remedy = phrase("write shorter times than in closes, {closes}, or none", closes=line["closes"])
        line.fault("reminders", problem, remedy)
    return reminders


def _check_repeats(line: Line, offset: Offset | None, every: Offset | None, until: Offset | None) -> None:
    if line["every"] and not line["until"]:
        remedy = phrase("write when it ends, such as {example}", example="54 weeks")
        line.fault("until", _FOR_EVER, remedy)
    if line["until"] and not line["every"]:
        remedy = phrase("write every, such as {example}", example="1 week")
        line.fault("every", phrase("until says when repeats end, but nothing repeats"), remedy)
    if every is None or until is None or offset is None:
        return
    if days(every) < 1:
        remedy = phrase("write {example} or more", example="1 day")
        line.fault("every", phrase("more than once a day is too often"), remedy)
    elif (days(until) - days(offset)) / days(every) >= _MOST_REPEATS:
        problem = phrase("this would be sent more than {most} times", most=_MOST_REPEATS)
        line.fault("until", problem, phrase("write a shorter time"))
    if days(until) < days(offset):
        line.fault("until", _ENDS_BEFORE, phrase("write a time that is longer than the offset"))
