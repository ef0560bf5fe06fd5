"""What following an event asks to be done."""

from dataclasses import dataclass
from datetime import datetime

from conversations.following import Headcount, Often


@dataclass(frozen=True, slots=True)
class KeepHeadcount:
    """This is the headcount of the event until the day is over."""

    event_id: int
    headcount: Headcount


@dataclass(frozen=True, slots=True)
class RemindWave:
    """Those who have not answered that wave are reminded now, as far as they may be."""

    event_id: int
    survey: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Summarize:
    """The person gets the next summary of that event then (UTC), and so often; never again when `often` is None."""

    event_id: int
    often: Often | None
    due: datetime | None = None


FollowingEffect = KeepHeadcount | RemindWave | Summarize
