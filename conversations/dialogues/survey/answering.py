"""A question on screen meets a tap, words, or something sent. The place is never lost."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.attachments import Attachment, Location
from conversations.buttons import Choose, Go, Move
from conversations.conversation import Asking, Conversation, Idle
from conversations.dialogues.survey.beginning import paused
from conversations.dialogues.survey.going_on import (
    Here,
    closed,
    go_on,
    has_closed,
    here,
    question_screen,
    shortened,
    show_question,
    show_review,
)
from conversations.effects import DropAnswers, PersonalEffect, Revise, SaveAnswer, Say, Toast, Turn
from conversations.forms.instance import Field
from conversations.messages import Message, Paragraph, message, phrase, strong
from conversations.model import CHOOSING, SKIPPED, Bilingual, Phrase, QuestionType, Value, Words
from conversations.questions import answered, options, picked, takes_several, toggled
from conversations.reading import LONG_LIST, Asked, Misread, read, received, search, unwanted
from conversations.scene import Scene

_IN_CLEAR = CHOOSING | {QuestionType.ACKNOWLEDGE, QuestionType.REPEAT}
"""Whose answers are names from the form; all others are somebody's own words, and sealed (numbers have a column)."""
_OF_TEXT = frozenset({QuestionType.TEXT, QuestionType.BARCODE})
_LONGEST_NAMED = 60
_MOST_NAMED = 5


def tapped(conversation: Conversation, step: Asking, button: Choose | Go, scene: Scene) -> Turn:
    """A tap on the keyboard of the question on screen; the caller has checked its serial."""
    at = here(conversation, step, scene)
    field = at.way.field(step.question)
    if field is None or has_closed(step, scene.now):
        return _gone(at, scene)
    choices = options(at.way.posed(field))
    match button:
        case Choose(_, index) if index >= len(choices):
            return _unused(conversation)
        case Choose(_, index) if takes_several(field.question):
            return _again(at, field, chosen=toggled(field.question, choices, step.chosen, index))
        case Choose(_, index):
            return _answer(at, field, picked(field.question, choices[index]), tap=True)
        case Go(_, move):
            return _moved(at, field, move)


def said(conversation: Conversation, step: Asking, text: str, scene: Scene) -> Turn:
    """Typed words: an answer, a search in a long list, or a hint at what would be an answer."""
    at = here(conversation, step, scene)
    field = at.way.field(step.question)
    if field is None or has_closed(step, scene.now):
        return _gone(at, scene)
    value = read(field.question, text, _asked(at, field))
    if not isinstance(value, Misread):
        return _answer(at, field, value, tap=False)
    choices = options(at.way.posed(field))
    if len(choices) > LONG_LIST and search(choices, text):
        found = replace(step, search=text, page=0)
        moved = Revise(_below(at, field), carrying=conversation.serial)
        return _shown(replace(at, step=found), field, [moved])
    return Turn(conversation, (Say(message(value.hint)),))


def sent(conversation: Conversation, step: Asking, what: Attachment | Location | None, scene: Scene) -> Turn:
    """A file or a place: an answer where the question takes it."""
    at = here(conversation, step, scene)
    field = at.way.field(step.question)
    if field is None or has_closed(step, scene.now):
        return _gone(at, scene)
    value = received(field.question, what) if what is not None else Misread(unwanted(field.question))
    if isinstance(value, Misread):
        return Turn(conversation, (Say(message(value.hint)),))
    return _answer(at, field, value, tap=False)


def wants_words(step: Asking, scene: Scene) -> bool:
    """Whether the question on screen takes any words as its answer."""
    name = step.question.partition("[")[0]
    survey = scene.events[step.revision].survey(step.survey)
    return any(each.name == name and each.type in _OF_TEXT for each in survey.questions)


def restated(conversation: Conversation, step: Asking, scene: Scene) -> Turn:
    """The question on screen once more, under a new keyboard."""
    at = here(conversation, step, scene)
    field = at.way.field(step.question)
    if field is None:
        return go_on(at, ())
    return _shown(at, field, [Revise(_below(at, field), carrying=conversation.serial)])


def _moved(at: Here, field: Field, move: Move) -> Turn:
    step, question = at.step, field.question
    match move:
        case Move.DONE if question.type is QuestionType.ACKNOWLEDGE:
            return _answer(at, field, "OK", tap=True)
        case Move.DONE if takes_several(question):
            return _done(at, field)
        case Move.TODAY | Move.YESTERDAY if question.type is QuestionType.DATE:
            value = read(question, move.value, _asked(at, field))
            return _unused(at.conversation) if isinstance(value, Misread) else _answer(at, field, value, tap=True)
        case Move.KEEP:
            kept = at.way.answers.get(field.key, at.way.instance.default(field))
            if kept is None or kept == SKIPPED:
                return _unused(at.conversation)
            return _answer(at, field, kept, tap=True)
        case Move.SKIP if not at.way.must(field):
            return _answer(at, field, SKIPPED, tap=True)
        case Move.BACK:
            return _back(at, field)
        case Move.STOP:
            return Turn(replace(at.conversation, step=Idle()), (Toast(), Revise(paused(step.nudge))))
        case Move.NEXT:
            return _again(at, field, page=step.page + 1)
        case Move.PREVIOUS if step.page > 0:
            return _again(at, field, page=step.page - 1)
        case Move.ALL:
            return _again(at, field, page=0, search="")
        case _:
            return _unused(at.conversation)


def _again(at: Here, field: Field, **changes: object) -> Turn:
    """The same question in place: a box ticked, a page turned.

    Each is a keyboard of its own: a double tap finds the first one gone and does not untick the box.
    """
    step = replace(at.step, **changes)  # type: ignore[arg-type] # fields of the step, by name
    serial = at.conversation.serial + 1
    screen = replace(question_screen(replace(at, step=step), field, serial), pictures=())
    return Turn(replace(at.conversation, step=step, serial=serial), (Toast(), Revise(screen, serial=serial)))


def _shown(at: Here, field: Field, effects: Sequence[PersonalEffect]) -> Turn:
    """The same question in a new message."""
    serial = at.conversation.serial + 1
    screen = Say(question_screen(at, field, serial), serial=serial)
    return Turn(replace(at.conversation, step=at.step, serial=serial), (*effects, screen))


def _done(at: Here, field: Field) -> Turn:
    chosen = at.step.chosen
    if field.question.type is QuestionType.RANK and chosen and len(chosen) < len(at.way.posed(field).offered):
        return Turn(at.conversation, (Toast(phrase("Please give every option its place.")),))
    if chosen:
        return _answer(at, field, chosen, tap=True)
    if at.way.must(field):
        missing = _required(at, field) or phrase("Please tap at least one answer first.")
        return Turn(at.conversation, (Toast(missing),))
    return _answer(at, field, SKIPPED, tap=True)


def _required(at: Here, field: Field) -> Bilingual | None:
    words = field.question.required_message
    return at.way.instance.words(words, field) if words is not None else None


def _answer(at: Here, field: Field, value: Value, *, tap: bool) -> Turn:
    wrong = _objection(at, field, value)
    if wrong is not None:
        return Turn(at.conversation, (Toast(wrong) if tap else Say(message(wrong)),))
    step, conversation = at.step, at.conversation
    now, lost = at.with_answers({**at.way.answers, field.key: value})
    sealed = field.question.type not in _IN_CLEAR and isinstance(value, str)
    effects: list[PersonalEffect] = [Toast()] if tap else []
    effects.append(SaveAnswer(step.nudge, field.key, value, sealed, step.amending))
    if kept := tuple(key for key in lost if key in at.way.answers):
        effects.append(DropAnswers(step.nudge, kept, step.amending))
    collapsed = answered(at.way.posed(field), value)
    effects.append(Revise(collapsed, carrying=None if tap else conversation.serial))
    return go_on(now, effects, said_first=_lost(at, kept))


def _objection(at: Here, field: Field, value: Value) -> Bilingual | Phrase | None:
    """What is said of an answer that does not fulfil the question's constraint; None when it does."""
    if value == SKIPPED or at.way.instance.fits(field, value):
        return None
    own = field.question.constraint_message
    if own is not None:
        return at.way.instance.words(own, field)
    return phrase("This answer does not seem to fit. Please check it.")


def _lost(at: Here, keys: Sequence[str]) -> list[Words | Paragraph]:
    """What is said of answers that a change has set aside."""
    labels = [shortened(at.way.posed(field).label, _LONGEST_NAMED) for field in map(at.way.field, keys) if field]
    if not labels:
        return []
    head = phrase("After this change, these answers do not count any more. What still applies is asked again:")
    named = [Paragraph(phrase("– {question}", question=label), close=True) for label in labels[:_MOST_NAMED]]
    more = len(labels) - len(named)
    rest = [Paragraph(phrase("– and {number} more", number=more), close=True)] if more else []
    return [head, *named, *rest]


def _back(at: Here, field: Field) -> Turn:
    gone_back = message(strong(at.way.posed(field).label), Paragraph(phrase("↑ You went back."), close=True))
    effects: list[PersonalEffect] = [Toast(), Revise(gone_back)]
    if at.step.returning is not None:
        return show_review(at, at.step.returning, effects)
    previous = at.way.before(field)
    return show_question(at, previous, effects) if previous is not None else _unused(at.conversation)


def _asked(at: Here, field: Field) -> Asked:
    return Asked(at.conversation.language, at.around.now, options(at.way.posed(field)))


def _gone(at: Here, scene: Scene) -> Turn:
    """The survey has closed meanwhile, or the question applies no longer (its condition may look at the clock)."""
    if has_closed(at.step, scene.now):
        return closed(at.conversation)
    return go_on(at, (Toast(),))


def _below(at: Here, field: Field) -> Message:
    label = at.way.posed(field).label
    return message(strong(label), Paragraph(phrase("This question goes on below."), close=True))


def _unused(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))
