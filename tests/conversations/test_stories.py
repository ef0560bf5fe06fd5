"""The rule of stories: five of five people, a week after the last yes, in an order that shows nothing."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import plain_text, render
from conversations.messages import message
from conversations.model import Language
from conversations.stories import (
    LONGEST,
    RIPENS,
    TOGETHER,
    Candidate,
    Story,
    StoryState,
    as_told,
    chapter,
    ripe,
    told_in,
)
from conversations.story_words import cleaned, leads_to_somebody, not_fit
from tests.conversations.samples import NOW


def story(number: int = 1, words: str = "We listen first.", language: Language = Language.EN) -> Story:
    return Story(number, 500, StoryState.APPROVED, words, language, NOW)


def candidate(number: int, author: int, hours: int) -> Candidate:
    """A story with that number, the last yes to which was said so many hours ago."""
    return Candidate(story(number), author, NOW - timedelta(hours=hours))


def at_once(*candidates: Candidate) -> tuple[int, ...]:
    return tuple(each.id for each in ripe(candidates, NOW))


@st.composite
def waiting(draw: st.DrawFn) -> list[Candidate]:
    """What may wait: several of one author, old ones and fresh ones."""
    numbers = draw(st.lists(st.integers(100_000, 999_999), unique=True, max_size=14))
    return [candidate(each, draw(st.integers(1, 8)), draw(st.integers(160, 176))) for each in numbers]


@given(waiting())
def test_five_of_five_people_or_none_and_none_younger_than_a_week(candidates: list[Candidate]) -> None:
    told = ripe(candidates, NOW)
    by_number = {each.story.id: each for each in candidates}
    assert len(told) in {0, TOGETHER}
    assert len({by_number[each.id].author for each in told}) == len(told)
    assert all(by_number[each.id].since + RIPENS <= NOW for each in told)
    old_enough = {each.author for each in candidates if each.since + RIPENS <= NOW}
    assert bool(told) == (len(old_enough) >= TOGETHER), "nothing else keeps them from being told"


@given(waiting(), st.randoms(use_true_random=False))
def test_nothing_shows_in_which_order_they_came(candidates: list[Candidate], chance: Random) -> None:
    shuffled = chance.sample(candidates, len(candidates))
    assert ripe(shuffled, NOW) == ripe(candidates, NOW)
    old = [replace(each, since=NOW - RIPENS) for each in candidates]
    of_many_ages = [replace(each, since=each.since - timedelta(days=chance.randrange(300))) for each in old]
    assert ripe(of_many_ages, NOW) == ripe(old, NOW)


@given(waiting(), st.data())
def test_what_is_withdrawn_is_not_told_and_below_five_none_is(candidates: list[Candidate], data: st.DataObject) -> None:
    told = ripe(candidates, NOW)
    if not told:
        return
    gone = data.draw(st.sampled_from(told))
    left = [each for each in candidates if each.story.id != gone.id]
    assert gone not in ripe(left, NOW)
    authors = {each.author for each in left if each.since + RIPENS <= NOW}
    assert bool(ripe(left, NOW)) == (len(authors) >= TOGETHER)


def test_the_week_is_counted_to_the_minute() -> None:
    five = [candidate(number, number, 168) for number in range(1, 6)]
    assert len(at_once(*five)) == TOGETHER
    almost = replace(five[2], since=five[2].since + timedelta(seconds=1))
    assert at_once(*five[:2], almost, *five[3:]) == ()


def test_the_order_is_not_that_of_the_numbers() -> None:
    places = set()
    for first in range(100_000, 100_500, 10):
        places.add(at_once(*(candidate(first + number, number, 200) for number in range(TOGETHER))).index(first))
    assert places == set(range(TOGETHER))


# What is read


def shown(words: Story, reading: Language) -> str:
    return plain_text(render(message(told_in(words, reading)), Language.EN).paragraphs)


def test_a_story_stands_in_its_own_language_as_its_author_saw_it() -> None:
    one = story(words="Nous écoutons d’abord.", language=Language.FR)
    assert shown(one, Language.FR) == "«\u00a0Nous écoutons d’abord.\u00a0»"
    assert told_in(one, Language.FR) == as_told("Nous écoutons d’abord.", Language.FR, Language.FR)
    assert shown(one, Language.EN) == "In French: “Nous écoutons d’abord.”"
    assert shown(story(), Language.FR) == "En anglais\u00a0: «\u00a0We listen first.\u00a0»"


def test_a_translation_is_used_only_once_its_author_agreed() -> None:
    offered = replace(story(words="Nous écoutons.", language=Language.FR), translation="We listen.")
    assert shown(offered, Language.EN) == "In French: “Nous écoutons.”"
    agreed = replace(offered, agreed=True)
    assert shown(agreed, Language.EN) == "“We listen.” (translated)"
    assert shown(agreed, Language.FR) == "«\u00a0Nous écoutons.\u00a0»"


@pytest.mark.parametrize("reading", Language)
def test_five_of_the_longest_fit_into_one_message(reading: Language) -> None:
    longest = story(words="𝔛" * (LONGEST // 2), language=Language.FR)
    text = plain_text(render(message(*chapter([told_in(longest, reading)] * TOGETHER)), reading).paragraphs)
    assert len(text.encode("utf-16-le")) // 2 <= 3_500, "and there is room for a heading"


# What is taken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  We   listen.  ", "We listen."),
        ("One.\n\n\n  Two.\n", "One.\nTwo."),
        ("left\u202etfel \u200bhidden\0", "lefttfel hidden"),
        (" \n\u200b ", ""),
    ],
)
def test_words_are_kept_without_what_does_not_show(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    "words",
    [
        *("Write to @grace", "see https://example.org/x", "www.example.org", "t.me/grace", "me@example.org"),
        *("call 077 123 45 67", "+221 77 123 45 67", "appelez le 06.12.34.56.78", "our page hope.org"),
    ],
)
def test_what_leads_to_somebody_is_seen(words: str) -> None:
    assert leads_to_somebody(words)
    assert not_fit(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        *("We reached 4,489 people in 2 years.", "1 200 000 francs", "Nous sommes passés de 3 à 12.", "10:30-12:00"),
        *("It works. Really.", "p. 4/5", "L’équipe a grandi : 20 %"),
    ],
)
def test_what_people_write_about_their_work_is_taken(words: str) -> None:
    assert not_fit(words) is None


def test_a_story_is_measured_as_telegram_measures() -> None:
    assert not_fit("x" * LONGEST) is None
    assert not_fit("𝔛" * (LONGEST // 2 + 1)) is not None
