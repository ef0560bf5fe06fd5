"""Setting an event up: a workbook is sent and read, what was found in it is told, and the team's events are listed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from conversations.agenda import today_of
from conversations.attachments import Attachment
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Desk, Duty, Reading, Trouble, asking, shown
from conversations.effects import Say, Toast, Turn
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import EventState, Phrase, Role, Words
from conversations.readiness_pages import page, summary, whole
from conversations.roles import Act, may
from conversations.scene import Scene
from conversations.setting_up import PUBLISHABLE, Draft, Owner, SettingUp, Upload, is_workbook
from conversations.setting_up_effects import Discard, KeepDraft
from conversations.team_effects import ReadFile, Record

PROMPTS: Mapping[Act, Words] = {
    Act.WORKBOOK: phrase("Send me the workbook now, as a file: .xlsx, .xls or .md. The paper clip is the way to it."),
}
STATES: Final[Mapping[EventState, Phrase]] = {
    EventState.DRAFT: short("state of an event", "being prepared"),
    EventState.LIVE: short("state of an event", "live"),
    EventState.CLOSED: short("state of an event", "closed"),
    EventState.ARCHIVED: short("state of an event", "archived"),
}


def _wanted(conversation: Conversation, _button: Manage, scene: Scene, _tap: bool) -> Turn:
    del scene
    step = Writing(0, Act.WORKBOOK, before=aside(conversation.step))
    return asking(conversation, step, message(PROMPTS[Act.WORKBOOK]), _no_event(), Toast())


def _sent(conversation: Conversation, step: Writing, file: Attachment, _scene: Scene) -> Turn:
    if not is_workbook(file):
        return Turn(conversation, (Say(message(phrase("This is no workbook."), PROMPTS[Act.WORKBOOK])), _no_event()))
    reading = message(phrase("Thank you. I am reading it; that can take a minute."))
    read = ReadFile(Act.WORKBOOK, 0, 0, file)
    return Turn(replace(conversation, step=step.before), (_no_event("ReadFile"), read, Say(reading)))


def _read(conversation: Conversation, reading: Reading, scene: Scene) -> Turn:
    """The workbook has been read: it waits as a draft, unless it may not be the event's."""
    desk, setting = _at_hand(scene)
    if setting.upload is None:
        return _said(conversation, message(_TROUBLES[reading.trouble or Trouble.UNREADABLE]))
    upload = setting.upload
    if setting.owner is Owner.OTHERS:
        return _said(conversation, _taken(upload))
    if setting.state is EventState.ARCHIVED:
        return _said(conversation, message(phrase("This event is archived. Only the operator can open it again.")))
    if setting.known is not None:
        return _said(conversation, _summary(conversation, setting.known, setting, scene))
    mine = next((each for each in desk.duties if each.event == upload.code), None)
    begins = mine is None and upload.event is not None
    keep = KeepDraft(setting.job, mine.event_id if mine is not None else None, upload, begins)
    draft = Draft(setting.job, keep.event_id, upload, scene.now)
    record = Record(Act.WORKBOOK, upload.code if mine is not None or begins else "", setting.job, ("KeepDraft",))
    told = _summary(conversation, draft, setting, scene)
    if begins:
        begun = phrase("A new event begins with it, and you are its coordinator. Its code is {code}.", code=upload.code)
        told = replace(told, paragraphs=(*told.paragraphs, Paragraph(begun)))
    return Turn(conversation, (record, keep, Say(told)))


_TROUBLES: Mapping[Trouble, Phrase] = {
    Trouble.GONE: phrase(
        "I cannot get this file: it is larger than 20 MB, or not there any more. Please send it again."
    ),
    Trouble.UNREADABLE: phrase(
        "This file could not be read: it took too long or too much room. Copy its rows into a new workbook, without "
        "formatting, and send that one."
    ),
}


def _taken(upload: Upload) -> Message:
    """Whether there is an event of that code, whose it is and how it stands is nobody else's business."""
    return message(
        phrase("The code {code} cannot be used. Choose another one.", code=upload.code),
        phrase("It stands in the sheet event beside code; in a plain form it is the form_id of the sheet settings."),
    )


def _reported(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """A page of the report; the button's version is its number, 0 for the summary."""
    _, setting = _at_hand(scene)
    draft = setting.draft
    if draft is None:
        return _gone(conversation)
    if button.version == 0:
        return shown(conversation, _summary(conversation, draft, setting, scene), tap=tap)
    return shown(conversation, page(draft, button.version, today_of(conversation, scene)), tap=tap)


def _as_file(conversation: Conversation, _button: Manage, scene: Scene, _tap: bool) -> Turn:
    _, setting = _at_hand(scene)
    draft = setting.draft
    if draft is None:
        return _gone(conversation)
    told = message(phrase("The whole report is in this file. It opens in any browser, best on a computer."))
    return Turn(conversation, (Toast(), Say(replace(told, files=(whole(draft, today_of(conversation, scene)),)))))


def _dropped(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    _, setting = _at_hand(scene)
    draft = setting.draft
    if draft is None or not draft.open or draft.id != button.item:
        return _gone(conversation)
    gone = message(phrase("This workbook waits no more. What is published stays as it is."))
    return shown(conversation, gone, Discard(draft.id), tap=tap)


def _listed(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    desk, setting = _at_hand(scene)
    lines: list[Words | Paragraph] = [strong(phrase("Your events"))]
    for duty in desk.duties:
        lines.append(_line(duty))
        if duty.event_id in setting.waiting and may(duty.role, Act.PUBLISH):
            lines.append(Paragraph(phrase("A workbook waits to be published."), close=True))
    keys = [(Key(duty.title, Manage(Act.EVENT, duty.event_id)),) for duty in desk.duties]
    if any(may(duty.role, Act.WORKBOOK) for duty in desk.duties):
        keys.append((Key(short("button", "Send a workbook"), Manage(Act.WORKBOOK, 0)),))
    # It is about none of them in particular: the line in the audit log names none.
    turn = shown(conversation, message(*lines, keyboard=tuple(keys)), tap=tap)
    return Turn(turn.conversation, (Record(Act.EVENTS, ""), *turn.effects))


def _line(duty: Duty) -> Phrase:
    return phrase("{event}: {state}", event=duty.title, state=STATES[duty.state])


def _one(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    desk, setting = _at_hand(scene)
    duty = desk.duty
    assert duty is not None  # noqa: S101 # asked by every caller
    lines: list[Words | Paragraph] = [strong(duty.title), phrase("State: {state}", state=STATES[setting.state])]
    if setting.progress is not None:
        done, total = setting.progress.done, setting.progress.total
        # Not of how many: those who have left are not among them.
        lines.append(phrase("Being planned: {percent} %", percent=10 * (10 * done // max(total, 1))))
    if duty.role is not Role.COORDINATOR:
        return shown(conversation, message(*lines, keyboard=((_again(duty),),)), tap=tap)
    if setting.draft is not None:
        at = setting.draft.uploaded.date()
        lines.append(phrase("A workbook of {date} waits to be published.", date=at))
    if setting.state is EventState.ARCHIVED:
        lines.append(phrase("Only the operator can open it again."))
    return shown(conversation, message(*lines, keyboard=_ways(duty, setting)), tap=tap)


def _ways(duty: Duty, setting: SettingUp) -> tuple[tuple[Key, ...], ...]:
    number, draft = duty.event_id, setting.draft
    keys: list[tuple[Key, ...]] = []
    if draft is not None and setting.state in PUBLISHABLE:
        keys.append((Key(short("button", "Publish …"), Manage(Act.PUBLISH, number)),))
    if draft is not None:
        keys.append((Key(short("button", "What was found in it"), Manage(Act.REPORT, 0, draft.id)),))
        keys.append((Key(short("button", "Discard the workbook"), Manage(Act.DISCARD, number, draft.id)),))
    if setting.state is not EventState.ARCHIVED:
        keys.append((Key(short("button", "Send a workbook"), Manage(Act.WORKBOOK, 0)),))
    match setting.state:
        case EventState.LIVE:
            keys.append((Key(short("button", "Close …"), Manage(Act.CLOSE, number)),))
        case EventState.CLOSED:
            keys.append((Key(short("button", "Open again …"), Manage(Act.REOPEN, number)),))
            keys.append((Key(short("button", "Archive …"), Manage(Act.ARCHIVE, number)),))
        case EventState.DRAFT | EventState.ARCHIVED:
            pass
    return (*keys, (_again(duty),))


def _again(duty: Duty) -> Key:
    return Key(short("button", "Look again"), Manage(Act.EVENT, duty.event_id))


def _summary(conversation: Conversation, draft: Draft, setting: SettingUp, scene: Scene) -> Message:
    publishable = setting.state in PUBLISHABLE
    return summary(draft, today_of(conversation, scene), publishable=publishable)


def _said(conversation: Conversation, told: Message) -> Turn:
    return Turn(conversation, (_no_event(), Say(told)))


def _no_event(*did: str) -> Record:
    """The line of what is about no event, or about one that may not be named."""
    return Record(Act.WORKBOOK, "", 0, did)


def _gone(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /events.")),))


def _at_hand(scene: Scene) -> tuple[Desk, SettingUp]:
    assert scene.desk is not None and scene.desk.setting is not None  # noqa: S101, PT018 # as loaded
    return scene.desk, scene.desk.setting


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.WORKBOOK: _wanted,
    Act.REPORT: _reported,
    Act.REPORT_FILE: _as_file,
    Act.DISCARD: _dropped,
    Act.EVENTS: _listed,
    Act.EVENT: _one,
}
SENT_IN: Mapping[Act, Callable[[Conversation, Writing, Attachment, Scene], Turn]] = {Act.WORKBOOK: _sent}
READ_IN: Mapping[Act, Callable[[Conversation, Reading, Scene], Turn]] = {Act.WORKBOOK: _read}
