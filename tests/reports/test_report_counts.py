"""The numbers of the report, as the database adds them up, beside the same numbers counted one person at a time."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from benchmarks.answered import Answering, fill
from bot.app import Store
from conversations.model import Choice, CountsAs, Event, Question, QuestionType, Survey, Value
from conversations.report.counts import Asked, Counts, Outcome, Sum, WaveKey
from conversations.report.wanted import wanted
from conversations.timing import RECALL_CHECK
from storage import tables
from storage.events import import_event
from storage.report_counts import counts, waves_of
from tests.reports.recall_samples import MEASURED
from tests.reports.samples import EVENT, words

NOW = datetime(2026, 12, 1, tzinfo=UTC)
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
AGREE = tuple(Choice(name, words(name), counts_as=(CountsAs(name),)) for name in ("agree", "neutral", "disagree"))
WAYS = (
    Choice("talk", words("Talk"), counts_as=(CountsAs.INTERNAL, CountsAs.INFORMAL)),
    Choice("meet", words("Meeting"), counts_as=(CountsAs.INTERNAL, CountsAs.FORMAL)),
    Choice("chat", words("Chat"), counts_as=(CountsAs.EXTERNAL, CountsAs.INFORMAL)),
    Choice("none", words("None"), counts_as=(CountsAs.NONE,)),
)
COUNTRY = Question(
    "country",
    QuestionType.SELECT_ONE,
    words("Country?"),
    choices=(Choice("ke", words("Kenya"), ("Africa/Nairobi",)), Choice("tg", words("Togo"), ("Africa/Lome",))),
)
ASKED = Survey(
    "later",
    words("Later"),
    (
        Question("applied", QuestionType.SELECT_ONE, words("Applied?"), choices=AGREE),
        Question("ways", QuestionType.SELECT_MULTIPLE, words("How?"), choices=WAYS),
        Question("trained", QuestionType.INTEGER, words("How many?"), indicator="People trained", target=100),
    ),
)
SURVEYED = replace(
    EVENT,
    profile=(COUNTRY,),
    surveys=(ASKED, *MEASURED.surveys),
    messages=MEASURED.messages,
    schedule=MEASURED.schedule,
)
DUE = {("later", wave): BEGAN + timedelta(days=90 * wave) for wave in range(3)}
DUE |= {(RECALL_CHECK, wave): BEGAN + timedelta(days=30 * wave) for wave in range(2)}


def crowd(number: int, seed: int = 1) -> list[Answering]:
    """People who answer at random: some waves not at all, some questions not."""
    chance = random.Random(seed)
    people = []
    for _ in range(number):
        waves: dict[tuple[str, int], dict[str, Value] | None] = {}
        for survey, wave in DUE:
            given: dict[str, Value] = {}
            if survey == RECALL_CHECK:
                given = {name: chance.choice("abc") for name in ("listen", "share") if chance.random() < 0.8}
            else:
                ways = tuple(each.name for each in WAYS if chance.random() < 0.4)
                given = {"applied": chance.choice(AGREE).name, "trained": chance.randrange(9)}
                given |= {"ways": ways} if ways else {}
            waves[survey, wave] = given if chance.random() < 0.6 else None
        profile = {"country": chance.choice(["ke", "tg"])} if chance.random() < 0.9 else {}
        people.append(Answering(waves, profile))
    return people


def counted(store: Store, event: Event, people: list[Answering]) -> Counts:
    with store.engine.begin() as conn:
        import_event(conn, event, BEGAN - timedelta(days=9))
        fill(conn, store.vault, people, DUE)
    return recounted(store, event)


def recounted(store: Store, event: Event) -> Counts:
    with store.engine.connect() as conn:
        return counts(conn, store.contents, event, wanted(event, waves_of(conn, event.code, NOW)), NOW)


def given(people: list[Answering], wave: int, question: str, survey: str = "later") -> list[Value]:
    answered = (person.waves[survey, wave] for person in people)
    return [each[question] for each in answered if each is not None and question in each]


def test_people_are_counted_once_each_by_what_they_reached(store: Store) -> None:
    people = crowd(60)
    found = counted(store, SURVEYED, people)
    answered = sum(any(each is not None for each in person.waves.values()) for person in people)
    assert found.people == Outcome(complete=answered, not_reached=60 - answered)
    for wave in range(3):
        complete = sum(person.waves["later", wave] is not None for person in people)
        assert found.waves[WaveKey("later", wave)] == Outcome(complete=complete, not_reached=60 - complete)
    by_country = Counter(person.profile.get("country", "") for person in people)
    assert {name: each.due for name, each in found.groups["country"].items()} == by_country


def test_options_are_counted_wave_by_wave(store: Store) -> None:
    people = crowd(60)
    found = counted(store, SURVEYED, people)
    for wave in range(3):
        single = found.choices[Asked(WaveKey("later", wave), "applied")]
        assert single.chosen == Counter(given(people, wave, "applied"))
        assert single.answered == len(given(people, wave, "applied"))
        several = found.choices[Asked(WaveKey("later", wave), "ways")]
        chosen = given(people, wave, "ways")
        assert several.answered == len(chosen)
        assert several.chosen == Counter(way for each in chosen if isinstance(each, tuple) for way in each)


def test_who_chose_any_of_some_options_is_counted_once(store: Store) -> None:
    people = crowd(60)
    found = counted(store, SURVEYED, people)
    inside = frozenset({"talk", "meet"})
    for wave in range(3):
        chosen = [set(each) for each in given(people, wave, "ways") if isinstance(each, tuple)]
        assert found.either[Asked(WaveKey("later", wave), "ways"), inside] == sum(
            bool(each & inside) for each in chosen
        )


def test_changes_are_those_of_people_who_answered_twice(store: Store) -> None:
    people = crowd(60)
    change = next(each for each in counted(store, SURVEYED, people).changes if each.question == "ways")
    both = [
        (person.waves["later", 0]["ways"], person.waves["later", 2]["ways"])  # type: ignore[index]
        for person in people
        if "ways" in (person.waves["later", 0] or {}) and "ways" in (person.waves["later", 2] or {})
    ]
    assert (change.first, change.second, change.both) == (WaveKey("later", 0), WaveKey("later", 2), len(both))
    assert change.before == Counter(way for before, _ in both for way in before)  # type: ignore[union-attr]
    assert change.after == Counter(way for _, after in both for way in after)  # type: ignore[union-attr]


def test_numbers_are_added_up_by_country(store: Store) -> None:
    people = crowd(60)
    found = {each.place: each for each in counted(store, SURVEYED, people).sums}
    for place in ("ke", "tg", ""):
        there = [person for person in people if person.profile.get("country", "") == place]
        numbers = [number for wave in range(3) for number in given(there, wave, "trained") if isinstance(number, int)]
        answering = sum(any(person.waves["later", wave] for wave in range(3)) for person in there)
        assert found[place] == Sum("later", "trained", place, sum(numbers), answering)


def test_what_is_recalled_is_judged_by_the_revision_that_asked(store: Store) -> None:
    people = crowd(60)
    found = {(each.message, each.occurrence): each for each in counted(store, SURVEYED, people).recalls}
    for wave in range(2):
        answers = given(people, wave, "listen", RECALL_CHECK)
        told = found["listen", wave]
        assert (told.answered, told.right) == (len(answers), answers.count("a"))


def test_what_was_not_submitted_does_not_count(store: Store) -> None:
    counted(store, SURVEYED, crowd(60))
    with store.engine.begin() as conn:
        conn.execute(update(tables.responses).values(completed_at=None))
    found = recounted(store, SURVEYED)
    assert (found.choices, found.sums, found.recalls) == ({}, (), ())
    assert found.people.complete == 0
    assert found.people.partial > 0
