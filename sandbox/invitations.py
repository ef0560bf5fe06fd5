"""The invitations that a bot's owner hands to the page: which link each phone shows and opens."""

from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.chats import Json, JsonValue
from sandbox.errors import ControlError


class Role(StrEnum):
    """What an invitation makes of the person who opens it."""

    PARTICIPANT = "participant"
    COORDINATOR = "coordinator"


def role_in(raw: JsonValue) -> Role:
    """The role of that name.

    Raises:
        ControlError: there is no such role.
    """
    try:
        return Role(raw)
    except ValueError as error:
        raise ControlError(f"a role is one of {', '.join(Role)}, not {raw!r}") from error


@dataclass(slots=True)
class Invitations:
    """One link that any number of participants may open, and links for coordinators of which each works once."""

    participant: str | None = None
    coordinators: list[str] = field(default_factory=list)
    _given: dict[int, str] = field(default_factory=dict)

    def take_in(self, raw: JsonValue) -> None:
        """Use these from now on: {"participant": {"link"}, "coordinator": {"links": [...]}}; either may be missing.

        Raises:
            ControlError: they are something else.
        """
        try:
            link = (raw.get("participant") or {}).get("link") or None
            links = (raw.get("coordinator") or {}).get("links") or []
        except AttributeError as error:
            raise ControlError("'invitations' holds the objects 'participant' and 'coordinator'") from error
        if not isinstance(links, list) or not all(isinstance(each, str) for each in (*links, link or "")):
            raise ControlError('invitations are {"participant": {"link": "…"}, "coordinator": {"links": ["…"]}}')
        self.participant = link
        # Whoever got one keeps it, and it may be used up.
        self.coordinators = [each for each in links if each not in self._given.values()]

    def draw(self, role: Role) -> str | None:
        """An invitation of somebody's own; a participant needs none.

        Raises:
            ControlError: 409, there is no coordinator's invitation left.
        """
        if role is Role.PARTICIPANT:
            return None
        if not self.coordinators:
            raise ControlError("there is no coordinator's invitation left", 409)
        return self.coordinators.pop(0)

    def give(self, person_id: int, link: str | None) -> None:
        """Somebody has this invitation of their own."""
        if link is not None:
            self._given[person_id] = link

    def of(self, person_id: int) -> str | None:
        """The link that the phone of this person shows: their own, or that of participants."""
        return self._given.get(person_id, self.participant)

    def role_of(self, person_id: int) -> Role:
        """What their invitation makes of this person."""
        return Role.COORDINATOR if person_id in self._given else Role.PARTICIPANT

    def view(self) -> Json:
        """What the page may offer: the link of participants, and whether there is one more for a coordinator."""
        return {Role.PARTICIPANT: self.participant, Role.COORDINATOR: bool(self.coordinators)}

    def clear(self) -> None:
        """Forget all of it."""
        self.participant = None
        self.coordinators.clear()
        self._given.clear()
