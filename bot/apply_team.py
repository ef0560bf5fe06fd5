"""What the turns of a team ask for becomes rows, with a line in the audit log. All of it runs inside the turn."""

from datetime import timedelta
from typing import assert_never

from bot.apply_broadcasts import apply_broadcast
from bot.apply_emergency import apply_emergency
from bot.apply_groups import apply_to_group
from bot.apply_inviting import apply_inviting
from bot.apply_setting_up import apply_setting_up
from bot.doing import Doing, Done, tell
from conversations.emergency_effects import ResumeEvent, StopEvent
from conversations.following_effects import FollowingEffect, KeepHeadcount, RemindWave, Summarize
from conversations.inviting_effects import Expect, ExpectNobody, OfferPlaces, ReplaceInvitation, WithdrawInvitation
from conversations.setting_up_effects import ChangeState, Discard, KeepDraft, Publish
from conversations.team_effects import (
    Appoint,
    ArrangeGroup,
    AskDigest,
    AskForRole,
    Dismiss,
    EndLink,
    OfferRole,
    ReadFile,
    Record,
    RoleEffect,
    TeamEffect,
    TellPerson,
    TellTeam,
    TurnDown,
    UseInvitation,
)
from storage import audit, events, following, jobs, reminding, summaries, team
from storage.audit import Entry


def apply_team(effect: TeamEffect, doing: Doing, done: Done) -> None:
    """Carry out one effect of a team's turn."""
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case Record(act, event, item, did):
            actor = doing.vault.pseudonym((doing.by or chat).key_id, f"audit of {event}")
            audit.append(connection, doing.vault, Entry(now, actor, event, act, item, did))
        case OfferRole() | UseInvitation() | AskForRole() | Appoint() | TurnDown() | Dismiss():
            _change_roles(effect, doing)
        case KeepHeadcount() | RemindWave() | Summarize():
            _follow(effect, doing)
        case ReadFile(act, event_id, item, file):
            jobs.add(connection, doing.vault, chat, act, event_id, item, file, now)
        case TellTeam() | TellPerson():
            _tell(effect, doing, done)
        case StopEvent() | ResumeEvent():
            apply_emergency(effect, connection, doing.contents, now)
        case KeepDraft() | Discard() | Publish() | ChangeState():
            apply_setting_up(effect, doing)
        case ArrangeGroup() | EndLink() | AskDigest():
            apply_to_group(effect, doing)
        case OfferPlaces() | WithdrawInvitation() | ReplaceInvitation() | Expect() | ExpectNobody():
            apply_inviting(effect, doing)
        case _:
            apply_broadcast(effect, doing)


def _change_roles(effect: RoleEffect, doing: Doing) -> None:
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case OfferRole(event_id, role, code, minutes):
            event = events.code_of(connection, event_id)
            events.invite(connection, event, role, now, timedelta(minutes=minutes), 1, code=code)
        case UseInvitation(code):
            events.use(connection, code)
        case AskForRole(event_id, role):
            team.ask(connection, chat.id, event_id, role, now)
        case Appoint(event_id, role, other):
            team.appoint(connection, chat.id if other is None else other, event_id, role, now)
        case TurnDown(event_id, other):
            team.turn_down(connection, other, event_id)
        case Dismiss(event_id, other):
            team.dismiss(connection, other, event_id)
        case _:
            assert_never(effect)


def _follow(effect: FollowingEffect, doing: Doing) -> None:
    connection, now = doing.connection, doing.now
    match effect:
        case KeepHeadcount(event_id, headcount):
            following.keep_headcount(connection, event_id, headcount)
        case RemindWave(event_id, survey, occurrence):
            reminding.remind(connection, event_id, survey, occurrence, now)
        case Summarize(event_id, often, due):
            summaries.plan(connection, doing.chat.id, event_id, often, due, now)
        case _:
            assert_never(effect)


def _tell(effect: TellTeam | TellPerson, doing: Doing, done: Done) -> None:
    match effect:
        case TellPerson(other):
            whom: tuple[int, ...] = (other,)
        case TellTeam(event_id, may):
            whom = tuple(each for each in team.who_may(doing.connection, event_id, may) if each != doing.chat.id)
        case _:
            assert_never(effect)
    for other in whom:
        told = tell(effect.message, other, doing.connection, doing.vault, doing.contents, doing.now)
        if told is not None:
            done.outgoing.append(told)
