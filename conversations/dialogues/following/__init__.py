"""How an event goes: how many take part, how each wave is answered, and one tap to remind those who have not.

What is told of counts is for `conversations.disclosure` to say.
"""

from collections.abc import Callable, Mapping

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.dialogues.following.reminding import reminded, reminding
from conversations.dialogues.following.status import status, trend, wave
from conversations.dialogues.following.summary import choosing, chosen, summary_due
from conversations.effects import Turn
from conversations.roles import Act
from conversations.scene import Scene

__all__ = ["DEEDS", "summary_due"]

DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.STATUS: status,
    Act.WAVE: wave,
    Act.TREND: trend,
    Act.REMIND: reminding,
    Act.REMIND_NOW: reminded,
    Act.SUMMARY: choosing,
    Act.SUMMARIZE: chosen,
}
