"""How fast a platform lets a bot write.

Telegram's rules (Bots FAQ, "My bot is hitting limits"): about 30 messages a second over all chats, about one a second
in one chat with short bursts, 20 a minute in one group. Edits count for the first of the three alone.

Each limit is a token bucket kept as one number, the time at which it will be full again (the generic cell rate
algorithm, ITU-T I.371): whoever comes reserves a place and sleeps once, however many others wait.
"""

from dataclasses import dataclass, field

from bot.clock import Clock

BULK_SHARE = 2 / 3
"""How much of the overall pace nudges and digests may take: the rest is for those who are talking right now."""

CHAT_BURST = 4
"""Messages in one chat that may follow at once; an answered question and the next one are two."""

GROUP_PER_MINUTE = 20
_FEW = 1_000


@dataclass(slots=True)
class Bucket:
    """`size` messages at once, then one every `interval` seconds."""

    interval: float
    size: int
    full_at: float = 0.0

    def reserve(self, now: float) -> float:
        """Seconds to wait for the place just reserved."""
        self.full_at = max(self.full_at, now) + self.interval
        return max(0.0, self.full_at - self.size * self.interval - now)


@dataclass(slots=True)
class Limits:
    """The pace of all sending. `clear` waits for its turn; `pause` obeys a platform that said how long."""

    clock: Clock
    per_second: int
    chat_per_second: int = 1
    _overall: Bucket = field(init=False)
    _bulk: Bucket = field(init=False)
    _chats: dict[int, Bucket] = field(default_factory=dict)
    _paused: dict[int, float] = field(default_factory=dict)
    _all_paused_until: float = 0.0
    _kept: int = _FEW

    def __post_init__(self) -> None:
        self._overall = Bucket(1 / self.per_second, self.per_second)
        bulk = self.per_second * BULK_SHARE
        self._bulk = Bucket(1 / bulk, max(1, round(bulk / 10)))

    async def clear(self, chat: int, *, group: bool = False, edit: bool = False, bulk: bool = False) -> None:
        """Return when one message, or one edit, may go to this chat; `bulk` is what nobody waits for."""
        if not edit:
            await self._wait(self._bucket(chat, group=group).reserve(self.clock.elapsed()))
        if bulk:
            await self._wait(self._bulk.reserve(self.clock.elapsed()))
        while True:
            while (paused := self._paused_for(chat)) > 0:
                await self.clock.sleep(paused)
            await self._wait(self._overall.reserve(self.clock.elapsed()))
            # The platform may have asked for a pause meanwhile: hundreds can wait here for their turn.
            if self._paused_for(chat) <= 0:
                return

    def pause(self, chat: int, seconds: float) -> None:
        """The platform asked for a pause. When it asks for several chats at once, it means everybody."""
        now = self.clock.elapsed()
        self._paused = {each: until for each, until in self._paused.items() if until > now}
        if any(each != chat for each in self._paused):
            self._all_paused_until = max(self._all_paused_until, now + seconds)
        self._paused[chat] = now + seconds

    def _bucket(self, chat: int, *, group: bool) -> Bucket:
        if chat not in self._chats:
            if len(self._chats) >= self._kept:
                # A full bucket is like none: memory follows who is being written to, not how many there ever were.
                now = self.clock.elapsed()
                self._chats = {each: bucket for each, bucket in self._chats.items() if bucket.full_at > now}
                self._kept = max(_FEW, 2 * len(self._chats))
            pace, burst = (GROUP_PER_MINUTE / 60, GROUP_PER_MINUTE) if group else (self.chat_per_second, CHAT_BURST)
            self._chats[chat] = Bucket(1 / pace, burst)
        return self._chats[chat]

    def _paused_for(self, chat: int) -> float:
        return max(self._paused.get(chat, 0.0), self._all_paused_until) - self.clock.elapsed()

    async def _wait(self, seconds: float) -> None:
        if seconds > 0:
            await self.clock.sleep(seconds)
