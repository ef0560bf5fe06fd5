"""Questions that cannot be answered well: two in one, or with the answer put into people's mouths."""

import re
from collections.abc import Iterable, Iterator

from bot.readiness.folding import folded, in_one_line
from bot.readiness.texts import Text, quote, quote_both
from bot.workbook import Places
from conversations.findings import Finding, Kind
from conversations.messages import phrase
from conversations.model import Bilingual, Language, Phrase, QuestionType

_CHOSEN = frozenset({QuestionType.SELECT_ONE, QuestionType.INTEGER, QuestionType.RANGE, QuestionType.DECIMAL})
_TWO = {
    Language.EN: re.compile(
        r"\w\?[^?(]*\w\?"
        r"|^how (?:satisfied|useful|clear|easy|confident|relevant|important|happy)\b.*\b(?:with|is|are|was|were|to)\b"
        r".*\w and (?:the |your |how )?\w"
    ),
    Language.FR: re.compile(
        r"\w ?\?[^?(]*\w ?\?"
        r"|^(?:a quel point|dans quelle mesure|etes-vous satisfait\w*|quel est votre (?:degre|niveau))\b"
        r".*\w et (?:l[ae'] ?|les |de |du |votre |vos )?\w"
    ),
}
_LEADING = {
    Language.EN: re.compile(
        r"^(?:don't|do not|doesn't|wouldn't|isn't|aren't|shouldn't|didn't) (?:you|it|we|they|this|that)\b"
        r"|\b(?:don't you (?:think|agree|feel)|wouldn't you (?:say|agree)|isn't it|surely|as we all know)\b"
    ),
    Language.FR: re.compile(
        r"^ne (?:pensez|trouvez|croyez|estimez|devrait|faut|faudrait|serait)-(?:vous|on|il|ce) pas\b"
        r"|\b(?:n'est-ce pas|ne (?:pensez|trouvez|croyez|estimez)-vous pas|comme chacun (?:le )?sait|bien evidemment)\b"
    ),
}
_SPLIT = phrase("Ask one thing at a time: with two in one, nobody knows which of them was answered.")
_NEUTRAL = phrase("Ask in a way that makes both answers equally easy to give.")


def check_phrasing(texts: Iterable[Text], places: Places, languages: tuple[Language, ...]) -> Iterator[Finding]:
    """A hint for each label that asks two things at once or suggests its answer, in one language of it."""
    for text in texts:
        if text.question is None or text.base != "label" or text.question.type not in _CHOSEN:
            continue
        if at_fault := _matched(_TWO, text, languages):
            said = phrase("“{label}” seems to ask two things", label=_quoted(text, at_fault))
            yield _finding(Kind.TWO_QUESTIONS, said, _SPLIT, text, text.column(places, at_fault[0]))
        if at_fault := _matched(_LEADING, text, languages):
            said = phrase("“{label}” seems to suggest its answer", label=_quoted(text, at_fault))
            yield _finding(Kind.LEADING, said, _NEUTRAL, text, text.column(places, at_fault[0]))


def _matched(
    patterns: dict[Language, re.Pattern[str]], text: Text, languages: tuple[Language, ...]
) -> tuple[Language, ...]:
    """The languages of the form in which the text is so."""
    return tuple(
        language
        for language in languages
        if patterns[language].search(folded(in_one_line(text.words.in_language(language))))
    )


def _quoted(text: Text, at_fault: tuple[Language, ...]) -> Bilingual | str:
    """In each language, or where it is so in one only, in that one."""
    return quote_both(text.words) if len(at_fault) > 1 else quote(text.words.in_language(at_fault[0]))


def _finding(kind: Kind, problem: Phrase, remedy: Phrase, text: Text, column: str) -> Finding:
    return Finding(kind, problem, remedy, text.sheet, text.row, column, text.name)
