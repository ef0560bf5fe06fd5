"""Help for a person, in one place: what they tap or type for it, what is added for them, and what time does to it."""

from typing import assert_never

from conversations.aid import RequestState
from conversations.aid_effects import KeepLetter
from conversations.buttons import Contact, Reach
from conversations.conversation import Confiding, Conversation, Profiling, Step, Writing
from conversations.cues import Cue, Said, Sent
from conversations.danger import tells_danger
from conversations.dialogues import confiding, seeking
from conversations.effects import Leave, SaveAnswer, Say, Turn
from conversations.roles import Act
from conversations.scene import Scene
from conversations.team_effects import Record, TellPerson


def reached(conversation: Conversation, button: Contact, scene: Scene) -> Turn:
    """What somebody who asked for help wants of a team; `Reach.BACK` is put away before their place is restated."""
    event = button.event
    match button.reach:
        case Reach.ASK:
            return seeking.explained(conversation, scene)
        case Reach.SURE:
            return seeking.confirmed(conversation, event, scene)
        case Reach.NOT:
            return seeking.called_off(conversation)
        case Reach.BACK:
            return seeking.put_away(conversation, scene)
        case Reach.OPEN:
            return confiding.opened(conversation, event, scene)
        case Reach.WRITE:
            return confiding.writing(conversation, event, scene, sharing=False)
        case Reach.SHARE:
            return confiding.writing(conversation, event, scene, sharing=True)
        case Reach.END:
            return confiding.ended(conversation, event, scene)
        case _:
            assert_never(button.reach)


def asked_in_words(conversation: Conversation, as_answer: Turn, scene: Scene) -> Turn:
    """Words that ask for help. Where they are an answer too, or came with one, it is kept: nothing typed is lost.

    In an exchange the person also reads what became of them there.
    """
    kept = any(isinstance(each, SaveAnswer | Record | TellPerson | KeepLetter) for each in as_answer.effects)
    chose = isinstance(conversation.step, Profiling) and as_answer.conversation.step != conversation.step
    if kept or chose or is_exchanging(conversation.step):
        return seeking.added(as_answer, scene, asked=True)
    return seeking.sought(conversation, scene, tap=False)


def cared_for(conversation: Conversation, cue: Cue, turn: Turn, scene: Scene) -> Turn:
    """The turn with what concerns help at its end.

    Words that may tell of danger add whom one can turn to, in place of a mere hint at how to answer; and whoever leaves
    ends what they asked for.
    """
    if scene.aid is None:
        return turn
    if any(isinstance(each, Leave) for each in turn.effects):
        mine = [each for each in scene.aid.requests if each.state is not RequestState.CLOSED]
        ends = tuple(effect for each in mine for effect in confiding.ending(each))
        return Turn(turn.conversation, (*ends, *turn.effects))
    # What a team writes for others is not about whoever writes it.
    if isinstance(conversation.step, Writing) or not tells_danger(_words_of(cue)):
        return turn
    if seeking.shown_lately(scene):
        return turn
    if _only_hints(turn, conversation):
        return seeking.sought(conversation, scene, tap=False, asked=False)
    return seeking.added(turn, scene, asked=False)


def _only_hints(turn: Turn, before: Conversation) -> bool:
    """Whether the words came to nothing, and are only answered. In an exchange with a team that has to be known."""
    unanswered = all(isinstance(each, Say) for each in turn.effects)
    return unanswered and turn.conversation == before and not isinstance(before.step, Confiding)


def _words_of(cue: Cue) -> str:
    match cue:
        case Said(text):
            return text
        case Sent(caption=caption):
            return caption
        case _:
            return ""


def is_exchanging(step: Step) -> bool:
    """Whether what somebody with that step types goes to the other one of an exchange."""
    return isinstance(step, Confiding) or (isinstance(step, Writing) and step.act is Act.HELP_WRITE)


def waited(conversation: Conversation, event_id: int, scene: Scene) -> Turn:
    """The person's request has waited too long, for somebody to take it or for a first word."""
    request = scene.aid.request(event_id) if scene.aid is not None else None
    if request is None or request.due is None or request.due > scene.now:
        return Turn(conversation)
    match request.state:
        case RequestState.OPEN:
            return Turn(conversation, confiding.waited_in_vain(request))
        case RequestState.TAKEN | RequestState.BEGUN:
            return Turn(conversation, confiding.given_back(request, scene))
        case RequestState.CLOSED:
            return Turn(conversation)
        case _:
            assert_never(request.state)
