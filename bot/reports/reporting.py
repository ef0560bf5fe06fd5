"""What the operator asks for to hand on, worked out from a store, with a line in the audit log."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.app import open_store
from bot.clock import SystemClock
from bot.main import known
from bot.reports import sharing
from bot.settings import load
from conversations.report.making import report
from conversations.report.values import Report
from conversations.report.wanted import wanted
from conversations.roles import Act
from storage import audit, events, report_counts
from storage.database import only, snapshot


def report_on(event: str, forms: Sequence[str], *, opened: bool, sensitive: bool) -> Report:
    """The report on the event as it stands now; `forms` are the endings of the files that are made of it.

    Raises ConfigError when there is no such event.
    """
    store, now = open_store(load()), SystemClock().now()
    known(store, event)
    with snapshot(store.engine) as connection:
        newest = store.contents.content(connection, only(events.latest(connection, event), f"event {event}"))
        asked = wanted(newest, report_counts.waves_of(connection, event, now))
        counted = report_counts.counts(connection, store.contents, newest, asked, now)
    details = (*(("Opened",) if opened else ()), *(() if sensitive else ("WithoutSensitive",)), *forms)
    with store.engine.begin() as connection:
        entry = audit.Entry(now, audit.OPERATOR, event, Act.RESULTS_FILE, details=details)
        audit.append(connection, store.vault, entry)
    day = now.astimezone(ZoneInfo(newest.timezone)).date()
    return report(newest, counted, day, opened=opened, sensitive=sensitive)


def shared_of(event: str, licence: str) -> tuple[bytes, int, int]:
    """The event's answers for others, as an archive; its rows, and how many surveys too few submitted.

    Nothing is written into the log when there are no rows. Raises ConfigError when there is no such event.
    """
    store, now = open_store(load()), SystemClock().now()
    known(store, event)
    with store.engine.connect() as connection:
        newest = store.contents.content(connection, only(events.latest(connection, event), f"event {event}"))
    made, too_few = sharing.tables(store, newest)
    rows = sum(len(each.rows) for each in made)
    if rows:
        with store.engine.begin() as connection:
            details = tuple(each.survey for each in made)
            audit.append(connection, store.vault, audit.Entry(now, audit.OPERATOR, event, _SHARE, details=details))
    return sharing.archive(newest, made, too_few, licence), rows, len(too_few)


_SHARE: Final = "share"
"""The word in the audit log for answers that were handed on."""
