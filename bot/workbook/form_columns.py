"""The headers of a form as found in the wild, understood as the columns of our sheets, in our languages.

Other spellings of a column are pyxform's. Words of a language beside English and French, and words of a language that
is not named, stand in where one of ours is missing.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.workbook.columns import in_both
from bot.workbook.sheets import Sheet
from conversations.model import Language

TEXTS = ("label", "hint", "constraint_message", "required_message")
MEDIA = "media"

_CANONICAL = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "constraint"): "constraint",
    ("bind", "calculate"): "calculation",
    ("bind", "readonly"): "read_only",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("list name",): "list_name",
}
_MESSAGES = {"jr:constraintMsg": "constraint_message", "jr:requiredMsg": "required_message"}
_NAMES = {
    Language.EN: ("en", "eng", "english", "anglais"),
    Language.FR: ("fr", "fra", "fre", "french", "francais"),
}
_SIGNS = {
    "en": "the of is are you your what how many this please which do does have",
    "fr": "le la les des est vous votre quel quelle combien cette avez dans pour une du",
    "es": "el los las del es usted su cuál cuántos esta por una qué tiene",
    "pt": "o os as do da você seu qual quantos esta por uma não tem",
    "sw": "ya wa na kwa je ni gani ngapi hii yako una katika jina",
}
_FEWEST_SIGNS = 3


@dataclass(frozen=True, slots=True)
class Header:
    """One column: its name here ("" for one that nothing is read from), and its language, if any, as it is written."""

    column: str
    language: str
    written: str


def headers_of(sheet: Sheet) -> tuple[Header, ...]:
    """The columns of a form's sheet, in their order. Of two with the same name the first counts."""
    from pyxform import aliases  # noqa: PLC0415 # slow to import, and only reading a file needs it
    from pyxform.parsing.sheet_headers import process_header  # noqa: PLC0415
    from pyxform.question import MultipleChoiceQuestion, Option  # noqa: PLC0415
    from pyxform.survey import Survey  # noqa: PLC0415

    known: Mapping[str, tuple[object, Iterable[str]]] = {
        "survey": (aliases.survey_header, MultipleChoiceQuestion.get_slot_names()),
        "settings": (aliases.settings_header, Survey.get_slot_names()),
    }
    names, columns = known.get(sheet.name, (aliases.list_header, Option.get_slot_names()))
    double = any("::" in header for header in sheet.header)
    found: list[Header] = []
    seen: set[tuple[str, str]] = set()
    for written in sheet.header:
        header = Header("", "", written)
        if written:
            _, tokens = process_header(" ".join(written.split()), double, names, set(columns))
            header = _header(tokens, written)
        if (header.column, header.language) in seen and header.column != MEDIA:
            header = Header("", "", written)
        seen.add((header.column, header.language))
        found.append(header)
    return tuple(found)


def _header(tokens: tuple[str, ...], written: str) -> Header:
    if tokens in _CANONICAL:
        return Header(_CANONICAL[tokens], "", written)
    first, rest = tokens[0], tokens[1:]
    if first == "bind" and rest and rest[0] in _MESSAGES:
        return Header(_MESSAGES[rest[0]], "::".join(rest[1:]), written)
    if first in _MESSAGES:
        return Header(_MESSAGES[first], "::".join(rest), written)
    if first in TEXTS:
        return Header(first, "::".join(rest), written)
    if first == MEDIA:
        return Header(MEDIA, "::".join(rest), written)
    return Header(first if not rest else "", "", written)


def language_of(written: str) -> Language | None:
    """Ours that a language's name means: English (en), english, EN, Français, fr-CM."""
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().lower()
    code = re.search(r"\(\s*([a-z]+)", plain)
    first = re.match(r"\s*([a-z]+)", plain)
    for match in (code, first):
        for language, names in _NAMES.items():
            if match and match[1] in names:
                return language
    return None


def guessed(texts: Iterable[str]) -> str:
    """The language that texts seem to be in, by their commonest words: en, fr, es, pt, sw, or none."""
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())]
    found = {language: sum(word in signs.split() for word in words) for language, signs in _SIGNS.items()}
    best = max(found, key=lambda language: found[language])
    return best if found[best] >= _FEWEST_SIGNS else ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """Which columns of a sheet hold the words of each of our languages, and which stand in for both."""

    own: Mapping[str, tuple[int, ...]]
    """By full column, such as label::English (en), the places in a row where its words may be."""
    others: Mapping[str, tuple[int, ...]]
    """By text, such as label, the places of its words in any other language, the form's first one first."""


def tongue_of(headers: tuple[Header, ...], default: str) -> Tongue:
    """The columns by language. `default` is what words without a language are in; it comes first among others."""
    own: dict[str, tuple[int, ...]] = {}
    others: dict[str, tuple[int, ...]] = {}
    for base in TEXTS:
        places = [(index, header.language or default) for index, header in enumerate(headers) if header.column == base]
        for language, column in zip(Language, in_both(base), strict=True):
            own[column] = tuple(index for index, written in places if language_of(written) is language)
        ours = {index for column in in_both(base) for index in own[column]}
        rest = [(written != default, index) for index, written in places if index not in ours]
        others[base] = tuple(index for _, index in sorted(rest))
    return Tongue(own, others)
