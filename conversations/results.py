"""The report that a team asks for in its chat: what it is made of, and the files that it comes in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from conversations.model import Event, Language
from conversations.report.counts import Counts


class Format(StrEnum):
    """The files that a report comes in; the value is the file's ending."""

    SLIDES = "pptx"
    SHEETS = "xlsx"
    PAPER = "pdf"
    PAGE = "html"


FORMATS: Final = tuple(Format)
LANGUAGES: Final[tuple[tuple[Language, ...], ...]] = ((Language.EN,), (Language.FR,), tuple(Language))
"""What the report can be in: one language, the other, or both."""


@dataclass(frozen=True, slots=True)
class Results:
    """The newest revision of an event, and its exact numbers, for the report alone."""

    event: Event
    counts: Counts
