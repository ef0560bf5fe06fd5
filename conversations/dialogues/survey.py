"""A micro-survey: opened from its nudge, one message a question, left and taken up again at will."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from conversations.buttons import Choose, Go, Move, Open
from conversations.conversation import Asking, Conversation, Idle
from conversations.effects import (
    CompleteResponse,
    DropAnswers,
    OpenResponse,
    PersonalEffect,
    Revise,
    SaveAnswer,
    Say,
    Toast,
    Turn,
)
from conversations.flow import Flow, flow
from conversations.messages import Key, Message, Paragraph, counted, message, phrase, short, strong
from conversations.model import Answers, Question, QuestionType, Value, Words
from conversations.questions import Ways, answered, ask, objection, toggled
from conversations.reading import Asked, Misread, read
from conversations.scene import Nudge, ResponseState, Scene

_SECONDS_PER_QUESTION = 20


def announcement(nudge: Nudge) -> Message:
    """The neutral line that arrives unasked: it names no event and no topic."""
    return message(
        phrase("A few short questions are ready for you."),
        keyboard=((Key(short("button", "Open"), Open(nudge.id)),),),
    )


def opened(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """The nudge's button was tapped: begin, or go on where the person stopped."""
    if nudge.response is ResponseState.COMPLETED:
        return Turn(conversation, (Toast(phrase("You have answered these questions. Thank you!")),))
    if isinstance(conversation.step, Asking) and conversation.step.nudge == nudge.id:
        return Turn(conversation, (Toast(phrase("These questions are open already: see the newest message.")),))
    way = flow(scene.events[nudge.revision].survey(nudge.name), scene.answers)
    effects: list[PersonalEffect] = [Toast(), Revise(message(strong(way.survey.title), _length(way)))]
    if isinstance(conversation.step, Asking):
        effects.append(Revise(_put_aside(), carrying=conversation.serial))
    if nudge.response is ResponseState.NONE:
        effects.append(OpenResponse(nudge.id))
    step = Asking(nudge.id, nudge.event, nudge.revision, way.survey.name, question="")
    return _go_to(conversation, step, way, way.open(), effects, scene)


def continued(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """/continue: the first question without an answer, at once."""
    way = flow(scene.events[nudge.revision].survey(nudge.name), scene.answers)
    begun = nudge.response is not ResponseState.NONE
    step = Asking(nudge.id, nudge.event, nudge.revision, way.survey.name, question="")
    return _go_to(conversation, step, way, way.open(), [] if begun else [OpenResponse(nudge.id)], scene)


def tapped(conversation: Conversation, step: Asking, button: Choose | Go, scene: Scene) -> Turn:
    """A tap on the keyboard of the question on screen; the caller has checked its serial."""
    way, question = _place(step, scene)
    match button:
        case Choose(_, index) if index >= len(question.choices):
            return _unused(conversation)
        case Choose(_, index) if question.type is QuestionType.SELECT_MULTIPLE:
            return _toggle(conversation, step, way, question, index, scene)
        case Choose(_, index):
            return _answer(conversation, step, way, question, question.choices[index].name, scene, tap=True)
        case Go(_, Move.DONE):
            return _done(conversation, step, way, question, scene)
        case Go(_, Move.SKIP) if not question.required:
            return _skip(conversation, step, way, question, scene)
        case Go(_, Move.BACK):
            return _back(conversation, step, way, question, scene)
        case Go(_, Move.STOP):
            return Turn(replace(conversation, step=Idle()), (Toast(), Revise(paused(step.nudge))))
        case _:
            return _unused(conversation)


def said(conversation: Conversation, step: Asking, text: str, scene: Scene) -> Turn:
    """Typed words: an answer, or a hint at what would be one. The place is never lost."""
    way, question = _place(step, scene)
    value = read(question, text, _asked(conversation, step, question, scene))
    if isinstance(value, Misread):
        return Turn(conversation, (Say(message(value.hint)),))
    return _answer(conversation, step, way, question, value, scene, tap=False)


def wants_words(step: Asking, scene: Scene) -> bool:
    """Whether the question on screen takes any words as its answer."""
    _, question = _place(step, scene)
    return question.type is QuestionType.TEXT


def sent(conversation: Conversation) -> Turn:
    """A picture or a voice note where words are expected."""
    hint = phrase("Thank you, but only words can be kept here. Please answer with a button or in writing.")
    return Turn(conversation, (Say(message(hint)),))


def restated(conversation: Conversation, step: Asking, scene: Scene) -> Turn:
    """The question on screen once more, under a new keyboard."""
    way, question = _place(step, scene)
    moved = message(strong(question.label), Paragraph(phrase("This question goes on below."), close=True))
    return _show(conversation, step, way, question, step.chosen, [Revise(moved, carrying=conversation.serial)], scene)


def paused(nudge: int) -> Message:
    """What stays on screen of a survey that was put aside, with the way back."""
    return message(
        phrase("Your answers so far are kept. Go on whenever it suits you, here or with /continue."),
        keyboard=((Key(short("button", "Go on"), Open(nudge)),),),
    )


def _place(step: Asking, scene: Scene) -> tuple[Flow, Question]:
    way = flow(scene.events[step.revision].survey(step.survey), scene.answers)
    return way, way.question(step.question)


def _toggle(conversation: Conversation, step: Asking, way: Flow, question: Question, index: int, scene: Scene) -> Turn:
    # Each toggle is a keyboard of its own: a double tap finds the first one gone and does not untick the box.
    chosen = toggled(question, step.chosen, index)
    serial = conversation.serial + 1
    revised = replace(conversation, step=replace(step, chosen=chosen), serial=serial)
    return Turn(
        revised,
        (
            Toast(),
            Revise(_screen(way, question, serial, chosen, _asked(conversation, step, question, scene)), serial=serial),
        ),
    )


def _done(conversation: Conversation, step: Asking, way: Flow, question: Question, scene: Scene) -> Turn:
    if question.type is not QuestionType.SELECT_MULTIPLE:
        return _unused(conversation)
    if step.chosen:
        return _answer(conversation, step, way, question, step.chosen, scene, tap=True)
    if question.required:
        return Turn(conversation, (Toast(phrase("Please tap at least one answer first.")),))
    return _skip(conversation, step, way, question, scene)


def _answer(
    conversation: Conversation, step: Asking, way: Flow, question: Question, value: Value, scene: Scene, *, tap: bool
) -> Turn:
    wrong = objection(question, value, way.answers)
    if wrong is not None:
        return Turn(conversation, (Toast(wrong) if tap else Say(message(wrong)),))
    collapsed = Revise(answered(question, value), carrying=None if tap else conversation.serial)
    save = SaveAnswer(step.nudge, question.name, value, question.type is QuestionType.TEXT)
    answers = {**way.answers, question.name: value}
    now = flow(way.survey, answers)
    effects: list[PersonalEffect] = [*([Toast()] if tap else []), save, *_dropped(step, answers, now), collapsed]
    return _go_to(conversation, step, now, now.open(after=question.name), effects, scene)


def _skip(conversation: Conversation, step: Asking, way: Flow, question: Question, scene: Scene) -> Turn:
    now = flow(way.survey, {name: value for name, value in way.answers.items() if name != question.name})
    effects = [Toast(), *_dropped(step, way.answers, now), Revise(answered(question, None))]
    return _go_to(conversation, step, now, now.open(after=question.name), effects, scene)


def _back(conversation: Conversation, step: Asking, way: Flow, question: Question, scene: Scene) -> Turn:
    previous = way.before(question)
    if previous is None:
        return _unused(conversation)
    gone_back = message(strong(question.label), Paragraph(phrase("↑ You went back."), close=True))
    return _go_to(conversation, step, way, previous, [Toast(), Revise(gone_back)], scene)


def _go_to(
    conversation: Conversation,
    step: Asking,
    way: Flow,
    question: Question | None,
    effects: list[PersonalEffect],
    scene: Scene,
) -> Turn:
    """The turn that shows this question, or that ends the survey when there is none left."""
    if question is None:
        thanks = Say(message(*way.notes_above(None), phrase("Thank you! Your answers are saved.")))
        return Turn(replace(conversation, step=Idle()), (*effects, CompleteResponse(step.nudge), thanks))
    value = way.answers.get(question.name, ())
    return _show(conversation, step, way, question, value if isinstance(value, tuple) else (), effects, scene)


def _show(
    conversation: Conversation,
    step: Asking,
    way: Flow,
    question: Question,
    chosen: tuple[str, ...],
    effects: list[PersonalEffect],
    scene: Scene,
) -> Turn:
    serial = conversation.serial + 1
    asking = replace(step, question=question.name, chosen=chosen)
    screen = Say(_screen(way, question, serial, chosen, _asked(conversation, step, question, scene)), serial=serial)
    return Turn(replace(conversation, step=asking, serial=serial), (*effects, screen))


def _screen(way: Flow, question: Question, serial: int, chosen: tuple[str, ...], asked: Asked) -> Message:
    ways = Ways(back=way.before(question) is not None, skip=not question.required, pause=True)
    so_far = None if question.type is QuestionType.SELECT_MULTIPLE else way.answers.get(question.name)
    progress = phrase("Question {number} of {total}", number=way.number(question), total=len(way.asked))
    before = (progress, *way.notes_above(question))
    return ask(question, serial, ways, asked, before=before, chosen=chosen, so_far=so_far)


def _asked(conversation: Conversation, step: Asking, question: Question, scene: Scene) -> Asked:
    zone = ZoneInfo(conversation.zone or scene.events[step.revision].timezone)
    return Asked(conversation.language, scene.now.astimezone(zone), question.choices)


def _length(way: Flow) -> Words:
    left = [each for each in way.asked if each.name not in way.answers]
    minutes = max(1, round(len(left) * _SECONDS_PER_QUESTION / 60))
    return phrase(
        "{questions}, {minutes}",
        questions=counted("{count} question", "{count} questions", len(left)),
        minutes=counted("about {count} minute", "about {count} minutes", minutes),
    )


def _dropped(step: Asking, answers: Answers, now: Flow) -> list[PersonalEffect]:
    """Those of the answers that do not count any more."""
    lost = tuple(name for name in answers if name not in now.answers)
    return [DropAnswers(step.nudge, lost)] if lost else []


def _unused(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))


def _put_aside() -> Message:
    return message(phrase("Your answers so far are kept. Go on with these questions any time: /continue"))
