"""What a check of a form finds: what it is about, where it stands, what is so, and what could be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from conversations.messages import counted, phrase, short
from conversations.model import Phrase, Words


class Kind(StrEnum):
    """What a finding is about. The values are part of the JSON report: they stay as they are."""

    BLOCKS = "blocks"
    SKIPPED = "skipped"
    NOT_COLLECTED = "not_collected"
    MEDIA = "media"
    LANGUAGE = "language"
    ONE_LANGUAGE = "one_language"
    TRANSLATION = "translation"
    UNTRANSLATED = "untranslated"
    PLACEHOLDERS = "placeholders"
    BUTTONS = "buttons"
    NUMBERS = "numbers"
    SELF_HARM = "self_harm"
    GROUP_HEARS = "group_hears"
    REFERRAL = "referral"
    SENSITIVE = "sensitive"
    WORDING = "wording"
    LENGTH = "length"
    READING = "reading"
    TWO_QUESTIONS = "two_questions"
    LEADING = "leading"
    NUMBERED = "numbered"
    PAGED = "paged"
    UNSCHEDULED = "unscheduled"
    NOTE = "note"


class Weight(StrEnum):
    """How much a finding weighs: it stops the form, it fails a strict check, or it is a hint."""

    BLOCKS = "blocks"
    WEIGHTY = "weighty"
    HINT = "hint"


_WEIGHTY = frozenset(
    {
        *(Kind.SKIPPED, Kind.LANGUAGE, Kind.TRANSLATION, Kind.PLACEHOLDERS, Kind.BUTTONS),
        *(Kind.SELF_HARM, Kind.GROUP_HEARS, Kind.REFERRAL),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    `row` is the number that the author sees, None where there is none; `sheet`, `column` and `name` (of the question,
    option, message or country) are empty where they do not apply.
    """

    kind: Kind
    problem: Words
    remedy: Words
    sheet: str = ""
    row: int | None = None
    column: str = ""
    name: str = ""

    @property
    def weight(self) -> Weight:
        """How much it weighs, which its kind alone decides."""
        if self.kind is Kind.BLOCKS:
            return Weight.BLOCKS
        return Weight.WEIGHTY if self.kind in _WEIGHTY else Weight.HINT


SECTIONS: tuple[tuple[Phrase, tuple[Kind, ...]], ...] = (
    (short("title", "To fix before it can run"), (Kind.BLOCKS,)),
    (short("title", "Left out in a chat"), (Kind.SKIPPED, Kind.MEDIA)),
    (
        short("title", "To translate"),
        (Kind.LANGUAGE, Kind.TRANSLATION, Kind.UNTRANSLATED, Kind.PLACEHOLDERS, Kind.NUMBERS),
    ),
    (short("title", "Do no harm"), (Kind.SELF_HARM, Kind.GROUP_HEARS, Kind.REFERRAL, Kind.SENSITIVE, Kind.WORDING)),
    (
        short("title", "Easier to answer"),
        (Kind.BUTTONS, Kind.LENGTH, Kind.READING, Kind.TWO_QUESTIONS, Kind.LEADING),
    ),
    (short("title", "Good to know"), (Kind.ONE_LANGUAGE, Kind.UNSCHEDULED, Kind.NOTE)),
    (short("title", "For information: nothing to do"), (Kind.NOT_COLLECTED, Kind.NUMBERED, Kind.PAGED)),
)
"""The parts of a report, by what there is to do, and what belongs to each; every kind belongs to one."""


def rows_named(rows: Sequence[int], *, lines: bool, more: bool) -> Phrase:
    """Rows of a workbook, or lines of a text file; `more` tells that there are others."""
    numbers = ", ".join(map(str, rows)) + (" …" if more else "")
    if lines:
        return counted("line {numbers}", "lines {numbers}", len(rows), numbers=numbers)
    return counted("row {numbers}", "rows {numbers}", len(rows), numbers=numbers)


def at_place(place: Words, said: Words) -> Phrase:
    """Where it is, and what is so there."""
    return phrase("{place}: {said}", place=place, said=said)
