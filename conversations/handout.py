"""Key messages as they are passed on to people who were not there: plain words in one language, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from textwrap import wrap
from unicodedata import normalize

from conversations.model import Event, KeyMessage, Language


@dataclass(frozen=True, slots=True)
class Passed:
    """A key message, why it is so, and its source in one line; each but the first may be empty."""

    text: str
    why: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Handout:
    """Some key messages of an event in one language, with the event's title and whom to ask, as its pack has them."""

    title: str
    contact: str
    language: Language
    messages: tuple[Passed, ...]


def handout(event: Event, names: Iterable[str], language: Language) -> Handout:
    """The key messages with these names in that language; KeyError for one that the event does not have."""
    messages = tuple(_passed(event.message(name), language) for name in names)
    return Handout(event.title.in_language(language), event.contact.in_language(language), language, messages)


def _passed(message: KeyMessage, language: Language) -> Passed:
    # The explanation of the main question stands beside the message in its pack; the others need their question.
    why = message.questions[0].explanation.in_language(language) if message.questions else ""
    source = " ".join(message.source.in_language(language).split())
    return Passed(message.text.in_language(language), why, source)


def facts_of(handout: Handout) -> tuple[tuple[str, str], ...]:
    """The handout as names and values, as a file is made from them; its language is told apart from them."""
    facts = [("title", handout.title), ("contact", handout.contact)]
    for each in handout.messages:
        facts += [("text", each.text), ("why", each.why), ("source", each.source)]
    return tuple(facts)


def handout_of(facts: Iterable[tuple[str, str]], language: Language) -> Handout:
    """The handout that `facts_of` wrote."""
    (_, title), (_, contact), *rest = facts
    values = [value for _, value in rest]
    messages = (Passed(*values[at : at + 3]) for at in range(0, len(values), 3))
    return Handout(title, contact, language, tuple(messages))


READABLE = 10
"""The smallest letters of a message, in points, on a page that people read on paper."""


def fitting(handout: Handout) -> int:
    """How many of its messages, from the first on, one page of A4 surely holds in letters of `READABLE` points or more.

    Lines are counted with letters as wide as they come: a little more may fit in truth.
    """
    room = _LINES - 2 * _lines(handout.title, _IN_THE_TITLE) - _lines(handout.contact, _IN_SMALL_LETTERS)
    taken = accumulate(
        _lines(each.text, _IN_A_MESSAGE) + _lines(each.source, _IN_SMALL_LETTERS) + 1 for each in handout.messages
    )
    return sum(lines <= room for lines in taken)


_LINES = 50
"""Lines of a page, without what stays free between its parts."""
_IN_THE_TITLE, _IN_A_MESSAGE, _IN_SMALL_LETTERS = 48, 80, 86
"""Letters that stand side by side in a line of each."""
_NARROW = frozenset("abcdefghijklnopqrstuvxyzàâçéèêëîïôöùûü0123456789 .,:;!?’'“”()-–/\u00a0\u202f")
"""Signs that are at most 0.56 times as wide as they are high; all others are taken for twice that."""


def _lines(text: str, across: int) -> int:
    """Lines that the text takes at most."""
    parts = normalize("NFKC", text).splitlines()
    return sum(max(1, len(wrap("".join(map(_widened, part)), across))) for part in parts)


def _widened(sign: str) -> str:
    return sign if sign in _NARROW else sign * 2
