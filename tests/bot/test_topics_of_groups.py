"""A message for a topic: there, or in the general one when the topic is closed or gone; never in circles."""

from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels import Rejected, Rendered, RenderedParagraph, Unreachable
from bot.telegram import outbound
from bot.telegram.outbound import TelegramChannel

NEWS = Rendered((RenderedParagraph("News"),), topic=4)
Platform = list[TelegramError | None]


async def no_picture(_digest: str) -> bytes | None:
    return None


@pytest.fixture
def answers() -> Platform:
    """What the platform answers, call by call: an error, or a message."""
    return []


@pytest.fixture
def asked(answers: Platform, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The topics in which something was to be said, call by call."""
    topics: list[Any] = []

    async def call(_bot: Bot, method: str, parameters: dict[str, Any]) -> Any:
        assert method == "sendMessage"
        topics.append(parameters.get("message_thread_id"))
        answer = answers.pop(0)
        if answer is not None:
            raise answer
        return {"message_id": 9}

    monkeypatch.setattr(outbound, "call", call)
    return topics


@pytest.fixture
def channel() -> TelegramChannel:
    return TelegramChannel(Bot("1:token"), no_picture)


async def test_it_is_said_in_the_topic(channel: TelegramChannel, answers: Platform, asked: list[Any]) -> None:
    answers[:] = [None]
    assert await channel.say("-1001", NEWS) == "9"
    assert asked == [4]


@pytest.mark.parametrize("words", ["Message thread not found", "Topic_closed", "TOPIC_DELETED", "TOPIC_CLOSED"])
async def test_of_a_topic_that_takes_nothing_it_goes_to_the_general_one(
    channel: TelegramChannel, answers: Platform, asked: list[Any], words: str
) -> None:
    answers[:] = [BadRequest(words), None]
    assert await channel.say("-1001", NEWS) == "9"
    assert asked == [4, None]


async def test_where_the_general_one_is_closed_as_well_it_is_refused(
    channel: TelegramChannel, answers: Platform, asked: list[Any]
) -> None:
    answers[:] = [BadRequest("TOPIC_CLOSED"), BadRequest("TOPIC_CLOSED")]
    with pytest.raises(Rejected):
        await channel.say("-1001", NEWS)
    assert asked == [4, None]


@pytest.mark.parametrize(
    ("error", "meaning"),
    [(BadRequest("Message is too long"), Rejected), (Forbidden("Forbidden: bot was kicked"), Unreachable)],
)
async def test_any_other_trouble_is_no_matter_of_topics(
    channel: TelegramChannel, answers: Platform, asked: list[Any], error: TelegramError, meaning: type[Exception]
) -> None:
    answers[:] = [error]
    with pytest.raises(meaning):
        await channel.say("-1001", NEWS)
    assert asked == [4]
