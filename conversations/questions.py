"""A question on screen: its words, its options as buttons, and the ways out. Shared by surveys and the profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from conversations.buttons import Choose, Go, Move
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import (
    SEVERAL,
    SKIPPED,
    Bilingual,
    Choice,
    Language,
    Picture,
    Question,
    QuestionType,
    Range,
    Value,
    Words,
)
from conversations.reading import LONG_LIST, NONE, expected, worded

LONGEST_BUTTON = 36
"""Characters of a label that a full-width button still shows whole on a phone 360 pixels wide; longer ones are numbered
in the text, under buttons with the numbers."""
PAGE = 10
"""Options on one page of a list that is longer than `LONG_LIST`."""
NUMBERS_IN_A_ROW = 5
_MOST_STEPS = 11  # of a range as buttons; a longer one is typed


@dataclass(frozen=True, slots=True)
class Posed:
    """A question as one person gets it: words filled in, options chosen for them, whether it must be answered."""

    question: Question
    label: Words
    hint: Words | None
    offered: tuple[Choice, ...]
    must: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways out of a question its keyboard offers, beside answering it."""

    back: bool = False
    skip: bool = False
    pause: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """How a question is shown: in which language, with which boxes ticked, and which options of a long list.

    `found` are the places (from 0) of those that a search found, None without one; `page` counts from 0. `so_far` is
    the answer that the question already has, or has by default.
    """

    language: Language
    chosen: tuple[str, ...] = ()
    page: int = 0
    found: tuple[int, ...] | None = None
    so_far: Value | None = None


def posed(question: Question) -> Posed:
    """A question that needs nothing filled in."""
    return Posed(question, question.label, question.hint, question.choices, question.required)


def options(posed: Posed) -> tuple[Choice, ...]:
    """What can be tapped as an answer: the choices, or the numbers of a short range."""
    if posed.question.range is not None:
        return _steps(posed.question.range)
    return posed.offered


def picked(question: Question, choice: Choice) -> Value:
    """The answer that a tap on an option gives."""
    return int(choice.name) if question.range is not None and question.range.whole else choice.name


def takes_several(question: Question) -> bool:
    """Whether options are ticked one by one, and confirmed."""
    return question.type in SEVERAL


def toggled(question: Question, offered: Sequence[Choice], chosen: tuple[str, ...], index: int) -> tuple[str, ...]:
    """The ticked boxes after a tap on one: in the order of the form, or of a ranking."""
    name = offered[index].name
    if question.type is QuestionType.RANK:
        return tuple(each for each in chosen if each != name) if name in chosen else (*chosen, name)
    ticked = set(chosen) ^ {name}
    if len(ticked) > 1:
        # "None of these" and one of these contradict one another: the newer tap counts.
        ticked = {NONE} if name == NONE else ticked - {NONE}
    return tuple(choice.name for choice in offered if choice.name in ticked)


def allowed(kind: QuestionType, value: Value, offered: Sequence[Choice]) -> bool:
    """Whether an answer is made of options that are offered."""
    names = {choice.name for choice in offered}
    if kind is QuestionType.RANK:
        return isinstance(value, tuple) and set(value) == names
    return names.issuperset(value) if isinstance(value, tuple) else value in names


def ask(
    posed: Posed,
    serial: int,
    ways: Ways,
    view: View,
    *,
    before: Sequence[Words | Paragraph] = (),
    pictures: Sequence[Picture] = (),
) -> Message:
    """The question with its picture and its keyboard; `before` and `pictures` stand above it."""
    body: list[Words | Paragraph] = [*before, strong(posed.label)]
    if posed.hint is not None:
        body.append(posed.hint)
    listed = _listed(posed, view)
    if listed.numbered:
        body += [
            Paragraph(phrase("{number}. {option}", number=place + 1, option=listed.all[place].label), close=order > 0)
            for order, place in enumerate(listed.places)
        ]
    so_far = view.so_far
    if so_far is None and view.chosen and (listed.pages > 1 or posed.question.type is QuestionType.RANK):
        so_far = view.chosen  # what is ticked on another page, or in which order
    if so_far is not None:
        body.append(phrase("Your answer so far: {answer}", answer=worded(posed.question, so_far)))
    if listed.pages > 1:
        body.append(phrase("Page {page} of {pages}", page=listed.page + 1, pages=listed.pages))
    how = expected(posed.question, listed.all)
    body += [Paragraph(how)] if how is not None else []
    own = posed.question.picture
    shown = (*pictures, own) if own is not None else tuple(pictures)
    return Message(message(*body).paragraphs, _keyboard(posed, serial, ways, view, listed), shown)


def answered(posed: Posed, value: Value) -> Message:
    """What stays of a question once it has been answered, or skipped."""
    if value == SKIPPED:
        return message(strong(posed.label), Paragraph(worded(posed.question, SKIPPED), close=True))
    told = phrase("✓ {answer}", answer=worded(posed.question, value))
    return message(strong(posed.label), Paragraph(told, close=True))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The options on one screen: all there are, the places (from 0) of those shown, and how."""

    all: tuple[Choice, ...]
    places: tuple[int, ...]
    page: int
    pages: int
    numbered: bool
    searched: bool


def _listed(posed: Posed, view: View) -> _Listed:
    every = options(posed)
    places = tuple(range(len(every))) if view.found is None else view.found
    pages = 1 if len(places) <= LONG_LIST else -(-len(places) // PAGE)
    page = min(view.page, pages - 1)
    shown = places if pages == 1 else places[page * PAGE : (page + 1) * PAGE]
    longest = max((len(every[place].label.in_language(view.language)) for place in shown), default=0)
    # A ranking can be typed as well, so its options have numbers to be seen.
    numbered = longest > LONGEST_BUTTON or posed.question.type is QuestionType.RANK
    return _Listed(every, shown, page, pages, numbered, view.found is not None)


def _keyboard(posed: Posed, serial: int, ways: Ways, view: View, listed: _Listed) -> tuple[tuple[Key, ...], ...]:
    question = posed.question
    keys = [_option(question, serial, listed, place, view.chosen) for place in listed.places]
    short_ones = listed.numbered or question.range is not None
    rows = in_rows(keys, NUMBERS_IN_A_ROW if short_ones else 1)
    if listed.pages > 1:
        rows.append(turning(serial, listed.page, listed.pages))
    if listed.searched:
        rows.append((Key(short("button", "All options"), Go(serial, Move.ALL)),))
    rows += _confirming(question, serial, view)
    last = tuple(
        Key(words, Go(serial, move))
        for wanted, words, move in (
            (ways.back, short("button", "Back"), Move.BACK),
            (ways.skip, short("button", "Skip"), Move.SKIP),
            (ways.pause, short("button", "Later"), Move.STOP),
        )
        if wanted
    )
    return (*rows, last) if last else tuple(rows)


def _confirming(question: Question, serial: int, view: View) -> list[tuple[Key, ...]]:
    if takes_several(question):
        return [(Key(short("button", "Done"), Go(serial, Move.DONE)),)]
    if question.type is QuestionType.ACKNOWLEDGE:
        return [(Key(short("button", "OK"), Go(serial, Move.DONE)),)]
    rows: list[tuple[Key, ...]] = []
    if question.type is QuestionType.DATE and not question.appearance:
        today, yesterday = short("button", "Today"), short("button", "Yesterday")
        rows.append((Key(today, Go(serial, Move.TODAY)), Key(yesterday, Go(serial, Move.YESTERDAY))))
    if view.so_far is not None:
        rows.append((Key(short("button", "Keep this answer"), Go(serial, Move.KEEP)),))
    return rows


def _option(question: Question, serial: int, listed: _Listed, place: int, chosen: tuple[str, ...]) -> Key:
    choice = listed.all[place]
    words: Words = str(place + 1) if listed.numbered else choice.label
    return Key(words, Choose(serial, place), choice.name in chosen if takes_several(question) else None)


def turning(serial: int, page: int, pages: int) -> tuple[Key, ...]:
    """The buttons that turn the pages of a list; `page` counts from 0."""
    keys = []
    if page > 0:
        keys.append(Key("◀", Go(serial, Move.PREVIOUS)))
    if page < pages - 1:
        keys.append(Key("▶", Go(serial, Move.NEXT)))
    return tuple(keys)


def in_rows(keys: Sequence[Key], width: int) -> list[tuple[Key, ...]]:
    """The buttons in rows of so many."""
    return [tuple(keys[start : start + width]) for start in range(0, len(keys), width)]


def _steps(range_: Range) -> tuple[Choice, ...]:
    """The numbers of a range as options; none when there are too many."""
    first, last, step = (Decimal(each) for each in (range_.first, range_.last, range_.step))
    if step == 0 or (last - first) / step < 0 or (last - first) / step >= _MOST_STEPS:
        return ()
    numbers = [f"{first + step * place:f}" for place in range(int((last - first) / step) + 1)]
    return tuple(Choice(each, Bilingual(each, each.replace(".", ","))) for each in numbers)
