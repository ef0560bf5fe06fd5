"""The overview of an event, one wave of a survey, and how its answers came in.

Nobody is ever named or listed here, and of answers themselves nothing is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, shown
from conversations.dialogues.following.common import (
    back,
    can_remind,
    duty_of,
    following_of,
    gone,
    local,
    name_of,
    to,
    unpublished,
    wave_of,
)
from conversations.disclosure import FEWEST, percent, span, spread
from conversations.effects import Say, Toast, Turn
from conversations.figures import figure
from conversations.following import Following, Often, Told, Wave, told, unanswered
from conversations.following_effects import KeepHeadcount
from conversations.messages import (
    File,
    FileKind,
    Key,
    Message,
    Paragraph,
    counted,
    message,
    phrase,
    short,
    strong,
)
from conversations.model import Bilingual, Phrase, Words
from conversations.roles import Act
from conversations.scene import Scene

PAGE: Final = 4
"""Waves on one screen."""
_SUMMARY: Mapping[Often | None, Phrase] = {
    None: short("button", "Summary: off"),
    Often.DAILY: short("button", "Summary: every day"),
    Often.WEEKLY: short("button", "Summary: weekly"),
}


def status(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """The overview: who takes part, in figures, and the waves, a few at a time."""
    duty, following = duty_of(scene), following_of(scene)
    if following is None:
        return shown(conversation, unpublished(duty), tap=tap)
    overview = _overview(duty, following, button.item)
    if following.headcount is None or not following.fresh:
        return shown(conversation, overview, tap=tap)
    return shown(conversation, overview, KeepHeadcount(duty.event_id, following.headcount), tap=tap)


def _overview(duty: Duty, following: Following, page: int) -> Message:
    first = min(page, max(len(following.waves) - 1, 0) // PAGE) * PAGE
    waves = following.waves[first : first + PAGE]
    lines: list[Words | Paragraph] = [
        strong(phrase("How {event} goes", event=duty.title)),
        counted("{count} person has joined so far.", "{count} people have joined so far.", following.joined),
        *_people(following),
    ]
    numbered = [*enumerate(waves, first + 1)]
    lines += [Paragraph(_line(number, each), close=number > first + 1) for number, each in numbered]
    lines += [phrase("No survey was due so far.")] if not waves else []
    keys = tuple(Key(str(number), to(Act.WAVE, duty, each)) for number, each in numbered)
    rows = [keys] if keys else []
    turning = _pages(duty, first // PAGE, len(following.waves))
    rows += [turning] if turning else []
    return message(*lines, keyboard=(*rows, (Key(_SUMMARY[following.often], to(Act.SUMMARY, duty)),)))


def _pages(duty: Duty, page: int, waves: int) -> tuple[Key, ...]:
    newer = (Key(short("button", "Newer surveys"), Manage(Act.STATUS, duty.event_id, page - 1)),) if page else ()
    more = (page + 1) * PAGE < waves
    older = (Key(short("button", "Older surveys"), Manage(Act.STATUS, duty.event_id, page + 1)),) if more else ()
    return newer + older


def _people(following: Following) -> list[Paragraph]:
    headcount = following.headcount
    if headcount is None or headcount.whole < FEWEST:
        return [Paragraph(phrase("How many of them are active is told from ten people on."))]
    left, unreachable, paused, silent, active = (figure(each, headcount.whole) for each in spread(headcount.parts))
    lines = (
        phrase("active (spoke or tapped in the last 30 days): {people}", people=active),
        phrase("silent for longer: {people}", people=silent),
        phrase("paused: {people}", people=paused),
        phrase("cannot be reached: {people}", people=unreachable),
        phrase("left: {people}", people=left),
    )
    whole = phrase("Of {count} people, counted once a day, in steps of five:", count=headcount.whole)
    return [Paragraph(whole), *(Paragraph(each, close=True) for each in lines)]


def _line(number: int, seen: Wave) -> Phrase:
    known = told(seen)
    if known is None:
        return phrase("{number}. {wave}", number=number, wave=name_of(seen))
    answered = figure(known.completed, seen.due)
    return phrase(
        "{number}. {wave}: {people} of {due} answered", number=number, wave=name_of(seen), people=answered, due=seen.due
    )


def wave(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """One wave: how many answered of how many for whom it was due, and what became of the others."""
    duty, seen, following = duty_of(scene), wave_of(button, scene), following_of(scene)
    if following is None or seen is None:
        return gone(conversation)
    known = told(seen)
    lines = _unknown(seen) if known is None else _known(known, seen, local(following.midnight, scene))
    keys = []
    if can_remind(duty, seen):
        keys.append((Key(short("button", "Remind them"), to(Act.REMIND, duty, seen)),))
    if known is not None:
        keys.append((Key(short("button", "Show as a picture"), to(Act.TREND, duty, seen)),))
    screen = message(strong(name_of(seen)), *lines, keyboard=(*keys, back(duty)))
    return shown(conversation, screen, tap=tap)


def _unknown(seen: Wave) -> Sequence[Words]:
    if seen.due == 0:
        return [phrase("It began today. Answers are told from tomorrow on.")]
    return [
        counted("It was due for {count} person so far.", "It was due for {count} people so far.", seen.due),
        phrase("Answers are told from ten people on: of fewer, a figure could give somebody away."),
    ]


def _known(known: Told, seen: Wave, at: datetime) -> Sequence[Words | Paragraph]:
    rate = percent(known.completed, seen.due)
    lines = (
        phrase("begun, not submitted: {people}", people=figure(known.unfinished, seen.due)),
        phrase("declined: {people}", people=figure(known.declined, seen.due)),
        phrase("never opened: {people}", people=figure(known.unopened, seen.due)),
        phrase("without an answer in all: {people}", people=figure(unanswered(seen), seen.due)),
    )
    answered = figure(known.completed, seen.due)
    return [
        phrase("Answered: {people} of the {due} for whom it was due.", people=answered, due=seen.due),
        phrase(
            "Response rate (AAPOR RR1, submitted of due): {rate}",
            rate=short("figure", "{least} to {most} %", least=rate.least, most=rate.most),
        ),
        *(Paragraph(each, close=number > 0) for number, each in enumerate(lines)),
        phrase("As it was on {time}, in steps of five, so that nobody can be told apart.", time=at),
    ]


def trend(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """How the answers to a wave came in: a picture, and below it what it shows."""
    duty, seen, following = duty_of(scene), wave_of(button, scene), following_of(scene)
    if following is None or seen is None or told(seen) is None or not following.came:
        return gone(conversation)
    steps = [span(each, seen.due).least for each in following.came]
    title = seen.title if isinstance(seen.title, Bilingual) else Bilingual(seen.survey, seen.survey)
    facts = (("en", title.en), ("fr", title.fr), ("people", ",".join(map(str, steps))))
    drawn = message(
        strong(name_of(seen)),
        phrase("How many had answered by the end of each week, in steps of five, of {due}.", due=seen.due),
        keyboard=(back(duty),),
    )
    return Turn(conversation, (Toast(), Say(replace(drawn, files=(File(FileKind.TREND, facts),)))))
