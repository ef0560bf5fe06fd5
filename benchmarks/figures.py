"""``python -m benchmarks.figures``: the report's numbers and a digest's over a million answers, beside pandas.

The same numbers are worked out by the database, as Suivi does, and by pandas from all answers in memory; each in a
process of its own on the same file, by turns.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.answered import Answering, fill
from benchmarks.crowd import settings_in, wait_for_no_disk
from bot.app import Store, open_store
from bot.clock import SystemClock
from bot.local_telegram import SAMPLE_PACK
from bot.workbook import read
from conversations.digests import findings
from conversations.model import Event, QuestionType, Value
from conversations.report.making import report
from conversations.report.wanted import wanted
from storage.database import only
from storage.events import import_event, latest
from storage.groups import cohorts
from storage.report_counts import counts, waves_of
from storage.vault import Vault, open_keys

NOW = datetime(2028, 1, 1, tzinfo=UTC)
DUE = {
    (name, 0): datetime(2026, 11, 20, tzinfo=UTC) + timedelta(days=days)
    for name, days in (("week_1", 0), ("month_1", 30), ("month_3", 90), ("year_1", 360))
}
WAYS = ("report", "digest", "pandas")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000_000, help="how many answers there are [1000000]")
    parser.add_argument("--rounds", type=int, default=3, help="rounds for each way [3]")
    parser.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def given(event: Event, survey: str, person: int) -> dict[str, Value]:
    """What a person answers to the choice questions of a survey."""
    answers: dict[str, Value] = {}
    for place, question in enumerate(event.survey(survey).questions):
        names = [choice.name for choice in question.choices]
        if question.type is QuestionType.SELECT_ONE:
            answers[question.name] = names[(person * 7 + place) % len(names)]
        elif question.type is QuestionType.SELECT_MULTIPLE:
            answers[question.name] = tuple(names[(person + step) % (len(names) - 1)] for step in range(3))
    return answers


def filled(folder: Path, answers: int) -> None:
    """A database in that folder with so many answers to the sample event."""
    settings = settings_in(folder)
    store, keys = open_store(settings), open_keys(settings.keys_database)
    for engine in (store.engine, keys):
        wait_for_no_disk(engine)
    event = read(SAMPLE_PACK)
    each = sum(len(given(event, survey, 0)) for survey, _ in DUE)
    country, *_ = event.profile
    people = (
        Answering(
            {wave: given(event, wave[0], person) for wave in DUE},
            {country.name: country.choices[person % len(country.choices)].name},
        )
        for person in range(-(-answers // each))
    )
    with store.engine.begin() as connection:
        import_event(connection, event, min(DUE.values()) - timedelta(days=9))
        fill(connection, Vault(bytes(32), keys), people, DUE)
    for engine in (store.engine, keys):
        engine.dispose()


def by_report(store: Store) -> int:
    """All figures of the report."""
    with store.engine.connect() as connection:
        event = store.contents.content(connection, only(latest(connection, "lse2026"), "event"))
        asked = wanted(event, waves_of(connection, event.code, NOW))
        made = report(event, counts(connection, store.contents, event, asked, NOW), NOW.date())
    return len(made.figures)


def by_digest(store: Store) -> int:
    """All that a digest may tell for the first time."""
    with store.engine.connect() as connection:
        event = store.contents.content(connection, only(latest(connection, "lse2026"), "event"))
        return len(findings(event, cohorts(connection, event.code, store.contents)))


def by_pandas(store: Store) -> int:
    """How often each option was chosen, by pandas from all answers: a part of what the report has."""
    import pandas  # noqa: PLC0415 # its memory is part of what is measured

    single = pandas.read_sql_query(
        "SELECT r.survey, p.occurrence, a.question, a.choice FROM answers a"
        " JOIN responses r ON r.plan_id = a.response_id JOIN plans p ON p.id = r.plan_id"
        " WHERE a.choice IS NOT NULL AND r.completed_at IS NOT NULL",
        store.engine,
    )
    several = pandas.read_sql_query(
        "SELECT r.survey, p.occurrence, a.question, c.choice FROM answer_choices c JOIN answers a ON a.id = c.answer_id"
        " JOIN responses r ON r.plan_id = a.response_id JOIN plans p ON p.id = r.plan_id"
        " WHERE r.completed_at IS NOT NULL",
        store.engine,
    )
    both = pandas.concat([single, several])
    return len(both.groupby(["survey", "occurrence", "question", "choice"]).size())


def one(way: str, folder: Path) -> None:
    """Seconds and memory of one way, on standard output, from a process of its own."""
    store, clock = open_store(settings_in(folder)), SystemClock()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, clock.elapsed()
    {"report": by_report, "digest": by_digest, "pandas": by_pandas}[way](store)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps({"seconds": clock.elapsed() - began, "memory": grown / 1024}))


def main() -> None:
    chosen = arguments()
    if chosen.one:
        one(chosen.one, chosen.folder)
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as parent:
        print(f"filling a database with {chosen.answers} answers", file=sys.stderr, flush=True)
        filled(Path(parent), chosen.answers)
        found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for _ in range(chosen.rounds):
            for way in WAYS:
                command = [sys.executable, "-m", "benchmarks.figures", "--one", way, "--folder", parent]
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                found[way].append(json.loads(done.stdout))
    print(f"{'':8} {'seconds':>8} {'memory grown, MB':>18} {'pandas / this':>14}")
    for way, figures in found.items():
        ratio = statistics.median(b["seconds"] / a["seconds"] for a, b in zip(figures, found["pandas"], strict=True))
        seconds, memory = (statistics.median(each[name] for each in figures) for name in ("seconds", "memory"))
        print(f"{way:8} {seconds:8.2f} {memory:18.0f} {ratio:14.2f}")


if __name__ == "__main__":
    main()
