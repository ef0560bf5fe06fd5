"""While an event is stopped: whatever its people do, nothing of it is shown, and nothing is kept in part."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import plain_text, render
from conversations.aid_effects import NoteReferral
from conversations.attachments import Location
from conversations.buttons import Button, Cease, Choose, Go, Move, Speak
from conversations.conversation import Leaving, Pausing, behind
from conversations.cues import Cue, NudgeDue, Said, Sent, Started, Tapped
from conversations.effects import Leave, Revise, Say, SayKind, SetPurpose, SetReachable, SetWishes, Toast, Turn
from conversations.model import Bilingual, Language
from conversations.respond import respond
from conversations.stops import Stopped
from tests.conversations.deeds import begin_survey, choose, move, two_hours_pass
from tests.conversations.samples import sample_event
from tests.conversations.test_any_order import SMALL
from tests.conversations.test_buttons import buttons
from tests.conversations.world import World

Story = Callable[[], World]
STOPPED = Stopped(events=frozenset({"small"}))
TEXTS = (
    *("yes", "no", "12", "teach", "/continue", "resume", "/reprendre", "/calendar", "pause", "hello", "/resume"),
    *("/pauseall", "English", "Français", "/language", "/stop", "2026-12-24"),
)


def invited() -> World:
    world = World({1: sample_event(), 2: EVENT})
    world.happens(Started("small"))
    return world


def joined() -> World:
    world = invited()
    world.happens(Tapped(Go(1, Move.DONE)))
    world.happens(Tapped(Go(2, Move.YES)))
    return world


def announced() -> World:
    world = joined()
    two_hours_pass(world)
    return world


def asked() -> World:
    world = joined()
    begin_survey(world)
    choose(world, 0)
    return world


def leaving() -> World:
    world = asked()
    world.happens(Said("/stop"))
    return world


def pausing() -> World:
    world = asked()
    world.conversation = replace(world.conversation, step=Pausing(behind(world.conversation.step)))
    return world


def reviewing() -> World:
    world = asked()
    choose(world, 1)
    move(world, Move.DONE)
    world.happens(Said("12"))
    world.happens(Said("We listen better."))
    choose(world, 0)
    return world


STORIES = (invited, joined, announced, asked, reviewing, leaving, pausing)


def marked(value: Any) -> Any:
    """The same, with a sign before all that a coordinator wrote."""
    match value:
        case Bilingual(en, fr):
            return Bilingual(MARK + en, MARK + fr)
        case tuple():
            return tuple(map(marked, value))
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: marked(getattr(value, each.name)) for each in fields(value)})
        case _:
            return value


MARK = "¤"
EVENT = replace(marked(SMALL), contact=SMALL.contact)
"""Of this event only whom to turn to may be told, by /help."""


def while_stopped(world: World, cue: Cue) -> Turn:
    scene = replace(world._scene(cue), stopped=STOPPED)
    return respond(world.conversation, cue, replace(scene, coming=()))


def words_of(turn: Turn) -> list[str]:
    said = [each.message for each in turn.effects if isinstance(each, Say | Revise)]
    return [plain_text(render(each, language).paragraphs) for each in said for language in Language]


def assert_rests(world: World, cue: Cue) -> Turn:
    turn = while_stopped(world, cue)
    # Leaving, taking back consent and a pause that was asked for only take away. Whom one can turn to is told always.
    allowed = (Say, Revise, Toast, Leave, SetPurpose, SetWishes, SetReachable, NoteReferral)
    assert all(isinstance(each, allowed) for each in turn.effects), (cue, turn.effects)
    assert all(each.kind in {SayKind.REPLY, SayKind.RECEIPT} for each in turn.effects if isinstance(each, Say))
    assert not any(MARK in words for words in words_of(turn)), (cue, words_of(turn))
    return turn


@pytest.mark.parametrize("story", STORIES)
def test_whatever_is_tapped_shows_and_keeps_nothing(story: Story) -> None:
    world = story()
    for button in {*world.buttons}:
        assert_rests(world, Tapped(button))


@pytest.mark.parametrize("story", STORIES)
def test_whatever_is_written_or_sent_shows_and_keeps_nothing(story: Story) -> None:
    world = story()
    starts = (Started(), Started("small"), Started("nowhere"))
    cues: list[Cue] = [*map(Said, TEXTS), Sent(Location(1.0, 2.0)), Sent(), *starts]
    for cue in cues:
        assert_rests(world, cue)


@given(st.sampled_from(STORIES), buttons)
def test_whatever_is_forged_shows_and_keeps_nothing(story: Story, button: Button) -> None:
    assert_rests(story(), Tapped(button))


@pytest.mark.parametrize("story", STORIES)
def test_nobody_loses_their_place(story: Story) -> None:
    world = story()
    before = world.conversation
    way_out = (Leaving, Pausing)
    cues: list[Cue] = [*(Tapped(each) for each in {*world.buttons}), *map(Said, TEXTS)]
    for cue in cues:
        after = while_stopped(world, cue).conversation
        left = any(isinstance(each, Leave | SetPurpose) for each in while_stopped(world, cue).effects)
        if left or isinstance(before.step, way_out) or isinstance(after.step, way_out):
            continue
        assert (after.step, after.serial) == (before.step, before.serial), cue


def test_the_clock_settles_nothing() -> None:
    world = joined()
    for nudge in world.nudges:
        assert while_stopped(world, NudgeDue(nudge)) == Turn(world.conversation)


def test_taking_back_consent_is_heard() -> None:
    world = asked()
    nudge = next(iter(world.nudges))
    assert any(isinstance(each, SetPurpose) for each in while_stopped(world, Tapped(Cease(nudge))).effects)
    assert words_of(while_stopped(world, Tapped(Cease(nudge, again=True))))[0].startswith("This chat rests")


def test_the_language_changes_and_the_question_stays_out_of_sight() -> None:
    world = asked()
    turn = while_stopped(world, Tapped(Speak(Language.FR)))
    assert turn.conversation.language is Language.FR
    assert words_of(turn)[-2].startswith("This chat rests for the moment.")


def test_an_event_that_goes_on_is_as_it_always_was() -> None:
    world = asked()
    elsewhere = Stopped(events=frozenset({"another"}))
    cue = Tapped(Choose(world.conversation.serial, 0))
    scene = world._scene(cue)
    assert respond(world.conversation, cue, replace(scene, stopped=elsewhere)) == respond(
        world.conversation, cue, scene
    )
