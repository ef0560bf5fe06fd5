"""Whom a broadcast is for, who is left out, and how nobody is singled out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.broadcasts import (
    FEWEST,
    Audience,
    LeftOut,
    Letter,
    Person,
    Reach,
    Refusal,
    Tally,
    due_for,
    left_out,
    means,
    packed,
    reach,
    unpacked,
)
from conversations.marks import Wording
from conversations.model import Language
from conversations.policy import Reason

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ZONE = "Africa/Nairobi"
SOMEBODY = Person(1, Language.EN, ZONE, NOW - timedelta(days=5))
ALL = Letter(Wording("Hello"), Wording("Bonjour"))

people = st.builds(
    Person,
    chat=st.integers(1, 10**6),
    language=st.sampled_from(Language),
    zone=st.sampled_from([None, ZONE, "Asia/Tokyo", "America/Lima"]),
    joined=st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 15), timezones=st.just(UTC)),
    profile=st.dictionaries(st.sampled_from(["country"]), st.sampled_from(["ke", "tg"]), max_size=1),
    submitted=st.sampled_from([frozenset(), frozenset({"after"})]),
    left=st.booleans(),
    reachable=st.booleans(),
    consented=st.booleans(),
    paused_until=st.sampled_from([None, NOW, NOW + timedelta(days=3)]),
)
audiences = st.builds(
    Audience,
    language=st.sampled_from([None, *Language]),
    profile=st.sampled_from([(), (("country", ("ke",)),), (("country", ("ke", "tg")),)]),
    survey=st.sampled_from(["", "after"]),
    answered=st.booleans(),
    joined_before=st.sampled_from([None, date(2026, 11, 8)]),
)


@pytest.mark.parametrize(
    ("audience", "fits"),
    [
        (Audience(), True),
        (Audience(language=Language.EN), True),
        (Audience(language=Language.FR), False),
        (Audience(profile=(("country", ("ke", "tg")),)), True),
        (Audience(profile=(("country", ("tg",)),)), False),
        (Audience(profile=(("country", ("ke",)), ("kind", ("ngo",)))), False),
        (Audience(survey="after", answered=True), True),
        (Audience(survey="after"), False),
        (Audience(survey="later"), True),
        (Audience(joined_before=date(2026, 11, 12)), True),
        (Audience(joined_before=date(2026, 11, 11)), False),
    ],
)
def test_all_that_is_chosen_has_to_fit(audience: Audience, fits: bool) -> None:
    person = replace(SOMEBODY, profile={"country": "ke"}, submitted=frozenset({"after"}))
    assert means(audience, person, ZONE) is fits


def test_the_day_of_joining_is_that_of_the_event() -> None:
    late = replace(SOMEBODY, joined=datetime(2026, 11, 10, 21, 30, tzinfo=UTC))  # half past midnight in Nairobi
    assert not means(Audience(joined_before=date(2026, 11, 11)), late, ZONE)
    assert means(Audience(joined_before=date(2026, 11, 11)), late, "Africa/Dakar")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"left": True, "reachable": False}, LeftOut.LEFT),
        ({"reachable": False}, LeftOut.UNREACHABLE),
        ({"consented": False}, LeftOut.NO_CONSENT),
        ({"paused_until": NOW + timedelta(hours=1)}, LeftOut.PAUSED),
        ({"paused_until": NOW}, None),
    ],
)
def test_why_somebody_does_not_get_it(change: dict[str, object], why: LeftOut | None) -> None:
    assert left_out(replace(SOMEBODY, **change), NOW) is why  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "hour"), [(ZONE, 12), ("Africa/Lagos", 14), ("America/Lima", 20), ("Asia/Tokyo", 9), (None, 12)]
)
def test_a_local_time_is_local_to_each_and_over_where_it_is_over(zone: str | None, hour: int) -> None:
    letter = replace(ALL, at=datetime(2026, 11, 16, 15, 0))  # local to whoever gets it
    due = due_for(letter, replace(SOMEBODY, zone=zone), NOW, ZONE)
    assert due == (NOW.replace(hour=hour) if hour != 9 else NOW + timedelta(minutes=1))


def test_an_hour_that_the_clocks_skip_still_comes() -> None:
    letter = replace(ALL, at=datetime(2027, 3, 28, 2, 30))  # no such hour in Paris
    due = due_for(letter, replace(SOMEBODY, zone="Europe/Paris"), NOW, ZONE)
    assert due == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@given(st.lists(people, max_size=40).map(tuple), audiences)
def test_everybody_that_is_meant_is_counted_once(crowd: tuple[Person, ...], audience: Audience) -> None:
    told = reach(audience, crowd, ZONE)
    if told.refusal is not None:
        assert told == Reach(refusal=told.refusal), "and no numbers"
        return
    assert told.meant == (0 if audience.survey else sum(means(audience, each, ZONE) for each in crowd))


@given(st.lists(people, max_size=40).map(tuple), audiences, st.data())
def test_what_became_of_one_changes_nothing_that_is_told(
    crowd: tuple[Person, ...], audience: Audience, data: st.DataObject
) -> None:
    if not crowd:
        return
    place = data.draw(st.integers(0, len(crowd) - 1))
    become = replace(crowd[place], reachable=False, consented=False, paused_until=NOW + timedelta(days=7))
    after = (*crowd[:place], become, *crowd[place + 1 :])
    assert reach(audience, crowd, ZONE) == reach(audience, after, ZONE)


@given(st.lists(people, max_size=40).map(tuple), audiences)
def test_whoever_is_chosen_by_answers_is_among_enough_others(crowd: tuple[Person, ...], audience: Audience) -> None:
    told = reach(audience, crowd, ZONE)
    if audience.survey == "":
        assert told.refusal is None
        return
    if told.refusal is None:
        for answered in (True, False):
            same = replace(audience, answered=answered)
            assert sum(means(same, each, ZONE) and not each.left for each in crowd) >= FEWEST


@given(st.lists(people, max_size=40).map(tuple), audiences)
def test_a_group_by_answers_leaves_no_few_people_out(crowd: tuple[Person, ...], audience: Audience) -> None:
    told = reach(audience, crowd, ZONE)
    if audience.survey and told.refusal is None:
        plain = replace(audience, survey="", answered=False)
        outside = sum(not means(plain, each, ZONE) for each in crowd if not each.left)
        assert outside == 0 or outside >= FEWEST


@pytest.mark.parametrize(
    ("audience", "why"),
    [
        (Audience(survey="after", language=Language.EN, profile=(("country", ("ke",)),)), Refusal.COMBINED),
        (Audience(survey="after", joined_before=date(2026, 11, 12)), Refusal.COMBINED),
        (Audience(survey="after", profile=(("country", ("ke", "tg")),)), Refusal.SMALL_GROUP),
        (Audience(survey="after", language=Language.EN), Refusal.SMALL_GROUP),
        (Audience(survey="after", profile=(("country", ("ke",)),)), Refusal.SMALL_GROUP),
        (Audience(survey="after", profile=(("country", ("sn",)),)), None),
        (Audience(survey="after"), None),
    ],
)
def test_what_is_not_combined_with_answers(audience: Audience, why: Refusal | None) -> None:
    half = [replace(SOMEBODY, chat=each, profile={"country": "ke"}) for each in range(6)]
    sent = frozenset({"after"})
    crowd = (*half, *(replace(each, submitted=sent, known=sent) for each in half))
    crowd += tuple(replace(each, profile={"country": "sn"}) for each in crowd)
    crowd = tuple(replace(each, chat=place) for place, each in enumerate(crowd))
    if why is not None:
        # Whoever is alone in a country, or in a language, makes the rest of them a group that is too telling.
        crowd = (*(each for each in crowd if each.profile["country"] == "ke"), replace(SOMEBODY, language=Language.FR))
    assert reach(audience, crowd, ZONE).refusal is why


@given(st.integers(1, 10**9), st.integers(0, 99), st.integers(0, 999))
def test_three_numbers_in_one_come_back(broadcast: int, criterion: int, option: int) -> None:
    assert unpacked(packed(broadcast, criterion, option)) == (broadcast, criterion, option)


def test_a_letter_without_a_language_says_so() -> None:
    english = Letter(en=Wording("Hello"))
    assert english.missing is Language.FR
    assert replace(english, as_it_is=True).missing is None
    assert replace(english, as_it_is=True).wording(Language.FR) == Wording("Hello")
    assert Letter(as_it_is=True).missing is Language.EN


def test_a_tally_adds_up() -> None:
    tally = Tally(sent=3, waiting=2, blocked=1, in_doubt=1, failed=1, held=((Reason.LEFT, 2),))
    assert (tally.done, tally.recipients, tally.reached_nobody) == (8, 10, False)
    assert Tally(held=((Reason.CANCELLED, 5),), blocked=1).reached_nobody
