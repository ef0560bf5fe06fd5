"""Telegram's sending limits as token buckets: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.

Off unless switched on by the control interface. They run in real time, so that a clock that stands still keeps no bot
waiting for ever; a clock that was moved ahead counts as time gone by.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class Rates:
    """How many messages a bot may send: over all, to one person (`chat_burst` of them at once), to one group."""

    per_second: float = 30.0
    per_chat_second: float = 1.0
    chat_burst: float = 5.0
    per_group_minute: float = 20.0


@dataclass(slots=True)
class _Bucket:
    """`burst` tokens at most, of which `per_second` come back."""

    per_second: float
    burst: float
    tokens: float
    filled_at: float

    def fill(self, moment: float) -> None:
        self.tokens = min(self.burst, self.tokens + (moment - self.filled_at) * self.per_second)
        self.filled_at = moment

    @property
    def wait(self) -> float:
        """Seconds until there is a token."""
        return max(0.0, (1 - self.tokens) / self.per_second)


@dataclass(slots=True)
class Limits:
    """The buckets of every bot and chat. `ahead` tells how many seconds the sandbox's clock is ahead of real time."""

    enabled: bool = False
    rates: Rates = field(default_factory=Rates)
    ahead: Callable[[], float] = lambda: 0.0
    _furthest: float = 0.0
    _buckets: dict[tuple[int, int | None], _Bucket] = field(default_factory=dict)

    def choose(self, rates: Rates, *, enabled: bool) -> None:
        """Switch the limits on or off, with all buckets full."""
        self.rates, self.enabled = rates, enabled
        self._buckets.clear()

    def spend(self, bot_id: int, chat_id: int, at: float) -> None:
        """Account for one message of a bot to a chat; `at` is the time in real seconds, from any beginning.

        Raises:
            BotApiError: 429 with the seconds to wait; nothing is spent then.
        """
        if not self.enabled:
            return
        # Never backwards: a clock that stands still falls behind real time, second by second.
        self._furthest = max(self._furthest, self.ahead())
        moment = at + self._furthest
        wanted = [self._bucket(bot_id, None, moment), self._bucket(bot_id, chat_id, moment)]
        if wait := max(bucket.wait for bucket in wanted):
            raise too_many_requests(math.ceil(wait))
        for bucket in wanted:
            bucket.tokens -= 1

    def _bucket(self, bot_id: int, chat_id: int | None, moment: float) -> _Bucket:
        key = (bot_id, chat_id)
        if key not in self._buckets:
            per_second, burst = self._rate(chat_id)
            self._buckets[key] = _Bucket(per_second, burst, burst, moment)
        self._buckets[key].fill(moment)
        return self._buckets[key]

    def _rate(self, chat_id: int | None) -> tuple[float, float]:
        rates = self.rates
        if chat_id is None:
            return rates.per_second, max(1.0, rates.per_second)
        if chat_id < 0:
            return rates.per_group_minute / 60, max(1.0, rates.per_group_minute)
        return rates.per_chat_second, max(1.0, rates.chat_burst)
