"""How long a survey is: in questions, and about how many minutes it takes on a phone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from statistics import median

from bot.readiness.filling import fillings
from bot.readiness.finding import Finding, Kind
from bot.readiness.reading_level import words_of
from bot.workbook import Places
from conversations.messages import phrase
from conversations.model import Event, Language, Question, QuestionType, Survey

WORDS_A_MINUTE = 200
"""Adults read 238 words of English prose a minute in silence, most of them 175 to 300, and fewer in a second language
(Brysbaert 2019, Journal of Memory and Language 109). Questions are weighed, and phones are small: we take fewer."""
MOST_MINUTES = 10
"""What people who answer surveys call an ideal length at the most (Revilla and Ochoa 2017, International Journal of
Market Research 59). Longer ones are begun and finished by fewer, and the later answers are worse (Galesic and Bosnjak
2009, Public Opinion Quarterly 73)."""
_ARRIVING = 1.5
"""Seconds until the next message is there and looked at."""
_READ_OPTIONS = 10
"""Options of which one page is read; of more, people type what they look for."""
_STOPS_EARLY = 4
"""A filling with less than a quarter of the longest is that of somebody who said no at the beginning."""

_SECONDS = {
    QuestionType.SELECT_ONE: 4,
    QuestionType.SELECT_MULTIPLE: 8,
    QuestionType.RANK: 15,
    QuestionType.INTEGER: 6,
    QuestionType.DECIMAL: 8,
    QuestionType.RANGE: 5,
    QuestionType.TEXT: 30,
    QuestionType.BARCODE: 15,
    QuestionType.DATE: 8,
    QuestionType.TIME: 8,
    QuestionType.DATETIME: 12,
    QuestionType.ACKNOWLEDGE: 2,
    QuestionType.IMAGE: 25,
    QuestionType.AUDIO: 30,
    QuestionType.VIDEO: 40,
    QuestionType.FILE: 30,
    QuestionType.GEOPOINT: 12,
    QuestionType.REPEAT: 3,
    QuestionType.NOTE: 0,
}
"""Seconds for deciding and answering, beside reading; a type that is not here is asked of nobody.

Our own estimates in the order that response times have (Yan and Tourangeau 2008, Applied Cognitive Psychology 22;
Couper and Kreuter 2013, Journal of the Royal Statistical Society A 176): choosing is quicker than giving a number, and
that quicker than one's own words, more options and more words take longer. Thirty seconds are 18 words typed at the 36
a minute of Palin and others (2019, "How do people type on mobile devices?", MobileHCI).
"""


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


def length_of(survey: Survey, event: Event, languages: Iterable[Language]) -> Length:
    """The length of a survey. What is typical is the median of invented people who answer at random."""
    spoken = tuple(languages)
    sure = _outside_conditions(survey)
    least, most = _extent(sure, spoken), _extent(survey.questions, spoken)
    repeated = any(group.repeated for group in survey.groups)
    if len(sure) == len(survey.questions) and not repeated:
        return Length(survey.name, least, least, least, repeated=False)
    lived = [_extent((field.question for field in shown), spoken) for shown in fillings(survey, event)]
    longest = max(each.questions for each in lived)
    stayed = [each for each in lived if each.questions * _STOPS_EARLY >= longest]
    typical = Extent(
        round(median(each.questions for each in stayed)), round(median(each.minutes for each in stayed), 1)
    )
    return Length(survey.name, least, typical, max(most, *lived, key=lambda each: each.questions), repeated)


def check_length(lengths: Iterable[Length], places: Places) -> Iterator[Finding]:
    """Advice for each survey that takes too long in a chat."""
    for length in lengths:
        minutes = length.typical.minutes
        if minutes > MOST_MINUTES:
            row = places.surveys.get(length.name)
            yield Finding(
                Kind.LENGTH,
                phrase(
                    "it takes about {minutes} minutes; in a chat, many people drop out after {most}",
                    minutes=round(minutes),
                    most=MOST_MINUTES,
                ),
                phrase(
                    "Leave out what nobody will use, or cut it into {parts} surveys that are sent on different days.",
                    parts=ceil(minutes / MOST_MINUTES),
                ),
                "survey",
                row,
                name=length.name if row is not None else "",
            )


def seconds_for(question: Question, languages: Iterable[Language]) -> float:
    """About how long one question takes to read, in the language with more words, and to answer."""
    if question.type not in _SECONDS:
        return 0.0
    words = max(_words(question, language) for language in languages)
    return _ARRIVING + words * 60 / WORDS_A_MINUTE + _SECONDS[question.type]


def _words(question: Question, language: Language) -> int:
    texts = [question.label, question.hint, *(choice.label for choice in question.choices[:_READ_OPTIONS])]
    return sum(len(words_of(text.in_language(language))) for text in texts if text is not None)


def _extent(questions: Iterable[Question], languages: tuple[Language, ...]) -> Extent:
    shown = [question for question in questions if question.type in _SECONDS]
    asked = sum(question.type is not QuestionType.NOTE and not question.read_only for question in shown)
    return Extent(asked, round(sum(seconds_for(question, languages) for question in shown) / 60, 1))


def _outside_conditions(survey: Survey) -> tuple[Question, ...]:
    """The questions that everybody is asked, whatever they answer."""
    bound: set[str] = set()
    for group in survey.groups:
        if group.relevant or group.repeated or group.group in bound:
            bound.add(group.name)
    return tuple(each for each in survey.questions if not each.relevant and each.group not in bound)
