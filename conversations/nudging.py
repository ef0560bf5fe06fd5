"""What is due for one person: said, put off, or held back, as the policy decides over all their events together."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.conversation import Conversation, Idle, Leaving
from conversations.dialogues import refresher, survey
from conversations.effects import AskRecall, PersonalEffect, Remind, Replan, Say, SayKind, SettleNudge, Turn
from conversations.messages import Message
from conversations.model import Purpose
from conversations.policy import BUSY_FOR, Circumstances, Reason, capped, decide
from conversations.refreshers import Item, asked, due_items, item_for, ladder
from conversations.scene import Nudge, ResponseState, Scene
from conversations.schedule import ladder_start, reminders, weekdays_of
from conversations.timing import LADDER_NAME, Policy, TouchpointKind


def due(conversation: Conversation, scene: Scene) -> Turn:
    """The clock struck for the scene's nudge."""
    nudge = scene.nudge
    if nudge is None or not nudge.pending:
        return Turn(conversation)
    items = _items(conversation, nudge, scene)
    decision = decide(circumstances(conversation, nudge, scene, _moot(nudge, items)))
    settled = SettleNudge(nudge.id, decision.reason, decision.again)
    onward: list[PersonalEffect] = [Replan(nudge.event)] if _goes_on(nudge, settled) else []
    if decision.reason is not Reason.SENT:
        return Turn(conversation, (settled, *onward))
    said = Say(_announcement(conversation, nudge, scene), SayKind.NUDGE, nudge=nudge.id)
    return Turn(conversation, (said, settled, *_following(conversation, nudge, items, scene), *onward))


def purpose_of(nudge: Nudge) -> Purpose:
    """What somebody must have agreed to for this nudge."""
    return Purpose.NUDGES if nudge.kind is TouchpointKind.REFRESHER else Purpose.SURVEYS


def circumstances(conversation: Conversation, nudge: Nudge, scene: Scene, moot: Reason | None = None) -> Circumstances:
    """What decides over that nudge, seen now; `moot` says why it is pointless, if it is."""
    enrolment = scene.enrolled_in(nudge.event)
    event = scene.events[nudge.revision]
    zone = conversation.zone or event.timezone
    # A word from the future (the clock was set back) says nothing of now.
    talking = scene.heard is not None and timedelta(0) <= scene.now - scene.heard < BUSY_FOR
    caps = tuple(policy.weekly_cap for policy in _policies(scene))
    return Circumstances(
        now=scene.now,
        zone=zone,
        policy=event.policy,
        enrolled=enrolment is not None,
        consented=enrolment is not None and purpose_of(nudge) in enrolment.purposes,
        reachable=scene.reachable,
        moot=moot,
        # Whoever said stop gets nothing more, even before they have confirmed it.
        busy=isinstance(conversation.step, Leaving) or (talking and not isinstance(conversation.step, Idle)),
        expires=_end(nudge),
        at=(nudge.planned or nudge.due).astimezone(ZoneInfo(zone)).time(),
        weekdays=weekdays_of(event, nudge.kind, nudge.name),
        sent=scene.sent,
        unheeded=scene.unheeded,
        survey=nudge.kind is TouchpointKind.SURVEY,
        cap=capped(caps or (event.policy.weekly_cap,), scene.wishes),
        wishes=scene.wishes,
    )


def _policies(scene: Scene) -> list[Policy]:
    """Those of all events that the person takes part in, as they are now."""
    return [scene.events[newest].policy for each in scene.enrolments if (newest := each.newest or each.revision)]


def _end(nudge: Nudge) -> datetime | None:
    ends = [each for each in (nudge.expires, nudge.closes) if each is not None]
    return min(ends, default=None)


def _moot(nudge: Nudge, items: tuple[Item, ...]) -> Reason | None:
    """Why it is pointless by now."""
    match nudge.kind:
        case TouchpointKind.REFRESHER:
            return None if items else Reason.NOTHING_LEFT
        case TouchpointKind.SURVEY if nudge.response is not ResponseState.NONE:
            return Reason.ANSWERED
        case TouchpointKind.REMINDER if nudge.survey is None:
            return Reason.REPLANNED
        case TouchpointKind.REMINDER if nudge.response is ResponseState.COMPLETED:
            return Reason.ANSWERED
        case TouchpointKind.SURVEY | TouchpointKind.REMINDER if nudge.declined:
            return Reason.DECLINED
        case _:
            return None


def _items(conversation: Conversation, nudge: Nudge, scene: Scene) -> tuple[Item, ...]:
    """The recall questions that a refresher asks when it is sent now."""
    enrolment = scene.enrolled_in(nudge.event)
    if nudge.kind is not TouchpointKind.REFRESHER or enrolment is None:
        return ()
    if nudge.items:  # it was on its way before, and did not leave
        return nudge.items
    event = scene.events[nudge.revision]
    start = ladder_start(event, enrolment.joined, conversation.zone or event.timezone, scene.who)
    if nudge.name == LADDER_NAME:
        return due_items(event, scene.who.memories, start, scene.now)
    known = ladder(event, scene.who.memories, start)
    return tuple(item_for(event, each) for each in known if each.message == nudge.name)


def _goes_on(nudge: Nudge, settled: SettleNudge) -> bool:
    """Whether the next nudge of the ladder is planned now. Whoever cannot get it, gets the next one once they can."""
    ladders = nudge.kind is TouchpointKind.REFRESHER and nudge.name == LADDER_NAME
    return ladders and settled.again is None and settled.reason not in _CANNOT_GET_IT


_CANNOT_GET_IT = frozenset({Reason.LEFT, Reason.UNREACHABLE, Reason.NO_CONSENT})


def _announcement(conversation: Conversation, nudge: Nudge, scene: Scene) -> Message:
    match nudge.kind:
        case TouchpointKind.REFRESHER:
            return refresher.announcement(nudge)
        case TouchpointKind.REMINDER:
            return survey.reminder(conversation, nudge, scene)
        case _:
            return survey.announcement(nudge)


def _following(
    conversation: Conversation, nudge: Nudge, items: tuple[Item, ...], scene: Scene
) -> tuple[PersonalEffect, ...]:
    """What comes of a nudge that is sent: the reminders of a survey, the questions of a refresher."""
    event = scene.events[nudge.revision]
    zone = conversation.zone or event.timezone
    match nudge.kind:
        case TouchpointKind.SURVEY:
            return (Remind(nudge.id, reminders(event, nudge.name, nudge.occurrence, scene.now, zone)),)
        case TouchpointKind.REFRESHER if not nudge.items:
            enrolment = scene.enrolled_in(nudge.event)
            joined = enrolment.joined if enrolment is not None else scene.now
            start = ladder_start(event, joined, zone, scene.who)
            known = {each.message: each for each in ladder(event, scene.who.memories, start)}
            memories = tuple(asked(event, known[item.message], item, scene.now) for item in items)
            return (AskRecall(nudge.id, items, memories),)
        case _:
            return ()
