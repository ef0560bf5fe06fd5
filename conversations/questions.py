"""A question on screen. Shared by surveys and the profile."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.buttons import Choose, Go, Move
from conversations.expressions import holds
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import SKIPPED, Answers, Bilingual, Phrase, Question, QuestionType, Value, Words
from conversations.reading import NONE, Asked, expected, worded


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways out of a question its keyboard offers, beside answering it."""

    back: bool = False
    skip: bool = False
    pause: bool = False


def ask(
    question: Question,
    serial: int,
    ways: Ways,
    asked: Asked,
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
    how = expected(question, asked)
    if how is not None:
        body.append(how)
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
    if value is None or value == SKIPPED:
        return message(strong(question.label), Paragraph(worded(question, SKIPPED), close=True))
    return message(strong(question.label), Paragraph(phrase("✓ {answer}", answer=worded(question, value)), close=True))


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
