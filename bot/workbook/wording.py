"""How faults quote an author's words and propose better ones."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST_QUOTE = 40
_LONGEST_COMPARED = 80


def quoted(text: str) -> str:
    """The text in quotes, shortened, and with signs that no screen shows written out."""
    short = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
    return "'" + "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in short) + "'"


def nearest(word: str, known: Iterable[str], *, alike: float = 0.75) -> str:
    """The known word that was probably meant, or an empty text."""
    matches = get_close_matches(word[:_LONGEST_COMPARED].lower(), list(known), n=1, cutoff=alike)
    return matches[0] if matches else ""


def one_of(word: str, known: Iterable[str]) -> str:
    """A remedy for a word that is not among those known: the one that was meant, or all of them."""
    words = list(dict.fromkeys(known))
    meant = nearest(word, words, alike=0.6)
    if meant:
        return f"write {meant}"
    return f"write one of {', '.join(words)}" if words else "take it out"
