"""Groups that get an event's digests: what was chosen for each, and when its digests come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from conversations.buttons import Manage
from conversations.messages import Key, own_name, short
from conversations.model import Event, Language, Phrase
from conversations.roles import Act
from conversations.timing import TouchpointKind


@dataclass(frozen=True, slots=True)
class Slot:
    """When a group's digests come: on that day of the week (0 is Monday), at that time where the event has its zone."""

    weekday: int
    time: time


SLOTS: Final = (Slot(0, time(9)), Slot(2, time(12)), Slot(4, time(15)), Slot(6, time(17)))
"""What is offered. A button names one by its number, so new ones go to the end."""
BOTH: Final = len(Language)
"""The number of the choice of both languages; those of each alone come before."""
AS_PLANNED: Final = 0
"""The number of the choice that leaves it to the workbook; those of the slots follow."""


@dataclass(frozen=True, slots=True)
class GroupLink:
    """A group that gets the digests of the event with that number and code, since then (UTC).

    `chat` is the group's number: Suivi keeps no title of it. Without a `slot` digests come when the workbook says.
    `topic` is the platform's number of the topic where they are read, None for the general one. With `both` digests
    come in both languages, `language` first. `asked` counts the digests that coordinators asked for; with `awaited` the
    last of them has not come yet.
    """

    chat: int
    event_id: int
    event: str
    language: Language
    since: datetime
    slot: Slot | None = None
    topic: int | None = None
    both: bool = False
    asked: int = 0
    awaited: bool = False

    @property
    def version(self) -> int:
        """Tells this link from an earlier one of the same group."""
        return int(self.since.timestamp())


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one event, the one linked first leading; `event` is None as long as nothing is published."""

    links: tuple[GroupLink, ...]
    event: Event | None


def as_wanted(event: Event, slot: Slot | None) -> Event:
    """The event with its digests at that time: each on the first such day from the one that the workbook has."""
    if slot is None:
        return event
    rows = (
        replace(each, time=slot.time, time_until=None, weekdays=(slot.weekday,))
        if each.kind is TouchpointKind.DIGEST
        else each
        for each in event.schedule
    )
    return replace(event, schedule=tuple(rows))


def offered(event: Event) -> tuple[int, ...]:
    """The numbers of the choices that this event has: nothing is offered that its policy would put off for ever."""
    policy = event.policy
    return (
        AS_PLANNED,
        *(
            number
            for number, slot in enumerate(SLOTS, start=1)
            if slot.weekday in policy.weekdays and policy.day_begins <= slot.time < policy.day_ends
        ),
    )


def chosen(event: Event, link: GroupLink, button: Manage) -> GroupLink | None:
    """The link as that button wants it; None when nobody was offered that."""
    match button.act:
        case Act.GROUP_LANGUAGE if button.version < len(Language):
            return replace(link, language=tuple(Language)[button.version], both=False)
        case Act.GROUP_LANGUAGE if button.version == BOTH:
            return replace(link, both=True)
        case Act.GROUP_TIME if button.version in offered(event):
            slot = None if button.version == AS_PLANNED else SLOTS[button.version - 1]
            return replace(link, slot=slot)
        case _:
            return None


_LABELS: Mapping[int, Phrase] = {
    0: short("button", "Mondays, {time}", time=SLOTS[0].time),
    2: short("button", "Wednesdays, {time}", time=SLOTS[1].time),
    4: short("button", "Fridays, {time}", time=SLOTS[2].time),
    6: short("button", "Sundays, {time}", time=SLOTS[3].time),
}


def choices(event: Event, link: GroupLink) -> tuple[tuple[Key, ...], ...]:
    """The buttons for the group's language and time; what is chosen is ticked."""

    def key(words: Phrase, act: Act, number: int, *, ticked: bool) -> Key:
        return Key(words, Manage(act, link.event_id, link.chat, number), ticked=ticked)

    languages = tuple(
        key(own_name(each), Act.GROUP_LANGUAGE, number, ticked=each is link.language and not link.both)
        for number, each in enumerate(Language)
    )
    both = key(short("button: digests in both languages", "Both"), Act.GROUP_LANGUAGE, BOTH, ticked=link.both)
    as_planned = short("button: digests come when the workbook says", "As planned")
    times = [key(as_planned, Act.GROUP_TIME, AS_PLANNED, ticked=link.slot is None)]
    times += [
        key(_LABELS[SLOTS[number - 1].weekday], Act.GROUP_TIME, number, ticked=link.slot == SLOTS[number - 1])
        for number in offered(event)
        if number != AS_PLANNED
    ]
    return ((*languages, both), *((each,) for each in times))
