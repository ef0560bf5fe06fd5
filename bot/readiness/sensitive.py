"""Questions that ask for something delicate, or for what tells who somebody is, and are not marked so."""

from collections.abc import Iterable, Iterator

from bot.readiness.folding import folded, in_one_line
from bot.readiness.texts import Text, quote_both
from bot.readiness.topics import ABOUT_NUMBERS, ABOUT_YOU, DELICATE, IDENTITY, SELF_HARM, Topic
from bot.workbook import Places
from conversations.findings import Finding, Kind
from conversations.messages import phrase, short
from conversations.model import Language, Phrase, Question, QuestionType

_HEADING = 4
"""Words of a label that is hardly more than a heading: "HIV status"."""
_BY_TYPE = {
    QuestionType.GEOPOINT: short("topic", "an exact place"),
    QuestionType.IMAGE: short("topic", "a picture, which may show somebody"),
    QuestionType.VIDEO: short("topic", "a film, which may show somebody"),
    QuestionType.AUDIO: short("topic", "a recording, by which a voice can be known"),
}
_WHO = phrase(
    "Leave it out unless you need it: answers are kept under a code so that nobody need be known. If you do need it, "
    "write yes in the column sensitive."
)
_HARM = phrase("Do you need it? If so, write yes in the column sensitive, and let people pass it over.")
_GROUP = phrase("Write yes in the column sensitive and empty the cell group_ok: a group must not hear of this.")
_EMERGENCY = phrase(
    "Do not ask this by a questionnaire. Somebody who thinks of harming themselves needs a trained person at once: say "
    "in the form where to find one, and leave the question to them."
)
_WHOLLY_ASKED = frozenset(QuestionType) - {
    QuestionType.NOTE,
    QuestionType.CALCULATE,
    QuestionType.HIDDEN,
    QuestionType.START,
    QuestionType.END,
    QuestionType.TODAY,
}


def check_sensitive(texts: Iterable[Text], places: Places, languages: tuple[Language, ...]) -> Iterator[Finding]:
    """A hint for each question that asks for such a thing, one for each question."""
    for text in texts:
        question = text.question
        if question is None or text.base != "label" or question.type not in _WHOLLY_ASKED:
            continue
        labels = [in_one_line(text.words.in_language(language)) for language in languages]
        if any(SELF_HARM.search(folded(words)) for words in (*labels, *_options(question, languages))):
            about = phrase("“{label}” asks about self-harm", label=quote_both(text.words))
            yield Finding(
                Kind.SELF_HARM, about, _EMERGENCY, "survey", text.row, text.column(places, languages[0]), text.name
            )
        elif (found := asked_for(question, labels)) and not question.sensitive:
            topic, remedy = found
            kind = Kind.GROUP_HEARS if question.group_ok else Kind.SENSITIVE
            about = phrase("“{label}” asks for: {topic}", label=quote_both(text.words), topic=topic)
            yield Finding(
                kind,
                about,
                _GROUP if question.group_ok else remedy,
                "survey",
                text.row,
                "sensitive",
                text.name,
            )


def _options(question: Question, languages: tuple[Language, ...]) -> list[str]:
    return [in_one_line(choice.label.in_language(language)) for choice in question.choices for language in languages]


def asked_for(question: Question, labels: Iterable[str]) -> tuple[Phrase, Phrase] | None:
    """What a question with these labels asks for that is delicate, and what to do about it; None for nothing."""
    if question.type in _BY_TYPE:
        return _BY_TYPE[question.type], _WHO
    for label in labels:
        plain = folded(label)
        for topics, remedy in ((DELICATE, _HARM), (IDENTITY, _WHO)):
            for topic in topics:
                if question.type in topic.types and _asks(plain, topic):
                    return topic.name, remedy
    return None


def _asks(plain: str, topic: Topic) -> bool:
    found = topic.words.search(plain)
    if found is None or ABOUT_NUMBERS.search(plain):
        return False
    # A bare "name" is a person's only as a heading: that of a clinic comes with more words.
    if found[0] in {"name", "names", "nom", "noms"}:
        return plain.strip(" :?*.") == found[0]
    return not topic.personal or ABOUT_YOU.search(plain) is not None or len(plain.split()) <= _HEADING
