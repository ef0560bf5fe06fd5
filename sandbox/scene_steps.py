"""The steps of a scene, as README.md describes them, read from what a bot's owner hands in."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sandbox.calendar import words
from sandbox.chats import Json, JsonValue
from sandbox.clock import zone_in
from sandbox.errors import ControlError
from sandbox.invitations import Role, role_in
from sandbox.sending import SENT


class Do(StrEnum):
    """What happens in a step."""

    START = "start"
    SAY = "say"
    SEND = "send"
    TAP = "tap"
    WAIT = "wait"
    ADVANCE = "advance"
    NEXT = "next"
    UNTIL = "until"
    BLOCK = "block"
    UNBLOCK = "unblock"
    LANGUAGE = "language"
    LOCK = "lock"
    UNLOCK = "unlock"
    GROUP = "group"
    CROWD = "crowd"


_NEEDS: dict[Do, tuple[str, ...]] = {
    Do.START: ("who",),
    Do.SAY: ("who", "text"),
    Do.SEND: ("who", "kind"),
    Do.TAP: ("who",),
    Do.UNTIL: ("text", "days"),
    Do.BLOCK: ("who",),
    Do.UNBLOCK: ("who",),
    Do.LANGUAGE: ("who", "language"),
    Do.LOCK: ("who",),
    Do.UNLOCK: ("who",),
    Do.GROUP: ("chat", "members"),
    Do.CROWD: ("people",),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `who` and `members` are people by name, `chat` is a group by its title; what is empty was not said.

    `kind` is one of SENT.
    """

    do: Do
    caption: Json | None = None
    who: str = ""
    chat: str = ""
    text: str = ""
    data: str = ""
    place: int = 0
    code: str = ""
    language: str = ""
    kind: str = ""
    members: tuple[str, ...] = ()
    people: int = 0
    by: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who is new in the scene each time it is played; `zone` is an IANA name."""

    name: str
    language: str = "en"
    zone: str | None = None
    role: Role = Role.PARTICIPANT


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene: what it is called and about in words of each language, who is new in it, and what happens."""

    id: str
    name: Json
    about: Json
    cast: tuple[Part, ...]
    steps: tuple[Step, ...]

    def view(self) -> Json:
        """The scene as the page offers it."""
        return {"id": self.id, "name": self.name, "about": self.about, "steps": len(self.steps)}


def scenes_in(raw: JsonValue) -> list[Scene]:
    """The scenes that a bot's owner hands in.

    Raises:
        ControlError: one is not as README.md says; the message names the scene and the step.
    """
    if not isinstance(raw, list) or not all(isinstance(each, dict) and each.get("id") for each in raw):
        raise ControlError("'scenes' is a list of objects, each with an 'id'")
    return [_scene(each) for each in raw]


def _scene(raw: Json) -> Scene:
    steps = raw.get("steps")
    if not isinstance(steps, list) or not steps:
        raise ControlError(f"the scene {raw['id']!r} has no 'steps'")
    read = []
    for number, each in enumerate(steps, 1):
        try:
            read.append(_step(each))
        except (ControlError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ControlError(f"scene {raw['id']!r}, step {number}: {error}") from error
    cast = tuple(_part(each) for each in _list(raw.get("cast"), "cast"))
    return Scene(str(raw["id"]), words(raw.get("name"), "name"), words(raw.get("about"), "about"), cast, tuple(read))


def _part(raw: JsonValue) -> Part:
    if not isinstance(raw, dict) or not raw.get("name"):
        raise ControlError('the cast is a list of people such as {"name": "Ama", "language": "fr"}')
    role = role_in(raw.get("role", Role.PARTICIPANT))
    return Part(str(raw["name"]), str(raw.get("language", "en")), zone_in(raw.get("zone")), role)


def _list(raw: JsonValue, name: str) -> list[JsonValue]:
    if raw is not None and not isinstance(raw, list):
        raise ControlError(f"{name!r} is a list")
    return raw or []


def _step(raw: JsonValue) -> Step:
    do = Do(raw.get("do"))
    if missing := [name for name in _NEEDS.get(do, ()) if not raw.get(name)]:
        raise ControlError(f"{do!s} needs {', '.join(missing)}")
    length = {name: float(raw.get(name, 0)) for name in ("days", "hours", "seconds")}
    step = Step(
        do=do,
        caption=words(raw["caption"], "caption") if raw.get("caption") else None,
        place=int(raw.get("place", 0)),
        members=tuple(str(name) for name in _list(raw.get("members"), "members")),
        people=int(raw.get("people", 0)),
        by=timedelta(**length),
        **{name: str(raw.get(name, "")) for name in ("who", "chat", "text", "data", "code", "language", "kind")},
    )
    if do is Do.TAP and not (step.text or step.data or step.place):
        raise ControlError("tap needs the text, the data or the place of a button")
    if step.kind and step.kind not in SENT:
        raise ControlError(f"people send {', '.join(SENT)}, not {step.kind!r}")
    if step.text and not (step.who or step.chat):
        raise ControlError(f"{do!s} needs who, or a chat")
    if step.by < timedelta() or step.place < 0:
        raise ControlError("days, hours, seconds and a place count from 0 upwards")
    return step
