"""Which option's label typed words are, begin or are part of, in either language, accents or not."""

from collections import defaultdict
from enum import IntEnum
from functools import lru_cache

from conversations.model import Choice
from conversations.words import agrees, plain

LONGEST = 600
"""Characters of typed words that may still be one option's label."""

_LEAST_LETTERS = 2


def search(offered: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    """The options with the typed words in them, in either language, accents or not.

    Each typed word must begin a word of the label. Labels that are those words come first, then those that begin with
    them, then the others, each in the order offered.
    """
    return tuple(choice for _, choice in sorted(_hits(offered, text), key=lambda hit: hit[0]))


class Options:
    """The options on screen, ready to be found by what somebody typed."""

    def __init__(self, offered: tuple[Choice, ...]) -> None:
        self.offered = offered
        self._signs: dict[str, list[Choice]] = defaultdict(list)
        self._words: dict[str, list[Choice]] = defaultdict(list)
        for choice in offered:
            for sign in {_trimmed(choice.label.en), _trimmed(choice.label.fr)}:
                self._signs[sign].append(choice)
            for word in {*_labels(choice)} - {""}:
                self._words[word].append(choice)
        self._names = {choice.name: choice for choice in offered}
        # Where options are numbers themselves ("0", "1", "2 or more"), a number is no place in the list.
        self._places = not any(word[:1].isdecimal() for word in self._words)

    def meant(self, text: str) -> tuple[Choice, ...]:
        """Those that these words may mean: exactly one when they are clear."""
        if len(text) > LONGEST:
            return ()
        ways = (self.labelled, self._numbered, self._agreeing, self._begun)
        return next((found for way in ways if (found := way(text))), ())

    def labelled(self, text: str) -> tuple[Choice, ...]:
        """Those with this label, sign for sign if there are any ("< 10" is not "> 10"), or else with this name."""
        found = self._signs.get(_trimmed(text)) or self._words.get(plain(text))
        if found is not None:
            return tuple(found)
        name = text.strip()
        # Nobody sees names: where numbers stand in front of the options, "2" is the second, whichever is called so.
        named = None if self._places and name.isdecimal() else self._names.get(name)
        return (named,) if named is not None else ()

    def _numbered(self, text: str) -> tuple[Choice, ...]:
        number = plain(text)
        if not self._places or not number.isdecimal() or len(number) > len(str(len(self.offered))):
            return ()
        place = int(number) - 1
        return self.offered[place : place + 1] if place >= 0 else ()

    def _agreeing(self, text: str) -> tuple[Choice, ...]:
        """Those that say yes, or no, where another says the opposite."""
        wanted = agrees(text)
        if wanted is None:
            return ()
        said = [(choice, {agrees(label) for label in _labels(choice)}) for choice in self.offered]
        if not any((not wanted) in meanings for _, meanings in said):
            return ()
        return tuple(choice for choice, meanings in said if wanted in meanings)

    def _begun(self, text: str) -> tuple[Choice, ...]:
        """Those that have these words in them, as far as none has them better."""
        # Yes and no begin nothing: "no" is not the beginning of "Not sure".
        if agrees(text) is not None or sum(sign.isalpha() for sign in text) < _LEAST_LETTERS:
            return ()
        hits = _hits(self.offered, text)
        best = min((hit for hit, _ in hits), default=None)
        return tuple(choice for hit, choice in hits if hit is best)


class _Hit(IntEnum):
    """How well a label suits typed words, the best first."""

    SAME = 0
    BEGINS = 1
    CONTAINS = 2


def _hits(offered: tuple[Choice, ...], text: str) -> list[tuple[_Hit, Choice]]:
    whole = _apart(plain(text[:LONGEST]))
    words = whole.split()
    hits = []
    for choice in offered if words else ():
        each = [hit for label in _labels(choice) if (hit := _hit(whole, words, _apart(label))) is not None]
        if each:
            hits.append((min(each), choice))
    return hits


def _hit(whole: str, words: list[str], label: str) -> _Hit | None:
    if label.startswith(whole):
        return _Hit.SAME if label == whole else _Hit.BEGINS
    spaced = f" {label}"
    return _Hit.CONTAINS if all(f" {word}" in spaced for word in words) else None


def _apart(label: str) -> str:
    """A plain label with its hyphenated words apart: "guinea bissau"."""
    return " ".join(label.replace("-", " ").split())


def _trimmed(text: str) -> str:
    return text.strip().casefold()


def _labels(choice: Choice) -> tuple[str, str]:
    return _plain_label(choice.label.en), _plain_label(choice.label.fr)


@lru_cache(maxsize=8192)
def _plain_label(label: str) -> str:
    # A long list is gone through for each word that somebody types. What people type is never kept.
    return plain(label)
