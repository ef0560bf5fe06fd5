"""Help, and a sensible word wherever nothing else fits."""

from typing import Final

from conversations.commands import lines_for
from conversations.conversation import Conversation
from conversations.effects import Say, Toast, Turn
from conversations.messages import Paragraph, language_key, message, phrase, strong
from conversations.model import Event, Words
from conversations.refusing import why_not
from conversations.scene import Admission, Scene
from conversations.way_to_help import HELP_KEY

_PASS_ON = phrase("/pass_on: slides, a page or pictures for your colleagues")
_LANGUAGE = phrase("/language: English or French")
_STOP = phrase("/stop: leave, nothing more is sent")
_WITHOUT_SLASH = phrase("You can also type these words without the slash.")
_LINES: Final = (
    phrase("Here you answer a few short questions now and then, and refresh what an event was about."),
    phrase("/continue: go on with questions you put aside"),
    phrase("/calendar: see what is coming, move it, or take a break"),
    phrase("/story: share what you achieved, without your name"),
    _PASS_ON,
    _LANGUAGE,
    _STOP,
    phrase("“I need help”: whom you can turn to, and how to ask the team for contact"),
    _WITHOUT_SLASH,
)
_OF_TEAM_ALONE: Final = (_PASS_ON, _LANGUAGE, _STOP, _WITHOUT_SLASH)
"""What concerns somebody of a team who takes part in nothing: a small screen holds it with their commands."""


def helped(conversation: Conversation, scene: Scene) -> Turn:
    """What can be done here; to somebody of a team, also what they can do as such."""
    commands = lines_for(scene.desk.duties) if scene.desk is not None else ()
    contacts = {scene.events[each.revision].contact for each in scene.enrolments if each.revision in scene.events}
    lines = _LINES if scene.enrolments or not commands else _OF_TEAM_ALONE
    told: list[Words | Paragraph] = [*lines, *sorted(contacts, key=lambda words: words.en)]
    if commands:
        told += [strong(phrase("For the team:")), *(Paragraph(each, close=True) for each in commands)]
    return Turn(conversation, (Say(message(*told, keyboard=((HELP_KEY,),))),))


def strange(conversation: Conversation) -> Turn:
    """Words that nothing was asked for."""
    unsure = phrase("No question asks for words now, so these were not kept. To answer, tap a button; see /help.")
    return Turn(conversation, (Say(message(unsure)),))


def wordless(conversation: Conversation) -> Turn:
    """A picture, a sticker, a voice note while nothing is asked."""
    return Turn(conversation, (Say(message(phrase("Only words and buttons work here. See /help."))),))


def unknown_file(conversation: Conversation) -> Turn:
    """A file from somebody who sets events up, of a kind that nothing was asked for."""
    said = message(
        phrase("This file was not read. A workbook comes as .xlsx, .xls or .md: in LibreOffice, save it as .xlsx."),
        phrase("For a list of people send /roster first."),
    )
    return Turn(conversation, (Say(said),))


def uninvited(conversation: Conversation) -> Turn:
    """The chat was opened without an invitation, by somebody who is in no event."""
    welcome = message(
        phrase("Hello! This chat carries a learning event on, with short messages in the year after it."),
        phrase("To join, open the invitation link that the organisers of your event sent you."),
        keyboard=((language_key(conversation.language.other),),),
    )
    return Turn(conversation, (Say(welcome),))


def wrong_code(conversation: Conversation, admission: Admission = Admission.CLOSED) -> Turn:
    """The invitation does not let them in: its code is not known, say."""
    sorry = message(*why_not(admission), keyboard=((language_key(conversation.language.other),),))
    return Turn(conversation, (Say(sorry),))


def welcome_back(conversation: Conversation, event: Event | None) -> Turn:
    """The chat was opened again by somebody who has joined already."""
    back = (
        phrase("Welcome back! You are part of {event} already.", event=event.title)
        if event
        else phrase("Welcome back! You have joined already.")
    )
    return Turn(conversation, (Say(message(back, phrase("See /help for what you can do here."))),))


def nothing_to_continue(conversation: Conversation) -> Turn:
    """/continue while nothing was put aside."""
    return Turn(conversation, (Say(message(phrase("There are no questions waiting for you."))),))


def stale(conversation: Conversation) -> Turn:
    """A button of an older message, or one tapped twice."""
    return Turn(conversation, (Toast(phrase("This button is not in use any more. See the newest message.")),))
