"""What decides over one planned thing for one person, gathered from a scene for the policy."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.conversation import Conversation, Idle, said_stop
from conversations.model import Purpose
from conversations.policy import BUSY_FOR, Circumstances, Reason, capped
from conversations.scene import Enrolment, Nudge, Scene
from conversations.schedule import ladder_start, weekdays_of
from conversations.timing import Policy, TouchpointKind


def purpose_of(nudge: Nudge) -> Purpose:
    """What somebody must have agreed to for this nudge."""
    return Purpose.NUDGES if nudge.kind is TouchpointKind.REFRESHER else Purpose.SURVEYS


def agreed_to(nudge: Nudge, enrolment: Enrolment) -> bool:
    """Whether somebody agreed to what this nudge is for; a broadcast is for all who agreed to anything."""
    if nudge.kind is TouchpointKind.BROADCAST:
        return bool(enrolment.purposes)
    return purpose_of(nudge) in enrolment.purposes


def circumstances(conversation: Conversation, nudge: Nudge, scene: Scene, moot: Reason | None = None) -> Circumstances:
    """What decides over that nudge, seen now; `moot` says why it is pointless, if it is."""
    enrolment = scene.enrolled_in(nudge.event)
    event = scene.events[nudge.revision]
    zone = conversation.zone or event.timezone
    # A word from the future (the clock was set back) says nothing of now.
    talking = scene.heard is not None and timedelta(0) <= scene.now - scene.heard < BUSY_FOR
    policies = _policies(scene)
    urgent = scene.broadcast is not None and scene.broadcast.urgent
    caps = tuple(each.weekly_cap for each in policies.values())
    return Circumstances(
        now=scene.now,
        zone=zone,
        policy=policies.get(nudge.event, event.policy),
        enrolled=enrolment is not None,
        consented=enrolment is not None and agreed_to(nudge, enrolment),
        reachable=scene.reachable,
        moot=Reason.CLOSED if nudge.closed else moot,
        # Whoever said stop gets nothing more, even before they have confirmed it.
        busy=said_stop(conversation.step) or (talking and not isinstance(conversation.step, Idle) and not urgent),
        expires=end_of(nudge),
        at=(nudge.planned or nudge.due).astimezone(ZoneInfo(zone)).time(),
        weekdays=weekdays_of(event, nudge.kind, nudge.name),
        sent=scene.sent,
        unheeded=scene.unheeded,
        survey=nudge.kind in {TouchpointKind.SURVEY, TouchpointKind.REMINDER, TouchpointKind.BROADCAST},
        next_survey=_gives_way_to(nudge, scene),
        cap=capped(caps or (event.policy.weekly_cap,), scene.wishes),
        wishes=scene.wishes,
        urgent=urgent,
    )


def learnt_at(conversation: Conversation, nudge: Nudge, scene: Scene) -> datetime:
    """When (UTC) what the ladder of that nudge's event asks was learnt, for the scene's person."""
    event, enrolment = scene.events[nudge.revision], scene.enrolled_in(nudge.event)
    joined = enrolment.joined if enrolment is not None else scene.now
    return ladder_start(event, joined, conversation.zone or event.timezone, scene.who)


def _gives_way_to(nudge: Nudge, scene: Scene) -> datetime | None:
    """When (UTC) what goes first is due: surveys before their reminders, and both before refreshers."""
    match nudge.kind:
        case TouchpointKind.REFRESHER:
            return scene.next_asking
        case TouchpointKind.REMINDER:
            return scene.next_survey
        case _:
            return None


def end_of(nudge: Nudge) -> datetime | None:
    """When (UTC) it is not worth sending any more, None for never."""
    ends = [each for each in (nudge.expires, nudge.closes) if each is not None]
    return min(ends, default=None)


def _policies(scene: Scene) -> dict[str, Policy]:
    """Those of all events that the person takes part in, by the event's code, as they are now."""
    return {each.event: scene.events[each.newest or each.revision].policy for each in scene.enrolments}
