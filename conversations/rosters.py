"""Lists of people who are expected. Names pass through here, on their way back to whoever sent them; none is kept."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from conversations.model import Event, Phrase
from conversations.words import matches

MOST_PEOPLE: Final = 5_000
"""People of one list."""
LONGEST_NAME: Final = 100
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a list: the row that they stand in, their name, and what is written as their part."""

    row: int
    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a list, or with one of its rows, and what to do about it."""

    row: int | None
    problem: Phrase
    remedy: Phrase


@dataclass(frozen=True, slots=True)
class Roster:
    """A list as it was read; with `faults` it is not taken, `remarks` do not keep it from that."""

    people: tuple[Person, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The same with the code of each person's invitation, in the order of the people; `new` says of which it is new."""

    roster: Roster
    codes: tuple[str, ...] = ()
    new: tuple[bool, ...] = ()


_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02b9\u02bb\u02bc\u2032\u00b4`]")
"""What one keyboard or another writes for the same apostrophe."""


def folded(name: str) -> str:
    """The name as it is compared: capitals, accents of our letters, signs that no screen shows and blanks count not.

    Nor does it count which apostrophe was typed. Marks of other scripts stay, since they tell names apart there.
    """
    plain = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", name))).casefold()
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", plain) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split())


def part_named(written: str, event: Event) -> str | None:
    """The name of the event's part that is meant, by its name or its label in either language; None for none of them.

    Empty is for nobody in particular, and so is anything in an event without parts.
    """
    if not written or not event.parts:
        return ""
    return next(
        (each.name for each in event.parts if each.name == written or matches(written, each.label)),
        None,
    )
