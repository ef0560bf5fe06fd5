"""Telegram's sending limits as token buckets: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.

Off unless switched on by the control interface. They run in real time: moving the clock refills nothing.
"""

import math
from dataclasses import dataclass, field

from sandbox.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` calls at once, `per_second` in the long run."""

    per_second: float
    burst: float


OVERALL = Rate(per_second=30, burst=30)
PER_CHAT = Rate(per_second=1, burst=5)
PER_GROUP = Rate(per_second=20 / 60, burst=20)


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


@dataclass(slots=True)
class Limits:
    """The buckets of every bot and chat."""

    enabled: bool = False
    _buckets: dict[tuple[int, int | None], _Bucket] = field(default_factory=dict)

    def spend(self, bot_id: int, chat_id: int, at: float) -> None:
        """Account for one message of a bot to a chat; `at` is the time in real seconds, from any beginning.

        Raises:
            BotApiError: 429 with the seconds to wait; nothing is spent then.
        """
        if not self.enabled:
            return
        wanted = (
            self._filled((bot_id, None), OVERALL, at),
            self._filled((bot_id, chat_id), PER_GROUP if chat_id < 0 else PER_CHAT, at),
        )
        waits = [(1 - bucket.tokens) / rate.per_second for bucket, rate in wanted if bucket.tokens < 1]
        if waits:
            raise too_many_requests(math.ceil(max(waits)))
        for bucket, _ in wanted:
            bucket.tokens -= 1

    def _filled(self, key: tuple[int, int | None], rate: Rate, moment: float) -> tuple[_Bucket, Rate]:
        bucket = self._buckets.setdefault(key, _Bucket(rate.burst, moment))
        bucket.tokens = min(rate.burst, bucket.tokens + (moment - bucket.filled_at) * rate.per_second)
        bucket.filled_at = moment
        return bucket, rate
