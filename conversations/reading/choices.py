"""Typed words as one option, as several, or as all of them in order."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, reduce

from conversations.messages import phrase
from conversations.model import Choice, Phrase, Question, Value, Words
from conversations.reading.asked import Asked, Misread
from conversations.words import agrees, plain, repeats

NONE = "none"
"""The name of the option that says "none of these": it goes with no other."""

LONG_LIST = 16
"""More options than these are leafed through in pages, and found by typing a few letters. Fewer are shown at once: what
stands on a second page is chosen less often."""

_SEPARATOR = re.compile(r"\s*(?:[,;\n&>]|(?<!\w)(?:and|et)(?!\w))\s*", re.IGNORECASE)
_NUMBERS = re.compile(r"\d{1,4}(?:\s+\d{1,4})+")
_MOST_PARTS = 200
_LONGEST_LABEL = 600
"""Characters of typed words that may still be one option's label."""


def one(asked: Asked, text: str) -> Value | Misread:
    """The name of the option that these words mean."""
    found = _meant(asked.offered, text)
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


def search(offered: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    """The options with the typed words in them, in either language, accents or not.

    Each typed word must begin a word of the label. Labels that are those words come first, then those that begin with
    them, then the others, each in the order offered.
    """
    words = plain(text[:_LONGEST_LABEL]).split()
    if not words:
        return ()
    ranks = ((min(_rank(words, label) for label in _labels(choice)), choice) for choice in offered)
    return tuple(choice for rank, choice in sorted(ranks, key=lambda each: each[0]) if rank < _NO_HIT)


def in_a_row(shown: Iterable[Words]) -> Words:
    """Several answers with commas between them. TypeError for none."""
    return reduce(lambda first, second: phrase("{first}, {second}", first=first, second=second), shown)


_NO_HIT = 3


def _rank(words: list[str], label: str) -> int:
    whole = " ".join(words)
    if label == whole:
        return 0
    if label.startswith(whole):
        return 1
    parts = label.split()
    return 2 if all(any(part.startswith(word) for part in parts) for word in words) else _NO_HIT


@lru_cache(maxsize=8192)
def _plain_label(label: str) -> str:
    # The labels of a long list are gone through for each word that somebody types; what people type is not kept.
    return plain(label)


def _labels(choice: Choice) -> tuple[str, str]:
    return _plain_label(choice.label.en), _plain_label(choice.label.fr)


def _meant(offered: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    """The options that these words may mean; exactly one when they are clear."""
    if len(text) > _LONGEST_LABEL:
        return ()
    for way in (_labelled, _numbered, _agreeing, _begun):
        found = way(offered, text)
        if found:
            return found
    return ()


def _labelled(offered: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    """Those with this label, sign for sign if there are any: "< 10" is not "> 10"; or else with this name."""
    word = plain(text)
    ways: tuple[Callable[[Choice], bool], ...] = (
        lambda choice: repeats(text, choice.label),
        lambda choice: word != "" and word in _labels(choice),
        lambda choice: choice.name == text.strip() and not _counts_as_place(offered, word),
    )
    return next((found for way in ways if (found := tuple(filter(way, offered)))), ())


def _numbered(offered: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    word = plain(text)
    if not _counts_as_place(offered, word) or len(word) > len(str(len(offered))):
        return ()
    place = int(word) - 1
    return offered[place : place + 1] if place >= 0 else ()


def _counts_as_place(offered: tuple[Choice, ...], word: str) -> bool:
    """Whether a number is a place in the list: not where options are numbers themselves ("0", "1", "2 or more")."""
    return word.isdecimal() and not any(label[:1].isdecimal() for choice in offered for label in _labels(choice))


def _agreeing(offered: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    """The one option that says yes, or no, where another says the opposite."""
    wanted = agrees(text)
    said = [(choice, {agrees(label) for label in _labels(choice)}) for choice in offered] if wanted is not None else []
    if not any((not wanted) in meanings for _, meanings in said):
        return ()
    return tuple(choice for choice, meanings in said if wanted in meanings)


def _begun(offered: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    """Those with these words in them; those that begin with them alone, if there are any."""
    words = plain(text).split()
    if not any(character.isalpha() for character in "".join(words)):
        return ()
    found = search(offered, text)
    begin = tuple(each for each in found if min(_rank(words, label) for label in _labels(each)) < 2)  # noqa: PLR2004
    return begin or found


def _which(found: tuple[Choice, ...]) -> Phrase:
    """Asks which of several was meant."""
    first, second, *more = found
    if more:
        return phrase("Several answers have these words in them. Please type more of the one that you mean.")
    return phrase(
        "Do you mean “{first}” or “{second}”? Please type it in full.", first=first.label, second=second.label
    )


def _listed(offered: tuple[Choice, ...], text: str) -> list[Choice] | Misread:
    """The options that these words list, in their order; commas and "and" inside a label do not part it."""
    unclear = Misread(
        phrase("Please tap the buttons above, or type the numbers of your answers with commas, such as 1, 3.")
    )
    written = text.strip()
    if _NUMBERS.fullmatch(written):
        written = ",".join(written.split())
    ends = [match.span() for match in _SEPARATOR.finditer(written)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(written)]
    if len(starts) > _MOST_PARTS:
        return unclear
    found: list[Choice] = []
    place = 0
    while place < len(starts):
        if not written[starts[place] : stops[place]].strip(" ."):
            place += 1
            continue
        choice, place = _longest(offered, written, starts, stops, place)
        if isinstance(choice, tuple):
            return Misread(_which(choice)) if choice else unclear
        found.append(choice)
    return found or unclear


def _longest(
    offered: tuple[Choice, ...], written: str, starts: list[int], stops: list[int], place: int
) -> tuple[Choice | tuple[Choice, ...], int]:
    """The option that most of the parts from `place` on say together, and the place after them.

    Where there is none, what the one part there may mean.
    """
    most = max(len(_SEPARATOR.findall(label)) for each in offered for label in (each.label.en, each.label.fr)) + 1
    for after in range(min(len(starts), place + most), place + 1, -1):
        found = _labelled(offered, written[starts[place] : stops[after - 1]])
        if len(found) == 1:
            return found[0], after
    found = _meant(offered, written[starts[place] : stops[place]])
    return (found[0] if len(found) == 1 else found), place + 1
