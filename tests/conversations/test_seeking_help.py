"""“I need help” is on every screen and understood in words; nobody's place, answer or pause is lost over it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.aid import MOST_A_DAY
from conversations.buttons import Contact, Manage, Reach, Seek
from conversations.conversation import Asking, Confiding, Leaving
from conversations.cues import Said, Sent, Started, Tapped
from conversations.effects import SaveAnswer, SetWishes
from conversations.messages import Key, message, phrase
from conversations.model import Language, QuestionType, Referral
from conversations.roles import Act
from conversations.timing import TouchpointKind
from conversations.way_to_help import HELP_KEY, with_a_way
from tests.conversations.aided import HELPER
from tests.conversations.deeds import begin_survey, choose, question_of, says, somebody_in, tap
from tests.conversations.samples import NOW, both, choices, event_with, question, survey, touchpoint
from tests.conversations.world import World

EVERYWHERE = Referral("", both("Open Door"), both("Call 12. Every day."), "Open Door", NOW.date())
SUPPORT = choices(sos=("SOS", "SOS"), other=("Something else", "Autre chose"))
EVENT = event_with(
    touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None),
    surveys=(
        survey(
            question("used"), question("story", QuestionType.TEXT), question("wanted", options=SUPPORT), question("end")
        ),
    ),
    referrals=(EVERYWHERE,),
)
WORDS = "Call 12. Every day."


@pytest.fixture
def world() -> World:
    return somebody_in(EVENT)


def told_of_help(world: World, since: int) -> bool:
    return any(WORDS in each for each in world.said[since:])


def test_a_tap_says_at_once_who_can_help_and_the_place_is_kept(world: World) -> None:
    begin_survey(world)
    before = world.conversation
    tap(world, Seek())
    assert world.said[-1].startswith("Here is who can help:\n\nOpen Door\nCall 12. Every day.")
    assert world.conversation == before, "the question above still takes its answer"
    tap(world, Contact(Reach.BACK))
    assert "used" in world.said[-1]
    choose(world, 0)
    assert question_of(world) == "story"


def test_in_an_open_question_the_words_are_an_answer_too(world: World) -> None:
    nudge = begin_survey(world)
    choose(world, 0)
    since = len(world.said)
    world.happens(Said("Help me"))
    assert world.answers[nudge]["story"] == "Help me"
    assert question_of(world) == "wanted"
    assert told_of_help(world, since)


def test_words_that_are_an_option_choose_it_too(world: World) -> None:
    nudge = begin_survey(world)
    choose(world, 0)
    says(world, "A story.")
    since = len(world.said)
    world.happens(Said("sos"))
    assert world.answers[nudge]["wanted"] == "sos"
    assert told_of_help(world, since)


@pytest.mark.parametrize("words", ["au secours", "J’ai besoin d’aide", "I need help"])
def test_where_words_are_no_answer_they_only_ask_for_help(world: World, words: str) -> None:
    nudge = begin_survey(world)
    before = world.conversation
    since = len(world.said)
    world.happens(Said(words))
    assert told_of_help(world, since)
    assert world.conversation == before
    assert world.answers[nudge] == {}


def test_a_call_below_a_picture_is_heard_and_no_answer(world: World) -> None:
    nudge = begin_survey(world)
    choose(world, 0)
    before, since = world.conversation, len(world.said)
    world.happens(Sent(caption="help me"))
    assert told_of_help(world, since)
    assert world.answers[nudge].keys() == {"used"}
    assert world.conversation == before
    world.time_passes(timedelta(days=2))
    since = len(world.said)
    world.happens(Sent(caption="They beat me"))
    assert told_of_help(world, since)


def test_a_call_in_an_exchange_says_also_what_was_not_passed_on(world: World) -> None:
    in_contact(world)
    tap(world, Contact(Reach.WRITE, 500))
    since = len(world.said)
    world.happens(Sent(caption="help me"))
    assert "Only words are passed on. Your file was not sent to anybody." in world.said[since:]
    assert told_of_help(world, since)
    world.time_passes(timedelta(hours=2))
    since = len(world.said)
    world.happens(Said("help me"))
    assert any("so this was not passed on" in each for each in world.said[since:])
    assert told_of_help(world, since)


def test_on_the_way_in_and_on_the_way_out_nobody_loses_their_place() -> None:
    world = World({1: EVENT})
    world.happens(Started("small", Language.EN))
    step = world.conversation.step
    tap(world, Seek())
    assert "Turn to somebody near you whom you trust" in world.said[-1]
    assert "Small event" not in world.said[-1], "no event is named to somebody who is in none"
    assert world.conversation.step == step
    tap(world, Contact(Reach.BACK))
    assert world.conversation.step == step
    world = somebody_in(EVENT)
    world.happens(Said("stop"))
    world.happens(Said("help me"))
    assert isinstance(world.conversation.step, Leaving)


def test_for_a_week_nothing_comes_unasked_and_a_longer_pause_stays(world: World) -> None:
    tap(world, Seek())
    until = world.wishes.paused_until
    assert until is not None
    assert timedelta(days=6) < until - world.now <= timedelta(days=7)
    assert "nothing comes here unasked. To change that: /calendar" in world.said[-1]
    longer = world.now + timedelta(days=90)
    world.wishes = replace(world.wishes, paused_until=longer)
    effects = tap(world, Seek())
    assert world.wishes.paused_until == longer
    assert not any(isinstance(each, SetWishes) for each in effects)


def test_words_of_danger_add_the_contacts_after_the_answer_once_a_day(world: World) -> None:
    nudge = begin_survey(world)
    choose(world, 0)
    effects = world.happens(Said("Our clients were arrested last year")).effects
    assert any(isinstance(each, SaveAnswer) for each in effects), "the answer is saved"
    assert world.answers[nudge]["story"] == "Our clients were arrested last year"
    assert world.said[-1].startswith("In case you or somebody near you needs it:")
    assert world.wishes.paused_until is not None
    assert world.team_told == [], "nobody is called"
    assert question_of(world) == "wanted"
    since = len(world.said)
    world.happens(Said("They beat me"))
    assert not told_of_help(world, since), "once a day at most"
    world.time_passes(timedelta(days=1))
    since = len(world.said)
    world.happens(Said("They beat me"))
    assert told_of_help(world, since)


def test_words_of_danger_that_answer_nothing_get_the_contacts_and_no_word_about_buttons(world: World) -> None:
    begin_survey(world)
    before, since = world.conversation, len(world.said)
    world.happens(Said("I want to die"))
    [told] = world.said[since:]
    assert told.startswith("In case you or somebody near you needs it:\n\nOpen Door")
    assert "nobody was called" in told
    assert world.conversation == before, "the question above still takes its answer"
    tap(world, Contact(Reach.BACK))
    assert "used" in world.said[-1]
    world.happens(Said("I want to die"))
    assert not told_of_help(world, len(world.said) - 1), "once a day at most"
    assert "tap one of the buttons" in world.said[-1]


def test_somebody_who_asks_gets_them_however_often(world: World) -> None:
    for _ in range(3):
        since = len(world.said)
        tap(world, Seek())
        assert told_of_help(world, since)


def test_nobody_is_told_before_it_was_confirmed(world: World) -> None:
    tap(world, Seek())
    tap(world, Contact(Reach.ASK))
    assert "no name, no number, no account" in world.said[-1]
    assert world.team_told == []
    tap(world, Contact(Reach.NOT))
    assert world.team_told == []
    assert world.requests == {}


def test_several_events_have_each_their_contacts_and_their_team(world: World) -> None:
    other = Referral("", both("Listening Tree"), both("Write to tree."), "Tree", NOW.date())
    world.events[2] = replace(EVENT, code="other", title=both("Other event"), referrals=(other,))
    world.events[3] = replace(EVENT, code="third", title=both("Third event"))
    for code in ("other", "third"):
        world.enrolments[code] = replace(world.enrolments["small"], event=code, revision=2 if code == "other" else 3)
    tap(world, Seek())
    assert world.said[-1].count("Call 12. Every day.") == 1, "what is the same is told once"
    assert "Write to tree." in world.said[-1]
    tap(world, Contact(Reach.ASK))
    asked = [each.event for each in world.buttons if isinstance(each, Contact) and each.reach is Reach.SURE]
    assert asked == [500, 501, 502]


def test_without_a_team_nobody_is_offered_contact(world: World) -> None:
    world.staffed = False
    tap(world, Seek())
    assert not any(isinstance(each, Contact) and each.reach is Reach.ASK for each in world.buttons)


def test_a_team_is_not_asked_again_and_again(world: World) -> None:
    for _ in range(MOST_A_DAY):
        tap(world, Contact(Reach.SURE, 500))
        tap(world, Contact(Reach.END, 500))
    tap(world, Contact(Reach.SURE, 500))
    assert len(world.requests) == MOST_A_DAY
    assert world.toasts[-1] == "You asked several times today. Please try again tomorrow."


def in_contact(world: World) -> None:
    tap(world, Contact(Reach.SURE, 500))
    world.somebody_takes()


def test_a_pending_question_waits_while_somebody_writes_to_the_team(world: World) -> None:
    nudge = begin_survey(world)
    in_contact(world)
    tap(world, Contact(Reach.WRITE, 500))
    world.happens(Said("Hello"))
    assert world.answers[nudge] == {}, "what goes to the team is no answer"
    world.happens(Sent())
    assert world.said[-1] == "Only words are passed on. Your file was not sent to anybody."
    world.happens(Said("continue"))
    assert isinstance(world.conversation.step, Asking)
    assert "used" in world.said[-1]


def test_what_is_too_long_or_empty_is_not_passed_on(world: World) -> None:
    in_contact(world)
    tap(world, Contact(Reach.WRITE, 500))
    told = len(world.team_told)
    assert "Please send it in 3 parts." in says(world, "x" * 5000)
    world.happens(Said("  "))
    assert len(world.team_told) == told
    assert isinstance(world.conversation.step, Confiding)


def test_who_said_stop_and_writes_to_the_team_gets_nothing_meanwhile(world: World) -> None:
    in_contact(world)
    world.happens(Said("stop"))
    tap(world, Contact(Reach.WRITE, 500))
    assert world.conversation.step == Confiding(500, HELPER, before=Leaving())
    world.time_passes(timedelta(hours=2))
    assert "A few short questions are ready for you." not in world.said


def test_the_way_is_on_every_keyboard_but_a_teams() -> None:
    mine = message(
        phrase("Nobody at the moment."), keyboard=((Key(phrase("Nobody at the moment."), Contact(Reach.NOT)),),)
    )
    assert with_a_way(mine).keyboard == (*mine.keyboard, (HELP_KEY,))
    assert with_a_way(with_a_way(mine)) == with_a_way(mine)
    words = message(phrase("Nobody at the moment."))
    assert with_a_way(words) == words
    team = replace(mine, keyboard=((Key(phrase("Nobody at the moment."), Manage(Act.TEAM, 1)),),))
    assert with_a_way(team) == team


def test_help_names_it(world: World) -> None:
    assert "“I need help”" in says(world, "/help")
    tapped = world.happens(Tapped(Seek()))
    assert tapped.conversation == world.conversation
