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
from conversations.words import Command, command_in
from storage import groups, jobs, team
from storage.looking import Looking

Loader = Callable[[Looking, Desk, Duty, Manage], Desk]
"""Gives the desk with what the act with this button looks at."""

_TEAM = (Act.TEAM, Act.APPOINT, Act.CONFIRM, Act.REFUSE, Act.REMOVE, Act.REMOVE_FOR_GOOD)
_SPECIMEN = (Act.TEMPLATE, Act.TEMPLATE_SAME, Act.SHOW, Act.SHOW_THIS, Act.SHOW_OTHER, Act.SHOW_END)
_GROUPS = (Act.GROUPS, Act.GROUP_LANGUAGE, Act.GROUP_TIME, Act.UNLINK, Act.UNLINK_FOR_GOOD)


def _specimen(looking: Looking, desk: Desk, duty: Duty, _button: Manage) -> Desk:
    if not duty.revision:
        return desk
    return replace(desk, specimen=Specimen(looking.contents.content(looking.conn, duty.revision), duty.revision))


LOADERS: Mapping[Act, Loader] = {
    **dict.fromkeys(_TEAM, team.loaded),
    **dict.fromkeys(_SPECIMEN, _specimen),
    **dict.fromkeys(_GROUPS, groups.loaded),
}
"""What each act needs beside the duty; nothing where it is not listed."""


def desk(looking: Looking, cue: Cue, invitation: Invitation | None, bot: str) -> Desk | None:
    """The desk of whoever acts as somebody of a team; None for everybody and everything else."""
    chat = looking.chat
    if invitation is not None and invitation.role in TEAM:
        signed = team.sign(looking.vault, chat.key_id, invitation.event)
        return Desk(team.duties(looking.conn, chat.id, looking.contents), bot=bot, sign=signed)
    asked = _asked(looking, cue)
    helped = isinstance(cue, Said) and command_in(cue.text) is Command.HELP
    if asked is None and not helped:
        return None
    duties = team.duties(looking.conn, chat.id, looking.contents)
    if not duties:
        return None
    fitting = _fitting(duties, asked)
    if asked is None or len(fitting) != 1:
        return Desk(duties, bot=bot)
    duty = fitting[0]
    signed = team.sign(looking.vault, chat.key_id, duty.event)
    laid = Desk(duties, duty, bot, signed, reading=_reading(looking, cue))
    loader = LOADERS.get(asked.act)
    if loader is None:
        return laid
    laid = loader(looking, laid, duty, replace(asked, event=duty.event_id))
    # A loader may have waited for somebody else's turn, which took this person's role away.
    duties = team.duties(looking.conn, chat.id, looking.contents)
    still = next((each for each in _fitting(duties, asked) if each.event_id == duty.event_id), None)
    return Desk(duties, bot=bot) if still is None else replace(laid, duties=duties, duty=still)


def _fitting(duties: tuple[Duty, ...], asked: Manage | None) -> tuple[Duty, ...]:
    """Those for whose event the person may do what they ask for."""
    if asked is None:
        return ()
    return tuple(each for each in able(duties, asked.act) if asked.event in {0, each.event_id})


def _reading(looking: Looking, cue: Cue) -> Reading | None:
    job = jobs.by_id(looking.conn, looking.vault, cue.job) if isinstance(cue, FileRead) else None
    return Reading(job.act, job.event_id, job.item, job.result, job.trouble) if job is not None else None


def _asked(looking: Looking, cue: Cue) -> Manage | None:
    """What the cue asks for, or what is still to be written or sent; its event is 0 where it is not named."""
    step = looking.chat.conversation.step
    match cue:
        case Tapped(Manage() as button):
            return button if button.event else None  # which no keyboard has
        case Said(text) if (act := act_in(text)) is not None:
            return Manage(act, 0)
        case Said() | Sent() | Tapped() | Started() if isinstance(step, Writing):
            return Manage(step.act, step.event, step.item)
        case FileRead(number):
            job = jobs.by_id(looking.conn, looking.vault, number)
            return Manage(job.act, job.event_id, job.item) if job is not None else None
        case _:
            return None
