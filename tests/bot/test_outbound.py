"""What a failure of the Bot API means for a message, and what a message looks like on its way."""

from datetime import timedelta

import pytest
from telegram import Bot
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
from bot.telegram import outbound, transport
from bot.telegram.failures import failure_of
from bot.telegram.outbound import TelegramChannel, _content, toast_parameters
from conversations.marks import Mark, Style


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


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("Meet on Friday", (Mark(Style.BOLD, 0, 4),), "<b>Meet</b> on Friday"),
        ("a<b", (Mark(Style.ITALIC, 0, 3),), "<i>a&lt;b</i>"),
        (
            "one two three",
            (Mark(Style.BOLD, 0, 7), Mark(Style.UNDERLINE, 4, 13)),
            "<b>one </b><u><b>two</b></u><u> three</u>",
        ),
        (
            "here",
            (Mark(Style.LINK, 0, 4, 'https://x.org/?a="1"&b'),),
            '<a href="https://x.org/?a=&quot;1&quot;&amp;b">here</a>',
        ),
        ("x = 1", (Mark(Style.CODE, 0, 5), Mark(Style.BOLD, 0, 1)), "<code>x</code><code> = 1</code>"),
        ("gone", (Mark(Style.STRIKETHROUGH, 0, 4),), "<s>gone</s>"),
        ("short", (Mark(Style.BOLD, 0, 99), Mark(Style.ITALIC, 90, 99)), "<b>short</b>"),
    ],
)
def test_what_is_set_off_nests_as_html_has_to(text: str, marks: tuple[Mark, ...], html: str) -> None:
    assert _content(Rendered((RenderedParagraph(text, marks=marks),)))["text"] == html


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


@pytest.mark.parametrize(
    ("error", "meaning"), [(transport.NotSent("not sent"), NotSent), (RetryAfter(7), TooMany)], ids=["lost", "patience"]
)
async def test_a_file_that_cannot_be_had_now_is_told_as_any_other_failure(
    error: TelegramError, meaning: type[DeliveryError], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(bot: Bot, reference: str) -> bytes | None:
        raise error

    async def no_picture(digest: str) -> bytes | None:
        raise AssertionError(digest)

    monkeypatch.setattr(outbound, "fetched", fails)
    with pytest.raises(meaning):
        await TelegramChannel(Bot("1:a"), no_picture).fetch("a file")
