"""Scenes: what a cue's answer may look at, and no more than that cue needs."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from conversations.broadcasts import Broadcast
from conversations.buttons import (
    Agenda,
    Another,
    Arrange,
    Bring,
    Button,
    Cease,
    Choose,
    Contact,
    Doubt,
    Go,
    Later,
    Manage,
    Often,
    Omit,
    Open,
    PassOn,
    Pause,
    Reach,
    Recall,
    Refuse,
    Review,
    Seek,
    Shift,
    Speak,
    Tale,
)
from conversations.conversation import (
    Asking,
    Confiding,
    Consenting,
    Idle,
    Leaving,
    Narrating,
    Pausing,
    Placing,
    Profiling,
    Reviewing,
    Step,
    aside,
    behind,
)
from conversations.cues import (
    Added,
    Blocked,
    Cue,
    DigestDue,
    FileRead,
    GroupCue,
    GroupTapped,
    HelpDue,
    LinkAsked,
    Moved,
    NewsDue,
    NudgeDue,
    Removed,
    Returned,
    Said,
    Sent,
    Started,
    Tapped,
    UnlinkAsked,
)
from conversations.danger import concerns_help
from conversations.desk import able
from conversations.linking import GroupLink
from conversations.model import EventState
from conversations.policy import MEMORY
from conversations.roles import Act
from conversations.scene import GroupScene, Nudge, Scene
from conversations.schedule import NOBODY, Who
from conversations.stops import Stopped
from conversations.timing import TouchpointKind
from conversations.words import Command, command_in
from storage import (
    admission,
    broadcasts,
    contacts,
    desks,
    enrolments,
    events,
    groups,
    help_requests,
    nudges,
    people,
    responses,
    stops,
    stories,
    team,
)
from storage.chats import Chat
from storage.events import Contents
from storage.looking import Looking
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class _Needs:
    """What to load for a cue, beside the time: the step's event and answers, the enrolments, one nudge.

    `who` asks for what planning the nudge's event looks at, `sent` for what came unasked lately, `coming` for all that
    is planned and what waits for an answer, `aid` for whom the person can turn to and their contact with a team,
    `stories` for those that they tell, `passing` for the newest of all events that they take part in or look after.
    """

    step: bool = False
    enrolments: bool = False
    nudge: int | None = None
    who: bool = False
    sent: bool = False
    coming: bool = False
    aid: bool = False
    stories: bool = False
    passing: bool = False


def person(  # all that a turn has at hand
    conn: Connection, vault: Vault, chat: Chat, cue: Cue, now: datetime, contents: Contents, bot: str = ""
) -> Scene:
    """The scene of a cue in a private chat.

    An answer to the question on screen, the most frequent cue by far, costs two statements: what is stopped, and the
    answers so far.
    """
    needs, stopped = _needs(chat, cue), stops.stopped(conn)
    step = _on_screen(chat.conversation.step)
    # Whether all that somebody takes part in is stopped decides over any word.
    enrolled = enrolments.of_chat(conn, chat.id) if needs.enrolments or stopped else ()
    spoken_of = responses.unfinished(conn, chat.id, now) if _asks_to_continue(chat, cue) else needs.nudge
    nudge = nudges.nudge(conn, chat.id, spoken_of) if spoken_of is not None else None
    coming = _coming(conn, chat, now, stopped) if needs.coming else ()
    invitation = events.invitation(conn, cue.code, now, chat.id) if isinstance(cue, Started) and cue.code else None
    revisions = {each.revision for each in (*enrolled, *coming, nudge, invitation) if each is not None} - {0}
    revisions |= {each.newest for each in enrolled if (needs.sent or needs.aid or needs.passing) and each.newest}
    if needs.step and not isinstance(step, Idle):
        revisions.add(step.revision)
    answered = None
    if nudge is not None and nudge.kind in {TouchpointKind.SURVEY, TouchpointKind.REMINDER}:
        answered = nudge.survey or nudge.id
    elif needs.step and isinstance(step, Asking):
        answered = step.nudge
    looking = Looking(conn, vault, contents, chat, now)
    opening = isinstance(cue, Tapped) and isinstance(cue.button, Contact) and cue.button.reach in _READING
    desk = desks.desk(looking, cue, invitation, bot, nudge)
    if needs.passing and desk is not None:
        revisions |= {each.revision for each in desk.duties if each.revision}
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
        over=_over(conn, step) if needs.step else False,
        desk=desk,
        stopped=stopped,
        broadcast=_broadcast(conn, vault, nudge, cue),
        aid=help_requests.aid(looking, opening=opening) if needs.aid else None,
        stories=stories.storytelling(looking) if needs.stories else None,
        place=admission.place(conn, chat.id, placing.event, placing.entry, now) if placing is not None else None,
    )


def _over(conn: Connection, step: Step) -> bool:
    """Whether the event that somebody is joining is not live any more."""
    return isinstance(step, Consenting | Profiling | Placing) and events.latest_live(conn, step.event) is None


def _broadcast(conn: Connection, vault: Vault, nudge: Nudge | None, cue: Cue) -> Broadcast | None:
    if nudge is None or nudge.kind is not TouchpointKind.BROADCAST:
        return None
    # Whoever pauses it meanwhile waits until this one has left or not.
    return broadcasts.of_plan(conn, vault, int(nudge.name), hold=isinstance(cue, NudgeDue))


def _coming(conn: Connection, chat: Chat, now: datetime, stopped: Stopped) -> tuple[Nudge, ...]:
    unfinished = responses.unfinished(conn, chat.id, now)
    waiting = nudges.nudge(conn, chat.id, unfinished) if unfinished is not None else None
    planned = (each for each in nudges.coming(conn, chat.id) if not stopped.covers(each.event))
    return (*([waiting] if waiting is not None else []), *planned)


def _who(conn: Connection, chat: Chat, nudge: Nudge | None, contents: Contents) -> Who:
    if nudge is None or nudge.kind is not TouchpointKind.REFRESHER:
        return NOBODY
    member = people.member(conn, contents.content(conn, nudge.revision), chat.id)
    return member.who if member is not None else NOBODY


def _asks_to_continue(chat: Chat, cue: Cue) -> bool:
    return (
        isinstance(aside(chat.conversation.step), Idle)
        and isinstance(cue, Said)
        and command_in(cue.text) is Command.CONTINUE
    )


def group(  # all that a turn has at hand
    conn: Connection, vault: Vault, chat: Chat, cue: GroupCue, now: datetime, contents: Contents, sender: Chat | None
) -> GroupScene:
    """The scene of a cue in a group; `sender` is the private chat of whoever acted, when Suivi knows them."""
    scene = GroupScene(
        now=now,
        language=chat.conversation.language,
        chat=chat.id,
        sender_language=sender.conversation.language if sender is not None else None,
    )
    match cue:
        case LinkAsked(code):
            return scene if sender is None else _linking(conn, scene, code, contents, sender)
        case UnlinkAsked():
            return scene if sender is None else _arranging(conn, scene, Act.UNLINK_FOR_GOOD, contents, sender)
        case GroupTapped(Manage(act)) if sender is not None:
            return _arranging(conn, scene, act, contents, sender)
        case DigestDue(plan_id):
            nudge = nudges.nudge(conn, chat.id, plan_id)
            return scene if nudge is None else _digest(conn, vault, chat, scene, nudge, contents)
        case Removed():
            link = groups.link_of(conn, chat.id)
            return scene if link is None else _about_link(conn, scene, link, contents)
        case Added():
            return replace(scene, link=groups.link_of(conn, chat.id))
        case GroupTapped() | Moved():
            return scene
        case _:
            assert_never(cue)


def _linking(conn: Connection, scene: GroupScene, code: str | None, contents: Contents, sender: Chat) -> GroupScene:
    """What a coordinator who links the group looks at; nothing for anybody else."""
    mine = able(team.duties(conn, sender.id, contents), Act.LINK)
    live = tuple(each for each in mine if each.state is EventState.LIVE and each.revision)
    fitting = live if code is None else tuple(each for each in mine if each.event == code)
    scene = replace(scene, by_coordinator=bool(fitting), sender=sender.id)
    if len(fitting) > 1:
        return replace(scene, several=fitting)
    if not fitting or fitting[0] not in live:
        return scene
    link = groups.link_of(conn, scene.chat)
    if link is not None and all(each.event_id != link.event_id for each in mine):
        return replace(scene, taken=True)
    event = contents.content(conn, fitting[0].revision)
    return replace(scene, event=event, event_id=fitting[0].event_id, link=link)


def _arranging(conn: Connection, scene: GroupScene, act: Act, contents: Contents, sender: Chat) -> GroupScene:
    """What a coordinator who changes the group's link looks at; nothing for anybody else."""
    link = groups.link_of(conn, scene.chat)
    mine = able(team.duties(conn, sender.id, contents), act)
    if link is None or all(each.event_id != link.event_id for each in mine):
        return scene
    team.lock(conn, link.event_id)
    link = groups.link_of(conn, scene.chat)
    if link is None:
        return scene
    return replace(_about_link(conn, scene, link, contents), by_coordinator=True, sender=sender.id)


def _about_link(conn: Connection, scene: GroupScene, link: GroupLink, contents: Contents) -> GroupScene:
    revision = events.latest(conn, link.event)
    event = contents.content(conn, revision) if revision is not None else None
    return replace(scene, link=link, event=event, event_id=link.event_id)


_READING = (Reach.OPEN, Reach.WRITE, Reach.SHARE)
"""With what a person reads the words that wait for them."""
_CALENDAR = _Needs(enrolments=True, sent=True, coming=True)


def _needs(chat: Chat, cue: Cue) -> _Needs:
    needs = _needs_of(chat, cue)
    return replace(needs, step=True, enrolments=True, passing=True) if desks.passes_on(chat, cue) else needs


def _needs_of(chat: Chat, cue: Cue) -> _Needs:
    match cue:
        case Tapped(button):
            return _needs_of_tap(chat, button)
        case Said(text):
            command = command_in(text)
            aid = _may_concern_help(chat, text, command)
            if command is Command.CALENDAR or isinstance(chat.conversation.step, Pausing):
                return replace(_CALENDAR, step=True, aid=aid)
            return _Needs(step=True, enrolments=aid or command is not None, aid=aid, stories=command is Command.STORY)
        case Started():
            return _Needs(step=True, enrolments=True)
        case Sent(caption=caption):
            aid = concerns_help(caption)
            return _Needs(step=True, enrolments=aid, aid=aid)
        case NudgeDue(nudge):
            return _Needs(enrolments=True, nudge=nudge, who=True, sent=True)
        case HelpDue():
            return _Needs(enrolments=True, aid=True)
        case NewsDue():
            return _Needs(enrolments=True, stories=True)
        case Blocked() | Returned() | FileRead():
            return _Needs()
        case _:
            assert_never(cue)


def _may_concern_help(chat: Chat, text: str, command: Command | None) -> bool:
    """Words that ask for help, may tell of danger, go to a team, or end all that was asked for by leaving."""
    concerned = isinstance(chat.conversation.step, Confiding | Leaving) or command is Command.STOP
    return concerned or concerns_help(text)


def _needs_of_tap(chat: Chat, button: Button | None) -> _Needs:
    match button:
        case None:
            return _Needs()
        case Choose(serial) | Go(serial):
            here = serial == chat.conversation.serial
            calendar = here and isinstance(chat.conversation.step, Pausing)
            leaving = here and isinstance(chat.conversation.step, Leaving)
            telling = here and isinstance(chat.conversation.step, Narrating)
            return (
                replace(_CALENDAR, step=True)
                if calendar
                else _Needs(step=here, enrolments=leaving, aid=leaving, stories=telling)
            )
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
        case Seek() | Contact():
            return _Needs(step=True, enrolments=True, aid=True)
        case Manage():
            return _Needs(step=True, enrolments=True)
        case Tale():
            return _Needs(step=True, enrolments=True, stories=True)
        case Recall(nudge) | Bring(nudge):
            return _Needs(enrolments=True, nudge=nudge, who=True)
        case _:
            assert_never(button)


def _on_screen(step: Step) -> Idle | Consenting | Profiling | Placing | Asking:
    """The step itself, for a review its survey; behind a question about leaving or pausing, the one before."""
    seen = behind(step)
    return seen.asking if isinstance(seen, Reviewing) else seen


def _digest(  # all that a turn has at hand
    conn: Connection, vault: Vault, chat: Chat, scene: GroupScene, nudge: Nudge, contents: Contents
) -> GroupScene:
    link = groups.link_of(conn, chat.id)
    linked = link is not None and link.event == nudge.event
    # Not the revision that the digest was planned with: what may be told is for the newest one to say.
    event = contents.content(conn, events.latest(conn, nudge.event) or nudge.revision)
    stopped = stops.stopped(conn).covers(nudge.event)
    scene = replace(scene, nudge=nudge, link=link, linked=linked, event=event, stopped=stopped)
    if not linked or not nudge.pending or stopped:
        return scene
    return replace(
        scene,
        cohorts=groups.cohorts(conn, nudge.event, contents),
        unposted=groups.unposted(conn, chat.id, event),
        weekly=groups.weekly(conn, event.code),
        sent=contacts.sent_to(conn, chat.id, scene.now - MEMORY),
        # Nothing else personal is ever read for a group; their authors agreed to it.
        shelf=stories.shelf(conn, vault, chat.id, nudge.event),
    )
