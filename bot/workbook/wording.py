"""How faults quote an author's words and propose better ones."""

from collections.abc import Iterable
from difflib import get_close_matches

from conversations.messages import phrase, short
from conversations.model import Bilingual, Language, Phrase

LANGUAGE_NAMES = {Language.EN: short("language", "English"), Language.FR: short("language", "French")}

_LONGEST_QUOTE = 40
_LONGEST_COMPARED = 80


def quoted(text: str) -> Bilingual:
    """The text in the quotes of each language, shortened, and with signs that no screen shows written out."""
    cut = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
    shown = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in cut)
    return Bilingual(f"'{shown}'", f"«\u00a0{shown}\u00a0»")


def nearest(word: str, known: Iterable[str], *, alike: float = 0.75) -> str:
    """The known word that was probably meant, or an empty text."""
    matches = get_close_matches(word[:_LONGEST_COMPARED].lower(), list(known), n=1, cutoff=alike)
    return matches[0] if matches else ""


def to_write(word: str) -> Phrase:
    """A remedy: that word instead of what stands there."""
    return phrase("write {word}", word=word)


def one_of_these(words: Iterable[str]) -> Phrase:
    """A remedy: any of these words, of which there is one at least."""
    first, *others = words
    return phrase("write one of {words}", words=", ".join((first, *others))) if others else to_write(first)


def one_of(word: str, known: Iterable[str]) -> Phrase:
    """A remedy for a word that is not among those known: the one that was meant, or all of them."""
    words = list(dict.fromkeys(known))
    meant = nearest(word, words, alike=0.6)
    if meant:
        return to_write(meant)
    return one_of_these(words) if words else phrase("take it out")
