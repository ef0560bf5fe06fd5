"""A pause until a day that the person names: asked for, read, and back to where they were."""

from dataclasses import replace
from datetime import date, timedelta

from conversations.agenda import beginning, today_of, wishing
from conversations.buttons import Go, Move
from conversations.conversation import Conversation, Pausing, aside
from conversations.effects import Revise, Say, Toast, Turn
from conversations.messages import Key, Message, message, phrase, short
from conversations.reading import Misread
from conversations.reading.dates import day_in
from conversations.scene import Scene

_LONGEST = timedelta(days=366)


def asked(conversation: Conversation) -> Turn:
    """The person wants a pause, until a day that is still to be named."""
    serial = conversation.serial + 1
    pausing = replace(conversation, step=Pausing(aside(conversation.step)), serial=serial)
    return Turn(pausing, (Toast(), Revise(_question(serial), serial=serial)))


def restated(conversation: Conversation) -> Turn:
    """The question for the day, once more."""
    serial = conversation.serial + 1
    return Turn(replace(conversation, serial=serial), (Say(_question(serial), serial=serial),))


def said(conversation: Conversation, step: Pausing, text: str, scene: Scene) -> Turn:
    """The day was typed: the pause begins, and the person is back where they were. Otherwise it is asked again."""
    today = today_of(conversation, scene)
    day = day_in(text, today, ahead=True)
    if day is None:
        return _unclear(conversation, message(phrase("Type a day, such as 12 March, “next Monday” or “in 3 weeks”.")))
    if isinstance(day, Misread):
        return _unclear(conversation, message(day.hint))
    if not today < day <= today + _LONGEST:
        return _unclear(conversation, message(phrase("Please choose a day after today, within a year.")))
    until = beginning(day, conversation, scene)
    effects, _ = wishing(replace(scene.wishes, paused_until=until), scene)
    back = replace(conversation, step=step.before)
    closed = Revise(message(phrase("The pause is set.")), carrying=conversation.serial)
    return Turn(back, (*effects, closed, Say(_confirmed(day))))


def _unclear(conversation: Conversation, hint: Message) -> Turn:
    return Turn(conversation, (Say(hint),))


def _confirmed(day: date) -> Message:
    return message(
        phrase("Paused until {day}: nothing is sent to you before.", day=day),
        phrase("What you open yourself works as ever. To change this any time: /calendar"),
    )


def _question(serial: int) -> Message:
    return message(
        phrase("Until which day should nothing be sent to you? From that day on, messages come again."),
        phrase("Type a day, such as 12 March, “next Monday” or “in 3 weeks”."),
        keyboard=((Key(short("button", "Back"), Go(serial, Move.BACK)),),),
    )
