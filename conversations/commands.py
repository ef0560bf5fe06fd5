"""What each command of a team is for, in a line: /help lists them to whoever may give them."""

from collections.abc import Mapping
from typing import Final

from conversations.desk import Duty, able
from conversations.messages import phrase
from conversations.model import EventState, Phrase
from conversations.roles import Act, command

ABOUT: Final[Mapping[Act, Phrase]] = {
    Act.EVENTS: phrase("{command}: your events, and how they stand", command=command(Act.EVENTS)),
    Act.TEMPLATE: phrase("{command}: a workbook to begin with", command=command(Act.TEMPLATE)),
    Act.WORKBOOK: phrase("{command}: send it, filled in", command=command(Act.WORKBOOK)),
    Act.SHOW: phrase("{command}: try out what participants get", command=command(Act.SHOW)),
    Act.PUBLISH: phrase("{command}: start an event, or change it", command=command(Act.PUBLISH)),
    Act.CLOSE: phrase("{command}: end an event", command=command(Act.CLOSE)),
    Act.REOPEN: phrase("{command}: open a closed one again", command=command(Act.REOPEN)),
    Act.ARCHIVE: phrase("{command}: put a closed one away", command=command(Act.ARCHIVE)),
    Act.INVITE: phrase("{command}: links, QR pictures, posters", command=command(Act.INVITE)),
    Act.ROSTER: phrase("{command}: a link for each on your list", command=command(Act.ROSTER)),
    Act.BROADCAST: phrase("{command}: write to all, or to some", command=command(Act.BROADCAST)),
    Act.STATUS: phrase("{command}: how it goes, in figures", command=command(Act.STATUS)),
    Act.RESULTS: phrase("{command}: the report, as a file", command=command(Act.RESULTS)),
    Act.GROUPS: phrase("{command}: groups that get digests", command=command(Act.GROUPS)),
    Act.HELP: phrase("{command}: who asks for contact", command=command(Act.HELP)),
    Act.STORIES: phrase("{command}: stories to be read", command=command(Act.STORIES)),
    Act.TEAM: phrase("{command}: who looks after an event", command=command(Act.TEAM)),
    Act.PAUSE_ALL: phrase("{command}: stop all messages at once", command=command(Act.PAUSE_ALL)),
    Act.RESUME: phrase("{command}: let them go on", command=command(Act.RESUME)),
}
"""A short line for each that is typed, in the order in which a team comes to need them."""

_FITTING: Final[Mapping[Act, EventState]] = {
    Act.CLOSE: EventState.LIVE,
    Act.REOPEN: EventState.CLOSED,
    Act.ARCHIVE: EventState.CLOSED,
}
"""What does something to an event in one state alone; the others need not read of it."""


def lines_for(duties: tuple[Duty, ...]) -> tuple[Phrase, ...]:
    """The lines of those that somebody with these duties may give now, for one event or another."""
    return tuple(line for act, line in ABOUT.items() if any(_fits(each, act) for each in able(duties, act)))


def _fits(duty: Duty, act: Act) -> bool:
    return act not in _FITTING or duty.state is _FITTING[act]
