"""Typed words as one option, as several, or as all of them in order."""

import re
from collections.abc import Iterable
from functools import reduce

from conversations.messages import phrase
from conversations.model import Choice, Phrase, Question, Value, Words
from conversations.reading.asked import Asked, Misread
from conversations.reading.labels import LONGEST, Options

NONE = "none"
"""The name of the option that says "none of these": it goes with no other."""

LONG_LIST = 16
"""More options than these are leafed through in pages, and found by typing a few letters. Fewer are shown at once: what
stands on a second page is chosen less often."""

_SEPARATOR = re.compile(r"([,;\n&>]|(?<!\w)(?:and|et)(?!\w))", re.IGNORECASE)
_NUMBERS = re.compile(r"\d{1,4}(?: \d{1,4})+")
_MOST_PARTS = 60


def one(asked: Asked, text: str) -> Value | Misread:
    """The name of the option that these words mean."""
    found = Options(asked.offered).meant(text)
    if len(found) == 1:
        return found[0].name
    return Misread(_which(found) if found else phrase("Please tap one of the buttons above."))


def several(question: Question, asked: Asked, text: str) -> Value | Misread:
    """The names of the options that these words list, in the order of the form."""
    found = _listed(asked.offered, text)
    if isinstance(found, Misread):
        return found
    names = {choice.name for choice in found}
    if len(names) > 1:
        names.discard(NONE)
    return tuple(choice.name for choice in question.choices if choice.name in names)


def ranked(asked: Asked, text: str) -> Value | Misread:
    """The names of all options, in the order in which these words list them, each exactly once."""
    found = _listed(asked.offered, text)
    if isinstance(found, Misread):
        return found
    twice = next((choice for place, choice in enumerate(found) if choice in found[:place]), None)
    if twice is not None:
        return Misread(phrase("Please name each answer only once; “{answer}” came twice.", answer=twice.label))
    missing = [choice.label for choice in asked.offered if choice not in found]
    if missing:
        hint = phrase("Please put all of the answers in order. These are missing: {answers}", answers=in_a_row(missing))
        return Misread(hint)
    return tuple(choice.name for choice in found)


def in_a_row(shown: Iterable[Words]) -> Words:
    """Several answers with commas between them. TypeError for none."""
    return reduce(lambda first, second: phrase("{first}, {second}", first=first, second=second), shown)


def _which(found: tuple[Choice, ...]) -> Phrase:
    """Asks which of several was meant."""
    first, second, *more = (choice.label for choice in found)
    if more:
        return phrase("Several answers have these words in them. Please type more of the one that you mean.")
    return phrase("Do you mean “{first}” or “{second}”? Please type it in full.", first=first, second=second)


def _listed(offered: tuple[Choice, ...], text: str) -> list[Choice] | Misread:
    """The options that these words list, in their order; commas and "and" inside a label do not part it."""
    unclear = Misread(
        phrase("Please tap the buttons above, or type the numbers of your answers with commas, such as 1, 3.")
    )
    options, found = Options(offered), list[Choice]()
    pieces = _pieces(text)
    if len(pieces) > 2 * _MOST_PARTS:
        return unclear
    # Words stand at even places, what parts them at odd ones.
    most = max((len(_pieces(label)) for each in offered for label in (each.label.en, each.label.fr)), default=0)
    place = 0
    while place < len(pieces):
        choice, after = _longest(options, pieces, place, most)
        if choice is None and pieces[place].strip(" ."):
            several_meant = options.meant(pieces[place])
            if len(several_meant) != 1:
                return Misread(_which(several_meant)) if several_meant else unclear
            choice = several_meant[0]
        found += [choice] if choice is not None else []
        place = after
    return found or unclear


def _pieces(text: str) -> list[str]:
    """The text in words and what parts them, by turns; numbers may be parted by blanks alone."""
    words = text.split()
    parted = ",".join(words) if _NUMBERS.fullmatch(" ".join(words)) else text
    return _SEPARATOR.split(parted)


def _longest(options: Options, pieces: list[str], place: int, most: int) -> tuple[Choice | None, int]:
    """The option whose label most of the pieces from `place` on are together, and the place after them."""
    for after in range(min(len(pieces), place + most) | 1, place + 1, -2):
        together = "".join(pieces[place:after])
        found = options.labelled(together) if len(together) <= LONGEST else ()
        if len(found) == 1:
            return found[0], after + 1
    return None, place + 2
