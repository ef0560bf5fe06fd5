"""Pictures beside questions: only what is asked anew shows them."""

from dataclasses import replace
from datetime import timedelta

from conversations.buttons import Move, Open
from conversations.cues import NudgeDue, Said
from conversations.effects import Revise, Say
from conversations.model import Bilingual, Language, Picture, QuestionType
from conversations.timing import TouchpointKind
from tests.conversations.deeds import choose, move, question_of, somebody_in, tap
from tests.conversations.samples import event_with, question, survey, touchpoint
from tests.conversations.world import World

MAP, SCALE, END = (Picture(name, f"{name}-fr") for name in ("map", "scale", "end"))
NOTHING = Bilingual("", "")


def somebody_asked() -> tuple[World, tuple[object, ...], tuple[object, ...]]:
    """Somebody whose survey was announced, and who opened it; and what was done for each."""
    questions = (
        question("note", QuestionType.NOTE, picture=MAP),
        question("several", QuestionType.SELECT_MULTIPLE, picture=SCALE),
        question("why", QuestionType.TEXT),
        question("bye", QuestionType.NOTE, picture=END),
    )
    row = touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None)
    world = somebody_in(event_with(row, surveys=(survey(*questions),)))
    world.now += timedelta(hours=1)
    (nudge,) = world.nudges
    announced = world.happens(NudgeDue(nudge)).effects
    return world, announced, tap(world, Open(nudge))


def shown(effects: tuple[object, ...]) -> list[tuple[Picture, ...]]:
    """The pictures of each new message; none is ever with a change in place."""
    assert not any(each.message.pictures for each in effects if isinstance(each, Revise))
    return [each.message.pictures for each in effects if isinstance(each, Say)]


def test_what_comes_unasked_shows_nothing_and_the_question_shows_its_own_below_the_notes() -> None:
    _, announced, opened = somebody_asked()
    assert shown(announced) == [()]
    assert shown(opened) == [(MAP, SCALE)]


def test_a_ticked_box_does_not_show_it_again() -> None:
    world, _, _ = somebody_asked()
    ticked = choose(world, 0)
    assert any(isinstance(each, Revise) for each in ticked)
    assert shown(ticked) == []


def test_the_same_question_in_a_new_message_shows_it_again() -> None:
    world, _, _ = somebody_asked()
    choose(world, 0)
    assert shown(move(world, Move.DONE)) == [()], "the next question has none"
    assert shown(move(world, Move.BACK)) == [(MAP, SCALE)]
    world.happens(Said("/language"))
    assert shown(world.happens(Said("Français")).effects)[-1] == (MAP, SCALE)
    assert world.conversation.language is Language.FR


def test_the_review_has_none_and_the_last_note_shows_its_own_at_the_end() -> None:
    world, _, _ = somebody_asked()
    choose(world, 0)
    move(world, Move.DONE)
    assert question_of(world) == "why"
    assert shown(world.happens(Said("Because.")).effects) == [()]
    assert shown(move(world, Move.SUBMIT)) == [(END,)]


def test_a_note_without_words_leaves_no_gap() -> None:
    blank = replace(question("note", QuestionType.NOTE, picture=MAP), label=NOTHING)
    row = touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None)
    silent = somebody_in(event_with(row, surveys=(survey(blank, question("why")),)))
    silent.now += timedelta(hours=1)
    (nudge,) = silent.nudges
    silent.happens(NudgeDue(nudge))
    (said,) = [each for each in tap(silent, Open(nudge)) if isinstance(each, Say)]
    assert said.message.pictures == (MAP,)
    assert all(each.words != NOTHING for each in said.message.paragraphs)
