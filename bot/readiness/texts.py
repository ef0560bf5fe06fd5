"""Every text of a form that people will read, with its place in the file."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.workbook import Places
from conversations.coding import description_of
from conversations.model import Bilingual, Event, KeyMessage, Language, Question, Survey
from conversations.timing import RECALL_CHECK

PROFILE = "profile"
"""The name under which the questions that are asked on joining stand in a pack."""
_LONGEST_QUOTE = 60
_HEADERS = {Language.EN: "English (en)", Language.FR: "French (fr)"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text at its place: `base` is its column without the language, `question` the one that it is part of."""

    words: Bilingual
    sheet: str
    row: int | None
    base: str
    name: str
    question: Question | None = None

    def column(self, places: Places, language: Language) -> str:
        """The header of its column in that language, as it is written in the file or ought to be."""
        return places.headers.get((self.sheet, self.base, language)) or f"{self.base}::{_HEADERS[language]}"


def surveys_of(event: Event) -> tuple[Survey, ...]:
    """The surveys of an event, the questions asked on joining first, as a survey of their own."""
    if not event.profile:
        return event.surveys
    return (Survey(PROFILE, Bilingual(PROFILE, PROFILE), event.profile), *event.surveys)


def languages_of(places: Places) -> tuple[Language, ...]:
    """The languages of ours to look for words of: those that the form is written in, or both if it is in neither."""
    return places.languages or tuple(Language)


def texts_of(event: Event, places: Places, *, plain: bool) -> tuple[Text, ...]:
    """All of them: surveys in their order, each list of options once, key messages, contacts, words of the event.

    Those around a `plain` form are not its author's, and left out.
    """
    found: dict[tuple[str, int | None, str, str], Text] = {}
    for text in _all(event, places, plain=plain):
        found.setdefault((text.sheet, text.row, text.base, text.name), text)
    return tuple(found.values())


def quote(words: str) -> str:
    """The words on one line, cut where they become long."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1].rstrip()}…"


def quote_both(words: Bilingual) -> Bilingual:
    """The same in each language: a report quotes what its reader reads, where the form has it."""
    return Bilingual(quote(words.en), quote(words.fr))


def _all(event: Event, places: Places, *, plain: bool) -> Iterator[Text]:
    for survey in surveys_of(event):
        if survey.name == RECALL_CHECK:
            continue  # its words are those of the key messages, which are looked at there
        if survey.name in places.surveys:
            yield Text(survey.title, "survey", places.surveys[survey.name], "label", survey.name)
        for group in survey.groups:
            if group.label is not None:
                yield Text(group.label, "survey", places.groups.get(group.name), "label", group.name)
        for question in survey.questions:
            yield from _of_question(question, places)
    for part in event.parts:
        yield Text(part.label, "choices", places.choices.get((places.parts, part.name)), "label", part.name)
    for message in event.messages:
        yield from _of_message(message, places)
    for referral in event.referrals:
        # Its name is the partner's own: there is nothing to reword or to translate.
        row = places.referrals.get(referral.country)
        yield Text(referral.words, "referrals", row, "text", referral.country)
    if not plain:
        yield from _of_event(event)


def _of_question(question: Question, places: Places) -> Iterator[Text]:
    if question.name in places.added:
        return  # its words are those of the question before it, which are looked at there
    row = places.questions.get(question.name)
    for base, words in (
        ("label", question.label),
        ("hint", question.hint),
        ("constraint_message", question.constraint_message),
        ("required_message", question.required_message),
    ):
        if words is not None:
            yield Text(words, "survey", row, base, question.name, question)
    listed = places.lists.get(question.name, "")
    for choice in question.choices:
        yield Text(choice.label, "choices", places.choices.get((listed, choice.name)), "label", choice.name)
    for code in question.codes:
        row, described = places.codes.get((question.name, code.name)), description_of(code)
        yield Text(code.label, "codes", row, "label", code.name)
        if described is not None:
            yield Text(described, "codes", row, "description", code.name)


def _of_event(event: Event) -> Iterator[Text]:
    said = {"title": event.title, "welcome": event.welcome, "consent": event.consent, "contact": event.contact}
    said |= {f"consent_{purpose}": words for purpose, words in event.consent_lines.items()}
    for name, words in said.items():
        yield Text(words, "event", None, "text", name)


def _of_message(message: KeyMessage, places: Places) -> Iterator[Text]:
    main, *further = message.questions
    rows = places.recalls.get(message.name, ())
    row = rows[0] if rows else None
    for base, words in (("text", message.text), ("question", main.question), ("explanation", main.explanation)):
        yield Text(words, "messages", row, base, message.name)
    if message.source.en != message.source.fr:
        yield Text(message.source, "messages", row, "source", message.name)
    for variant, row in zip(further, rows[1:], strict=True):
        yield Text(variant.question, "variants", row, "question", message.name)
        if variant.explanation != main.explanation:
            yield Text(variant.explanation, "variants", row, "explanation", message.name)
    for question, listed in zip(message.questions, places.recall_lists.get(message.name, ()), strict=True):
        for choice in question.choices:
            yield Text(choice.label, "choices", places.choices.get((listed, choice.name)), "label", choice.name)
