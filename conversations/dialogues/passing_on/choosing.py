"""From the command to the files: each tap chooses something, and everything chosen can be changed until the end."""

from dataclasses import replace
from typing import assert_never

from conversations.buttons import Choose, Go, Move
from conversations.conversation import Choosing, Conversation, PassingOn, aside
from conversations.dialogues.passing_on.forms import Form, fits, sent
from conversations.dialogues.passing_on.here import Here, begun, here, offers, theirs
from conversations.dialogues.passing_on.screens import events_screen, screen
from conversations.effects import PersonalEffect, Revise, Say, Toast, Turn
from conversations.messages import Message, Paragraph, message, phrase
from conversations.model import Language, Words
from conversations.scene import Scene

_CHANGED = phrase("These messages were changed a moment ago. Please look through them once more.")


def asked(conversation: Conversation, scene: Scene) -> Turn | None:
    """The person wants to pass something on; None while all that they could is stopped."""
    codes = theirs(scene)
    if not codes:
        return _said(conversation, phrase("You are not part of any event here, so there is nothing to pass on."))
    if all(map(scene.stopped.covers, codes)):
        return None
    offered = tuple(offers(scene))
    if not offered:
        return _said(conversation, phrase("There are no key messages to pass on."))
    step = PassingOn(Choosing.EVENT, conversation.language, offered, before=aside(conversation.step))
    if len(offered) > 1:
        return _ask_for_event(conversation, step, scene, tap=False)
    return _ask(begun(conversation, step, offered[0], scene), tap=False)


def restated(conversation: Conversation, step: PassingOn, scene: Scene) -> Turn | None:
    """What is still to be chosen, once more; None when there is nothing to choose from any more."""
    if step.asked is Choosing.EVENT:
        return _ask_for_event(conversation, step, scene, tap=False) if offers(scene) else None
    at = here(conversation, step, scene)
    return _ask(at, tap=False) if at is not None else None


def unclear(conversation: Conversation) -> Turn:
    """Words, where only buttons count."""
    return _said(conversation, phrase("Please tap one of the buttons above."))


def tapped(conversation: Conversation, step: PassingOn, button: Choose | Go, scene: Scene) -> Turn:
    """A tap on the newest keyboard; the caller has checked its serial, and says again what was asked before."""
    if isinstance(button, Go) and button.move is Move.STOP:
        return _over(conversation, step, phrase("Closed. To pass something on: /pass_on"))
    if step.asked is Choosing.EVENT:
        return _event_tapped(conversation, step, button, scene)
    at = here(conversation, step, scene)
    if at is None:
        return _gone(conversation, step)
    if at.step.revision != step.revision:
        return _ask(at, tap=True, first=_CHANGED)
    match step.asked:
        case Choosing.MESSAGES:
            return _messages_tapped(at, button, scene)
        case Choosing.CARE:
            return _care_tapped(at, button)
        case Choosing.FORM:
            return _form_tapped(at, button)
        case _:
            assert_never(step.asked)


def _event_tapped(conversation: Conversation, step: PassingOn, button: Choose | Go, scene: Scene) -> Turn:
    if not isinstance(button, Choose) or button.index >= len(step.among):
        return _unused(conversation)
    code = step.among[button.index]
    return (
        _ask(begun(conversation, step, code, scene), tap=True) if code in offers(scene) else _gone(conversation, step)
    )


def _messages_tapped(at: Here, button: Choose | Go, scene: Scene) -> Turn:
    step, listed = at.step, at.listed
    every = tuple(each.name for each in listed)
    match button:
        case Choose(_, index) if index < len(listed):
            ticked = {*step.chosen} ^ {every[index]}
            return _ask(at.going_on(chosen=tuple(name for name in every if name in ticked)), tap=True)
        case Go(_, Move.ALL):
            return _ask(at.going_on(chosen=() if step.chosen == every else every), tap=True)
        case Go(_, Move.NEXT) if step.page < at.pages - 1:
            return _ask(at.going_on(page=step.page + 1), tap=True)
        case Go(_, Move.PREVIOUS) if step.page > 0:
            return _ask(at.going_on(page=step.page - 1), tap=True)
        case Go(_, Move.YES) if at.hidden:
            return _ask(at.going_on(asked=Choosing.CARE), tap=True)
        case Go(_, Move.DONE) if not step.chosen:
            return Turn(at.conversation, (Toast(phrase("Please choose at least one message.")),))
        case Go(_, Move.DONE):
            return _ask(at.going_on(asked=Choosing.FORM), tap=True)
        case Go(_, Move.BACK) if len(step.among) > 1:
            return _ask_for_event(at.conversation, replace(step, asked=Choosing.EVENT), scene, tap=True)
        case _:
            return _unused(at.conversation)


def _care_tapped(at: Here, button: Choose | Go) -> Turn:
    match button:
        case Go(_, Move.YES):
            return _ask(at.going_on(asked=Choosing.MESSAGES, warned=True), tap=True)
        case Go(_, Move.BACK) if at.listed:
            return _ask(at.going_on(asked=Choosing.MESSAGES), tap=True)
        case _:
            return _unused(at.conversation)


def _form_tapped(at: Here, button: Choose | Go) -> Turn:
    languages = tuple(Language)
    match button:
        case Choose(_, index) if index < len(languages):
            return _ask(at.going_on(language=languages[index]), tap=True)
        case Choose(_, index) if index in {*Form} and fits(at, Form(index)):
            return sent(at, Form(index))
        case Go(_, Move.NEXT):
            return _ask(at, tap=True)
        case Go(_, Move.BACK):
            return _ask(at.going_on(asked=Choosing.MESSAGES), tap=True)
        case _:
            return _unused(at.conversation)


def _ask(at: Here, *, tap: bool, first: Words | None = None) -> Turn:
    """What is to be chosen now, below a word on what has happened."""
    shown = screen(at, at.conversation.serial + 1)
    if first is not None:
        shown = replace(shown, paragraphs=(Paragraph(first), *shown.paragraphs))
    return _shown(at.conversation, at.step, shown, tap=tap)


def _ask_for_event(conversation: Conversation, step: PassingOn, scene: Scene, *, tap: bool) -> Turn:
    among = offers(scene)
    titles = [scene.events[revision].title for revision in among.values()]
    step = PassingOn(Choosing.EVENT, step.language, tuple(among), before=step.before)
    return _shown(conversation, step, events_screen(titles, conversation.serial + 1), tap=tap)


def _shown(conversation: Conversation, step: PassingOn, shown: Message, *, tap: bool) -> Turn:
    """Each screen has a keyboard of its own: a double tap finds the first one gone."""
    serial = conversation.serial + 1
    effects: tuple[PersonalEffect, ...] = (Say(shown, serial=serial),)
    if tap:
        effects = (Toast(), Revise(shown, serial=serial))
    return Turn(replace(conversation, step=step, serial=serial), effects)


def _gone(conversation: Conversation, step: PassingOn) -> Turn:
    return _over(conversation, step, phrase("There is nothing to pass on at the moment."))


def _over(conversation: Conversation, step: PassingOn, words: Words) -> Turn:
    return Turn(replace(conversation, step=step.before), (Toast(), Revise(message(words))))


def _said(conversation: Conversation, words: Words) -> Turn:
    return Turn(conversation, (Say(message(words)),))


def _unused(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))
