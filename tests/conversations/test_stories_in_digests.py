"""A group's digest tells five stories where there are five; alone, or after what people answered, in the same words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rendering import frozen, plain_text, render
from conversations.cues import DigestDue
from conversations.effects import GroupTurn, Release, Say, SayKind, SettleNudge
from conversations.model import Bilingual, Language
from conversations.policy import Reason
from conversations.respond_in_group import respond_in_group
from conversations.scene import GroupScene
from conversations.stories import RIPENS, Candidate, Shelf, Story, StoryState, Told
from conversations.story_effects import PostStories, ReleaseStories
from tests.conversations.samples import NOW, both, event_with, question, survey
from tests.conversations.test_groups import EVENT, LINKED

WORDS = {number: f"We tried way {number}." for number in range(1, 6)}
FIVE = tuple(
    Candidate(Story(number, 3, StoryState.APPROVED, words, Language.EN, NOW), number, NOW - RIPENS)
    for number, words in WORDS.items()
)
NOTHING_ELSE = replace(LINKED, cohorts=(), shelf=Shelf(FIVE))
HEADING = "What people did after the event, in their own words:"


def due(scene: GroupScene) -> GroupTurn:
    return respond_in_group(DigestDue(5), scene)


def said(turn: GroupTurn, language: Language = Language.EN) -> str:
    (digest,) = [each for each in turn.effects if isinstance(each, Say)]
    assert (digest.kind, digest.nudge) == (SayKind.DIGEST, 5)
    return plain_text(render(digest.message, language).paragraphs)


def test_five_stories_make_a_digest_of_their_own() -> None:
    turn = due(NOTHING_ELSE)
    release, _, settled = turn.effects
    assert isinstance(release, ReleaseStories)
    assert {each.story for each in release.told} == {*WORDS}
    assert settled == SettleNudge(5, Reason.SENT)
    heading, *stories, closing = said(turn).split("\n\n")[1:]
    assert heading == HEADING
    assert sorted(stories) == [f"“{words}”" for words in WORDS.values()]
    assert stories == [plain_text(render(each.english, Language.EN).paragraphs) for each in release.told]
    assert closing == "They come without names, and in no order. To tell yours: write /story to me in private."


def test_they_stand_after_what_people_answered() -> None:
    turn = due(replace(LINKED, shelf=Shelf(FIVE)))
    assert {type(each) for each in turn.effects} == {ReleaseStories, Release, Say, SettleNudge}
    text = said(turn)
    assert text.index("These words stand for at least ten people.") < text.index(HEADING)


@pytest.mark.parametrize("missing", range(5))
def test_four_are_not_told(missing: int) -> None:
    four = FIVE[:missing] + FIVE[missing + 1 :]
    assert due(replace(NOTHING_ELSE, shelf=Shelf(four))).effects == (SettleNudge(5, Reason.NOT_ENOUGH_ANSWERS),)
    fresh = replace(FIVE[missing], since=NOW - RIPENS + timedelta(seconds=1))
    assert due(replace(NOTHING_ELSE, shelf=Shelf((*four, fresh)))).effects[0] == SettleNudge(
        5, Reason.NOT_ENOUGH_ANSWERS
    )


@pytest.mark.parametrize(
    "scene",
    [
        replace(NOTHING_ELSE, linked=False),
        replace(NOTHING_ELSE, stopped=True),
        replace(NOTHING_ELSE, nudge=replace(LINKED.nudge, pending=False)),  # type: ignore[type-var] # it is there
        replace(NOTHING_ELSE, nudge=replace(LINKED.nudge, closed=True)),  # type: ignore[type-var] # it is there
        replace(NOTHING_ELSE, now=NOW + timedelta(days=3)),
        replace(NOTHING_ELSE, sent=(NOW - timedelta(days=1),)),
    ],
    ids=["not linked", "stopped", "said already", "closed", "too late", "one a week"],
)
def test_where_no_digest_may_come_no_story_is_told(scene: GroupScene) -> None:
    assert not any(isinstance(each, ReleaseStories | PostStories | Say) for each in due(scene).effects)


def test_another_group_reads_them_as_the_first_one_did() -> None:
    first = due(NOTHING_ELSE)
    assert isinstance(first.effects[0], ReleaseStories)
    words = tuple(Bilingual(frozen(each.english).en, frozen(each.french).fr) for each in first.effects[0].told)
    again = due(replace(NOTHING_ELSE, shelf=Shelf(FIVE, (Told(9, words),))))
    assert again.effects[0] == PostStories(9)
    assert said(again) == said(first)
    in_french = replace(NOTHING_ELSE, language=Language.FR)
    told_again = due(replace(in_french, shelf=Shelf((), (Told(9, words),))))
    assert said(told_again, Language.FR) == said(due(in_french), Language.FR)
    assert "En anglais\u00a0: «\u00a0We tried way 1.\u00a0»" in said(told_again, Language.FR)


def test_where_there_is_no_room_left_they_wait_for_the_next_digest() -> None:
    long = survey(*(question(f"q{number}", group_ok=True) for number in range(3)))
    wordy = replace(
        event_with(surveys=(long,)),
        surveys=(replace(long, questions=tuple(replace(each, label=both("w" * 900)) for each in long.questions)),),
    )
    cohort = LINKED.cohorts[0]
    cohorts = tuple(replace(cohort, question=each.name) for each in long.questions)
    longest = tuple(replace(each, story=replace(each.story, words="x" * 600)) for each in FIVE)
    turn = due(replace(LINKED, event=wordy, cohorts=cohorts, shelf=Shelf(longest)))
    assert any(isinstance(each, Release) for each in turn.effects)
    assert not any(isinstance(each, ReleaseStories) for each in turn.effects)
    assert HEADING not in said(turn)
    alone = due(replace(LINKED, event=EVENT, cohorts=(), shelf=Shelf(longest)))
    assert HEADING in said(alone), "five of the longest fit into a digest"
