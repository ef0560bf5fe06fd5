"""The words of the field as values: languages, phrases, and what an event pack holds.

Everything here is frozen and comes back equal after a trip through JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

TimeOfDay = time
"""A local time of day; the name is free for fields that are called `time`."""


class Language(StrEnum):
    """A language that Suivi speaks; the value is its ISO 639-1 code."""

    EN = "en"
    FR = "fr"

    @property
    def other(self) -> "Language":
        """The language that a visible switch offers."""
        return Language.FR if self is Language.EN else Language.EN


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A coordinator's own words, both languages side by side."""

    en: str
    fr: str

    def in_language(self, language: Language) -> str:
        """The words in that language."""
        return self.fr if language is Language.FR else self.en


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the bot itself, before a language is chosen.

    `msgid` is the English sentence with named `{placeholders}`; `context` tells short words apart (pgettext);
    `plural` is the English plural, chosen by `count`, which also fills `{count}`.
    """

    msgid: str
    context: str = ""
    plural: str = ""
    count: int | None = None
    values: tuple[tuple[str, "PhraseValue"], ...] = ()


PhraseValue = str | int | date | datetime | Bilingual | Phrase
Words = Bilingual | Phrase | str
"""Anything that can be said: a coordinator's words, the bot's, or (rarely) a string that needs no language."""


class Purpose(StrEnum):
    """What a participant may consent to, each on its own."""

    NUDGES = "nudges"
    SURVEYS = "surveys"
    DIGEST = "digest"


class Stage(StrEnum):
    """The stages of the organisational-learning cycle that questions belong to."""

    CREATE = "create"
    ACQUIRE = "acquire"
    INTERPRET = "interpret"
    TRANSFER = "transfer"
    RETAIN = "retain"
    APPLY = "apply"


class QuestionType(StrEnum):
    """The XLSForm types that a chat can carry so far."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    INTEGER = "integer"
    TEXT = "text"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `zones` (IANA names, the main one first) is filled for countries only."""

    name: str
    label: Bilingual
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a survey or of the profile.

    `relevant` is an XLSForm expression, empty for always; so is `constraint`, which an answer (`.` in it) must fulfil,
    empty for any; `constraint_message` is said of one that does not.
    """

    name: str
    type: QuestionType
    label: Bilingual
    hint: Bilingual | None = None
    required: bool = False
    relevant: str = ""
    choices: tuple[Choice, ...] = ()
    stage: Stage | None = None
    group_ok: bool = False
    sensitive: bool = False
    constraint: str = ""
    constraint_message: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """A micro-survey: one top-level group of the pack's `survey` sheet."""

    name: str
    title: Bilingual
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class KeyMessage:
    """A key message of the event with its one recall question; `right` is the name of the right choice."""

    name: str
    text: Bilingual
    question: Bilingual
    choices: tuple[Choice, ...]
    right: str
    explanation: Bilingual
    source: str
    sensitive: bool = False


class TouchpointKind(StrEnum):
    """What a row of the schedule sends."""

    REFRESHER = "refresher"
    SURVEY = "survey"
    DIGEST = "digest"


class Unit(StrEnum):
    """Units of an offset. Months are calendar months; the others are exact on the local calendar."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance in time as people write it: 2 weeks, 1 month."""

    amount: int
    unit: Unit


class Anchor(StrEnum):
    """What an offset counts from; a date of its own stands in `Touchpoint.on`."""

    ENROLMENT = "enrolment"
    EVENT_START = "event_start"
    EVENT_END = "event_end"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One row of the schedule.

    `time` is local to whoever receives it; None keeps the anchor's own time. `every` and `until` (counted from the
    anchor) repeat it; `window` says how long after its time it is still worth sending, None for always.
    """

    kind: TouchpointKind
    name: str
    anchor: Anchor
    offset: Offset
    on: date | None = None
    time: TimeOfDay | None = None
    every: Offset | None = None
    until: Offset | None = None
    window: Offset | None = None


_Named = TypeVar("_Named", Survey, KeyMessage)


@dataclass(frozen=True, slots=True)
class Event:
    """All that one revision of an event pack holds. `code` names the event for ever; `timezone` is an IANA name."""

    code: str
    title: Bilingual
    start: date
    end: date
    timezone: str
    welcome: Bilingual
    consent: Bilingual
    consent_lines: Mapping[Purpose, Bilingual]
    contact: Bilingual
    profile: tuple[Question, ...]
    surveys: tuple[Survey, ...]
    messages: tuple[KeyMessage, ...]
    schedule: tuple[Touchpoint, ...]

    def survey(self, name: str) -> Survey:
        """The micro-survey of that name; KeyError when the pack has none."""
        return _named(self.surveys, name)

    def message(self, name: str) -> KeyMessage:
        """The key message of that name; KeyError when the pack has none."""
        return _named(self.messages, name)


def _named(things: tuple[_Named, ...], name: str) -> _Named:
    for thing in things:
        if thing.name == name:
            return thing
    raise KeyError(name)


Value = str | int | tuple[str, ...]
"""An answer: a choice's name, a number, a text, or the names of several choices in the order of the form."""

Answers = Mapping[str, Value]
"""Answers so far by question name."""


class Role(StrEnum):
    """What an invitation makes of the person who opens it."""

    PARTICIPANT = "participant"
    COORDINATOR = "coordinator"
