"""The way into a survey: announced in a neutral line, opened by a tap, taken up again, reopened to change an answer."""

from collections.abc import Sequence

from conversations.buttons import Open, Refuse
from conversations.conversation import Asking, Conversation, Reviewing
from conversations.dialogues.survey.going_on import Here, finish, go_on, has_closed, here, show_review
from conversations.effects import Decline, OpenResponse, PersonalEffect, Revise, Toast, Turn
from conversations.flow import Flow
from conversations.length import is_shown, minutes, seconds_for, whole_minutes
from conversations.messages import Key, Message, counted, message, phrase, short, strong
from conversations.model import Phrase, Words
from conversations.scene import Nudge, ResponseState, Scene


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


def continued(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """/continue: the first question without an answer, at once."""
    return go_on(_entering(conversation, nudge, scene), _begun(nudge))


def declined(conversation: Conversation, nudge: Nudge) -> Turn:
    """The person wants to leave these questions out. They may still change their mind."""
    if nudge.response is not ResponseState.NONE:
        return Turn(conversation, (Toast(phrase("You have begun these questions. To go on: /continue")),))
    fine = message(
        phrase("That is fine. Nothing more comes about these questions."),
        keyboard=((Key(short("button", "Open after all"), Open(nudge.id)),),),
    )
    return Turn(conversation, (Toast(), Decline(nudge.id), Revise(fine)))


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
    return [phrase("Open until {date}", date=at.step.closes.astimezone(at.around.now.tzinfo).date())]


def _begun(nudge: Nudge) -> Sequence[PersonalEffect]:
    return [OpenResponse(nudge.id)] if nudge.response is ResponseState.NONE else []


def _length(way: Flow) -> Words:
    left = [each for each in way.asked if each.key not in way.answers]
    maybe = way.likely - len(way.asked)
    count = len(left) + maybe
    ahead = [each.question for each in way.instance.shown if each.key not in way.answers]
    # Of what may yet come, each question is taken for an average one of the survey.
    average = seconds_for(way.survey.questions) / max(1, sum(map(is_shown, way.survey.questions)))
    told = whole_minutes(minutes(seconds_for(ahead) + maybe * average))
    return phrase("{questions}, {minutes}", questions=_questions(count, sure=not maybe), minutes=_minutes(told))


def _questions(count: int, *, sure: bool) -> Phrase:
    if sure:
        return counted("{count} question", "{count} questions", count)
    return counted("about {count} question", "about {count} questions", count)


def _minutes(count: int) -> Phrase:
    return counted("about {count} minute", "about {count} minutes", count)
