"""The calendar: what is coming from all of a person's events, and how they arrange it."""

from dataclasses import replace
from datetime import date, timedelta

from conversations.agenda import (
    Coming,
    agenda,
    beginning,
    day_of,
    move_by,
    paused_until,
    rearranged,
    today_of,
    waiting,
    wishing,
)
from conversations.buttons import Agenda, Arrange, Bring, Often, Omit, Open, Pause, Shift, Span
from conversations.conversation import Asking, Conversation, Reviewing, behind
from conversations.effects import Decline, PersonalEffect, Replan, Revise, Say, SettleNudge, Toast, Turn
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Phrase, Words
from conversations.policy import Pace, Reason
from conversations.scene import Nudge, Scene
from conversations.timing import TouchpointKind, is_ladder

_SHIFTS: dict[int, Phrase] = {
    3: short("button", "3 days later"),
    7: short("button", "A week later"),
    14: short("button", "Two weeks later"),
}
_FARTHEST = 400
"""Days from now; there is no more in a calendar that lists a year."""
_PACES = tuple(Pace)


def shown(conversation: Conversation, scene: Scene) -> Turn:
    """The person asks for their calendar."""
    return Turn(conversation, (Say(_calendar(conversation, scene)),))


def again(conversation: Conversation, scene: Scene) -> Turn:
    """Back to the calendar, in the message that was tapped."""
    return Turn(conversation, (Toast(), Revise(_calendar(conversation, scene))))


def arranging(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """One thing was picked: what it is, when it comes, and what can be done with it."""
    day = _day(conversation, nudge, scene)
    ahead = (day - today_of(conversation, scene)).days
    moves = [
        Key(words, Shift(nudge.id, ahead + days))
        for days, words in _SHIFTS.items()
        if move_by(conversation, nudge, ahead + days, scene) is not None
    ]
    keys = [Key(short("button: at once", "Now"), Bring(nudge.id)), *moves]
    rows = [tuple(keys[at : at + 2]) for at in range(0, len(keys), 2)]
    picked = message(
        strong(phrase("{day}: {what}", day=day, what=_what(nudge, scene))),
        phrase("When would you like it?"),
        keyboard=(
            *rows,
            (Key(short("button", "Leave it out"), Omit(nudge.id)),),
            (Key(short("button", "Back"), Agenda()),),
        ),
    )
    return Turn(conversation, (Toast(), Revise(picked)))


def shifted(conversation: Conversation, nudge: Nudge, days: int, scene: Scene) -> Turn | None:
    """It comes in so many days; None for days that nobody is offered."""
    # From today on, so that a second tap on the same button changes nothing.
    move = move_by(conversation, nudge, days, scene) if 0 < days <= _FARTHEST else None
    if move is None:
        return None
    after = rearranged(scene, move)
    day = _day(conversation, replace(nudge, due=move.due), after)
    done = phrase("Changed: it comes on {day}.", day=day)
    return Turn(conversation, (Toast(), move, Revise(_calendar(conversation, after, done))))


def left_out(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """It does not come at all."""
    decline: list[PersonalEffect] = [Decline(nudge.id)] if nudge.kind is TouchpointKind.SURVEY else []
    onward: list[PersonalEffect] = [Replan(nudge.event)] if is_ladder(nudge) else []
    after = replace(scene, coming=tuple(each for each in scene.coming if each.id != nudge.id))
    done = _calendar(conversation, after, phrase("Left out: it will not come."), goes_on=is_ladder(nudge))
    settled = SettleNudge(nudge.id, Reason.DECLINED)
    return Turn(conversation, (Toast(), *decline, settled, *onward, Revise(done)))


def paused_for_a_week(conversation: Conversation, scene: Scene) -> Turn:
    """Nothing is sent before this day of next week."""
    until = beginning(today_of(conversation, scene) + timedelta(weeks=1), conversation, scene)
    effects, after = wishing(replace(scene.wishes, paused_until=until), scene)
    return Turn(conversation, (Toast(), *effects, Revise(_calendar(conversation, after))))


def resumed(conversation: Conversation, scene: Scene) -> Turn:
    """The pause is over."""
    effects, after = wishing(replace(scene.wishes, paused_until=None), scene)
    return Turn(conversation, (Toast(), *effects, Revise(_calendar(conversation, after))))


def paced(conversation: Conversation, pace: Pace, scene: Scene) -> Turn:
    """From now on that much."""
    effects, after = wishing(replace(scene.wishes, pace=pace), scene)
    return Turn(conversation, (Toast(phrase("Changed.")), *effects, Revise(_calendar(conversation, after))))


def _calendar(
    conversation: Conversation, scene: Scene, done: Phrase | None = None, *, goes_on: bool = False
) -> Message:
    """The calendar, below a word on what was `done`; `goes_on` when more of a ladder comes than is planned yet."""
    if not scene.enrolments:
        return message(phrase("You are not part of any event here, and nothing will be sent to you."))
    open_survey, coming = waiting(scene), agenda(conversation, scene)
    lines: list[Words | Paragraph] = [done] if done is not None else []
    lines += [strong(phrase("What is coming")), *_state(conversation, scene)]
    if open_survey is not None:
        lines.append(_waits(conversation, open_survey, scene))
    for number, each in enumerate(coming, 1):
        day, what = day_of(each.likely, conversation, scene), _what(each.nudge, scene)
        line = phrase("{number}. {day}: {what}", number=number, day=day, what=what)
        lines.append(Paragraph(line, close=number > 1))
    if not coming and open_survey is None:
        lines.append(phrase("Nothing is planned for you at the moment. When that changes, you will see it here."))
    if goes_on or any(is_ladder(each) for each in scene.coming):
        lines.append(phrase("Further short questions follow from time to time."))
    if coming:
        lines.append(phrase("Tap ✎ with its number to choose another time, or to leave something out."))
    return message(*lines, keyboard=_keyboard(conversation, coming, open_survey, scene))


def _keyboard(
    conversation: Conversation, coming: tuple[Coming, ...], open_survey: Nudge | None, scene: Scene
) -> tuple[tuple[Key, ...], ...]:
    opens: list[Key] = []
    if open_survey is not None and not _is_on_screen(conversation, open_survey):
        opens.append(Key(short("button", "Open"), Open(open_survey.id)))
    numbers = [
        Key(phrase("✎\u00a0{number}", number=number), Arrange(each.nudge.id)) for number, each in enumerate(coming, 1)
    ]
    until_a_date = Key(short("button", "Pause until a date"), Pause(Span.DATE))
    pausing = [Key(short("button", "Pause for a week"), Pause(Span.WEEK)), until_a_date]
    if paused_until(scene) is not None:
        pausing = [Key(short("button: end the pause", "End the pause"), Pause(Span.OVER)), until_a_date]
    place = _PACES.index(scene.wishes.pace)
    paces: list[Key] = []
    if place > 0:
        paces.append(Key(short("button", "Less often"), Often(_PACES[place - 1])))
    if place + 1 < len(_PACES):
        paces.append(Key(short("button", "More often"), Often(_PACES[place + 1])))
    return tuple(tuple(row) for row in (opens, numbers, pausing, paces) if row)


def _state(conversation: Conversation, scene: Scene) -> list[Words | Paragraph]:
    """What the person asked for: a pause, less, or more."""
    lines: list[Words | Paragraph] = []
    until = paused_until(scene)
    if until is not None:
        lines.append(
            phrase("Paused until {day}: nothing is sent to you before.", day=day_of(until, conversation, scene))
        )
    match scene.wishes.pace:
        case Pace.LESS:
            lines.append(phrase("You get fewer messages: one a week at most."))
        case Pace.USUAL:
            pass
        case Pace.MORE:
            lines.append(phrase("You get more messages: one more a week than usual."))
    return lines


def _waits(conversation: Conversation, nudge: Nudge, scene: Scene) -> Words:
    if _is_on_screen(conversation, nudge):
        return phrase("Waiting for you: {title}\nTo go on: /continue", title=_what(nudge, scene))
    return phrase("Waiting for you: {title}", title=_what(nudge, scene))


def _is_on_screen(conversation: Conversation, nudge: Nudge) -> bool:
    step = behind(conversation.step)
    asking = step.asking if isinstance(step, Reviewing) else step
    return isinstance(asking, Asking) and asking.nudge == nudge.id


def _what(nudge: Nudge, scene: Scene) -> Words:
    """What a thing is, discreetly; of which event only where the person takes part in several."""
    event = scene.events[nudge.revision]
    what: Words = phrase("a question to refresh your memory")
    if nudge.kind is TouchpointKind.SURVEY:
        what = event.survey(nudge.name).title
    if len(scene.enrolments) > 1:
        return phrase("{what} ({event})", what=what, event=event.title)
    return what


def _day(conversation: Conversation, nudge: Nudge, scene: Scene) -> date:
    """The day on which it is likely to come; when it is not among the next things, the day that it is due."""
    likely = next((each.likely for each in agenda(conversation, scene) if each.nudge.id == nudge.id), nudge.due)
    return day_of(likely, conversation, scene)
