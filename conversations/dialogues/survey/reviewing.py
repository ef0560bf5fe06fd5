"""All answers on screen before they are submitted: one can be changed, all can be sent; the same once more later."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.buttons import Choose, Go, Move
from conversations.conversation import Conversation, Idle, Reviewing
from conversations.dialogues.survey.beginning import paused
from conversations.dialogues.survey.going_on import (
    Here,
    closed,
    finish,
    go_on,
    has_closed,
    here,
    next_page,
    page_before,
    review_screen,
    show_question,
    show_review,
    still,
)
from conversations.effects import PersonalEffect, Revise, Say, Toast, Turn
from conversations.messages import Message, message, phrase, strong
from conversations.scene import Scene
from conversations.words import plain

_SEND = {"send", "ok", "yes", "done", "submit", "envoyer", "oui", "fini", "termine", "valider"}


def review_tapped(conversation: Conversation, step: Reviewing, button: Choose | Go, scene: Scene) -> Turn:
    """A tap below the answers; the caller has checked its serial."""
    at = here(conversation, step.asking, scene)
    if has_closed(step.asking, scene.now):
        return closed(conversation)
    match button:
        case Choose(_, number) if number < len(at.way.asked):
            return _changed(at, step, number, (Toast(), Revise(_looked_at())))
        case Go(_, Move.NEXT):
            return _turned(at, next_page(at, still(at, step.first)))
        case Go(_, Move.PREVIOUS):
            return _turned(at, page_before(at, still(at, step.first)))
        case Go(_, Move.SUBMIT):
            return _submitted(at, tap=True)
        case Go(_, Move.STOP):
            return Turn(replace(conversation, step=Idle()), (Toast(), Revise(paused(step.asking.nudge))))
        case _:
            return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))


def review_said(conversation: Conversation, step: Reviewing, text: str, scene: Scene) -> Turn:
    """Typed words below the answers: the number of one to change, or that they may be sent."""
    at = here(conversation, step.asking, scene)
    if has_closed(step.asking, scene.now):
        return closed(conversation)
    word = plain(text)
    if word in _SEND:
        return _submitted(at, tap=False)
    if word.isdecimal() and len(word) <= len(str(len(at.way.asked))) and 0 < int(word) <= len(at.way.asked):
        return _changed(at, step, int(word) - 1, (Revise(_looked_at(), carrying=conversation.serial),))
    hint = phrase("Please tap one of the buttons above, or type the number of the answer that you want to change.")
    return Turn(conversation, (Say(message(hint)),))


def review_restated(conversation: Conversation, step: Reviewing, scene: Scene) -> Turn:
    """The answers once more, under a new keyboard."""
    at = here(conversation, step.asking, scene)
    below = message(strong(phrase("Your answers")), phrase("They go on below."))
    return show_review(at, step.first, [Revise(below, carrying=conversation.serial)])


def _changed(at: Here, step: Reviewing, number: int, effects: Sequence[PersonalEffect]) -> Turn:
    """To the question with that number, and back to the same page of the review."""
    asking = replace(at.step, returning=step.first)
    return show_question(replace(at, step=asking), at.way.asked[number], effects)


def _submitted(at: Here, *, tap: bool) -> Turn:
    settled = Revise(_looked_at(), carrying=None if tap else at.conversation.serial)
    effects: list[PersonalEffect] = [*([Toast()] if tap else []), settled]
    return go_on(at, effects) if at.way.open() is not None else finish(at, effects)


def _turned(at: Here, first: int) -> Turn:
    serial = at.conversation.serial + 1
    screen = review_screen(at, first, serial)
    turned = replace(at.conversation, step=Reviewing(at.step, first), serial=serial)
    return Turn(turned, (Toast(), Revise(screen, serial=serial)))


def _looked_at() -> Message:
    return message(phrase("✓ You looked through your answers."))
