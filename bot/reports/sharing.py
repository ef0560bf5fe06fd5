"""Answers to hand on, as an archive: a CSV for each survey, a codebook, and plain words on what was done to them."""

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from secrets import SystemRandom
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.app import Store
from bot.reports.safe import disarmed, escaped
from bot.reports.sensitive import sensitive_messages, telling
from conversations.messages import counted, phrase
from conversations.model import Bilingual, Event, Language, Survey, Words
from conversations.sharing.tables import Shared, shared
from conversations.timing import RECALL_CHECK
from locales.phrases import say
from storage import shared_answers
from storage.database import snapshot
from storage.events import numbers_of

FILES = "README.txt", "codebook.csv"


def tables(store: Store, event: Event) -> tuple[tuple[Shared, ...], tuple[Bilingual, ...]]:
    """The tables of the event, given as its newest revision, and the titles of surveys that too few submitted."""
    made: list[Shared] = []
    too_few: list[Bilingual] = []
    with snapshot(store.engine) as connection:
        revisions = [store.contents.content(connection, each) for each in numbers_of(connection, event.code)]
        for survey in event.surveys:
            submitted = shared_answers.submitted(connection, event, survey.name)
            table = shared(event, survey, submitted, _withheld(survey, revisions))
            if table is not None:
                made.append(table)
            elif submitted:
                too_few.append(survey.title)
    return tuple(made), tuple(too_few)


def _withheld(survey: Survey, revisions: Sequence[Event]) -> frozenset[str]:
    """What was sensitive in any revision, since answers of all of them are there, and what would give it away."""
    forms = [each for event in revisions for each in event.surveys if each.name == survey.name]
    return telling(forms) | (sensitive_messages(revisions) if survey.name == RECALL_CHECK else frozenset())


def archive(event: Event, made: Sequence[Shared], too_few: Sequence[Bilingual], licence: str) -> bytes:
    """The files together. The rows are in an order of chance, another one each time."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as together:
        # Without the time of day at which it was made.
        together.writestr(ZipInfo(FILES[0]), statement(event, made, too_few, licence), ZIP_DEFLATED)
        together.writestr(ZipInfo(FILES[1]), _csv(_codebook(made)), ZIP_DEFLATED)
        for table in made:
            rows = list(table.rows)
            SystemRandom().shuffle(rows)
            header = [column.name for column in table.columns]
            together.writestr(ZipInfo(f"{table.survey}.csv"), _csv([header, *rows]), ZIP_DEFLATED)
    return file.getvalue()


def statement(event: Event, made: Sequence[Shared], too_few: Sequence[Bilingual], licence: str) -> str:
    """What was done, in English and then in French."""
    pages = ("\n\n".join(_said(event, made, too_few, licence, each)) for each in Language)
    return "\n\n---\n\n".join(pages) + "\n"


def _said(
    event: Event, made: Sequence[Shared], too_few: Sequence[Bilingual], licence: str, language: Language
) -> Iterator[str]:
    for words in _statement(event, licence):
        yield say(words, language)
    for table in made:
        yield "\n".join(say(each, language) for each in _of_table(table))
    for title in too_few:
        yield say(phrase("{survey}: left out, too few people submitted it.", survey=title), language)


def _statement(event: Event, licence: str) -> Iterator[Words]:
    k = event.smallest_cell
    yield phrase("{event}: answers for analysis", event=event.title)
    yield phrase("Licence: {licence}", licence=licence)
    yield phrase(
        "A row is one survey that somebody submitted. Nothing tells which rows are of the same person: neither a "
        "pseudonym nor the order, which is one of chance."
    )
    yield phrase("Left out: all that people typed, sent or dated themselves, places, and sensitive questions.")
    yield phrase(
        "Made coarse: instants to months, whole numbers to bands. Answers, countries and other categories of fewer "
        "than {smallest} people are merged into “merged”; options of questions with several answers are left out when "
        "fewer chose them, or fewer did not.",
        smallest=k,
    )
    yield phrase(
        "Every combination of profile, part, wave and month is there {smallest} times at least, or not at all: cells "
        "were left empty where it was rarer, and rows left out where that was not enough.",
        smallest=k,
    )
    yield phrase(
        "What this cannot do: whoever knows that somebody is in it, and what all of such a group have answered, knows "
        "that answer. Do not try to recognise anybody, and do not join it with other data about people."
    )


def _of_table(table: Shared) -> Iterator[Words]:
    yield phrase("{survey} ({file})", survey=table.title, file=f"{table.survey}.csv")
    yield counted("{count} row", "{count} rows", len(table.rows))
    yield counted("{count} row was left out.", "{count} rows were left out.", table.left_out)
    yield counted("{count} cell was left empty.", "{count} cells were left empty.", table.emptied)
    if table.dropped:
        yield phrase("Not there: {names}", names=", ".join(table.dropped))
    if table.merged:
        yield phrase("Rare answers merged: {names}", names=", ".join(table.merged))


def _codebook(made: Sequence[Shared]) -> Iterator[Sequence[str]]:
    yield ("file", "column", "label_en", "label_fr", "value", "value_en", "value_fr")
    for table in made:
        for column in table.columns:
            about = (f"{table.survey}.csv", column.name, *(say(column.label, each) for each in Language))
            for value, words in column.values or (("", ""),):
                yield (*about, value, *(say(words, each) for each in Language))


def _csv(rows: "Iterator[Sequence[str]] | Sequence[Sequence[str]]") -> str:
    file = StringIO()
    csv.writer(file).writerows([disarmed(escaped(cell)) for cell in row] for row in rows)
    return file.getvalue()
