"""What somebody does in a world, in a word."""

from datetime import timedelta

from conversations.buttons import Button, Choose, Go, Move, Open
from conversations.conversation import Asking
from conversations.cues import Said, Started, Tapped
from conversations.model import Event
from tests.conversations.world import World


def somebody_in(event: Event) -> World:
    """Somebody who has just joined that event."""
    world = World({1: event})
    world.happens(Started(event.code))
    move(world, Move.DONE)
    move(world, Move.YES)
    return world


def tap(world: World, button: Button) -> tuple[object, ...]:
    return world.happens(Tapped(button)).effects


def choose(world: World, index: int) -> tuple[object, ...]:
    return tap(world, Choose(world.conversation.serial, index))


def move(world: World, where: Move) -> tuple[object, ...]:
    return tap(world, Go(world.conversation.serial, where))


def open_newest(world: World) -> int:
    button = next(each for each in reversed(world.buttons) if isinstance(each, Open))
    tap(world, button)
    return button.nudge


def begin_survey(world: World) -> int:
    world.time_passes(timedelta(hours=1))
    return open_newest(world)


def two_hours_pass(world: World) -> None:
    """Two hours, with a word in between: what comes in the second does not follow a message that was left alone."""
    world.time_passes(timedelta(hours=1))
    world.happens(Said("hello"))
    world.time_passes(timedelta(hours=1))


def question_of(world: World) -> str | None:
    step = world.conversation.step
    return step.question if isinstance(step, Asking) else None


def says(world: World, words: str) -> str:
    """They type that; what they are told last."""
    world.happens(Said(words))
    return world.said[-1]
