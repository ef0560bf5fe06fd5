"""How hard a form is to read, by the formulas made for each language, and its hardest questions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.readiness.syllables import syllables
from bot.readiness.texts import Text, quote
from bot.workbook import Places
from conversations.findings import Finding, Kind
from conversations.messages import phrase
from conversations.model import Language, Phrase

FEWEST_WORDS = 100
"""Flesch's samples had 100 words; of fewer, a formula tells nothing."""
_FEWEST_IN_A_QUESTION = 12
_HARDEST = 5
_LONG_SENTENCE = 20
"""Words of a sentence that many have to read twice; the European Commission's guide to clear writing has it so."""
_READ_IN = frozenset({"survey", "messages", "variants"})
_READ_AS_TEXT = frozenset({"label", "hint", "text", "question", "explanation"})

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FILLED_IN = re.compile(r"\$\{[^}]*\}")
_MARKUP = re.compile(r"<[^>]*>|https?://\S+")
_SENTENCE_ENDS = re.compile(r"[.!?…:;]+(?:\s|$)|\n+")


class Band(StrEnum):
    """What a level means for people who have not read much."""

    EASY = "easy"
    FAIR = "fair"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Level:
    """The reading level in one language.

    `value` is the Flesch-Kincaid grade in English (years of school; higher is harder), and in French the score of
    Kandel and Moles (0 to 100; higher is easier). Both it and `band` are None when there are too few words to tell.
    """

    language: Language
    words: int
    value: float | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class _Counts:
    words: int
    sentences: int
    syllables: int


def levels_of(texts: Iterable[Text], languages: tuple[Language, ...]) -> tuple[Level, ...]:
    """The level of all that is read as sentences, one for each language that the form is written in."""
    read = [text for text in texts if text.base in _READ_AS_TEXT and text.sheet in _READ_IN and _own(text, languages)]
    return tuple(
        _level(language, dict.fromkeys(text.words.in_language(language) for text in read)) for language in languages
    )


def check_reading(texts: Iterable[Text], places: Places, languages: tuple[Language, ...]) -> Iterator[Finding]:
    """A hint for each of the hardest questions and messages, five in each language at the most."""
    read = [
        text
        for text in texts
        if text.base in {"label", "text", "question"} and text.sheet in _READ_IN and _own(text, languages)
    ]
    for language in languages:
        hard = []
        for text in read:
            counts = _counted([text.words.in_language(language)], language)
            if counts.words >= _FEWEST_IN_A_QUESTION and _hardness(counts, language) > 1:
                hard.append((_hardness(counts, language), counts, text))
        hard.sort(key=lambda each: -each[0])
        for _, counts, text in hard[:_HARDEST]:
            yield _hard_to_read(text, counts, places, language)


def words_of(text: str) -> list[str]:
    """The words of a text, without markup and numbers. What ${name} stands for counts as one."""
    return _WORD.findall(_bare(text))


def grade(words: int, sentences: int, syllable_count: int) -> float:
    """The grade of Flesch and Kincaid: years of school in the United States.

    Kincaid, Fishburne, Rogers and Chissom (1975), "Derivation of New Readability Formulas for Navy Enlisted Personnel",
    Research Branch Report 8-75.
    """
    return 0.39 * words / sentences + 11.8 * syllable_count / words - 15.59


def kandel_moles(words: int, sentences: int, syllable_count: int) -> float:
    """Flesch's ease of reading for French: 100 is very easy, 0 very hard.

    Kandel and Moles (1958), "Application de l'indice de Flesch à la langue française", Cahiers d'études de
    radio-télévision 19.
    """
    return 207 - 1.015 * words / sentences - 73.6 * syllable_count / words


def _own(text: Text, languages: tuple[Language, ...]) -> bool:
    """Whether each language has words of its own: where a translation is missing, those of the other stand for it."""
    return len(languages) == 1 or text.words.en != text.words.fr


def _level(language: Language, texts: Iterable[str]) -> Level:
    counts = _counted(texts, language)
    if counts.words < FEWEST_WORDS:
        return Level(language, counts.words, None, None)
    if language is Language.FR:
        score = max(0.0, min(100.0, kandel_moles(counts.words, counts.sentences, counts.syllables)))
        band = Band.EASY if score >= 70 else Band.FAIR if score >= 50 else Band.HARD  # noqa: PLR2004 # Flesch's own bands
        return Level(language, counts.words, round(score), band)
    years = max(0.0, grade(counts.words, counts.sentences, counts.syllables))
    # Health information is best kept at grade six, and beyond nine shuts many out (NIH; AMA 2007).
    band = Band.EASY if years <= 6 else Band.FAIR if years <= 9 else Band.HARD  # noqa: PLR2004 # said above
    return Level(language, counts.words, round(years, 1), band)


def _counted(texts: Iterable[str], language: Language) -> _Counts:
    words, sentences = [], 0
    for text in texts:
        parts = [words_of(part) for part in _SENTENCE_ENDS.split(_bare(text))]
        sentences += sum(1 for part in parts if part)
        words += [word for part in parts for word in part]
    return _Counts(len(words), sentences, sum(_syllables(word, language) for word in words))


def _bare(text: str) -> str:
    return _MARKUP.sub(" ", _FILLED_IN.sub(" x ", text))


def _syllables(word: str, language: Language) -> int:
    return sum(syllables(part.replace("'", "").replace("’", ""), language) for part in word.split("-"))


def _hardness(counts: _Counts, language: Language) -> float:
    """How hard one question is: above 1 it is harder than it should be."""
    if language is Language.FR:
        # Twelve years of school, and Flesch's score of 40, are about the same.
        return (100 - kandel_moles(counts.words, counts.sentences, counts.syllables)) / 60
    return grade(counts.words, counts.sentences, counts.syllables) / 12


def _hard_to_read(text: Text, counts: _Counts, places: Places, language: Language) -> Finding:
    return Finding(
        Kind.READING,
        phrase("“{label}” is hard to read", label=quote(text.words.in_language(language))),
        _LONG if counts.words / counts.sentences > _LONG_SENTENCE else _HEAVY,
        text.sheet,
        text.row,
        text.column(places, language),
        text.name,
    )


_LONG: Phrase = phrase("Make the sentences shorter, one idea in each.")
_HEAVY: Phrase = phrase("Take shorter words, as one would say it aloud.")
