"""A small event to try things on, and the sample event that ships with the project."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from bot.workbook import read
from conversations.model import (
    Bilingual,
    Choice,
    Event,
    KeyMessage,
    Purpose,
    Question,
    QuestionType,
    RecallQuestion,
    Survey,
)
from conversations.timing import Anchor, Offset, Policy, Touchpoint, TouchpointKind, Unit

PACK = Path(__file__).parents[2] / "events" / "learning-and-sharing" / "pack.md"
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@cache
def sample_event() -> Event:
    """The event that ships with the project, read from its pack."""
    return read(PACK)


def both(english: str, french: str | None = None) -> Bilingual:
    return Bilingual(english, french or english)


def choices(**labels: str | tuple[str, str]) -> tuple[Choice, ...]:
    """Choices by name; a label is one text for both languages, or (English, French)."""
    return tuple(
        Choice(name, both(*label) if isinstance(label, tuple) else both(label)) for name, label in labels.items()
    )


def question(
    name: str,
    type: QuestionType = QuestionType.SELECT_ONE,  # noqa: A002 # the word of the form
    options: tuple[Choice, ...] = (),
    **more: object,
) -> Question:
    """A question whose label is its name; a select has “Yes” and “No” unless it is given other options."""
    if not options and type in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}:
        options = choices(yes=("Yes", "Oui"), no=("No", "Non"))
    return Question(name, type, both(name), choices=options, **more)  # type: ignore[arg-type]


def survey(*questions: Question, name: str = "after") -> Survey:
    return Survey(name, both("After the event", "Après la rencontre"), questions)


WHAT_FIRST = RecallQuestion(
    both("What comes first?", "Qu’est-ce qui vient d’abord ?"),
    choices(rights=("Rights", "Les droits"), rules=("Rules", "Les règles"), money=("Money", "L’argent")),
    "rights",
    both("Because they belong to everybody.", "Parce qu’ils sont à tout le monde."),
)
RIGHTS = KeyMessage("rights", both("Rights come first.", "Les droits d’abord."), (WHAT_FIRST,), both("", ""))


def touchpoint(
    kind: TouchpointKind = TouchpointKind.REFRESHER, name: str = "rights", offset: str = "3 days", **more: object
) -> Touchpoint:
    """A row of the schedule, ten o'clock unless it says otherwise; offsets as people write them."""
    fields = {"anchor": Anchor.ENROLMENT, "time": time(10), **more}
    return Touchpoint(kind, name, offset=distance(offset), **fields)  # type: ignore[arg-type]


def distance(words: str) -> Offset:
    amount, unit = words.split()
    return Offset(int(amount), Unit(unit if unit.endswith("s") else f"{unit}s"))


ANY_TIME = Policy(weekly_cap=99, gap_hours=0, public_holidays=False)
"""A policy that keeps quiet at night alone, for tests of what is said rather than when."""


def event_with(*schedule: Touchpoint, surveys: tuple[Survey, ...] = (), **more: object) -> Event:
    """A small event around these rows of a schedule."""
    small = Event(
        code="small",
        title=both("Small event", "Petite rencontre"),
        start=date(2026, 11, 10),
        end=date(2026, 11, 13),
        timezone="Africa/Nairobi",
        welcome=both("Welcome", "Bienvenue"),
        consent=both("Consent", "Consentement"),
        consent_lines={purpose: both(purpose.value) for purpose in Purpose},
        contact=both("Contact"),
        profile=(),
        surveys=surveys,
        messages=(RIGHTS,),
        schedule=schedule,
        policy=ANY_TIME,
    )
    return replace(small, **more)  # type: ignore[arg-type]
