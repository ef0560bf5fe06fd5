"""About how long questions take to read and to answer on a phone: the one estimate, for the chat and for reports."""

import re
from collections.abc import Iterable

from conversations.model import Language, Question, QuestionType
from conversations.questions import PAGE
from conversations.reading import LONG_LIST

WORDS_A_MINUTE = 200
"""Adults read 238 words of English prose a minute in silence, most of them 175 to 300, and fewer in a second language
(Brysbaert 2019, Journal of Memory and Language 109). Questions are weighed, and phones are small: we take fewer."""
_ARRIVING = 1.5
"""Seconds until the next message is there and looked at."""

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
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def is_shown(question: Question) -> bool:
    """Whether anybody gets to see it: computed values and the like take no time."""
    return question.type in _SECONDS


def seconds_for(questions: Iterable[Question]) -> float:
    """About how long it takes to read these questions, each in the language with more words, and to answer them."""
    return sum(
        _ARRIVING + _words(question) * 60 / WORDS_A_MINUTE + _SECONDS[question.type]
        for question in questions
        if is_shown(question)
    )


def minutes(seconds: float) -> float:
    """Seconds in minutes, to a tenth."""
    return round(seconds / 60, 1)


def whole_minutes(minutes: float) -> int:
    """Minutes as people are told them: one at the least."""
    return max(1, round(minutes))


def _words(question: Question) -> int:
    # Of a list that comes in pages one is read; of the others, people type what they look for.
    read = question.choices if len(question.choices) <= LONG_LIST else question.choices[:PAGE]
    texts = [text for text in (question.label, question.hint, *(choice.label for choice in read)) if text is not None]
    return max(sum(len(_WORD.findall(text.in_language(language))) for text in texts) for language in Language)
