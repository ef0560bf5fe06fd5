"""Answers as expressions read them, by the type of their question; and the other way round."""

import math
from datetime import date, datetime, time

from conversations.expressions import Result, day, number, text
from conversations.model import SEVERAL, Question, QuestionType, Value

_NUMBERS = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE})


def typed(question: Question, answer: Value) -> Result:
    """The answer as a number, a date, a time or a text; what does not fit its type is read as it is written."""
    if isinstance(answer, tuple):
        return " ".join(answer)
    if isinstance(answer, int):
        return float(answer)
    try:
        match question.type:
            case QuestionType.INTEGER | QuestionType.DECIMAL | QuestionType.RANGE:
                found = number(answer)
                return answer if math.isnan(found) else found
            case QuestionType.DATE:
                return date.fromisoformat(answer)
            case QuestionType.DATETIME:
                return datetime.fromisoformat(answer)
            case QuestionType.TIME:
                return time.fromisoformat(answer)
    except ValueError:
        return answer
    return answer


def computed(question: Question, result: Result) -> Result:
    """What a calculation gives its question: nothing for what is no number; whole numbers, dates where they belong."""
    if isinstance(result, float):
        if math.isnan(result):
            return ""
        if question.type is QuestionType.DATE:
            return day(result) or ""
        return float(math.trunc(result)) if question.type is QuestionType.INTEGER and math.isfinite(result) else result
    return typed(question, result) if isinstance(result, str) else result


def kept(question: Question, result: Result) -> Value | None:
    """The result as an answer to that question; None for a blank, and for what cannot be one."""
    written = text(result).strip()
    names = {choice.name for choice in question.choices}
    if question.type in SEVERAL:
        return tuple(dict.fromkeys(name for name in written.split() if name in names)) or None
    if question.type in _NUMBERS:
        found = number(result)
        if not math.isfinite(found):
            return None
        return int(found) if question.type is QuestionType.INTEGER else text(found)
    if question.type is QuestionType.SELECT_ONE and written not in names:
        return None
    if question.type is QuestionType.DATE and isinstance(result, datetime):
        return result.date().isoformat()
    return written or None
