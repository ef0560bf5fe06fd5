"""What is coming to one person from all their events, when it is likely to come, and how they move it."""

from bisect import insort
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.circumstances import agreed_to, circumstances, end_of
from conversations.conversation import Conversation
from conversations.days import in_utc
from conversations.effects import MoveNudge, PersonalEffect, SetWishes
from conversations.policy import Wishes, outlook
from conversations.scene import Nudge, Scene
from conversations.timing import TouchpointKind

MOST_SHOWN = 6
"""Things that are told of at once."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A planned thing, and when (UTC) it is likely to be sent."""

    nudge: Nudge
    likely: datetime


def agenda(conversation: Conversation, scene: Scene) -> tuple[Coming, ...]:
    """The next things in the order in which they are likely to come, without what would be held back."""
    found: list[Coming] = []
    sent = list(scene.sent)
    for nudge in sorted((each for each in scene.coming if each.pending), key=lambda each: (each.due, each.id)):
        if len(found) >= MOST_SHOWN and nudge.due >= found[MOST_SHOWN - 1].likely:
            break  # nothing comes before it is due
        likely = _likely(conversation, nudge, replace(scene, sent=tuple(sent)))
        if likely is not None:
            insort(sent, likely)
            insort(found, Coming(nudge, likely), key=lambda each: each.likely)
    return tuple(found[:MOST_SHOWN])


def waiting(scene: Scene) -> Nudge | None:
    """The survey that waits for the person's answers."""
    return next((each for each in scene.coming if not each.pending), None)


def can_arrange(nudge: Nudge, scene: Scene) -> bool:
    """Whether the person may say when it comes: it is still to come, and they agreed to it."""
    enrolment, end = scene.enrolled_in(nudge.event), end_of(nudge)
    theirs = nudge.kind in {TouchpointKind.REFRESHER, TouchpointKind.SURVEY}
    agreed = enrolment is not None and agreed_to(nudge, enrolment)
    return theirs and agreed and nudge.pending and not nudge.closed and (end is None or scene.now < end)


def move_by(conversation: Conversation, nudge: Nudge, days: int, scene: Scene) -> MoveNudge | None:
    """Its move to so many local days from now, at its own time of day.

    How long it stays worth sending does not change. None when it would take no answers any more by then.
    """
    zone = conversation.zone or scene.events[nudge.revision].timezone
    at = (nudge.planned or nudge.due).astimezone(ZoneInfo(zone)).time()
    day = scene.now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    due = in_utc(datetime.combine(day, at), zone)
    if nudge.closes is not None and due >= nudge.closes:
        return None
    expires = nudge.expires + (due - nudge.due) if nudge.expires is not None else None
    if expires is not None and nudge.closes is not None:
        expires = min(expires, nudge.closes)
    return MoveNudge(nudge.id, due, expires)


def wishing(wishes: Wishes, scene: Scene) -> tuple[tuple[PersonalEffect, ...], Scene]:
    """What the person's new wishes ask to be done, and the scene as it is from then on.

    What was put off because of earlier wishes is decided anew at once.
    """
    again = [each for each in scene.coming if each.pending and each.put_off is not None and each.due > scene.now]
    moves = tuple(MoveNudge(each.id, scene.now, each.expires) for each in again)
    after = replace(scene, wishes=wishes)
    for move in moves:
        after = rearranged(after, move)
    return (SetWishes(wishes), *moves), after


def rearranged(scene: Scene, move: MoveNudge) -> Scene:
    """The scene once that is done."""
    coming = tuple(
        replace(each, due=move.due, expires=move.expires, put_off=None) if each.id == move.nudge else each
        for each in scene.coming
    )
    return replace(scene, coming=coming)


def paused_until(scene: Scene) -> datetime | None:
    """When (UTC) the pause that the person takes is over; None when they take none."""
    until = scene.wishes.paused_until
    return until if until is not None and scene.now < until else None


def today_of(conversation: Conversation, scene: Scene) -> date:
    """The day it is where the person lives."""
    return day_of(scene.now, conversation, scene)


def day_of(at: datetime, conversation: Conversation, scene: Scene) -> date:
    """The day that an instant falls on where the person lives."""
    return at.astimezone(ZoneInfo(_zone(conversation, scene))).date()


def beginning(day: date, conversation: Conversation, scene: Scene) -> datetime:
    """When (UTC) that day begins where the person lives."""
    return in_utc(datetime.combine(day, time.min), _zone(conversation, scene))


def _zone(conversation: Conversation, scene: Scene) -> str:
    zones = [scene.events[each.revision].timezone for each in scene.enrolments if each.revision in scene.events]
    return conversation.zone or next(iter(zones), "UTC")


def _likely(conversation: Conversation, nudge: Nudge, scene: Scene) -> datetime | None:
    # Whoever looks at their calendar can be reached, whatever was found out before.
    (likely,) = outlook(circumstances(conversation, nudge, replace(scene, reachable=True)), (nudge.due,))
    end = end_of(nudge)
    return None if likely is None or (end is not None and likely >= end) else likely
