"""Leaving: from that one word on nothing more is sent; a tap then confirms it, or takes it back."""

from dataclasses import replace

from conversations.buttons import Go, Move
from conversations.conversation import Conversation, Idle, Leaving, behind
from conversations.effects import Leave, Revise, Say, SayKind, Toast, Turn
from conversations.messages import Key, Message, message, phrase, short
from conversations.roles import Act, command
from conversations.scene import Scene


def asked(conversation: Conversation, scene: Scene) -> Turn:
    """The person said stop."""
    of_a_team = scene.desk is not None and scene.desk.duties != ()
    if not scene.enrolments and not of_a_team:
        gone = phrase("You are not part of any event here, and nothing will be sent to you.")
        # Whoever waits to be in a team is let go by this as well.
        return Turn(replace(conversation, step=Idle()), (Leave(), Say(message(gone))))
    serial = conversation.serial + 1
    leaving = replace(conversation, step=Leaving(behind(conversation.step)), serial=serial)
    return Turn(leaving, (Say(_question(serial, of_a_team=of_a_team), serial=serial),))


def restated(conversation: Conversation) -> Turn:
    """The question whether to leave, once more."""
    serial = conversation.serial + 1
    return Turn(replace(conversation, serial=serial), (Say(_question(serial), serial=serial),))


def left(conversation: Conversation, scene: Scene, *, tap: bool) -> Turn:
    """The person confirmed."""
    farewell = message(phrase("You have left. Nothing more will be sent to you."))
    if scene.enrolments:  # otherwise they answered nothing, and no link lets them in again
        farewell = message(
            *farewell.paragraphs,
            phrase("Your answers so far stay with the team, under a code without your name."),
            phrase("Thank you for having been part of it. To come back, open your invitation link again."),
        )
    gone = replace(conversation, step=Idle())
    if tap:
        return Turn(gone, (Toast(), Leave(), Revise(farewell)))
    return Turn(gone, (Leave(), Say(farewell, SayKind.RECEIPT)))


def stayed(conversation: Conversation, step: Leaving, *, tap: bool) -> Turn:
    """The person stays: back to where they were."""
    staying = message(phrase("Good to have you. Everything stays as it was."))
    back = replace(conversation, step=step.before)
    return Turn(back, (Toast(), Revise(staying)) if tap else (Say(staying),))


def unclear(conversation: Conversation) -> Turn:
    """Neither yes nor no."""
    return Turn(conversation, (Say(message(phrase("Please tap one of the buttons above."))),))


def _question(serial: int, *, of_a_team: bool = False) -> Message:
    lines = [phrase("Do you want to leave? Until you answer, nothing is sent to you.")]
    if of_a_team:
        lines += [
            phrase("You would also leave your team. Only a new invitation lets you in again."),
            phrase("To stop all messages of an event: {command}", command=command(Act.PAUSE_ALL)),
        ]
    return message(
        *lines,
        keyboard=(
            (Key(short("button", "Yes, leave"), Go(serial, Move.YES)),),
            (Key(short("button", "No, stay"), Go(serial, Move.NO)),),
        ),
    )
