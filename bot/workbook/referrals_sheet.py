"""The sheet `referrals`: whom people can turn to, by country, in words that the partner approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.workbook.errors import Faults, RemarkKind
from bot.workbook.event_sheet import day, no_date
from bot.workbook.lines import Line, lines_of
from bot.workbook.sheets import Sheet
from bot.workbook.wording import one_of, quoted
from conversations.messages import phrase
from conversations.model import Question, Referral
from conversations.places import country_question

_LONGEST_NAME = 100
_A_DAY = timedelta(days=1)
_MOST_NAMED = 12
_A_DAY_CHECKED = "2026-11-10"
_WHEN_CHECKED = phrase(
    "write the day on which somebody last made sure that it is right, such as {example}", example=_A_DAY_CHECKED
)


@dataclass(frozen=True, slots=True)
class Contacts:
    """The referrals in the order of the sheet, and the row of each by its country."""

    referrals: tuple[Referral, ...]
    rows: Mapping[str, int]


def read_referrals(sheet: Sheet | None, profile: tuple[Question, ...], today: date | None, faults: Faults) -> Contacts:
    """What the sheet holds; without `today` nothing is said of days to come."""
    lines = lines_of(sheet, faults)
    question = country_question(profile)
    _once_each(lines)
    referrals = [_referral(line, question, today) for line in lines]
    if lines and "country" in lines[0].headers:
        _remark_left_out(lines, question, faults)
    rows = {line["country"]: line.number for line in reversed(lines)}
    return Contacts(tuple(each for each in referrals if each is not None), rows)


def _once_each(lines: Iterable[Line]) -> None:
    found: dict[str, Line] = {}
    for line in lines:
        country = line["country"]
        first = found.setdefault(country, line)
        if first is line or "country" not in line.headers:
            continue
        if country:
            problem = phrase("{country} stands in {place} already", country=quoted(country), place=first.place)
            line.fault("country", problem, phrase("put both into one row"))
        else:
            problem = phrase(
                "{place} has no country either, and only one row can be for everybody else", place=first.place
            )
            line.fault("country", problem, phrase("write its country, or put both into one row"))


def _referral(line: Line, question: Question | None, today: date | None) -> Referral | None:
    country, checked = _country(line, question), _checked(line, today)
    name, words = line.bilingual("name", longest=_LONGEST_NAME), line.bilingual("text")
    line.fit_together("text", phrase("name and text together"), name, words)
    line.filled("approved_by", phrase("write the partner that approved these words"))
    approved_by = line.text("approved_by", longest=_LONGEST_NAME)
    return Referral(country, name, words, approved_by, checked) if checked else None


def _country(line: Line, question: Question | None) -> str:
    """The name of an option, or empty for everybody else."""
    country = line["country"]
    names = [choice.name for choice in question.choices] if question else []
    if country and question is None:
        problem = phrase("no question of the group profile has countries, that is options with time zones")
        line.fault("country", problem, phrase("empty this cell, or add such a question"))
    elif country and question and country not in names:
        problem = phrase(
            "{country} is no option of the question {question}", country=quoted(country), question=question.name
        )
        line.fault("country", problem, one_of(country, names))
    return country


def _checked(line: Line, today: date | None) -> date | None:
    written = line.filled("checked", _WHEN_CHECKED)
    found = day(written)
    if written and found is None:
        line.fault("checked", *no_date(written, _A_DAY_CHECKED))
    # Where its author lives, tomorrow may have begun.
    elif found and today and found > today + _A_DAY:
        line.fault("checked", phrase("{day} has not come yet", day=quoted(written)), _WHEN_CHECKED)
    return found


def _remark_left_out(lines: Iterable[Line], question: Question | None, faults: Faults) -> None:
    """Name the people for whom there is nobody, if there is no row for everybody else."""
    covered = {line["country"] for line in lines}
    if "" in covered or question is None:
        return
    left = [choice.name for choice in question.choices if choice.name not in covered]
    if left:
        listed = ", ".join(left[:_MOST_NAMED]) + (" ..." if len(left) > _MOST_NAMED else "")
        problem = phrase("there is nobody to turn to for people of: {countries}", countries=listed)
    elif question.required:
        return
    else:
        problem = phrase("there is nobody to turn to for people who do not tell their country")
    remedy = phrase("add a row with an empty country, for everybody else")
    faults.remark(RemarkKind.NOTE, problem, remedy, sheet="referrals", column="country")
