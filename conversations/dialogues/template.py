"""The workbook to begin with, what is known filled in: of an event that there is, or of a new one after questions."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from conversations.agenda import today_of
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Duty, Specimen, asking, shown
from conversations.effects import Say, Toast, Turn
from conversations.messages import File, FileKind, Key, Message, message, phrase, short, strong
from conversations.model import Words
from conversations.reading.dates import typed_day
from conversations.roles import Act
from conversations.scene import Scene
from conversations.words import plain

_LONGEST_TITLE = 100
_LONGEST_CODE = 20
_LONGEST_EVENT = timedelta(days=366)
_ENGLISH, _FRENCH, _START, _END = Act.TEMPLATE_ENGLISH, Act.TEMPLATE_FRENCH, Act.TEMPLATE_START, Act.TEMPLATE_END

PROMPTS: Mapping[Act, Words] = {
    _ENGLISH: phrase("What is your event called in English?"),
    _FRENCH: phrase("And in French?"),
    _START: phrase("On which day does it begin? For example 12 March 2027."),
    _END: phrase("On which day does it end?"),
}


def _asked(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, specimen = _at_hand(scene)
    if specimen is None:
        return _begun(conversation, duty, 1)
    which = message(
        phrase("The workbook holds all that your event sends: surveys, key messages, the calendar, in both languages."),
        phrase("Which one do you need?"),
        keyboard=(
            (Key(short("button", "For a new event"), Manage(Act.TEMPLATE_NEW, duty.event_id)),),
            (Key(specimen.event.title, Manage(Act.TEMPLATE_SAME, duty.event_id)),),
        ),
    )
    return shown(conversation, which, tap=tap)


def _same(conversation: Conversation, _button: Manage, scene: Scene, _tap: bool) -> Turn:
    _, specimen = _at_hand(scene)
    if specimen is None:
        return Turn(conversation, (Toast(phrase("There is nothing to show yet. Send me a workbook first.")),))
    event = specimen.event
    facts = {
        "code": event.code,
        "title_en": event.title.en,
        "title_fr": event.title.fr,
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "timezone": event.timezone,
        "contact_en": event.contact.en,
        "contact_fr": event.contact.fr,
    }
    return Turn(conversation, (Toast(), Say(_workbook(facts))))


def _new(conversation: Conversation, _button: Manage, scene: Scene, _tap: bool) -> Turn:
    return _begun(conversation, _at_hand(scene)[0], 0)


def _begun(conversation: Conversation, duty: Duty, item: int) -> Turn:
    """The first of the questions; with the item 1 they are about the event of the duty, of which nothing is known."""
    step = Writing(duty.event_id, _ENGLISH, item, aside(conversation.step))
    return asking(conversation, step, message(PROMPTS[_ENGLISH]), Toast())


def _titled(conversation: Conversation, step: Writing, text: str, _scene: Scene) -> Turn:
    title = " ".join(text.split())
    if not plain(title) or len(title) > _LONGEST_TITLE:
        return _again(
            conversation, phrase("A title has 1 to {most} characters. Please type it again.", most=_LONGEST_TITLE)
        )
    following = _FRENCH if step.act is _ENGLISH else _START
    return _on(conversation, step, following, title)


def _begins(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn:
    day = typed_day(text, today_of(conversation, scene))
    if not isinstance(day, date):
        return _again(conversation, day)
    return _on(conversation, step, _END, day.isoformat())


def _ends(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn:
    duty, _ = _at_hand(scene)
    english, french, start = step.notes
    begins = date.fromisoformat(start)
    day = typed_day(text, today_of(conversation, scene))
    if not isinstance(day, date):
        return _again(conversation, day)
    if not begins <= day <= begins + _LONGEST_EVENT:
        return _again(conversation, phrase("The last day comes on or after the first one, {day}.", day=begins))
    facts = {
        "code": duty.event if step.item else code_from(english, begins.year),
        "title_en": english,
        "title_fr": french,
        "start": start,
        "end": day.isoformat(),
        "timezone": conversation.zone or "",
    }
    return Turn(replace(conversation, step=step.before), (Say(_workbook(facts)),))


def code_from(title: str, year: int) -> str:
    """A code for an event, made from its title and year: small letters and digits, as invitation links take them."""
    words = re.sub(r"[^a-z0-9]+", "-", plain(title).encode("ascii", "ignore").decode()).strip("-")
    longest = _LONGEST_CODE - len(f"-{year}")
    if len(words) > longest:
        # Whole words, as far as there is more than one.
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    return f"{words.strip('-') or 'event'}-{year}"


def _on(conversation: Conversation, step: Writing, following: Act, note: str) -> Turn:
    going_on = replace(step, act=following, notes=(*step.notes, note))
    return asking(conversation, going_on, message(PROMPTS[following]))


def _again(conversation: Conversation, hint: Words) -> Turn:
    return Turn(conversation, (Say(message(hint)),))


def _workbook(facts: Mapping[str, str]) -> Message:
    said = message(
        strong(phrase("Here is your workbook.")),
        phrase("It holds a small example in every sheet, and says in both languages what each column is for."),
        phrase("Fill it in, then send it to me here. I check it first: nothing is published until you say so."),
    )
    return replace(said, files=(File(FileKind.TEMPLATE, tuple(facts.items())),))


def _at_hand(scene: Scene) -> tuple[Duty, Specimen | None]:
    assert scene.desk is not None and scene.desk.duty is not None  # noqa: S101, PT018 # as loaded
    return scene.desk.duty, scene.desk.specimen


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.TEMPLATE: _asked,
    Act.TEMPLATE_SAME: _same,
    Act.TEMPLATE_NEW: _new,
}
WRITTEN: Mapping[Act, Callable[[Conversation, Writing, str, Scene], Turn]] = {
    _ENGLISH: _titled,
    _FRENCH: _titled,
    _START: _begins,
    _END: _ends,
}
