"""A team's desk: loaded for what only a team can do, and only for whoever may do it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations.buttons import Manage
from conversations.conversation import Asking, PassingOn, Writing, said_stop
from conversations.cues import Cue, FileRead, NudgeDue, Said, Sent, Started, Tapped
from conversations.desk import Desk, Duty, Reading, Specimen, able
from conversations.model import TEAM
from conversations.roles import OF_ANY_EVENT, Act, act_in
from conversations.scene import Invitation, Nudge
from conversations.setting_up import is_document
from conversations.timing import TouchpointKind
from conversations.words import Command, command_in
from storage import (
    broadcast_desk,
    drafts,
    emergency,
    following,
    groups,
    help_requests,
    inviting,
    jobs,
    report_counts,
    setting_up,
    stops,
    stories,
    team,
)
from storage.chats import Chat
from storage.looking import Looking

Loader = Callable[[Looking, Desk, Duty, Manage], Desk]
"""Gives the desk with what the act with this button looks at."""

_STOPPING = (
    Act.PAUSE_ALL,
    Act.STOP,
    Act.STOP_MINE,
    Act.LEAVE_BE,
    Act.RESUME,
    Act.RESUME_SENDING,
    Act.RESUME_LETTING_GO,
)
_TEAM = (Act.TEAM, Act.APPOINT, Act.CONFIRM, Act.REFUSE, Act.REMOVE, Act.REMOVE_FOR_GOOD)
_FOLLOWING = (Act.STATUS, Act.WAVE, Act.TREND, Act.REMIND, Act.REMIND_NOW, Act.SUMMARY, Act.SUMMARIZE)
_SPECIMEN = (Act.TEMPLATE, Act.TEMPLATE_SAME, Act.SHOW, Act.SHOW_THIS, Act.SHOW_OTHER, Act.SHOW_END)
_GROUPS = (
    Act.GROUPS,
    Act.GROUP_LANGUAGE,
    Act.GROUP_TIME,
    Act.DIGEST_NOW,
    Act.DIGEST_NOW_FOR_SURE,
    Act.UNLINK,
    Act.UNLINK_FOR_GOOD,
)


def _specimen(looking: Looking, desk: Desk, duty: Duty, _button: Manage) -> Desk:
    draft = drafts.newest(looking.conn, duty.event_id)
    if draft is not None and draft.upload.event is not None:
        # An even number is a revision, an odd one a draft.
        return replace(desk, specimen=Specimen(draft.upload.event, 2 * draft.id + 1))
    if not duty.revision:
        return desk
    return replace(desk, specimen=Specimen(looking.contents.content(looking.conn, duty.revision), 2 * duty.revision))


LOADERS: Mapping[Act, Loader] = {
    **dict.fromkeys(_TEAM, team.loaded),
    **dict.fromkeys(_SPECIMEN, _specimen),
    **dict.fromkeys(_FOLLOWING, following.loaded),
    **dict.fromkeys((Act.RESULTS, Act.RESULTS_FILE), report_counts.loaded),
    **setting_up.LOADERS,
    **dict.fromkeys(_STOPPING, emergency.loaded),
    **dict.fromkeys(broadcast_desk.ACTS, broadcast_desk.loaded),
    **dict.fromkeys(help_requests.ACTS, help_requests.loaded),
    **dict.fromkeys(_GROUPS, groups.loaded),
    **dict.fromkeys(inviting.ACTS, inviting.loaded),
    **dict.fromkeys(stories.ACTS, stories.loaded),
}
"""What each act needs beside the duty; nothing where it is not listed."""


def desk(
    looking: Looking, cue: Cue, invitation: Invitation | None, bot: str, nudge: Nudge | None = None
) -> Desk | None:
    """The desk of whoever acts as somebody of a team, or gets a summary; None for everybody and everything else."""
    chat = looking.chat
    if isinstance(cue, NudgeDue):
        return _summarized(looking, nudge) if nudge is not None and nudge.kind is TouchpointKind.SUMMARY else None
    if invitation is not None and invitation.role in TEAM:
        signed = team.sign(looking.vault, chat.key_id, invitation.event)
        return Desk(team.duties(looking.conn, chat.id, looking.contents), bot=bot, sign=signed)
    asked = _asked(looking, cue)
    command = command_in(cue.text) if isinstance(cue, Said) else None
    if asked is None and command is not Command.HELP and not _may_leave(looking, cue) and not passes_on(chat, cue):
        return None
    duties = _duties(looking, asked, helped=command is Command.HELP)
    if not duties:
        return None
    fitting, awaited = _fitting(duties, asked), _awaited(looking)
    if not fitting and isinstance(cue, Said) and awaited is not None:
        # To whoever may not give it, a command is any other word.
        asked, fitting = awaited, _fitting(duties, awaited)
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
    duties = _duties(looking, asked)
    still = next((each for each in _fitting(duties, asked) if each.event_id == duty.event_id), None)
    return Desk(duties, bot=bot) if still is None else replace(laid, duties=duties, duty=still)


def _may_leave(looking: Looking, cue: Cue) -> bool:
    """Whether the person says stop, or has said so and answers: it is their teams as well that they leave."""
    leaving = isinstance(cue, Said) and command_in(cue.text) is Command.STOP
    return leaving or (isinstance(cue, Said | Tapped | Started) and said_stop(looking.chat.conversation.step))


def passes_on(chat: Chat, cue: Cue) -> bool:
    """Whether the person passes key messages on: those of the events that they look after count as well."""
    if isinstance(cue, Said) and command_in(cue.text) is Command.PASS_ON:
        return True
    return isinstance(cue, Said | Tapped | Started) and isinstance(chat.conversation.step, PassingOn)


def _duties(looking: Looking, asked: Manage | None, *, helped: bool = False) -> tuple[Duty, ...]:
    """The person's duties, with what is stopped where that matters; /help tells how it can go on."""
    duties = team.duties(looking.conn, looking.chat.id, looking.contents)
    stopping = helped or (asked is not None and asked.act in _STOPPING)
    return stops.with_stops(looking.conn, duties) if stopping else duties


def _fitting(duties: tuple[Duty, ...], asked: Manage | None) -> tuple[Duty, ...]:
    """Those for whose event the person may do what they ask for."""
    if asked is None:
        return ()
    fitting = tuple(each for each in able(duties, asked.act) if asked.event in {0, each.event_id})
    return fitting[:1] if asked.act in OF_ANY_EVENT else fitting


def _summarized(looking: Looking, nudge: Nudge) -> Desk | None:
    """What a summary that is due looks at; None for whoever may not follow that event any more."""
    duties = team.duties(looking.conn, looking.chat.id, looking.contents)
    duty = next((each for each in able(duties, Act.STATUS) if each.event == nudge.event), None)
    if duty is None:
        return None
    return Desk(duties, duty, following=following.since_summary(looking, duty))


def _reading(looking: Looking, cue: Cue) -> Reading | None:
    job = jobs.by_id(looking.conn, looking.vault, cue.job) if isinstance(cue, FileRead) else None
    return Reading(job.act, job.event_id, job.item, job.result, job.trouble, job.id) if job is not None else None


def _asked(looking: Looking, cue: Cue) -> Manage | None:
    """What the cue asks for, or what is still to be written or sent; its event is 0 where it is not named."""
    step = looking.chat.conversation.step
    match cue:
        case Tapped(Manage() as button):
            asked = setting_up.of_draft(looking, button)
            # No keyboard leaves out the event of what is about one.
            return asked if asked is not None and (asked.event or asked.act in OF_ANY_EVENT) else None
        case Said(text) if (act := act_in(text)) is not None:
            return Manage(act, 0)
        # In a survey a file is an answer.
        case Sent(what) if is_document(what) and not isinstance(step, Asking | Writing):
            return Manage(Act.WORKBOOK, 0)
        case Tapped() | Said() | Started() | Sent():
            return _awaited(looking)
        case FileRead(number):
            job = jobs.by_id(looking.conn, looking.vault, number)
            return Manage(job.act, job.event_id, job.item) if job is not None else None
        case _:
            return None


def _awaited(looking: Looking) -> Manage | None:
    """What the person was asked to write or to send."""
    step = looking.chat.conversation.step
    return Manage(step.act, step.event, step.item) if isinstance(step, Writing) else None
