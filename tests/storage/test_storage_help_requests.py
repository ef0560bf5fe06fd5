"""Requests for contact, and the words that wait in them, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select
from storage_samples import DAY, EVENT, NOW, imported, joined, person

from conversations.aid import HelpRequest, Letter, RequestState
from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.model import EventState, Role
from conversations.roles import Act
from storage import chats, enrolments, events, help_requests, team
from storage.chats import Chat
from storage.events import Contents
from storage.looking import Looking
from storage.tables import help_letters
from storage.tables import help_requests as table
from storage.vault import Vault

NUMBER = 123_456_789_012


@pytest.fixture
def asking(conn: Connection, vault: Vault) -> Chat:
    imported(conn)
    return joined(conn, vault)


@pytest.fixture
def helping(conn: Connection, vault: Vault, asking: Chat) -> Chat:
    del asking
    helper = person(conn, vault, "77")
    team.appoint(conn, helper.id, events.number_of(conn, EVENT.code), Role.MODERATOR, NOW)
    return helper


def looking(conn: Connection, vault: Vault, chat: Chat, now: datetime = NOW) -> Looking:
    return Looking(conn, vault, Contents(), chat, now)


def picked(conn: Connection, vault: Vault, chat: Chat, act: Act = Act.HELP_READ) -> HelpRequest | None:
    event = events.number_of(conn, EVENT.code)
    duty = Duty(event, EVENT.code, Role.MODERATOR, EventState.LIVE, EVENT.title)
    button = Manage(act, event, NUMBER)
    desk = help_requests.loaded(looking(conn, vault, chat), Desk((duty,), duty), duty, button)
    assert desk.help is not None
    return desk.help.picked


def ask(conn: Connection, chat: Chat) -> int:
    event = events.number_of(conn, EVENT.code)
    help_requests.ask(conn, chat.id, NUMBER, event, "Baobab 27", NOW + DAY, NOW)
    return event


def test_contact_is_offered_only_where_somebody_else_is_there(conn: Connection, vault: Vault, asking: Chat) -> None:
    aid = help_requests.aid(looking(conn, vault, asking), opening=False)
    assert [each.staffed for each in aid.places] == [False]
    team.appoint(conn, asking.id, events.number_of(conn, EVENT.code), Role.COORDINATOR, NOW)
    aid = help_requests.aid(looking(conn, vault, asking), opening=False)
    assert [each.staffed for each in aid.places] == [False], "nobody is their own helper"
    other = person(conn, vault, "78")
    team.appoint(conn, other.id, events.number_of(conn, EVENT.code), Role.COORDINATOR, NOW)
    aid = help_requests.aid(looking(conn, vault, asking), opening=False)
    assert [each.staffed for each in aid.places] == [True]


def test_words_wait_for_each_side_until_they_are_opened(
    conn: Connection, vault: Vault, asking: Chat, helping: Chat
) -> None:
    event = ask(conn, asking)
    help_requests.settle(conn, NUMBER, RequestState.TAKEN, helping.id, None, NOW)
    help_requests.keep(conn, vault, NUMBER, Letter("Bonjour"), NOW, to_team=False)
    help_requests.keep(conn, vault, NUMBER, Letter("07 12", sharing=True), NOW, to_team=True)
    mine = help_requests.aid(looking(conn, vault, asking), opening=True).request(event)
    assert mine is not None
    assert (mine.letters, mine.unopened, mine.helper) == ((Letter("Bonjour"),), True, helping.id)
    theirs = picked(conn, vault, helping)
    assert theirs is not None
    assert (theirs.letters, theirs.unopened) == ((Letter("07 12", sharing=True),), True)
    help_requests.drop_letters(conn, NUMBER, to_team=False)
    assert replace(mine, letters=()) == help_requests.aid(looking(conn, vault, asking), opening=True).request(event)
    help_requests.settle(conn, NUMBER, RequestState.CLOSED, None, None, NOW)
    assert conn.scalars(select(help_letters.c.id)).all() == []


def test_nobody_sees_their_own_request_as_a_helper(conn: Connection, vault: Vault, asking: Chat) -> None:
    ask(conn, asking)
    assert picked(conn, vault, asking, Act.HELP_TAKE) is None


def test_whoever_erased_themselves_cannot_be_reached(
    conn: Connection, vault: Vault, asking: Chat, helping: Chat
) -> None:
    ask(conn, asking)
    vault.destroy(asking.key_id)
    assert picked(conn, vault, helping, Act.HELP_TAKE) is None


@pytest.mark.parametrize(
    "leave",
    [
        lambda conn, chat: team.dismiss(conn, chat, events.number_of(conn, EVENT.code)),
        lambda conn, chat: enrolments.leave_all(conn, chat, NOW + DAY),
    ],
    ids=["the team", "everything"],
)
def test_what_a_helper_leaves_is_due_at_once(
    conn: Connection, vault: Vault, asking: Chat, helping: Chat, leave: Callable[[Connection, int], None]
) -> None:
    ask(conn, asking)
    help_requests.settle(conn, NUMBER, RequestState.TAKEN, helping.id, None, NOW)
    assert help_requests.overdue(conn, NOW + 9 * DAY, 10) == []
    leave(conn, helping.id)
    [due] = help_requests.overdue(conn, NOW + DAY, 10)
    assert (due.id, due.chat_id) == (NUMBER, asking.id)
    theirs = picked(conn, vault, helping)
    assert theirs is not None
    assert theirs.helper is None


@pytest.mark.parametrize(
    "lose",
    [
        lambda conn, chat: chats.set_reachable(conn, chat, False),
        lambda conn, chat: help_requests.settle(conn, NUMBER, RequestState.OPEN, chat, None, NOW),
    ],
    ids=["who cannot be written to", "who gives it back"],
)
def test_a_way_to_be_reached_waits_for_one_helper_alone(
    conn: Connection, vault: Vault, asking: Chat, helping: Chat, lose: Callable[[Connection, int], None]
) -> None:
    ask(conn, asking)
    help_requests.settle(conn, NUMBER, RequestState.BEGUN, helping.id, None, NOW)
    for letter in (Letter("07 12", sharing=True), Letter("Tonight")):
        help_requests.keep(conn, vault, NUMBER, letter, NOW, to_team=True)
    lose(conn, helping.id)
    theirs = picked(conn, vault, helping)
    assert theirs is not None
    assert (theirs.helper, theirs.letters) == (None, (Letter("Tonight"),))


@pytest.mark.parametrize(
    ("state", "after", "left"),
    [
        (RequestState.CLOSED, timedelta(days=7), 1),
        (RequestState.CLOSED, timedelta(days=7, seconds=1), 0),
        (RequestState.OPEN, timedelta(days=60), 1),
        (RequestState.OPEN, timedelta(days=60, seconds=1), 0),
    ],
)
def test_what_is_over_is_forgotten(
    conn: Connection, asking: Chat, state: RequestState, after: timedelta, left: int
) -> None:
    ask(conn, asking)
    help_requests.settle(conn, NUMBER, state, None, None, NOW)
    help_requests.forget(conn, NOW + after)
    assert len(conn.execute(select(table)).all()) == left
