"""What somebody of a team asks for, and whether they may. Whoever may not is answered as if it did not exist."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations import trying
from conversations.attachments import Attachment, Location
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing
from conversations.desk import Desk, Reading, able, asking
from conversations.dialogues import helping, inviting, team, template
from conversations.effects import PersonalEffect, Revise, Say, Toast, Turn
from conversations.messages import Key, message, phrase
from conversations.model import Words
from conversations.roles import Act
from conversations.scene import Invitation, Scene
from conversations.team_effects import Record

Deed = Callable[[Conversation, Manage, Scene, bool], Turn]
"""Does what a button means; the last argument tells whether it was tapped, or typed as a command.

`scene.desk.duty` is there, and its role may do it.
"""

DEEDS: Mapping[Act, Deed] = {**team.DEEDS, **template.DEEDS, **trying.DEEDS, **inviting.DEEDS}
_NO_RECORD = (Say, Revise, Toast, Record)

Written = Callable[[Conversation, Writing, str, Scene], Turn]
"""Takes the words that were asked for."""
SentIn = Callable[[Conversation, Writing, Attachment, Scene], Turn]
"""Takes the file that was asked for."""

ReadIn = Callable[[Conversation, Reading, Scene], Turn]
"""Takes the end of reading a file, and says how it ended."""

WRITTEN: Mapping[Act, Written] = {**template.WRITTEN, **inviting.WRITTEN}
SENT_IN: Mapping[Act, SentIn] = {**inviting.SENT_IN}
READ_IN: Mapping[Act, ReadIn] = {**inviting.READ_IN}
PROMPTS: Mapping[Act, Words] = {**template.PROMPTS, **trying.PROMPTS, **inviting.PROMPTS}
"""What is said while the words or the file for an act are awaited."""


def invited(conversation: Conversation, invitation: Invitation, scene: Scene) -> Turn:
    """Somebody opened an invitation to a team."""
    return team.invited(conversation, invitation, scene)


def commanded(conversation: Conversation, act: Act, scene: Scene) -> Turn | None:
    """A command of the team; None from whoever may not give it for any event."""
    desk = scene.desk
    if desk is None:
        return None
    fitting = able(desk.duties, act)
    if not fitting:
        return None
    if desk.duty is None:
        return _which(conversation, act, desk)
    return _done(conversation, Manage(act, desk.duty.event_id), scene, tap=False)


def tapped(conversation: Conversation, button: Manage, scene: Scene) -> Turn:
    """A button of the team; to whoever may not use it, it is an old one."""
    # What is only ever written has no button: whoever taps one has made it themselves.
    if scene.desk is None or scene.desk.duty is None or button.act not in DEEDS:
        return helping.stale(conversation)
    return _done(conversation, button, scene, tap=True)


def said(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn | None:
    """The words that were asked for; None from whoever may not give them any more, or was asked for a file."""
    taking = WRITTEN.get(step.act)
    if taking is None or scene.desk is None or scene.desk.duty is None:
        return None
    return _recorded(taking(conversation, step, text, scene), Manage(step.act, step.event, step.item), scene)


def sent(conversation: Conversation, step: Writing, file: Attachment | Location | None, scene: Scene) -> Turn | None:
    """The file that was asked for; None from whoever may not give it any more, or was asked for words."""
    taking = SENT_IN.get(step.act)
    if taking is None or not isinstance(file, Attachment) or scene.desk is None or scene.desk.duty is None:
        return None
    return _recorded(taking(conversation, step, file, scene), Manage(step.act, step.event, step.item), scene)


def read_in(conversation: Conversation, scene: Scene) -> Turn:
    """A file has been read; nothing for whoever may not do anything with it any more."""
    if scene.desk is None or scene.desk.duty is None or scene.desk.reading is None:
        return Turn(conversation)
    reading = scene.desk.reading
    turn = READ_IN[reading.act](conversation, reading, scene)
    return _recorded(turn, Manage(reading.act, reading.event_id, reading.item), scene)


def restated(conversation: Conversation, step: Writing) -> Turn:
    """What is still to be written or sent, once more."""
    return asking(conversation, step, message(PROMPTS[step.act]))


def given_up(conversation: Conversation, step: Writing) -> Turn:
    """Back to where the person was before they were asked to write."""
    return Turn(replace(conversation, step=step.before), (Toast(), Revise(message(phrase("Nothing was changed.")))))


def _done(conversation: Conversation, button: Manage, scene: Scene, *, tap: bool) -> Turn:
    return _recorded(DEEDS[button.act](conversation, button, scene, tap), button, scene)


def _recorded(turn: Turn, button: Manage, scene: Scene) -> Turn:
    """The turn with its line for the audit log; what came to nothing but a passing word leaves none."""
    assert scene.desk is not None and scene.desk.duty is not None  # noqa: S101, PT018 # asked by every caller
    if all(isinstance(each, Toast) for each in turn.effects):
        return turn
    did = tuple(type(each).__name__ for each in turn.effects if not isinstance(each, _NO_RECORD))
    record: PersonalEffect = Record(button.act, scene.desk.duty.event, button.item, did)
    return Turn(turn.conversation, (record, *turn.effects))


def _which(conversation: Conversation, act: Act, desk: Desk) -> Turn:
    keys = tuple((Key(duty.title, Manage(act, duty.event_id)),) for duty in able(desk.duties, act))
    return Turn(conversation, (Say(message(phrase("For which event?"), keyboard=keys)),))
