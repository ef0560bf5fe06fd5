"""An event that measures what people recall, and people who are asked in it."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, update

from bot.app import Store
from conversations.model import Choice, Event, KeyMessage, Language, QuestionType, RecallQuestion, Survey, Value
from conversations.policy import Reason
from conversations.refreshers import Item, Memory
from conversations.schedule import Planned
from conversations.timing import (
    LADDER_NAME,
    RECALL_CHECK,
    Anchor,
    Offset,
    Policy,
    Touchpoint,
    TouchpointKind,
    Unit,
)
from storage import plans, recalls, tables
from storage.chats import Chat
from tests.reports.samples import CODE, DAY, EVENT, NOW, answers, planned, question, words

OPTIONS = tuple(Choice(name, words(f"Option {name}", f"Option {name} (fr)")) for name in "abc")


def key_message(name: str, *, sensitive: bool = False) -> KeyMessage:
    """A key message whose right answer is "a"."""
    asked = RecallQuestion(words(f"{name}?"), OPTIONS, "a", words("Because"))
    return KeyMessage(name, words(name), (asked, asked), words("A source"), sensitive=sensitive, measured=True)


def measuring(*messages: KeyMessage, hold_back: int = 0) -> Event:
    """The event with recall checks of these at its end and 30 and 90 days later."""
    asked = tuple(
        question(each.name, QuestionType.SELECT_ONE, choices=OPTIONS, sensitive=each.sensitive) for each in messages
    )
    rows = tuple(
        Touchpoint(TouchpointKind.SURVEY, RECALL_CHECK, Anchor.EVENT_END, Offset(days, Unit.DAYS))
        for days in (0, 30, 90)
    )
    return replace(
        EVENT,
        surveys=(Survey(RECALL_CHECK, words("What has stayed?", "Que reste-t-il ?"), asked),),
        messages=messages,
        schedule=rows,
        policy=Policy(hold_back=hold_back),
    )


MEASURED = measuring(key_message("listen"), key_message("share", sensitive=True))


def checked(store: Store, conn: Connection, chat: Chat, wave: int = 0, **given: Value) -> None:
    """That wave of the recall check is sent to somebody, who answers what is given."""
    plan = planned(conn, chat, RECALL_CHECK, wave)
    plans.settle(conn, plan, Reason.SENT, None, NOW)
    if given:
        answers(store, conn, chat, plan, given)


def refreshed(
    conn: Connection, chat: Chat, number: int, message: str, choice: str = "", *, sure: bool = True, code: str = CODE
) -> None:
    """The refresher of that number asks for a message, a day after the one before it, and is answered an hour later.

    `choice` is empty for no answer, and "?" for not knowing.
    """
    at = NOW + number * DAY
    before = conn.execute(tables.plans.select().where(tables.plans.c.chat_id == chat.id)).all()
    kept = [Planned(row.kind, row.name, row.occurrence, row.due_at, row.expires_at, row.closes_at) for row in before]
    plans.replan(conn, chat.id, code, [*kept, Planned(TouchpointKind.REFRESHER, LADDER_NAME, number, at, None)])
    nudge = tables.plans.select().where(
        tables.plans.c.chat_id == chat.id,
        tables.plans.c.kind == TouchpointKind.REFRESHER,
        tables.plans.c.occurrence == number,
    )
    plan = conn.execute(nudge).one().id
    memory = Memory(message, 0, at, 1.0, 5.0, at)
    recalls.ask(conn, plan, [Item(message, 1)], [memory], at)
    plans.settle(conn, plan, Reason.SENT, None, at)
    if choice:
        said, right = None if choice == "?" else choice, choice == "a"
        answered = at + timedelta(hours=1)
        recalls.answer(conn, plan, message, said, right, right and sure, Language.EN, memory, answered)


def speaks(conn: Connection, chat: Chat, language: Language) -> None:
    """The chat goes on in that language."""
    conn.execute(update(tables.chats).where(tables.chats.c.id == chat.id).values(language=language))
