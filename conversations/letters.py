"""What passes between a person who asked for help and somebody of a team: their words, and word that there are some.

What may show on a lock screen names nothing. Only whoever is in the middle of it gets the words as they are.
"""

from dataclasses import replace

from conversations.aid import LONGEST, SILENT, SOMEBODY_ELSE, HelpRequest, Letter, RequestState, heard_within, writes_to
from conversations.aid_effects import KeepLetter
from conversations.buttons import Contact, Manage, Reach
from conversations.conversation import Confiding, Step, Writing, aside
from conversations.effects import PersonalEffect, Say, Turn
from conversations.messages import Key, Message, message, phrase, short
from conversations.roles import Act
from conversations.scene import Scene
from conversations.team_effects import TellPerson
from conversations.way_to_help import with_a_way

_PART = 2000
"""How many UTF-16 units somebody is asked to send at once, of words that are too long."""


def sent_to_helper(letter: Letter, request: HelpRequest) -> tuple[PersonalEffect, ...]:
    """The person's words on their way to whoever took the request."""
    assert request.helper is not None  # noqa: S101 # asked by the caller: nothing is passed on to nobody
    notice = message(
        phrase("{word} has written to you.", word=request.word),
        keyboard=((Key(short("button", "Open"), _manage(Act.HELP_READ, request)),),),
    )
    kept = KeepLetter(request.id, letter, to_team=True)
    return _passed(request, request.helper, for_helper(letter, request), notice, kept)


def sent_to_person(letter: Letter, request: HelpRequest) -> tuple[PersonalEffect, ...]:
    """The helper's words on their way to the person."""
    kept = KeepLetter(request.id, letter, to_team=False)
    return _passed(request, request.person, for_person(letter, request.event_id), discreet(request.event_id), kept)


def discreet(event_id: int) -> Message:
    """The line that arrives unasked: it says neither from whom nor about what."""
    opening = (Key(short("button", "Open"), Contact(Reach.OPEN, event_id)),)
    return with_a_way(message(phrase("You have a new message."), keyboard=(opening,)))


def taken_over(request: HelpRequest) -> tuple[PersonalEffect, ...]:
    """Whoever had the request has it no more: the person is told, unless they never heard of anybody."""
    if request.state is not RequestState.BEGUN:
        return ()
    kept = KeepLetter(request.id, SOMEBODY_ELSE, to_team=False)
    return (kept, TellPerson(request.person, discreet(request.event_id)))


def for_person(letter: Letter, event_id: int) -> Message:
    """A helper's words, as the person reads them; or that it is not them who writes any more."""
    if letter == SOMEBODY_ELSE:
        return with_a_way(
            message(
                phrase("The person of the team who wrote to you no longer does. Whoever writes next is somebody else."),
                phrase("Words of yours that nobody has read yet are for them."),
                phrase("A way to reach you that nobody has read yet is deleted."),
                keyboard=answering(event_id)[-1:],
            )
        )
    told = message(phrase("A person of the team writes to you:"), letter.words, keyboard=answering(event_id))
    return with_a_way(told)


def answering(event_id: int) -> tuple[tuple[Key, ...], ...]:
    """What the person can do with a helper's words."""
    return (
        (Key(short("button", "Answer"), Contact(Reach.WRITE, event_id)),),
        (Key(short("button", "Share a way to reach me"), Contact(Reach.SHARE, event_id)),),
        (Key(short("button", "End this contact"), Contact(Reach.END, event_id)),),
    )


def for_helper(letter: Letter, request: HelpRequest) -> Message:
    """The person's words, as the helper reads them."""
    head = (
        phrase("{word} agrees to be reached this way:", word=request.word)
        if letter.sharing
        else phrase("{word} writes:", word=request.word)
    )
    return message(head, letter.words, keyboard=helping_on(request))


def helping_on(request: HelpRequest) -> tuple[tuple[Key, ...], ...]:
    """What the helper can do with a request that is theirs."""
    return (
        (Key(short("button", "Write"), _manage(Act.HELP_WRITE, request)),),
        (
            Key(short("button", "Give it back"), _manage(Act.HELP_RELEASE, request)),
            Key(short("button", "End this contact"), _manage(Act.HELP_END, request)),
        ),
    )


def wanted(request: HelpRequest) -> Message:
    """What a team is told of somebody who asks for contact."""
    return message(
        phrase("Somebody asks for contact: {word}", word=request.word),
        phrase("You write to each other here. Neither sees who the other is."),
        keyboard=((Key(short("button", "I take it"), _manage(Act.HELP_TAKE, request)),),),
    )


def shows(turn: Turn, request: HelpRequest, scene: Scene, *, team: bool) -> Turn:
    """The turn that shows this request to its helper (`team`), or to the person: they leave whatever they were writing.

    What they type next is meant for whom they have just read, and would go elsewhere. Writing to this very request they
    leave only after a silence.
    """
    step = turn.conversation.step
    here = writes_to(step, request, team=team)
    if not isinstance(step, Writing | Confiding) or (here and heard_within(SILENT, scene.heard, scene.now)):
        return turn
    ways = helping_on(request)[:1] if team else answering(request.event_id)[:1]
    left = () if here else (Say(message(phrase("You have left what you were writing before."), keyboard=ways)),)
    return Turn(replace(turn.conversation, step=aside(step)), (*turn.effects, *left))


def parted(before: Step, turn: Turn) -> Turn:
    """A turn that leads on to something else; whoever was in an exchange reads first that they left it."""
    match before:
        case Confiding(event):
            ways = answering(event)
        case Writing(event, Act.HELP_WRITE, number):
            ways = ((Key(short("button", "Write"), Manage(Act.HELP_WRITE, event, number)),),)
        case _:
            return turn
    return Turn(turn.conversation, (Say(out_of_it(ways)), *turn.effects))


def out_of_it(ways: tuple[tuple[Key, ...], ...]) -> Message:
    """The exchange was left for now, and these are the ways on."""
    return message(phrase("What you write now is not passed on any more."), keyboard=ways)


def unfit(words: str) -> Message | None:
    """Why these words are not passed on; None for those that are."""
    if words.lstrip().startswith("/"):
        return message(phrase("What begins with “/” is a command, and was not passed on. See /help."))
    if units(words) <= LONGEST:
        return None
    # Cut, they might say something else.
    parts = -(-units(words) // _PART)
    return message(phrase("This is too long, and was not passed on. Please send it in {number} parts.", number=parts))


def units(words: str) -> int:
    """The length of the words as Telegram counts it, in UTF-16 units."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _passed(
    request: HelpRequest, to: int, words: Message, notice: Message, kept: KeepLetter
) -> tuple[PersonalEffect, ...]:
    if request.there:
        return (TellPerson(to, words),)
    # Whoever has not opened what came before is not called again.
    return (kept,) if request.unopened else (kept, TellPerson(to, notice))


def _manage(act: Act, request: HelpRequest) -> Manage:
    return Manage(act, request.event_id, request.id)
