"""What stopping and resuming an event ask to be done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StopEvent:
    """Nothing of the event with that number is sent from here on; what was about to be waits. `by` is a sign."""

    event_id: int
    by: str


@dataclass(frozen=True, slots=True)
class ResumeEvent:
    """The event goes on. What waited is sent as the policy has it, or with `let_go` never."""

    event_id: int
    let_go: bool


EmergencyEffect = StopEvent | ResumeEvent
