"""What is due for one person: said, put off, or held back, as the policy decides over all their events together."""

from dataclasses import replace

from conversations.circumstances import circumstances, learnt_at
from conversations.conversation import Conversation
from conversations.dialogues import refresher, survey
from conversations.effects import AskRecall, PersonalEffect, Remind, Replan, Say, SayKind, SettleNudge, Turn
from conversations.messages import Message
from conversations.policy import Reason, decide
from conversations.refreshers import Item, asked, due_items, item_for, ladder, soonest
from conversations.scene import Nudge, ResponseState, Scene
from conversations.schedule import reminders
from conversations.timing import TouchpointKind, is_ladder


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
    said = Say(announcement(conversation, nudge, scene), SayKind.NUDGE, nudge=nudge.id)
    return Turn(conversation, (said, settled, *_following(conversation, nudge, items, scene), *onward))


def at_once(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn | None:
    """The person wants it now, in the message that they tapped: it counts as sent. None when nothing is left of it."""
    items = _items(conversation, nudge, scene, early=True)
    sent = replace(nudge, pending=False, items=items)
    match nudge.kind:
        case TouchpointKind.SURVEY:
            opened = survey.opened(conversation, sent, scene)
        case TouchpointKind.REFRESHER if items:
            opened = refresher.opened(conversation, sent, scene)
        case _:
            return None
    settled = SettleNudge(nudge.id, Reason.SENT)
    onward: list[PersonalEffect] = [Replan(nudge.event)] if _goes_on(nudge, settled) else []
    effects = (settled, *_following(conversation, nudge, items, scene), *onward, *opened.effects)
    return Turn(opened.conversation, effects)


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


def _items(conversation: Conversation, nudge: Nudge, scene: Scene, *, early: bool = False) -> tuple[Item, ...]:
    """The recall questions that a refresher asks when it is sent now; `early` for one that may not be due yet."""
    if nudge.kind is not TouchpointKind.REFRESHER or scene.enrolled_in(nudge.event) is None:
        return ()
    if nudge.items:  # it was on its way before, and did not leave
        return nudge.items
    event = scene.events[nudge.revision]
    start = learnt_at(conversation, nudge, scene)
    if is_ladder(nudge):
        due_now = due_items(event, scene.who.memories, start, scene.now)
        return soonest(event, scene.who.memories, start) if early and not due_now else due_now
    known = ladder(event, scene.who.memories, start)
    return tuple(item_for(event, each) for each in known if each.message == nudge.name)


def _goes_on(nudge: Nudge, settled: SettleNudge) -> bool:
    """Whether the next nudge of the ladder is planned now.

    Whoever cannot get it, gets the next one once they can; where one had to wait past the horizon, there is no next.
    """
    return is_ladder(nudge) and settled.again is None and settled.reason in _GOES_ON_AFTER


_GOES_ON_AFTER = frozenset({Reason.SENT, Reason.NOTHING_LEFT, Reason.DECLINED})


def announcement(conversation: Conversation, nudge: Nudge, scene: Scene) -> Message:
    """The neutral line that a nudge is."""
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
    match nudge.kind:
        case TouchpointKind.SURVEY:
            zone = conversation.zone or event.timezone
            return (Remind(nudge.id, reminders(event, nudge.name, nudge.occurrence, scene.now, zone)),)
        case TouchpointKind.REFRESHER if not nudge.items:
            start = learnt_at(conversation, nudge, scene)
            known = {each.message: each for each in ladder(event, scene.who.memories, start)}
            memories = tuple(asked(event, known[item.message], item, scene.now) for item in items)
            return (AskRecall(nudge.id, items, memories),)
        case _:
            return ()
