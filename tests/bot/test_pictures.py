"""Pictures and cards on their way out: first the photo, then the words; and what if a photo does not get through."""

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.cards import draw
from bot.channels import (
    DeliveryError,
    InDoubt,
    NotSent,
    Rendered,
    RenderedCard,
    RenderedParagraph,
    TooMany,
    Unreachable,
)
from bot.rendering import dumps, loads, render
from bot.telegram import showing, transport
from bot.telegram.outbound import TelegramChannel
from bot.telegram.transport import AiohttpTransport
from conversations.messages import Message, Paragraph
from conversations.model import Bilingual, Language, Picture

FILES = {"a" * 64: b"teal", "b" * 64: b"red"}
TEAL, RED = FILES
Answer = tuple[int, Mapping[str, Any]] | NetworkError


def refused(code: int, why: str, **parameters: Any) -> Answer:
    return code, {"ok": False, "error_code": code, "description": why, "parameters": parameters}


BAD_PHOTO = refused(400, "Bad Request: IMAGE_PROCESS_FAILED")


class Platform(AiohttpTransport):
    """It takes everything, unless `troubles` says what to answer next to a method."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[tuple[str, str]] = []
        self.topics: list[int | None] = []
        self.troubles: dict[str, list[Answer | None]] = {}

    async def _exchange(  # what both ways of calling a method come down to
        self, method: str, url: str, body: bytes | aiohttp.FormData | None, *_: object
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        said = json.loads(body) if isinstance(body, bytes) else {}
        self.topics.append(said.get("message_thread_id"))
        self.got.append((name, said.get("photo") or said.get("text") or "upload"))
        waiting = self.troubles.get(name) or [None]
        answer = waiting.pop(0) or (200, {"ok": True, "result": self._taken()})
        if isinstance(answer, NetworkError):
            raise answer
        return answer[0], json.dumps(answer[1]).encode()

    def _taken(self) -> dict[str, Any]:
        number = len(self.got)
        sizes = [{"file_id": f"{size}{number}", "file_unique_id": size, "width": 9, "height": 9} for size in "SL"]
        return {"message_id": number, "date": 1, "chat": {"id": 7, "type": "private"}, "photo": sizes}


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def looked_up() -> list[str]:
    """Digests of the pictures that were read."""
    return []


@pytest.fixture
def channel(platform: Platform, looked_up: list[str]) -> TelegramChannel:
    async def read(digest: str) -> bytes | None:
        looked_up.append(digest)
        return FILES.get(digest)

    return TelegramChannel(Bot("42:secret", request=platform, get_updates_request=platform), read)


def why(*pictures: str) -> Rendered:
    return Rendered((RenderedParagraph("Why?"),), (), pictures)


WORDS = ("sendMessage", "Why?")


async def test_the_picture_comes_first_and_the_words_count(channel: TelegramChannel, platform: Platform) -> None:
    assert await channel.say("7", why(TEAL)) == "2"
    assert platform.got == [("sendPhoto", "upload"), WORDS]


async def test_a_picture_is_uploaded_once(channel: TelegramChannel, platform: Platform, looked_up: list[str]) -> None:
    for address in ("7", "8"):
        await channel.say(address, why(TEAL, RED))
    uploads = [("sendPhoto", "upload"), ("sendPhoto", "upload"), WORDS]
    assert platform.got == [*uploads, ("sendPhoto", "L1"), ("sendPhoto", "L2"), WORDS]
    assert looked_up == [TEAL, RED]


async def test_words_alone_look_up_nothing(channel: TelegramChannel, platform: Platform, looked_up: list[str]) -> None:
    await channel.say("7", why())
    await channel.edit("7", "1", why(TEAL))
    assert platform.got == [WORDS, ("editMessageText", "Why?")]
    assert looked_up == []


@pytest.mark.parametrize(
    "trouble",
    [BAD_PHOTO, refused(413, "Request Entity Too Large"), refused(502, "Bad Gateway"), TimedOut("at bot42:secret")],
)
async def test_a_photo_that_is_refused_or_in_doubt_does_not_hold_the_words_up(
    trouble: Answer, channel: TelegramChannel, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    platform.troubles["sendPhoto"] = [trouble]
    await channel.say("7", why(TEAL))
    assert platform.got == [("sendPhoto", "upload"), WORDS]
    assert "aaaaaaaa was not shown" in caplog.text
    assert "a" * 9 not in caplog.text
    assert "secret" not in caplog.text


async def test_a_photo_that_the_platform_has_forgotten_is_uploaded_again(
    channel: TelegramChannel, platform: Platform
) -> None:
    platform.troubles["sendPhoto"] = [None, refused(400, "Bad Request: wrong file identifier/HTTP URL specified")]
    for _ in range(3):
        await channel.say("7", why(TEAL))
    assert platform.got == [("sendPhoto", "upload"), WORDS, ("sendPhoto", "L1"), WORDS, ("sendPhoto", "upload"), WORDS]


async def test_a_picture_that_is_not_there_leaves_the_words(
    channel: TelegramChannel, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    await channel.say("7", why("c" * 64))
    assert platform.got == [WORDS]
    assert "cccccccc is not in the database" in caplog.text


@pytest.mark.parametrize(
    ("trouble", "meaning"),
    [
        (refused(429, "Too Many Requests: retry after 3", retry_after=3), TooMany),
        (refused(403, "Forbidden: bot was blocked by the user"), Unreachable),
        (transport.NotSent("not sent (ClientConnectorError)"), NotSent),
    ],
)
async def test_what_keeps_the_whole_chat_waiting_keeps_the_words_too(
    trouble: Answer, meaning: type[DeliveryError], channel: TelegramChannel, platform: Platform
) -> None:
    platform.troubles["sendPhoto"] = [None, trouble]
    with pytest.raises(meaning):
        await channel.say("7", why(TEAL, RED))
    platform.got.clear()
    await channel.say("7", why(TEAL, RED))
    assert platform.got == [("sendPhoto", "upload"), WORDS], "only what was not shown yet"


async def test_words_that_are_said_again_do_not_show_their_picture_again(
    channel: TelegramChannel, platform: Platform
) -> None:
    platform.troubles["sendMessage"] = [TimedOut("no answer in time")]
    with pytest.raises(InDoubt):
        await channel.say("7", why(TEAL))
    await channel.say("7", why(TEAL))
    assert [name for name, _ in platform.got] == ["sendPhoto", "sendMessage", "sendMessage"]
    await channel.say("7", why(TEAL))
    assert platform.got[3:] == [("sendPhoto", "L1"), WORDS], "the same question once more has it again"


async def test_what_is_remembered_has_an_end(
    channel: TelegramChannel, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "_REMEMBERED", 1)
    for picture in (TEAL, TEAL, RED, TEAL):
        await channel.say("7", why(picture))
    assert [said for name, said in platform.got if name == "sendPhoto"] == ["upload", "L1", "upload", "upload"]


def test_a_picture_is_chosen_by_the_language_and_kept_on_the_way() -> None:
    message = Message((Paragraph(Bilingual("Why?", "Pourquoi ?")),), pictures=(Picture(TEAL, RED),))
    french = render(message, Language.FR)
    assert (render(message, Language.EN).pictures, french.pictures) == ((TEAL,), (RED,))
    body = dumps(french)
    assert loads(body) == french
    assert loads(body) == french, "also when it is read back from the outbox"


def test_a_message_from_before_there_were_pictures_is_read() -> None:
    assert loads('{"paragraphs":[{"text":"Why?","strong":false,"close":false}],"keyboard":[]}') == why()


CARD = RenderedCard("Nothing about us without us.", None, Language.EN)


def with_cards(*shown: RenderedCard, pictures: tuple[str, ...] = ()) -> Rendered:
    return Rendered((RenderedParagraph("Why?"),), (), pictures, shown)


async def test_pictures_come_first_then_cards_then_the_words(
    channel: TelegramChannel, platform: Platform, looked_up: list[str]
) -> None:
    assert await channel.say("7", with_cards(CARD, pictures=(TEAL,))) == "3"
    assert platform.got == [("sendPhoto", "upload"), ("sendPhoto", "upload"), WORDS]
    assert looked_up == [TEAL]


async def test_an_edit_shows_no_card(channel: TelegramChannel, platform: Platform) -> None:
    await channel.edit("7", "1", with_cards(CARD))
    assert platform.got == [("editMessageText", "Why?")]


async def test_a_card_is_drawn_once_and_never_in_the_way_of_others(
    channel: TelegramChannel, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def watched(shown: RenderedCard) -> bytes:
        threads.append(threading.get_ident())
        return draw(shown)

    monkeypatch.setattr(showing, "draw", watched)
    for address in ("7", "8"):
        await channel.say(address, with_cards(CARD))
    assert platform.got == [("sendPhoto", "upload"), WORDS, ("sendPhoto", "L1"), WORDS]
    assert len(threads) == 1
    assert threading.get_ident() not in threads


@pytest.mark.parametrize("trouble", [BAD_PHOTO, refused(502, "Bad Gateway"), TimedOut("no answer in time")])
async def test_a_card_that_is_refused_or_in_doubt_does_not_hold_the_words_up(
    trouble: Answer, channel: TelegramChannel, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    platform.troubles["sendPhoto"] = [trouble]
    await channel.say("7", with_cards(CARD))
    assert platform.got == [("sendPhoto", "upload"), WORDS]
    assert "a card was not shown" in caplog.text
    assert "Nothing" not in caplog.text


async def test_a_card_that_cannot_be_drawn_leaves_the_words(
    channel: TelegramChannel, platform: Platform, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(shown: RenderedCard) -> bytes:
        raise OSError(shown.text)

    monkeypatch.setattr(showing, "draw", broken)
    await channel.say("7", with_cards(CARD))
    assert platform.got == [WORDS]
    assert "a card was not made: OSError" in caplog.text
    assert "Nothing" not in caplog.text


async def test_a_card_is_not_shown_again_when_the_message_is_retried(
    channel: TelegramChannel, platform: Platform
) -> None:
    platform.troubles["sendPhoto"] = [None, refused(429, "Too Many Requests: retry after 3", retry_after=3)]
    platform.troubles["sendMessage"] = [TimedOut("no answer in time")]
    with pytest.raises(TooMany):
        await channel.say("7", with_cards(CARD, pictures=(TEAL,)))
    with pytest.raises(InDoubt):
        await channel.say("7", with_cards(CARD, pictures=(TEAL,)))
    platform.got.clear()
    await channel.say("7", with_cards(CARD, pictures=(TEAL,)))
    assert platform.got == [WORDS]


@pytest.mark.parametrize(
    "why_not", ["Bad Request: not enough rights to send photos to the chat", "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN"]
)
async def test_a_group_that_takes_no_photos_gets_the_words(
    channel: TelegramChannel, platform: Platform, why_not: str
) -> None:
    platform.troubles["sendPhoto"] = [refused(400, why_not)]
    assert await channel.say("-1007", why(TEAL)) == "2"
    assert platform.got == [("sendPhoto", "upload"), WORDS]


async def test_a_picture_goes_to_the_topic_of_its_words_or_with_them_to_the_general_one(
    channel: TelegramChannel, platform: Platform
) -> None:
    await channel.say("-1007", why(TEAL))  # from here on it is shown by its id, in a body that can be read
    for troubles in ([], [refused(400, "Bad Request: TOPIC_CLOSED")]):
        platform.got.clear()
        platform.topics.clear()
        platform.troubles = {"sendPhoto": list(troubles), "sendMessage": list(troubles)}
        await channel.say("-1007", replace(why(TEAL), topic=4))
        again = [None] * len(troubles)
        assert platform.topics == [4, *again, 4, *again]
