"""Scenes: what a cue's answer may look at, and no more than that cue needs."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from conversations.buttons import (
    Agenda,
    Another,
    Arrange,
    Bring,
    Button,
    Cease,
    Choose,
    Doubt,
    Go,
    Later,
    Manage,
    Often,
    Omit,
    Open,
    PassOn,
    Pause,
    Recall,
    Refuse,
    Review,
    Shift,
    Speak,
)
from conversations.conversation import (
    Asking,
    Consenting,
    Idle,
    Pausing,
    Placing,
    Profiling,
    Reviewing,
    Step,
    behind,
)
from conversations.cues import (
    Blocked,
    Cue,
    DigestDue,
    FileRead,
    GroupCue,
    GroupTapped,
    LinkAsked,
    Moved,
    NudgeDue,
    Removed,
    Returned,
    Said,
    Sent,
    Started,
    Tapped,
)
from conversations.policy import MEMORY
from conversations.scene import GroupScene, Nudge, Scene
from conversations.schedule import NOBODY, Who
from conversations.timing import TouchpointKind
from conversations.words import Command, command_in
from storage import admission, contacts, desks, enrolments, events, groups, people, plans, responses, team
from storage.chats import Chat
from storage.events import Contents
from storage.looking import Looking
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class _Needs:
    """What to load for a cue, beside the time: the step's event and answers, the enrolments, one nudge.

    `who` asks for what planning the nudge's event looks at, `sent` for what came unasked lately, `coming` for all that
    is planned and what waits for an answer.
    """

    step: bool = False
    enrolments: bool = False
    nudge: int | None = None
    who: bool = False
    sent: bool = False
    coming: bool = False


def person(  # all that a turn has at hand
    conn: Connection, vault: Vault, chat: Chat, cue: Cue, now: datetime, contents: Contents, bot: str = ""
) -> Scene:
    """The scene of a cue in a private chat.

    An answer to the question on screen, the most frequent cue by far, costs one statement: the answers so far.
    """
    needs = _needs(chat, cue)
    step = _on_screen(chat.conversation.step)
    enrolled = enrolments.of_chat(conn, chat.id) if needs.enrolments else ()
    spoken_of = responses.unfinished(conn, chat.id, now) if _asks_to_continue(chat, cue) else needs.nudge
    nudge = plans.nudge(conn, chat.id, spoken_of) if spoken_of is not None else None
    coming = _coming(conn, chat, now) if needs.coming else ()
    invitation = events.invitation(conn, cue.code, now, chat.id) if isinstance(cue, Started) and cue.code else None
    revisions = {each.revision for each in (*enrolled, *coming, nudge, invitation) if each is not None} - {0}
    revisions |= {each.newest for each in enrolled if needs.sent and each.newest}
    if needs.step and not isinstance(step, Idle):
        revisions.add(step.revision)
    answered = None
    if nudge is not None and nudge.kind in {TouchpointKind.SURVEY, TouchpointKind.REMINDER}:
        answered = nudge.survey or nudge.id
    elif needs.step and isinstance(step, Asking):
        answered = step.nudge
    placing = step if needs.step and isinstance(step, Placing) else None
    asking = contacts.next_asking(conn, chat.id) if needs.sent else contacts.Asking()
    return Scene(
        now=now,
        events={each: contents.content(conn, each) for each in revisions},
        enrolments=enrolled,
        invitation=invitation,
        nudge=nudge,
        answers=responses.answers(conn, vault, chat, answered) if answered is not None else {},
        heard=chat.heard,
        first_joined=enrolments.first_joined(conn, chat.id, placing.event) if placing is not None else None,
        reachable=chat.reachable,
        wishes=chat.wishes,
        sent=contacts.sent_to(conn, chat.id, now - MEMORY) if needs.sent else (),
        unheeded=contacts.unheeded(conn, chat.id, chat.heard, now) if needs.sent else 0,
        next_survey=asking.survey,
        next_asking=asking.any,
        who=_who(conn, chat, nudge, contents) if needs.who else NOBODY,
        coming=coming,
        desk=desks.desk(Looking(conn, vault, contents, chat, now), cue, invitation, bot),
        place=admission.place(conn, chat.id, placing.event, placing.entry, now) if placing is not None else None,
    )


def _coming(conn: Connection, chat: Chat, now: datetime) -> tuple[Nudge, ...]:
    unfinished = responses.unfinished(conn, chat.id, now)
    waiting = plans.nudge(conn, chat.id, unfinished) if unfinished is not None else None
    return (*([waiting] if waiting is not None else []), *plans.coming(conn, chat.id))


def _who(conn: Connection, chat: Chat, nudge: Nudge | None, contents: Contents) -> Who:
    if nudge is None or nudge.kind is not TouchpointKind.REFRESHER:
        return NOBODY
    member = people.member(conn, contents.content(conn, nudge.revision), chat.id)
    return member.who if member is not None else NOBODY


def _asks_to_continue(chat: Chat, cue: Cue) -> bool:
    step = chat.conversation.step
    idle = isinstance(step.before if isinstance(step, Pausing) else step, Idle)
    return idle and isinstance(cue, Said) and command_in(cue.text) is Command.CONTINUE


def group(  # all that a turn has at hand
    conn: Connection, vault: Vault, chat: Chat, cue: GroupCue, now: datetime, contents: Contents, sender: Chat | None
) -> GroupScene:
    """The scene of a cue in a group; `sender` is the private chat of whoever acted, when Suivi knows them."""
    del vault  # nothing personal is ever read for a group
    scene = GroupScene(
        now=now,
        language=chat.conversation.language,
        sender_language=sender.conversation.language if sender is not None else None,
    )
    match cue:
        case LinkAsked(code):
            revision = events.latest(conn, code)
            if revision is None:
                return scene
            return replace(
                scene,
                event=contents.content(conn, revision),
                linked=groups.linked_event(conn, chat.id) == code,
                by_coordinator=sender is not None and team.coordinates(conn, sender.id, code),
            )
        case DigestDue(plan_id):
            nudge = plans.nudge(conn, chat.id, plan_id)
            return scene if nudge is None else _digest(conn, chat, scene, nudge, contents)
        case GroupTapped() | Removed() | Moved():
            return scene
        case _:
            assert_never(cue)


_CALENDAR = _Needs(enrolments=True, sent=True, coming=True)


def _needs(chat: Chat, cue: Cue) -> _Needs:
    match cue:
        case Tapped(button):
            return _needs_of_tap(chat, button)
        case Said(text):
            command = command_in(text)
            if command is Command.CALENDAR or isinstance(chat.conversation.step, Pausing):
                return replace(_CALENDAR, step=True)
            return _Needs(step=True, enrolments=command is not None)
        case Started():
            return _Needs(step=True, enrolments=True)
        case Sent():
            return _Needs(step=True)
        case NudgeDue(nudge):
            return _Needs(enrolments=True, nudge=nudge, who=True, sent=True)
        case Blocked() | Returned() | FileRead():
            return _Needs()
        case _:
            assert_never(cue)


def _needs_of_tap(chat: Chat, button: Button | None) -> _Needs:
    match button:
        case None:
            return _Needs()
        case Choose(serial) | Go(serial):
            here = serial == chat.conversation.serial
            calendar = here and isinstance(chat.conversation.step, Pausing)
            return replace(_CALENDAR, step=True) if calendar else _Needs(step=here)
        case Speak():
            return _Needs(step=True)
        case Open(nudge) | Review(nudge) | Refuse(nudge) | Later(nudge) | Cease(nudge):
            return _Needs(enrolments=True, nudge=nudge)
        case Another(nudge) | Doubt(nudge) | PassOn(nudge):
            return _Needs(enrolments=True, nudge=nudge)
        case Agenda() | Pause() | Often():
            return _CALENDAR
        case Arrange(nudge) | Shift(nudge) | Omit(nudge):
            return replace(_CALENDAR, nudge=nudge)
        case Manage():
            return _Needs(step=True, enrolments=True)
        case Recall(nudge) | Bring(nudge):
            return _Needs(enrolments=True, nudge=nudge, who=True)
        case _:
            assert_never(button)


def _on_screen(step: Step) -> Idle | Consenting | Profiling | Placing | Asking:
    """The step itself, for a review its survey; behind a question about leaving or pausing, the one before."""
    seen = behind(step)
    return seen.asking if isinstance(seen, Reviewing) else seen


def _digest(conn: Connection, chat: Chat, scene: GroupScene, nudge: Nudge, contents: Contents) -> GroupScene:
    linked = groups.linked_event(conn, chat.id) == nudge.event
    # Not the revision that the digest was planned with: what may be told is for the newest one to say.
    event = contents.content(conn, events.latest(conn, nudge.event) or nudge.revision)
    scene = replace(scene, nudge=nudge, linked=linked, event=event)
    if not linked or not nudge.pending:
        return scene
    return replace(
        scene,
        cohorts=groups.cohorts(conn, nudge.event, contents),
        unposted=groups.unposted(conn, chat.id, event),
        sent=contacts.sent_to(conn, chat.id, scene.now - MEMORY),
    )
