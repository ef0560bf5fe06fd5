"""What a person's calendar is made of, as it is kept: what is coming, what is moved, and what a turn sees of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection
from storage_samples import ALL, DAY, EVENT, NOW, a_refresher, a_survey, answered, imported, joined, person, plan_of

from conversations.buttons import Agenda, Arrange, Bring, Button, Go, Move, Often, Omit, Pause, Shift, Span
from conversations.conversation import Asking, Conversation, Idle, Pausing, Reviewing, Step
from conversations.cues import Cue, Said, Tapped
from conversations.effects import Toast, Turn
from conversations.model import Language
from conversations.policy import Pace, Reason, Wishes
from conversations.respond import respond
from conversations.scene import Scene
from conversations.schedule import Planned
from conversations.timing import LADDER_NAME, Anchor, Offset, Touchpoint, TouchpointKind, Unit
from storage import chats, enrolments, nudges, people, plans, scenes
from storage.chats import Chat
from storage.events import Contents
from storage.vault import Vault

LADDER = Planned(TouchpointKind.REFRESHER, LADDER_NAME, 0, NOW + DAY, None)
CLIMBING = replace(
    EVENT, schedule=(Touchpoint(TouchpointKind.REFRESHER, LADDER_NAME, Anchor.ENROLMENT, Offset(0, Unit.DAYS)),)
)


def due_of(conn: Connection, chat: Chat) -> dict[int, object]:
    return {each.id: each.due for each in nudges.coming(conn, chat.id)}


def test_what_is_coming_is_theirs_still_to_come_and_in_order(conn: Connection, vault: Vault) -> None:
    chat, other = joined(conn, vault), joined(conn, vault, "1")
    sent, later, soon = plan_of(
        conn, chat, a_survey(), a_refresher(0, NOW + 2 * DAY), a_survey(1, NOW + DAY, NOW + 3 * DAY)
    )
    plan_of(conn, other, a_survey())
    plans.settle(conn, sent, Reason.SENT, None, NOW)
    plans.add(conn, sent, (Planned(TouchpointKind.REMINDER, "after", 0, NOW + DAY, None),))
    plans.settle(conn, later, Reason.PAUSED, NOW + 4 * DAY, NOW)
    first, second = nudges.coming(conn, chat.id)
    assert (first.id, first.due, first.expires, first.put_off) == (soon, NOW + DAY, NOW + 3 * DAY, None)
    assert (second.id, second.due, second.planned) == (later, NOW + 4 * DAY, NOW + 2 * DAY)
    assert second.put_off is Reason.PAUSED
    assert first == nudges.nudge(conn, chat.id, soon)
    assert nudges.coming(conn, person(conn, vault, "2").id) == ()


def test_a_move_is_for_good_and_only_of_what_is_to_come(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    survey, refresher = plan_of(conn, chat, a_survey(), a_refresher())
    plans.settle(conn, survey, Reason.PAUSED, NOW + DAY, NOW)
    plans.move(conn, survey, NOW + 5 * DAY, NOW + 7 * DAY)
    [moved] = [each for each in nudges.coming(conn, chat.id) if each.id == survey]
    assert (moved.due, moved.expires, moved.planned, moved.put_off) == (NOW + 5 * DAY, NOW + 7 * DAY, NOW, None)
    plans.settle(conn, refresher, Reason.SENT, None, NOW)
    plans.move(conn, refresher, NOW + 5 * DAY, None)
    assert due_of(conn, chat) == {survey: NOW + 5 * DAY}


def test_what_was_moved_stays_until_the_schedule_changes(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (survey,) = plan_of(conn, chat, a_survey())
    plans.move(conn, survey, NOW + 5 * DAY, None)
    plans.replan(conn, chat.id, EVENT.code, (a_survey(),))
    assert due_of(conn, chat) == {survey: NOW + 5 * DAY}
    plans.replan(conn, chat.id, EVENT.code, (a_survey(due=NOW + DAY),))
    assert due_of(conn, chat) == {survey: NOW + DAY}


def test_a_moved_question_of_the_ladder_stays_whatever_is_answered(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (climbing,) = plan_of(conn, chat, LADDER)
    plans.settle(conn, climbing, Reason.TOO_SOON, NOW + 3 * DAY, NOW)
    plans.replan(conn, chat.id, EVENT.code, (replace(LADDER, due=NOW + 2 * DAY),))
    assert due_of(conn, chat) == {climbing: NOW + 2 * DAY}, "one that was put off alone follows the ladder"
    plans.move(conn, climbing, NOW + 9 * DAY, None)
    plans.replan(conn, chat.id, EVENT.code, (replace(LADDER, due=NOW + 4 * DAY),))
    assert due_of(conn, chat) == {climbing: NOW + 9 * DAY}
    plans.replan(conn, chat.id, EVENT.code, ())
    assert due_of(conn, chat) == {}


@pytest.mark.parametrize(("reason", "last"), [(Reason.DECLINED, NOW + DAY), (Reason.SENT, NOW)])
def test_what_was_left_out_counts_from_its_own_place(
    conn: Connection, vault: Vault, reason: Reason, last: object
) -> None:
    chat = joined(conn, vault)
    (climbing,) = plan_of(conn, chat, LADDER)
    plans.settle(conn, climbing, reason, None, NOW)
    member = people.member(conn, CLIMBING, chat.id)
    assert member is not None
    assert (member.who.laddered, member.who.last_laddered) == (1, last)


class Calendar:
    """Somebody with a survey begun and put aside, and a refresher and another survey to come."""

    def __init__(self, conn: Connection, vault: Vault) -> None:
        self.conn, self.vault = conn, vault
        self.revision = imported(conn)
        chat = joined(conn, vault)
        self.begun, self.refresher, self.survey = plan_of(
            conn, chat, a_survey(), a_refresher(0, NOW + 2 * DAY), a_survey(1, NOW + 3 * DAY)
        )
        plans.settle(conn, self.begun, Reason.SENT, None, NOW)
        answered(conn, vault, chat, self.begun, complete=False)

    def at(self, step: Step) -> Chat:
        chat = person(self.conn, self.vault)
        chats.save(self.conn, self.vault, chat, Conversation(Language.FR, step, 5, "Africa/Kinshasa"), NOW)
        return person(self.conn, self.vault)

    def turn(self, cue: Cue, chat: Chat) -> tuple[Scene, Turn]:
        scene = scenes.person(self.conn, self.vault, chat, cue, NOW + DAY, Contents())
        return scene, respond(chat.conversation, cue, scene)


@pytest.fixture
def here(conn: Connection, vault: Vault) -> Calendar:
    return Calendar(conn, vault)


@pytest.mark.parametrize(
    "cue", [Said("/calendar"), Said("pause"), Tapped(Agenda()), Tapped(Pause(Span.WEEK)), Tapped(Often(Pace.LESS))]
)
def test_a_calendar_sees_all_that_is_coming_and_what_waits(here: Calendar, cue: Cue) -> None:
    chats.set_wishes(here.conn, person(here.conn, here.vault).id, Wishes(Pace.MORE, NOW + 2 * DAY))
    scene, _ = here.turn(cue, here.at(Idle()))
    assert [each.id for each in scene.coming] == [here.begun, here.refresher, here.survey]
    assert [each.pending for each in scene.coming] == [False, True, True]
    assert (scene.sent, scene.wishes) == ((NOW,), Wishes(Pace.MORE, NOW + 2 * DAY))
    assert scene.events == {here.revision: EVENT}
    assert [each.purposes for each in scene.enrolments] == [ALL]


@pytest.mark.parametrize("kind", [Arrange, Omit, lambda nudge: Shift(nudge, 3)])
def test_a_thing_that_is_arranged_is_there_with_the_calendar(here: Calendar, kind: type[Arrange]) -> None:
    scene, turn = here.turn(Tapped(kind(here.refresher)), here.at(Idle()))
    assert scene.nudge is not None
    assert (scene.nudge.id, len(scene.coming)) == (here.refresher, 3)
    assert not _is_stale(turn)


@pytest.mark.parametrize("kind", [Arrange, Bring, Omit, lambda nudge: Shift(nudge, 3)])
def test_nobody_arranges_what_is_somebody_else_s(here: Calendar, kind: type[Button]) -> None:
    other = joined(here.conn, here.vault, "1")
    for plan in (here.refresher, here.survey, here.begun, 999_999_999_999_999):
        scene, turn = here.turn(Tapped(kind(plan)), other)  # type: ignore[call-arg]
        assert scene.nudge is None
        assert _is_stale(turn)
    assert _is_stale(here.turn(Tapped(kind(here.begun)), here.at(Idle()))[1])  # type: ignore[call-arg]


def test_what_is_brought_sees_what_it_asks(here: Calendar) -> None:
    for plan in (here.refresher, here.survey):
        scene, turn = here.turn(Tapped(Bring(plan)), here.at(Idle()))
        assert scene.nudge is not None
        assert not _is_stale(turn)
    assert here.turn(Tapped(Bring(here.refresher)), here.at(Idle()))[0].who.seed > 0


def test_a_day_that_is_typed_sees_the_calendar_and_the_question_behind(here: Calendar) -> None:
    asking = Asking(here.begun, EVENT.code, here.revision, "after", "story")
    chat = here.at(Pausing(asking))
    for cue in (Said("demain"), Said("hm"), Tapped(Go(5, Move.BACK))):
        scene, turn = here.turn(cue, chat)
        assert scene.answers["applied"] == "yes"
        assert len(scene.coming) == 3
        assert turn.conversation.step in {asking, chat.conversation.step}
    assert here.turn(Tapped(Go(4, Move.BACK)), chat)[0] == Scene(NOW + DAY, heard=NOW)
    _, continued = here.turn(Said("/continue"), here.at(Pausing()))
    assert isinstance(continued.conversation.step, Reviewing)
    assert continued.conversation.step.asking.nudge == here.begun


def test_whoever_left_has_nothing_coming(here: Calendar) -> None:
    chat = here.at(Idle())
    enrolments.leave_all(here.conn, chat.id, NOW)
    scene, turn = here.turn(Said("/calendar"), chat)
    assert (scene.coming, scene.enrolments) == ((), ())
    assert turn.conversation == chat.conversation


def test_the_day_of_a_pause_is_kept(here: Calendar) -> None:
    chat = here.at(Idle())
    until = NOW + timedelta(days=366)
    chats.set_wishes(here.conn, chat.id, Wishes(Pace.LESS, until))
    assert person(here.conn, here.vault).wishes == Wishes(Pace.LESS, until)


def _is_stale(turn: Turn) -> bool:
    return [type(each) for each in turn.effects] == [Toast]
