"""Typed times of day, alone or with their date: 14:30, 14 h 30, 2:30 pm, noon, yesterday 14:30."""

import re
from datetime import date, datetime, time

from conversations.reading.asked import Misread
from conversations.reading.dates import day_in
from conversations.reading.signs import unaccented

_NAMED = {"noon": time(12), "midday": time(12), "midi": time(12), "midnight": time(0), "minuit": time(0)}
_NOW = frozenset({"now", "maintenant", "just now", "right now", "a l'instant", "tout de suite"})
_HALVES = {"am": 0, "a.m.": 0, "a.m": 0, "du matin": 0, "in the morning": 0} | dict.fromkeys(
    ("pm", "p.m.", "p.m", "du soir", "de l'apres-midi", "de l'apres midi", "in the afternoon", "in the evening"), 12
)
_HALF = "|".join(re.escape(each) for each in sorted(_HALVES, key=len, reverse=True))


def _clock(marks: str) -> str:
    """A time on the clock, as a pattern; `marks` is what may stand between its hour and its minutes."""
    return (
        rf"(?P<hour>\d{{1,2}}) ?(?:(?P<mark>{marks}) ?(?:(?P<minute>\d\d)(?: ?(?:min|mn|minutes))?(?::\d\d)?)?)?"
        rf"(?: ?(?P<half>{_HALF}))?"
    )


_TIME = re.compile(_clock(r"[:h.]|heures?"), re.ASCII)
# Beside a date, a point may be the date's: 12.03 is a day in March.
_IN_A_MOMENT = re.compile(
    rf"(?<![\w:/.-])(?:{_clock('[:h]|heures?')}|(?P<named>{'|'.join(_NAMED)}))(?![\w:/-])", re.ASCII
)
_JOINING = frozenset({"at", "a", "vers", "around", "about", "on", "le", "t", "environ", "the"})


def read_time(text: str, now: datetime) -> str | None:
    """The time of day in ISO 8601; None when the words are none."""
    written = unaccented(text).rstrip("!")
    if written in _NOW:
        return _iso(now.time())
    written = re.sub(r"^(?:at|a|vers|around|about|environ) ", "", written)
    found = _NAMED.get(written) or _shown(_TIME.fullmatch(written))
    return _iso(found) if found is not None else None


def read_moment(text: str, now: datetime, *, ahead: bool = False) -> str | Misread | None:
    """Date and time, in either order, in ISO 8601 with the offset that the person's zone has on that day.

    What may be one day or another is the newest one, with `ahead` the next one.
    """
    written = unaccented(text).rstrip("!.")
    if written in _NOW:
        return now.isoformat(timespec="seconds")
    written = re.sub(r"(?<=\d)t(?=\d\d:)", " ", written)
    for match in _IN_A_MOMENT.finditer(written):
        at = _NAMED.get(match["named"] or "") or _shown(match)
        if at is None:
            continue
        day = day_in(_joined(written[: match.start()], written[match.end() :]), now.date(), ahead=ahead)
        if isinstance(day, date):
            return datetime.combine(day, at, tzinfo=now.tzinfo).isoformat(timespec="seconds")
        if day is not None:
            return day
    return None


def _shown(match: re.Match[str] | None) -> time | None:
    """The time on the clock; a number alone is none: 9 may be in the morning or at night."""
    if match is None or not (match["mark"] or match["half"]):
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["mark"] in (":", ".") and match["minute"] is None:
        return None
    if match["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 # the hours of half a day
            return None
        hour = hour % 12 + _HALVES[match["half"]]
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 # the clock's own numbers


def _joined(before: str, after: str) -> str:
    """What is left of a text without its time: the date, without the words and marks that held both together."""
    first, last = before.strip(" ,;").split(), after.strip(" ,;").split()
    while first and first[-1] in _JOINING:
        first.pop()
    while last and last[0] in _JOINING:
        last.pop(0)
    return " ".join(first + last)


def _iso(at: time) -> str:
    return at.replace(tzinfo=None).isoformat(timespec="seconds")
