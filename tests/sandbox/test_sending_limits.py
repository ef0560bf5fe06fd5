"""Telegram's sending limits: a 429 with the time to wait, in real time, whatever the sandbox's clock shows."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.errors import BotApiError
from sandbox.limits import Limits, Rates

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


def spent(limits: Limits, chat: int, at: float) -> int:
    """Seconds to wait, 0 when the message went through."""
    try:
        limits.spend(42, chat, at)
    except BotApiError as error:
        return (error.parameters or {})["retry_after"]
    return 0


def test_each_bucket_fills_again() -> None:
    limits = Limits(enabled=True)
    assert [spent(limits, 1, 0.0) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert [spent(limits, 1, 1.0), spent(limits, 1, 1.0)] == [0, 1]
    assert [spent(limits, -100, 10.0) for _ in range(21)] == [0] * 20 + [3]
    assert [spent(limits, chat, 20.0) for chat in range(100, 131)] == [0] * 30 + [1]


def test_the_wait_is_as_long_as_it_takes() -> None:
    limits = Limits(enabled=True, rates=Rates(per_chat_second=0.2, chat_burst=2))
    assert [spent(limits, 1, 0.0) for _ in range(3)] == [0, 0, 5]
    assert [spent(limits, 1, 4.0), spent(limits, 1, 5.0), spent(limits, 1, 5.0)] == [1, 0, 5]


def test_what_was_refused_costs_nothing() -> None:
    limits = Limits(enabled=True, rates=Rates(per_second=2, chat_burst=1))
    assert [spent(limits, 1, 0.0) for _ in range(10)] == [0] + [1] * 9
    assert spent(limits, 2, 0.0) == 0


def test_a_clock_that_was_moved_ahead_counts_as_time_gone_by() -> None:
    ahead = 0.0
    limits = Limits(enabled=True, ahead=lambda: ahead)
    assert [spent(limits, -100, 0.0) for _ in range(21)] == [0] * 20 + [3]
    ahead = 60.0
    assert [spent(limits, -100, 0.0) for _ in range(21)] == [0] * 20 + [3]
    ahead = 55.0  # it stood still for five real seconds
    assert [spent(limits, -100, 5.0) for _ in range(2)] == [0, 2]


async def test_limits_are_off_until_switched_on(call: Call, control: Call, ama: int) -> None:
    async def send() -> Json:
        return await call("sendMessage", chat_id=ama, text="A")

    assert all([(await send())["ok"] for _ in range(40)])
    await control("limits", enabled=True)
    answers = [await send() for _ in range(7)]
    refused = [answer for answer in answers if not answer["ok"]]
    assert refused
    assert refused[0]["error_code"] == 429
    seconds = refused[0]["parameters"]["retry_after"]
    assert refused[0]["description"] == f"Too Many Requests: retry after {seconds}"


async def test_limits_as_one_likes(web: httpx.AsyncClient, call: Call, control: Call, ama: int) -> None:
    usual = {"per_second": 30, "per_chat_second": 1, "chat_burst": 5, "per_group_minute": 20}
    assert (await web.get("/sandbox/limits")).json() == {"enabled": False, **usual}
    chosen = await control("limits", enabled=True, per_chat_second=0.01, chat_burst=1)
    assert chosen == {"enabled": True, **usual, "per_chat_second": 0.01, "chat_burst": 1}
    first, second = [await call("sendMessage", chat_id=ama, text="A") for _ in range(2)]
    assert first["ok"]
    assert second["error_code"] == 429
    assert second["parameters"]["retry_after"] == 100
    assert second["description"] == "Too Many Requests: retry after 100"


async def test_the_wait_is_over_when_the_clock_is_moved(call: Call, control: Call, ama: int) -> None:
    await control("clock", frozen=True)
    await control("limits", enabled=True, per_chat_second=0.001, chat_burst=1)
    assert [(await call("sendMessage", chat_id=ama, text="A"))["ok"] for _ in range(2)] == [True, False]
    await control("clock", advance=1001)
    assert (await call("sendMessage", chat_id=ama, text="A"))["ok"]


@pytest.mark.parametrize("body", [{}, {"enabled": True, "per_second": 0}, {"enabled": True, "chat_burst": "many"}])
async def test_limits_that_make_no_sense(body: Json, web: httpx.AsyncClient) -> None:
    assert (await web.post("/sandbox/limits", json=body)).status_code == 400
