"""What somebody of a team asks for, and whether they may. Whoever may not is answered as if it did not exist."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations import trying
from conversations.attachments import Attachment, Location
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Desk, Reading, able, asking
from conversations.dialogues import (
    broadcast,
    emergency,
    following,
    helping,
    inviting,
    linked_groups,
    moderating,
    publishing,
    relaying,
    results,
    setting_up,
    team,
    template,
)
from conversations.effects import PersonalEffect, Revise, Say, Toast, Turn
from conversations.following_effects import KeepHeadcount
from conversations.marks import Wording
from conversations.messages import Key, message, phrase
from conversations.model import Words
from conversations.roles import Act
from conversations.scene import Invitation, Nudge, Scene
from conversations.setting_up import is_document, is_workbook
from conversations.team_effects import Record

Deed = Callable[[Conversation, Manage, Scene, bool], Turn]
"""Does what a button means; the last argument tells whether it was tapped, or typed as a command.

`scene.desk.duty` is there, and its role may do it.
"""

DEEDS: Mapping[Act, Deed] = {
    **team.DEEDS,
    **template.DEEDS,
    **trying.DEEDS,
    **setting_up.DEEDS,
    **publishing.DEEDS,
    **following.DEEDS,
    **results.DEEDS,
    **emergency.DEEDS,
    **broadcast.DEEDS,
    **relaying.DEEDS,
    **linked_groups.DEEDS,
    **inviting.DEEDS,
    **moderating.DEEDS,
}
_NO_RECORD = (Say, Revise, Toast, Record, KeepHeadcount)

Written = Callable[[Conversation, Writing, str, Scene], Turn]
"""Takes the words that were asked for."""
Formatted = Callable[[Conversation, Writing, Wording, Scene], Turn]
"""Takes them with what sets parts of them off."""
SentIn = Callable[[Conversation, Writing, Attachment, Scene], Turn]
"""Takes the file that was asked for."""

ReadIn = Callable[[Conversation, Reading, Scene], Turn]
"""Takes the end of reading a file, and says how it ended."""

WRITTEN: Mapping[Act, Written] = {
    **template.WRITTEN,
    **broadcast.WRITTEN,
    **relaying.WRITTEN,
    **inviting.WRITTEN,
    **moderating.WRITTEN,
}
FORMATTED: Mapping[Act, Formatted] = {**broadcast.FORMATTED}
SENT_IN: Mapping[Act, SentIn] = {**setting_up.SENT_IN, **broadcast.SENT_IN, **inviting.SENT_IN}
READ_IN: Mapping[Act, ReadIn] = {**setting_up.READ_IN, **inviting.READ_IN}
PROMPTS: Mapping[Act, Words] = {
    **template.PROMPTS,
    **trying.PROMPTS,
    **setting_up.PROMPTS,
    **broadcast.PROMPTS,
    **relaying.PROMPTS,
    **inviting.PROMPTS,
    **moderating.PROMPTS,
}
"""What is said while the words or the file for an act are awaited."""
CHOICES: Mapping[Act, Callable[[Conversation, Desk], Turn]] = {Act.PAUSE_ALL: emergency.which}
"""How somebody of several teams is asked for the event, where it is not just asked for."""


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
        choosing = CHOICES.get(act)
        return choosing(conversation, desk) if choosing else _which(conversation, act, desk)
    return _done(conversation, Manage(act, desk.duty.event_id), scene, tap=False)


def tapped(conversation: Conversation, button: Manage, scene: Scene) -> Turn:
    """A button of the team; to whoever may not use it, it is an old one."""
    # What is only ever written has no button: whoever taps one has made it themselves.
    if scene.desk is None or scene.desk.duty is None or button.act not in DEEDS:
        return helping.stale(conversation)
    return _done(conversation, button, scene, tap=True)


def said(conversation: Conversation, step: Writing, words: Wording, scene: Scene) -> Turn | None:
    """The words that were asked for; None from whoever may not give them any more, or was asked for a file."""
    if scene.desk is None or scene.desk.duty is None:
        return None
    plain, formatted = WRITTEN.get(step.act), FORMATTED.get(step.act)
    if formatted is not None:
        turn = formatted(conversation, step, words, scene)
    elif plain is not None:
        turn = plain(conversation, step, words.words, scene)
    else:
        return None
    return _recorded(turn, Manage(step.act, step.event, step.item), scene)


def sent(conversation: Conversation, step: Writing, file: Attachment | Location | None, scene: Scene) -> Turn | None:
    """The file that was asked for; None from whoever may not give it any more, or was asked for words."""
    taking = SENT_IN.get(step.act)
    if taking is None or not isinstance(file, Attachment) or scene.desk is None or scene.desk.duty is None:
        return None
    return _recorded(taking(conversation, step, file, scene), Manage(step.act, step.event, step.item), scene)


def brought(conversation: Conversation, file: Attachment | Location | None, scene: Scene) -> Turn | None:
    """A file that nobody asked for; None when it is no document, or from whoever may not set events up."""
    if not is_document(file) or scene.desk is None or scene.desk.duty is None:
        return None
    if not is_workbook(file):
        return helping.unknown_file(conversation)
    return sent(conversation, Writing(0, Act.WORKBOOK, before=aside(conversation.step)), file, scene)


def read_in(conversation: Conversation, scene: Scene) -> Turn:
    """A file has been read; nothing for whoever may not do anything with it any more."""
    if scene.desk is None or scene.desk.duty is None or scene.desk.reading is None:
        return Turn(conversation)
    reading = scene.desk.reading
    turn = READ_IN[reading.act](conversation, reading, scene)
    return _recorded(turn, Manage(reading.act, reading.event_id, reading.item), scene)


def summary_due(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """The clock struck for a summary that somebody of a team has asked for."""
    return following.summary_due(conversation, nudge, scene)


def restated(conversation: Conversation, step: Writing, scene: Scene) -> Turn | None:
    """What is still to be written or sent, once more; None to whoever may not write or send it any more."""
    if scene.desk is None or scene.desk.duty is None:
        return None
    return asking(conversation, step, message(PROMPTS[step.act]))


def given_up(conversation: Conversation, step: Writing) -> Turn:
    """Back to where the person was before they were asked to write."""
    return Turn(replace(conversation, step=step.before), (Toast(), Revise(message(phrase("Nothing was changed.")))))


def _done(conversation: Conversation, button: Manage, scene: Scene, *, tap: bool) -> Turn:
    return _recorded(DEEDS[button.act](conversation, button, scene, tap), button, scene)


def _recorded(turn: Turn, button: Manage, scene: Scene) -> Turn:
    """The turn with its line for the audit log; what came to nothing but a passing word leaves none.

    What is not about the event of the duty brings its own line.
    """
    assert scene.desk is not None and scene.desk.duty is not None  # noqa: S101, PT018 # asked by every caller
    if all(isinstance(each, Toast) for each in turn.effects) or any(isinstance(each, Record) for each in turn.effects):
        return turn
    did = tuple(type(each).__name__ for each in turn.effects if not isinstance(each, _NO_RECORD))
    record: PersonalEffect = Record(button.act, scene.desk.duty.event, button.item, did)
    return Turn(turn.conversation, (record, *turn.effects))


def _which(conversation: Conversation, act: Act, desk: Desk) -> Turn:
    keys = tuple((Key(duty.title, Manage(act, duty.event_id)),) for duty in able(desk.duties, act))
    return Turn(conversation, (Say(message(phrase("For which event?"), keyboard=keys)),))
