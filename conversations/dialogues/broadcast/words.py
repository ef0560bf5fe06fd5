"""How broadcasts are told to whoever coordinates: whom they are for, how many they reach, what has become of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from conversations.broadcasts import (
    FEWEST,
    RUNNING,
    Audience,
    Broadcast,
    BroadcastState,
    Reach,
    Refusal,
    Tally,
)
from conversations.desk import Duty
from conversations.dialogues.broadcast.common import key
from conversations.messages import Key, Message, Paragraph, counted, message, phrase, short, strong
from conversations.model import Bilingual, Event, Language, Phrase, Question, QuestionType, Words
from conversations.roles import Act
from conversations.schedule import PART_NAME

_STATES: Mapping[BroadcastState, Phrase] = {
    BroadcastState.DRAFT: short("state of a broadcast", "draft"),
    BroadcastState.WAITING: short("state of a broadcast", "waits for consent"),
    BroadcastState.CONFIRMED: short("state of a broadcast", "being sent"),
    BroadcastState.PAUSED: short("state of a broadcast", "paused"),
    BroadcastState.CANCELLED: short("state of a broadcast", "cancelled"),
    BroadcastState.OVER: short("state of a broadcast", "done"),
}

_QUARTERS = 4

_QUIET = phrase(
    "What became of it is told once it is over, in steps of five, and not at all with “answered or not”: otherwise one "
    "could find out about one person."
)


def state(one: Broadcast) -> Phrase:
    """How far it is, in a word or two."""
    return _STATES[one.state]


def report(one: Broadcast, tally: Tally, duty: Duty, now: datetime) -> Message:
    """What has become of a confirmed broadcast, with what can be done about it."""
    if one.state is BroadcastState.CANCELLED and tally.reached_nobody:
        return _taken_back(one, duty)
    lines: list[Words | Paragraph] = [strong(_headline(one, now, duty))]
    if not one.letter.audience.survey:
        over = one.state not in RUNNING and not tally.waiting
        lines += _roughly(tally) if over else _bar(tally)
    lines.append(_QUIET)
    paragraphs = tuple(each if isinstance(each, Paragraph) else Paragraph(each) for each in lines)
    return Message(paragraphs, tuple((each,) for each in _controls(one, duty, now)))


def _taken_back(one: Broadcast, duty: Duty) -> Message:
    """One that reached nobody can be written anew by whoever wrote it."""
    anew = key(short("button", "Write it anew"), Act.BROADCAST_AGAIN, duty, one)
    told = phrase("Broadcast {number} of {event} was taken back: it reached nobody.", number=one.id, event=duty.title)
    return message(told, keyboard=((anew,),) if one.mine else ())


def _headline(one: Broadcast, now: datetime, duty: Duty) -> Phrase:
    values = {"number": one.id, "event": duty.title}
    if one.can_be_undone(now) and one.state is BroadcastState.CONFIRMED:
        return phrase("Broadcast {number} of {event}: for one minute nothing leaves, and you can undo it.", **values)
    match one.state:
        case BroadcastState.PAUSED:
            return phrase("Broadcast {number} of {event} is paused: nothing of it leaves.", **values)
        case BroadcastState.CANCELLED:
            return phrase("Broadcast {number} of {event} was cancelled.", **values)
        case BroadcastState.OVER:
            return phrase("Broadcast {number} of {event} is done.", **values)
        case _:
            return phrase("Broadcast {number} of {event} is being sent.", **values)


def _controls(one: Broadcast, duty: Duty, now: datetime) -> list[Key]:
    keys: list[Key] = []
    if one.can_be_undone(now):
        keys.append(key(short("button", "Undo"), Act.BROADCAST_UNDO, duty, one))
    elif one.state is BroadcastState.CONFIRMED:
        keys.append(key(short("button", "Pause it"), Act.BROADCAST_PAUSE, duty, one))
    if one.state is BroadcastState.PAUSED:
        keys.append(key(short("button", "Go on sending"), Act.BROADCAST_RESUME, duty, one))
    if one.state in RUNNING:
        keys.append(key(short("button", "Cancel it"), Act.BROADCAST_CANCEL, duty, one))
        keys.append(key(short("button", "How far is it?"), Act.BROADCAST_SHOW, duty, one))
    return keys


def _bar(tally: Tally) -> list[Paragraph]:
    """How far it is in quarters, when each of them is at least `FEWEST` people."""
    if tally.recipients < _QUARTERS * FEWEST:
        return []
    full = _QUARTERS * tally.done // tally.recipients
    return [Paragraph("▓▓▓" * full + "░░░" * (_QUARTERS - full))]


def _roughly(tally: Tally) -> list[Paragraph]:
    """Once it is over, what became of those whom it was for, in steps of five, without a reason."""
    lines: tuple[Phrase, ...] = (
        phrase("Sent: {count}", count=_floor(tally.sent)),
        phrase("Held back: {count}", count=_floor(sum(count for _, count in tally.held))),
        phrase("Blocked the bot, or gone: {count}", count=_floor(tally.blocked)),
        phrase("In doubt, or failed: {count}", count=_floor(tally.in_doubt + tally.failed)),
    )
    return [Paragraph(each, close=place > 0) for place, each in enumerate(lines)]


def _floor(count: int) -> Phrase:
    """None of them looks like a few."""
    if count < FEWEST:
        return phrase("fewer than 5")
    return phrase("{count} or more", count=count - count % FEWEST)


def reach_lines(reach: Reach) -> list[Words]:
    """How many it is for, or why that is not told."""
    if reach.refusal is not None:
        return [refused(reach.refusal)]
    rest = phrase("Left out is who has left, paused, cannot be written to, or agreed to no messages.")
    if reach.by_answers:
        return [phrase("How many have answered is told by /status alone."), rest]
    return [phrase("Meant: {count}", count=_floor(reach.meant) if reach.meant else "0"), rest]


def refused(why: Refusal) -> Phrase:
    """Why this audience is not possible, and what to do."""
    match why:
        case Refusal.COMBINED:
            return phrase(
                "Not possible: with “answered or not”, choose one other criterion at most, and no day of joining. "
                "Otherwise one could find out who answered."
            )
        case Refusal.SMALL_GROUP:
            return phrase(
                "Not possible: with “answered or not”, each group you choose needs at least 5 people. "
                "Otherwise one could find out who answered."
            )
        case Refusal.TOO_FEW:
            return phrase(
                "Not possible: fewer than 5 people would be chosen, or left, by what they answered. "
                "Otherwise one could find out who they are. Choose a larger audience."
            )


def audience_lines(audience: Audience, event: Event) -> list[Words]:
    """Whom it is for, a line for each criterion."""
    lines: list[Words] = []
    if audience.language is not None:
        lines.append(_language(audience.language))
    if audience.survey:
        title = next((each.title for each in event.surveys if each.name == audience.survey), audience.survey)
        answered = phrase("Answered: {survey}", survey=title)
        lines.append(answered if audience.answered else phrase("Has not answered: {survey}", survey=title))
    if audience.joined_before is not None:
        lines.append(phrase("Joined before {day}", day=audience.joined_before))
    for question in choosable(event):
        chosen = [each.label for each in question.choices if each.name in audience.chosen(question.name)]
        if chosen:
            lines.append(phrase("{question} {choices}", question=question.label, choices=_listed(chosen)))
    return lines or [phrase("Everybody who takes part")]


def _language(language: Language) -> Phrase:
    return phrase("Reads English") if language is Language.EN else phrase("Reads French")


def _listed(labels: Sequence[Bilingual]) -> Bilingual:
    """Some labels, one after another."""
    return Bilingual(", ".join(each.en for each in labels), ", ".join(each.fr for each in labels))


def choosable(event: Event) -> tuple[Question, ...]:
    """The profile questions by which people can be chosen, and what they were invited as."""
    parts = (Question(PART_NAME, QuestionType.SELECT_ONE, _INVITED_AS, choices=event.parts),) if event.parts else ()
    return (*(each for each in event.profile if each.choices), *parts)


_INVITED_AS = Bilingual("Invited as:", "Invitation comme\u00a0:")


def days(count: int) -> Phrase:
    """For how long it is worth sending."""
    return counted("{count} day", "{count} days", count)
