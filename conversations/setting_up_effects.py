"""What setting an event up asks to be done."""

from dataclasses import dataclass

from conversations.model import Event, EventState
from conversations.setting_up import Upload


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """A workbook waits under this number; what waited before it is overtaken.

    With `begins` its code is that of a new event, which the person coordinates from here on. `event_id` is None for
    that one, and while no event can be told.
    """

    draft: int
    event_id: int | None
    upload: Upload
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Discard:
    """That draft waits no more."""

    draft: int


@dataclass(frozen=True, slots=True)
class Publish:
    """The content of that draft is what the event sends from here on, and everybody is planned anew."""

    event_id: int
    draft: int
    event: Event


@dataclass(frozen=True, slots=True)
class ChangeState:
    """The event is closed, open again, or archived, and what is planned follows."""

    event_id: int
    state: EventState


SettingUpEffect = KeepDraft | Discard | Publish | ChangeState
