"""Refreshers: which key messages are due for somebody on an expanding ladder, which come first, and in what words.

After each recall a key message waits for the days of its rung; one that was recalled climbs, one that was missed steps
back. Among those that are due, the ones least likely to be recalled come first. That likelihood is the retrievability
of FSRS (https://github.com/open-spaced-repetition/py-fsrs); it puts messages in order and is never shown to anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256

from fsrs import Card, Rating, Scheduler, State

from conversations.model import Choice, Event, KeyMessage, RecallQuestion


class Grade(StrEnum):
    """How well a key message was recalled."""

    AGAIN = "again"
    HARD = "hard"
    """Rightly, by somebody who was not sure."""
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Memory:
    """One key message as one participant has it in mind, once they have been asked for it.

    It waits on `rung` (from 0) of the ladder until `due` (UTC), None once it is mastered. `stability` (in days) and
    `difficulty` (1 to 10) are the state of FSRS at `reviewed` (UTC), when it was last recalled or missed. `asked` are
    the numbers of the questions that asked for it, the newest last.
    """

    message: str
    rung: int
    due: datetime | None
    stability: float
    difficulty: float
    reviewed: datetime
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One recall question of a nudge: a key message, and which of its questions asks for it.

    `choice` is what was answered, None while nothing was.
    """

    message: str
    question: int
    choice: str | None = None


MOST_ITEMS = 2
"""Recall questions in one nudge."""

_MORE_THAN_RUNGS = 3
"""So many times more than the ladder has rungs a message is asked at most: who misses it again and again by then does
not need one more question, but another way to it. Spaced-repetition software calls such cards leeches."""

_AHEAD = 0.2
"""What is due within this share of its interval, or within a day, may come along with something that is due."""

_A_DAY = timedelta(days=1)
"""Also: answers to the same message within a day, to nudges that were left lying, are one recall and one step up."""


def next_due(event: Event, memories: Iterable[Memory], start: datetime, last_nudge: datetime | None) -> datetime | None:
    """When (UTC) the next nudge of a ladder that began at `start` is due; None when no message is left to ask.

    Nudges of the ladder keep so far apart that they alone stay within the weekly cap.
    """
    going_on = [each for each in ladder(event, memories, start) if _goes_on(event, each)]
    dues = [memory.due for memory in going_on if memory.due is not None]
    if not dues:
        return None
    apart = timedelta(days=-(-7 // event.policy.weekly_cap))
    # Whoever is held back by now may have been asked before.
    due = max(start, min(dues))
    return max(due, last_nudge + apart) if last_nudge is not None else due


def due_items(event: Event, memories: Iterable[Memory], start: datetime, now: datetime) -> tuple[Item, ...]:
    """What a nudge of the ladder asks now: of the messages that are due, the two least likely to be recalled."""
    ripe = [each for each in ladder(event, memories, start) if each.due is not None and _is_ripe(event, each, now)]
    places = {message.name: place for place, message in enumerate(event.messages)}
    ripe.sort(key=lambda each: (_retrievability(each, now), places[each.message]))
    return tuple(item_for(event, each) for each in ripe[:MOST_ITEMS])


def soonest(event: Event, memories: Iterable[Memory], start: datetime) -> tuple[Item, ...]:
    """What the ladder asks next, due or not, for somebody who wants it now; nothing once all is mastered."""
    waiting = [
        (each.due, place, each) for place, each in enumerate(ladder(event, memories, start)) if each.due is not None
    ]
    return tuple(item_for(event, each) for *_, each in sorted(waiting)[:1])


def item_for(event: Event, memory: Memory) -> Item:
    """That message in words that have not come yet, or not for the longest time."""
    message = event.message(memory.message)
    numbers = range(1 if message.measured and len(message.questions) > 1 else 0, len(message.questions))
    last = {number: place for place, number in enumerate(memory.asked)}
    return Item(memory.message, min(numbers, key=lambda number: (last.get(number, -1), number)))


def ladder(event: Event, memories: Iterable[Memory], start: datetime) -> tuple[Memory, ...]:
    """All key messages of the event as somebody has them in mind; one not asked yet as learnt at `start`."""
    known = {memory.message: memory for memory in memories}
    return tuple(known.get(message.name) or learnt(event, message, start) for message in event.messages)


def learnt(event: Event, message: KeyMessage, start: datetime) -> Memory:
    """A key message that was met at `start` and not asked since."""
    card, _ = _scheduler().review_card(Card(card_id=0), Rating.Good, start)
    return Memory(message.name, 0, start + _rung(event, 0), *_state(card), start)


def asked(event: Event, memory: Memory, item: Item, now: datetime) -> Memory:
    """The memory once that question was sent: if it is never answered, the rung's days begin anew."""
    return replace(memory, due=now + _rung(event, memory.rung), asked=(*memory.asked, item.question))


def recalled(event: Event, memory: Memory, grade: Grade, now: datetime) -> Memory:
    """The memory after an answer: recalled, it climbs a rung, and is mastered from the last; missed, it steps back."""
    at = max(now, memory.reviewed)
    card = Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        last_review=memory.reviewed,
    )
    card, _ = _scheduler().review_card(card, _RATINGS[grade], at)
    stability, difficulty = _state(card)
    last = len(event.policy.ladder) - 1  # of a ladder that may have been longer once
    rung = max(min(memory.rung, last) + _STEPS[grade], 0)
    if now - memory.reviewed < _A_DAY:
        rung = min(rung, memory.rung)
    due = None if rung > last else now + _rung(event, rung)
    return replace(memory, rung=rung, due=due, stability=stability, difficulty=difficulty, reviewed=at)


def graded(question: RecallQuestion, choice: str | None, *, sure: bool) -> Grade:
    """How well that answer recalls it; None stands for not knowing."""
    if choice != question.right:
        return Grade.AGAIN
    return Grade.GOOD if sure else Grade.HARD


def options(question: RecallQuestion, nudge: int) -> tuple[Choice, ...]:
    """The recall question's choices in the order that this nudge shows them.

    A stable hash shuffles them, so that what is remembered is the answer and not its place.
    """
    return tuple(sorted(question.choices, key=lambda choice: _place(nudge, choice)))


def is_held_back(event: Event, enrolment: int) -> bool:
    """Whether that enrolment is of those who get no refreshers before the last recall check. It never changes."""
    drawn = sha256(f"held back:{event.code}:{enrolment}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") % 100 < event.policy.hold_back


def _is_ripe(event: Event, memory: Memory, now: datetime) -> bool:
    ahead = now + max(_AHEAD * _rung(event, memory.rung), _A_DAY)
    return memory.due is not None and memory.due <= ahead and _goes_on(event, memory)


def _goes_on(event: Event, memory: Memory) -> bool:
    return len(memory.asked) < len(event.policy.ladder) + _MORE_THAN_RUNGS


def _retrievability(memory: Memory, now: datetime) -> float:
    card = Card(card_id=0, state=State.Review, stability=memory.stability, last_review=memory.reviewed)
    return _scheduler().get_card_retrievability(card, now)


def _rung(event: Event, rung: int) -> timedelta:
    return timedelta(days=event.policy.ladder[min(rung, len(event.policy.ladder) - 1)])


def _place(nudge: int, choice: Choice) -> bytes:
    return sha256(f"{nudge}:{choice.name}".encode()).digest()


def _state(card: Card) -> tuple[float, float]:
    assert card.stability is not None and card.difficulty is not None  # noqa: S101, PT018 # a reviewed card has both
    return card.stability, card.difficulty


@cache
def _scheduler() -> Scheduler:
    # Without steps of minutes and without chance: it keeps the state, the ladder says when.
    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


_RATINGS: Mapping[Grade, Rating] = {Grade.AGAIN: Rating.Again, Grade.HARD: Rating.Hard, Grade.GOOD: Rating.Good}
_STEPS: Mapping[Grade, int] = {Grade.AGAIN: -1, Grade.HARD: 0, Grade.GOOD: 1}
