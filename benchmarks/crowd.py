"""A database of many people in the middle of their year, filled at once as the bot fills it turn by turn.

Keys are real and addresses sealed, and what is planned is what `conversations.schedule.plan` says: each turn works.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, Table, insert

from bot.app import open_store
from bot.local_telegram import SAMPLE_PACK
from bot.settings import Settings
from bot.workbook import read
from conversations.effects import SayKind
from conversations.model import Event, KeyMessage, Language, Purpose
from conversations.policy import Reason
from conversations.refreshers import Grade, Item, Memory, asked, learnt, recalled
from conversations.schedule import Planned, Who, plan
from conversations.timing import LADDER_NAME, REMINDERS, Anchor, Offset, Touchpoint, TouchpointKind, Unit
from storage.events import import_event
from storage.states import ChatKind, Operation, PlanState, State
from storage.tables import chats, consents, enrolments, memories, outbox, plans, recalls
from storage.vault import Vault, open_keys

CHANNEL = "telegram"
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
"""The noon of a working day in Nairobi."""
WAVE = 500
"""How many people have something due at the same instant."""
WAVES = (NOW + timedelta(minutes=1), NOW + timedelta(minutes=2))
"""When that is. Nothing else is due before, nor for days after."""

_ZONE = "Africa/Nairobi"
_JOINED = NOW - timedelta(days=64)
_HEARD = NOW - timedelta(days=9)
_SURVEYS = {"week_1": 1, "month_1": 10, "month_3": 13, "year_1": 52}
_REFRESHERS = {"safety": 3, "partnership": 12, "language": 16, "harm_reduction": 20, "rights": 24, "movement": 28}
_REFRESHERS |= {"evidence": 32}
"""Weeks after joining."""
_LADDER = (10, 60, 120)
_NUDGED = tuple(_JOINED + timedelta(days=days) for days in (10, 17, 31, 40))
"""When the ladder's nudges were sent; each asked for two key messages."""
_PEOPLE_AT_ONCE = 2_000
_Row = dict[str, Any]


def settings_in(folder: Path) -> Settings:
    """The settings as shipped, for a database in that folder."""
    key = SecretStr("A" * 43 + "=")
    return Settings(data_dir=folder, master_key=key, database_url=None, keys_url=None)


def fill(folder: Path, people: int) -> None:
    """Make a database of so many people there, each with ten things planned and six that were sent.

    The people of the waves are spread over all of them. They get a nudge of the ladder, a survey or the refresher of
    one key message, by turns.
    """
    settings = settings_in(folder)
    store, keys = open_store(settings), open_keys(settings.keys_database)
    for engine in (store.engine, keys):
        wait_for_no_disk(engine)
    vault, event = Vault(bytes(32), keys), crowded(read(SAMPLE_PACK))
    with store.engine.begin() as connection:
        revision = import_event(connection, event, _JOINED).revision
    year = _Year(event, revision, people)
    for first in range(1, people + 1, _PEOPLE_AT_ONCE):
        numbers = range(first, min(first + _PEOPLE_AT_ONCE, people + 1))
        with store.engine.begin() as connection:
            _insert(connection, chats, (_chat(vault, each) for each in numbers))
            _insert(connection, enrolments, (_enrolment(revision, each) for each in numbers))
            _insert(connection, consents, (row for each in numbers for row in _consents(each)))
            _insert(connection, plans, (row for each in numbers for row in year.plans(each)))
            _insert(connection, outbox, (row for each in numbers for row in year.outbox(each)))
            _insert(connection, recalls, (row for each in numbers for row in year.recalls(each)))
            _insert(connection, memories, (row for each in numbers for row in year.memories(each)))
    for engine in (store.engine, keys):
        engine.dispose()


def crowded(event: Event) -> Event:
    """The event, held when everybody joined, with surveys, refreshers of single key messages and a ladder."""
    rows = [(TouchpointKind.SURVEY, *row, REMINDERS) for row in _SURVEYS.items()]
    rows += [(TouchpointKind.REFRESHER, *row, ()) for row in (*_REFRESHERS.items(), (LADDER_NAME, 0))]
    schedule = tuple(
        Touchpoint(kind, name, Anchor.ENROLMENT, Offset(weeks, Unit.WEEKS), reminders=reminders)
        for kind, name, weeks, reminders in rows
    )
    held, policy = _JOINED.date(), replace(event.policy, ladder=_LADDER)
    return replace(event, start=held, end=held, schedule=schedule, policy=policy)


class _Year:
    """The rows of anybody's year, worked out once: they differ in whose they are, and in the waves."""

    def __init__(self, event: Event, revision: int, people: int) -> None:
        self._revision = revision
        self._apart = people // (WAVE * len(WAVES))
        pairs = zip(event.messages[0::2], event.messages[1::2], strict=True)
        self._nudged = tuple((at, pair) for at, pair in zip(_NUDGED, pairs, strict=True))
        self._memories = tuple(_memory(event, message, at) for at, pair in self._nudged for message in pair)
        kinds = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})
        who = Who(memories=self._memories, laddered=len(_NUDGED), last_laddered=_NUDGED[-1])
        nudges = [Planned(TouchpointKind.REFRESHER, LADDER_NAME, place, at, None) for place, at in enumerate(_NUDGED)]
        self._planned = (*nudges, *plan(event, kinds, _JOINED, _ZONE, who=who))

    def plans(self, number: int) -> Iterator[_Row]:
        """Everything planned. What the wave brings is a thing of the next days that comes already."""
        wave, brings = self._wave_of(number)
        for place, each in enumerate(self._planned):
            sent = each.due < NOW
            early = wave is not None and (each.kind, each.name) == brings and not sent
            yield {
                "id": self._first(number) + place,
                "chat_id": number,
                "event_id": 1,
                "kind": each.kind,
                "name": each.name,
                "occurrence": each.occurrence,
                "due_at": wave if early else each.due,
                "planned_at": each.due,
                "revision_id": self._revision,
                "state": PlanState.SENT if sent else PlanState.PLANNED,
                "reason": Reason.SENT if sent else None,
                "settled_at": each.due if sent else None,
            }

    def outbox(self, number: int) -> Iterator[_Row]:
        """What was sent."""
        for place, each in enumerate(self._planned):
            if each.due < NOW:
                yield {
                    "chat_id": number,
                    "operation": Operation.SAY,
                    "kind": SayKind.NUDGE,
                    "plan_id": self._first(number) + place,
                    "state": State.SENT,
                    "attempts": 1,
                    "created_at": each.due,
                    "sent_at": each.due,
                    "message_id": str(place),
                }

    def recalls(self, number: int) -> Iterator[_Row]:
        """What the ladder asked, all of it recalled."""
        for place, (at, pair) in enumerate(self._nudged):
            for position, message in enumerate(pair):
                yield {
                    "plan_id": self._first(number) + place,
                    "message": message.name,
                    "enrolment_id": number,
                    "question": 0,
                    "position": position,
                    "asked_at": at,
                    "choice": message.questions[0].right,
                    "right": True,
                    "sure": True,
                    "language": _language(number),
                    "recalled_at": at,
                }

    def memories(self, number: int) -> Iterator[_Row]:
        """What is remembered of it."""
        for each in self._memories:
            yield {
                "enrolment_id": number,
                "message": each.message,
                "rung": each.rung,
                "due_at": each.due,
                "stability": each.stability,
                "difficulty": each.difficulty,
                "reviewed_at": each.reviewed,
            }

    def _first(self, number: int) -> int:
        """The id of somebody's first planned thing."""
        return 1 + (number - 1) * len(self._planned)

    def _wave_of(self, number: int) -> tuple[datetime | None, tuple[TouchpointKind, str]]:
        place, between = divmod(number - 1, self._apart)
        late, turn = divmod(place, WAVE)
        if between or late >= len(WAVES):
            return None, _BRINGS[0]
        return WAVES[late], _BRINGS[turn % len(_BRINGS)]


_BRINGS = (
    (TouchpointKind.REFRESHER, LADDER_NAME),
    (TouchpointKind.SURVEY, "month_1"),
    (TouchpointKind.REFRESHER, "partnership"),
)


def _memory(event: Event, message: KeyMessage, at: datetime) -> Memory:
    waiting = asked(event, learnt(event, message, _JOINED), Item(message.name, 0), at)
    return recalled(event, waiting, Grade.GOOD, at)


def _chat(vault: Vault, number: int) -> _Row:
    key_id, address = vault.new_key(), str(1_000_000 + number)
    return {
        "id": number,
        "key_id": key_id,
        "channel": CHANNEL,
        "kind": ChatKind.PRIVATE,
        "lookup": vault.lookup(CHANNEL, address),
        "address": vault.seal(key_id, address, "address"),
        "language": _language(number),
        "zone": _ZONE,
        "serial": 9,
        "heard_at": _HEARD,
        "reachable": True,
    }


def _enrolment(revision: int, number: int) -> _Row:
    return {"id": number, "chat_id": number, "event_id": 1, "revision_id": revision, "joined_at": _JOINED}


def _consents(number: int) -> Iterator[_Row]:
    return ({"enrolment_id": number, "purpose": each, "given_at": _JOINED} for each in Purpose)


def _language(number: int) -> Language:
    return (Language.EN, Language.FR)[number % 2]


def _insert(connection: Connection, table: Table, rows: Iterable[_Row]) -> None:
    connection.execute(insert(table), list(rows))


def wait_for_no_disk(engine: Engine) -> None:
    """A commit need not be durable: whatever is lost can be filled again. It is a setting of this connection alone."""
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA synchronous = OFF")
    raw.close()
