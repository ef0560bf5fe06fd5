"""The sheet `event`: one setting a row."""

import re
from dataclasses import dataclass, field
from datetime import date

from bot.workbook.choices_sheet import ChoiceLists
from bot.workbook.errors import Faults
from bot.workbook.figures import SMALLEST_CELL, smallest_cell
from bot.workbook.lines import Line, lines_of, unique
from bot.workbook.parts import PARTS, parts_of
from bot.workbook.policy_settings import SETTINGS, read_policy
from bot.workbook.sheets import Sheet
from bot.workbook.wording import one_of, quoted
from bot.workbook.zones import is_zone, zone_remedy
from conversations.messages import phrase
from conversations.model import Bilingual, Choice, Event, KeyMessage, Phrase, Purpose, Question, Referral, Survey
from conversations.timing import Policy, Touchpoint

CODE = re.compile(r"[a-z0-9_-]{2,20}")
"""An event's code goes into invitation links; their payload allows A-Z a-z 0-9 _ - (Telegram, "Deep linking")."""
_CODE_REMEDY = phrase("use 2 to 20 small letters without accents, digits, - or _, such as {example}", example="lse2026")
_VALUES = ("code", "start", "end", "timezone")
_TEXTS = ("title", "welcome", "consent", *(f"consent_{purpose}" for purpose in Purpose), "contact")
USUAL_CELL = 5
"""From how many people on the report shows a number, where the workbook says nothing."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_ANY_DAY = date(_FIRST_YEAR, 1, 1)
_LONGEST = {"title": 100, **{f"consent_{purpose}": 60 for purpose in Purpose}}


@dataclass(frozen=True, slots=True)
class About:
    """What an event says of itself, apart from its content. Of no use once there are faults.

    `parts_list` is the list of choices that the parts are.
    """

    code: str
    title: Bilingual
    start: date
    end: date
    timezone: str
    welcome: Bilingual
    consent: Bilingual
    consent_lines: dict[Purpose, Bilingual]
    contact: Bilingual
    policy: Policy = field(default_factory=Policy)
    parts: tuple[Choice, ...] = ()
    parts_list: str = ""
    smallest_cell: int = USUAL_CELL

    def event(
        self,
        *,
        profile: tuple[Question, ...],
        surveys: tuple[Survey, ...],
        messages: tuple[KeyMessage, ...],
        schedule: tuple[Touchpoint, ...],
        referrals: tuple[Referral, ...] = (),
    ) -> Event:
        """The event with this content."""
        return Event(
            code=self.code,
            title=self.title,
            start=self.start,
            end=self.end,
            timezone=self.timezone,
            welcome=self.welcome,
            consent=self.consent,
            consent_lines=self.consent_lines,
            contact=self.contact,
            profile=profile,
            surveys=surveys,
            messages=messages,
            schedule=schedule,
            policy=self.policy,
            referrals=referrals,
            parts=self.parts,
            smallest_cell=self.smallest_cell,
        )


def read_about(sheet: Sheet | None, lists: ChoiceLists, faults: Faults) -> About:
    """The event as the sheet tells it; `lists` are those of the sheet choices."""
    lines = lines_of(sheet, faults)
    settings = unique(lines, "setting")
    known = (*_VALUES, *_TEXTS, *SETTINGS, PARTS, SMALLEST_CELL)
    for line in lines:
        remedy = phrase("write one of {words}, or take the row out", words=", ".join(known))
        setting = line.filled("setting", remedy)
        if setting and setting not in known:
            remedy = one_of(setting, [each for each in known if each not in settings])
            line.fault("setting", phrase("there is no setting {name}", name=quoted(setting)), remedy)
    if not lines or "setting" in lines[0].headers:
        _missing(settings, faults)
    texts = {name: _text(settings.get(name), name) for name in _TEXTS}
    if "consent" in settings:
        together = (texts["title"], texts["welcome"], texts["consent"])
        settings["consent"].fit_together("text", phrase("title, welcome and consent together"), *together)
    start, end = _day(settings.get("start")), _day(settings.get("end"))
    if start and end and end < start:
        settings["end"].fault("value", phrase("the event ends before it begins"), phrase("correct start or end"))
    return About(
        code=_code(settings.get("code")),
        title=texts["title"],
        start=start or _ANY_DAY,
        end=end or _ANY_DAY,
        timezone=_zone(settings.get("timezone")),
        welcome=texts["welcome"],
        consent=texts["consent"],
        consent_lines={purpose: texts[f"consent_{purpose}"] for purpose in Purpose},
        contact=texts["contact"],
        policy=read_policy(settings),
        parts=parts_of(settings.get(PARTS), lists),
        parts_list=settings[PARTS]["value"] if PARTS in settings else "",
        smallest_cell=smallest_cell(settings.get(SMALLEST_CELL), USUAL_CELL),
    )


def day(written: str) -> date | None:
    """A date as 2026-11-10, within the years that make sense; None for anything else."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def no_date(written: str, example: str) -> tuple[Phrase, Phrase]:
    """What is wrong with a cell that holds no such date, and what to do."""
    return (
        phrase("{written} is not a date", written=quoted(written)),
        phrase("write year-month-day, such as {example}", example=example),
    )


def _missing(settings: dict[str, Line], faults: Faults) -> None:
    for name in (*_VALUES, *_TEXTS):
        if name not in settings:
            faults.add(phrase("the setting {name} is missing", name=name), _row(name), sheet="event", column="setting")


def _row(name: str) -> Phrase:
    if name in _VALUES:
        return phrase("add a row with {name} under setting and fill in its value", name=name)
    return phrase("add a row with {name} under setting and fill in its text columns", name=name)


def _text(line: Line | None, name: str) -> Bilingual:
    if line is None:
        return Bilingual("", "")
    return line.bilingual("text", longest=_LONGEST[name], lines=False) if name in _LONGEST else line.bilingual("text")


def _code(line: Line | None) -> str:
    code = line.filled("value", _CODE_REMEDY) if line else ""
    if line and code and not CODE.fullmatch(code):
        line.fault("value", phrase("{code} cannot be the code of an event", code=quoted(code)), _CODE_REMEDY)
    return code


def _day(line: Line | None) -> date | None:
    written = line.filled("value", phrase("write a date as {example}", example="2026-11-10")) if line else ""
    found = day(written)
    if line and written and found is None:
        line.fault("value", *no_date(written, "2026-11-10"))
    return found


def _zone(line: Line | None) -> str:
    zone = line.filled("value", phrase("write a time zone such as {example}", example="Africa/Nairobi")) if line else ""
    if line and zone and not is_zone(zone):
        line.fault("value", phrase("{zone} is not a time zone", zone=quoted(zone)), zone_remedy(zone))
    return zone
