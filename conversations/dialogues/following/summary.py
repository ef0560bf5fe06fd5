"""A summary for somebody of the team who wants one: a neutral line that leads to the overview."""

from typing import Final

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.days import next_open, resting
from conversations.desk import Duty, shown
from conversations.dialogues.following.common import back, duty_of, following_of, gone, to, unpublished
from conversations.effects import PersonalEffect, Say, SayKind, SettleNudge, Turn
from conversations.following import Following, Often, is_news, next_summary
from conversations.following_effects import Summarize
from conversations.messages import Key, Message, message, phrase, short, strong
from conversations.policy import Reason
from conversations.roles import Act
from conversations.scene import Nudge, Scene
from conversations.timing import Policy

_OFTEN: Final = (None, Often.DAILY, Often.WEEKLY)
"""What the buttons choose, by their item."""
_ANY_DAY = Policy(public_holidays=False)


def choosing(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    """How often they get one, and the buttons to choose."""
    duty, following = duty_of(scene), following_of(scene)
    if following is None:
        return shown(conversation, unpublished(duty), tap=tap)
    return shown(conversation, _choices(duty, following.often), tap=tap)


def chosen(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """From now on they get it so often."""
    duty, following = duty_of(scene), following_of(scene)
    if following is None or button.item >= len(_OFTEN):
        return gone(conversation)
    often = _OFTEN[button.item]
    due = next_summary(often, scene.now, conversation.zone or following.zone) if often is not None else None
    return shown(conversation, _choices(duty, often), Summarize(duty.event_id, often, due), tap=tap)


def summary_due(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """The clock struck for a summary: it comes when there is news, and the next one follows while the role lasts."""
    if not nudge.pending:
        return Turn(conversation)
    following = following_of(scene)
    if following is None:
        return Turn(conversation, (SettleNudge(nudge.id, Reason.LEFT),))
    duty, zone = duty_of(scene), conversation.zone or following.zone
    if resting(scene.now, zone, _ANY_DAY) is not None:
        return Turn(conversation, (SettleNudge(nudge.id, Reason.QUIET_HOURS, next_open(scene.now, zone, _ANY_DAY)),))
    often = Often(nudge.name)
    onward = Summarize(duty.event_id, often, next_summary(often, scene.now, zone))
    reason = _why_not(following, scene)
    if reason is not None:
        return Turn(conversation, (SettleNudge(nudge.id, reason), onward))
    line = message(
        phrase("There is something new to look at."), keyboard=((Key(short("button", "Show"), to(Act.STATUS, duty)),),)
    )
    said: tuple[PersonalEffect, ...] = (Say(line, SayKind.NUDGE, nudge=nudge.id), SettleNudge(nudge.id, Reason.SENT))
    return Turn(conversation, (*said, onward))


def _why_not(following: Following, scene: Scene) -> Reason | None:
    paused = scene.wishes.paused_until
    if not scene.reachable:
        return Reason.UNREACHABLE
    if paused is not None and scene.now < paused:
        return Reason.PAUSED
    return None if is_news(following.waves, following.before) else Reason.NOTHING_NEW


def _choices(duty: Duty, often: Often | None) -> Message:
    labels = (
        short("button: how often a summary comes", "Off"),
        short("button: how often a summary comes", "Every day"),
        short("button: how often a summary comes", "Weekly"),
    )
    keys = tuple(
        Key(label, Manage(Act.SUMMARIZE, duty.event_id, item), ticked=_OFTEN[item] is often)
        for item, label in enumerate(labels)
    )
    return message(
        strong(phrase("Summary of {event}", event=duty.title)),
        phrase("A neutral line at nine in the morning, every day or on Mondays. One tap leads to the figures."),
        phrase("It does not come when there is nothing new."),
        keyboard=(keys, back(duty)),
    )
