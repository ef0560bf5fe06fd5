"""A form with everything that a table can have, people who answer it, and the exports that are made of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from bot.app import Store
from conversations.model import (
    SKIPPED,
    Answers,
    Bilingual,
    Choice,
    Event,
    Group,
    Language,
    Purpose,
    Question,
    QuestionType,
    Survey,
    Value,
)
from conversations.schedule import Planned
from conversations.timing import Anchor, Offset, Touchpoint, TouchpointKind, Unit
from storage import chats, enrolments, events, plans, responses
from storage.chats import Chat, ChatKind

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=10)
DAY = timedelta(days=1)
CODE = "lse1"


def words(english: str, french: str = "") -> Bilingual:
    return Bilingual(english, french or f"{english} (fr)")


def question(name: str, kind: QuestionType, **more: object) -> Question:
    label = words(f"What of {name}?", f"Et {name} ?")
    return replace(Question(name, kind, label), **more)  # type: ignore[arg-type]


YES_NO = (Choice("yes", words("Yes", "Oui")), Choice("no", words("No", "Non")))
WAYS = tuple(Choice(name, words(name.title(), f"{name.title()} (fr)")) for name in ("reflect", "inform", "engage"))

SURVEY = Survey(
    "after",
    words("After the event", "Après l’événement"),
    (
        question("applied", QuestionType.SELECT_ONE, choices=YES_NO),
        question("ways", QuestionType.SELECT_MULTIPLE, choices=WAYS, relevant="${applied} = 'yes'", group="work"),
        question("order", QuestionType.RANK, choices=WAYS, group="work"),
        question("people", QuestionType.INTEGER, group="work"),
        question("share", QuestionType.DECIMAL, group="work"),
        question("half", QuestionType.CALCULATE, calculation="${people} div 2", group="work"),
        question("met_on", QuestionType.DATE),
        question("met_at", QuestionType.TIME),
        question("met", QuestionType.DATETIME),
        question("where", QuestionType.GEOPOINT),
        question("picture", QuestionType.IMAGE),
        question("story", QuestionType.TEXT, sensitive=True),
        question("told", QuestionType.NOTE),
        question("age", QuestionType.INTEGER, group="child"),
        question("dose", QuestionType.TEXT, group="visit"),
        question("begun", QuestionType.START),
    ),
    groups=(
        Group("work", words("Work", "Travail")),
        Group("child", words("Child", "Enfant"), repeated=True),
        Group("visit", words("Visit", "Visite"), group="child", repeated=True),
    ),
)
EVENT = Event(
    code=CODE,
    title=words("Learning event"),
    start=date(2026, 2, 3),
    end=date(2026, 2, 5),
    timezone="Africa/Johannesburg",
    welcome=words("Welcome"),
    consent=words("Consent"),
    consent_lines={purpose: words(purpose) for purpose in Purpose},
    contact=words("Contact"),
    profile=(),
    surveys=(SURVEY,),
    messages=(),
    schedule=(Touchpoint(TouchpointKind.SURVEY, "after", Anchor.DATE, Offset(0, Unit.DAYS), on=date(2026, 3, 1)),),
)
FULL: Answers = {
    "applied": "yes",
    "ways": ("reflect", "engage"),
    "order": ("engage", "inform", "reflect"),
    "people": 12,
    "share": "12.5",
    "met_on": "2026-02-28",
    "met_at": "14:30:00",
    "met": "2026-02-28T14:30:00+02:00",
    "where": "-1.2921 36.8219 0 12.5",
    "picture": "photo:AgACAgQ",
    "story": "L’écoute 🤝",
    "child[1]": "yes",
    "age[1]": 7,
    "visit[1][1]": "yes",
    "dose[1][1]": "first",
    "visit[1][2]": "yes",
    "dose[1][2]": "second",
    "visit[1][3]": "no",
    "child[2]": "yes",
    "age[2]": 9,
    "visit[2][1]": "no",
    "child[3]": "no",
}
_SEALED = frozenset({"story", "dose", "picture", "where"})


def event_of(survey: Survey, code: str = CODE) -> Event:
    return replace(EVENT, code=code, surveys=(survey,))


def imported(conn: Connection, event: Event = EVENT) -> int:
    return events.import_event(conn, event, NOW).revision


def joins(store: Store, conn: Connection, address: str = "1", zone: str | None = "Africa/Nairobi") -> Chat:
    """Somebody new in the event, for whom the first wave of the survey is planned."""
    chat = chats.arrive(conn, store.vault, "telegram", address, ChatKind.PRIVATE, Language.FR, NOW)
    conversation = replace(chat.conversation, zone=zone)
    chats.save(conn, store.vault, chat, conversation, NOW)
    revision = events.latest(conn, CODE) or imported(conn)
    enrolments.enrol(conn, chat.id, CODE, revision, frozenset(Purpose), (), NOW)
    return replace(chat, conversation=conversation)


def planned(
    conn: Connection,
    chat: Chat,
    survey: str = "after",
    occurrence: int = 0,
    due: datetime = NOW,
    closes: datetime | None = None,
) -> int:
    """The id of the plan of that wave for that person, which is added to what they have."""
    before = conn.execute(plans.plans.select().where(plans.plans.c.chat_id == chat.id)).all()
    others = [Planned(row.kind, row.name, row.occurrence, row.due_at, row.expires_at, row.closes_at) for row in before]
    this = Planned(TouchpointKind.SURVEY, survey, occurrence, due, None, closes)
    plans.replan(conn, chat.id, CODE, [*others, this])
    rows = conn.execute(plans.plans.select().where(plans.plans.c.chat_id == chat.id)).all()
    return next(row.id for row in rows if (row.name, row.occurrence) == (survey, occurrence))


def answers(
    store: Store,
    conn: Connection,
    chat: Chat,
    plan: int,
    given: Mapping[str, Value],
    *,
    complete: bool = True,
    at: datetime = NOW,
) -> None:
    """The person answers, and submits."""
    responses.begin(conn, plan, at)
    for place, (key, value) in enumerate(given.items()):
        name = key.partition("[")[0]
        sealed = name in _SEALED and value != SKIPPED
        responses.save_answer(conn, store.vault, chat, plan, key, value, sealed, at + timedelta(seconds=place))
    if complete:
        responses.complete(conn, plan, at + timedelta(minutes=5))


def one_response(store: Store, given: Mapping[str, Value] = FULL, event: Event = EVENT) -> Chat:
    """An event in which one person has answered everything."""
    with store.engine.begin() as conn:
        imported(conn, event)
        chat = joins(store, conn)
        answers(store, conn, chat, planned(conn, chat, event.surveys[0].name), given)
    return chat
