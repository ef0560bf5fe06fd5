"""Nobody is asked for a consent that the event has no use for."""

from conversations.buttons import Choose, Go, Move
from conversations.cues import Started, Tapped
from conversations.effects import Enrol
from conversations.model import Event, Purpose, QuestionType
from conversations.timing import TouchpointKind
from tests.conversations.deeds import move
from tests.conversations.samples import choices, event_with, question, sample_event, survey, touchpoint
from tests.conversations.world import World


def boxes(event: Event) -> int:
    world = World({1: event})
    world.happens(Started(event.code))
    return len([each for each in world.buttons if isinstance(each, Choose)])


def test_a_form_alone_asks_for_one_consent_and_gets_no_other() -> None:
    form = survey(question("words", QuestionType.TEXT))
    alone = event_with(touchpoint(TouchpointKind.SURVEY, "after"), surveys=(form,), messages=())
    assert boxes(alone) == 1
    world = World({1: alone})
    world.happens(Started(alone.code))
    move(world, Move.DONE)
    effects = move(world, Move.YES)
    [enrol] = [each for each in effects if isinstance(each, Enrol)]
    assert enrol.purposes == {Purpose.SURVEYS}


def test_a_group_hears_only_of_those_who_were_asked() -> None:
    told = survey(question("useful", options=choices(yes="Yes", no="No"), group_ok=True))
    assert boxes(event_with(touchpoint(TouchpointKind.SURVEY, "after"), surveys=(told,), messages=())) == 2
    assert boxes(sample_event()) == len(Purpose)


def test_a_forged_box_agrees_to_nothing_that_was_not_asked() -> None:
    form = survey(question("words", QuestionType.TEXT))
    alone = event_with(touchpoint(TouchpointKind.SURVEY, "after"), surveys=(form,), messages=())
    world = World({1: alone})
    world.happens(Started(alone.code))

    world.happens(Tapped(Choose(world.conversation.serial, 2)))
    assert world.happens(Tapped(Go(world.conversation.serial, Move.YES))).conversation.step == world.conversation.step
