"""What the screens of inviting have in common: what they look at, and how an invitation is told of."""

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty
from conversations.disclosure import FEWEST, span
from conversations.effects import Toast, Turn
from conversations.figures import figure, open_ended
from conversations.inviting import Inviting, Issued
from conversations.messages import Key, Message, counted, message, phrase, short
from conversations.model import EventState, Phrase, Words
from conversations.roles import Act
from conversations.scene import Scene


def at_hand(scene: Scene) -> tuple[Duty, Inviting | None]:
    """The role that the scene's person acts in, and what they look at; None while nothing is published."""
    assert scene.desk is not None and scene.desk.duty is not None  # noqa: S101, PT018 # as loaded
    return scene.desk.duty, scene.desk.inviting


def can_invite(duty: Duty) -> bool:
    """Whether anybody could join now."""
    return duty.state is EventState.LIVE


def closed(duty: Duty) -> Message:
    """Said while nobody can be invited."""
    if duty.state is EventState.DRAFT:
        return message(
            phrase("{event} is not published yet: nobody can be invited.", event=duty.title),
            phrase("Fill in the workbook of /template, send it to me, then /publish."),
        )
    return message(phrase("{event} takes nobody in at the moment: there is nobody to invite.", event=duty.title))


def gone(conversation: Conversation) -> Turn:
    """A button that is older than what it is about."""
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /invite.")),))


def for_whom(inviting: Inviting, part: str) -> Words:
    """Whom an invitation is for."""
    return inviting.part(part) or short("invited as nothing in particular", "Anybody")


def taken(issued: Issued) -> Phrase:
    """How many places there are, and how many of them are taken as far as that is told."""
    if issued.places is None:
        return phrase("any number of people, {people} so far", people=figure(open_ended(issued.uses)))
    if issued.places < FEWEST:
        return counted("{count} place", "{count} places", issued.places)
    people = figure(span(min(issued.uses, issued.places), issued.places), issued.places)
    return phrase("{places} places, {people} of them taken", places=issued.places, people=people)


def to(act: Act, duty: Duty, issued: Issued | None = None) -> Manage:
    """The button that does that, to that invitation if one is named."""
    return Manage(act, duty.event_id, issued.number if issued is not None else 0)


def back(duty: Duty) -> tuple[Key]:
    """The row that leads to all invitations."""
    return (Key(short("button", "All invitations"), to(Act.INVITE, duty)),)
