"""What people have coming, when the pack changes while they join or while it is imported."""

from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy import event as engine_events
from sqlalchemy import select

from bot.apply import Doing, apply_personal
from bot.planning import replan_people, replan_person, to_replan
from conversations.conversation import Conversation
from conversations.effects import Enrol
from conversations.model import Event, Language, Purpose
from conversations.timing import TouchpointKind
from storage import chats, enrolments, events, groups, plans, tables
from storage.chats import ChatKind
from storage.events import Contents
from tests.conversations.samples import both, event_with, touchpoint
from tests.rig import MONDAY, Rig

DIGEST = touchpoint(TouchpointKind.DIGEST, "news", "1 weeks")
BEFORE = event_with(touchpoint(offset="3 days"), DIGEST)
LATER = event_with(touchpoint(offset="5 days"), touchpoint(offset="9 days"), DIGEST)


def join(rig: Rig, address: str, event: Event, consented: int) -> int:
    """Somebody joins who read that revision's consent; the id of their chat."""
    with rig.engine.begin() as conn:
        chat = chats.arrive(conn, rig.vault, "telegram", address, ChatKind.PRIVATE, Language.EN, MONDAY)
        doing = Doing(conn, rig.vault, Contents(), chat, MONDAY)
        apply_personal((Enrol(event.code, consented, frozenset(Purpose), ()),), Conversation(Language.EN), doing)
    return chat.id


def revision_of(rig: Rig, event: Event) -> int:
    with rig.engine.begin() as conn:
        return events.import_event(conn, event, MONDAY).revision


def coming(rig: Rig, chat: int) -> list[tuple[int, int, str]]:
    """Revision, days from now and state of what is planned for a chat."""
    with rig.engine.connect() as conn:
        found = conn.execute(select(tables.plans).where(tables.plans.c.chat_id == chat).order_by(tables.plans.c.due_at))
        return [(row.revision_id, (row.due_at.date() - MONDAY.date()).days, str(row.state)) for row in found]


async def test_whoever_joins_during_an_import_gets_what_the_newest_pack_plans(rig: Rig) -> None:
    consented = revision_of(rig, BEFORE)
    newest = revision_of(rig, LATER)
    chat = join(rig, "1", BEFORE, consented)
    assert coming(rig, chat) == [(newest, 5, "planned"), (newest, 9, "planned")]
    with rig.engine.connect() as conn:
        assert [each.revision for each in enrolments.of_chat(conn, chat)] == [consented]


async def test_slices_come_to_the_same_as_all_at_once(rig: Rig) -> None:
    first = revision_of(rig, BEFORE)
    people = [join(rig, str(number), BEFORE, first) for number in range(5)]
    with rig.engine.begin() as conn:
        group = chats.arrive(conn, rig.vault, "telegram", "-1", ChatKind.GROUP, Language.EN, MONDAY).id
        groups.link(conn, group, BEFORE.code, MONDAY)
    newest = revision_of(rig, LATER)
    with rig.engine.connect() as conn:
        listed = to_replan(conn, LATER.code)
    assert listed == (*people, group)
    # Somebody leaves between the list and their slice: nothing of theirs may come back.
    with rig.engine.begin() as conn:
        enrolments.leave_all(conn, people[3], MONDAY)
    for number in range(0, len(listed), 2):
        with rig.engine.begin() as conn:
            assert replan_people(conn, LATER, MONDAY, listed[number : number + 2], newest)
    for stays in (*people[:3], people[4]):
        assert coming(rig, stays) == [(newest, 5, "planned"), (newest, 9, "planned")]
    assert coming(rig, people[3]) == [(first, 3, "held")]
    assert coming(rig, group) == [(newest, 7, "planned")]


async def test_an_import_that_was_overtaken_plans_nothing(rig: Rig) -> None:
    first = revision_of(rig, BEFORE)
    chat = join(rig, "1", BEFORE, first)
    overtaken = revision_of(rig, LATER)
    revision_of(rig, replace(LATER, title=both("Newer")))
    with rig.engine.begin() as conn:
        assert not replan_people(conn, LATER, MONDAY, (chat,), overtaken)
    assert coming(rig, chat) == [(first, 3, "planned")]


async def test_a_new_title_costs_a_handful_of_statements_and_moves_nothing(rig: Rig) -> None:
    first = revision_of(rig, BEFORE)
    people = [join(rig, str(number), BEFORE, first) for number in range(30)]
    retitled = replace(BEFORE, title=both("Another title"))
    newest = revision_of(rig, retitled)
    statements: list[str] = []
    with rig.engine.begin() as conn:
        engine_events.listen(conn, "before_cursor_execute", lambda *about: statements.append(about[2]))
        replan_people(conn, retitled, MONDAY + timedelta(days=1), to_replan(conn, retitled.code), newest)
    assert all(coming(rig, chat) == [(newest, 3, "planned")] for chat in people)
    assert len(statements) < 16, "however many people there are"
    assert [each for each in statements if each.startswith("UPDATE")] == [
        "UPDATE plans SET revision_id=? WHERE plans.id = ?"
    ]


async def test_what_was_put_off_stays_put_off_while_the_schedule_stays(rig: Rig) -> None:
    chat = join(rig, "1", BEFORE, revision_of(rig, BEFORE))
    with rig.engine.begin() as conn:
        (due,) = plans.due(conn, MONDAY + timedelta(days=4), 10, None)
        plans.settle(conn, due.id, plans.Reason.BUSY, MONDAY + timedelta(days=4), MONDAY)
    newest = revision_of(rig, retitled := replace(BEFORE, title=both("Another title")))
    with rig.engine.begin() as conn:
        replan_people(conn, retitled, MONDAY, to_replan(conn, retitled.code), newest)
    assert coming(rig, chat) == [(newest, 4, "planned")]


async def test_what_waits_for_days_is_not_lost_when_the_year_is_planned_anew(rig: Rig) -> None:
    chat = join(rig, "1", BEFORE, revision_of(rig, BEFORE))
    late = MONDAY + timedelta(days=9)
    with rig.engine.begin() as conn:
        (due,) = plans.due(conn, MONDAY + timedelta(days=4), 10, None)
        plans.settle(conn, due.id, plans.Reason.WEEKLY_CAP, late + timedelta(days=1), MONDAY)
    newest = revision_of(rig, retitled := replace(BEFORE, title=both("Another title")))
    with rig.engine.begin() as conn:
        replan_people(conn, retitled, late, to_replan(conn, retitled.code), newest)
    assert [state for _, _, state in coming(rig, chat)] == ["planned"]


async def test_whoever_moves_east_keeps_what_was_due_on_the_morning_they_joined(rig: Rig) -> None:
    small_hours = event_with(touchpoint(offset="0 days", time=time(2)))
    only = revision_of(rig, small_hours)
    chat = join(rig, "1", small_hours, only)
    assert coming(rig, chat) == [(only, -1, "planned")]
    with rig.engine.begin() as conn:
        # Two o'clock there was more than twelve hours before they joined.
        moved = Conversation(Language.EN, zone="Asia/Tashkent")
        replan_person(conn, Contents(), chat, small_hours.code, moved, MONDAY)
    assert coming(rig, chat) == [(only, -1, "planned")]
