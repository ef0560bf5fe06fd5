"""The two languages side by side: what was not translated, and what does not say the same."""

import re
from collections.abc import Iterable, Iterator

from bot.readiness.reading_level import words_of
from bot.readiness.texts import Text, quote
from bot.workbook import Places
from bot.workbook.wording import LANGUAGE_NAMES
from conversations.findings import Finding, Kind
from conversations.messages import phrase
from conversations.model import Bilingual, Language

_FEWEST_WORDS = 4
"""Shorter texts, such as names of places, are often the same in both languages."""
_PLACEHOLDER = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_NUMBER = re.compile(r"(?<![\w$])\d+(?:[ .,\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_CLOCK = re.compile(r"\d\s*(?:[ap]\.?m\b|h\b|:)|\d(?:st|nd|rd|th|e|er|ère)\b", re.IGNORECASE)

_SMALL_WORDS = {
    Language.EN: re.compile(
        r"\b(?:the|of|and|or|an?|in|to|is|are|your?|for|by|on|this|that|with|at|do|did|how|what)\b"
    ),
    Language.FR: re.compile(
        r"\b(?:l[ae]s?|d[eu]s?|et|ou|une?|en|aux?|est|vous|votre|vos|pour|par|dans|sur|ce|cette)\b"
    ),
}

_TRANSLATE = phrase("Translate it, or leave it if it is meant to be the same.")
_COMPARE = phrase("Compare the two: one of them may be out of date.")


def check_translations(
    texts: Iterable[Text], places: Places, missing: frozenset[tuple[str, int | None, str]]
) -> Iterator[Finding]:
    """What stands side by side and does not match, for forms in both languages.

    `missing` are the cells (sheet, row, column) that are empty: words of the other language stand in for them, and
    that is told elsewhere.
    """
    for text in texts:
        columns = [text.column(places, language) for language in Language]
        if any((text.sheet, text.row, column) in missing for column in columns):
            continue
        yield from _untranslated(text, columns)
        yield from _placeholders(text, columns)
        yield from _numbers(text, columns[1])


def _untranslated(text: Text, columns: list[str]) -> Iterator[Finding]:
    words = text.words
    if words.en.strip() == words.fr.strip() and len(words_of(words.en)) >= _FEWEST_WORDS:
        said = phrase("“{label}” is the same in both languages", label=quote(words.en))
        column = columns[0] if _reads_french(words.fr) else columns[1]
        yield Finding(Kind.UNTRANSLATED, said, _TRANSLATE, text.sheet, text.row, column, text.name)


def _reads_french(text: str) -> bool:
    """Whether words that stand in both columns are French rather than English, by the small words of each."""
    english, french = (len(_SMALL_WORDS[language].findall(text.lower())) for language in Language)
    return french > english


def _placeholders(text: Text, columns: list[str]) -> Iterator[Finding]:
    shown = {language: set(_PLACEHOLDER.findall(text.words.in_language(language))) for language in Language}
    for language, column in zip(Language, columns, strict=True):
        lost = sorted(shown[language.other] - shown[language])
        if lost:
            shown_there = ", ".join(f"${{{name}}}" for name in lost)
            said = phrase(
                "{placeholder} is missing in {language}", placeholder=shown_there, language=LANGUAGE_NAMES[language]
            )
            both = phrase("Write {placeholder} in both languages, or in neither.", placeholder=shown_there)
            yield Finding(Kind.PLACEHOLDERS, said, both, text.sheet, text.row, column, text.name)


def _numbers(text: Text, column: str) -> Iterator[Finding]:
    english, french = _numbers_in(text.words, Language.EN), _numbers_in(text.words, Language.FR)
    # Where one language writes a number as a word, there is nothing to compare.
    if english and french and english != french:
        said = phrase(
            "The numbers differ: {english} in English, {french} in French",
            english=", ".join(sorted(english)),
            french=", ".join(sorted(french)),
        )
        yield Finding(Kind.NUMBERS, said, _COMPARE, text.sheet, text.row, column, text.name)


def _numbers_in(words: Bilingual, language: Language) -> set[str]:
    text = _PLACEHOLDER.sub("", words.in_language(language))
    if _CLOCK.search(text):
        return set()  # times and ordinals are written in different ways
    return {re.sub(r"\D", "", number).lstrip("0") or "0" for number in _NUMBER.findall(text)}
