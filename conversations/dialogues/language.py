"""The language, at any point, without losing the place."""

from dataclasses import replace

from conversations.conversation import Conversation
from conversations.effects import Revise, Say, Toast, Turn
from conversations.messages import Message, language_key, message, phrase
from conversations.model import Language


def asked(conversation: Conversation) -> Turn:
    """The person wants to see the choice."""
    return Turn(conversation, (Say(chooser()),))


def chosen(conversation: Conversation, language: Language, *, tap: bool) -> Turn:
    """From here on in that language. What was on screen is said again by the caller."""
    done = message(phrase("We go on in English.") if language is Language.EN else phrase("We go on in French."))
    speaking = replace(conversation, language=language)
    return Turn(speaking, (Toast(), Revise(done)) if tap else (Say(done),))


def chooser() -> Message:
    """Both languages, each by its own name."""
    return message(
        phrase("Which language do you prefer? / Quelle langue préférez-vous ?"),
        keyboard=(tuple(language_key(language) for language in Language),),
    )
