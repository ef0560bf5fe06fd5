"""What is on screen while somebody chooses: the events, the messages with their boxes, a warning, the forms."""

from collections.abc import Sequence
from typing import assert_never

from conversations.buttons import Choose, Go, Move
from conversations.conversation import Choosing
from conversations.dialogues.passing_on.forms import BUTTONS, CARE, Form, close_key, fits, how_many
from conversations.dialogues.passing_on.here import Here
from conversations.handout import fitting
from conversations.messages import Key, Message, Paragraph, counted, message, own_name, phrase, short, strong
from conversations.model import Bilingual, Language, Phrase, Words
from conversations.questions import NUMBERS_IN_A_ROW, PAGE, in_rows, turning


def events_screen(titles: Sequence[Bilingual], serial: int) -> Message:
    """From which event."""
    rows = [(Key(title, Choose(serial, place)),) for place, title in enumerate(titles)]
    question = strong(phrase("From which event would you like to pass something on?"))
    return message(question, keyboard=(*rows, (close_key(serial),)))


def screen(at: Here, serial: int) -> Message:
    """What is asked once the event is known."""
    match at.step.asked:
        case Choosing.MESSAGES | Choosing.EVENT:
            return _messages_screen(at, serial)
        case Choosing.CARE:
            return _care_screen(at, serial)
        case Choosing.FORM:
            return _form_screen(at, serial)
        case _:
            assert_never(at.step.asked)


def _messages_screen(at: Here, serial: int) -> Message:
    step, listed = at.step, at.listed
    places = range(len(listed)) if at.pages == 1 else range(len(listed))[step.page * PAGE : (step.page + 1) * PAGE]
    lines: list[Words | Paragraph] = [
        strong(phrase("What would you like to pass on?")),
        phrase("Tap a number to leave that message out, or to take it in again."),
    ]
    lines += [
        Paragraph(phrase("{number}. {option}", number=place + 1, option=listed[place].text), close=order > 0)
        for order, place in enumerate(places)
    ]
    if at.pages > 1:
        lines.append(phrase("Page {page} of {pages}", page=step.page + 1, pages=at.pages))
    lines.append(phrase("Chosen: {chosen} of {all}", chosen=len(step.chosen), all=len(listed)))
    if at.hidden:
        left_out = counted(
            "{count} more message could put people at risk where it is seen: it is left out.",
            "{count} more messages could put people at risk where they are seen: they are left out.",
            at.hidden,
        )
        lines.append(left_out)
    boxes = [Key(str(place + 1), Choose(serial, place), ticked=listed[place].name in step.chosen) for place in places]
    return message(*lines, keyboard=(*in_rows(boxes, NUMBERS_IN_A_ROW), *_below_the_boxes(at, serial)))


def _below_the_boxes(at: Here, serial: int) -> list[tuple[Key, ...]]:
    every = len(at.step.chosen) == len(at.listed)
    all_or_none = short("button: untick the boxes", "None") if every else short("button: tick the boxes", "All")
    rows = [turning(serial, at.step.page, at.pages)] if at.pages > 1 else []
    rows.append((Key(all_or_none, Go(serial, Move.ALL)),))
    if at.hidden:
        rows.append((Key(short("button", "Show those too"), Go(serial, Move.YES)),))
    out = _back_key(serial) if len(at.step.among) > 1 else close_key(serial)
    rows.append((out, Key(short("button: to the next screen", "Next"), Go(serial, Move.DONE))))
    return rows


def _care_screen(at: Here, serial: int) -> Message:
    warning = counted(
        "{count} message speaks of something that can put people at risk where it is seen.",
        "{count} messages speak of something that can put people at risk where it is seen.",
        at.hidden,
    )
    think = phrase("Think of who could see it on your phone and on theirs before you pass it on.")
    show = Key(short("button", "Show it all the same"), Go(serial, Move.YES))
    out = _back_key(serial) if at.listed else close_key(serial)
    return message(warning, think, keyboard=((show,), (out,)))


def _form_screen(at: Here, serial: int) -> Message:
    lines: list[Words | Paragraph] = [strong(how_many(at)), CARE]
    if not fits(at, Form.PAGE):
        lines.append(_too_many(fitting(at.handout)))
    lines.append(phrase("In which language, and as what?"))
    languages = tuple(
        Key(own_name(each), Choose(serial, place), ticked=each is at.step.language)
        for place, each in enumerate(Language)
    )
    forms = [(Key(BUTTONS[form], Choose(serial, form)),) for form in Form if fits(at, form)]
    return message(*lines, keyboard=(languages, *forms, (_back_key(serial), close_key(serial))))


def _too_many(room: int) -> Phrase:
    """Why there is no page."""
    if not room:
        return phrase("The first of these messages is too long for one page. For a page, go back and choose others.")
    return counted(
        "On one page there is room for the first of these messages, in letters that can be read. For a page, go back "
        "and choose fewer.",
        "On one page there is room for the first {count} of these messages, in letters that can be read. For a page, "
        "go back and choose fewer.",
        room,
    )


def _back_key(serial: int) -> Key:
    return Key(short("button", "Back"), Go(serial, Move.BACK))
