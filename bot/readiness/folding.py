"""Finding words in a text whatever its capitals and accents, and quoting them as they were written."""

import re
import unicodedata

_APOSTROPHES = "’ʼ‘`´"
_HYPHENS = "‐‑–—"


def in_one_line(text: str) -> str:
    """The text with single spaces and composed accents: what `folded` and quotations start from."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(text: str, *, accents: bool = False) -> str:
    """The text in small letters, sign for sign, so that places in it are places in the text; accents go unless kept."""
    return "".join(_folded(sign, accents=accents) for sign in text)


def words_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern for whole words; `~` stands for the French feminine and plural, however written (e, es, ·e·s, (e)s)."""
    ending = r"(?:[·.(/-]?e\)?)?(?:[·.(/-]?s\)?)?"
    return re.compile(rf"(?<!\w)(?:{pattern.replace('~', ending)})(?!\w)")


def _folded(sign: str, *, accents: bool) -> str:
    if sign in _APOSTROPHES:
        return "'"
    if sign in _HYPHENS:
        return "-"
    if sign == "\u00a0":
        return " "
    small = sign.lower()[:1]
    return small if accents else unicodedata.normalize("NFKD", small)[:1]
