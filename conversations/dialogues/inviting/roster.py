"""A list of people who are expected: each gets a link of their own, and how many have come has an honest denominator.

Names go back to whoever sent them, in a workbook beside the links, and are kept nowhere.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from conversations.attachments import Attachment, Kind
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Reading, Trouble, asking, link, shown
from conversations.dialogues.inviting.common import at_hand, back, can_invite, closed, gone
from conversations.effects import Say, Toast, Turn
from conversations.inviting import Inviting
from conversations.inviting_effects import Expect, ExpectNobody, Guest
from conversations.messages import File, FileKind, Key, Message, Paragraph, counted, message, phrase, short, strong
from conversations.model import Phrase, Words
from conversations.roles import Act
from conversations.rosters import Fault, Listing, part_named
from conversations.scene import Scene
from conversations.team_effects import ReadFile

PROMPTS: Mapping[Act, Words] = {
    Act.ROSTER: phrase("Please send the list of people as a file now (.xlsx or .csv)."),
}
_ENDINGS: Final = frozenset({".xlsx", ".csv", ".txt", ".xls"})
_MOST_FAULTS: Final = 8


def asked(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    """Says what the list is to look like, and waits for it."""
    duty, inviting = at_hand(scene)
    if inviting is None or not can_invite(duty):
        return shown(conversation, closed(duty), tap=tap)
    lines: list[Words | Paragraph] = [
        strong(phrase("People expected at {event}", event=duty.title)),
        PROMPTS[Act.ROSTER],
        phrase("It needs a column “name”; all other columns but “part” are passed over."),
    ]
    if inviting.event.parts:
        named = ", ".join(each.name for each in inviting.event.parts)
        lines.append(phrase("A column “part” says what each is invited as: {parts}. It may be empty.", parts=named))
    lines.append(phrase("You get it back with a link for each person. I keep no names."))
    step = Writing(duty.event_id, Act.ROSTER, 0, aside(conversation.step))
    return asking(conversation, step, message(*lines), *((Toast(),) if tap else ()))


def sent(conversation: Conversation, step: Writing, file: Attachment, scene: Scene) -> Turn:
    """The list has come: it is read beside the conversation."""
    duty, inviting = at_hand(scene)
    if inviting is None or not can_invite(duty):
        return Turn(replace(conversation, step=step.before), (Say(closed(duty)),))
    if file.kind is not Kind.DOCUMENT or (file.ending and file.ending not in _ENDINGS):
        return Turn(conversation, (Say(message(PROMPTS[Act.ROSTER])),))
    reading = ReadFile(Act.ROSTER, duty.event_id, 0, file)
    wait = message(phrase("Thank you. I am reading the list; that takes a few seconds."))
    return Turn(replace(conversation, step=step.before), (reading, Say(wait)))


def read_in(conversation: Conversation, reading: Reading, scene: Scene) -> Turn:
    """The list was read: the links, or what is wrong with it."""
    duty, inviting = at_hand(scene)
    if reading.trouble is not None or inviting is None or inviting.listing is None:
        return Turn(conversation, (Say(message(_TROUBLES[reading.trouble or Trouble.UNREADABLE])),))
    if not can_invite(duty):
        return Turn(conversation, (Say(closed(duty)),))
    faults = (*inviting.listing.roster.faults, *_unknown_parts(inviting, inviting.listing))
    if faults:
        return Turn(conversation, (Say(_faulty(sorted(faults, key=lambda each: each.row or 0))),))
    guests = tuple(
        Guest(person.name, part_named(person.part, inviting.event) or "", code)
        for person, code in zip(inviting.listing.roster.people, inviting.listing.codes, strict=True)
    )
    expect = Expect(duty.event_id, guests)
    told = _links(guests, inviting.listing, inviting, scene)
    return Turn(conversation, (expect, Say(replace(told, keyboard=(back(duty),)))))


def starting_anew(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    """Asks whether nobody is to be expected any more."""
    duty, inviting = at_hand(scene)
    if inviting is None or not inviting.expected:
        return gone(conversation)
    really = message(
        strong(phrase("Start the list anew?")),
        phrase("Nobody is expected any more, and everybody’s own link stops working at once."),
        phrase("Whoever has joined stays in the event, but is not counted among those expected any more."),
        keyboard=(
            (Key(short("button", "Yes, start anew"), _anew(duty.event_id, inviting)),),
            (Key(short("button", "Back"), Manage(Act.INVITE, duty.event_id)),),
        ),
    )
    return shown(conversation, really, tap=tap)


def started_anew(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """The list is empty, unless it has changed since it was asked about."""
    duty, inviting = at_hand(scene)
    if inviting is None or not inviting.expected or button != _anew(duty.event_id, inviting):
        return gone(conversation)
    done = message(
        phrase("The list is empty. The links of before do not work any more."),
        keyboard=((Key(short("button", "Send a list of people"), Manage(Act.ROSTER, duty.event_id)),), back(duty)),
    )
    return shown(conversation, done, ExpectNobody(duty.event_id), tap=tap)


_TROUBLES: Mapping[Trouble, Phrase] = {
    Trouble.GONE: phrase(
        "I cannot get this file: it is larger than 20 MB, or not there any more. Please send it again."
    ),
    Trouble.UNREADABLE: phrase(
        "This file could not be read: it took too long or too much room. Copy the names into a new workbook, without "
        "formatting, and send that one."
    ),
}


def _anew(event_id: int, inviting: Inviting) -> Manage:
    return Manage(Act.ROSTER_ANEW_FOR_GOOD, event_id, 0, inviting.expected)


def _unknown_parts(inviting: Inviting, listing: Listing) -> tuple[Fault, ...]:
    known = ", ".join(each.name for each in inviting.event.parts)
    return tuple(
        Fault(
            each.row,
            phrase("{part} is none of the parts of this event", part=each.part),
            phrase("write one of {words}", words=known),
        )
        for each in listing.roster.people
        if part_named(each.part, inviting.event) is None
    )


def _faulty(faults: list[Fault]) -> Message:
    lines: list[Words | Paragraph] = [strong(phrase("The list was not taken."))]
    lines += [_line(each) for each in faults[:_MOST_FAULTS]]
    if len(faults) > _MOST_FAULTS:
        lines.append(counted("And {count} fault more.", "And {count} faults more.", len(faults) - _MOST_FAULTS))
    lines.append(phrase("Please put it right and send it again with /roster."))
    return message(*lines)


def _line(fault: Fault) -> Phrase:
    if fault.row is None:
        return phrase("{problem} -> {remedy}", problem=fault.problem, remedy=fault.remedy)
    place = phrase("row {number}", number=str(fault.row))
    return phrase("{place}: {problem} -> {remedy}", place=place, problem=fault.problem, remedy=fault.remedy)


def _links(guests: tuple[Guest, ...], listing: Listing, inviting: Inviting, scene: Scene) -> Message:
    assert scene.desk is not None  # noqa: S101 # it held the list
    facts = [("title_en", inviting.event.title.en), ("title_fr", inviting.event.title.fr)]
    for guest in guests:
        facts += [("name", guest.name), *_part_facts(guest, inviting), ("link", link(scene.desk, guest.code))]
    new = sum(listing.new)
    said = message(
        strong(
            counted(
                "{count} person on this list has a link of their own.",
                "{count} people on this list have a link of their own.",
                len(guests),
            )
        ),
        counted("{count} of them is new.", "{count} of them are new.", new),
        *(_line(each) for each in listing.roster.remarks),
        phrase("The workbook above has them, with a message to send to each. Every link is for one person."),
        phrase("I have kept no names. Save the workbook in a safe place, then delete both files from this chat."),
    )
    return replace(said, files=(File(FileKind.LINKS, tuple(facts)),))


def _part_facts(guest: Guest, inviting: Inviting) -> list[tuple[str, str]]:
    if not guest.part:
        return []
    label = inviting.part(guest.part)
    return [("part_en", label.en), ("part_fr", label.fr)] if label is not None else []
