"""What each command of a team is for, in a line: /help lists them to whoever may give them."""

from collections.abc import Mapping

from conversations.desk import Duty, able
from conversations.messages import phrase
from conversations.model import Phrase
from conversations.roles import Act, command, typed

ABOUT: Mapping[Act, Phrase] = {
    Act.TEAM: phrase("{command}: who looks after the event; invite, confirm, remove", command=command(Act.TEAM)),
    Act.GROUPS: phrase(
        "{command}: groups that get digests; their language, their times, end a link", command=command(Act.GROUPS)
    ),
    Act.TEMPLATE: phrase("{command}: the workbook to begin an event with", command=command(Act.TEMPLATE)),
    Act.SHOW: phrase("{command}: try out what participants get", command=command(Act.SHOW)),
}
"""One line for each that is typed."""


def lines_for(duties: tuple[Duty, ...]) -> tuple[Phrase, ...]:
    """The lines of those that somebody with these duties may give, for one event or another."""
    return tuple(ABOUT[act] for act in typed() if able(duties, act))
