"""Options as buttons: which lists are shown in another way."""

from collections.abc import Iterator
from itertools import chain

from bot.readiness.finding import Finding, Kind
from bot.readiness.texts import surveys_of
from bot.workbook import Places
from conversations.messages import counted, phrase
from conversations.model import Choice, Event, Language, Phrase

FITS_A_BUTTON = 30
"""Characters that a button shows in full.

A phone 360 pixels wide leaves about 270 for the text of a button that fills the row (Telegram's bubble keeps a margin
for the sender's side, the button its own padding), and a letter of its 15-pixel type is about 9 pixels wide at most
in running text. What is longer is cut off by the client.
"""
OPTIONS_ON_A_PAGE = 10
"""Options that are shown at once. Of more, people see a page and can type what they look for."""

_NOTHING = phrase("Nothing to do.")


def check_buttons(event: Event, places: Places, languages: tuple[Language, ...]) -> Iterator[Finding]:
    """What becomes of long labels and long lists, once for each list. Nothing need be done about either."""
    for name, row, choices in _lists(event, places):
        long = sum(
            any(len(each.label.in_language(language)) > FITS_A_BUTTON for language in languages) for each in choices
        )
        if long:
            yield Finding(Kind.NUMBERED, _numbered(long), _NOTHING, "choices", row, name=name)
        if len(choices) > OPTIONS_ON_A_PAGE:
            said = phrase(
                "{count} options: they come in pages, and can be found by typing",
                count=len(choices),
            )
            yield Finding(Kind.PAGED, said, _NOTHING, "choices", row, name=name)


def _numbered(long: int) -> Phrase:
    return counted(
        "{count} label is too long for a button: the options come as a numbered list",
        "{count} labels are too long for a button: the options come as a numbered list",
        long,
    )


def _lists(event: Event, places: Places) -> Iterator[tuple[str, int | None, tuple[Choice, ...]]]:
    """Each list of options once, with the row of its first one."""
    seen: set[str] = set()
    for question in chain.from_iterable(survey.questions for survey in surveys_of(event)):
        name = places.lists.get(question.name, "")
        if question.choices and name not in seen:
            seen.add(name)
            yield name, places.choices.get((name, question.choices[0].name)), question.choices
