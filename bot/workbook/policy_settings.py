"""The rows of the sheet `event` that say how much is sent, and when it is not: each may be missing."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from itertools import pairwise

from bot.workbook.hours import span_in, weekdays_in
from bot.workbook.lines import YES, Line
from bot.workbook.offsets import distance_in
from bot.workbook.wording import one_of_these, quoted
from conversations.messages import phrase
from conversations.model import Bilingual
from conversations.timing import CatchUp, Policy

SETTINGS = (
    *("quiet_hours", "weekdays", "public_holidays", "weekly_cap", "minimum_gap"),
    *("catch_up", "ladder", "horizon", "hold_back"),
)
"""The settings of this kind, by name. Their values stand in the column `value`."""

_MOST_A_WEEK = 7
_HOURS_A_WEEK = 168
_MOST_HELD_BACK = 50
_MOST_RUNGS = 12
_LONGEST_RUNG = 400
_A_NIGHT = "20:00-08:00"
_REMEDIES = {
    "quiet_hours": phrase("write from when until when, such as {example}", example=_A_NIGHT),
    "weekdays": phrase(
        "write the days on which something may be sent, such as {example}", example=Bilingual("mon-fri", "lun-ven")
    ),
    "public_holidays": phrase("write yes when nothing is sent on public holidays, no when they do not count"),
    "weekly_cap": phrase(
        "write a number from {least} to {most}, such as {example}", least=1, most=_MOST_A_WEEK, example=2
    ),
    "minimum_gap": phrase("write a number of hours, such as {example}", example=20),
    "catch_up": one_of_these(CatchUp),
    "ladder": phrase("write days from one recall to the next, such as {example}", example="2 7 21 60"),
    "horizon": phrase("write how long refreshers go on, such as {example}", example="12 months"),
    "hold_back": phrase("write how many of a hundred people, from {least} to {most}", least=0, most=_MOST_HELD_BACK),
}


def read_policy(settings: Mapping[str, Line]) -> Policy:
    """What these settings (their rows by name) ask of everything that is sent; those that are missing are as usual."""
    rows = {name: line for name, line in settings.items() if name in SETTINGS and _is_filled(name, line)}
    policy = Policy()
    if "quiet_hours" in rows:
        begins, ends = _day(rows["quiet_hours"])
        policy = replace(policy, day_begins=begins, day_ends=ends)
    if "weekdays" in rows:
        policy = replace(policy, weekdays=weekdays_in(rows["weekdays"], "value") or policy.weekdays)
    if "public_holidays" in rows:
        policy = replace(policy, public_holidays=_yes_or_no(rows["public_holidays"]))
    if "weekly_cap" in rows:
        policy = replace(policy, weekly_cap=_number(rows["weekly_cap"], 1, _MOST_A_WEEK))
    if "minimum_gap" in rows:
        policy = replace(policy, gap_hours=_number(rows["minimum_gap"], 1, _HOURS_A_WEEK))
    if "catch_up" in rows:
        policy = replace(policy, catch_up=rows["catch_up"].word("value", CatchUp) or policy.catch_up)
    if "ladder" in rows:
        policy = replace(policy, ladder=_ladder(rows["ladder"]) or policy.ladder)
    if "horizon" in rows:
        policy = replace(policy, horizon=distance_in(rows["horizon"], "value") or policy.horizon)
    if "hold_back" in rows:
        policy = replace(policy, hold_back=_number(rows["hold_back"], 0, _MOST_HELD_BACK, unit="%"))
    return policy


def _is_filled(name: str, line: Line) -> bool:
    return bool(line.filled("value", phrase("{remedy}, or take the row out", remedy=_REMEDIES[name])))


def _day(line: Line) -> tuple[time, time]:
    """When the day begins and ends, from the quiet hours between the two."""
    usual = Policy()
    quiet = span_in(line, "value")
    if quiet is None:
        return usual.day_begins, usual.day_ends
    ends, begins = quiet
    if begins >= ends:
        problem = phrase(
            "from {ends} until {begins} is no night: nothing could be sent on any day", ends=ends, begins=begins
        )
        remedy = phrase("write from the evening until the morning, such as {example}", example=_A_NIGHT)
        line.fault("value", problem, remedy)
        return usual.day_begins, usual.day_ends
    return begins, ends


def _yes_or_no(line: Line) -> bool:
    answer = YES.get(line["value"].lower())
    if answer is None:
        problem = phrase("{written} is neither yes nor no", written=quoted(line["value"]))
        line.fault("value", problem, _REMEDIES["public_holidays"])
    return answer is not False


def _number(line: Line, least: int, most: int, *, unit: str = "") -> int:
    """A whole number between these two; `unit` may follow it."""
    written = line["value"].removesuffix(unit).strip()
    found = int(written) if re.fullmatch(r"\d{1,6}", written, re.ASCII) else -1
    if not least <= found <= most:
        problem = phrase(
            "{written} is not a whole number from {least} to {most}",
            written=quoted(line["value"]),
            least=least,
            most=most,
        )
        line.fault("value", problem, _REMEDIES[line["setting"]])
        return least
    return found


def _ladder(line: Line) -> tuple[int, ...]:
    written = line["value"].replace(",", " ").split()
    if not written or not all(re.fullmatch(r"\d{1,6}", each, re.ASCII) for each in written):
        problem = phrase("{written} is not a row of numbers", written=quoted(line["value"]))
        line.fault("value", problem, _REMEDIES["ladder"])
        return ()
    rungs = tuple(map(int, written))
    if len(rungs) > _MOST_RUNGS:
        remedy = phrase("write at most {most} numbers", most=_MOST_RUNGS)
        line.fault("value", phrase("{count} rungs are too many", count=len(rungs)), remedy)
    elif any(later <= earlier for earlier, later in pairwise(rungs)):
        line.fault("value", phrase("each rung has to be longer than the one before"), _REMEDIES["ladder"])
    elif not 1 <= rungs[0] <= rungs[-1] <= _LONGEST_RUNG:
        line.fault("value", phrase("a rung has from 1 to {most} days", most=_LONGEST_RUNG), _REMEDIES["ladder"])
    return rungs
