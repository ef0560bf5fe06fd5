"""The words that rows keep for what they are and how far they have come."""

from enum import StrEnum


class ChatKind(StrEnum):
    """Whether a chat is one person's or a group's."""

    PRIVATE = "private"
    GROUP = "group"


class PlanState(StrEnum):
    """Whether a planned thing is still to come, was sent, or was held back for good."""

    PLANNED = "planned"
    SENT = "sent"
    HELD = "held"


class JobState(StrEnum):
    """Whether a file that was sent is still to be read, was read, or could not be."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


class Operation(StrEnum):
    """What delivery does: say something new, or change a message in place."""

    SAY = "say"
    EDIT = "edit"


class State(StrEnum):
    """How far an outgoing message has come.

    SENDING is committed before the call, and only for what must never go twice; IN_DOUBT means that nobody can know
    whether it arrived, and that it is not tried again.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    IN_DOUBT = "in_doubt"
    FAILED = "failed"
