"""A micro-survey: opened from its nudge, one message a question, left and taken up again at will."""

from dataclasses import dataclass, replace

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
from conversations.messages import Key, Message, Paragraph, counted, message, phrase, short, strong
from conversations.model import Answers, Question, QuestionType, Survey, Value, Words
from conversations.questions import Misread, Ways, answered, ask, read, relevant, toggled
from conversations.scene import Nudge, ResponseState, Scene

_SECONDS_PER_QUESTION = 20


def announcement(nudge: Nudge) -> Message:
    """The neutral line that arrives unasked: it names no event and no topic."""
    return message(
        phrase("A few short questions are ready for you. They take about two minutes."),
        keyboard=((Key(short("button", "Open"), Open(nudge.id)),),),
    )


def opened(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """The nudge's button was tapped: begin, or go on where the person stopped."""
    survey = scene.events[nudge.revision].survey(nudge.name)
    if nudge.response is ResponseState.COMPLETED:
        return Turn(conversation, (Toast(phrase("You have answered these questions. Thank you!")),))
    if isinstance(conversation.step, Asking) and conversation.step.nudge == nudge.id:
        return Turn(conversation, (Toast(phrase("These questions are open already: see the newest message.")),))
    first = _first_open(survey, scene.answers)
    intro = message(strong(survey.title), _length(survey, scene.answers))
    effects: list[PersonalEffect] = [Toast(), Revise(intro)]
    if isinstance(conversation.step, Asking):
        effects.append(Revise(_put_aside(), carrying=conversation.serial))
    if nudge.response is ResponseState.NONE:
        effects.append(OpenResponse(nudge.id))
    step = Asking(nudge.id, nudge.event, nudge.revision, survey.name, question="")
    return _go_to(replace(conversation, step=step), survey, scene.answers, first, effects)


def tapped(conversation: Conversation, step: Asking, button: Choose | Go, scene: Scene) -> Turn:
    """A tap on the keyboard of the question on screen; the caller has checked its serial."""
    place = _place(step, scene)
    match button:
        case Choose(_, index) if index >= len(place.question.choices):
            return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))
        case Choose(_, index) if place.question.type is QuestionType.SELECT_MULTIPLE:
            return _toggle(conversation, step, place, index)
        case Choose(_, index):
            return _answer(conversation, step, place, place.question.choices[index].name, tap=True)
        case Go(_, Move.DONE):
            return _done(conversation, step, place)
        case Go(_, Move.SKIP) if not place.question.required:
            return _skip(conversation, step, place)
        case Go(_, Move.BACK) if place.previous is not None:
            return _back(conversation, place, place.previous)
        case Go(_, Move.STOP):
            return _pause(conversation, step)
        case _:
            return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))


def said(conversation: Conversation, step: Asking, text: str, scene: Scene) -> Turn:
    """Typed words: an answer, or a hint at what would be one. The place is never lost."""
    place = _place(step, scene)
    value = read(place.question, text)
    if isinstance(value, Misread):
        return Turn(conversation, (Say(message(value.hint)),))
    return _answer(conversation, step, place, value, tap=False)


def wants_words(step: Asking, scene: Scene) -> bool:
    """Whether the question on screen takes any words as its answer."""
    return _place(step, scene).question.type is QuestionType.TEXT


def sent(conversation: Conversation) -> Turn:
    """A picture or a voice note where words are expected."""
    hint = phrase("Thank you, but only words can be kept here. Please answer with a button or in writing.")
    return Turn(conversation, (Say(message(hint)),))


def restated(conversation: Conversation, step: Asking, scene: Scene) -> Turn:
    """The question on screen once more, under a new keyboard."""
    place = _place(step, scene)
    again = _show(conversation, place.survey, scene.answers, place.question, step.chosen)
    return Turn(again.conversation, (Revise(_moved_down(place), carrying=conversation.serial), *again.effects))


@dataclass(frozen=True, slots=True)
class _Place:
    """The question on screen among its neighbours."""

    survey: Survey
    question: Question
    answers: Answers
    previous: Question | None


def _place(step: Asking, scene: Scene) -> _Place:
    survey = scene.events[step.revision].survey(step.survey)
    question = next(each for each in survey.questions if each.name == step.question)
    return _Place(survey, question, scene.answers, _previous(survey, question, scene.answers))


def _toggle(conversation: Conversation, step: Asking, place: _Place, index: int) -> Turn:
    # Each toggle is a keyboard of its own: a double tap finds the first one gone and does not untick the box.
    chosen = toggled(place.question, step.chosen, index)
    serial = conversation.serial + 1
    revised = replace(conversation, step=replace(step, chosen=chosen), serial=serial)
    shown = _screen(place.survey, place.answers, place.question, serial, chosen)
    return Turn(revised, (Toast(), Revise(shown, serial=serial)))


def _done(conversation: Conversation, step: Asking, place: _Place) -> Turn:
    if place.question.type is not QuestionType.SELECT_MULTIPLE:
        return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))
    if step.chosen:
        return _answer(conversation, step, place, step.chosen, tap=True)
    if place.question.required:
        return Turn(conversation, (Toast(phrase("Please tap at least one answer first.")),))
    return _skip(conversation, step, place)


def _answer(conversation: Conversation, step: Asking, place: _Place, value: Value, *, tap: bool) -> Turn:
    free_text = place.question.type is QuestionType.TEXT
    collapsed = Revise(answered(place.question, value), carrying=None if tap else conversation.serial)
    answers = {**place.answers, place.question.name: value}
    effects: list[PersonalEffect] = [
        *([Toast()] if tap else []),
        SaveAnswer(step.nudge, place.question.name, value, free_text),
        *_dropped(step, place.survey, answers),
        collapsed,
    ]
    _, counting = relevant(place.survey.questions, answers)
    following = _next_open(place.survey, place.question, counting)
    return _go_to(conversation, place.survey, counting, following, effects)


def _skip(conversation: Conversation, step: Asking, place: _Place) -> Turn:
    answers = {name: value for name, value in place.answers.items() if name != place.question.name}
    effects: list[PersonalEffect] = [Toast()]
    if place.question.name in place.answers:
        effects.append(DropAnswers(step.nudge, (place.question.name,)))
    effects += [*_dropped(step, place.survey, answers), Revise(answered(place.question, None))]
    _, counting = relevant(place.survey.questions, answers)
    following = _next_open(place.survey, place.question, counting)
    return _go_to(conversation, place.survey, counting, following, effects)


def _back(conversation: Conversation, place: _Place, previous: Question) -> Turn:
    gone_back = message(strong(place.question.label), Paragraph(phrase("↑ You went back."), close=True))
    return _go_to(conversation, place.survey, place.answers, previous, [Toast(), Revise(gone_back)])


def _pause(conversation: Conversation, step: Asking) -> Turn:
    return Turn(replace(conversation, step=Idle()), (Toast(), Revise(paused(step.nudge))))


def paused(nudge: int) -> Message:
    """What stays on screen of a survey that was put aside, with the way back."""
    return message(
        phrase("Your answers so far are kept. Go on whenever it suits you, here or with /continue."),
        keyboard=((Key(short("button", "Go on"), Open(nudge)),),),
    )


def _go_to(
    conversation: Conversation,
    survey: Survey,
    answers: Answers,
    question: Question | None,
    effects: list[PersonalEffect],
) -> Turn:
    step = conversation.step
    assert isinstance(step, Asking)  # noqa: S101 # every way here comes from a question
    if question is None:
        closing = (*_notes_before(survey, None, answers), phrase("Thank you! Your answers are saved."))
        thanks = Say(message(*closing))
        return Turn(replace(conversation, step=Idle()), (*effects, CompleteResponse(step.nudge), thanks))
    shown = _show(conversation, survey, answers, question, _ticked(question, answers))
    return Turn(shown.conversation, (*effects, *shown.effects))


def _show(
    conversation: Conversation, survey: Survey, answers: Answers, question: Question, chosen: tuple[str, ...]
) -> Turn:
    step = conversation.step
    assert isinstance(step, Asking)  # noqa: S101 # every way here comes from a question
    serial = conversation.serial + 1
    now_asking = replace(step, question=question.name, chosen=chosen)
    screen = _screen(survey, answers, question, serial, chosen)
    return Turn(replace(conversation, step=now_asking, serial=serial), (Say(screen, serial=serial),))


def _screen(survey: Survey, answers: Answers, question: Question, serial: int, chosen: tuple[str, ...]) -> Message:
    ways = Ways(back=_previous(survey, question, answers) is not None, skip=not question.required, pause=True)
    so_far = None if question.type is QuestionType.SELECT_MULTIPLE else answers.get(question.name)
    before = (_progress(survey, question, answers), *_notes_before(survey, question, answers))
    return ask(question, serial, ways, before=before, chosen=chosen, so_far=so_far)


def _progress(survey: Survey, question: Question, answers: Answers) -> Words:
    names = [each.name for each in _asked(survey, answers)]
    return phrase("Question {number} of {total}", number=names.index(question.name) + 1, total=len(names))


def _length(survey: Survey, answers: Answers) -> Words:
    left = [each for each in _asked(survey, answers) if each.name not in answers]
    minutes = max(1, round(len(left) * _SECONDS_PER_QUESTION / 60))
    return phrase(
        "{questions}, {minutes}",
        questions=counted("{count} question", "{count} questions", len(left)),
        minutes=counted("about {count} minute", "about {count} minutes", minutes),
    )


def _asked(survey: Survey, answers: Answers) -> list[Question]:
    applying, _ = relevant(survey.questions, answers)
    return [each for each in applying if each.type is not QuestionType.NOTE]


def _first_open(survey: Survey, answers: Answers) -> Question | None:
    return next((each for each in _asked(survey, answers) if each.name not in answers), None)


def _next_open(survey: Survey, after: Question, answers: Answers) -> Question | None:
    order = [each.name for each in survey.questions]
    here = order.index(after.name)
    later = [each for each in _asked(survey, answers) if order.index(each.name) > here]
    return next((each for each in later if each.name not in answers), None)


def _previous(survey: Survey, question: Question, answers: Answers) -> Question | None:
    before: Question | None = None
    for each in _asked(survey, answers):
        if each.name == question.name:
            break
        before = each
    return before


def _notes_before(survey: Survey, question: Question | None, answers: Answers) -> list[Words]:
    """The notes that stand directly above a question; those at the very end for None."""
    applying, _ = relevant(survey.questions, answers)
    notes: list[Words] = []
    for each in applying:
        if question is not None and each.name == question.name:
            return notes
        notes = [*notes, each.label] if each.type is QuestionType.NOTE else []
    return notes


def _ticked(question: Question, answers: Answers) -> tuple[str, ...]:
    value = answers.get(question.name, ())
    return value if isinstance(value, tuple) else ()


def _dropped(step: Asking, survey: Survey, answers: Answers) -> list[PersonalEffect]:
    _, counting = relevant(survey.questions, answers)
    lost = tuple(name for name in answers if name not in counting)
    return [DropAnswers(step.nudge, lost)] if lost else []


def _moved_down(place: _Place) -> Message:
    return message(strong(place.question.label), Paragraph(phrase("This question goes on below."), close=True))


def _put_aside() -> Message:
    return message(phrase("Your answers so far are kept. Go on with these questions any time: /continue"))
