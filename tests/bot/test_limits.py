"""The pace of sending: in no window of time more than the platform allows, and no longer waits than it asks for."""

import pytest

from bot.limits import CHAT_BURST, GROUP_PER_MINUTE, Bucket, Limits
from tests.bot.virtual_clock import VirtualClock

Sendings = list[tuple[int, float]]
TINY = 1e-6


class Sender:
    """Sends to chats under the limits, and writes down when."""

    def __init__(self, per_second: int = 30, chat_per_second: int = 1) -> None:
        self.clock = VirtualClock()
        self.limits = Limits(self.clock, per_second, chat_per_second)
        self.sent: Sendings = []

    async def to(self, chat: int, messages: int, *, group: bool = False, edit: bool = False) -> None:
        for _ in range(messages):
            await self.limits.clear(chat, group=group, edit=edit)
            self.sent.append((chat, self.clock.elapsed()))

    def times(self, chat: int | None = None) -> list[float]:
        return sorted(at for to, at in self.sent if chat in {None, to})


def worst(times: list[float], window: float) -> int:
    """The most sendings in any window of that many seconds."""
    return max(sum(start <= at < start + window - TINY for at in times) for start in times)


@pytest.mark.parametrize("window", [1, 2, 5, 10])
async def test_all_chats_together(window: int) -> None:
    sender = Sender()
    await sender.clock.run(*(sender.to(chat, 1) for chat in range(450)))
    # A bucket of one second's worth, which is filled again while it empties.
    assert worst(sender.times(), window) <= 30 * window + 30
    steady = [at for at in sender.times() if at > 1]
    assert worst(steady, window) <= 30 * window
    assert sender.times()[-1] == pytest.approx(14, abs=0.1), "and not slower than allowed"


@pytest.mark.parametrize("window", [1, 3, 10])
async def test_one_private_chat(window: int) -> None:
    sender = Sender()
    await sender.clock.run(sender.to(7, 20))
    assert worst(sender.times(), window) <= CHAT_BURST + window
    assert sender.times()[CHAT_BURST - 1] == 0.0
    assert sender.times()[-1] == pytest.approx(20 - CHAT_BURST)


async def test_one_group() -> None:
    sender = Sender()
    await sender.clock.run(sender.to(-7, 60, group=True))
    assert worst(sender.times(), 60) <= 2 * GROUP_PER_MINUTE
    assert worst([at for at in sender.times() if at > 0], 60) <= GROUP_PER_MINUTE
    assert sender.times()[-1] == pytest.approx(120)


async def test_a_full_chat_holds_up_nobody_else() -> None:
    sender = Sender()
    await sender.clock.run(sender.to(1, 30), *(sender.to(chat, 1) for chat in range(2, 22)))
    assert all(sender.times(chat)[-1] < 1 for chat in range(2, 22))


async def test_edits_count_for_all_together_but_not_for_their_chat() -> None:
    sender = Sender()
    await sender.clock.run(sender.to(1, 60, edit=True))
    assert sender.times()[29] == 0.0
    assert sender.times()[-1] == pytest.approx(1, abs=0.1)


async def test_a_pause_of_one_chat_leaves_the_others_alone() -> None:
    sender = Sender()
    sender.limits.pause(1, 40)
    await sender.clock.run(sender.to(1, 2), sender.to(2, 2))
    assert sender.times(1)[0] == 40.0
    assert sender.times(2)[-1] == 0.0


async def test_pauses_of_two_chats_mean_everybody() -> None:
    sender = Sender()
    sender.limits.pause(1, 40)
    sender.limits.pause(2, 25)
    await sender.clock.run(sender.to(1, 1), sender.to(2, 1), sender.to(3, 1))
    assert [sender.times(chat) for chat in (1, 2, 3)] == [[40.0], [25.0], [25.0]]


async def test_a_pause_that_is_over_counts_no_more() -> None:
    sender = Sender()
    sender.limits.pause(1, 5)
    await sender.clock.run(sender.clock.sleep(6))
    sender.limits.pause(2, 30)
    await sender.clock.run(sender.to(3, 1))
    assert sender.times(3) == [6.0]


async def test_whoever_waits_for_a_turn_obeys_a_pause_that_comes_meanwhile() -> None:
    sender = Sender()

    async def all_are_told_to_wait() -> None:
        await sender.clock.sleep(2.01)
        sender.limits.pause(1, 30)
        sender.limits.pause(2, 30)

    await sender.clock.run(all_are_told_to_wait(), *(sender.to(chat, 1) for chat in range(300)))
    assert not any(2.01 < at < 32.01 - TINY for at in sender.times())
    assert len(sender.sent) == 300
    after = [at for at in sender.times() if at > 32]
    assert worst(after, 1) <= 60, "and they do not all come at once when it is over"


async def test_memory_does_not_grow_with_people() -> None:
    sender = Sender(per_second=1_000_000)
    for start in range(0, 10_000, 100):
        await sender.clock.run(*(sender.to(chat, 1) for chat in range(start, start + 100)))
        await sender.clock.run(sender.clock.sleep(2))
    assert len(sender.limits._chats) <= 1_000


async def test_those_who_talk_do_not_wait_behind_a_burst_of_nudges() -> None:
    sender = Sender(per_second=30)
    answered: list[float] = []

    async def nudge(chat: int) -> None:
        await sender.limits.clear(chat, bulk=True)

    async def talk() -> None:
        await sender.clock.sleep(5)
        await sender.limits.clear(9_999)
        answered.append(sender.clock.elapsed())

    await sender.clock.run(talk(), *(nudge(chat) for chat in range(600)))
    assert answered[0] < 5.2
    assert sender.clock.elapsed() >= 29, "600 nudges take half a minute at two thirds of the pace"


def test_a_bucket_that_stood_still_is_not_fuller_than_full() -> None:
    bucket = Bucket(interval=1.0, size=3)
    waits = [bucket.reserve(now) for now in (1000.0,) * 5]
    assert waits == [0.0, 0.0, 0.0, 1.0, 2.0]
