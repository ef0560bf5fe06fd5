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


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
