"""The ladder: what is recalled comes later, what is missed comes sooner, and no more than two things at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.buttons import NOT_KNOWN, Another, Doubt, Go, Move, Open, PassOn, Recall
from conversations.cues import Started, Tapped
from conversations.effects import AskRecall, RecordRecall, Revise, Say, SettleNudge
from conversations.model import Event, KeyMessage, RecallQuestion
from conversations.policy import Reason
from conversations.refreshers import (
    MOST_ITEMS,
    Grade,
    Item,
    Memory,
    asked,
    due_items,
    graded,
    is_held_back,
    item_for,
    ladder,
    learnt,
    next_due,
    options,
    recalled,
)
from conversations.timing import LADDER_NAME, Offset, Policy, TouchpointKind, Unit
from tests.conversations.deeds import somebody_in, tap
from tests.conversations.samples import RIGHTS, WHAT_FIRST, both, distance, event_with, touchpoint
from tests.conversations.world import World

START = datetime(2026, 11, 13, 9, tzinfo=UTC)
DAY = timedelta(days=1)
LADDER = (2, 7, 21, 60, 120, 180)


def message(name: str, questions: int = 3, **more: object) -> KeyMessage:
    asks = tuple(replace(WHAT_FIRST, question=both(f"{name} {number}?")) for number in range(questions))
    return KeyMessage(name, both(f"About {name}."), asks, both("", ""), **more)  # type: ignore[arg-type]


NAMES = ("one", "two", "three", "four", "five")
POLICY = Policy(ladder=LADDER, public_holidays=False)
EVENT: Event = event_with(
    touchpoint(name=LADDER_NAME, offset="0 days", window=distance("5 days")),
    messages=tuple(message(name) for name in NAMES),
    policy=POLICY,
)


def climb(event: Event, memory: Memory, *grades: Grade) -> list[int | None]:
    """The days that each recall is away from the one before, when it comes on its day."""
    days: list[int | None] = []
    for grade in grades:
        assert memory.due is not None
        now = memory.due
        memory = recalled(event, memory, grade, now)
        days.append(None if memory.due is None else (memory.due - now).days)
    return days


def test_the_ladder_expands_with_every_recall_until_it_is_mastered() -> None:
    memory = learnt(EVENT, EVENT.messages[0], START)
    assert memory.due == START + 2 * DAY
    assert climb(EVENT, memory, *[Grade.GOOD] * 6) == [7, 21, 60, 120, 180, None]


def test_a_miss_steps_back_and_a_doubt_stays() -> None:
    memory = learnt(EVENT, EVENT.messages[0], START)
    assert climb(EVENT, memory, Grade.GOOD, Grade.GOOD, Grade.AGAIN, Grade.HARD, Grade.GOOD) == [7, 21, 7, 7, 21]
    assert climb(EVENT, memory, Grade.AGAIN, Grade.AGAIN) == [2, 2], "below the first rung there is none"


def test_a_pack_may_set_its_own_ladder() -> None:
    event = replace(EVENT, policy=replace(POLICY, ladder=(3, 14)))
    assert climb(event, learnt(event, event.messages[0], START), Grade.GOOD, Grade.GOOD) == [14, None]


@given(st.lists(st.sampled_from(Grade), max_size=40))
def test_whatever_is_answered_the_state_stays_sound(grades: list[Grade]) -> None:
    memory = learnt(EVENT, EVENT.messages[0], START)
    for grade in grades:
        if memory.due is None:
            return
        memory = recalled(EVENT, memory, grade, memory.due)
        assert 0 <= memory.rung <= len(LADDER)
        assert 0 < memory.stability < 36_500
        assert 1 <= memory.difficulty <= 10


def test_an_answer_that_bears_an_earlier_time_does_no_harm() -> None:
    memory = replace(learnt(EVENT, EVENT.messages[0], START), reviewed=START + 9 * DAY)
    assert recalled(EVENT, memory, Grade.GOOD, START + DAY).reviewed == START + 9 * DAY


@pytest.mark.parametrize(
    ("choice", "sure", "grade"),
    [
        ("rights", True, Grade.GOOD),
        ("rights", False, Grade.HARD),
        ("money", True, Grade.AGAIN),
        (None, True, Grade.AGAIN),
    ],
)
def test_how_an_answer_is_graded(choice: str | None, sure: bool, grade: Grade) -> None:
    assert graded(WHAT_FIRST, choice, sure=sure) is grade


def test_the_least_likely_to_be_recalled_come_first_and_two_at_most() -> None:
    now = START + 30 * DAY
    strong = replace(learnt(EVENT, EVENT.messages[0], START), stability=300.0)
    weak = replace(learnt(EVENT, EVENT.messages[3], START), stability=0.5)
    items = due_items(EVENT, (strong, weak), START, now)
    assert [each.message for each in items] == ["four", "two"]
    assert len(items) == MOST_ITEMS


def test_what_is_not_due_waits_but_what_is_nearly_due_comes_along() -> None:
    now = START + 20 * DAY
    far, near, due = (learnt(EVENT, each, START) for each in EVENT.messages[:3])
    memories = (
        replace(far, rung=2, due=now + 15 * DAY),
        replace(near, rung=2, due=now + 4 * DAY),
        replace(due, rung=2, due=now),
        *(replace(learnt(EVENT, each, START), due=None) for each in EVENT.messages[3:]),
    )
    assert {each.message for each in due_items(EVENT, memories, START, now)} == {"two", "three"}


def test_no_text_comes_twice_while_there_are_others() -> None:
    memory = learnt(EVENT, EVENT.messages[0], START)
    numbers = []
    for turn in range(6):
        item = item_for(EVENT, memory)
        numbers.append(item.question)
        memory = asked(EVENT, memory, item, START + turn * DAY)
    assert numbers == [0, 1, 2, 0, 1, 2], "and then the one that came longest ago"


def test_the_question_of_the_recall_checks_is_kept_for_them() -> None:
    event = replace(EVENT, messages=(message("one", measured=True), message("two", questions=1, measured=True)))
    first, second = (item_for(event, learnt(event, each, START)) for each in event.messages)
    assert first == Item("one", 1)
    assert second == Item("two", 0), "where there is no other one it has to do"


def test_nudges_of_the_ladder_alone_keep_to_the_weekly_cap() -> None:
    for cap, days in ((1, 7), (2, 4), (3, 3), (7, 1)):
        event = replace(EVENT, policy=replace(POLICY, weekly_cap=cap))
        assert next_due(event, (), START, START + 2 * DAY) == START + (2 + days) * DAY


def test_everything_mastered_ends_the_ladder() -> None:
    done = tuple(replace(each, due=None) for each in ladder(EVENT, (), START))
    assert next_due(EVENT, done, START, None) is None
    assert due_items(EVENT, done, START, START + 100 * DAY) == ()


def test_the_hold_back_group_is_drawn_once_and_for_all() -> None:
    event = replace(EVENT, policy=replace(POLICY, hold_back=20))
    drawn = [is_held_back(event, enrolment) for enrolment in range(5000)]
    assert 900 < sum(drawn) < 1100
    assert drawn == [is_held_back(event, enrolment) for enrolment in range(5000)]
    assert not any(is_held_back(EVENT, enrolment) for enrolment in range(1000))


# From here on it is a person who is nudged.


def live(world: World, days: int, *, right: bool | None = True) -> list[Item]:
    """Days go by, and whatever comes is answered at once: rightly, wrongly, or (None) not at all."""
    seen: list[Item] = []
    for _ in range(days * 24):
        before = len(world.sent)
        world.time_passes(timedelta(hours=1))
        if len(world.sent) == before:
            continue
        nudge = max(each.id for each in world.nudges.values() if each.items)
        seen += world.nudges[nudge].items
        if right is not None:
            answer(world, nudge, right=right)
    return seen


def answer(world: World, nudge: int, *, right: bool) -> None:
    tap(world, Open(nudge))
    for number, item in enumerate(world.nudges[nudge].items):
        shown = [each.name for each in options(question(item), nudge)]
        tap(world, Recall(nudge, number, shown.index("rights" if right else "money")))
        if number + 1 < len(world.nudges[nudge].items):
            tap(world, Another(nudge))


def question(item: Item) -> RecallQuestion:
    return EVENT.message(item.message).questions[item.question]


def test_a_year_of_somebody_who_recalls_everything_thins_out() -> None:
    world = somebody_in(EVENT)
    live(world, 380)
    months = [sum(1 for each in world.sent if (each - START).days // 30 == month) for month in range(12)]
    assert months[0] >= 4
    assert sum(months[6:]) <= 6
    assert len(world.sent) <= 5 * len(LADDER)
    gaps = [later - earlier for earlier, later in zip(world.sent, world.sent[1:], strict=False)]
    assert min(gaps) >= timedelta(hours=20)


def test_somebody_who_misses_is_asked_more_often_but_never_above_the_cap() -> None:
    knows, misses = somebody_in(EVENT), somebody_in(EVENT)
    live(knows, 200)
    live(misses, 200, right=False)
    assert len(misses.sent) > len(knows.sent)
    for number, start in enumerate(misses.sent):
        assert sum(1 for each in misses.sent[number:] if each - start < timedelta(days=7)) <= 2


def test_somebody_who_never_reacts_is_left_more_and_more_in_peace() -> None:
    world = somebody_in(EVENT)
    live(world, 365, right=None)
    gaps = [(later - earlier).days for earlier, later in zip(world.sent, world.sent[1:], strict=False)]
    assert gaps[1:4] == sorted(gaps[1:4])
    assert all(gap >= 55 for gap in gaps[5:])
    assert len(world.sent) <= 12


def test_the_ladder_ends_with_the_horizon() -> None:
    event = replace(EVENT, policy=replace(POLICY, horizon=Offset(30, Unit.DAYS)))
    world = somebody_in(event)
    live(world, 120)
    assert max(world.sent) <= world.enrolments["small"].joined + 36 * DAY
    assert not any(each.pending for each in world.nudges.values())


def test_whoever_is_held_back_gets_none_before_the_last_check() -> None:
    check = touchpoint(TouchpointKind.SURVEY, "recall_check", "30 days")
    world = somebody_in(replace(EVENT, policy=replace(POLICY, hold_back=100), schedule=(*EVENT.schedule, check)))
    refreshers = [each for each in world.nudges.values() if each.kind is TouchpointKind.REFRESHER]
    assert [each.due >= world.now + 36 * DAY for each in refreshers] == [True]
    none = somebody_in(replace(EVENT, policy=replace(POLICY, hold_back=100)))
    assert none.nudges == {}, "without a check there is nothing to compare, and nothing is sent"


@pytest.fixture
def nudged() -> tuple[World, int]:
    """Somebody to whom two recall questions have just been sent, and the nudge."""
    world = somebody_in(EVENT)
    while not world.sent:
        world.time_passes(timedelta(hours=1))
    [nudge] = [each.id for each in world.nudges.values() if each.items]
    return world, nudge


def test_two_questions_one_after_the_other(nudged: tuple[World, int]) -> None:
    world, nudge = nudged
    assert len(world.nudges[nudge].items) == 2
    tap(world, Open(nudge))
    assert "From memory" in world.said[-1]
    tap(world, Recall(nudge, 0, 0))
    assert Another(nudge) in world.buttons
    assert [type(each) for each in tap(world, Another(nudge))][-1] is Say
    tap(world, Recall(nudge, 1, NOT_KNOWN))
    assert world.said[-1].startswith(question(world.nudges[nudge].items[1]).question.en)
    assert "Here is the answer" in world.said[-1]
    for again in (Open(nudge), Another(nudge), Recall(nudge, 0, 1), Recall(nudge, 1, 0)):
        tap(world, again)
        assert world.toasts[-1] == "You have answered this one already. Thank you!"


def test_doubt_is_a_box_to_tick_before_the_answer(nudged: tuple[World, int]) -> None:
    world, nudge = nudged
    tap(world, Open(nudge))
    tap(world, Doubt(nudge, 0, sure=False))
    right = [each.name for each in options(question(world.nudges[nudge].items[0]), nudge)].index("rights")
    assert Recall(nudge, 0, right, sure=False) in world.buttons
    [record] = [each for each in tap(world, Recall(nudge, 0, right, sure=False)) if isinstance(each, RecordRecall)]
    assert (record.right, record.sure, record.memory.rung) == (True, False, 0)


def test_passing_on_gives_the_message_and_its_card_and_nothing_of_the_bot(nudged: tuple[World, int]) -> None:
    world, nudge = nudged
    tap(world, Open(nudge))
    tap(world, Recall(nudge, 0, 0))
    assert PassOn(nudge, 0) in world.buttons
    [said] = [each for each in tap(world, PassOn(nudge, 0)) if isinstance(each, Say)]
    text = EVENT.message(world.nudges[nudge].items[0].message).text
    assert [each.words for each in said.message.paragraphs] == [text]
    assert [each.text for each in said.message.cards] == [text]
    assert said.message.keyboard == ()


def test_what_is_sensitive_is_passed_on_only_after_a_word_of_caution() -> None:
    world = somebody_in(replace(EVENT, messages=(replace(RIGHTS, sensitive=True),)))
    while not world.sent:
        world.time_passes(timedelta(hours=1))
    [nudge] = [each.id for each in world.nudges.values() if each.items]
    tap(world, Open(nudge))
    tap(world, Recall(nudge, 0, 0))
    [said] = [each for each in tap(world, PassOn(nudge, 0)) if isinstance(each, Say)]
    assert said.message.cards == ()
    assert RIGHTS.text.en not in world.said[-1]
    [said] = [each for each in tap(world, PassOn(nudge, 0, warned=True)) if isinstance(each, Say)]
    assert said.message.cards


@pytest.mark.parametrize("button", [Recall(1, 7, 0), Recall(1, 0, 50), Doubt(1, 9, sure=False), PassOn(1, 5)])
def test_forged_numbers_change_nothing(nudged: tuple[World, int], button: Recall | Doubt | PassOn) -> None:
    world, nudge = nudged
    before = world.conversation, dict(world.memories)
    effects = world.happens(Tapped(replace(button, nudge=nudge))).effects
    assert not any(isinstance(each, RecordRecall | Revise | Say) for each in effects)
    assert (world.conversation, dict(world.memories)) == before


def test_a_nudge_with_nothing_left_to_ask_is_held_back_and_the_next_one_is_planned() -> None:
    world = somebody_in(EVENT)
    [nudge] = world.nudges
    start = world.enrolments["small"].joined
    late = {("small", each.message): replace(each, due=start + 90 * DAY) for each in ladder(EVENT, (), start)}
    world.memories = late
    world.time_passes(3 * DAY)
    assert world.settled[nudge][0] is Reason.NOTHING_LEFT
    assert world.sent == []
    assert [each.due.date() for each in world.nudges.values() if each.pending] == [(start + 90 * DAY).date()]


def test_a_nudge_that_did_not_leave_asks_the_same_when_it_does(nudged: tuple[World, int]) -> None:
    world, nudge = nudged
    items = world.nudges[nudge].items
    world.nudges[nudge] = replace(world.nudges[nudge], pending=True)
    world.sent.clear()
    effects = world.happens(Tapped(None)).effects
    assert effects
    world.nudges[nudge] = replace(world.nudges[nudge], due=world.now + DAY)
    world.time_passes(DAY)
    assert world.nudges[nudge].items == items
    assert not world.nudges[nudge].pending
    assert not any(isinstance(each, AskRecall | SettleNudge) for each in effects)


def test_a_message_that_is_missed_again_and_again_is_left_at_that() -> None:
    world = somebody_in(EVENT)
    live(world, 365, right=False)
    asked_for = [len(memory.asked) for memory in world.memories.values()]
    assert asked_for == [len(LADDER) + 3] * len(NAMES)
    assert not any(each.pending for each in world.nudges.values())


def test_a_ladder_that_was_shortened_masters_nobody_who_misses() -> None:
    event = replace(EVENT, policy=replace(POLICY, ladder=(2, 7, 21)))
    memory = replace(learnt(event, event.messages[0], START), rung=5)
    now = START + 60 * DAY
    assert recalled(event, memory, Grade.AGAIN, now).due == now + 7 * DAY
    assert recalled(event, memory, Grade.HARD, now).due == now + 21 * DAY
    assert recalled(event, memory, Grade.GOOD, now).due is None


def test_two_answers_at_once_are_one_step_up() -> None:
    memory = learnt(EVENT, EVENT.messages[0], START)
    once = recalled(EVENT, memory, Grade.GOOD, START + 9 * DAY)
    again = recalled(EVENT, once, Grade.GOOD, START + 9 * DAY + timedelta(minutes=1))
    assert (once.rung, again.rung) == (1, 1)
    assert recalled(EVENT, once, Grade.AGAIN, START + 9 * DAY).rung == 0


def test_whoever_joins_in_the_evening_is_not_passed_over() -> None:
    world = World({1: EVENT}, now=START.replace(hour=16, minute=30))
    world.happens(Started("small"))
    for move in (Move.DONE, Move.YES):
        tap(world, Go(world.conversation.serial, move))
    world.time_passes(2 * DAY)
    assert len(world.sent) == 1
    assert Reason.NOTHING_LEFT not in {reason for reason, _ in world.settled.values()}


def test_the_held_back_get_no_named_refresher_either_and_what_they_were_asked_changes_nothing() -> None:
    check = touchpoint(TouchpointKind.SURVEY, "recall_check", "30 days")
    named = touchpoint(name="one", offset="1 day"), touchpoint(name="one", offset="50 days")
    held = replace(EVENT, policy=replace(POLICY, hold_back=100), schedule=(*EVENT.schedule, *named, check))
    world = somebody_in(held)
    refreshers = [each for each in world.nudges.values() if each.kind is TouchpointKind.REFRESHER]
    assert sorted((each.due - world.now).days for each in refreshers) == [38, 49]
    asked_before = (replace(learnt(held, held.messages[0], START), due=START + 2 * DAY),)
    assert next_due(held, asked_before, START + 37 * DAY, None) == START + 37 * DAY
