"""Somebody tells a story: they read what happens, see it as it will stand there, and say yes; or take it back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rendering import plain_text, render
from conversations.buttons import Move, StoryMove, Tale
from conversations.conversation import Asking, Idle, Leaving, Narrating
from conversations.cues import Cue, NewsDue, Said, Sent, Tapped
from conversations.effects import Say, Turn
from conversations.model import Event, Language, QuestionType, Referral, Stage
from conversations.respond import respond
from conversations.stops import Stopped
from conversations.stories import LONGEST, MOST_WAITING, Objection, StoryState
from conversations.story_effects import SettleStory, TellNews
from conversations.timing import TouchpointKind
from tests.conversations.deeds import begin_survey, choose, move, question_of, says, somebody_in, tap
from tests.conversations.samples import NOW, both, event_with, question, survey, touchpoint
from tests.conversations.storied import FIRST_NUMBER as FIRST
from tests.conversations.world import World

HELPERS = Referral("", both("Open Door"), both("Call 12. Every day."), "Open Door", NOW.date())
APPLIED = replace(question("applied"), stage=Stage.APPLY)
EVENT = event_with(
    touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None),
    surveys=(survey(question("used"), question("lesson", QuestionType.TEXT)),),
    referrals=(HELPERS,),
)
WORDS = "We now begin each meeting by listening."
SEEN = "This is how it will stand in the group:\n\n“We now begin each meeting by listening.”"


@pytest.fixture
def world() -> World:
    return somebody_in(EVENT)


def told(world: World, words: str = WORDS, *, agrees: bool = True) -> int:
    """They tell a story up to the yes; gives its number."""
    number = FIRST + world.numbered
    tap(world, Tale(StoryMove.BEGIN))
    world.happens(Said(words))
    choose(world, 0)
    if agrees:
        move(world, Move.SUBMIT)
    return number


def test_they_read_what_happens_see_it_and_agree(world: World) -> None:
    explained = says(world, "/story")
    assert "without your name, with at least four stories by others, and not before a week has gone by." in explained
    assert "no names, no places, no dates." in explained
    assert says(world, f"  {WORDS}\n\n") == "Which language did you write it in?"
    choose(world, 0)
    assert world.said[-1].startswith(SEEN)
    assert "After that it is on other people’s phones, and nobody can remove it there." in world.said[-1]
    assert world.stories == {}, "until they say yes it is nowhere"
    assert world.team_told == []
    move(world, Move.SUBMIT)
    story = world.stories[FIRST]
    assert (story.words, story.language, story.state) == (WORDS, Language.EN, StoryState.WAITING)
    assert len(world.team_told) == 1
    assert WORDS not in str(world.team_told), "the team is told that one waits, and no word of it"
    assert world.conversation.step == Idle()


def test_the_language_can_be_typed_and_is_no_wish_to_switch(world: World) -> None:
    says(world, "récit")
    says(world, "Nous écoutons d’abord.")
    assert "«" not in says(world, "hm")
    assert says(world, "Français").startswith(
        "This is how it will stand in the group:\n\n«\u00a0Nous écoutons d’abord."
    )
    assert world.conversation.language is Language.EN
    move(world, Move.SUBMIT)
    assert world.stories[FIRST].language is Language.FR


def test_it_can_be_changed_and_dropped(world: World) -> None:
    told(world, agrees=False)
    move(world, Move.PREVIOUS)
    assert world.said[-1].startswith("Write it now, in one message of up to 600 characters.")
    world.happens(Said("We listen."))
    choose(world, 0)
    assert "“We listen.”" in world.said[-1]
    before = world.conversation
    assert "“We listen.”" in says(world, "yes"), "a yes is tapped, not typed by mistake"
    assert world.conversation.step == before.step
    move(world, Move.NO)
    assert world.said[-1] == "Nothing was shared, and nothing of it is kept here."
    assert (world.stories, world.team_told) == ({}, [])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("x" * (LONGEST + 1), "This has 601 characters, and a story has 600 at most."),
        ("Ask Grace: 077 123 45 67", "There is a link, an account or a long number in it"),
        ("\u200b", "Write it now"),
    ],
)
def test_what_can_not_be_taken_is_told_why(world: World, words: str, why: str) -> None:
    says(world, "/story")
    assert says(world, words).startswith(why)
    assert isinstance(world.conversation.step, Narrating)
    assert world.conversation.step.words == ""


def test_pictures_and_voices_are_refused_with_a_reason(world: World) -> None:
    says(world, "/story")
    world.happens(Sent())
    assert world.said[-1].startswith("A story is told in words alone: pictures and voices show who you are.")
    assert isinstance(world.conversation.step, Narrating)


def test_words_of_danger_add_whom_one_can_turn_to_and_nothing_else(world: World) -> None:
    says(world, "/story")
    world.happens(Said("We were arrested, and now we have a lawyer."))
    assert "Call 12. Every day." in world.said[-1]
    choose(world, 0)
    move(world, Move.SUBMIT)
    assert world.stories[FIRST].words == "We were arrested, and now we have a lawyer."
    assert [len(world.team_told), world.referrals] == [1, 1], "the team hears of a story, of nothing else"


def test_who_asks_for_help_in_the_middle_of_it_gets_it_and_that_is_no_story(world: World) -> None:
    says(world, "/story")
    assert "Call 12. Every day." in says(world, "help me")
    step = world.conversation.step
    assert isinstance(step, Narrating)
    assert step.words == ""


def test_a_survey_waits_meanwhile_and_its_question_comes_again(world: World) -> None:
    nudge = begin_survey(world)
    told(world)
    assert question_of(world) == "used"
    assert "used" in world.said[-1]
    assert world.answers[nudge] == {}
    tap(world, Tale(StoryMove.BEGIN))
    assert "used" in says(world, "continue")
    assert isinstance(world.conversation.step, Asking)


def test_who_said_stop_is_still_asked_and_who_leaves_takes_their_stories_along(world: World) -> None:
    told(world)
    world.happens(Said("stop"))
    tap(world, Tale(StoryMove.BEGIN))
    assert world.conversation.step == Narrating("small", before=Leaving())
    move(world, Move.BACK)
    move(world, Move.YES)
    assert world.stories == {}
    assert says(world, "/story") == "A story belongs to an event, and you are part of none here."
    tap(world, Tale(StoryMove.OPEN, FIRST))
    assert "not in use any more" in world.toasts[-1]


def test_of_several_events_they_are_asked_which(world: World) -> None:
    world.events[2] = replace(EVENT, code="other", title=both("Other event"))
    world.enrolments["other"] = replace(world.enrolments["small"], event="other", revision=2)
    assert says(world, "/story") == "Which event is your story about?"
    assert {each for each in world.buttons if isinstance(each, Tale)} >= {
        Tale(StoryMove.BEGIN, 500),
        Tale(StoryMove.BEGIN, 501),
    }
    tap(world, Tale(StoryMove.BEGIN, 501))
    world.happens(Said(WORDS))
    choose(world, 0)
    move(world, Move.SUBMIT)
    assert world.stories[FIRST].event_id == 501


def test_where_nobody_could_read_it_none_is_taken(world: World) -> None:
    world.staffed = False
    assert says(world, "/story").startswith("No story can be taken at the moment")
    assert world.conversation.step == Idle()


def test_the_last_of_a_team_left_while_they_wrote(world: World) -> None:
    told(world, agrees=False)
    world.staffed = False
    move(world, Move.SUBMIT)
    assert world.said[-1].startswith("It can’t be taken any more")
    assert world.stories == {}


def test_a_team_is_called_once_and_not_flooded(world: World) -> None:
    for _ in range(MOST_WAITING):
        told(world)
    assert len(world.team_told) == 1, "who has one to read sees the others with it"
    tap(world, Tale(StoryMove.BEGIN))
    assert world.said[-1].startswith("Several stories of yours still wait for the team.")


# What became of it


def test_they_see_how_each_stands_and_the_words_only_after_a_tap(world: World) -> None:
    told(world)
    listed = says(world, "/story")
    assert "It waits for somebody of the team to read it." in listed
    assert WORDS not in listed
    tap(world, Tale(StoryMove.OPEN, FIRST))
    assert world.said[-1].startswith(f"“{WORDS}”")


def test_withdrawing_is_confirmed_and_leaves_no_word(world: World) -> None:
    told(world)
    tap(world, Tale(StoryMove.WITHDRAW, FIRST))
    assert world.said[-1] == "Withdraw this story? It is not told, and its words are deleted."
    assert world.stories[FIRST].state is StoryState.WAITING
    tap(world, Tale(StoryMove.WITHDRAW_FOR_GOOD, FIRST))
    assert (world.stories[FIRST].state, world.stories[FIRST].words) == (StoryState.WITHDRAWN, "")
    tap(world, Tale(StoryMove.WITHDRAW_FOR_GOOD, FIRST))
    assert world.toasts[-1] == "This has changed meanwhile. See /story."


def test_what_was_posted_can_not_be_fetched_back_and_they_are_told_so(world: World) -> None:
    told(world)
    world.team_settles(FIRST, StoryState.RELEASED)
    tap(world, Tale(StoryMove.WITHDRAW, FIRST))
    assert world.said[-1].endswith("No further group gets it. Where it was posted already, nobody can remove it.")


def test_the_news_is_a_neutral_line_and_never_comes_at_night_or_in_a_pause(world: World) -> None:
    told(world)
    world.time_passes(timedelta(hours=2))
    world.team_settles(FIRST, StoryState.REFUSED, Objection.RISK)
    since = len(world.said)
    world.time_passes(timedelta(hours=24 - world.now.hour))  # midnight, UTC: three in the morning in Nairobi
    assert "You have a new message." not in world.said[since:]
    world.time_passes(timedelta(hours=8))
    assert world.said[since:].count("You have a new message.") == 1
    tap(world, Tale(StoryMove.OPEN, FIRST))
    assert world.said[-1].endswith(
        "The team can’t share it. It is not told, and is deleted after a month.\n\nWhy: it could put somebody at risk"
    )
    world.wishes = replace(world.wishes, paused_until=world.now + timedelta(days=3))
    world.team_settles(FIRST, StoryState.APPROVED)
    since = len(world.said)
    world.time_passes(timedelta(days=1))
    assert world.said[since:] == []
    world.time_passes(timedelta(days=2))
    assert "You have a new message." in world.said[since:]


def test_nothing_comes_in_the_middle_of_a_survey(world: World) -> None:
    told(world)
    begin_survey(world)
    world.team_settles(FIRST, StoryState.APPROVED)
    since = len(world.said)
    world.time_passes(timedelta(minutes=1))
    assert "You have a new message." not in world.said[since:]
    world.time_passes(timedelta(hours=2))
    assert "You have a new message." in world.said[since:]


def test_another_wording_takes_the_place_of_the_first(world: World) -> None:
    told(world)
    world.team_settles(FIRST, StoryState.RETURNED, Objection.NAMES)
    tap(world, Tale(StoryMove.OPEN, FIRST))
    assert "Why: it names a person or a place" in world.said[-1]
    tap(world, Tale(StoryMove.ANEW, FIRST))
    world.happens(Said("We listen."))
    choose(world, 0)
    move(world, Move.SUBMIT)
    assert [each.words for each in world.stories.values()] == ["We listen."]
    assert FIRST not in world.stories, "a number stands for one wording"


def test_a_translation_is_used_only_if_they_agree_to_the_words_that_they_saw(world: World) -> None:
    told(world)
    world.team_translates(FIRST, "Nous écoutons.")
    tap(world, Tale(StoryMove.OPEN, FIRST))
    assert "«\u00a0Nous écoutons.\u00a0» (traduit)" in world.said[-1]
    seen = world.stories[FIRST].version
    world.team_translates(FIRST, "Nous écoutons tout.")
    tap(world, Tale(StoryMove.AGREE, FIRST, seen))
    assert not world.stories[FIRST].agreed
    assert world.toasts[-1] == "This has changed meanwhile. See /story."
    tap(world, Tale(StoryMove.AGREE, FIRST, world.stories[FIRST].version))
    assert world.stories[FIRST].agreed
    world.team_translates(FIRST, "Non.")
    tap(world, Tale(StoryMove.DECLINE, FIRST, world.stories[FIRST].version))
    assert world.stories[FIRST].translation == ""


# Where it is offered


def finished(event: Event) -> World:
    world = somebody_in(event)
    begin_survey(world)
    choose(world, 0)
    return world


def test_it_is_offered_after_a_survey_about_what_people_apply_and_after_no_other() -> None:
    schedule = touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None)
    about_applying = finished(event_with(schedule, surveys=(survey(APPLIED),)))
    assert about_applying.said[-1] == "Thank you! Your answers are saved."
    assert Tale(StoryMove.BEGIN) in about_applying.buttons
    other = finished(event_with(schedule, surveys=(survey(question("used")),)))
    assert other.said[-1] == "Thank you! Your answers are saved."
    assert Tale(StoryMove.BEGIN) not in other.buttons


def test_help_names_it(world: World) -> None:
    assert "/story: share what you achieved, without your name" in says(world, "/help")


@pytest.mark.parametrize("words", ["/story", "story", "/recit", "Récit"])
def test_it_is_asked_for_in_both_languages(world: World, words: str) -> None:
    world.happens(Said(words))
    assert isinstance(world.conversation.step, Narrating)


STOPPED = Stopped(events=frozenset({"small"}))


def while_stopped(world: World, cue: Cue) -> Turn:
    return respond(world.conversation, cue, replace(world._scene(cue), stopped=STOPPED))


@pytest.mark.parametrize(
    "cue",
    [
        Said("/story"),
        *(Tapped(Tale(each, FIRST)) for each in (StoryMove.OPEN, StoryMove.ANEW, StoryMove.AGREE)),
        *(Tapped(Tale(each)) for each in (StoryMove.LIST, StoryMove.BEGIN)),
    ],
)
def test_at_a_stopped_event_nothing_is_taken_or_shown(world: World, cue: Cue) -> None:
    told(world)
    turn = while_stopped(world, cue)
    assert turn.conversation == world.conversation
    (said,) = [each for each in turn.effects if isinstance(each, Say)]
    assert plain_text(render(said.message, Language.EN).paragraphs).startswith("This chat rests for the moment.")


def test_at_a_stopped_event_what_was_begun_waits_and_withdrawing_works(world: World) -> None:
    told(world)
    says(world, "/story")
    tap(world, Tale(StoryMove.BEGIN))
    turn = while_stopped(world, Said("They are at the door."))
    assert turn.conversation == world.conversation, "nothing is kept in part"
    taken_back = while_stopped(world, Tapped(Tale(StoryMove.WITHDRAW_FOR_GOOD, FIRST)))
    assert SettleStory(FIRST, StoryState.WITHDRAWN) in taken_back.effects
    world.team_settles(FIRST, StoryState.APPROVED)
    world.now += timedelta(hours=3)
    assert while_stopped(world, NewsDue(FIRST)).effects == (TellNews(FIRST, world.now + timedelta(hours=1)),)
