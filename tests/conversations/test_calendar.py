"""The calendar: what it tells, and what becomes of each thing that is arranged in it. It is Monday noon in Nairobi."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from conversations.buttons import Arrange, Bring, Button, Often, Omit, Open, Pause, Recall, Shift, Span
from conversations.conversation import Asking, Idle
from conversations.cues import Blocked, Said, Started, Tapped
from conversations.effects import (
    AskRecall,
    Decline,
    MoveNudge,
    OpenResponse,
    Remind,
    Replan,
    Revise,
    SettleNudge,
    SetWishes,
    Toast,
)
from conversations.model import Language, Purpose
from conversations.policy import Pace, Policy, Reason, Wishes
from conversations.scene import ResponseState
from conversations.timing import LADDER_NAME, TouchpointKind
from tests.conversations.deeds import begin_survey, choose, move, says, somebody_in, tap
from tests.conversations.samples import NOW, distance, event_with, question, survey, touchpoint
from tests.conversations.world import World

DAY = timedelta(days=1)
REFRESHER = touchpoint(window=distance("2 days"))
AFTER = touchpoint(
    TouchpointKind.SURVEY, "after", "8 days", closes=distance("30 days"), reminders=(distance("2 days"),)
)
QUESTIONS = survey(question("used"), question("why"))
WORKING = Policy(public_holidays=False)
EVENT = event_with(REFRESHER, AFTER, surveys=(QUESTIONS,), policy=WORKING)
LADDER = event_with(touchpoint(name=LADDER_NAME, offset="0 days"), code="ladder", policy=WORKING)
SURVEY_LINE, REFRESHER_LINE = "Tuesday, 24 November 2026: After the event", "a question to refresh your memory"


@pytest.fixture
def world() -> World:
    return somebody_in(EVENT)


@pytest.fixture
def climber() -> World:
    """Somebody on a ladder, whose first question is due on Wednesday."""
    return somebody_in(LADDER)


def number_of(world: World, kind: TouchpointKind) -> int:
    """The id of the one thing of that kind that is still to come."""
    [found] = [each.id for each in world.nudges.values() if each.pending and each.kind is kind]
    return found


def calendar(world: World) -> str:
    return says(world, "/calendar")


def offered(world: World) -> list[Button]:
    """The buttons of the calendar as it is now."""
    before = len(world.buttons)
    calendar(world)
    return world.buttons[before:]


def assert_stale(world: World, button: Button) -> None:
    nudges, wishes, conversation = dict(world.nudges), world.wishes, world.conversation
    assert [type(each) for each in tap(world, button)] == [Toast]
    assert world.toasts[-1].startswith("This button is not in use any more")
    assert (world.nudges, world.wishes, world.conversation) == (nudges, wishes, conversation)


def test_what_is_coming_stands_in_its_order_with_its_day(world: World) -> None:
    told = calendar(world)
    first, second = told.index(f"1. Thursday, 19 November 2026: {REFRESHER_LINE}"), told.index(f"2. {SURVEY_LINE}")
    assert first < second
    assert "Small event" not in told, "of which event it is, is nobody's business but that of somebody in several"
    assert "Rights" not in told
    assert "rights" not in told
    refresher, after = number_of(world, TouchpointKind.REFRESHER), number_of(world, TouchpointKind.SURVEY)
    assert offered(world) == [
        *(Arrange(refresher), Arrange(after)),
        *(Pause(Span.WEEK), Pause(Span.DATE)),
        *(Often(Pace.LESS), Often(Pace.MORE)),
    ]


@pytest.mark.parametrize("command", ["/calendar", "calendrier", "AGENDA", "pause", "/agenda"])
def test_it_has_many_names(world: World, command: str) -> None:
    assert says(world, command) == calendar(world)


def test_in_french_with_the_days_in_french(world: World) -> None:
    world.conversation = replace(world.conversation, language=Language.FR)
    told = calendar(world)
    assert "jeudi 19 novembre 2026" in told
    assert "Après la rencontre" in told


def test_at_most_six_things_and_never_what_would_be_held_back() -> None:
    daily = touchpoint(every=distance("1 day"), until=distance("90 days"), window=distance("1 day"))
    told = calendar(somebody_in(event_with(daily, policy=WORKING)))
    assert "6. " in told
    assert "7. " not in told
    # Two a week at most: the others would have to wait for longer than they are worth sending.
    assert [line.split(",")[0] for line in told.splitlines() if line[0:1].isdigit()] == [
        *("1. Thursday", "2. Friday", "3. Thursday", "4. Friday", "5. Thursday", "6. Friday")
    ]


def test_whoever_is_in_nothing_and_whoever_has_nothing_to_come(world: World) -> None:
    assert "not part of any event" in calendar(World({1: EVENT}))
    world.time_passes(60 * DAY)
    for each in world.nudges.values():
        world.nudges[each.id] = replace(each, pending=False, response=ResponseState.COMPLETED)
    assert "Nothing is planned for you at the moment." in calendar(world)
    assert not any(isinstance(each, Arrange) for each in offered(world))


def test_what_they_did_not_agree_to_is_not_listed(world: World) -> None:
    world.enrolments["small"] = replace(world.enrolments["small"], purposes=frozenset({Purpose.SURVEYS}))
    assert REFRESHER_LINE not in calendar(world)
    assert SURVEY_LINE in calendar(world)


def test_whoever_comes_back_from_a_block_sees_it_at_once(world: World) -> None:
    world.happens(Blocked())
    assert SURVEY_LINE in calendar(world)


def test_of_two_events_each_thing_says_which() -> None:
    world = somebody_in(EVENT)
    world.events = {1: EVENT, 2: replace(LADDER, title=replace(LADDER.title, en="Other event"))}
    world.enrolments["ladder"] = replace(world.enrolments["small"], event="ladder", revision=2)
    world._replan("ladder")
    told = calendar(world)
    assert f"1. Wednesday, 18 November 2026: {REFRESHER_LINE} (Other event)" in told
    # Two a week, of all events together: the other refresher would keep the survey waiting, and its time is soon over.
    assert "2. Tuesday, 24 November 2026: After the event (Small event)" in told
    assert "3. " not in told


def test_a_survey_that_waits_comes_first(world: World) -> None:
    world.time_passes(9 * DAY)
    after = next(each.id for each in world.nudges.values() if each.kind is TouchpointKind.SURVEY)
    assert "Waiting for you: After the event" in calendar(world)
    assert offered(world)[0] == Open(after)
    tap(world, Open(after))
    assert isinstance(world.conversation.step, Asking)
    assert "To go on: /continue" in calendar(world)
    assert Open(after) not in offered(world), "it is open already"


def test_one_thing_and_what_can_be_done_with_it(world: World) -> None:
    after = number_of(world, TouchpointKind.SURVEY)
    before = len(world.buttons)
    tap(world, Arrange(after))
    assert world.said[-1].startswith(SURVEY_LINE)
    # Later than the day on which it is due, eight days from now.
    assert world.buttons[before:-1] == [Bring(after), *(Shift(after, days) for days in (11, 15, 22)), Omit(after)]
    tap(world, world.buttons[-1])
    assert SURVEY_LINE in world.said[-1], "and back"


@pytest.mark.parametrize(("days", "day"), [(3, "Thursday, 19 November"), (7, "Monday, 23"), (14, "Monday, 30")])
def test_a_thing_is_moved_to_another_day_at_its_own_time(world: World, days: int, day: str) -> None:
    after = number_of(world, TouchpointKind.SURVEY)
    world.nudges[after] = replace(world.nudges[after], expires=world.nudges[after].due + 2 * DAY)
    effects = tap(world, Shift(after, days))
    due = datetime(2026, 11, 16, 7, 0, tzinfo=UTC) + days * DAY
    assert MoveNudge(after, due, due + 2 * DAY) in effects
    # Thursday has its message already, and a message keeps a day's distance.
    told = "Friday, 20 November" if days == 3 else day
    assert f"Changed: it comes on {told}" in world.said[-1]
    assert tap(world, Shift(after, days))[1] == MoveNudge(after, due, due + 2 * DAY), "twice is once"


def test_a_moved_thing_comes_then(world: World) -> None:
    after = number_of(world, TouchpointKind.SURVEY)
    tap(world, Shift(after, 14))
    world.time_passes(13 * DAY)
    assert world.nudges[after].pending
    world.time_passes(DAY)
    assert world.settled[after][0] is Reason.SENT


def test_nothing_is_moved_to_where_it_would_be_closed() -> None:
    world = somebody_in(event_with(replace(AFTER, closes=distance("3 days")), surveys=(QUESTIONS,)))
    after = number_of(world, TouchpointKind.SURVEY)
    before = len(world.buttons)
    tap(world, Arrange(after))
    offered = [each for each in world.buttons[before:] if isinstance(each, Shift)]
    assert offered == [], "it closes three days after its time"
    assert_stale(world, Shift(after, 14))
    world.nudges[after] = replace(world.nudges[after], expires=world.nudges[after].due + 2 * DAY)
    [moved] = [each for each in tap(world, Shift(after, 7)) if isinstance(each, MoveNudge)]
    assert moved.expires == moved.due + 2 * DAY


def test_where_the_clocks_skip_its_time_it_comes_after_the_gap() -> None:
    # In Paris the night of 28 March 2027 has no half past two.
    paris = event_with(touchpoint(offset="60 days", time=datetime(2027, 1, 1, 2, 30).time()), timezone="Europe/Paris")
    world = World({1: paris}, now=datetime(2027, 3, 25, 12, 0, tzinfo=UTC))
    world.happens(Started("small"))
    for where in ("done", "yes"):
        move(world, where)  # type: ignore[arg-type]
    refresher = number_of(world, TouchpointKind.REFRESHER)
    [moved] = [each for each in tap(world, Shift(refresher, 3)) if isinstance(each, MoveNudge)]
    assert moved.due == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_survey_now(world: World) -> None:
    after = number_of(world, TouchpointKind.SURVEY)
    effects = tap(world, Bring(after))
    assert SettleNudge(after, Reason.SENT) in effects
    assert OpenResponse(after) in effects
    [remind] = [each for each in effects if isinstance(each, Remind)]
    assert [each.due for each in remind.planned] == [NOW + 2 * DAY]
    assert isinstance(world.conversation.step, Asking)
    assert "used" in world.said[-1]
    assert world.sent == [NOW], "it counts among the messages of the week"
    assert_stale(world, Bring(after))


def test_a_survey_now_puts_another_one_aside() -> None:
    first = touchpoint(TouchpointKind.SURVEY, "first", "1 hour", time=None)
    surveys = (QUESTIONS, replace(QUESTIONS, name="first"))
    world = somebody_in(event_with(first, AFTER, surveys=surveys))
    begun = begin_survey(world)
    choose(world, 0)
    carrying = world.conversation.serial
    after = number_of(world, TouchpointKind.SURVEY)
    assert carrying in [each.carrying for each in tap(world, Bring(after)) if isinstance(each, Revise)]
    assert isinstance(world.conversation.step, Asking)
    assert world.conversation.step.nudge == after
    assert world.answers[begun] == {"used": "yes"}


def test_a_question_of_the_ladder_now_and_the_next_one_at_its_distance(climber: World) -> None:
    climbing = number_of(climber, TouchpointKind.REFRESHER)
    assert "1. Wednesday, 18 November 2026" in calendar(climber)
    assert "Further short questions follow from time to time." in climber.said[-1]
    effects = tap(climber, Bring(climbing))
    assert [type(each) for each in effects[:3]] == [SettleNudge, AskRecall, Replan]
    assert "What comes first?" in climber.said[-1]
    tap(climber, next(each for each in climber.buttons if isinstance(each, Recall)))
    following = number_of(climber, TouchpointKind.REFRESHER)
    assert climber.nudges[following].due == datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def test_a_survey_is_left_out(world: World) -> None:
    after = number_of(world, TouchpointKind.SURVEY)
    effects = tap(world, Omit(after))
    assert Decline(after) in effects
    assert SettleNudge(after, Reason.DECLINED) in effects
    assert "Left out" in world.said[-1]
    assert SURVEY_LINE not in calendar(world)
    assert_stale(world, Omit(after))


def test_a_refresher_is_left_out_and_the_ladder_goes_on_from_its_place(world: World, climber: World) -> None:
    refresher = number_of(world, TouchpointKind.REFRESHER)
    assert [type(each) for each in tap(world, Omit(refresher))] == [Toast, SettleNudge, Revise]
    climbing = number_of(climber, TouchpointKind.REFRESHER)
    empty = climber.nudges[climbing].due
    assert Replan("ladder") in tap(climber, Omit(climbing))
    assert "Further short questions follow from time to time." in climber.said[-1]
    following = climber.nudges[number_of(climber, TouchpointKind.REFRESHER)]
    assert following.due == empty + 4 * DAY


def test_a_pause_puts_all_off_and_its_end_brings_it_back(world: World) -> None:
    assert SetWishes(Wishes(paused_until=datetime(2026, 11, 22, 21, 0, tzinfo=UTC))) in tap(world, Pause(Span.WEEK))
    assert "Paused until Monday, 23 November 2026" in world.said[-1]
    assert f"1. Monday, 23 November 2026: {REFRESHER_LINE}" not in world.said[-1], "by then it is not worth sending"
    refresher, after = number_of(world, TouchpointKind.REFRESHER), number_of(world, TouchpointKind.SURVEY)
    world.nudges[refresher] = replace(world.nudges[refresher], expires=None)
    assert f"1. Monday, 23 November 2026: {REFRESHER_LINE}" in calendar(world)
    assert f"2. {SURVEY_LINE}" in calendar(world)
    world.time_passes(4 * DAY)
    assert world.nudges[refresher].put_off is Reason.PAUSED
    assert Pause(Span.OVER) in offered(world)
    effects = tap(world, Pause(Span.OVER))
    assert SetWishes(Wishes()) in effects
    assert MoveNudge(refresher, world.now, None) in effects
    assert not any(isinstance(each, MoveNudge) and each.nudge == after for each in effects), "its time stays its own"
    assert f"1. Friday, 20 November 2026: {REFRESHER_LINE}" in world.said[-1]
    assert "Paused" not in world.said[-1]
    world.time_passes(timedelta(minutes=1))
    assert world.settled[refresher][0] is Reason.SENT


def test_what_they_open_themselves_works_in_a_pause(world: World) -> None:
    tap(world, Pause(Span.WEEK))
    tap(world, Bring(number_of(world, TouchpointKind.SURVEY)))
    assert isinstance(world.conversation.step, Asking)


def test_how_much_they_want_goes_by_steps(world: World) -> None:
    assert {each for each in offered(world) if isinstance(each, Often)} == {Often(Pace.LESS), Often(Pace.MORE)}
    tap(world, Often(Pace.LESS))
    assert world.wishes == Wishes(Pace.LESS)
    assert "one a week at most" in world.said[-1]
    assert [each for each in offered(world) if isinstance(each, Often)] == [Often(Pace.USUAL)]
    tap(world, Often(Pace.USUAL))
    tap(world, Often(Pace.MORE))
    assert "one more a week" in world.said[-1]
    assert [each for each in offered(world) if isinstance(each, Often)] == [Often(Pace.USUAL)]


def test_a_pause_and_a_pace_go_together(world: World) -> None:
    tap(world, Often(Pace.LESS))
    tap(world, Pause(Span.WEEK))
    assert world.wishes.pace is Pace.LESS
    tap(world, Often(Pace.USUAL))
    assert world.wishes.paused_until is not None


@pytest.mark.parametrize("days", [0, 401, 999_999_999_999_999])
def test_only_days_within_a_year_or_so(world: World, days: int) -> None:
    assert_stale(world, Shift(number_of(world, TouchpointKind.SURVEY), days))


@pytest.mark.parametrize("kind", [Arrange, Bring, Omit, lambda nudge: Shift(nudge, 3)])
def test_nothing_but_their_own_pending_things_can_be_arranged(world: World, kind: type[Arrange]) -> None:
    refresher, after = number_of(world, TouchpointKind.REFRESHER), number_of(world, TouchpointKind.SURVEY)
    for unknown in (0, 77, 10**15 - 1):
        assert_stale(world, kind(unknown))
    own = world.enrolments["small"]
    world.enrolments["small"] = replace(own, purposes=frozenset({Purpose.NUDGES}))
    assert_stale(world, kind(after))
    world.enrolments["small"] = own
    world.time_passes(4 * DAY)
    assert_stale(world, kind(refresher))
    world.nudges[after] = replace(world.nudges[after], closes=world.now)
    assert_stale(world, kind(after))
    world.nudges[after] = replace(world.nudges[after], closes=None)
    world.time_passes(5 * DAY)
    assert_stale(world, kind(number_of(world, TouchpointKind.REMINDER)))
    world.happens(Said("stop"))
    world.happens(Said("oui"))
    assert_stale(world, kind(after))


@pytest.mark.parametrize("button", [Pause(Span.WEEK), Pause(Span.DATE), Pause(Span.OVER), Often(Pace.MORE)])
def test_whoever_has_left_sets_nothing(world: World, button: Button) -> None:
    world.happens(Said("stop"))
    world.happens(Said("yes"))
    assert isinstance(world.conversation.step, Idle)
    assert_stale(world, button)


def test_a_refresher_with_nothing_left_to_ask_is_not_opened(climber: World) -> None:
    climbing = number_of(climber, TouchpointKind.REFRESHER)
    climber.events = {1: replace(LADDER, messages=())}
    assert [type(each) for each in climber.happens(Tapped(Bring(climbing))).effects] == [Toast]
    assert date(2026, 11, 18) == climber.nudges[climbing].due.date()
