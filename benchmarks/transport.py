"""``python -m benchmarks.transport``: messages sent a second, over this project's transport and the library's own."""

import argparse
import asyncio
import os
import statistics
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.rounds import TOKEN
from bot.clock import SystemClock
from bot.telegram.transport import AiohttpTransport

CONCURRENCIES = (1, 10, 50)
TRANSPORTS: dict[str, Callable[[], BaseRequest]] = {"HTTPXRequest": HTTPXRequest, "AiohttpTransport": AiohttpTransport}


@dataclass(frozen=True, slots=True)
class Speed:
    """Messages sent a second, and seconds of this process's processor time for each."""

    rate: float
    cpu: float


@asynccontextmanager
async def stub() -> AsyncIterator[str]:
    """The URL of a Bot API in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.stub",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()
        await process.wait()


async def send(request: BaseRequest, url: str, messages: int, concurrency: int) -> Speed:
    """Send that many messages, so many at once, after a few that are not counted."""
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
    async with request:
        await asyncio.gather(*(bot.send_message(77, "warming up") for _ in range(concurrency)))
        remaining = iter(range(messages))

        async def sender() -> None:
            for number in remaining:
                await bot.send_message(77, f"Votre réponse est enregistrée ({number}).")

        clock = SystemClock()
        began, before = clock.elapsed(), own_cpu_seconds()
        await asyncio.gather(*(sender() for _ in range(concurrency)))
        return Speed(messages / (clock.elapsed() - began), (own_cpu_seconds() - before) / messages)


def own_cpu_seconds() -> float:
    """Processor time of this process without its children, user and system."""
    times = os.times()
    return times.user + times.system


async def measure(messages: int, rounds: int) -> dict[tuple[str, int], list[Speed]]:
    """Both transports in turn, at every concurrency, several times over."""
    speeds: dict[tuple[str, int], list[Speed]] = {}
    async with stub() as url:
        for _ in range(rounds):
            for concurrency in CONCURRENCIES:
                for name, transport in TRANSPORTS.items():
                    speed = await send(transport(), url, messages, concurrency)
                    speeds.setdefault((name, concurrency), []).append(speed)
    return speeds


def line(name: str, concurrency: int, speeds: dict[tuple[str, int], list[Speed]]) -> str:
    mine, base = speeds[name, concurrency], speeds["HTTPXRequest", concurrency]
    rates = [each.rate for each in mine]
    ratio = statistics.median(each.rate / other.rate for each, other in zip(mine, base, strict=True))
    cpu_ratio = statistics.median(each.cpu / other.cpu for each, other in zip(mine, base, strict=True))
    span = f"{min(rates):.0f}-{max(rates):.0f}"
    cpu = 1000 * statistics.median(each.cpu for each in mine)
    return (
        f"{concurrency:>7}  {name:<16}  {statistics.median(rates):>7.0f}  {span:>11}  {ratio:>5.2f}"
        f"  {cpu:>6.2f}  {cpu_ratio:>5.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transport", description=__doc__)
    parser.add_argument("--messages", type=int, default=1000, help="sent in each round [1000]")
    parser.add_argument("--rounds", type=int, default=3, help="rounds for each transport and concurrency [3]")
    chosen = parser.parse_args()
    speeds = asyncio.run(measure(chosen.messages, chosen.rounds))
    print(f"{'at once':>7}  {'transport':<16}  {'sends/s':>7}  {'min-max':>11}  ratio  CPU ms  ratio")
    for concurrency in CONCURRENCIES:
        for name in TRANSPORTS:
            print(line(name, concurrency, speeds))


if __name__ == "__main__":
    main()
