"""The rows of a simulated year: what is planned for one person in one event, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime

from conversations.model import Purpose
from conversations.policy import Reason
from conversations.refreshers import Item, Memory
from conversations.schedule import Planned
from conversations.timing import LADDER_NAME, TouchpointKind
from storage.states import PlanState


@dataclass(slots=True, eq=False)
class Row:
    """A planned row, with the response to it."""

    id: int
    place: "Place"
    kind: TouchpointKind
    name: str
    occurrence: int
    planned: datetime
    due: datetime
    expires: datetime | None
    closes: datetime | None
    revision: int
    state: PlanState = PlanState.PLANNED
    reason: Reason | None = None
    settled: datetime | None = None
    started: datetime | None = None
    answering: int | None = None
    completed: bool = False
    declined: bool = False
    items: tuple[Item, ...] = ()

    def take(self, each: Planned, revision: int) -> None:
        """As the plan has it now."""
        self.planned = self.due = each.due
        self.expires, self.closes, self.revision = each.expires, each.closes, revision
        self.state, self.reason, self.settled = PlanState.PLANNED, None, None


@dataclass(slots=True, eq=False)
class Place:
    """One person's place in one event."""

    code: str
    seed: int
    agreed: int
    newest: int
    joined: datetime
    purposes: frozenset[Purpose] = frozenset({Purpose.NUDGES, Purpose.SURVEYS})
    enrolled: bool = False
    rows: dict[tuple[TouchpointKind, str, int], Row] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)
    completed: dict[str, datetime] = field(default_factory=dict)
    revised: bool = False


def waits(due: datetime, _: int, row: Row) -> bool:
    return row.state is PlanState.PLANNED and row.due == due


def moves(row: Row, each: Planned) -> bool:
    if row.state is PlanState.HELD:
        return row.reason in {Reason.LEFT, Reason.REPLANNED}
    return row.state is PlanState.PLANNED and (row.planned, row.closes) != (each.due, each.closes)


def is_ladder(each: Row | Planned) -> bool:
    return each.kind is TouchpointKind.REFRESHER and each.name == LADDER_NAME
