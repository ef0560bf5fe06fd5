"""Somebody types an answer: on Monday 16 November 2026, at 14:05 in Nairobi."""

from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.model import Language, Question, Value
from conversations.reading import Asked, Misread, read, worded
from locales.phrases import say

NOW = datetime(2026, 11, 16, 14, 5, tzinfo=ZoneInfo("Africa/Nairobi"))
EN, FR = Language.EN, Language.FR


def asked(question: Question, language: Language = EN, now: datetime = NOW) -> Asked:
    return Asked(language, now, question.choices)


def answer(question: Question, typed: str, language: Language = EN, now: datetime = NOW) -> Value:
    """What was understood; the hint's own words when it was not."""
    value = read(question, typed, asked(question, language, now))
    assert not isinstance(value, Misread), hint(question, typed, language)
    return value


def hint(question: Question, typed: str, language: Language = EN) -> str:
    """What is said, in English, of words that were not understood."""
    value = read(question, typed, asked(question, language))
    assert isinstance(value, Misread), f"{typed!r} was read as {value!r}"
    return say(value.hint, EN)


def told(question: Question, value: Value, language: Language) -> str:
    """The answer as it is told back."""
    return say(worded(question, value), language)
