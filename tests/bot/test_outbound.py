"""What a failure of the Bot API means for a message, and what a message looks like on its way."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
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
    Rendered,
    RenderedKey,
    RenderedParagraph,
    TooMany,
    Unreachable,
)
from bot.telegram import transport
from bot.telegram.failures import failure_of
from bot.telegram.outbound import _content, toast_parameters


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (transport.NotSent("not sent (ClientConnectorError)"), NotSent),
        (TimedOut("no answer in time"), InDoubt),
        (transport.NoAnswer("no complete answer"), InDoubt),
        (NetworkError("Bad Gateway"), Faltered),
        (RetryAfter(7), TooMany),
        (ChatMigrated(-1002), MovedTo),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable),
        (Forbidden("Forbidden: user is deactivated"), Unreachable),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Unreachable),
        (BadRequest("Chat not found"), Unreachable),
        (BadRequest("Bad Request: not enough rights to send text messages to the chat"), Unreachable),
        (BadRequest("Bad Request: have no rights to send a message"), Unreachable),
        (BadRequest("Message is too long"), Rejected),
        (BadRequest("Can't parse entities: unsupported start tag"), Rejected),
        (InvalidToken("Unauthorized"), NotSent),
        (EndPointNotFound("Not Found"), Rejected),
        (Conflict("terminated by other getUpdates request"), Rejected),
        (TelegramError("something new"), Rejected),
    ],
)
def test_failures(error: TelegramError, meaning: type[DeliveryError]) -> None:
    assert type(failure_of(error)) is meaning


@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
def test_how_long_to_wait(wait: int | timedelta) -> None:
    failure = failure_of(RetryAfter(wait))
    assert isinstance(failure, TooMany)
    assert failure.seconds == 7.0


def test_where_a_group_has_gone() -> None:
    failure = failure_of(ChatMigrated(-1002))
    assert isinstance(failure, MovedTo)
    assert failure.address == "-1002"


def test_no_failure_tells_a_token() -> None:
    # Errors of the network carry addresses, and the address carries the token.
    for error in (TimedOut("at bot123:secret"), NetworkError("at bot123:secret")):
        assert "secret" not in str(failure_of(error))


def test_words_are_never_taken_for_markup() -> None:
    paragraphs = (
        RenderedParagraph("<b>A & B</b>", strong=True),
        RenderedParagraph("✓ “yes”", close=True),
        RenderedParagraph("</b>&lt;"),
    )
    content = _content(Rendered(paragraphs))
    assert content["text"] == "<b>&lt;b&gt;A &amp; B&lt;/b&gt;</b>\n✓ “yes”\n\n&lt;/b&gt;&amp;lt;"
    assert content["parse_mode"] == "HTML"
    assert content["link_preview_options"] == {"is_disabled": True}
    assert "reply_markup" not in content


def test_a_keyboard_row_by_row() -> None:
    keyboard = ((RenderedKey("Yes", "g:1:yes"), RenderedKey("No", "g:1:no")), (RenderedKey("☑ Other", "c:1:0"),))
    content = _content(Rendered((RenderedParagraph("Which?"),), keyboard))
    assert content["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Yes", "callback_data": "g:1:yes"}, {"text": "No", "callback_data": "g:1:no"}],
            [{"text": "☑ Other", "callback_data": "c:1:0"}],
        ]
    }


def test_a_toast_holds_200_characters() -> None:
    assert toast_parameters("9", None) == {"callback_query_id": "9"}
    assert toast_parameters("9", "é" * 300) == {"callback_query_id": "9", "text": "é" * 200}
