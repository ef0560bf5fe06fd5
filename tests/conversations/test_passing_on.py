"""Passing on: key messages are ticked, a language and a form are chosen, and the files come."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.buttons import Choose, Go, Move
from conversations.conversation import Asking, Choosing, Idle, Leaving, PassingOn
from conversations.cues import Said, Sent, Started
from conversations.dialogues.passing_on.forms import Form
from conversations.effects import Revise, Say, Toast
from conversations.handout import handout_of
from conversations.messages import FileKind, Message
from conversations.model import Event, KeyMessage, Language
from conversations.timing import TouchpointKind
from tests.conversations.deeds import begin_survey, choose, move, question_of, says, somebody_in, tap
from tests.conversations.samples import RIGHTS, both, event_with, question, sample_event, survey, touchpoint
from tests.conversations.world import World

EN, FR = Language


def key_message(name: str, text: str = "", **more: object) -> KeyMessage:
    words = text or f"Message {name}."
    return replace(RIGHTS, name=name, text=both(words, f"FR {words}"), source=both(f"Source {name}"), **more)


SAFE = tuple(key_message(each) for each in ("one", "two", "three"))
RISKY = key_message("risky", sensitive=True)
EVENT = event_with(
    touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None),
    surveys=(survey(question("used"), question("why")),),
    messages=(*SAFE[:2], RISKY, SAFE[2]),
)


def passing_on(event: Event = EVENT) -> World:
    """Somebody who has joined, and wants to pass something on."""
    world = somebody_in(event)
    world.happens(Said("/pass_on"))
    return world


def step_of(world: World) -> PassingOn:
    step = world.conversation.step
    assert isinstance(step, PassingOn)
    return step


def keyboard(effects: tuple[object, ...]) -> list[tuple[bool | None, object]]:
    message = shown(effects)
    return [(key.ticked, key.button) for row in message.keyboard for key in row]


def shown(effects: tuple[object, ...]) -> Message:
    """The newest message of that turn."""
    return next(each.message for each in reversed(effects) if isinstance(each, Say | Revise))


def ticked(effects: tuple[object, ...]) -> list[bool]:
    return [mark for mark, _ in keyboard(effects) if mark is not None]


def sent(effects: tuple[object, ...]) -> Message:
    """The message below the files."""
    (said,) = (each for each in effects if isinstance(each, Say))
    return said.message


def texts(message: Message) -> list[str]:
    """The key messages in the files above that message."""
    if message.cards:
        return [str(each.text) for each in message.cards]
    (file,) = message.files
    assert file.language is not None
    return [each.text for each in handout_of(file.facts, file.language).messages]


@pytest.mark.parametrize(
    "words", ["/pass_on", "/pass_on@suivi_bot", "pass on", "Pass on!", "/transmettre", "Transmettre"]
)
def test_it_begins_with_a_word_of_either_language(words: str) -> None:
    world = somebody_in(EVENT)
    world.happens(Said(words))
    assert step_of(world).asked is Choosing.MESSAGES


def test_all_messages_are_ticked_at_first_but_the_sensitive_ones() -> None:
    world = passing_on()
    assert step_of(world).chosen == ("one", "two", "three")
    assert "1. Message one.\n2. Message two.\n3. Message three." in world.said[-1]
    assert "risky" not in world.said[-1]
    assert "Chosen: 3 of 3" in world.said[-1]
    assert "1 more message could put people at risk" in world.said[-1]


def test_a_tap_leaves_a_message_out_and_another_takes_it_in_again() -> None:
    world = passing_on()
    assert ticked(choose(world, 1)) == [True, False, True]
    assert "Chosen: 2 of 3" in world.said[-1]
    assert step_of(world).chosen == ("one", "three")
    choose(world, 0)
    assert ticked(choose(world, 1)) == [False, True, True]
    assert step_of(world).chosen == ("two", "three"), "in the order of the pack"


def test_all_and_none_in_one_tap_and_none_is_not_enough() -> None:
    world = passing_on()
    assert ticked(move(world, Move.ALL)) == [False] * 3
    before = world.conversation
    move(world, Move.DONE)
    assert world.toasts[-1] == "Please choose at least one message."
    assert world.conversation == before
    assert ticked(move(world, Move.ALL)) == [True] * 3


def test_sensitive_messages_are_seen_after_a_word_of_caution_and_then_ticked_one_by_one() -> None:
    world = passing_on()
    move(world, Move.YES)
    assert "1 message speaks of something that can put people at risk where it is seen." in world.said[-1]
    assert "Think of who could see it on your phone and on theirs before you pass it on." in world.said[-1]
    assert "risky" not in world.said[-1]
    assert ticked(move(world, Move.YES)) == [True, True, False, True]
    assert "3. Message risky." in world.said[-1]
    choose(world, 2)
    move(world, Move.DONE)
    assert texts(sent(choose(world, Form.SLIDES))) == [f"Message {each}." for each in ("one", "two", "risky", "three")]


def test_whoever_thinks_again_goes_back_and_sees_nothing_of_them() -> None:
    world = passing_on()
    move(world, Move.YES)
    move(world, Move.BACK)
    assert step_of(world).asked is Choosing.MESSAGES
    assert not any("risky" in each for each in world.said)


def test_where_all_are_sensitive_the_caution_comes_first() -> None:
    world = passing_on(event_with(messages=(RISKY, replace(RISKY, name="another"))))
    assert "2 messages speak of something" in world.said[-1]
    before = world.conversation
    move(world, Move.BACK)
    assert world.conversation == before, "there is nothing to go back to"
    assert ticked(move(world, Move.YES)) == [False, False]
    assert "Chosen: 0 of 2" in world.said[-1]
    move(world, Move.STOP)
    assert world.conversation.step == Idle()


@pytest.mark.parametrize(("form", "kind"), [(Form.SLIDES, FileKind.HANDOUT_SLIDES), (Form.PAGE, FileKind.HANDOUT_PAGE)])
@pytest.mark.parametrize("language", Language)
def test_a_file_comes_in_the_language_that_was_chosen(form: Form, kind: FileKind, language: Language) -> None:
    world = passing_on()
    choose(world, 1)
    move(world, Move.DONE)
    assert ticked(choose(world, tuple(Language).index(language))) == [language is EN, language is FR]
    message = sent(choose(world, form))
    (file,) = message.files
    assert (file.kind, file.language) == (kind, language)
    passed = handout_of(file.facts, language)
    assert passed.title == EVENT.title.in_language(language)
    assert passed.contact == EVENT.contact.in_language(language)
    assert texts(message) == [each.text.in_language(language) for each in (SAFE[0], SAFE[2])]
    assert [each.source for each in passed.messages] == ["Source one", "Source three"]
    assert world.conversation.language is EN, "the chat goes on in the person's own language"


def test_pictures_come_one_for_each_message_with_source_and_contact() -> None:
    world = passing_on()
    move(world, Move.DONE)
    choose(world, 1)
    message = sent(choose(world, Form.PICTURES))
    assert [each.text for each in message.cards] == ["FR Message one.", "FR Message two.", "FR Message three."]
    assert {each.language for each in message.cards} == {FR}
    assert all(each.source is not None and each.contact is not None for each in message.cards)
    assert message.files == ()


def test_a_word_of_caution_is_read_before_the_files_come_and_stays_above_them() -> None:
    world = passing_on()
    move(world, Move.DONE)
    caution = "If yours is shared, or could be taken, send them on and then delete them"
    assert caution in world.said[-1]
    choose(world, Form.SLIDES)
    above, below = world.said[-2:]
    assert caution in above
    assert "✓ Slides, to present and change (English)" in above
    assert "They are yours" in below


def test_another_form_of_the_same_messages_is_two_taps_away() -> None:
    world = passing_on()
    choose(world, 0)
    move(world, Move.DONE)
    choose(world, Form.SLIDES)
    move(world, Move.NEXT)
    assert "2 messages to pass on" in world.said[-1]
    assert texts(sent(choose(world, Form.PAGE))) == ["Message two.", "Message three."]
    move(world, Move.STOP)
    assert "Closed." in world.said[-1]
    assert world.conversation.step == Idle()


def test_a_double_tap_brings_a_file_once() -> None:
    world = passing_on()
    move(world, Move.DONE)
    button = Choose(world.conversation.serial, Form.SLIDES)
    assert any(isinstance(each, Say) for each in tap(world, button))
    assert all(isinstance(each, Toast) for each in tap(world, button))


def test_old_buttons_do_nothing() -> None:
    world = passing_on()
    move(world, Move.DONE)
    choose(world, Form.PICTURES)
    move(world, Move.STOP)
    after = world.conversation
    for button in [each for each in world.buttons if isinstance(each, Choose | Go)]:
        tap(world, button)
        assert world.conversation == after


@pytest.mark.parametrize(
    "button", [*(Choose(0, index) for index in (3, 5, 60)), *(Go(0, each) for each in Move if each is not Move.STOP)]
)
@pytest.mark.parametrize("asked", Choosing)
def test_a_forged_button_brings_no_file_and_loses_nothing(button: Choose | Go, asked: Choosing) -> None:
    world = passing_on(event_with(messages=(key_message("long", "word " * 1_500), *SAFE)))
    if asked is Choosing.FORM:
        move(world, Move.DONE)
    effects = tap(world, replace(button, serial=world.conversation.serial))
    assert not any(isinstance(each, Say) for each in effects)
    assert isinstance(world.conversation.step, PassingOn)


def test_more_than_a_page_holds_is_told_before_and_fewer_can_be_chosen() -> None:
    long = "Rights belong to everybody, and nobody has to earn them. " * 6
    world = passing_on(event_with(messages=tuple(key_message(f"m{number}", long) for number in range(12))))
    offered = keyboard(move(world, Move.DONE))
    serial = world.conversation.serial
    assert (None, Choose(serial, Form.PAGE)) not in offered
    assert (None, Choose(serial, Form.SLIDES)) in offered
    assert "On one page there is room for the first" in world.said[-1]
    assert not any(isinstance(each, Say) for each in choose(world, Form.PAGE)), "nor by a forged tap"
    move(world, Move.BACK)
    for index in range(3, 12):
        choose(world, index)
    move(world, Move.DONE)
    assert "On one page" not in world.said[-1]
    assert len(texts(sent(choose(world, Form.PAGE)))) == 3


def test_one_message_may_be_too_long_for_a_page() -> None:
    world = passing_on(event_with(messages=(key_message("long", "sea " * 740),)))
    move(world, Move.DONE)
    assert "too long for one page" not in world.said[-1]
    world = passing_on(event_with(messages=(key_message("long", "SEA " * 740),), contact=both("Call us. " * 300)))
    move(world, Move.DONE)
    assert "The first of these messages is too long for one page." in world.said[-1]


def test_a_long_list_has_pages_and_its_ticks_stay() -> None:
    world = passing_on(event_with(messages=tuple(key_message(f"m{number}") for number in range(1, 24))))
    assert "Page 1 of 3" in world.said[-1]
    assert "Chosen: 23 of 23" in world.said[-1]
    move(world, Move.ALL)
    move(world, Move.NEXT)
    assert "11. Message m11." in world.said[-1]
    choose(world, 10)
    move(world, Move.NEXT)
    assert ticked(choose(world, 22)) == [False, False, True]
    before = world.conversation
    move(world, Move.NEXT)
    assert world.conversation == before, "there is no fourth page"
    move(world, Move.PREVIOUS)
    move(world, Move.PREVIOUS)
    move(world, Move.PREVIOUS)
    assert step_of(world).page == 0
    move(world, Move.DONE)
    assert texts(sent(choose(world, Form.PICTURES))) == ["Message m11.", "Message m23."]


@pytest.mark.parametrize("length", [1, 3_000])
def test_forty_long_messages_can_still_be_shown(length: int) -> None:
    messages = tuple(key_message(f"m{number}", "Ü" * length) for number in range(40))
    world = passing_on(event_with(messages=messages))
    move(world, Move.DONE)
    assert len(texts(sent(choose(world, Form.SLIDES)))) == 40


def test_an_event_without_messages_has_nothing_to_pass_on() -> None:
    world = passing_on(replace(EVENT, messages=()))
    assert world.said[-1] == "There are no key messages to pass on."
    assert world.conversation.step == Idle()


def test_whoever_takes_part_in_nothing_has_nothing_to_pass_on() -> None:
    world = World({1: EVENT})
    assert says(world, "/pass_on") == "You are not part of any event here, so there is nothing to pass on."
    world = passing_on()
    world.happens(Said("stop"))
    move(world, Move.YES)
    assert says(world, "/pass_on").startswith("You are not part")


def in_two_events(second: Event) -> World:
    world = World({1: EVENT, 2: second})
    for event in (EVENT, second):
        world.happens(Started(event.code))
        move(world, Move.DONE)
        move(world, Move.YES)
    world.happens(Said("/pass_on"))
    return world


def test_of_several_events_one_is_chosen_first() -> None:
    other = event_with(code="other", title=both("The other event", "L’autre rencontre"))
    world = in_two_events(other)
    assert world.said[-1] == "From which event would you like to pass something on?"
    choose(world, 1)
    assert step_of(world).event == "other"
    assert "Rights come first." in world.said[-1]
    move(world, Move.BACK)
    assert "From which event" in world.said[-1]
    choose(world, 0)
    assert "Message one." in world.said[-1]


def test_an_event_that_has_nothing_to_pass_on_is_not_offered() -> None:
    assert step_of(in_two_events(replace(EVENT, code="other", messages=()))).event == "small"


def test_the_newest_revision_is_passed_on_and_one_that_changes_meanwhile_is_looked_through_again() -> None:
    world = passing_on()
    choose(world, 0)
    move(world, Move.DONE)
    withdrawn = replace(EVENT, messages=(SAFE[0], replace(SAFE[1], text=both("Message two, reworded."))))
    world.events[7] = withdrawn
    world.enrolments["small"] = replace(world.enrolments["small"], newest=7)
    effects = choose(world, Form.SLIDES)
    assert not any(isinstance(each, Say) for each in effects)
    assert world.said[-1].startswith("These messages were changed a moment ago.")
    assert step_of(world).chosen == ("two",)
    move(world, Move.DONE)
    assert texts(sent(choose(world, Form.SLIDES))) == ["Message two, reworded."]


def test_a_survey_in_between_waits_and_goes_on() -> None:
    world = somebody_in(EVENT)
    begin_survey(world)
    assert question_of(world) == "used"
    world.happens(Said("/pass_on"))
    move(world, Move.DONE)
    choose(world, Form.PAGE)
    move(world, Move.STOP)
    assert question_of(world) == "used"
    assert "used" in world.said[-1]


def test_an_answer_that_is_typed_meanwhile_is_one_to_the_survey() -> None:
    world = somebody_in(EVENT)
    begin_survey(world)
    world.happens(Said("/pass_on"))
    old = world.conversation.serial
    world.happens(Said("yes"))
    assert question_of(world) == "why"
    before = world.conversation
    tap(world, Choose(old, 0))
    assert world.conversation == before, "the boxes are no answers"


def test_words_that_nothing_was_asked_for_leave_the_boxes_as_they_are() -> None:
    world = passing_on()
    choose(world, 0)
    before = world.conversation
    assert says(world, "the first two please") == "Please tap one of the buttons above."
    world.happens(Sent())
    assert world.conversation == before


def test_the_language_of_the_chat_can_change_in_the_middle_of_it() -> None:
    world = passing_on()
    choose(world, 0)
    world.happens(Said("français"))
    assert "Choisis : 2 sur 3" in world.said[-1].replace("\u00a0", " ")
    assert "FR Message two." in world.said[-1]


def test_asking_again_begins_anew() -> None:
    world = passing_on()
    choose(world, 0)
    world.happens(Said("/transmettre"))
    assert step_of(world).chosen == ("one", "two", "three")
    assert step_of(world).before == Idle()


def test_whoever_has_said_stop_is_still_asked_afterwards() -> None:
    world = somebody_in(EVENT)
    world.happens(Said("stop"))
    world.happens(Said("/pass_on"))
    move(world, Move.STOP)
    assert isinstance(world.conversation.step, Leaving)
    move(world, Move.YES)
    assert not world.enrolments


def test_continue_leads_out_of_it_to_the_survey() -> None:
    world = somebody_in(EVENT)
    begin_survey(world)
    world.happens(Said("/pass_on"))
    world.happens(Said("/continue"))
    assert isinstance(world.conversation.step, Asking)


@pytest.mark.parametrize("text", ["<b>&amp;</b> {count}", "\u202egnol\u202c 🎉", "a\nb\n\n\nc", "{text} ${x} %s"])
def test_hostile_words_of_a_pack_are_only_words(text: str) -> None:
    # What looks like a placeholder is the author's own.
    world = World({1: event_with(messages=(key_message("odd", text),), contact=both(text))}, typed=[text])
    world.happens(Started("small"))
    move(world, Move.DONE)
    move(world, Move.YES)
    world.happens(Said("/pass_on"))
    move(world, Move.DONE)
    assert texts(sent(choose(world, Form.SLIDES))) == [text]
    move(world, Move.NEXT)
    assert texts(sent(choose(world, Form.PICTURES))) == [text]


def test_the_sample_event_has_seven_messages_to_tick_and_one_that_needs_care() -> None:
    world = World({1: sample_event()})
    world.happens(Started("lse2026"))
    move(world, Move.DONE)
    for each in (Move.SKIP, Move.SKIP, Move.SKIP, Move.YES):
        move(world, each)
    world.time_passes(timedelta(hours=1))
    world.happens(Said("/pass_on"))
    assert "Chosen: 7 of 7" in world.said[-1]
    assert "Harm reduction" not in world.said[-1]
    move(world, Move.DONE)
    assert len(texts(sent(choose(world, Form.PAGE)))) == 7
