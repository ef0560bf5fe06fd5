"""Whether part of a broadcast may leave at this very moment: asked right before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select

from conversations.broadcasts import BroadcastState
from conversations.policy import Reason
from storage.states import PlanState, State
from storage.tables import broadcasts, outbox, plans

# Whoever pauses or cancels it takes the row for themselves: they wait for those that are leaving, and these for them.
_STATE = (
    select(broadcasts.c.state, broadcasts.c.urgent)
    .where(broadcasts.c.id == bindparam("broadcast"))
    .with_for_update(read=True)
)
_PLAN = select(plans.c.state).where(plans.c.id == bindparam("plan")).with_for_update()
_ANOTHER = select(
    exists().where(
        outbox.c.plan_id == bindparam("plan"),
        outbox.c.id != bindparam("row"),
        outbox.c.state.in_((State.SENDING, State.SENT, State.IN_DOUBT)),
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """None as `fate` lets it leave; otherwise it is what its plan is to be changed to, which may be nothing."""

    fate: Mapping[str, object] | None
    urgent: bool = False


def standing(conn: Connection, row_id: int, plan_id: int, broadcast: int, now: datetime) -> Standing:
    """Whether the message of that row, which a plan of that broadcast brought, may leave.

    Never a second one of the same plan, whatever happened in between; nothing while the broadcast is paused, nor once
    it is cancelled.
    """
    one = conn.execute(_STATE, {"broadcast": broadcast}).first()
    plan = conn.scalar(_PLAN, {"plan": plan_id})
    if plan is not PlanState.SENT or conn.scalar(_ANOTHER, {"plan": plan_id, "row": row_id}):
        return Standing({})
    state = BroadcastState.CANCELLED if one is None else one.state
    match state:
        case BroadcastState.CONFIRMED:
            return Standing(None, one.urgent if one is not None else False)
        case BroadcastState.PAUSED:
            return Standing({"state": PlanState.SET_ASIDE, "reason": None, "settled_at": None, "due_at": now})
        case _:
            return Standing({"state": PlanState.HELD, "reason": Reason.CANCELLED, "settled_at": now})
