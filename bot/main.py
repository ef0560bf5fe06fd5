"""What the commands do, beside reading packs: run on Telegram, import, invite, count."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from bot.app import Store, open_store, running, serve
from bot.clock import Clock, SystemClock
from bot.operating import Operator, unknown
from bot.planning import SLICE, replan_people, to_replan
from bot.sandbox_clock import SandboxClock
from bot.settings import ConfigError, Settings, load
from bot.telegram.client import name_of_bot
from conversations.model import Event, EventState, Role
from conversations.roles import Act
from storage import audit, dispositions, events, lives, pack_files, replannings, responses
from storage.database import only
from storage.events import Imported
from storage.learning import Learning, learned

log = logging.getLogger(__name__)


async def run_for_real(settings: Settings) -> None:
    """Run on Telegram until stopped; by a sandbox's clock when SUIVI_CLOCK_URL says so."""
    store = open_store(settings)
    with store.engine.connect() as connection:
        if not events.codes(connection):
            log.warning(
                "no event yet: suivi invite CODE --role coordinator --new begins one, suivi import PACK takes one in"
            )
    if settings.clock_url is None:
        await _run(settings, store, SystemClock())
        return
    async with SandboxClock(settings.clock_url) as clock:
        await _run(settings, store, clock)


async def _run(settings: Settings, store: Store, clock: Clock) -> None:
    async with running(settings, store, clock) as app:
        following = asyncio.create_task(clock.follow(app)) if isinstance(clock, SandboxClock) else None
        log.info("the bot is running; Ctrl-C stops it")
        try:
            await serve(settings, app, clock)
        finally:
            if following is not None:
                following.cancel()


def import_event(event: Event, files: Mapping[str, bytes]) -> Imported:
    """Take an event in with its files, and plan anew what everybody in it still has coming."""
    store = open_store(load())
    return import_into(store, event, SystemClock(), files)


def import_into(store: Store, event: Event, clock: Clock, files: Mapping[str, bytes] = {}) -> Imported:
    """The same for a store that is open already."""
    now = clock.now()
    with store.engine.begin() as connection:
        pack_files.keep(connection, files)
        imported = events.import_event(connection, event, now)
        if imported.changed:
            Operator(store, clock).record_import(connection, imported)
    _replan(store, event, imported.revision, now)
    return imported


def _replan(store: Store, event: Event, revision: int, now: datetime) -> None:
    """In slices, so that a bot that is running gets its turns in between.

    Anew even when nothing changed: an earlier import may have been cut short.
    """
    with store.engine.begin() as connection:
        waiting = to_replan(connection, event.code)
    for start in range(0, len(waiting), SLICE):
        with store.engine.begin() as connection:
            if not replan_people(connection, event, now, waiting[start : start + SLICE], revision):
                break


def reopen_event(code: str) -> bool:
    """Let an event that its team closed or archived be live again; false when it is. Raises ConfigError."""
    store, now = open_store(load()), SystemClock().now()
    with store.engine.begin() as connection:
        _known(events.codes(connection), code)
        number = events.number_of(connection, code)
        state, _ = lives.locked(connection, number)
        if state is EventState.LIVE:
            return False
        lives.change(connection, number, EventState.LIVE)
        audit.append(connection, store.vault, audit.Entry(now, audit.OPERATOR, code, Act.REOPEN_NOW))
        # The running bot plans, or whichever runs next: it is a row, like all that is to be done.
        replannings.begin(connection, number, None, now)
    return True


def invitation_link(event: str, role: Role, *, new: bool = False) -> str:
    """A deep link that makes whoever opens it a participant, or one who waits to be confirmed for the event's team.

    With `new` the event is begun. Raises ConfigError.
    """
    settings, clock = load(), SystemClock()
    store = open_store(settings)
    operator = Operator(store, clock)
    # Before anybody is asked for the bot's name: most mistakes are in the event's code.
    if role is Role.PARTICIPANT:
        known(store, event)
    else:
        operator.expect(event, new=new)
    name = asyncio.run(name_of_bot(settings))
    code = (
        new_invitation(store, event, role, None, clock)
        if role is Role.PARTICIPANT
        else operator.invite(event, role, new=new)
    )
    return f"https://t.me/{name}?start={code}"


def new_invitation(
    store: Store, event: str, role: Role, lifetime: timedelta | None, clock: Clock, *, vouched: bool = False
) -> str:
    """The code of a new invitation; whoever opens a `vouched` one need not be confirmed.

    Raises ConfigError when there is no such event.
    """
    places = None if role is Role.PARTICIPANT else 1
    with store.engine.begin() as connection:
        if role is Role.PARTICIPANT:
            _known(events.codes(connection), event)
        try:
            return events.invite(connection, event, role, clock.now(), lifetime, places, vouched=vouched)
        except LookupError:
            raise ConfigError(unknown(events.codes(connection), event)) from None


def response_counts(event: str) -> Mapping[str, int]:
    """How many joined and answered. Raises ConfigError when there is no such event."""
    store = open_store(load())
    with store.engine.connect() as connection:
        _known(events.codes(connection), event)
        return asdict(responses.counts(connection, event))


def waves(event: str) -> tuple[dispositions.Wave, ...]:
    """How far each wave of each survey has come. Raises ConfigError when there is no such event."""
    store = open_store(load())
    known(store, event)
    with store.engine.connect() as connection:
        return dispositions.waves(connection, event, SystemClock().now())


def learning(event: str) -> tuple[Event, Learning]:
    """The newest revision of the event, and what its people recall. Raises ConfigError when there is no such event."""
    store = open_store(load())
    known(store, event)
    with store.engine.connect() as connection:
        newest = store.contents.content(connection, only(events.latest(connection, event), f"event {event}"))
        return newest, learned(connection, store.contents, newest)


def known(store: Store, event: str) -> None:
    """Make sure that there is such an event. Raises ConfigError."""
    with store.engine.connect() as connection:
        _known(events.codes(connection), event)


def _known(codes: tuple[str, ...], event: str) -> None:
    if event not in codes:
        raise ConfigError(unknown(codes, event))
