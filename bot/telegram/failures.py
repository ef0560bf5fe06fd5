"""The Bot API's failures, told apart as bot/channels.py wants them."""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels import (
    DeliveryError,
    Faltered,
    InDoubt,
    MovedTo,
    NotSent,
    Rejected,
    TooMany,
    Unreachable,
)
from bot.telegram import transport

_GONE = ("chat not found", "user is deactivated", "bot was kicked", "not enough rights", "have no rights", "forbidden")

_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
"""How the Bot API says that nothing can be written in a topic; it then certainly has written nothing."""
_NO_MEDIA = (
    "rights to send photo",
    "rights to send document",
    "chat_send_photos_forbidden",
    "chat_send_media_forbidden",
)
"""How it says that a group takes words alone."""


def failure_of(error: TelegramError) -> DeliveryError:
    """What a failure of the Bot API means for a message."""
    text = error.message.lower()
    match error:
        case transport.NotSent():
            return NotSent(type(error).__name__)
        case RetryAfter():
            return TooMany(seconds_of(error))
        case ChatMigrated():
            return MovedTo(str(error.new_chat_id))
        case Forbidden():
            return Unreachable(error.message)
        case BadRequest() if any(words in text for words in _GONE):
            return Unreachable(error.message)
        case InvalidToken():
            return NotSent("the token was refused")
        case BadRequest():
            return Rejected(error.message)
        case TimedOut() | transport.NoAnswer():
            return InDoubt(type(error).__name__)
        case NetworkError():
            return Faltered(type(error).__name__)
        case _:
            return Rejected(error.message)


def has_no_topic(failure: DeliveryError) -> bool:
    """Whether the topic is closed or gone."""
    return isinstance(failure, Rejected) and any(words in str(failure).lower() for words in _NO_TOPIC)


def takes_words_alone(failure: DeliveryError) -> bool:
    """Whether it was the picture or file that the group does not take: words may still be said there."""
    return any(words in str(failure).lower() for words in _NO_MEDIA)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
