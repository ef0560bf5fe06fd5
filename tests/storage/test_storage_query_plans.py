"""What the clock asks of SQLite, once a second and for each nudge, finds its rows by an index: no table is scanned."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from storage_samples import DAY, EVENT, MESSAGE, NOW, a_refresher, a_survey, joined, plan_of

from conversations.cues import NudgeDue
from conversations.effects import SayKind
from conversations.following import Often
from conversations.policy import MEMORY, Reason
from conversations.refreshers import Item, asked, learnt
from conversations.schedule import Planned
from conversations.timing import LADDER_NAME, Anchor, Offset, Touchpoint, TouchpointKind, Unit
from storage import (
    chats,
    contacts,
    enrolments,
    events,
    following,
    help_requests,
    holding,
    nudges,
    outbox,
    people,
    plans,
    recalls,
    reminding,
    scenes,
    stops,
    stories,
    summaries,
)
from storage.chats import Chat
from storage.events import Contents
from storage.outbox import Operation, Outgoing
from storage.vault import Vault

LADDER = Touchpoint(TouchpointKind.REFRESHER, LADDER_NAME, Anchor.ENROLMENT, Offset(0, Unit.DAYS))
LADDERED = replace(EVENT, schedule=(*EVENT.schedule, LADDER))
A_LADDER = Planned(TouchpointKind.REFRESHER, LADDER_NAME, 0, NOW + DAY, None)
A_REMINDER = Planned(TouchpointKind.REMINDER, "after", 0, NOW + 2 * DAY, None)
SMALL = {"events", "revisions", "stops"}
"""Tables whose size has nothing to do with how many people there are."""

Statement = tuple[str, Any]
Ask = Callable[[Connection, Vault, Chat, list[int]], object]


def said(conn: Connection, vault: Vault, chat: Chat, plan: int) -> Outgoing:
    """What the turn of a plan leaves behind that is to be sent."""
    plans.settle(conn, plan, Reason.SENT, None, NOW)
    return outbox.add(conn, vault, chat, Operation.SAY, SayKind.NUDGE, "{}", NOW, plan_id=plan)


ASKED: dict[str, Ask] = {
    "due": lambda conn, *_: plans.due(conn, NOW, 100, None),
    "due after": lambda conn, *_: plans.due(conn, NOW, 100, (NOW, 1)),
    "due while stopped": lambda conn, *_: (
        stops.begin(conn, events.open_event(conn, "other"), "ABCD", NOW),
        plans.due(conn, NOW, 100, None),
        plans.due(conn, NOW, 100, (NOW, 1)),
    ),
    "claim": lambda conn, vault, chat, ids: outbox.claim(conn, said(conn, vault, chat, ids[0]), NOW),
    "let go": lambda conn, *_: holding.let_go(conn, 1, NOW, NOW + DAY),
    "sent to": lambda conn, _, chat, __: contacts.sent_to(conn, chat.id, NOW - MEMORY),
    "unheeded": lambda conn, _, chat, __: contacts.unheeded(conn, chat.id, NOW, NOW),
    "next asking": lambda conn, _, chat, __: contacts.next_asking(conn, chat.id),
    "end of reminders": lambda conn, _, chat, __: plans.end_reminders(conn, chat.id, Reason.ANSWERED, NOW),
    "coming": lambda conn, _, chat, __: nudges.coming(conn, chat.id),
    "laddered": lambda conn, _, chat, __: people.members(conn, LADDERED, [chat.id, chat.id + 1]),
    "chat": lambda conn, vault, chat, _: chats.by_id(conn, vault, chat.id),
    "enrolled": lambda conn, _, chat, __: enrolments.of_chat(conn, chat.id),
    "news of stories": lambda conn, *_: stories.news_due(conn, NOW, 100),
    "stories of somebody who leaves": lambda conn, _, chat, __: stories.plans_that_told(conn, chat.id),
    "overdue requests": lambda conn, *_: help_requests.overdue(conn, NOW, 100),
    "settle": lambda conn, _, __, ids: plans.settle(conn, ids[0], Reason.SENT, None, NOW),
    "remind": lambda conn, _, __, ids: plans.add(conn, ids[0], (replace(A_REMINDER, occurrence=1),)),
    "ask": lambda conn, _, __, ids: recalls.ask(
        conn, ids[1], [Item("rights", 0)], [asked(EVENT, learnt(EVENT, MESSAGE, NOW), Item("rights", 0), NOW)], NOW
    ),
    "replan": lambda conn, _, chat, __: plans.replan(conn, chat.id, EVENT.code, (a_refresher(9, NOW + 9 * DAY),)),
    "waves": lambda conn, *_: following.waves(conn, 1, EVENT, NOW, NOW),
    "headcount": lambda conn, *_: following.headcount(conn, 1, NOW),
    "remind a wave": lambda conn, *_: reminding.remind(conn, 1, "after", 0, NOW + DAY),
    "summary": lambda conn, _, chat, __: [
        summaries.plan(conn, chat.id, 1, Often.DAILY, NOW + DAY, NOW),
        summaries.often(conn, chat.id, 1),
        summaries.last_sent(conn, chat.id, 1),
    ],
    "scenes": lambda conn, vault, chat, ids: [
        scenes.person(conn, vault, chat, NudgeDue(each), NOW, Contents()) for each in ids
    ],
}


@pytest.fixture
def heard(sqlite_pair: tuple[Engine, Vault]) -> Iterator[list[Statement]]:
    """All that the toolkit tells SQLite, as it tells it: the values are bound, and no planner knows them."""
    said: list[Statement] = []

    def listen(_conn: object, _cursor: object, statement: str, bound: object, _context: object, many: bool) -> None:
        said.append((statement, bound[0] if many else bound))  # type: ignore[index]

    event.listen(sqlite_pair[0], "before_cursor_execute", listen)
    yield said
    event.remove(sqlite_pair[0], "before_cursor_execute", listen)


def scans(conn: Connection, statement: Statement) -> list[str]:
    """The tables that grow with the number of people and that the statement reads from end to end."""
    rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement[0]}", statement[1]).all()
    # A search without conditions in brackets walks along its index until a row fits: from end to end at the worst.
    found = [match[1] for row in rows if (match := re.match(r"(?:SCAN|SEARCH) (\w+)(?!.*\()", row.detail))]
    return [table for table in found if table not in SMALL]


@pytest.mark.parametrize("what", ASKED)
def test_nothing_is_read_from_end_to_end(sqlite_pair: tuple[Engine, Vault], heard: list[Statement], what: str) -> None:
    engine, vault = sqlite_pair
    with engine.begin() as conn:
        chat = joined(conn, vault)
        ids = plan_of(conn, chat, a_survey(), a_refresher(0, NOW + timedelta(hours=1)), A_LADDER)
        plans.add(conn, ids[0], (A_REMINDER,))
        heard.clear()
        ASKED[what](conn, vault, chat, ids)
        statements = [*heard]
        assert statements
        scanned = {each[0]: tables for each in statements if (tables := scans(conn, each))}
        assert scanned == {}


def test_the_earliest_of_all_is_the_first_of_those_still_to_come(
    sqlite_pair: tuple[Engine, Vault], heard: list[Statement]
) -> None:
    with sqlite_pair[0].begin() as conn:
        plans.next_due(conn)
        (row,) = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {heard[-1][0]}").all()
        assert row.detail == "SEARCH plans USING INDEX ix_plans_due"


def test_a_scan_would_be_seen(sqlite_pair: tuple[Engine, Vault]) -> None:
    with sqlite_pair[0].begin() as conn:
        assert scans(conn, ("SELECT id FROM plans WHERE state = ?", ("planned",))) == ["plans"]
        assert scans(conn, ("SELECT id FROM chats WHERE reachable = ?", (True,))) == ["chats"]
        assert scans(conn, ("SELECT min(due_at) FROM plans WHERE state = 'planned'", ())) == ["plans"]
