"""An event pack and a few moves that the tests of storage share."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from conversations.digests import Cohort
from conversations.model import (
    Bilingual,
    Choice,
    Event,
    KeyMessage,
    Language,
    Purpose,
    Question,
    QuestionType,
    RecallQuestion,
    Stage,
    Survey,
)
from conversations.schedule import Planned
from conversations.timing import Anchor, Offset, Touchpoint, TouchpointKind, Unit
from storage import chats, enrolments, events, plans, responses
from storage.chats import Chat, ChatKind
from storage.vault import Vault

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
ALL = frozenset(Purpose)


def both(words: str) -> Bilingual:
    return Bilingual(words, f"{words} ?")


def options(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, both(name)) for name in names)


COUNTRY = Question(
    "country",
    QuestionType.SELECT_ONE,
    both("Country"),
    choices=(Choice("cd", both("DRC"), ("Africa/Kinshasa", "Africa/Lubumbashi")), Choice("za", both("South Africa"))),
)
SURVEY = Survey(
    "after",
    both("After the event"),
    (
        Question("applied", QuestionType.SELECT_ONE, both("Applied?"), choices=options("yes", "no"), group_ok=True),
        Question(
            "ways",
            QuestionType.SELECT_MULTIPLE,
            both("In what ways?"),
            both("All that apply"),
            relevant="${applied} = 'yes'",
            choices=options("reflect", "inform", "engage"),
            stage=Stage.APPLY,
            group_ok=True,
        ),
        Question("people", QuestionType.INTEGER, both("How many?"), required=True),
        Question("story", QuestionType.TEXT, both("What stuck with you?"), sensitive=True),
    ),
)
MESSAGE = KeyMessage(
    "rights",
    both("Rights first"),
    (RecallQuestion(both("What comes first?"), options("rights", "rules"), "rights", both("Because")),),
    both("A source"),
)
EVENT = Event(
    code="LSE1",
    title=both("Learning event"),
    start=date(2026, 2, 3),
    end=date(2026, 2, 5),
    timezone="Africa/Johannesburg",
    welcome=both("Welcome"),
    consent=both("Consent"),
    consent_lines={purpose: both(purpose) for purpose in Purpose},
    contact=both("Contact"),
    profile=(COUNTRY,),
    surveys=(SURVEY,),
    messages=(MESSAGE,),
    schedule=(
        Touchpoint(
            TouchpointKind.REFRESHER,
            "rights",
            Anchor.ENROLMENT,
            Offset(2, Unit.WEEKS),
            time=time(10),
            every=Offset(1, Unit.MONTHS),
            until=Offset(12, Unit.MONTHS),
            window=Offset(3, Unit.DAYS),
        ),
        Touchpoint(TouchpointKind.SURVEY, "after", Anchor.DATE, Offset(0, Unit.DAYS), on=date(2026, 5, 1)),
    ),
)


def imported(conn: Connection, event: Event = EVENT) -> int:
    return events.import_event(conn, event, NOW).revision


def person(conn: Connection, vault: Vault, address: str = "4242", kind: ChatKind = ChatKind.PRIVATE) -> Chat:
    return chats.arrive(conn, vault, "telegram", address, kind, Language.FR, NOW)


def joined(conn: Connection, vault: Vault, address: str = "4242", purposes: frozenset[Purpose] = ALL) -> Chat:
    chat = person(conn, vault, address)
    revision = events.latest(conn, EVENT.code) or imported(conn)
    enrolments.enrol(conn, chat.id, EVENT.code, revision, purposes, (("country", "cd"),), NOW)
    return chat


def a_survey(occurrence: int = 0, due: datetime = NOW, expires: datetime | None = None) -> Planned:
    return Planned(TouchpointKind.SURVEY, "after", occurrence, due, expires)


def a_refresher(occurrence: int = 0, due: datetime = NOW, expires: datetime | None = None) -> Planned:
    return Planned(TouchpointKind.REFRESHER, "rights", occurrence, due, expires)


def plan_of(conn: Connection, chat: Chat, *planned: Planned) -> list[int]:
    """The ids of the plans, in the order given."""
    plans.replan(conn, chat.id, EVENT.code, planned)
    ids = {(each.kind, each.due): each.id for each in plans.due(conn, NOW + 1000 * DAY, 10_000, None)}
    return [ids[each.kind, each.due] for each in planned]


def answered(
    conn: Connection, vault: Vault, chat: Chat, plan: int, *, complete: bool = True, applied: str = "yes"
) -> None:
    responses.begin(conn, plan, NOW)
    responses.save_answer(conn, vault, chat, plan, "applied", applied, False, NOW)
    responses.save_answer(conn, vault, chat, plan, "ways", ("reflect", "engage"), False, NOW)
    responses.save_answer(conn, vault, chat, plan, "people", 12, False, NOW)
    responses.save_answer(conn, vault, chat, plan, "story", "partnership", True, NOW)
    if complete:
        responses.complete(conn, plan, NOW)


def picks(cohorts: tuple[Cohort, ...], question: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return next((each.picks for each in cohorts if each.question == question), ())
