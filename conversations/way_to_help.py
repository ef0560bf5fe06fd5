"""“I need help” on every screen: one button, put below every keyboard that a person gets in their private chat."""

from dataclasses import replace

from conversations.buttons import Contact, Manage, Reach, Seek
from conversations.conversation import Conversation, Writing
from conversations.effects import PersonalEffect, Revise, Say, Turn
from conversations.messages import Key, Message, short

HELP_KEY = Key(short("button", "I need help"), Seek())
_WHERE_IT_LEADS = (Contact(Reach.ASK), Contact(Reach.BACK))


def with_a_way(message: Message) -> Message:
    """The message with that button at its end.

    Not without a keyboard, nor on a team's screens, nor where the button leads.
    """
    buttons = [key.button for row in message.keyboard for key in row]
    leads_there = any(isinstance(each, Seek) or each in _WHERE_IT_LEADS for each in buttons)
    if not buttons or leads_there or any(isinstance(each, Manage) for each in buttons):
        return message
    return replace(message, keyboard=(*message.keyboard, (HELP_KEY,)))


def everywhere(turn: Turn) -> Turn:
    """The turn with that button on all that it shows to a participant."""
    return Turn(turn.conversation, tuple(_with_a_way(each, turn.conversation) for each in turn.effects))


def _with_a_way(effect: PersonalEffect, after: Conversation) -> PersonalEffect:
    if not isinstance(effect, Say | Revise):
        return effect
    # What somebody of a team is asked to write has but a way back, and its step's serial.
    if isinstance(after.step, Writing) and effect.serial == after.serial:
        return effect
    return replace(effect, message=with_a_way(effect.message))
