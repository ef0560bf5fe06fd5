"""What the chosen messages come as: slides, one page, or pictures."""

from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum
from typing import assert_never

from conversations.buttons import Go, Move
from conversations.dialogues.passing_on.here import Here
from conversations.effects import Revise, Say, Toast, Turn
from conversations.handout import Handout, facts_of, fitting
from conversations.messages import (
    Card,
    File,
    FileKind,
    Key,
    Message,
    Paragraph,
    counted,
    message,
    own_name,
    phrase,
    short,
    strong,
)
from conversations.model import Phrase


class Form(IntEnum):
    """The value is the place of its button, after those of the languages."""

    SLIDES = 2
    PAGE = 3
    PICTURES = 4


BUTTONS: Mapping[Form, Phrase] = {
    Form.SLIDES: short("button", "Slides, to present and change"),
    Form.PAGE: short("button", "One page, to print"),
    Form.PICTURES: short("button", "Pictures, for messaging groups"),
}
_WHAT_NEXT: Mapping[Form, Phrase] = {
    Form.SLIDES: phrase(
        "The slides open in PowerPoint, LibreOffice or Google Slides. They are yours: change the words, leave slides "
        "out, add examples of your own."
    ),
    Form.PAGE: phrase("The page prints on A4 paper, in black and white as well."),
    Form.PICTURES: phrase("Forward the pictures to whomever you like."),
}
CARE = phrase(
    "Whoever opens a phone or computer can read the files on it. If yours is shared, or could be taken, send them on "
    "and then delete them, here and among its downloads."
)


def fits(at: Here, form: Form) -> bool:
    """Whether what is chosen can come as that."""
    return form is not Form.PAGE or fitting(at.handout) == len(at.step.chosen)


def how_many(at: Here) -> Phrase:
    """How many messages are chosen."""
    return counted("{count} message to pass on", "{count} messages to pass on", len(at.step.chosen))


def close_key(serial: int) -> Key:
    """The way out."""
    return Key(short("button: to end this", "Close"), Go(serial, Move.STOP))


def sent(at: Here, form: Form) -> Turn:
    """The files, below what was chosen and a word of care; below them the way to another form."""
    serial = at.conversation.serial + 1
    chosen = phrase("✓ {form} ({language})", form=BUTTONS[form], language=own_name(at.step.language))
    done = message(strong(how_many(at)), Paragraph(chosen, close=True), CARE)
    ways = (Key(short("button", "Another form"), Go(serial, Move.NEXT)), close_key(serial))
    below = _carrying(message(_WHAT_NEXT[form], keyboard=(ways,)), form, at.handout)
    going_on = replace(at.conversation, step=at.step, serial=serial)
    return Turn(going_on, (Toast(phrase("It comes in a moment.")), Revise(done), Say(below, serial=serial)))


def _carrying(below: Message, form: Form, handout: Handout) -> Message:
    match form:
        case Form.SLIDES:
            return replace(below, files=(_file(FileKind.HANDOUT_SLIDES, handout),))
        case Form.PAGE:
            return replace(below, files=(_file(FileKind.HANDOUT_PAGE, handout),))
        case Form.PICTURES:
            return replace(below, cards=_cards(handout))
        case _:
            assert_never(form)


def _file(kind: FileKind, handout: Handout) -> File:
    return File(kind, facts_of(handout), handout.language)


def _cards(handout: Handout) -> tuple[Card, ...]:
    return tuple(
        Card(
            each.text,
            phrase("Source: {source}", source=each.source) if each.source else None,
            phrase("Contact: {contact}", contact=handout.contact) if handout.contact else None,
            handout.language,
        )
        for each in handout.messages
    )
