"""Leaving: from that one word on nothing more is sent; a tap then confirms it, or takes it back."""

from dataclasses import replace

from conversations.buttons import Go, Move
from conversations.conversation import Conversation, Idle, Leaving, behind
from conversations.desk import THEIR_BROADCASTS, Duty
from conversations.effects import Leave, PersonalEffect, Revise, Say, SayKind, Toast, Turn
from conversations.messages import Key, Message, message, phrase, short
from conversations.model import Words
from conversations.roles import Act, command
from conversations.scene import Scene
from conversations.team_effects import Record, TellTeam


def asked(conversation: Conversation, scene: Scene) -> Turn:
    """The person said stop. Whoever looks after an event is asked even if they take part in none.

    In a hurry the word may be meant for the messages of that event, and it would take their role from them.
    """
    if not scene.enrolments and not _duties(scene):
        gone = phrase("You are not part of any event here, and nothing will be sent to you.")
        # Whoever waits to be confirmed for a team is let go by this as well.
        return Turn(replace(conversation, step=Idle()), (Leave(), Say(message(gone))))
    serial = conversation.serial + 1
    leaving = replace(conversation, step=Leaving(behind(conversation.step)), serial=serial)
    return Turn(leaving, (Say(_question(serial, scene), serial=serial),))


def restated(conversation: Conversation, scene: Scene) -> Turn:
    """The question whether to leave, once more."""
    serial = conversation.serial + 1
    return Turn(replace(conversation, serial=serial), (Say(_question(serial, scene), serial=serial),))


def left(conversation: Conversation, scene: Scene, *, tap: bool) -> Turn:
    """The person confirmed; the teams that they leave are told, and the audit log has it."""
    lines = [phrase("You have left. Nothing more will be sent to you.")]
    if scene.enrolments:
        lines.append(phrase("Your answers so far stay with the team, under a code without your name."))
        lines.append(phrase("Thank you for having been part of it. To come back, open your invitation link again."))
    farewell, gone = message(*lines), replace(conversation, step=Idle())
    teams = tuple(effect for each in _duties(scene) for effect in _out_of(each))
    if tap:
        return Turn(gone, (Toast(), *teams, Leave(), Revise(farewell)))
    return Turn(gone, (*teams, Leave(), Say(farewell, SayKind.RECEIPT)))


def stayed(conversation: Conversation, step: Leaving, *, tap: bool) -> Turn:
    """The person stays: back to where they were."""
    staying = message(phrase("Good to have you. Everything stays as it was."))
    back = replace(conversation, step=step.before)
    return Turn(back, (Toast(), Revise(staying)) if tap else (Say(staying),))


def unclear(conversation: Conversation) -> Turn:
    """Neither yes nor no."""
    return Turn(conversation, (Say(message(phrase("Please tap one of the buttons above."))),))


def _duties(scene: Scene) -> tuple[Duty, ...]:
    return scene.desk.duties if scene.desk is not None else ()


def _out_of(duty: Duty) -> tuple[PersonalEffect, ...]:
    told = phrase("Somebody has left the team of {event}.", event=duty.title)
    record = Record(Act.TEAM, duty.event, 0, (Leave.__name__,))
    return record, TellTeam(duty.event_id, Act.TEAM, message(told, THEIR_BROADCASTS))


def _question(serial: int, scene: Scene) -> Message:
    lines: list[Words] = [phrase("Do you want to leave? Until you answer, nothing is sent to you.")]
    lines += [phrase("You would leave the team of {event} as well.", event=each.title) for each in _duties(scene)]
    if _duties(scene):
        stop = phrase("To stop all messages of an event, to everybody: {command}", command=command(Act.PAUSE_ALL))
        lines.append(stop)
    return message(
        *lines,
        keyboard=(
            (Key(short("button", "Yes, leave"), Go(serial, Move.YES)),),
            (Key(short("button", "No, stay"), Go(serial, Move.NO)),),
        ),
    )
