"""Stopping and resuming become rows, inside the turn or transaction of whoever asks for it."""

from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import Connection

from conversations.emergency_effects import EmergencyEffect, ResumeEvent, StopEvent
from conversations.timing import LADDER
from storage import events, holding, stops
from storage.events import Contents


def apply_emergency(effect: EmergencyEffect, connection: Connection, contents: Contents, now: datetime) -> None:
    """Carry out one effect of somebody who stops their event, or lets it go on."""
    match effect:
        case StopEvent(event_id, by):
            stop(connection, event_id, by, now)
        case ResumeEvent(event_id, let_go):
            resume(connection, contents, event_id, now, let_go=let_go)
        case _:
            assert_never(effect)


def stop(connection: Connection, event_id: int | None, by: str, now: datetime) -> bool:
    """Nothing of the event, or with None of any, is sent from here on; false when it was stopped already.

    `by` is a sign, or the audit log's word for the operator.
    """
    begun = stops.begin(connection, event_id, by, now)
    if begun:
        holding.hold(connection, None if event_id is None else (event_id,))
    return begun


def resume(connection: Connection, contents: Contents, event_id: int | None, now: datetime, *, let_go: bool) -> bool:
    """The event, or with None the whole bot, goes on; false when it did already.

    With `let_go` what is due is never sent. What belongs to an event that is still stopped by itself goes on waiting.
    """
    if not stops.end(connection, event_id, now):
        return False
    if let_go:
        own = stops.in_force(connection).events
        concerned = holding.events_waiting(connection, now) if event_id is None else (event_id,)
        for each in concerned:
            if each not in own:
                holding.let_go(connection, each, now, now + _first_rung(connection, contents, each))
    return True


def _first_rung(connection: Connection, contents: Contents, event_id: int) -> timedelta:
    """How long the ladder of that event rests, so that the next refresher is not the one that was let go."""
    newest = events.latest(connection, events.code_of(connection, event_id))
    ladder = contents.content(connection, newest).policy.ladder if newest is not None else LADDER
    return timedelta(days=ladder[0])
