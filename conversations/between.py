"""What comes in between, whatever else was being asked: a pause, words of a team or for one, a story. Then back."""

from dataclasses import replace
from typing import assert_never

from conversations import coordinating
from conversations.buttons import Choose, Go, Move
from conversations.conversation import Between, Confiding, Conversation, Narrating, Pausing, Writing
from conversations.dialogues import calendar, confiding, helping, pausing, telling
from conversations.effects import Turn
from conversations.scene import Scene


def said(conversation: Conversation, step: Pausing | Confiding | Narrating, text: str, scene: Scene) -> Turn:
    """A day, words for somebody of a team, or a story."""
    match step:
        case Pausing():
            return pausing.said(conversation, step, text, scene)
        case Confiding():
            return confiding.said(conversation, step, text, scene)
        case Narrating():
            return telling.said(conversation, step, text)
        case _:
            assert_never(step)


def wordless(conversation: Conversation, step: Confiding | Narrating) -> Turn:
    """A file, where only words are taken."""
    return telling.wordless(conversation) if isinstance(step, Narrating) else confiding.wordless(conversation)


def tapped(conversation: Conversation, step: Between, button: Choose | Go, scene: Scene) -> Turn:
    """The way out of it, or a choice on the way; whoever is out of it has their place restated by the caller."""
    if isinstance(step, Narrating):
        return telling.tapped(conversation, step, button, scene) or helping.stale(conversation)
    if not (isinstance(button, Go) and button.move is Move.BACK):
        return helping.stale(conversation)
    match step:
        case Writing():
            return coordinating.given_up(conversation, step)
        case Confiding():
            return confiding.left(conversation, step)
        case Pausing():
            return calendar.again(replace(conversation, step=step.before), scene)
        case _:
            assert_never(step)


def restated(conversation: Conversation, step: Pausing | Confiding | Narrating) -> Turn:
    """What is asked there, once more."""
    match step:
        case Pausing():
            return pausing.restated(conversation)
        case Confiding():
            return confiding.restated(conversation, step)
        case Narrating():
            return telling.restated(conversation, step)
        case _:
            assert_never(step)
