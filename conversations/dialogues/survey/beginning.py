"""The way into a survey: announced in a neutral line, opened by a tap, taken up again, reopened to change an answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from conversations.buttons import Cease, Later, Open, Refuse
from conversations.conversation import Asking, Conversation, Idle, Reviewing, behind
from conversations.dialogues.survey.going_on import Here, finish, go_on, has_closed, here, show_review
from conversations.effects import (
    Decline,
    OpenResponse,
    PersonalEffect,
    Replan,
    Revise,
    Say,
    SetPurpose,
    Toast,
    Turn,
)
from conversations.flow import Flow
from conversations.length import is_shown, minutes, seconds_for, whole_minutes
from conversations.messages import Key, Message, counted, message, phrase, short, strong
from conversations.model import Phrase, Purpose, Words
from conversations.scene import Nudge, ResponseState, Scene
from conversations.timing import TouchpointKind


def announcement(nudge: Nudge) -> Message:
    """The neutral line that arrives unasked: it names no event and no topic."""
    return message(
        phrase("A few short questions are ready for you."),
        keyboard=(
            (Key(short("button", "Open"), Open(nudge.id)),),
            (Key(short("button", "Not this time"), Refuse(nudge.id)),),
        ),
    )


def opened(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """The nudge's button was tapped: begin, go on where the person stopped, or look at what was submitted."""
    step = conversation.step
    before = step.asking if isinstance(step, Reviewing) else step
    if isinstance(before, Asking) and before.nudge == nudge.id:
        return Turn(conversation, (Toast(phrase("These questions are open already: see the newest message.")),))
    at = _entering(conversation, nudge, scene)
    if has_closed(at.step, scene.now):
        closed = phrase("These questions are closed now. Thank you!")
        return Turn(conversation, (Toast(), Revise(message(closed))))
    effects: list[PersonalEffect] = [Toast()]
    if isinstance(before, Asking):
        effects.append(Revise(put_aside(), carrying=conversation.serial))
    if nudge.response is ResponseState.COMPLETED:
        return show_review(at, 0, effects) if at.way.asked else finish(at, effects)
    effects.insert(1, Revise(message(strong(at.way.survey.title), _length(at.way), *_until(at))))
    return go_on(at, [*effects, *_begun(nudge)])


def reminder(conversation: Conversation, nudge: Nudge, scene: Scene) -> Message:
    """The neutral line that reminds of a survey, with how long the rest takes."""
    at = _entering(conversation, _reminded_of(nudge), scene)
    survey = _reminded_of(nudge).id
    return message(
        phrase("A few short questions are still waiting for you: {minutes}.", minutes=_minutes(_minutes_left(at.way))),
        keyboard=(
            (Key(short("button", "Open"), Open(nudge.id)),),
            (Key(short("button", "Not now"), Later(survey)), Key(short("button", "Not this one"), Refuse(survey))),
            (Key(short("button", "Stop asking"), Cease(survey)),),
        ),
    )


def resumed(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """A reminder was opened: it turns into the very question that the person stopped at."""
    survey = _reminded_of(nudge)
    step = conversation.step
    before = step.asking if isinstance(step, Reviewing) else step
    at = _entering(conversation, survey, scene)
    if survey.response is ResponseState.COMPLETED:
        done = phrase("You have answered these questions already. Thank you!")
        return Turn(conversation, (Toast(), Revise(message(done))))
    if has_closed(at.step, scene.now):
        return Turn(conversation, (Toast(), Revise(message(phrase("These questions are closed now. Thank you!")))))
    effects: list[PersonalEffect] = [Toast(), *_begun(survey)]
    if isinstance(before, Asking):
        aside = phrase("The question goes on below.") if before.nudge == survey.id else None
        effects.append(Revise(message(aside) if aside else put_aside(), carrying=conversation.serial))
    return _in_place(go_on(at, effects, said_first=(strong(at.way.survey.title),)))


def _in_place(turn: Turn) -> Turn:
    """The same turn, its question in the message that was tapped; pictures cannot come by an edit."""
    *rest, last = turn.effects
    if not isinstance(last, Say) or last.message.pictures:
        return turn
    return Turn(turn.conversation, (*rest, Revise(last.message, serial=last.serial)))


def _reminded_of(nudge: Nudge) -> Nudge:
    """The survey that a reminder reminds of."""
    assert nudge.survey is not None  # noqa: S101 # a reminder is planned once its survey was sent
    return replace(nudge, id=nudge.survey, kind=TouchpointKind.SURVEY)


def postponed(conversation: Conversation, nudge: Nudge) -> Turn:
    """Not now: the questions stay where they are."""
    fine = message(
        phrase("That is fine. The questions stay here for whenever it suits you."),
        keyboard=((Key(short("button", "Open"), Open(nudge.id)),),),
    )
    return Turn(conversation, (Toast(), Revise(fine)))


def ceased(conversation: Conversation, nudge: Nudge) -> Turn:
    """No surveys of this event any more; what was answered stays, and what is on screen is put aside."""
    conversation, aside = _without(conversation, lambda asking: asking.event == nudge.event)
    stopped = message(
        phrase("No more surveys of this event will be sent to you."),
        phrase("Your answers so far stay with the team, under a code."),
        keyboard=((Key(short("button", "Ask me again"), Cease(nudge.id, again=True)),),),
    )
    ended = SetPurpose(nudge.event, Purpose.SURVEYS, given=False)
    return Turn(conversation, (Toast(), ended, *aside, Revise(stopped)))


def _without(conversation: Conversation, gone: Callable[[Asking], bool]) -> tuple[Conversation, list[PersonalEffect]]:
    """The conversation without a survey on screen that is `gone`, and what becomes of its question."""
    step = behind(conversation.step)
    asking = step.asking if isinstance(step, Reviewing) else step
    if not isinstance(asking, Asking) or not gone(asking):
        return conversation, []
    aside = Revise(message(phrase("These questions were put aside.")), carrying=conversation.serial)
    return replace(conversation, step=Idle()), [aside]


def asked_again(conversation: Conversation, nudge: Nudge) -> Turn:
    """The person takes that back."""
    welcome = message(
        phrase("Thank you! You will be asked a few quick questions now and then."),
        keyboard=((Key(short("button", "Open"), Open(nudge.id)),),),
    )
    given = SetPurpose(nudge.event, Purpose.SURVEYS, given=True)
    return Turn(conversation, (Toast(), given, Replan(nudge.event), Revise(welcome)))


def continued(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """/continue: the first question without an answer, at once."""
    return go_on(_entering(conversation, nudge, scene), _begun(nudge))


def declined(conversation: Conversation, nudge: Nudge) -> Turn:
    """The person wants to leave these questions out, or not to go on with them. They may still change their mind."""
    if nudge.response is ResponseState.COMPLETED:
        return Turn(conversation, (Toast(phrase("You have answered these questions already. Thank you!")),))
    kept = [phrase("What you answered so far is kept.")] if nudge.response is ResponseState.STARTED else []
    conversation, aside = _without(conversation, lambda asking: asking.nudge == nudge.id)
    fine = message(
        phrase("That is fine. Nothing more comes about these questions."),
        *kept,
        keyboard=((Key(short("button", "Open after all"), Open(nudge.id)),),),
    )
    return Turn(conversation, (Toast(), Decline(nudge.id), *aside, Revise(fine)))


def paused(nudge: int) -> Message:
    """What stays on screen of a survey that was put aside, with the way back."""
    return message(
        phrase("Your answers so far are kept. Go on whenever it suits you, here or with /continue."),
        keyboard=((Key(short("button", "Go on"), Open(nudge)),),),
    )


def put_aside() -> Message:
    """What stays of a question when another survey is opened over it."""
    return message(phrase("Your answers so far are kept. Go on with these questions any time: /continue"))


def _entering(conversation: Conversation, nudge: Nudge, scene: Scene) -> Here:
    step = Asking(
        nudge.id,
        nudge.event,
        nudge.revision,
        nudge.name,
        question="",
        begun=nudge.started or scene.now,
        closes=nudge.closes,
        amending=nudge.response is ResponseState.COMPLETED,
    )
    return here(conversation, step, scene)


def _until(at: Here) -> list[Words]:
    if at.step.closes is None:
        return []
    return [phrase("You can answer until {date}.", date=at.step.closes.astimezone(at.around.now.tzinfo).date())]


def _begun(nudge: Nudge) -> Sequence[PersonalEffect]:
    return [OpenResponse(nudge.id)] if nudge.response is ResponseState.NONE else []


def _length(way: Flow) -> Words:
    left = [each for each in way.asked if each.key not in way.answers]
    maybe = way.likely - len(way.asked)
    questions = _questions(len(left) + maybe, sure=not maybe)
    return phrase("{questions}, {minutes}", questions=questions, minutes=_minutes(_minutes_left(way)))


def _minutes_left(way: Flow) -> int:
    maybe = way.likely - len(way.asked)
    ahead = [each.question for each in way.instance.shown if each.key not in way.answers]
    # Of what may yet come, each question is taken for an average one of the survey.
    average = seconds_for(way.survey.questions) / max(1, sum(map(is_shown, way.survey.questions)))
    return whole_minutes(minutes(seconds_for(ahead) + maybe * average))


def _questions(count: int, *, sure: bool) -> Phrase:
    if sure:
        return counted("{count} question", "{count} questions", count)
    return counted("about {count} question", "about {count} questions", count)


def _minutes(count: int) -> Phrase:
    return counted("about {count} minute", "about {count} minutes", count)
