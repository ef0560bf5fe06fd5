"""What the dialogues about broadcasts share: what is at hand, whether a button still counts, and the buttons."""

from dataclasses import replace
from typing import Final

from conversations.broadcast_effects import KeepBroadcast
from conversations.broadcasts import Broadcast, Broadcasting, BroadcastState, Letter, Reach, reach
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing
from conversations.desk import Duty
from conversations.effects import Say, Toast, Turn
from conversations.messages import Key, Paragraph, message, phrase
from conversations.model import Language, Phrase, Words
from conversations.roles import Act
from conversations.scene import Scene


def at_hand(scene: Scene) -> tuple[Duty, Broadcasting]:
    """The duty and the broadcasts that were loaded with it."""
    desk = scene.desk
    assert desk is not None and desk.duty is not None and desk.broadcasts is not None  # noqa: S101, PT018 # as loaded
    return desk.duty, desk.broadcasts


def current(button: Manage, view: Broadcasting, *states: BroadcastState) -> Broadcast | None:
    """The broadcast of the button, unless it has changed since the button was made, or is in none of these states."""
    one = view.one
    return one if one is not None and one.version == button.version and one.state in states else None


def draft(view: Broadcasting) -> Broadcast | None:
    """The person's own draft that the cue speaks of."""
    one = view.one
    return one if one is not None and one.mine and one.state is BroadcastState.DRAFT else None


def own_draft(button: Manage, view: Broadcasting) -> Broadcast | None:
    """The person's own draft, as it was when the button was made."""
    return draft(view) if current(button, view, BroadcastState.DRAFT) is not None else None


_GONE: Final = phrase("This has changed meanwhile. See /broadcast.")


def gone(conversation: Conversation) -> Turn:
    """The answer to a button that is older than the last change."""
    return Turn(conversation, (Toast(_GONE),))


def overtaken(conversation: Conversation, step: Writing) -> Turn:
    """The answer to words or a file for a draft that is gone. Nobody tapped, so a passing word would not show."""
    return Turn(replace(conversation, step=step.before), (Say(message(_GONE)),))


def at_rest(conversation: Conversation) -> Conversation:
    """Whoever taps another button of the team writes no more what they were asked for."""
    step = conversation.step
    return replace(conversation, step=step.before) if isinstance(step, Writing) else conversation


def key(words: Phrase, act: Act, duty: Duty, one: Broadcast, ticked: bool | None = None) -> Key:
    """A button for that broadcast as it is now."""
    return Key(words, Manage(act, duty.event_id, one.id, one.version), ticked)


def redrafted(
    one: Broadcast, letter: Letter, duty: Duty, *, urgent: bool | None = None
) -> tuple[Broadcast, KeepBroadcast]:
    """The draft after a change, and that it is kept."""
    wanted = one.urgent if urgent is None else urgent
    after = replace(one, letter=letter, urgent=wanted, version=one.version + 1)
    return after, KeepBroadcast(duty.event_id, one.id, letter, wanted)


def reached(one: Broadcast, view: Broadcasting) -> Reach:
    """How many it is for."""
    assert view.event is not None  # noqa: S101 # loaded with the people
    return reach(one.letter.audience, view.people, view.event.timezone)


def text_of(one: Broadcast, language: Language) -> Paragraph | None:
    """The words of that language, None when they are missing."""
    wording = one.letter.wording(language)
    return Paragraph(wording.words, marks=wording.marks) if wording is not None else None


def told(*lines: Words | None) -> tuple[Paragraph, ...]:
    """The lines that there are, close together."""
    said = [each for each in lines if each is not None]
    return tuple(Paragraph(each, close=bool(number)) for number, each in enumerate(said))
