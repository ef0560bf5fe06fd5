"""How long a survey is: in questions, and about how many minutes it takes on a phone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from statistics import median

from bot.readiness.filling import fillings
from bot.workbook import Places
from conversations.findings import Finding, Kind
from conversations.length import is_shown, minutes, seconds_for
from conversations.messages import phrase
from conversations.model import Event, Question, QuestionType, Survey

MOST_MINUTES = 10
"""What people who answer surveys call an ideal length at the most (Revilla and Ochoa 2017, International Journal of
Market Research 59). Longer ones are begun and finished by fewer, and the later answers are worse (Galesic and Bosnjak
2009, Public Opinion Quarterly 73)."""
_STOPS_EARLY = 4
"""A filling with less than a quarter of the longest is that of somebody who said no at the beginning."""


@dataclass(frozen=True, slots=True)
class Extent:
    """So many questions, and about so many minutes."""

    questions: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Length:
    """How long one survey is: for whoever is asked least, for most people, and for whoever is asked all of it.

    `name` is that of the survey. Where groups are `repeated`, some people may be asked more than `most`.
    """

    name: str
    least: Extent
    typical: Extent
    most: Extent
    repeated: bool


def length_of(survey: Survey, event: Event) -> Length:
    """The length of a survey. What is typical is the median of invented people who answer at random."""
    sure = _outside_conditions(survey)
    least, most = _extent(sure), _extent(survey.questions)
    repeated = any(group.repeated for group in survey.groups)
    if len(sure) == len(survey.questions) and not repeated:
        return Length(survey.name, least, least, least, repeated=False)
    lived = [_extent(field.question for field in shown) for shown in fillings(survey, event)]
    longest = max(each.questions for each in lived)
    stayed = [each for each in lived if each.questions * _STOPS_EARLY >= longest]
    typical = Extent(
        round(median(each.questions for each in stayed)), round(median(each.minutes for each in stayed), 1)
    )
    return Length(survey.name, least, typical, max(most, *lived, key=lambda each: each.questions), repeated)


def check_length(lengths: Iterable[Length], places: Places) -> Iterator[Finding]:
    """Advice for each survey that takes too long in a chat."""
    for length in lengths:
        typical = length.typical.minutes
        if typical > MOST_MINUTES:
            row = places.surveys.get(length.name)
            yield Finding(
                Kind.LENGTH,
                phrase(
                    "it takes about {minutes} minutes; in a chat, many people drop out after {most}",
                    minutes=round(typical),
                    most=MOST_MINUTES,
                ),
                phrase(
                    "Leave out what nobody will use, or cut it into {parts} surveys that are sent on different days.",
                    parts=ceil(typical / MOST_MINUTES),
                ),
                "survey",
                row,
                name=length.name if row is not None else "",
            )


def _extent(questions: Iterable[Question]) -> Extent:
    shown = [question for question in questions if is_shown(question)]
    asked = sum(question.type is not QuestionType.NOTE and not question.read_only for question in shown)
    return Extent(asked, minutes(seconds_for(shown)))


def _outside_conditions(survey: Survey) -> tuple[Question, ...]:
    """The questions that everybody is asked, whatever they answer."""
    bound: set[str] = set()
    for group in survey.groups:
        if group.relevant or group.repeated or group.group in bound:
            bound.add(group.name)
    return tuple(each for each in survey.questions if not each.relevant and each.group not in bound)
