"""What a broadcast is to those who get it: a neutral line that a tap turns into its words, or the words at once."""

from conversations.attachments import Kind
from conversations.broadcasts import Broadcast, BroadcastState
from conversations.buttons import Button, Open
from conversations.conversation import Conversation
from conversations.dialogues.broadcast.common import text_of
from conversations.effects import PersonalEffect, Revise, Say, Toast, Turn
from conversations.messages import File, FileKind, Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Language, Phrase, Words
from conversations.scene import Nudge, Scene


def announcement(conversation: Conversation, nudge: Nudge, scene: Scene) -> Message:
    """What arrives unasked."""
    assert scene.broadcast is not None  # noqa: S101 # one without is not said
    return arriving(scene.broadcast, conversation.language, Open(nudge.id))


def opened(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn | None:
    """The neutral line was tapped: the words take its place. None when there are none any more."""
    one = scene.broadcast
    if one is None:
        return None
    if one.state is BroadcastState.CANCELLED:
        taken_back = message(phrase("This message was taken back."))
        return Turn(conversation, (Toast(), Revise(taken_back)))
    event = scene.events.get(nudge.revision)
    return Turn(conversation, unfolding(one, conversation.language, event.title if event else ""))


def arriving(one: Broadcast, language: Language, opening: Button) -> Message:
    """What arrives: the words, or the neutral line that names no event and no topic, with a button for them."""
    text = text_of(one, language)
    if one.letter.at_once and text is not None:
        return Message((text,), files=_files(one))
    return message(phrase("You have a new message."), keyboard=((Key(short("button", "Open"), opening),),))


def unfolding(one: Broadcast, language: Language, title: Words) -> tuple[PersonalEffect, ...]:
    """The words take the place of the neutral line; a file can only come in a message of its own, below it."""
    words = headed(one, language, phrase("From the organisers of {event}:", event=title) if title else None)
    if words.files:
        return (Toast(), Revise(message(phrase("Your message is below."))), Say(words))
    return (Toast(), Revise(words))


def headed(one: Broadcast, language: Language, heading: Phrase | None) -> Message:
    """The words and the file, under that heading."""
    text = text_of(one, language) or Paragraph("…")
    return Message((strong(heading), text) if heading is not None else (text,), files=_files(one))


def _files(one: Broadcast) -> tuple[File, ...]:
    file = one.letter.file
    if file is None:
        return ()
    kind = FileKind.PHOTO if file.kind is Kind.PHOTO else FileKind.DOCUMENT
    return (File(kind, (("reference", file.reference),)),)
