"""Wordings that may hurt the people who read them, each with another one and the reason."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from bot.readiness.folding import folded, in_one_line, words_pattern
from bot.readiness.texts import Text
from bot.readiness.wordings import WORDINGS, Wording
from bot.workbook import Places
from conversations.findings import Finding, Kind
from conversations.messages import phrase
from conversations.model import Language


def check_wording(texts: Iterable[Text], places: Places, languages: tuple[Language, ...]) -> Iterator[Finding]:
    """A hint for each such wording of each text, in the languages that the form is written in."""
    for text in texts:
        for language in languages:
            for written, wording in hurtful(text.words.in_language(language), language):
                yield Finding(
                    Kind.WORDING,
                    phrase("“{written}”", written=written),
                    phrase("Better: {instead}. {reason}", instead=wording.instead, reason=wording.reason),
                    text.sheet,
                    text.row,
                    text.column(places, language),
                    text.name,
                )


def hurtful(text: str, language: Language) -> tuple[tuple[str, Wording], ...]:
    """The wordings found in a text, as they are written there, the first of those that overlap."""
    line = in_one_line(text)
    plain, accented = folded(line), folded(line, accents=True)
    taken: list[range] = []
    found = []
    for pattern, wording in _patterns(language):
        for match in pattern.finditer(accented if wording.accented else plain):
            if not any(match.start() in each or each.start in range(*match.span()) for each in taken):
                taken.append(range(*match.span()))
                found.append((line[slice(*match.span())], wording))
    return tuple(found)


@cache
def _patterns(language: Language) -> tuple[tuple[re.Pattern[str], Wording], ...]:
    return tuple((words_pattern(each.pattern), each) for each in WORDINGS if each.language is language)
