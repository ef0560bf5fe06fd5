"""What somebody's words mean as the answer to a question, in either language."""

import re
from dataclasses import dataclass

from conversations.messages import phrase
from conversations.model import Choice, Phrase, Question, QuestionType, Value
from conversations.words import matches, plain, repeats

NONE = "none"
"""The name of the option that says "none of these": it goes with no other."""

LONGEST_TEXT = 4096
"""Characters of a free text; what one message of a chat can carry."""


@dataclass(frozen=True, slots=True)
class Misread:
    """Words that are no answer to this question, and what to say instead."""

    hint: Phrase


def read(question: Question, text: str) -> Value | Misread:
    """What typed words mean as an answer, in either language, as a label or as the number of an option."""
    match question.type:
        case QuestionType.SELECT_ONE:
            choice = _choice(question, text)
            return choice.name if choice else Misread(phrase("Please tap one of the buttons above."))
        case QuestionType.SELECT_MULTIPLE:
            return _choices(question, text)
        case QuestionType.INTEGER:
            return _integer(text)
        case _:
            return _text(text)


def _choice(question: Question, text: str) -> Choice | None:
    for same in (repeats, matches):
        found = [choice for choice in question.choices if same(text, choice.label)]
        if found:
            # "< 10" and "> 10" are plainly the same: better to ask again than to guess.
            return found[0] if len(found) == 1 else None
    number = plain(text)
    if number.isdecimal() and len(number) <= len(str(len(question.choices))) and not _begin_with_digits(question):
        index = int(number) - 1
        return question.choices[index] if 0 <= index < len(question.choices) else None
    return None


def _begin_with_digits(question: Question) -> bool:
    """Whether options are numbers themselves ("0", "1", "2 or more"): then a number is no place in the list."""
    return any(plain(label)[:1].isdecimal() for each in question.choices for label in (each.label.en, each.label.fr))


def _choices(question: Question, text: str) -> Value | Misread:
    whole = _choice(question, text)
    found = [whole] if whole else [_choice(question, part) for part in re.split(r"[,;\n]", text) if part.strip()]
    names = {choice.name for choice in found if choice is not None}
    if len(names) > 1:
        names.discard(NONE)
    if not names or None in found:
        return Misread(
            phrase("Please tap the buttons above, or type the numbers of your answers with commas, such as 1, 3.")
        )
    return tuple(choice.name for choice in question.choices if choice.name in names)


# "4 489", "4,489" and "4.489" are how the two languages write the same number; "0.125" and "1234.5" are no whole ones.
_INTEGER = re.compile(r"[+-]?(?:\d{1,9}|[1-9]\d{0,2}(?:(?P<mark>[ .,\u00a0\u202f])\d{3})(?:(?P=mark)\d{3})?)")


def _integer(text: str) -> Value | Misread:
    written = text.strip()
    if not _INTEGER.fullmatch(written):
        return Misread(phrase("Please type a whole number in digits, such as 12."))
    return int(re.sub(r"[^\d+-]", "", written))


def _text(text: str) -> Value | Misread:
    written = text.strip()
    if not written:
        return Misread(phrase("Please type your answer in words."))
    return written[:LONGEST_TEXT]
