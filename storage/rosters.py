"""Who is expected at an event: a look-up made of each name, and an invitation for that one person. No name is kept.

Nor is it kept who came of whom: an invitation knows that it was used, an enrolment does not know by which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select, update

from conversations.inviting_effects import Guest
from conversations.model import Role
from conversations.rosters import Listing, folded
from storage import events
from storage.codec import roster_from_json
from storage.events import id_of
from storage.tables import expected, invitations
from storage.vault import Vault

_CODES = select(expected.c.lookup, invitations.c.code).join(invitations, expected.c.invitation_id == invitations.c.id)
_SET_PART = update(invitations).where(invitations.c.code == bindparam("own")).values(part=bindparam("as"))


@dataclass(frozen=True, slots=True)
class ExpectedCounts:
    """How many people were on an event's lists, and how many of them have joined by their own link.

    The second is exact: tell it only by `conversations.disclosure`, and never of one person.
    """

    expected: int
    joined: int


def expected_counts(conn: Connection, event_code: str) -> ExpectedCounts:
    """Those of that event; nobody for an unknown one."""
    came = func.coalesce(func.sum(case((invitations.c.uses > 0, 1), else_=0)), 0)
    row = conn.execute(
        select(func.count(), came)
        .select_from(expected)
        .join(invitations, expected.c.invitation_id == invitations.c.id)
        .where(expected.c.event_id == id_of(event_code))
    ).one()
    return ExpectedCounts(*row)


def listing(conn: Connection, vault: Vault, event_code: str, result: str) -> Listing:
    """A list that was read, with each person's code: the one that they have, or a fresh one."""
    roster = roster_from_json(result)
    if roster.faults:
        return Listing(roster)
    known = _known(conn, event_code)
    had = [known.get(vault.name_lookup(event_code, folded(each.name))) for each in roster.people]
    return Listing(roster, tuple(each or events.fresh_code() for each in had), tuple(each is None for each in had))


def expect(conn: Connection, vault: Vault, event_id: int, guests: Sequence[Guest], now: datetime) -> None:
    """These are expected: who was already keeps their invitation, for the part that they have on this list."""
    code = events.code_of(conn, event_id)
    lookups = {vault.name_lookup(code, folded(each.name)): each for each in guests}
    known = _known(conn, code)
    again = [{"own": each.code, "as": each.part} for lookup, each in lookups.items() if lookup in known]
    if again:
        conn.execute(_SET_PART, again)
    new = {lookup: each for lookup, each in lookups.items() if lookup not in known}
    if not new:
        return
    rows = [
        {
            "code": each.code,
            "event_id": event_id,
            "role": Role.PARTICIPANT,
            "created_at": now,
            "places": 1,
            "uses": 0,
            "vouched": False,
            "part": each.part,
        }
        for each in new.values()
    ]
    made = insert(invitations).returning(invitations.c.id, sort_by_parameter_order=True)
    ids = conn.scalars(made, rows).all()
    conn.execute(
        insert(expected),
        [{"event_id": event_id, "lookup": lookup, "invitation_id": own} for lookup, own in zip(new, ids, strict=True)],
    )


def expect_nobody(conn: Connection, event_id: int) -> None:
    """The list is empty, and the invitations of single people are gone; again does no harm."""
    own = select(expected.c.invitation_id).where(expected.c.event_id == event_id)
    conn.execute(delete(invitations).where(invitations.c.id.in_(own)))


def _known(conn: Connection, event_code: str) -> dict[bytes, str]:
    found = conn.execute(_CODES.where(expected.c.event_id == id_of(event_code)))
    return {bytes(row.lookup): row.code for row in found}
