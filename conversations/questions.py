"""A question on screen, and what somebody's words mean as its answer. Shared by surveys and the profile."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from conversations.buttons import Choose, Go, Move
from conversations.expressions import holds
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Answers, Bilingual, Choice, Phrase, Question, QuestionType, Value, Words
from conversations.words import matches, plain, repeats

NONE = "none"
"""The name of the option that says "none of these": it goes with no other."""

LONGEST_TEXT = 4096
"""Characters of a free text; what one message of a chat can carry."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways out of a question its keyboard offers, beside answering it."""

    back: bool = False
    skip: bool = False
    pause: bool = False


@dataclass(frozen=True, slots=True)
class Misread:
    """Words that are no answer to this question, and what to say instead."""

    hint: Phrase


def ask(
    question: Question,
    serial: int,
    ways: Ways,
    *,
    before: Sequence[Words | Paragraph] = (),
    chosen: Sequence[str] = (),
    so_far: Value | None = None,
) -> Message:
    """The question with its keyboard; `before` stands above it, `so_far` is the answer it already has."""
    body: list[Words | Paragraph] = [*before, strong(question.label)]
    if question.hint is not None:
        body.append(question.hint)
    if so_far is not None:
        body.append(phrase("Your answer so far: {answer}", answer=worded(question, so_far)))
    body += [hint for hint in (_how_to_answer(question),) if hint is not None]
    return Message(message(*body).paragraphs, keyboard(question, serial, ways, chosen))


def keyboard(question: Question, serial: int, ways: Ways, chosen: Sequence[str] = ()) -> tuple[tuple[Key, ...], ...]:
    """One row an option, then the ways out in one row."""
    boxes = question.type is QuestionType.SELECT_MULTIPLE
    rows = [
        (Key(choice.label, Choose(serial, index), choice.name in chosen if boxes else None),)
        for index, choice in enumerate(question.choices)
    ]
    if boxes:
        rows.append((Key(short("button", "Done"), Go(serial, Move.DONE)),))
    last = [
        Key(words, Go(serial, move))
        for wanted, words, move in (
            (ways.back, short("button", "Back"), Move.BACK),
            (ways.skip, short("button", "Skip"), Move.SKIP),
            (ways.pause, short("button", "Later"), Move.STOP),
        )
        if wanted
    ]
    return (*rows, tuple(last)) if last else tuple(rows)


def answered(question: Question, value: Value | None) -> Message:
    """What stays of a question once it has been answered, or skipped (None)."""
    if value is None:
        return message(strong(question.label), Paragraph(short("answer", "Skipped"), close=True))
    return message(strong(question.label), Paragraph(phrase("✓ {answer}", answer=worded(question, value)), close=True))


def worded(question: Question, value: Value) -> Words:
    """An answer as its author would read it."""
    names = value if isinstance(value, tuple) else (value,)
    labels = {choice.name: choice.label for choice in question.choices}
    # Typed words are shown back as typed; a choice that a later revision dropped is shown by its name.
    shown: list[Words] = [labels.get(str(name), str(name)) for name in names]
    return reduce(lambda first, second: phrase("{first}, {second}", first=first, second=second), shown)


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
        case QuestionType.TEXT | QuestionType.NOTE:
            return _text(text)


def objection(question: Question, value: Value, answers: Answers) -> Bilingual | Phrase | None:
    """What is said of an answer that does not fulfil the question's constraint; None when it does."""
    if holds(question.constraint, answers, here=value):
        return None
    return question.constraint_message or phrase("This answer does not seem to fit. Please check it.")


def toggled(question: Question, chosen: tuple[str, ...], index: int) -> tuple[str, ...]:
    """The ticked boxes after a tap on one, in the order of the form."""
    name = question.choices[index].name
    ticked = set(chosen) ^ {name}
    if len(ticked) > 1:
        # "None of these" and one of these contradict one another: the newer tap counts.
        ticked = {NONE} if name == NONE else ticked - {NONE}
    return tuple(choice.name for choice in question.choices if choice.name in ticked)


def relevant(questions: Sequence[Question], answers: Answers) -> tuple[tuple[Question, ...], Answers]:
    """The questions that apply, and the answers that count: an irrelevant question reads as unanswered."""
    counting: dict[str, Value] = {}
    applying = []
    for question in questions:
        if not question.relevant or holds(question.relevant, counting):
            applying.append(question)
            if question.name in answers:
                counting[question.name] = answers[question.name]
    return tuple(applying), counting


def _how_to_answer(question: Question) -> Paragraph | None:
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.NOTE:
            return None
        case QuestionType.SELECT_MULTIPLE:
            return Paragraph(phrase("Tap all that apply, then “Done”."))
        case QuestionType.INTEGER:
            return Paragraph(phrase("Type a whole number, such as 12."))
        case QuestionType.TEXT:
            return Paragraph(phrase("Type your answer. Please name no other person."))


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
