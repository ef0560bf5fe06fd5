"""All invitations of an event, what became of them, and how many of those expected have joined."""

from typing import Final

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, shown
from conversations.dialogues.inviting.common import at_hand, can_invite, closed, for_whom, taken, to
from conversations.disclosure import FEWEST, span
from conversations.effects import Turn
from conversations.figures import figure
from conversations.inviting import Inviting, Issued
from conversations.messages import Key, Paragraph, counted, message, phrase, short, strong
from conversations.model import Phrase, Words
from conversations.roles import Act
from conversations.scene import Scene

PAGE: Final = 5
"""Invitations on one screen."""


def listed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """A page of them; `item` is the first of it."""
    duty, inviting = at_hand(scene)
    if inviting is None:
        return shown(conversation, closed(duty), tap=tap)
    first = button.item // PAGE * PAGE if button.item < len(inviting.issued) else 0
    page = inviting.issued[first : first + PAGE]
    lines: list[Words | Paragraph] = [strong(phrase("Invitations to {event}", event=duty.title))]
    lines += [_line(each, inviting, scene) for each in page]
    lines += [phrase("There is none yet.")] if not inviting.issued else []
    lines += _expected(inviting)
    lines += [] if can_invite(duty) else [phrase("The event is not open: nobody can join at the moment.")]
    numbers = tuple(Key(str(each.number), to(Act.INVITE_THIS, duty, each)) for each in page)
    rows = [numbers, _turning(duty, first, len(inviting.issued)), *_doing(duty, inviting)]
    return shown(conversation, message(*lines, keyboard=tuple(row for row in rows if row)), tap=tap)


def _line(issued: Issued, inviting: Inviting, scene: Scene) -> Phrase:
    told = phrase(
        "{number}. {people}: {places}",
        number=str(issued.number),
        people=for_whom(inviting, issued.part),
        places=taken(issued),
    )
    until = issued.until(inviting.event.timezone)
    if issued.revoked:
        return phrase("{invitation}; revoked", invitation=told)
    if until is None:
        return told
    if not issued.works(scene.now):
        return phrase("{invitation}; over since {day}", invitation=told, day=until)
    return phrase("{invitation}; until {day}", invitation=told, day=until)


def _expected(inviting: Inviting) -> list[Phrase]:
    if not inviting.expected:
        return []
    if inviting.expected < FEWEST:
        told = counted(
            "{count} person is expected. How many have joined is told from ten people on.",
            "{count} people are expected. How many have joined is told from ten people on.",
            inviting.expected,
        )
        return [told]
    whole = inviting.expected
    people = figure(span(inviting.joined, whole), whole)
    return [phrase("Of {number} people expected, {people} have joined by their own link.", number=whole, people=people)]


def _turning(duty: Duty, first: int, count: int) -> tuple[Key, ...]:
    keys = []
    if first:
        keys.append(Key(short("button", "Newer ones"), Manage(Act.INVITE, duty.event_id, first - PAGE)))
    if first + PAGE < count:
        keys.append(Key(short("button", "Older ones"), Manage(Act.INVITE, duty.event_id, first + PAGE)))
    return tuple(keys)


def _doing(duty: Duty, inviting: Inviting) -> list[tuple[Key, ...]]:
    rows: list[tuple[Key, ...]] = []
    if can_invite(duty):
        new = Manage(Act.INVITE_NEW, duty.event_id, 0, inviting.version)
        rows.append((Key(short("button", "New invitation"), new),))
        rows.append((Key(short("button", "Send a list of people"), to(Act.ROSTER, duty)),))
    if inviting.expected:
        rows.append((Key(short("button", "Start the list anew"), to(Act.ROSTER_ANEW, duty)),))
    return rows
