"""What is tapped in somebody's calendar, and whether it may count: anybody can forge a button."""

from typing import assert_never

from conversations import nudging
from conversations.agenda import can_arrange
from conversations.buttons import Agenda, Arrange, Arranging, Bring, Often, Omit, Pause, Shift, Span
from conversations.conversation import Conversation
from conversations.dialogues import calendar, helping, pausing
from conversations.effects import Turn
from conversations.scene import Scene


def tapped(conversation: Conversation, button: Arranging | Agenda | Pause | Often, scene: Scene) -> Turn:
    """A button of the calendar."""
    if isinstance(button, Agenda | Pause | Often):
        return _wished(conversation, button, scene)
    return _arranged(conversation, button, scene)


def _arranged(conversation: Conversation, button: Arranging, scene: Scene) -> Turn:
    """What becomes of one planned thing; nothing of one that is not theirs, or not to come any more."""
    nudge = scene.nudge
    if nudge is None or not can_arrange(nudge, scene):
        return helping.stale(conversation)
    match button:
        case Arrange():
            return calendar.arranging(conversation, nudge, scene)
        case Bring():
            return nudging.at_once(conversation, nudge, scene) or helping.stale(conversation)
        case Shift(_, days):
            return calendar.shifted(conversation, nudge, days, scene) or helping.stale(conversation)
        case Omit():
            return calendar.left_out(conversation, nudge, scene)
        case _:
            assert_never(button)


def _wished(conversation: Conversation, button: Agenda | Pause | Often, scene: Scene) -> Turn:
    """The calendar itself, a pause, or another pace."""
    if not scene.enrolments:
        return helping.stale(conversation)
    match button:
        case Agenda():
            return calendar.again(conversation, scene)
        case Pause(span):
            return _paused(conversation, span, scene)
        case Often(pace):
            return calendar.paced(conversation, pace, scene)
        case _:
            assert_never(button)


def _paused(conversation: Conversation, span: Span, scene: Scene) -> Turn:
    match span:
        case Span.WEEK:
            return calendar.paused_for_a_week(conversation, scene)
        case Span.DATE:
            return pausing.asked(conversation)
        case Span.OVER:
            return calendar.resumed(conversation, scene)
        case _:
            assert_never(span)
