"""Broadcasts: what a coordinator writes to the people of an event, from the first word to the last figure."""

from collections.abc import Callable, Mapping

from conversations.attachments import Attachment
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing
from conversations.dialogues.broadcast import choosing, composing, running, sending
from conversations.dialogues.broadcast.common import at_rest
from conversations.dialogues.broadcast.received import announcement, opened
from conversations.dialogues.broadcast.words import report
from conversations.effects import Turn
from conversations.marks import Wording
from conversations.model import Words
from conversations.roles import Act
from conversations.scene import Scene

__all__ = ["DEEDS", "FORMATTED", "PROMPTS", "SENT_IN", "WRITTEN", "announcement", "opened", "report"]

_Deed = Callable[[Conversation, Manage, Scene, bool], Turn]


def _resting(deed: _Deed) -> _Deed:
    def done(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
        return deed(at_rest(conversation), button, scene, tap)

    return done


_DEEDS: Mapping[Act, _Deed] = {
    Act.BROADCAST: running.listed,
    Act.BROADCAST_NEW: composing.begun,
    Act.BROADCAST_SHOW: running.looked_at,
    Act.BROADCAST_EN: composing.asked,
    Act.BROADCAST_FR: composing.asked,
    Act.BROADCAST_AS_IT_IS: composing.as_it_is,
    Act.BROADCAST_FILE: composing.asked,
    Act.BROADCAST_NO_FILE: composing.switched,
    Act.BROADCAST_WHO: choosing.who,
    Act.BROADCAST_BY: choosing.by,
    Act.BROADCAST_PICK: choosing.picked,
    Act.BROADCAST_WHEN: composing.asked,
    Act.BROADCAST_NOW: composing.switched,
    Act.BROADCAST_DAYS: composing.switched,
    Act.BROADCAST_LOCK: composing.switched,
    Act.BROADCAST_URGENT: composing.switched,
    Act.BROADCAST_SEE: sending.seen,
    Act.BROADCAST_TO_ME: sending.to_me,
    Act.BROADCAST_OPEN: sending.opened,
    Act.BROADCAST_SEND: sending.asked,
    Act.BROADCAST_CONFIRM: sending.confirmed,
    Act.BROADCAST_AGREE: sending.agreed,
    Act.BROADCAST_REFUSE: sending.refused,
    Act.BROADCAST_UNDO: running.undone,
    Act.BROADCAST_PAUSE: running.paused,
    Act.BROADCAST_RESUME: running.resumed,
    Act.BROADCAST_CANCEL: running.cancelling,
    Act.BROADCAST_CANCEL_YES: running.cancelled,
    Act.BROADCAST_DROP: composing.dropped,
    Act.BROADCAST_AGAIN: running.again,
}
DEEDS: Mapping[Act, _Deed] = {act: _resting(deed) for act, deed in _DEEDS.items()}

FORMATTED: Mapping[Act, Callable[[Conversation, Writing, Wording, Scene], Turn]] = {
    Act.BROADCAST_EN: composing.written,
    Act.BROADCAST_FR: composing.written,
}
WRITTEN: Mapping[Act, Callable[[Conversation, Writing, str, Scene], Turn]] = {
    Act.BROADCAST_WHEN: composing.timed,
    Act.BROADCAST_BEFORE: choosing.dated,
}
SENT_IN: Mapping[Act, Callable[[Conversation, Writing, Attachment, Scene], Turn]] = {
    Act.BROADCAST_FILE: composing.illustrated,
}
PROMPTS: Mapping[Act, Words] = {
    Act.BROADCAST_EN: composing.ENGLISH,
    Act.BROADCAST_FR: composing.FRENCH,
    Act.BROADCAST_FILE: composing.FILE,
    Act.BROADCAST_WHEN: composing.WHEN,
    Act.BROADCAST_BEFORE: choosing.BEFORE,
}
