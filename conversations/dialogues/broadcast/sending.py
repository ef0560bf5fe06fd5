"""A broadcast is looked at as people will get it, confirmed, and where it is urgent agreed to by a second person."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from conversations.broadcast_effects import AskForConsent, BackToDraft, SendBroadcast
from conversations.broadcasts import (
    Broadcast,
    Broadcasting,
    BroadcastState,
    Tally,
    due_for,
    recipients,
)
from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, shown
from conversations.dialogues.broadcast import words
from conversations.dialogues.broadcast.common import at_hand, current, gone, key, own_draft, reached, text_of, told
from conversations.dialogues.broadcast.composing import alone, card, lock_screen, when
from conversations.dialogues.broadcast.received import arriving, headed, unfolding
from conversations.effects import PersonalEffect, Say, Toast, Turn
from conversations.messages import Message, message, phrase, short, strong
from conversations.model import EventState, Language, Phrase
from conversations.roles import Act
from conversations.scene import Scene
from conversations.team_effects import TellTeam


def seen(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """The words as people will read them, in both languages, and what can be done now."""
    duty, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None:
        return gone(conversation)
    if one.letter.missing is not None:
        return Turn(conversation, (Toast(_missing(one.letter.missing)),))
    texts = tuple(Say(each) for each in _previews(one))
    asked = message(
        strong(phrase("That is what they will read.")),
        *told(*words.reach_lines(reached(one, view))),
        *told(when(one.letter), lock_screen(one.letter)),
        keyboard=(
            (key(short("button", "Send it to me first"), Act.BROADCAST_TO_ME, duty, one),),
            (key(short("button", "Send it…"), Act.BROADCAST_SEND, duty, one),),
            (key(short("button", "Change it"), Act.BROADCAST_SHOW, duty, one),),
        ),
    )
    return Turn(conversation, (Toast(), *texts, Say(asked)))


def _previews(one: Broadcast) -> list[Message]:
    """The words of each language, under the name of that language."""
    if one.letter.as_it_is:
        language = Language.EN if one.letter.en is not None else Language.FR
        return [headed(one, language, phrase("To everybody:"))]
    names = {Language.EN: phrase("In English:"), Language.FR: phrase("In French:")}
    return [headed(one, language, name) for language, name in names.items()]


def to_me(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """It comes to whoever wrote it, just as to everybody else."""
    duty, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None or one.letter.missing is not None:
        return gone(conversation)
    opening = Manage(Act.BROADCAST_OPEN, duty.event_id, one.id, one.version)
    return Turn(conversation, (Toast(), Say(arriving(one, conversation.language, opening))))


def opened(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """Whoever wrote it opens what came to them."""
    duty, view = at_hand(scene)
    one = view.one
    if one is None or not one.mine or one.version < button.version or text_of(one, conversation.language) is None:
        return gone(conversation)
    return Turn(conversation, unfolding(one, conversation.language, duty.title))


def asked(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """The last question before it goes."""
    duty, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None:
        return gone(conversation)
    hindered = _hindrance(one, duty, view, scene)
    if hindered is not None:
        back = ((key(short("button", "Change it"), Act.BROADCAST_SHOW, duty, one),),)
        return shown(conversation, message(hindered, keyboard=back), tap=tap)
    sure = short("button", "Ask for consent") if one.urgent else short("button", "Yes, send it")
    question = message(
        phrase("Send it?"),
        *told(when(one.letter), lock_screen(one.letter), _urgency(one)),
        keyboard=(
            (key(sure, Act.BROADCAST_CONFIRM, duty, one),),
            (key(short("button", "Change it"), Act.BROADCAST_SHOW, duty, one),),
        ),
    )
    return shown(conversation, question, tap=tap)


def confirmed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """It goes in a minute; an urgent one once a second person has agreed."""
    duty, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None:
        return gone(conversation)
    hindered = _hindrance(one, duty, view, scene)
    if hindered is not None:
        return shown(conversation, message(hindered), tap=tap)
    if not one.urgent:
        return _sent(conversation, one, scene, tap=tap)
    after = replace(one, state=BroadcastState.WAITING, version=one.version + 1)
    asking = [TellTeam(duty.event_id, Act.BROADCAST_AGREE, each) for each in _previews(one)]
    asking.append(TellTeam(duty.event_id, Act.BROADCAST_AGREE, _consent(after, duty, view, scene)))
    return shown(conversation, waiting(after, duty), AskForConsent(one.id), *asking, tap=tap)


def agreed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """A second coordinator agrees that it is urgent: it goes in a minute."""
    duty, view = at_hand(scene)
    one = current(button, view, BroadcastState.WAITING)
    if one is None:
        return gone(conversation)
    if one.mine:
        return Turn(conversation, (Toast(phrase("Somebody else has to agree: you wrote it.")),))
    hindered = _hindrance(one, duty, view, scene)
    if hindered is not None:
        return shown(conversation, message(hindered), tap=tap)
    return _sent(conversation, one, scene, tap=tap, consenting=True)


def refused(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """A second coordinator does not agree, or whoever wrote it takes it back: it is a draft again."""
    duty, view = at_hand(scene)
    one = current(button, view, BroadcastState.WAITING)
    if one is None:
        return gone(conversation)
    back = BackToDraft(one.id)
    if one.mine:
        after = replace(one, state=BroadcastState.DRAFT, version=one.version + 1)
        return shown(conversation, card(after, duty, view, scene), back, tap=tap)
    told_author = message(
        phrase("Broadcast {number} was not agreed to. It is a draft again: /broadcast", number=one.id)
    )
    tell = TellTeam(duty.event_id, Act.BROADCAST, told_author)
    return shown(conversation, message(phrase("It is not sent. Thank you for looking at it.")), back, tell, tap=tap)


def waiting(one: Broadcast, duty: Duty) -> Message:
    """An urgent one that waits for a second person."""
    return message(
        phrase(
            "Broadcast {number} waits until another coordinator of {event} agrees.", number=one.id, event=duty.title
        ),
        keyboard=((key(short("button", "Take it back"), Act.BROADCAST_REFUSE, duty, one),),),
    )


def _sent(conversation: Conversation, one: Broadcast, scene: Scene, *, tap: bool, consenting: bool = False) -> Turn:
    duty, view = at_hand(scene)
    assert view.event is not None  # noqa: S101 # or it is hindered
    zone = view.event.timezone
    chosen = tuple(
        (each.chat, due_for(one.letter, each, scene.now, zone))
        for each in recipients(one.letter, view.people, scene.now, zone)
    )
    after = replace(
        one,
        state=BroadcastState.CONFIRMED,
        version=one.version + 1,
        confirmed=scene.now,
        recipients=len(chosen),
    )
    send: PersonalEffect = SendBroadcast(one.id, chosen, one.letter.days, consenting)
    return shown(conversation, words.report(after, Tally(waiting=len(chosen)), duty, scene.now), send, tap=tap)


def _consent(one: Broadcast, duty: Duty, view: Broadcasting, scene: Scene) -> Message:
    return message(
        strong(phrase("Is this urgent? Another coordinator of {event} wants to send it.", event=duty.title)),
        phrase("If you agree, it also comes at night and after other messages. It never reaches who has left."),
        *told(*words.reach_lines(reached(one, view)), when(one.letter), lock_screen(one.letter)),
        keyboard=(
            (key(short("button", "I agree, send it"), Act.BROADCAST_AGREE, duty, one),),
            (key(short("button", "No, do not send it"), Act.BROADCAST_REFUSE, duty, one),),
        ),
    )


def _urgency(one: Broadcast) -> Phrase:
    if one.urgent:
        return phrase("Urgent: it waits until a second coordinator agrees, then it comes at night as well.")
    return phrase("At night, and after other messages, it waits for each person as all messages do.")


def _hindrance(one: Broadcast, duty: Duty, view: Broadcasting, scene: Scene) -> Phrase | None:
    """Why it cannot be sent now, and what to do."""
    if duty.state is not EventState.LIVE or view.event is None:
        return phrase("Nothing is sent: this event is not live.")
    if one.letter.missing is not None:
        return _missing(one.letter.missing)
    reach = reached(one, view)
    if reach.refusal is not None:
        return words.refused(reach.refusal)
    if reach.nobody:
        return phrase("Nobody would get it. Choose another audience.")
    at = one.letter.at
    if at is not None and at.replace(tzinfo=ZoneInfo(view.event.timezone)) <= scene.now:
        return phrase("The time you chose is over. Choose another one.")
    return alone() if one.urgent and one.mine and not view.seconded else None


def _missing(language: Language) -> Phrase:
    if language is Language.FR:
        return phrase("The French text is missing. Write it, or choose to send it as it is to everybody.")
    return phrase("The English text is missing. Write it, or choose to send it as it is to everybody.")
