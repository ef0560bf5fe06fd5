"""Effects become rows. Everything here runs in the storage thread, inside one turn's savepoint."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from bot.channels import Tap
from bot.rendering import dumps, frozen, render
from conversations.conversation import Conversation
from conversations.effects import (
    Appoint,
    CompleteResponse,
    Decline,
    DropAnswers,
    Enrol,
    GroupEffect,
    Leave,
    LinkGroup,
    MarkPosted,
    MoveGroup,
    OpenResponse,
    PersonalEffect,
    RecordRecall,
    Release,
    Revise,
    SaveAnswer,
    Say,
    SayKind,
    SetReachable,
    SettleNudge,
    Toast,
    UnlinkGroup,
)
from conversations.model import Event, Language, TouchpointKind
from conversations.schedule import plan
from locales.phrases import say
from storage import chats, enrolments, events, groups, outbox, plans, responses
from storage.chats import Chat
from storage.outbox import Operation, Outgoing
from storage.vault import Vault

_PERSONAL_KINDS = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})
_GROUP_KINDS = frozenset({TouchpointKind.DIGEST})
SLICE = 200
"""Chats to replan at once: a fifth of a second or so, which others that write can wait."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What the effects of one turn are applied to."""

    connection: Connection
    vault: Vault
    contents: events.Contents
    chat: Chat
    now: datetime
    tap: Tap | None = None


@dataclass(slots=True)
class Done:
    """What is left to do outside the database once the turn is committed."""

    outgoing: list[Outgoing] = field(default_factory=list)
    toast: str | None = None


def apply_personal(effects: tuple[PersonalEffect, ...], after: Conversation, doing: Doing) -> Done:
    """Carry out a person's turn; `after` is the conversation it leads to, whose language is spoken."""
    done = Done()
    for effect in effects:
        _personal(effect, after, doing, done)
    return done


def apply_in_group(effects: tuple[GroupEffect, ...], language: Language, doing: Doing) -> Done:
    """Carry out a group's turn, in the group's language (a link may change it for what follows)."""
    done = Done()
    for effect in effects:
        if isinstance(effect, LinkGroup):
            language = effect.language
        _in_group(effect, language, doing, done)
    return done


def _personal(effect: PersonalEffect, after: Conversation, doing: Doing, done: Done) -> None:
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case Say():
            done.outgoing.append(_say(effect, after.language, doing))
        case Revise():
            done.outgoing.append(_revise(effect, after.language, doing))
        case Toast(words):
            done.toast = say(words, after.language) if words is not None else None
        case Enrol():
            _enrol(effect, after, doing)
        case Appoint(code, event):
            enrolments.appoint(connection, chat.id, event, now)
            events.use_up(connection, code, now)
        case Leave():
            enrolments.leave_all(connection, chat.id, now)
        case SetReachable(reachable):
            chats.set_reachable(connection, chat.id, reachable)
        case SettleNudge(nudge, reason, again):
            plans.settle(connection, nudge, reason, again, now)
        case OpenResponse() | SaveAnswer() | DropAnswers() | CompleteResponse() | Decline() | RecordRecall():
            _respond(effect, doing)
        case _:
            assert_never(effect)


def _respond(
    effect: OpenResponse | SaveAnswer | DropAnswers | CompleteResponse | Decline | RecordRecall, doing: Doing
) -> None:
    connection, now = doing.connection, doing.now
    match effect:
        case OpenResponse(nudge):
            responses.begin(connection, nudge, now)
        case SaveAnswer(nudge, question, value, sealed, amends):
            responses.save_answer(
                connection, doing.vault, doing.chat, nudge, question, value, sealed, now, amends=amends
            )
        case DropAnswers(nudge, questions, amends):
            responses.drop_answers(connection, nudge, questions, now, amends=amends)
        case Decline(nudge):
            plans.decline(connection, nudge, now)
        case CompleteResponse(nudge):
            responses.complete(connection, nudge, now)
        case RecordRecall(nudge, choice, right):
            responses.record_recall(connection, nudge, choice, right, now)
        case _:
            assert_never(effect)


def _in_group(effect: GroupEffect, language: Language, doing: Doing, done: Done) -> None:
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case Say():
            done.outgoing.append(_say(effect, language, doing))
        case Toast(words):
            done.toast = say(words, language) if words is not None else None
        case LinkGroup(event):
            _link(event, language, doing)
        case UnlinkGroup():
            groups.unlink(connection, chat.id)
        case MoveGroup(address):
            chats.move(connection, doing.vault, chat, address)
        case Release(survey, question, people, finding):
            linked = groups.linked_event(connection, chat.id)
            assert linked is not None  # noqa: S101 # the core releases for a linked group only
            groups.release(connection, linked, survey, question, people, frozen(finding), chat.id, now)
        case MarkPosted(releases):
            groups.mark_posted(connection, chat.id, releases)
        case SettleNudge(nudge, reason, again):
            plans.settle(connection, nudge, reason, again, now)
        case _:
            assert_never(effect)


def _say(effect: Say, language: Language, doing: Doing) -> Outgoing:
    body = dumps(render(effect.message, language))
    return outbox.add(
        doing.connection,
        doing.vault,
        doing.chat,
        Operation.SAY,
        effect.kind,
        body,
        doing.now,
        serial=effect.serial,
        plan_id=effect.nudge,
    )


def _revise(effect: Revise, language: Language, doing: Doing) -> Outgoing:
    body = dumps(render(effect.message, language))
    target = doing.tap.message if effect.carrying is None and doing.tap is not None else None
    return outbox.add(
        doing.connection,
        doing.vault,
        doing.chat,
        Operation.EDIT,
        SayKind.REPLY,
        body,
        doing.now,
        serial=effect.serial,
        carrying=effect.carrying,
        target=target,
    )


def _enrol(effect: Enrol, after: Conversation, doing: Doing) -> None:
    connection, chat = doing.connection, doing.chat
    # The enrolment keeps the revision whose consent they read: that is what they agreed to, whatever came since. What
    # they get is planned from the newest one, as for everybody else.
    enrolments.enrol(connection, chat.id, effect.event, effect.revision, effect.purposes, effect.profile, doing.now)
    event, newest = _newest(effect.event, doing)
    joined = enrolments.first_joined(connection, chat.id, effect.event) or doing.now
    coming = plan(event, _PERSONAL_KINDS, joined, after.zone or event.timezone, since=doing.now)
    plans.replan(connection, chat.id, event.code, coming, revision=newest)


def to_replan(connection: Connection, code: str) -> tuple[int, ...]:
    """The chats that have something coming from that event: of all who take part, then the groups linked to it.

    Plan them anew in slices, each in a transaction of its own: the write lock is needed by a running bot as well.
    """
    people = (person.chat_id for person in enrolments.everyone(connection, code))
    return (*people, *(group.chat_id for group in groups.linked(connection, code)))


def replan_people(connection: Connection, event: Event, now: datetime, people: Sequence[int], revision: int) -> bool:
    """Plan anew what these chats still have coming, as `event` says, which is the content of `revision`.

    Who has left since `people` was listed stays out. False, and nothing is planned, when `revision` is not the newest
    one any more: whoever imported since plans everything anew.
    """
    if events.latest(connection, event.code) != revision:
        return False
    coming = {
        person.chat_id: plan(event, _PERSONAL_KINDS, person.joined, person.zone or event.timezone, since=now)
        for person in enrolments.everyone(connection, event.code, people)
    }
    for group in groups.linked(connection, event.code):
        if group.chat_id in people:
            coming[group.chat_id] = plan(event, _GROUP_KINDS, group.linked, event.timezone, since=now)
    plans.replan_several(connection, event.code, coming, revision=revision)
    return True


def _link(code: str, language: Language, doing: Doing) -> None:
    connection, chat = doing.connection, doing.chat
    groups.link(connection, chat.id, code, doing.now)
    chats.save(connection, doing.vault, chat, replace(chat.conversation, language=language), None)
    event, newest = _newest(code, doing)
    plans.replan(connection, chat.id, code, plan(event, _GROUP_KINDS, doing.now, event.timezone), revision=newest)


def _newest(code: str, doing: Doing) -> tuple[Event, int]:
    """What the newest revision of a known event says, and its id."""
    revision = events.latest(doing.connection, code)
    assert revision is not None  # noqa: S101 # nobody joins or links an event that is not known
    return doing.contents.content(doing.connection, revision), revision
