"""“Show me”: somebody of the team gets any refresher or survey as a participant would, and nothing of it is kept.

The very same dialogues answer them, on a nudge that does not exist. What these ask to be kept is kept in the step.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from conversations import nudging
from conversations.buttons import Another, Choose, Doubt, Go, Manage, Open, PassOn, Recall, Refuse, Review, Speak
from conversations.conversation import Asking, Conversation, Idle, Reviewing, Trial, Writing, aside
from conversations.cues import Cue, Said, Sent, Tapped
from conversations.desk import Duty, Specimen, shown
from conversations.effects import (
    CompleteResponse,
    DropAnswers,
    OpenResponse,
    PersonalEffect,
    RecordRecall,
    Revise,
    SaveAnswer,
    Say,
    Toast,
    Turn,
)
from conversations.messages import Key, message, phrase, short, strong
from conversations.model import Bilingual, Event, Language, Purpose, Words
from conversations.refreshers import Item
from conversations.roles import Act, act_in
from conversations.scene import Enrolment, Nudge, ResponseState, Scene
from conversations.timing import TouchpointKind
from conversations.way_to_help import with_a_way
from conversations.words import command_in

NUDGE: Final = 0
"""The number of the nudge that is tried out; no real one has it."""
_PAGE = 6
_LONGEST = 40
_ITS_OWN = (Open, Review, Refuse, Recall, Doubt, Another, PassOn)

Answer = Callable[[Conversation, Cue, Scene], Turn]


def is_part(conversation: Conversation, cue: Cue, scene: Scene) -> bool:
    """Whether the cue belongs to something that is being tried out."""
    step, desk = conversation.step, scene.desk
    if not isinstance(step, Writing) or step.trial is None or desk is None or desk.specimen is None:
        return False
    match cue:
        case Said(text):
            return act_in(text) is None and command_in(text) is None
        case Sent():
            return True
        case Tapped(Choose(serial) | Go(serial) | Speak(_, serial)):
            return serial == conversation.serial
        case Tapped(button):
            return isinstance(button, _ITS_OWN) and button.nudge == NUDGE
        case _:
            return False


def played(conversation: Conversation, cue: Cue, scene: Scene, answer: Answer) -> Turn:
    """The turn that a participant would get."""
    step = conversation.step
    assert isinstance(step, Writing) and step.trial is not None  # noqa: S101, PT018 # see is_part
    trial = step.trial
    inside = replace(conversation, step=trial.within, language=trial.language)
    turn = answer(inside, cue, _scene(trial, scene))
    after = turn.conversation.step
    within = after if isinstance(after, Asking | Reviewing) else Idle()
    going_on = replace(_kept(trial, turn.effects, scene), within=within, language=turn.conversation.language)
    effects = tuple(_spoken(each, going_on.language) for each in turn.effects if isinstance(each, Say | Revise | Toast))
    tried = replace(conversation, step=replace(step, trial=going_on), serial=turn.conversation.serial)
    return Turn(tried, effects)


def _scene(trial: Trial, scene: Scene) -> Scene:
    """What the dialogues look at: the specimen, somebody who agreed to all of it, and the nudge that was sent."""
    assert scene.desk is not None and scene.desk.specimen is not None  # noqa: S101, PT018 # see is_part
    specimen = scene.desk.specimen
    return Scene(
        now=scene.now,
        events={NUDGE: specimen.event},
        enrolments=(Enrolment(specimen.event.code, NUDGE, frozenset(Purpose), scene.now),),
        nudge=_nudge(trial, specimen.event, scene),
        answers=dict(trial.answers),
        heard=scene.heard,
    )


def _nudge(trial: Trial, event: Event, scene: Scene) -> Nudge:
    state = ResponseState.NONE if trial.begun is None else ResponseState.STARTED
    return Nudge(
        id=NUDGE,
        event=event.code,
        revision=NUDGE,
        kind=trial.what,
        name=trial.name,
        occurrence=0,
        due=scene.now,
        expires=None,
        pending=False,
        response=ResponseState.COMPLETED if trial.completed else state,
        started=trial.begun,
        planned=scene.now,
        items=trial.items,
    )


def _kept(trial: Trial, effects: tuple[PersonalEffect, ...], scene: Scene) -> Trial:
    """The trial with what would have been stored."""
    answers = dict(trial.answers)
    for effect in effects:
        match effect:
            case OpenResponse():
                trial = replace(trial, begun=scene.now)
            case SaveAnswer(_, question, value):
                answers[question] = value
            case DropAnswers(_, questions):
                answers = {key: value for key, value in answers.items() if key not in questions}
            case CompleteResponse():
                trial = replace(trial, completed=True)
            case RecordRecall(_, name, choice):
                answered = tuple(
                    replace(each, choice=choice or "") if each.message == name else each for each in trial.items
                )
                trial = replace(trial, items=answered)
            case _:
                pass
    return replace(trial, answers=tuple(answers.items()))


def _spoken(effect: Say | Revise | Toast, language: Language) -> Say | Revise | Toast:
    return (
        effect if isinstance(effect, Toast) else replace(effect, message=with_a_way(effect.message), language=language)
    )


def _listed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """All that can be tried out, in pages; `item` is the first of the page."""
    duty, specimen = _at_hand(scene)
    if specimen is None:
        nothing = message(
            phrase("There is nothing to show before a workbook was read without a fault. See /events, or send me one.")
        )
        return shown(conversation, nothing, tap=tap)
    things = _things(specimen.event)
    first = button.item if button.item < len(things) else 0
    rows = [
        (Key(_title(specimen.event, *thing), Manage(Act.SHOW_THIS, duty.event_id, number, specimen.version)),)
        for number, thing in enumerate(things)
        if first <= number < first + _PAGE
    ]
    around = []
    if first:
        around.append(Key(short("button", "Earlier ones"), Manage(Act.SHOW, duty.event_id, max(first - _PAGE, 0))))
    if first + _PAGE < len(things):
        around.append(Key(short("button", "More"), Manage(Act.SHOW, duty.event_id, first + _PAGE)))
    said = message(
        strong(phrase("What participants of {event} get", event=duty.title)),
        phrase("Tap one to get it as they do. Nothing that you answer is kept."),
        keyboard=(*rows, *([tuple(around)] if around else [])),
    )
    return shown(conversation, said, tap=tap)


def _in_own(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    return _begun(conversation, button, scene, conversation.language)


def _in_other(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    return _begun(conversation, button, scene, conversation.language.other)


def _begun(conversation: Conversation, button: Manage, scene: Scene, language: Language) -> Turn:
    """One of them begins, with a way to begin it again in the other language."""
    duty, specimen = _at_hand(scene)
    things = _things(specimen.event) if specimen is not None else ()
    if specimen is None or specimen.version != button.version or button.item >= len(things):
        return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /show.")),))
    what, name = things[button.item]
    items = (Item(name, 0),) if what is TouchpointKind.REFRESHER else ()
    trial = Trial(what, name, language, items=items)
    step = Writing(duty.event_id, Act.SHOW_THIS, button.item, aside(conversation.step), trial=trial)
    nudge, seen = _nudge(trial, specimen.event, scene), _scene(trial, scene)
    line = nudging.announcement(replace(conversation, language=language), nudge, seen)
    again = Act.SHOW_OTHER if language is conversation.language else Act.SHOW_THIS
    heading = message(
        strong(_title(specimen.event, what, name)),
        phrase("This is a trial: below comes what participants get, and nothing that you answer is kept."),
        keyboard=(
            (Key(_other_language(language.other), replace(button, act=again)),),
            (Key(short("button", "End the trial"), Manage(Act.SHOW_END, duty.event_id)),),
        ),
    )
    return Turn(replace(conversation, step=step), (Toast(), Say(heading), Say(line, language=language)))


def _ended(conversation: Conversation, _button: Manage, scene: Scene, _tap: bool) -> Turn:
    duty, _ = _at_hand(scene)
    step = conversation.step
    after = replace(conversation, step=step.before) if isinstance(step, Writing) and step.trial else conversation
    over = message(
        phrase("The trial is over, and nothing of it was kept."),
        keyboard=((Key(short("button", "Show me another"), Manage(Act.SHOW, duty.event_id)),),),
    )
    return Turn(after, (Toast(), Revise(over)))


def _other_language(language: Language) -> Words:
    if language is Language.FR:
        return short("button", "The same in French")
    return short("button", "The same in English")


def _things(event: Event) -> tuple[tuple[TouchpointKind, str], ...]:
    """What can be tried out: the surveys, then the key messages, in the order of the workbook."""
    surveys = tuple((TouchpointKind.SURVEY, each.name) for each in event.surveys)
    return (*surveys, *((TouchpointKind.REFRESHER, each.name) for each in event.messages))


def _title(event: Event, what: TouchpointKind, name: str) -> Bilingual:
    words = event.survey(name).title if what is TouchpointKind.SURVEY else event.message(name).text
    return Bilingual(_cut(words.en), _cut(words.fr))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _at_hand(scene: Scene) -> tuple[Duty, Specimen | None]:
    assert scene.desk is not None and scene.desk.duty is not None  # noqa: S101, PT018 # as loaded
    return scene.desk.duty, scene.desk.specimen


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.SHOW: _listed,
    Act.SHOW_THIS: _in_own,
    Act.SHOW_OTHER: _in_other,
    Act.SHOW_END: _ended,
}
PROMPTS: Mapping[Act, Words] = {
    Act.SHOW_THIS: phrase("You are trying something out: go on above, or see /show."),
}
