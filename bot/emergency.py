"""The operator's emergency: stopping an event or the whole bot from the command line, and letting it go on."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot.app import Store
from bot.apply_emergency import resume, stop
from bot.clock import Clock
from bot.doing import tell
from bot.operating import title_of, unknown
from bot.settings import ConfigError
from conversations.dialogues import emergency
from conversations.messages import Message
from conversations.roles import Act
from conversations.stops import Backlog, Stop
from storage import audit, events, holding, stops, team
from storage.audit import OPERATOR, Entry


def pause_all(store: Store, event: str | None, clock: Clock) -> tuple[bool, Backlog]:
    """Stop the event, or with None the whole bot: whether it was not stopped before, and what waits now.

    Its coordinators are told. Raises ConfigError when there is no such event.
    """
    now = clock.now()
    with store.engine.begin() as connection:
        number = _number(connection, event)
        begun = stop(connection, number, OPERATOR, now)
        if begun:
            _recorded(connection, store, Act.STOP, event, now)
            if number is None:
                _tell(connection, store, _everywhere(connection), emergency.told_of_bot_stop(), now)
            else:
                told = emergency.told_of_stop(title_of(connection, store, event or ""), "")
                _tell(connection, store, team.who_may(connection, number, Act.RESUME), told, now)
        return begun, _backlog(connection, number, now)


def waiting(store: Store, event: str | None, clock: Clock) -> tuple[Stop | None, Backlog]:
    """The stop of the event, or with None of the whole bot, None when there is none; and what waits behind it.

    Raises ConfigError when there is no such event.
    """
    with store.engine.connect() as connection:
        number = _number(connection, event)
        found = stops.of_everything(connection) if number is None else stops.of_event(connection, number)
        return found, _backlog(connection, number, clock.now())


def resume_all(store: Store, event: str | None, clock: Clock, *, let_go: bool) -> bool:
    """Let the event, or with None the whole bot, go on; false when it did already.

    With `let_go` what waits is never sent. Its coordinators are told. Raises ConfigError when there is no such event.
    """
    now = clock.now()
    with store.engine.begin() as connection:
        number = _number(connection, event)
        ended = resume(connection, store.contents, number, now, let_go=let_go)
        if ended:
            act = Act.RESUME_LETTING_GO if let_go else Act.RESUME_SENDING
            _recorded(connection, store, act, event, now)
            if number is None:
                told = emergency.told_of_bot_resume(let_go=let_go)
                _tell(connection, store, _everywhere(connection), told, now)
            else:
                title = title_of(connection, store, event or "")
                told = emergency.told_of_resume(title, "", let_go=let_go)
                _tell(connection, store, team.who_may(connection, number, Act.RESUME), told, now)
        return ended


def still_stopped(store: Store, event: str | None) -> tuple[str, ...]:
    """What keeps things from being sent all the same: the codes of events, "" for the whole bot.

    For an event that is the whole bot, for the whole bot the events that are stopped by themselves.
    """
    with store.engine.connect() as connection:
        found = stops.stopped(connection)
        if event is not None:
            return ("",) if found.everything else ()
        return tuple(sorted(found.events))


def _number(connection: Connection, event: str | None) -> int | None:
    if event is None:
        return None
    try:
        number = events.number_of(connection, event)
    except LookupError:
        raise ConfigError(unknown(events.codes(connection), event)) from None
    stops.lock(connection, (number,))
    return number


def _backlog(connection: Connection, number: int | None, now: datetime) -> Backlog:
    return holding.backlog(connection, None if number is None else (number,), now)


def _recorded(connection: Connection, store: Store, act: Act, event: str | None, now: datetime) -> None:
    audit.append(connection, store.vault, Entry(now, OPERATOR, event or "", act))


def _everywhere(connection: Connection) -> tuple[int, ...]:
    """The chats of those who coordinate any event, each once."""
    found = (team.who_may(connection, each, Act.RESUME) for each in team.events_with_team(connection))
    return tuple(sorted({chat for chats_of_one in found for chat in chats_of_one}))


def _tell(connection: Connection, store: Store, to: Iterable[int], message: Message, now: datetime) -> None:
    """A running bot finds it in the outbox within seconds."""
    for each in to:
        tell(message, each, connection, store.vault, store.contents, now)
