"""A person in contact with somebody of a team: they read, answer, tell a way to be reached if they want to, end it."""

from dataclasses import replace

from conversations.aid import SILENT, WAITS, Aid, HelpRequest, Letter, RequestState, heard_within, writes_to
from conversations.aid_effects import DropLetters, ExpectAnswer, SettleRequest
from conversations.buttons import Contact, Reach
from conversations.conversation import Confiding, Conversation, aside
from conversations.desk import asking
from conversations.effects import PersonalEffect, Revise, Say, Toast, Turn
from conversations.letters import (
    answering,
    discreet,
    for_person,
    out_of_it,
    sent_to_helper,
    shows,
    taken_over,
    unfit,
    wanted,
)
from conversations.messages import Key, Message, message, phrase, short
from conversations.roles import Act
from conversations.scene import Scene
from conversations.team_effects import TellPerson, TellTeam
from conversations.turning_to import contacts
from conversations.way_to_help import HELP_KEY


def opened(conversation: Conversation, event_id: int, scene: Scene) -> Turn:
    """What waits for the person, in place of the line that announced it."""
    request = _request(event_id, scene)
    if request is None:
        return _nothing_new(conversation)
    told = [for_person(each, event_id) for each in request.letters]
    if request.state is RequestState.CLOSED:
        again = phrase("This contact has ended. You can ask for it again at any time.")
        told.append(message(again, keyboard=((HELP_KEY,),)))
    elif request.state is RequestState.OPEN and request.due is None:
        told.append(_still_nobody(event_id, scene))
    if not told:
        return _nothing_new(conversation)
    first, *rest = told
    turn = Turn(conversation, (Toast(), *_read(request), Revise(first), *(Say(each) for each in rest)))
    return shows(turn, request, scene, team=False)


def waited_in_vain(request: HelpRequest) -> tuple[PersonalEffect, ...]:
    """A day has gone by and nobody took it: the team is told once more, and the person gets an honest word."""
    settled = SettleRequest(request.id, RequestState.OPEN)
    asked = TellTeam(request.event_id, Act.HELP_TAKE, wanted(request))
    return (settled, asked, Say(discreet(request.event_id)))


def given_back(request: HelpRequest, scene: Scene) -> tuple[PersonalEffect, ...]:
    """Whoever has it owes a word for a day, or is of the team no more: somebody else can take it."""
    settled = SettleRequest(request.id, RequestState.OPEN, scene.now + WAITS)
    told: list[PersonalEffect] = []
    if request.helper is not None:
        again = phrase("{word} waits without a word from you: somebody else can take it now.", word=request.word)
        told.append(TellPerson(request.helper, message(again)))
    return (settled, *told, TellTeam(request.event_id, Act.HELP_TAKE, wanted(request)), *taken_over(request))


def writing(conversation: Conversation, event_id: int, scene: Scene, *, sharing: bool) -> Turn:
    """The person wants to answer, or to tell how they can be reached; they first read what waits for them."""
    request = _request(event_id, scene)
    if request is None or request.helper is None:
        return Turn(conversation, (Toast(phrase("Nobody of the team is in contact with you now.")),))
    step = Confiding(event_id, request.helper, sharing, aside(conversation.step))
    waiting = tuple(Say(for_person(each, event_id)) for each in request.letters)
    return asking(conversation, step, _question(sharing=sharing), *_read(request), *waiting)


def restated(conversation: Conversation, step: Confiding) -> Turn:
    """What is still to be written, once more."""
    return asking(conversation, step, _question(sharing=step.sharing))


def said(conversation: Conversation, step: Confiding, text: str, scene: Scene) -> Turn:
    """Words for the helper: passed on, or told honestly that they were not."""
    request = _request(step.event, scene)
    if request is None or request.helper is None:
        gone = phrase("Nobody of the team is in contact with you now. Your words were not passed on.")
        return Turn(replace(conversation, step=step.before), (Say(message(gone, keyboard=((HELP_KEY,),))),))
    if not writes_to(step, request, team=False):
        return Turn(replace(conversation, step=step.before), (Say(_somebody_else(step.event)),))
    if not heard_within(SILENT, scene.heard, scene.now):
        return Turn(replace(conversation, step=step.before), (Say(_after_a_silence(step.event)),))
    if not text.strip():
        return restated(conversation, step)
    if (refused := unfit(text)) is not None:
        return Turn(conversation, (Say(refused),))
    passed = sent_to_helper(Letter(text, step.sharing), request)
    on = message(phrase("Passed on. What you write next is passed on as well."))
    owed = () if request.due is not None else (ExpectAnswer(request.id, scene.now + WAITS),)
    return asking(conversation, replace(step, sharing=False), on, *passed, *owed)


def wordless(conversation: Conversation) -> Turn:
    """A picture or a voice could tell who they are: only words are passed on."""
    return Turn(conversation, (Say(message(phrase("Only words are passed on. Your file was not sent to anybody."))),))


def left(conversation: Conversation, step: Confiding) -> Turn:
    """Out of it for now; the contact goes on."""
    return Turn(replace(conversation, step=step.before), (Toast(), Revise(out_of_it(answering(step.event)))))


def ended(conversation: Conversation, event_id: int, scene: Scene) -> Turn:
    """The person takes their request back, or ends the contact."""
    request = _request(event_id, scene)
    if request is None or request.state is RequestState.CLOSED:
        return _nothing_new(conversation)
    step = conversation.step
    if isinstance(step, Confiding) and step.event == event_id:
        conversation = replace(conversation, step=step.before)
    over = message(
        phrase("The contact has ended, and the bot keeps nothing of what was written."),
        phrase("What still stands in this chat you can delete yourself."),
    )
    if request.state is RequestState.OPEN:
        over = message(phrase("You have taken it back."))
    return Turn(conversation, (Toast(), *ending(request), Revise(over)))


def ending(request: HelpRequest) -> tuple[PersonalEffect, ...]:
    """The request is over, by the person's will."""
    settled = SettleRequest(request.id, RequestState.CLOSED)
    if request.helper is None:
        told = message(phrase("{word} does not ask for contact any more.", word=request.word))
        return (settled, TellTeam(request.event_id, Act.HELP_TAKE, told))
    return (settled, TellPerson(request.helper, message(phrase("{word} has ended the contact.", word=request.word))))


def _question(*, sharing: bool) -> Message:
    if sharing:
        return message(
            phrase("How do you want to be reached? For example a number, a name to ask for, a good time."),
            phrase("Only the person who writes to you gets it. It cannot be taken back."),
        )
    return message(phrase("Write what the person of the team is to read."))


def _somebody_else(event_id: int) -> Message:
    return message(
        phrase("It is somebody else of the team now, so this was not passed on."),
        phrase("To write to them, tap “Answer” and send it once more."),
        keyboard=answering(event_id),
    )


def _after_a_silence(event_id: int) -> Message:
    return message(
        phrase("You have not written here for a while, so this was not passed on."),
        phrase("To go on, tap “Answer” and send it once more."),
        keyboard=answering(event_id),
    )


def _still_nobody(event_id: int, scene: Scene) -> Message:
    return message(
        phrase("Nobody of the team could write to you yet. They were asked once more."),
        *contacts(scene, phrase("Please do not wait for them alone. Here is who can help:")),
        keyboard=((Key(short("button", "Take it back"), Contact(Reach.END, event_id)),),),
    )


def _read(request: HelpRequest) -> tuple[PersonalEffect, ...]:
    return (DropLetters(request.id, to_team=False),) if request.letters else ()


def _request(event_id: int, scene: Scene) -> HelpRequest | None:
    return (scene.aid or Aid()).request(event_id)


def _nothing_new(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("There is nothing new here.")),))
