"""Buttons with the number of a nudge yet to come, and other things that a person's app would not send."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.buttons import Button, Go, Move, Open, Recall
from conversations.conversation import Asking
from conversations.cues import Blocked, Cue, NudgeDue, Said, Sent, Started, Tapped
from conversations.effects import SetReachable, SettleNudge, Toast
from conversations.model import Purpose
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from tests.conversations.deeds import two_hours_pass
from tests.conversations.samples import sample_event
from tests.conversations.test_any_order import SMALL
from tests.conversations.world import World


@pytest.fixture
def world() -> World:
    """Somebody who has joined the small event, of which a survey and then a refresher arrive within two hours."""
    world = World({1: sample_event(), 2: SMALL})
    for cue in (Started("small"), Tapped(Go(1, Move.DONE)), Tapped(Go(2, Move.YES))):
        world.happens(cue)
    return world


def first(world: World, kind: TouchpointKind) -> int:
    return min(each.id for each in world.nudges.values() if each.kind is kind)


def assert_refused(world: World, button: Button) -> None:
    before = world.conversation
    turn = world.happens(Tapped(button))
    assert turn.conversation == before
    assert [type(each) for each in turn.effects] == [Toast]


@pytest.mark.parametrize("kind", [TouchpointKind.SURVEY, TouchpointKind.REFRESHER])
def test_what_has_not_been_sent_yet_cannot_be_opened(world: World, kind: TouchpointKind) -> None:
    nudge = first(world, kind)
    assert_refused(world, Open(nudge))
    assert_refused(world, Recall(nudge, 0, 0))
    two_hours_pass(world)
    assert [type(each) for each in world.happens(Tapped(Open(nudge))).effects] != [Toast]


@pytest.mark.parametrize("kind", [TouchpointKind.SURVEY, TouchpointKind.REFRESHER])
def test_what_somebody_did_not_agree_to_cannot_be_opened(world: World, kind: TouchpointKind) -> None:
    two_hours_pass(world)
    enrolment = world.enrolments["small"]
    own = Purpose.SURVEYS if kind is TouchpointKind.SURVEY else Purpose.NUDGES
    world.enrolments["small"] = replace(enrolment, purposes=frozenset(Purpose) - {own})
    assert_refused(world, Open(first(world, kind)))
    assert_refused(world, Recall(first(world, kind), 0, 0))
    world.enrolments["small"] = replace(enrolment, purposes=frozenset({own}))
    assert [type(each) for each in world.happens(Tapped(Open(first(world, kind)))).effects] != [Toast]


@pytest.mark.parametrize("cue", [Started(), Said("hello"), Sent(), Tapped(None), Tapped(Go(99, Move.DONE))])
def test_whoever_is_heard_can_be_reached(world: World, cue: Cue) -> None:
    assert SetReachable(True) not in world.happens(cue).effects, "which is nothing new as a rule"
    world.happens(Blocked())
    assert world.happens(cue).effects[0] == SetReachable(True)
    assert world.reachable


def test_a_clock_that_was_set_back_keeps_nobody_busy(world: World) -> None:
    world.time_passes(timedelta(hours=1))
    world.happens(Tapped(Open(first(world, TouchpointKind.SURVEY))))
    assert isinstance(world.conversation.step, Asking)
    refresher = first(world, TouchpointKind.REFRESHER)
    for ahead, reason in ((timedelta(0), Reason.BUSY), (timedelta(days=300), Reason.SENT)):
        world.heard = world.now + ahead
        [settled] = [each for each in world.happens(NudgeDue(refresher)).effects if isinstance(each, SettleNudge)]
        assert settled.reason is reason
