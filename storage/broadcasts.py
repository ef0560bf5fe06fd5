"""Broadcasts: written, confirmed, paused, cancelled, and what became of each recipient.

Their words are sealed with the key of whoever wrote them. Each recipient is one row of `plans`, made once, in the
transaction that confirms: its unique key keeps anybody from being a recipient twice.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, literal_column, select, text, update

from conversations.broadcasts import Broadcast, BroadcastState, Letter, Tally
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from storage.chats import Chat
from storage.codec import letter_from_json, letter_to_json
from storage.database import either
from storage.events import newest_of
from storage.states import PlanState, State
from storage.tables import broadcasts, chats, events, outbox, plans
from storage.vault import KeyDestroyed, Unreadable, Vault

_PURPOSE = "broadcast"
_COLUMNS = (
    select(
        broadcasts.c.id,
        events.c.code,
        broadcasts.c.chat_id,
        chats.c.key_id,
        broadcasts.c.state,
        broadcasts.c.version,
        broadcasts.c.letter,
        broadcasts.c.urgent,
        broadcasts.c.recipients,
        broadcasts.c.created_at,
        broadcasts.c.confirmed_at,
    )
    .join(events, broadcasts.c.event_id == events.c.id)
    .join(chats, broadcasts.c.chat_id == chats.c.id)
)
_BY_ID = _COLUMNS.where(broadcasts.c.id == bindparam("broadcast"))
_LOCKED = _BY_ID.with_for_update(of=broadcasts)
_HELD = _BY_ID.with_for_update(of=broadcasts, read=True)
_OPEN = (
    select(
        broadcasts.c.id,
        broadcasts.c.event_id,
        broadcasts.c.chat_id,
        broadcasts.c.report,
    )
    .where(broadcasts.c.confirmed_at.is_not(None), broadcasts.c.ended_at.is_(None))
    .order_by(broadcasts.c.id)
)
_ADD_PLANS = either(lambda insert: insert(plans).on_conflict_do_nothing())
# Written out rather than bound, so that a planner knows from the statement alone that the partial index will do.
_IS_BROADCAST = plans.c.kind == literal_column(f"'{TouchpointKind.BROADCAST}'")
_said = outbox.alias("said")
_newest = (
    # What was overtaken says nothing: the plan is due once more, or says itself what became of it.
    select(func.max(_said.c.id))
    .where(_said.c.plan_id == plans.c.id, func.coalesce(_said.c.error, "") != "overtaken")
    .correlate(plans)
    .scalar_subquery()
)
_TALLY = (
    select(plans.c.state, plans.c.reason, outbox.c.state.label("sending"), outbox.c.error, func.count().label("people"))
    .select_from(plans)
    .outerjoin(outbox, outbox.c.id == _newest)
    .where(_IS_BROADCAST, plans.c.name == bindparam("name"))
    .group_by(plans.c.state, plans.c.reason, outbox.c.state, outbox.c.error)
)


@dataclass(frozen=True, slots=True)
class Open:
    """A confirmed one that is not over: its event, whose it is, and the message there that shows how far it is."""

    id: int
    event_id: int
    chat_id: int
    report: str | None


def fresh(conn: Connection) -> int:
    """A number for a new broadcast. On SQLite nobody else writes meanwhile, elsewhere a sequence counts."""
    if conn.dialect.name == "postgresql":
        number: int = conn.execute(text("SELECT nextval(pg_get_serial_sequence('broadcasts', 'id'))")).scalar_one()
        return number
    # Never one that was given out before, not even to a draft that is gone: buttons carry it.
    used = conn.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'broadcasts'")).scalar()
    return int(used or 0) + 1


def keep(  # one argument a column
    conn: Connection,
    vault: Vault,
    chat: Chat,
    event_id: int,
    broadcast: int,
    letter: Letter,
    urgent: bool,
    now: datetime,
) -> None:
    """This is what the person's draft with that number says now; a new one is begun in place of any without words."""
    sealed = vault.seal(chat.key_id, letter_to_json(letter), _PURPOSE)
    mine = _in_state(broadcast, BroadcastState.DRAFT).where(broadcasts.c.chat_id == chat.id)
    if conn.execute(mine.values(letter=sealed, urgent=urgent)).rowcount == 1:
        return
    blank = broadcasts.c.version == 0, broadcasts.c.state == BroadcastState.DRAFT
    conn.execute(delete(broadcasts).where(broadcasts.c.event_id == event_id, broadcasts.c.chat_id == chat.id, *blank))
    row = {
        "id": broadcast,
        "event_id": event_id,
        "chat_id": chat.id,
        "state": BroadcastState.DRAFT,
        "version": 0 if letter.en is None and letter.fr is None else 1,
        "letter": sealed,
        "urgent": urgent,
        "recipients": 0,
        "created_at": now,
    }
    conn.execute(insert(broadcasts), row)


def drop(conn: Connection, broadcast: int) -> None:
    """The draft is gone with its words."""
    conn.execute(delete(broadcasts).where(broadcasts.c.id == broadcast, broadcasts.c.state == BroadcastState.DRAFT))


def ask(conn: Connection, broadcast: int, report: str | None) -> None:
    """It waits for a second person's consent."""
    asking = _in_state(broadcast, BroadcastState.DRAFT)
    conn.execute(asking.values(state=BroadcastState.WAITING, report=report))


def take_back(conn: Connection, broadcast: int) -> None:
    """It is a draft again."""
    conn.execute(_in_state(broadcast, BroadcastState.WAITING).values(state=BroadcastState.DRAFT))


def confirm(  # one argument a column
    conn: Connection,
    broadcast: int,
    recipients: Sequence[tuple[int, datetime]],
    within: timedelta,
    now: datetime,
    *,
    report: str | None = None,
    consent_by: int | None = None,
) -> bool:
    """It goes to these chats, at these times (UTC), each while it is worth sending; false when it went before."""
    before = BroadcastState.DRAFT if consent_by is None else BroadcastState.WAITING
    changes: dict[str, object] = {"state": BroadcastState.CONFIRMED, "confirmed_at": now}
    changes["recipients"] = len(recipients)
    changes |= {"report": report} if consent_by is None else {"consent_by": consent_by}
    if conn.execute(_in_state(broadcast, before).values(**changes)).rowcount != 1:
        return False
    found = select(broadcasts.c.event_id, newest_of(broadcasts.c.event_id).label("revision"))
    place = conn.execute(found.where(broadcasts.c.id == broadcast)).one()
    rows = [
        {
            "chat_id": chat,
            "event_id": place.event_id,
            "kind": TouchpointKind.BROADCAST,
            "name": str(broadcast),
            "occurrence": 0,
            "due_at": due,
            "planned_at": due,
            "expires_at": due + within,
            "revision_id": place.revision,
            "state": PlanState.PLANNED,
        }
        for chat, due in recipients
    ]
    if rows:
        conn.execute(_ADD_PLANS[conn.dialect.name], rows)
    return True


def pause(conn: Connection, broadcast: int) -> None:
    """Nothing of it leaves: what is planned is set aside, what is handed to delivery is stopped when it is its turn."""
    if _turn(conn, broadcast, BroadcastState.CONFIRMED, BroadcastState.PAUSED):
        _move(conn, broadcast, (PlanState.PLANNED,), state=PlanState.SET_ASIDE)


def resume(conn: Connection, broadcast: int) -> None:
    """It goes on."""
    if _turn(conn, broadcast, BroadcastState.PAUSED, BroadcastState.CONFIRMED):
        _move(conn, broadcast, (PlanState.SET_ASIDE,), state=PlanState.PLANNED)


def cancel(conn: Connection, broadcast: int, now: datetime) -> None:
    """Nothing more of it leaves, for good."""
    ending = update(broadcasts).where(
        broadcasts.c.id == broadcast, broadcasts.c.state.in_((BroadcastState.CONFIRMED, BroadcastState.PAUSED))
    )
    if conn.execute(_counted(ending).values(state=BroadcastState.CANCELLED)).rowcount == 1:
        coming = (PlanState.PLANNED, PlanState.SET_ASIDE)
        _move(conn, broadcast, coming, state=PlanState.HELD, reason=Reason.CANCELLED, settled_at=now)


def follow(conn: Connection, broadcast: int, report: str) -> None:
    """How far it is, is shown in that message of whoever wrote it."""
    conn.execute(update(broadcasts).where(broadcasts.c.id == broadcast).values(report=report))


def end(conn: Connection, broadcast: int, now: datetime) -> None:
    """Nothing of it is to come any more."""
    over = update(broadcasts).where(broadcasts.c.id == broadcast)
    conn.execute(over.values(ended_at=now))
    _turn(conn, broadcast, BroadcastState.CONFIRMED, BroadcastState.OVER)


def opened(conn: Connection) -> tuple[Open, ...]:
    """The confirmed ones that are not over."""
    return tuple(Open(*row) for row in conn.execute(_OPEN))


def by_id(conn: Connection, vault: Vault, broadcast: int, viewer: int, *, lock: bool = False) -> Broadcast | None:
    """The one with that number as that chat sees it, locked until the transaction ends; None for an unreadable one."""
    row = conn.execute(_LOCKED if lock else _BY_ID, {"broadcast": broadcast}).first()
    return _broadcast(row, vault, viewer) if row is not None else None


def author(conn: Connection, broadcast: int) -> int | None:
    """The chat of whoever wrote it."""
    found: int | None = conn.scalar(select(broadcasts.c.chat_id).where(broadcasts.c.id == broadcast))
    return found


def of_plan(conn: Connection, vault: Vault, broadcast: int, *, hold: bool) -> Broadcast | None:
    """The one that a planned thing brings; with `hold` it stays as it is until the transaction ends."""
    row = conn.execute(_HELD if hold else _BY_ID, {"broadcast": broadcast}).first()
    return _broadcast(row, vault, None) if row is not None else None


def recent(conn: Connection, vault: Vault, event_id: int, viewer: int, most: int) -> tuple[Broadcast, ...]:
    """The newest ones of an event, without other people's drafts and without drafts that say nothing yet."""
    rows = conn.execute(_of_event(event_id, viewer).limit(2 * most))
    found = [each for each in (_broadcast(row, vault, viewer) for row in rows) if each is not None]
    written = [each for each in found if each.letter.en is not None or each.letter.fr is not None]
    return tuple(written[:most])


def tally(conn: Connection, broadcast: int) -> Tally:
    """What has become of its recipients: every one of them counts once."""
    counts: Counter[str] = Counter()
    held: Counter[Reason] = Counter()
    put_off: Counter[Reason] = Counter()
    for row in conn.execute(_TALLY, {"name": str(broadcast)}):
        if row.state is PlanState.HELD:
            if row.reason is Reason.UNREACHABLE:
                counts["blocked"] += row.people
            else:
                held[row.reason or Reason.FAULT] += row.people
            continue
        where = _fate(row.state, row.sending, row.error)
        counts[where] += row.people
        if where == "waiting" and row.state is not PlanState.SENT and row.reason is not None:
            put_off[row.reason] += row.people
    return Tally(**counts, held=tuple(sorted(held.items())), put_off=tuple(sorted(put_off.items())))


def _fate(state: PlanState, sending: State | None, error: str | None) -> str:
    if state is not PlanState.SENT:
        return "waiting"
    match sending:
        case State.SENT:
            return "sent"
        case State.IN_DOUBT:
            return "in_doubt"
        case State.FAILED:
            return "blocked" if error == "unreachable" else "failed"
        case _:
            return "waiting"


def _of_event(event_id: int, viewer: int) -> Select[*tuple[Any, ...]]:
    mine = (broadcasts.c.state != BroadcastState.DRAFT) | (broadcasts.c.chat_id == viewer)
    return _COLUMNS.where(broadcasts.c.event_id == event_id, mine).order_by(broadcasts.c.id.desc())


def _broadcast(row: Row[*tuple[Any, ...]], vault: Vault, viewer: int | None) -> Broadcast | None:
    try:
        letter = letter_from_json(vault.open(row.key_id, row.letter, _PURPOSE))
    except (KeyDestroyed, Unreadable, ValueError):
        return None  # whoever wrote it had their traces erased: its words are gone
    return Broadcast(
        id=row.id,
        event=row.code,
        state=row.state,
        version=row.version,
        letter=letter,
        created=row.created_at,
        mine=row.chat_id == viewer,
        urgent=row.urgent,
        confirmed=row.confirmed_at,
        recipients=row.recipients,
    )


def _counted(changing: Any) -> Any:  # noqa: ANN401 # an update, of whatever type the toolkit makes of it
    return changing.values(version=broadcasts.c.version + 1)


def _in_state(broadcast: int, state: BroadcastState) -> Any:  # noqa: ANN401 # as above
    return _counted(update(broadcasts).where(broadcasts.c.id == broadcast, broadcasts.c.state == state))


def _turn(conn: Connection, broadcast: int, before: BroadcastState, after: BroadcastState) -> bool:
    return bool(conn.execute(_in_state(broadcast, before).values(state=after)).rowcount == 1)


def _move(conn: Connection, broadcast: int, states: Sequence[PlanState], **change: object) -> None:
    """Change its planned things that are in one of these states."""
    theirs = _IS_BROADCAST, plans.c.name == str(broadcast), plans.c.state.in_(states)
    conn.execute(update(plans).where(*theirs).values(**change))
