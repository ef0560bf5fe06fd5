"""How broadcasts are told to whoever coordinates: whom they are for, how many they reach, what has become of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from conversations.broadcasts import (
    FEWEST,
    RUNNING,
    Audience,
    Broadcast,
    BroadcastState,
    LeftOut,
    Reach,
    Refusal,
    Tally,
)
from conversations.desk import Duty
from conversations.dialogues.broadcast.common import key
from conversations.messages import Key, Message, Paragraph, counted, message, phrase, short, strong
from conversations.model import Bilingual, Event, Language, Phrase, Question, Words
from conversations.policy import Reason
from conversations.roles import Act

_BAR = 10
_PERCENT = 100

_STATES: Mapping[BroadcastState, Phrase] = {
    BroadcastState.DRAFT: short("state of a broadcast", "draft"),
    BroadcastState.WAITING: short("state of a broadcast", "waits for consent"),
    BroadcastState.CONFIRMED: short("state of a broadcast", "being sent"),
    BroadcastState.PAUSED: short("state of a broadcast", "paused"),
    BroadcastState.CANCELLED: short("state of a broadcast", "cancelled"),
    BroadcastState.OVER: short("state of a broadcast", "done"),
}

_NIGHT = phrase("night, or a day without messages, where they are")
_ENOUGH = phrase("they had got enough messages")
_WHY: Mapping[Reason, Phrase] = {
    **dict.fromkeys((Reason.QUIET_HOURS, Reason.WEEKDAY, Reason.HOLIDAY, Reason.REST), _NIGHT),
    **dict.fromkeys((Reason.WEEKLY_CAP, Reason.TOO_SOON, Reason.UNHEEDED, Reason.SURVEY_FIRST), _ENOUGH),
    Reason.PAUSED: phrase("they asked for a pause"),
    Reason.BUSY: phrase("they were answering questions, or had asked to stop"),
    Reason.LEFT: phrase("they have left"),
    Reason.NO_CONSENT: phrase("they agree to no messages any more"),
    Reason.TOO_LATE: phrase("its time was over"),
    Reason.CANCELLED: phrase("the broadcast was cancelled"),
}
_OTHERWISE = phrase("a fault of the bot")

_LEFT_OUT: Mapping[LeftOut, Phrase] = {
    LeftOut.LEFT: phrase("have left"),
    LeftOut.JOINING: phrase("are still joining"),
    LeftOut.UNREACHABLE: phrase("cannot be written to"),
    LeftOut.NO_CONSENT: phrase("agreed to no messages"),
    LeftOut.PAUSED: phrase("asked for a pause"),
}


def state(one: Broadcast) -> Phrase:
    """How far it is, in a word or two."""
    return _STATES[one.state]


def report(one: Broadcast, tally: Tally, duty: Duty, now: datetime) -> Message:
    """What has become of a confirmed broadcast, with what can be done about it."""
    if one.state is BroadcastState.CANCELLED and tally.reached_nobody:
        return _taken_back(one, duty)
    lines: list[Words | Paragraph] = [strong(_headline(one, now, duty))]
    if one.letter.audience.veiled:
        over = one.state is BroadcastState.OVER and not one.letter.audience.survey
        lines += _roughly(tally) if over else []
        lines.append(phrase("It is for part of the people: more is not told, or one could find out about one of them."))
    elif tally.recipients < FEWEST:
        lines.append(phrase("Fewer than 5 people get it. Numbers so small are not told."))
    else:
        lines += [_bar(tally), *_numbers(tally)]
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


def _bar(tally: Tally) -> Phrase:
    share = tally.done / tally.recipients if tally.recipients else 1.0
    full = int(share * _BAR)
    return phrase("{bar} {percent} %", bar="▓" * full + "░" * (_BAR - full), percent=int(share * _PERCENT))


def _numbers(tally: Tally) -> list[Paragraph]:
    lines: list[tuple[Words, bool]] = [
        (phrase("Recipients: {count}", count=tally.recipients), False),
        (phrase("Sent: {count}", count=tally.sent), True),
    ]
    if tally.waiting:
        lines.append((phrase("Still to be sent: {count}", count=tally.waiting), True))
        lines += _reasons(tally.put_off)
    if tally.held:
        lines.append((phrase("Held back: {count}", count=sum(count for _, count in tally.held)), True))
        lines += _reasons(tally.held)
    if tally.blocked:
        lines.append((phrase("Blocked the bot, or gone: {count}", count=tally.blocked), True))
    if tally.in_doubt:
        doubt = phrase("In doubt: {count} (perhaps there; never sent twice)", count=tally.in_doubt)
        lines.append((doubt, True))
    if tally.failed:
        lines.append((phrase("Failed: {count}", count=tally.failed), True))
    return [Paragraph(words, close=close) for words, close in lines]


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


def _reasons(counts: Iterable[tuple[Reason, int]]) -> list[tuple[Words, bool]]:
    summed: dict[Phrase, int] = {}
    for reason, count in counts:
        why = _WHY.get(reason, _OTHERWISE)
        summed[why] = summed.get(why, 0) + count
    told = ((why, count) for why, count in summed.items() if count >= FEWEST)  # as in `reach_lines`
    return [(phrase("– {count}: {reason}", count=count, reason=why), True) for why, count in told]


def number(count: int) -> Words:
    """A count of people, or that it is a small one, as none is."""
    return phrase("fewer than 5") if count < FEWEST else str(count)


def reach_lines(reach: Reach) -> list[Words]:
    """How many get it and why others do not, or why that is not told."""
    if reach.refusal is not None:
        return [refused(reach.refusal)]
    rest = phrase("Left out is who has left, paused, cannot be written to, or agreed to no messages.")
    if reach.by_answers:
        return [phrase("How many have answered is told by /status alone."), rest]
    if reach.veiled:
        return [phrase("Meant: {count}", count=_floor(reach.recipients) if reach.recipients else "0"), rest]
    lines: list[Words] = [phrase("Recipients: {count}", count="0" if reach.nobody else number(reach.recipients))]
    lines += [
        phrase("– {count} left out: {reason}", count=str(count), reason=_LEFT_OUT[why])
        for why, count in reach.left_out
        if count >= FEWEST  # not even that there are a few: somebody who asks for help pauses
    ]
    return lines if reach.nobody else [*lines, rest]


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
    for question in event.profile:
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
    """The profile questions by which people can be chosen."""
    return tuple(each for each in event.profile if each.choices)


def days(count: int) -> Phrase:
    """For how long it is worth sending."""
    return counted("{count} day", "{count} days", count)
