"""Digits, blanks and signs of every script and keyboard as plain ones, for numbers, dates and coordinates."""

import unicodedata

LONGEST = 100
"""Characters of a typed number, date or place; whatever is longer is none."""

_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "‐": "-", "‑": "-", "’": "'", "ʼ": "'", "`": "'", "´": "'", "،": ",", "٫": ".", "٬": " "}
)


def tidied(text: str) -> str:
    """The text in small letters, with ASCII digits, single blanks, no invisible characters; "" when it is too long.

    Digits of any script count ("١٢" is "12"), but not what only looks like one ("²").
    """
    if len(text.strip()) > LONGEST:
        return ""
    # What stands on two lines is two things: "12" above "345" is no 12,345.
    line = text.strip().replace("\n", ";").translate(_SIGNS).casefold()
    return " ".join("".join(map(_sign, line)).split())


def unaccented(text: str) -> str:
    """The tidied text without accents: "février" is "fevrier"."""
    decomposed = unicodedata.normalize("NFD", tidied(text))
    return "".join(character for character in decomposed if unicodedata.category(character) != "Mn")


def _sign(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() or character.isspace() else ""
    if character.isspace():
        return " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(character) in {"Cf", "Cc"} else character
