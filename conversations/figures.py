"""How a number of people is said, as far as `conversations.disclosure` lets it be told."""

from conversations.disclosure import STEP, Span
from conversations.messages import short
from conversations.model import Phrase


def figure(people: Span, whole: int | None = None) -> Phrase:
    """A number of people, out of a whole where that is known."""
    if people.least == 0:
        return short("figure", "fewer than {number}", number=people.most + 1)
    if people.most == whole:
        return short("figure", "at least {number}", number=people.least)
    return short("figure", "{least} to {most}", least=people.least, most=people.most)


def open_ended(count: int) -> Span:
    """What is told of a count that has no known whole: its place on the same grid."""
    least = count // STEP * STEP
    return Span(least, least + STEP - 1)
