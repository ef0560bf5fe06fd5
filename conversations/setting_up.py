"""What a team sees of an event that is being set up: the workbook that was read, the draft that waits, what is live."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeGuard

from conversations.attachments import Attachment, Kind, Location
from conversations.findings import Finding
from conversations.model import Event, EventState, Words

PUBLISHABLE: Final = frozenset({EventState.DRAFT, EventState.LIVE})
"""An event in one of these states can be published, the first time or anew."""

ENDINGS: Final = (".xlsx", ".xls", ".md")
"""How the name of a workbook ends. Its content decides what it is; this tells it from other files."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in a workbook, apart from what depends on the day.

    `figures` tell how long and how hard it is, a line each. `lines` is true where rows are those of a text file.
    `contacts` gives the row of each referral by its country.
    """

    figures: tuple[Words, ...]
    findings: tuple[Finding, ...]
    lines: bool = False
    contacts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """A workbook that was read: `code` as written, empty where none could be read; no `event` while something blocks.

    `digest` tells one file from another.
    """

    code: str
    event: Event | None
    report: Report
    digest: str


class Owner(StrEnum):
    """Whose the code of a workbook is."""

    NOBODY = "nobody"
    THEIRS = "theirs"
    """An event that the person coordinates."""
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Draft:
    """A workbook that waits to be published.

    `event_id` is None while no event can be told, and then nobody but the person who sent it sees it. `uploaded` is
    UTC. `open` is false once it was published, discarded, or overtaken by a newer one.
    """

    id: int
    event_id: int | None
    upload: Upload
    uploaded: datetime
    open: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far planning anew has come, in people and groups."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SettingUp:
    """All of it, as far as the cue speaks of it.

    `state` and `version` are those of the event right now, `live` what is published of it, `draft` the newest open
    draft, or the one that a button names. `upload` has just been read, its file under the number `job`, and its code is
    `owner`'s; `known` is the draft that has the same content already. `people` have joined, `groups` are linked; how
    many of them have left, or are in the middle of a survey, is not counted, since a team is told of parts of a whole
    only as far as nobody can be found by it. `waiting` are the numbers of the events for which a draft waits.
    """

    state: EventState = EventState.DRAFT
    version: int = 0
    live: Event | None = None
    draft: Draft | None = None
    job: int = 0
    upload: Upload | None = None
    owner: Owner = Owner.NOBODY
    known: Draft | None = None
    people: int = 0
    groups: int = 0
    progress: Progress | None = None
    waiting: frozenset[int] = frozenset()


def is_document(file: Attachment | Location | None) -> TypeGuard[Attachment]:
    """Whether it is a file of whatever format."""
    return isinstance(file, Attachment) and file.kind is Kind.DOCUMENT


def is_workbook(file: Attachment | Location | None) -> bool:
    """Whether somebody who sends this without a word may mean a workbook."""
    return is_document(file) and file.ending in ENDINGS


@dataclass(frozen=True, slots=True)
class Told:
    """Findings of one column that say the same of several rows, told once: `first` is one of them."""

    first: Finding
    rows: tuple[int, ...]


def together(findings: Iterable[Finding]) -> tuple[Told, ...]:
    """The findings in their order, those together that say the same of further rows of a column."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        alone = each if each.row is None or not each.column else None
        found.setdefault((each.kind, each.sheet, each.column, each.problem, each.remedy, alone), []).append(each)
    return tuple(
        Told(same[0], tuple(dict.fromkeys(each.row for each in same if each.row is not None)))
        for same in found.values()
    )
