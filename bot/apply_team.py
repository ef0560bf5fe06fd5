"""What the turns of a team ask for becomes rows, with a line in the audit log. All of it runs inside the turn."""

from datetime import timedelta
from typing import assert_never

from bot.apply_inviting import apply_inviting
from bot.doing import Doing, Done, put
from conversations.effects import SayKind
from conversations.messages import Message
from conversations.team_effects import (
    Appoint,
    AskForRole,
    Dismiss,
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
from storage import audit, chats, events, jobs, team
from storage.audit import Entry
from storage.vault import KeyDestroyed


def apply_team(effect: TeamEffect, doing: Doing, done: Done) -> None:
    """Carry out one effect of a team's turn."""
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case Record(act, event, item, did):
            actor = doing.vault.pseudonym(chat.key_id, event)
            audit.append(connection, doing.vault, Entry(now, actor, event, act, item, did))
        case OfferRole() | UseInvitation() | AskForRole() | Appoint() | TurnDown() | Dismiss():
            _change_roles(effect, doing)
        case ReadFile(act, event_id, item, file):
            jobs.add(connection, doing.vault, chat, act, event_id, item, file, now)
        case TellTeam(event_id, may, message):
            for each in team.who_may(connection, event_id, may):
                if each != chat.id:
                    _tell(each, message, doing, done)
        case TellPerson(other, message):
            _tell(other, message, doing, done)
        case _:
            apply_inviting(effect, doing)


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


def _tell(other: int, message: Message, doing: Doing, done: Done) -> None:
    try:
        theirs = chats.by_id(doing.connection, doing.vault, other)
    except (LookupError, KeyDestroyed):
        return  # they are gone: there is nobody to tell
    done.outgoing.append(put(message, theirs, theirs.conversation.language, SayKind.REPLY, doing))
