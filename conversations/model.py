"""The words of the field as values: languages, phrases, and what an event pack holds.

Everything here is frozen and comes back equal after a trip through JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from conversations.timing import Policy, Touchpoint


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
class Picture:
    """A coordinator's own picture, both languages side by side: of each, the SHA-256 of its file in hexadecimal."""

    en: str
    fr: str

    def in_language(self, language: Language) -> str:
        """The picture in that language."""
        return self.fr if language is Language.FR else self.en


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, counted from 1."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Percent:
    """A share, said in whole percent; halves are rounded to the even number, as CLDR does."""

    share: Fraction


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


PhraseValue = str | int | Decimal | date | datetime | time | Month | Percent | Bilingual | Phrase
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
    """The XLSForm types that a chat can carry; REPEAT is our own: whether there is one more of a repeated group."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    TEXT = "text"
    BARCODE = "barcode"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    ACKNOWLEDGE = "acknowledge"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    GEOPOINT = "geopoint"
    REPEAT = "repeat"
    NOTE = "note"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    START = "start"
    END = "end"
    TODAY = "today"


SEVERAL = frozenset({QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
"""The types that are answered with several options of a list."""
CHOOSING = SEVERAL | {QuestionType.SELECT_ONE}
"""The types that are answered with options of a list."""


class CountsAs(StrEnum):
    """What an option counts as in the report.

    AGREE, NEUTRAL and DISAGREE are the sides of an agreement. NONE is the option of whoever has nothing of the kind to
    tell. INTERNAL and EXTERNAL say whether something happens inside the organisation, FORMAL and INFORMAL how.
    """

    AGREE = "agree"
    NEUTRAL = "neutral"
    DISAGREE = "disagree"
    NONE = "none"
    INTERNAL = "internal"
    EXTERNAL = "external"
    FORMAL = "formal"
    INFORMAL = "informal"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option.

    `zones` (IANA names, the main one first) is filled for countries only. `columns` are the further columns of its row,
    which a choice filter may look at. `counts_as` is of use to the report alone.
    """

    name: str
    label: Bilingual
    zones: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    counts_as: tuple[CountsAs, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that a range question takes: from `first` to `last` in steps, as decimal digits ("0.5")."""

    first: str
    last: str
    step: str

    @property
    def whole(self) -> bool:
        """Whether all of them are whole numbers."""
        return not any("." in each for each in (self.first, self.last, self.step))


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a survey or of the profile, or a value that a form computes.

    `name` is its own within the survey: the XLSForm name, or where a form uses a name twice, its path ("home/age").
    `group` names the innermost group that it stands in, "" for none.

    `relevant`, `constraint`, `required_when`, `calculation`, `default` and `choice_filter` are XLSForm expressions,
    empty for none. An answer (`.` in the constraint) must fulfil the constraint; `constraint_message` is said of one
    that does not. The question cannot be passed over when `required` is true or `required_when` holds;
    `required_message` is said of whoever tries. `calculation` gives the value of a question that nobody is asked, and
    of one that is `read_only`; `default` the answer that stands until another is given. Labels, hints and messages may
    hold `${name}`, for the answer to that question. `picture` is shown above the words; a note may have it alone.

    `codes` are what coders sort the answers to a text into, none where its pack names none.
    The whole numbers of all questions with the same `indicator` are added up in the report, against the `target`.
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
    group: str = ""
    required_when: str = ""
    required_message: Bilingual | None = None
    calculation: str = ""
    default: str = ""
    read_only: bool = False
    choice_filter: str = ""
    appearance: str = ""
    range: Range | None = None
    randomize: bool = False
    seed: str = ""
    picture: Picture | None = None
    indicator: str = ""
    target: int | None = None
    codes: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group inside a survey; `name` and `group` as in `Question`.

    A repeated group is gone through `count` times (an expression); when that is empty, the person is asked each time
    whether there is one more.
    """

    name: str
    label: Bilingual | None
    group: str = ""
    relevant: str = ""
    repeated: bool = False
    count: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list that a form looks things up in, with instance() or pulldata(): the cells of each row, by column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A micro-survey: one top-level group of the pack's `survey` sheet, or a whole XLSForm.

    Questions are in the order of the form, those of one group together. `groups` are the groups inside it, outer ones
    first; `tables` are what instance() and pulldata() look into.
    `version` is what a form that is a survey of its own calls its version, as written; empty for none.
    """

    name: str
    title: Bilingual
    questions: tuple[Question, ...]
    groups: tuple[Group, ...] = ()
    tables: tuple[Table, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class RecallQuestion:
    """One way to ask for a key message; `right` is the name of the right choice."""

    question: Bilingual
    choices: tuple[Choice, ...]
    right: str
    explanation: Bilingual


@dataclass(frozen=True, slots=True)
class KeyMessage:
    """A key message of the event and the recall questions that ask for it, the main one first.

    The main question of a `measured` one is that of the recall checks; refreshers then keep to the others, so that
    what is measured is the message and not the memory of a question.
    """

    name: str
    text: Bilingual
    questions: tuple[RecallQuestion, ...]
    source: Bilingual
    sensitive: bool = False
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """Whom people can turn to: a service or a partner, in words that it approved.

    `country` is the name of an option of the profile's country question, empty for everybody else. `words` say how to
    reach it (phone, address, hours) and are never changed by the bot. `approved_by` is the partner that approved them,
    `checked` the day on which somebody last made sure that they are right.
    """

    country: str
    name: Bilingual
    words: Bilingual
    approved_by: str
    checked: date


_Named = TypeVar("_Named", Survey, KeyMessage)


@dataclass(frozen=True, slots=True)
class Event:
    """All that one revision of an event pack holds. `code` names the event for ever; `timezone` is an IANA name.

    `parts` are what somebody can be invited as (host, visitor, partner), none where all are invited alike. The report
    hides how many people did something when they are fewer than `smallest_cell`.
    """

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
    policy: Policy = field(default_factory=Policy)
    referrals: tuple[Referral, ...] = ()
    parts: tuple[Choice, ...] = ()
    smallest_cell: int = 5

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
"""An answer, as its question's type has it.

A choice's name; the names of several choices in the order of the form, or of the ranking; a whole number; for all else
a text: decimals in digits ("12.5"), dates, times and both in ISO 8601 (those of a person's day with its offset), places
as "latitude longitude altitude accuracy", files as `conversations.attachments` writes them, "OK" for an
acknowledgement, "yes" or "no" for one more of a repeated group.
"""

SKIPPED: Value = ()
"""The answer of whoever passed a question over: blank to every expression, but not asked again."""

Answers = Mapping[str, Value]
"""Answers so far by the key of their question: its name, with the number (from 1) of each repeated group that it stands
in, the outermost first: "age", "age[2]", "dose[2][1]". The key of a repeated group itself ("child[2]") tells whether
there is such a one."""


class Role(StrEnum):
    """What an invitation makes of the person who opens it."""

    PARTICIPANT = "participant"
    MODERATOR = "moderator"
    COORDINATOR = "coordinator"


TEAM = frozenset({Role.MODERATOR, Role.COORDINATOR})
"""The roles of the people who look after an event."""


class EventState(StrEnum):
    """Where an event is in its life. Nothing is sent but for a live one, and nobody joins any other."""

    DRAFT = "draft"
    LIVE = "live"
    CLOSED = "closed"
    ARCHIVED = "archived"
