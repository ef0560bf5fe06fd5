"""What happens in a year besides what is sent: people change their minds, coordinators their packs, clocks jump."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from conversations.conversation import Asking, Idle, Leaving
from conversations.model import Purpose
from conversations.policy import Pace, Reason
from conversations.timing import TouchpointKind
from storage.states import PlanState
from tests.conversations import generated_years
from tests.conversations.lived_year import Year
from tests.conversations.year_rows import Place


def speak(year: Year) -> None:
    year.heard = year.now


def be_asked(year: Year) -> None:
    """A survey is on screen for a while, or whether they leave."""
    speak(year)
    event = year.revisions[year.places[0].newest]
    survey = event.surveys[0]
    asking = Asking(0, event.code, year.places[0].newest, survey.name, survey.questions[0].name)
    year.conversation = replace(year.conversation, step=year.random.choice((asking, Leaving())))
    year.at(year.now + timedelta(minutes=year.random.choice((5, 50, 300, 9000))), partial(be_idle, year))


def be_idle(year: Year) -> None:
    year.conversation = replace(year.conversation, step=Idle())


def pause(year: Year) -> None:
    speak(year)
    until = year.now + timedelta(days=year.random.choice((1, 7, 30, 90)))
    year.wishes = replace(year.wishes, paused_until=until)


def go_on(year: Year) -> None:
    speak(year)
    year.wishes = replace(year.wishes, paused_until=None)


def change_pace(year: Year) -> None:
    speak(year)
    year.wishes = replace(year.wishes, pace=year.random.choice(tuple(Pace)))


def move_an_item(year: Year) -> None:
    """What storage.plans.move does."""
    speak(year)
    coming = [row for row in year.rows if row.state is PlanState.PLANNED and row.kind is not TouchpointKind.REMINDER]
    if coming:
        row = year.random.choice(coming)
        due = year.now + timedelta(minutes=year.random.choice((1, 400, 3000, 20000)))
        if row.expires is not None:
            row.expires = due + max(row.expires - row.due, timedelta(hours=1))
        row.reason = None
        year.wait(row, due)


def move_house(year: Year) -> None:
    speak(year)
    year.conversation = replace(year.conversation, zone=generated_years.zone(year.random))
    _replan_everywhere(year)


def change_language(year: Year) -> None:
    speak(year)
    year.conversation = replace(year.conversation, language=year.conversation.language.other)
    _replan_everywhere(year)


def leave(year: Year) -> None:
    """They leave every event, and come back after hours or weeks."""
    speak(year)
    left = [place for place in year.places if place.enrolled]
    for place in left:
        place.enrolled = False
    for row in year.rows:
        if row.state is PlanState.PLANNED:
            row.state, row.reason, row.settled = PlanState.HELD, Reason.LEFT, year.now
    days = year.random.choice((0.1, 3, 40))
    year.at(year.now + timedelta(days=days), partial(_come_back, year, left))


def _come_back(year: Year, left: list[Place]) -> None:
    speak(year)
    for place in left:
        place.enrolled, place.agreed = True, place.newest
        place.purposes = year.random.choice((frozenset(Purpose), frozenset({Purpose.SURVEYS})))
        year.replan(place)


def think_again_of_surveys(year: Year) -> None:
    """They take their consent back, or give it again."""
    speak(year)
    place = year.random.choice(year.places)
    place.purposes ^= {Purpose.SURVEYS}
    if Purpose.SURVEYS in place.purposes:
        year.replan(place)


def block(year: Year) -> None:
    year.reachable = False
    year.at(year.now + timedelta(days=year.random.choice((1, 20))), partial(_unblock, year))


def _unblock(year: Year) -> None:
    speak(year)
    year.reachable = True
    _replan_everywhere(year)


def revise(year: Year) -> None:
    """The coordinator imports another revision of an event."""
    place = year.random.choice(year.places)
    number = len(year.revisions) + 1
    year.revisions[number] = generated_years.revised(year.random, year.revisions[place.newest])
    place.newest, place.revised = number, True
    year.replan(place)


def be_down(year: Year) -> None:
    """An outage: nothing ticks for a day to a month, and all that was due comes at once."""
    year.now += timedelta(days=year.random.choice((1, 3, 10, 31)))


def set_the_clock(year: Year) -> None:
    """The clock is set back or forth by seconds or days, or on to the next thing due, and often put right later."""
    away = timedelta(seconds=year.random.choice((3, 4000, 100_000, 900_000, 3_000_000)))
    coming = year.next()
    on = max(coming - year.now, timedelta(0)) + timedelta(hours=1) if coming is not None else away
    step = year.random.choice((away, -away, on))
    before = year.now
    year.now += step
    if year.random.random() < 0.7:
        later = max(before, year.now) + timedelta(hours=year.random.choice((1, 1, 100)))
        year.at(later, partial(_set_the_clock_right, year, step))


def _set_the_clock_right(year: Year, step: timedelta) -> None:
    year.now -= step
    # What was sent meanwhile bears another time; something that comes now has to reckon with it.
    year.at(year.now + timedelta(minutes=1), partial(move_an_item, year))


def _replan_everywhere(year: Year) -> None:
    for place in year.places:
        year.replan(place)


HAPPENINGS: tuple[Callable[[Year], None], ...] = (
    speak,
    be_asked,
    pause,
    go_on,
    change_pace,
    move_an_item,
    move_house,
    change_language,
    leave,
    think_again_of_surveys,
    block,
    revise,
    revise,
    be_down,
    set_the_clock,
    set_the_clock,
)
