"""Options as buttons: which read the same, and which lists are shown in another way.

What is long and what is many is the chat's own measure.
"""

from collections.abc import Iterator

from bot.readiness.texts import quote, surveys_of
from bot.workbook import Places
from bot.workbook.wording import LANGUAGE_NAMES
from conversations.findings import Finding, Kind
from conversations.messages import counted, phrase
from conversations.model import Choice, Event, Language, Phrase, Question, Survey
from conversations.questions import LONGEST_BUTTON, PAGE
from conversations.reading import LONG_LIST
from conversations.timing import RECALL_CHECK

_NOTHING = phrase("Nothing to do.")
_APART = phrase("Word them differently: nobody can tell which of two buttons to tap.")


def check_buttons(event: Event, places: Places, languages: tuple[Language, ...]) -> Iterator[Finding]:
    """Options that nobody can tell apart; what becomes of long labels and long lists. Each once for each list.

    The chat decides for the language of whoever reads, and for the options on their screen: where a list comes in
    pages, or a filter takes options out, that is told as what may happen.
    """
    for name, row, question, whole in _lists(event, places):
        choices = question.choices
        # What a filter leaves on screen may well be words that stand once among many.
        if whole:
            yield from _alike(name, choices, places, languages)
        long = {language: _long(choices, language) for language in languages}
        told = [language for language in languages if long[language]]
        if told:
            said = _numbered(max(long.values()), whole=whole and len(choices) <= LONG_LIST)
            if len(told) < len(languages):
                said = phrase("in {language}, {said}", language=LANGUAGE_NAMES[told[0]], said=said)
            yield Finding(Kind.NUMBERED, said, _NOTHING, "choices", row, name=name)
        if len(choices) > LONG_LIST:
            yield Finding(Kind.PAGED, _paged(len(choices), whole=whole), _NOTHING, "choices", row, name=name)


def _alike(
    name: str, choices: tuple[Choice, ...], places: Places, languages: tuple[Language, ...]
) -> Iterator[Finding]:
    for language in languages:
        seen: set[str] = set()
        for choice in choices:
            label = " ".join(choice.label.in_language(language).split()).casefold()
            if label in seen:
                said = phrase("Another option of this list reads “{label}” too", label=quote(label))
                column = places.headers.get(("choices", "label", language), "label")
                row = places.choices.get((name, choice.name))
                yield Finding(Kind.BUTTONS, said, _APART, "choices", row, column, choice.name)
            seen.add(label)


def _long(choices: tuple[Choice, ...], language: Language) -> int:
    return sum(len(each.label.in_language(language)) > LONGEST_BUTTON for each in choices)


def _numbered(long: int, *, whole: bool) -> Phrase:
    if whole:
        return counted(
            "{count} label is too long for a button: the options come as a numbered list",
            "{count} labels are too long for a button: the options come as a numbered list",
            long,
        )
    return counted(
        "{count} label is too long for a button: the options that are shown with it come as a numbered list",
        "{count} labels are too long for a button: the options that are shown with one come as a numbered list",
        long,
    )


def _paged(count: int, *, whole: bool) -> Phrase:
    if whole:
        return phrase(
            "{count} options: they come in pages of {page}, and can be found by typing", count=count, page=PAGE
        )
    return phrase(
        "{count} options: if a filter leaves over {most}, they come in pages of {page}, and can be found by typing",
        count=count,
        most=LONG_LIST,
        page=PAGE,
    )


def _lists(event: Event, places: Places) -> Iterator[tuple[str, int | None, Question, bool]]:
    """Each list of options once, with the row of its first one, and whether a question shows the whole of it."""
    asked: dict[str, list[Question]] = {}
    for survey in surveys_of(event):
        for question in survey.questions:
            if question.choices:
                asked.setdefault(_list_of(question, survey, places), []).append(question)
    for name, questions in asked.items():
        first = next((each for each in questions if not each.choice_filter), questions[0])
        yield name, places.choices.get((name, first.choices[0].name)), first, not first.choice_filter


def _list_of(question: Question, survey: Survey, places: Places) -> str:
    if survey.name == RECALL_CHECK:
        return places.recall_lists[question.name][0]
    return places.lists.get(question.name, "")
