"""What a team looks at when it sets an event up: drafts, what is live, who is in it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import func, select

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.model import Role
from conversations.roles import Act
from conversations.setting_up import Draft, Owner, SettingUp, Upload
from storage import drafts, events, groups, lives, replannings
from storage.looking import Looking
from storage.tables import enrolments
from storage.tables import events as events_table
from storage.uploads import upload_from_json

_NAMED_BY_DRAFT = frozenset({Act.PUBLISH, Act.REPORT, Act.REPORT_FILE})


def of_draft(looking: Looking, button: Manage) -> Manage | None:
    """The button with the event that its draft is of, where it names the draft alone; None for no draft of theirs.

    Whether a number is that of another team's draft, or of none at all, is not for anybody to find out.
    """
    if button.event or button.act not in _NAMED_BY_DRAFT:
        return button
    event = drafts.event_of(looking.conn, button.item, looking.chat.id)
    return replace(button, event=event) if event is not None else None


def _read(looking: Looking, desk: Desk, _duty: Duty, _button: Manage) -> Desk:
    """What the workbook that was read is, and whose; nothing as long as one is only asked for."""
    reading = desk.reading
    if reading is None or reading.trouble is not None:
        return replace(desk, setting=SettingUp())
    upload = upload_from_json(reading.result)
    owner, mine = _owner(looking, desk, upload)
    setting = SettingUp(job=reading.job, upload=upload, owner=owner)
    if mine is not None:
        state, version = lives.locked(looking.conn, mine.event_id)
        setting = replace(setting, state=state, version=version)
    return replace(desk, setting=replace(setting, known=_known(looking, upload, mine)))


def _owner(looking: Looking, desk: Desk, upload: Upload) -> tuple[Owner, Duty | None]:
    """Whose the code of the workbook is, and the person's duty where it is theirs."""
    code = upload.code
    mine = next((each for each in desk.duties if each.event == code and each.role is Role.COORDINATOR), None)
    if mine is not None:
        return Owner.THEIRS, mine
    taken = code and looking.conn.scalar(select(events_table.c.id).where(events_table.c.code == code)) is not None
    return (Owner.OTHERS if taken else Owner.NOBODY), None


def _known(looking: Looking, upload: Upload, mine: Duty | None) -> Draft | None:
    """The draft that waits with the very same content: sending a file twice is sending it once."""
    if mine is not None:
        waiting = drafts.newest(looking.conn, mine.event_id)
    else:
        waiting = drafts.without_event(looking.conn, looking.chat.id)
    return waiting if waiting is not None and waiting.upload.digest == upload.digest else None


def _reported(looking: Looking, desk: Desk, duty: Duty, button: Manage) -> Desk:
    """The draft that the button names, whatever became of it, if it is of this event or nobody's but theirs."""
    draft = drafts.by_id(looking.conn, button.item, looking.chat.id)
    if draft is None or draft.event_id not in {None, duty.event_id}:
        return replace(desk, setting=SettingUp())
    state = duty.state if draft.event_id is not None else SettingUp().state
    return replace(desk, setting=SettingUp(state=state, draft=draft))


def _listed(looking: Looking, desk: Desk, _duty: Duty, _button: Manage) -> Desk:
    waiting = drafts.waiting(looking.conn, [each.event_id for each in desk.duties])
    return replace(desk, setting=SettingUp(waiting=waiting))


def _one(looking: Looking, desk: Desk, duty: Duty, _button: Manage) -> Desk:
    """All that there is to see of the duty's event."""
    # Of two who change it at once, the second waits here; what was loaded of it before may be out of date by then.
    state, version = lives.locked(looking.conn, duty.event_id)
    revision = events.latest(looking.conn, duty.event)
    people = select(func.count()).select_from(enrolments).where(enrolments.c.event_id == duty.event_id)
    setting = SettingUp(
        state=state,
        version=version,
        live=looking.contents.content(looking.conn, revision) if revision is not None else None,
        draft=drafts.newest(looking.conn, duty.event_id),
        people=looking.conn.execute(people).scalar_one(),
        groups=len(groups.linked(looking.conn, duty.event)),
        progress=replannings.progress(looking.conn, duty.event_id),
    )
    return replace(desk, setting=setting)


_OF_ONE = (
    *(Act.EVENT, Act.PUBLISH, Act.PUBLISH_NOW, Act.DISCARD, Act.CLOSE, Act.CLOSE_NOW),
    *(Act.REOPEN, Act.REOPEN_NOW, Act.ARCHIVE, Act.ARCHIVE_NOW),
)
LOADERS: Mapping[Act, Callable[[Looking, Desk, Duty, Manage], Desk]] = {
    Act.WORKBOOK: _read,
    Act.EVENTS: _listed,
    **dict.fromkeys((Act.REPORT, Act.REPORT_FILE), _reported),
    **dict.fromkeys(_OF_ONE, _one),
}
"""What each act needs beside the duty."""
