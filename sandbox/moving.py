"""Moving the clock without jumping over anything that a bot has to do.

A bot may announce an agenda: when it next has something to do, and up to which version of the clock it has done
everything. A move then goes from one such instant to the next, and waits at each until the bot has followed and the
crowd has fallen silent. Where no bot ever announced anything, the clock jumps at once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sandbox.clock import SandboxClock
from sandbox.errors import ControlError
from sandbox.signals import Signal

SHORTEST_STEP = timedelta(minutes=1)
LONGEST_STEP = timedelta(hours=1)
# After that many steps in a row without a word the bot is taken for gone.
SILENCES_BEFORE_GIVING_UP = 2
# How often, at one instant, bot and crowd may set one another in motion again.
ROUNDS = 100


@dataclass(slots=True)
class Agenda:
    """What the bot said last. `seen` is None as long as no bot follows the clock."""

    next: datetime | None = None
    seen: int | None = None
    changed: Signal = field(default_factory=Signal)

    def announce(self, next_: datetime | None, seen: int) -> None:
        """The bot has done all that was due at version `seen`; `next_` is when it has something to do again."""
        self.next, self.seen = next_, seen
        self.changed.notify()

    def forget(self) -> None:
        """Nobody follows the clock any more."""
        self.next, self.seen = None, None
        self.changed.notify()


class Company(Protocol):
    """Those for whom a move waits besides the bot."""

    async def settle(self, within: float) -> bool:
        """Wait until they are quiet; tells whether they did anything meanwhile."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a move did: `steps` instants were visited, `silent` is how often the bot did not answer in time.

    `stopped` tells whether it was told to stop before it arrived.
    """

    now: datetime
    steps: int = 0
    silent: int = 0
    stopped: bool = False


class Beat:
    """The pace of a play: at which real time it may be at which instant, however many stops there are."""

    def __init__(self, start: datetime, target: datetime, seconds: float, pause: float) -> None:
        self._start = start
        self._target = target
        self._seconds = seconds
        self._pause = pause
        self._began = asyncio.get_running_loop().time()

    def horizon(self) -> datetime:
        """How far the next step may go at most, so that the clock is seen to run."""
        share = min(1.0, (self._elapsed() + self._pause) / self._seconds)
        return self._start + (self._target - self._start) * share

    def wait_for(self, instant: datetime) -> float:
        """Real seconds to wait until it is time for that instant; 0 when the play is late."""
        share = (instant - self._start) / (self._target - self._start)
        return max(0.0, share * self._seconds - self._elapsed())

    def _elapsed(self) -> float:
        return asyncio.get_running_loop().time() - self._began


class Mover:
    """Makes one move at a time."""

    def __init__(
        self,
        clock: SandboxClock,
        agenda: Agenda,
        crowd: Company,
        report: Callable[[], None],
        patience: float,
        beat: float,
    ) -> None:
        self._clock = clock
        self._agenda = agenda
        self._crowd = crowd
        self._report = report
        self._turn = asyncio.Lock()
        self._stops = 0
        self._stopping = Signal()
        self._beat = beat
        self.patience = patience
        self.target: datetime | None = None
        self.playing = False

    @property
    def idle(self) -> bool:
        """Whether no move is under way."""
        return not self._turn.locked()

    def stop(self) -> None:
        """End the move under way at its next step, and those that wait for their turn before they begin."""
        self._stops += 1
        self._stopping.notify()

    async def to(self, target: datetime) -> Move:
        """Move to an instant. One in the past is reached at once: nothing falls due on the way back."""
        stops = self._stops
        async with self._turn, self._standing(target):
            if target <= self._clock.now():
                self._clock.set(target)
                return Move(target, 1)
            return await self._walk(target, stops)

    async def advance(self, by: timedelta) -> Move:
        """Move on by a length of time, counted from when the moves before this one are over.

        Raises:
            ControlError: the clock does not go so far.
        """
        stops = self._stops
        async with self._turn:
            target = self._clock.after(by)
            async with self._standing(target):
                return await self._walk(target, stops)

    async def to_next(self) -> Move:
        """Move to what the bot has to do next, if it announced anything that lies ahead."""
        stops = self._stops
        async with self._turn, self._standing(None):
            await self._catch_up()
            target = self._agenda.next
            if target is None or target <= self._clock.now():
                return Move(self._clock.now())
            self.target = target
            return await self._walk(target, stops)

    async def play(self, by: timedelta, seconds: float) -> Move:
        """Move on by `by` in about so many real seconds: it takes longer only where the bot does.

        Raises:
            ControlError: the clock does not go so far; 409, while another move or play is under way.
        """
        if not self.idle:
            raise ControlError("the clock is moving already: stop that first", 409)
        stops = self._stops
        async with self._turn:
            start, target = self._clock.now(), self._clock.after(by)
            self.playing = True
            try:
                async with self._standing(target):
                    return await self._walk(target, stops, Beat(start, target, seconds, self._beat))
            finally:
                self.playing = False
                self._report()

    async def freeze(self, *, frozen: bool) -> None:
        """Let time stand still, or run again."""
        async with self._turn:
            if frozen and not self._clock.frozen:
                self._clock.freeze()
            elif not frozen and self._clock.frozen:
                self._clock.resume()

    @asynccontextmanager
    async def _standing(self, target: datetime | None) -> AsyncIterator[None]:
        """Time stands still between the steps and goes on afterwards, if it ran before."""
        ran = not self._clock.frozen
        if ran:
            self._clock.freeze()
        self.target = target
        self._report()
        try:
            yield
        finally:
            self.target = None
            if ran:
                self._clock.resume()
            self._report()
        if ran:
            await self._followed()

    async def _walk(self, target: datetime, stops: int, beat: Beat | None = None) -> Move:
        """From stop to stop; with `beat` in its pace. Ends early when `stop` was called since `stops` was read."""
        steps = silent = silences = 0
        stride = SHORTEST_STEP
        await self._catch_up()
        while self._clock.now() < target and self._stops == stops:
            before = self._agenda.next
            instant, stride = self._next_instant(min(target, beat.horizon()) if beat else target, stride)
            if beat:
                if await self._stopping.until(lambda: self._stops != stops, beat.wait_for(instant)):
                    break
                # People may have done something meanwhile of which something earlier came up.
                instant, _ = self._next_instant(instant, SHORTEST_STEP)
            self._clock.set(instant)
            self._report()
            steps += 1
            heard = await self._catch_up()
            silences = 0 if heard else silences + 1
            silent += not heard
            if silences >= SILENCES_BEFORE_GIVING_UP:
                self._agenda.forget()
            if self._agenda.next != before:
                stride = SHORTEST_STEP
        return Move(self._clock.now(), steps, silent, stopped=self._clock.now() < target)

    def _next_instant(self, target: datetime, stride: timedelta) -> tuple[datetime, timedelta]:
        """The next stop. Where the bot does not get on with what was due, the strides grow: no endless loop."""
        now, due = self._clock.now(), self._agenda.next
        if self._agenda.seen is None or due is None:
            return target, SHORTEST_STEP
        if due > now:
            return min(due, target), SHORTEST_STEP
        return min(now + stride, target), min(stride * 2, LONGEST_STEP)

    async def _catch_up(self) -> bool:
        """Wait for the bot and the crowd. When the crowd did something, the bot's agenda may be another one."""
        for _ in range(ROUNDS):
            if self._agenda.seen is not None:
                self._clock.touch()
            if not await self._followed():
                return False
            if not await self._crowd.settle(self.patience):
                break
        return True

    async def _followed(self) -> bool:
        version = self._clock.version
        return await self._agenda.changed.until(
            lambda: self._agenda.seen is None or self._agenda.seen >= version, self.patience
        )
