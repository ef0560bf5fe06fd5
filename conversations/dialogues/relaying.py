"""Somebody of a team helps a person who asked for contact: one takes it, and their words go both ways, without names.

A request has but three states, each asked anew under a lock: a button that is older does nothing, whatever its version.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations.aid import SILENT, WAITS, HelpDesk, HelpRequest, Letter, RequestState, heard_within
from conversations.aid_effects import DropLetters, SettleRequest
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Duty, asking, shown
from conversations.effects import PersonalEffect, Say, Toast, Turn
from conversations.letters import discreet, for_helper, helping_on, sent_to_person, shows, taken_over, unfit, wanted
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Words
from conversations.roles import Act
from conversations.scene import Scene
from conversations.team_effects import TellPerson, TellTeam

_MOST_LISTED = 20


def _listed(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, desk = _at_hand(scene)
    requests = desk.requests[:_MOST_LISTED]
    lines: list[Words | Paragraph] = [strong(phrase("Who asks for contact: {event}", event=duty.title))]
    lines += [_line(each, desk) for each in requests]
    if not requests:
        lines.append(phrase("Nobody at the moment."))
    keys = tuple((_key(each, desk),) for each in requests if each.helper in {None, desk.chat})
    return shown(conversation, message(*lines, keyboard=keys), tap=tap)


def _line(request: HelpRequest, desk: HelpDesk) -> Words:
    word, date = request.word, request.asked.date()
    if request.helper is None:
        return phrase("{word}: since {date}, waits for somebody", word=word, date=date)
    if request.helper == desk.chat:
        return phrase("{word}: since {date}, with you", word=word, date=date)
    return phrase("{word}: since {date}, with somebody of the team", word=word, date=date)


def _key(request: HelpRequest, desk: HelpDesk) -> Key:
    act = Act.HELP_READ if request.helper == desk.chat else Act.HELP_TAKE
    words = phrase("{word}: open", word=request.word) if act is Act.HELP_READ else None
    return Key(words or phrase("{word}: I take it", word=request.word), Manage(act, request.event_id, request.id))


def _taken(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, desk = _at_hand(scene)
    request = desk.picked
    if request is None or request.state is RequestState.CLOSED:
        return _gone(conversation)
    if request.helper == desk.chat:
        return shows(shown(conversation, _with_you(request), tap=tap), request, scene, team=True)
    if request.helper is not None:
        taken = message(phrase("{word} is with somebody else of the team.", word=request.word))
        return shown(conversation, taken, tap=tap)
    assert scene.desk is not None  # noqa: S101 # it held the duty
    told = phrase("{sign} takes care of {word}.", sign=scene.desk.sign, word=request.word)
    taking = shown(
        conversation,
        _with_you(request),
        SettleRequest(request.id, RequestState.TAKEN, scene.now + WAITS),
        TellTeam(duty.event_id, Act.HELP_TAKE, message(told)),
        tap=tap,
    )
    # What was written to whoever had it before is for whoever has it now.
    left = tuple(Say(for_helper(each, request)) for each in request.letters)
    read: tuple[PersonalEffect, ...] = (DropLetters(request.id, to_team=True),) if left else ()
    turn = Turn(taking.conversation, (*taking.effects, *taken_over(request), *read, *left))
    return shows(turn, request, scene, team=True)


def _with_you(request: HelpRequest) -> Message:
    if request.state is RequestState.BEGUN and request.helper is not None:
        nothing = phrase("{word} is with you. Nothing new has come.", word=request.word)
        return message(nothing, keyboard=helping_on(request))
    return message(
        phrase("{word} is with you now. Write first: they wait for a word.", word=request.word),
        phrase("They do not see who you are, and you do not see who they are. Ask for no name."),
        phrase("Nothing of it is kept. You need not solve it: listen, and name who can help."),
        keyboard=helping_on(request),
    )


def _read(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    request = _mine(scene)
    if request is None:
        return _gone(conversation)
    first, *rest = [for_helper(each, request) for each in request.letters] or [_with_you(request)]
    read: tuple[PersonalEffect, ...] = (DropLetters(request.id, to_team=True),) if request.letters else ()
    turn = shown(conversation, first, *read, tap=tap)
    return shows(Turn(turn.conversation, (*turn.effects, *(Say(each) for each in rest))), request, scene, team=True)


def _writing(conversation: Conversation, _button: Manage, scene: Scene, _tap: bool) -> Turn:
    request = _mine(scene)
    if request is None:
        return _gone(conversation)
    step = Writing(request.event_id, Act.HELP_WRITE, request.id, aside(conversation.step))
    question = message(phrase("Write to {word}. It is passed on as it is.", word=request.word))
    return asking(conversation, step, question, Toast())


def _written(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn:
    request = _mine(scene)
    if request is None:
        over = phrase("This contact is over, or not with you any more. Your words were not passed on.")
        return Turn(replace(conversation, step=step.before), (Say(message(over)),))
    if not heard_within(SILENT, scene.heard, scene.now):
        return Turn(replace(conversation, step=step.before), (Say(_after_a_silence(request)),))
    if not text.strip():
        return asking(conversation, step, message(PROMPTS[Act.HELP_WRITE]))
    if (refused := unfit(text)) is not None:
        return Turn(conversation, (Say(refused),))
    passed = sent_to_person(Letter(text), request)
    # From here on no word of theirs is waited for.
    waited = request.state is not RequestState.BEGUN or request.due is not None
    begun = (SettleRequest(request.id, RequestState.BEGUN),) if waited else ()
    on = message(phrase("Passed on to {word}. What you write next is passed on as well.", word=request.word))
    return asking(conversation, step, on, *begun, *passed)


def _after_a_silence(request: HelpRequest) -> Message:
    return message(
        phrase("You have not written here for a while, so this was not passed on."),
        phrase("To go on, tap “Write” and send it once more."),
        keyboard=helping_on(request),
    )


def _released(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, _ = _at_hand(scene)
    request = _mine(scene)
    if request is None:
        return _gone(conversation)
    return shown(
        _out_of(conversation, request),
        message(phrase("{word} is not with you any more. The others are asked.", word=request.word)),
        SettleRequest(request.id, RequestState.OPEN, scene.now + WAITS),
        TellTeam(duty.event_id, Act.HELP_TAKE, wanted(request)),
        *taken_over(request),
        tap=tap,
    )


def _ending(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    request = _mine(scene)
    if request is None:
        return _gone(conversation)
    really = message(
        phrase("End the contact with {word}? They are told, and can ask again.", word=request.word),
        keyboard=(
            (Key(short("button", "Yes, end it"), Manage(Act.HELP_END_FOR_GOOD, request.event_id, request.id)),),
            *helping_on(request)[:1],
        ),
    )
    return shown(conversation, really, tap=tap)


def _ended(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    request = _mine(scene)
    if request is None:
        return _gone(conversation)
    told: tuple[PersonalEffect, ...] = ()
    if not request.unopened:
        told = (TellPerson(request.person, discreet(request.event_id)),)
    over = message(phrase("The contact with {word} has ended. Nothing of it is kept.", word=request.word))
    settled = SettleRequest(request.id, RequestState.CLOSED)
    return shown(_out_of(conversation, request), over, settled, *told, tap=tap)


def _out_of(conversation: Conversation, request: HelpRequest) -> Conversation:
    """Nothing more is written to it."""
    step = conversation.step
    if isinstance(step, Writing) and (step.act, step.item) == (Act.HELP_WRITE, request.id):
        return replace(conversation, step=step.before)
    return conversation


def _mine(scene: Scene) -> HelpRequest | None:
    """The request that is meant, if it is with whoever acts."""
    _, desk = _at_hand(scene)
    request = desk.picked
    return request if request is not None and request.helper == desk.chat else None


def _at_hand(scene: Scene) -> tuple[Duty, HelpDesk]:
    desk = scene.desk
    assert desk is not None and desk.duty is not None and desk.help is not None  # noqa: S101, PT018 # as loaded
    return desk.duty, desk.help


def _gone(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /requests.")),))


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.HELP: _listed,
    Act.HELP_TAKE: _taken,
    Act.HELP_READ: _read,
    Act.HELP_WRITE: _writing,
    Act.HELP_RELEASE: _released,
    Act.HELP_END: _ending,
    Act.HELP_END_FOR_GOOD: _ended,
}
WRITTEN: Mapping[Act, Callable[[Conversation, Writing, str, Scene], Turn]] = {Act.HELP_WRITE: _written}
PROMPTS: Mapping[Act, Words] = {Act.HELP_WRITE: phrase("Write what is to be passed on.")}
