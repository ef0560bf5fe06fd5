"""A team's desk: loaded for what only a team can do, and only for whoever may do it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations.buttons import Manage
from conversations.conversation import Writing
from conversations.cues import Cue, FileRead, Said, Sent, Started, Tapped
from conversations.desk import Desk, Duty, Reading, Specimen, able
from conversations.model import TEAM
from conversations.roles import Act, act_in
from conversations.scene import Invitation
from storage import inviting, jobs, team
from storage.looking import Looking

Loader = Callable[[Looking, Desk, Duty, Manage], Desk]
"""Gives the desk with what the act with this button looks at."""

_TEAM = (Act.TEAM, Act.APPOINT, Act.CONFIRM, Act.REFUSE, Act.REMOVE, Act.REMOVE_FOR_GOOD)
_SPECIMEN = (Act.TEMPLATE, Act.TEMPLATE_SAME, Act.SHOW, Act.SHOW_THIS, Act.SHOW_OTHER, Act.SHOW_END)


def _specimen(looking: Looking, desk: Desk, duty: Duty, _button: Manage) -> Desk:
    if not duty.revision:
        return desk
    return replace(desk, specimen=Specimen(looking.contents.content(looking.conn, duty.revision), duty.revision))


LOADERS: Mapping[Act, Loader] = {
    **dict.fromkeys(_TEAM, team.loaded),
    **dict.fromkeys(_SPECIMEN, _specimen),
    **dict.fromkeys(inviting.ACTS, inviting.loaded),
}
"""What each act needs beside the duty; nothing where it is not listed."""


def desk(looking: Looking, cue: Cue, invitation: Invitation | None, bot: str) -> Desk | None:
    """The desk of whoever acts as somebody of a team; None for everybody and everything else."""
    chat = looking.chat
    if isinstance(cue, Started):
        if invitation is None or invitation.role not in TEAM:
            return None
        signed = team.sign(looking.vault, chat.key_id, invitation.event)
        return Desk(team.duties(looking.conn, chat.id, looking.contents), bot=bot, sign=signed)
    asked = _asked(looking, cue)
    if asked is None:
        return None
    duties = team.duties(looking.conn, chat.id, looking.contents)
    if not duties:
        return None
    fitting = [each for each in able(duties, asked.act) if asked.event in {0, each.event_id}]
    if len(fitting) != 1:
        return Desk(duties, bot=bot)
    duty = fitting[0]
    signed = team.sign(looking.vault, chat.key_id, duty.event)
    laid = Desk(duties, duty, bot, signed, reading=_reading(looking, cue))
    loader = LOADERS.get(asked.act)
    return laid if loader is None else loader(looking, laid, duty, replace(asked, event=duty.event_id))


def _reading(looking: Looking, cue: Cue) -> Reading | None:
    job = jobs.by_id(looking.conn, looking.vault, cue.job) if isinstance(cue, FileRead) else None
    return Reading(job.act, job.event_id, job.item, job.result, job.trouble) if job is not None else None


def _asked(looking: Looking, cue: Cue) -> Manage | None:
    """What the cue asks for; its event is 0 where it is not named."""
    step = looking.chat.conversation.step
    match cue:
        case Tapped(Manage() as button):
            return button
        case Tapped():
            return Manage(step.act, step.event, step.item) if isinstance(step, Writing) and step.trial else None
        case Said(text):
            act = act_in(text)
            if act is not None:
                return Manage(act, 0)
            return Manage(step.act, step.event, step.item) if isinstance(step, Writing) else None
        case Sent():
            return Manage(step.act, step.event, step.item) if isinstance(step, Writing) else None
        case FileRead(number):
            job = jobs.by_id(looking.conn, looking.vault, number)
            return Manage(job.act, job.event_id, job.item) if job is not None else None
        case _:
            return None
