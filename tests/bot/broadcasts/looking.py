"""How things stand, and what people tap, in the tests of broadcasts."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.channels import Tap
from conversations.broadcasts import BroadcastState
from conversations.buttons import Button, decode
from storage import plans, tables
from storage.states import PlanState
from tests.rig import Heard, Rig


def state(rig: Rig) -> BroadcastState | None:
    with rig.engine.begin() as connection:
        found: BroadcastState | None = connection.scalar(
            select(tables.broadcasts.c.state).order_by(tables.broadcasts.c.id.desc()).limit(1)
        )
        return found


def planned(rig: Rig) -> dict[PlanState, int]:
    with rig.engine.begin() as connection:
        rows = connection.execute(
            select(tables.plans.c.state, func.count()).where(tables.plans.c.kind == "broadcast").group_by("state")
        )
        return {row[0]: row[1] for row in rows}


def due_things(connection: Connection, now: datetime) -> list[plans.Due]:
    return plans.due(connection, now, 100, None)


def button_of(heard: Heard, label: str = "") -> Button | None:
    keys = [key for row in heard.message.keyboard for key in row if key.label.startswith(label)]
    return decode(keys[0].data)


def tap_on(message: str) -> Tap:
    return Tap("1", message)
