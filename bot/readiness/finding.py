"""What a check finds: what it is about, where it stands, what is so, and what could be done."""

from dataclasses import dataclass
from enum import StrEnum

from conversations.model import Words


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
        *(Kind.SKIPPED, Kind.LANGUAGE, Kind.TRANSLATION, Kind.PLACEHOLDERS),
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
