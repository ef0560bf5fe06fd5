"""Planning rows anew: for one person when what their year depends on has changed, for many when the event has.

Everything here runs in the storage thread, inside a turn's savepoint or a transaction of its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from conversations.conversation import Conversation
from conversations.linking import GroupLink, as_wanted
from conversations.model import Event, Purpose
from conversations.schedule import Planned, plan, plan_whole
from conversations.timing import TouchpointKind, is_ladder
from storage import enrolments, events, groups, people, plans
from storage.events import Contents
from storage.people import Member

_PERSONAL_KINDS = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})
_GROUP_KINDS = frozenset({TouchpointKind.DIGEST})
SLICE = 200
"""Chats to replan at once: a fifth of a second or so, which others that write can wait."""


def replan_person(  # all that a turn has at hand
    connection: Connection, contents: Contents, chat_id: int, code: str, after: Conversation, now: datetime
) -> None:
    """Plan anew what that person has coming from that event; `after` is their conversation as it is from now on.

    Nothing for an event that is not live.
    """
    found = _newest(connection, contents, code)
    if found is None:
        return
    event, newest = found
    member = people.member(connection, event, chat_id)
    if member is not None:
        # What they have just said of their language and zone is not written down yet.
        member = replace(member, zone=after.zone, who=replace(member.who, language=after.language))
        _replan(connection, event, [member], now, newest)


def replan_everywhere(
    connection: Connection, contents: Contents, chat_id: int, after: Conversation, now: datetime
) -> None:
    """The same for all events that the person takes part in."""
    for enrolment in enrolments.of_chat(connection, chat_id):
        replan_person(connection, contents, chat_id, enrolment.event, after, now)


def plan_group(connection: Connection, contents: Contents, chat_id: int, now: datetime) -> None:
    """Plan the digests of a group anew, at the times chosen for it; nothing for one that is not linked.

    Nothing either of an event that is not live.
    """
    link = groups.link_of(connection, chat_id)
    found = _newest(connection, contents, link.event) if link is not None else None
    if link is not None and found is not None:
        event, newest = found
        plans.replan(connection, chat_id, link.event, _digests(event, link, now), revision=newest)


def to_replan(connection: Connection, code: str) -> tuple[int, ...]:
    """The chats that have something coming from that event: of all who take part, then the groups linked to it.

    Plan them anew in slices, each in a transaction of its own: the write lock is needed by a running bot as well.
    """
    return (*people.everyone(connection, code), *(link.chat for link in groups.linked(connection, code)))


def replan_people(connection: Connection, event: Event, now: datetime, chats: Sequence[int], revision: int) -> bool:
    """Plan anew what these chats still have coming, as `event` says, which is the content of `revision`.

    Who has left since `chats` was listed stays out. False, and nothing is planned, when `revision` is not the newest
    one any more: whoever imported since plans everything anew. The same for an event that is not live.
    """
    if events.latest_live(connection, event.code) != revision:
        return False
    _replan(connection, event, people.members(connection, event, chats), now, revision)
    digests = {
        link.chat: _digests(event, link, now) for link in groups.linked(connection, event.code) if link.chat in chats
    }
    plans.replan_several(connection, event.code, digests, revision=revision)
    return True


def _digests(event: Event, link: GroupLink, now: datetime) -> tuple[Planned, ...]:
    return plan(as_wanted(event, link.slot), _GROUP_KINDS, link.since, event.timezone, since=now)


def _replan(connection: Connection, event: Event, members: Collection[Member], now: datetime, revision: int) -> None:
    coming: dict[int, tuple[Planned, ...]] = {}
    waiting: dict[int, tuple[Planned, ...]] = {}
    for member in members:
        zone = member.zone or event.timezone
        planned = plan(event, _PERSONAL_KINDS, member.joined, zone, since=now, who=member.who)
        # What was put off for longer than it would be planned for somebody new must not get lost over it.
        whole = plan_whole(event, _PERSONAL_KINDS, member.joined, zone, member.who)
        coming[member.chat_id], waiting[member.chat_id] = _agreed(member, planned), _agreed(member, whole)
    plans.replan_several(connection, event.code, coming, waiting=waiting, revision=revision)


def _agreed(member: Member, planned: tuple[Planned, ...]) -> tuple[Planned, ...]:
    if Purpose.NUDGES in member.purposes:
        return planned
    # The ladder goes on for ever, each nudge from the one before; it waits for their consent.
    return tuple(each for each in planned if not is_ladder(each))


def _newest(connection: Connection, contents: Contents, code: str) -> tuple[Event, int] | None:
    """What the newest revision of a live event says, and its id; None for any other event."""
    revision = events.latest_live(connection, code)
    return (contents.content(connection, revision), revision) if revision is not None else None
