"""An emergency: all messages of an event are stopped with one tap, and go on once a coordinator has seen what waits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Desk, Duty, able, shown
from conversations.disclosure import STEP
from conversations.effects import PersonalEffect, Say, Turn
from conversations.emergency_effects import ResumeEvent, StopEvent
from conversations.messages import Key, Message, Paragraph, counted, message, phrase, short, strong
from conversations.model import EventState, Phrase, Words
from conversations.roles import Act, command_of
from conversations.scene import Scene
from conversations.stops import Backlog, Emergency
from conversations.team_effects import Record, TellTeam
from conversations.timing import TouchpointKind


def which(conversation: Conversation, desk: Desk) -> Turn:
    """Somebody of several teams wants to stop: one of their events, or all of them."""
    duties = able(desk.duties, Act.PAUSE_ALL)
    going_on = tuple(each for each in duties if each.stop is None)
    already = [phrase("{event} is stopped already.", event=each.title) for each in duties if each.stop is not None]
    if not going_on:
        return Turn(conversation, (Say(message(*already, _to_resume())),))
    keys = [(Key(each.title, Manage(Act.STOP, each.event_id, 0, each.last_stop)),) for each in going_on]
    if len(going_on) > 1:
        everything = Manage(Act.STOP_MINE, going_on[0].event_id, 0, _newest(duties))
        keys.append((Key(short("button", "Stop all of them"), everything),))
    asked = message(
        strong(phrase("Which event is to be stopped?")),
        phrase("The tap stops it at once: nobody gets any message of it until a coordinator lets it go on."),
        *already,
        keyboard=(*keys, (Key(short("button", "None of them"), Manage(Act.LEAVE_BE, duties[0].event_id)),)),
    )
    return Turn(conversation, (Say(asked),))


def told_of_stop(event: Words, sign: str) -> Message:
    """What coordinators read when somebody stopped their event; no sign stands for the operator."""
    said = (
        phrase("{sign} has stopped all messages of {event}.", sign=sign, event=event)
        if sign
        else phrase("The operator has stopped all messages of {event}.", event=event)
    )
    return message(said, phrase("What was about to be sent waits."), _to_resume())


def told_of_resume(event: Words, sign: str, *, let_go: bool) -> Message:
    """What coordinators read when their event goes on; no sign stands for the operator."""
    said = (
        phrase("{sign} lets the messages of {event} go on.", sign=sign, event=event)
        if sign
        else phrase("The operator lets the messages of {event} go on.", event=event)
    )
    return message(said, _what_becomes_of_it(let_go=let_go))


def told_of_bot_stop() -> Message:
    """What coordinators read when the operator stopped the whole bot."""
    return message(
        phrase("The operator has stopped all messages of this bot, of every event."),
        phrase("What was about to be sent waits. Only the operator can let it go on."),
    )


def told_of_bot_resume(*, let_go: bool) -> Message:
    """What coordinators read when the whole bot goes on."""
    return message(
        phrase("The operator lets the messages of this bot go on."),
        _what_becomes_of_it(let_go=let_go),
        phrase("An event that was stopped by itself stays stopped."),
    )


def _asked(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, at_hand = _at_hand(scene)
    if duty.stop is not None:
        return shown(conversation, _is_stopped(conversation, duty, at_hand), tap=tap)
    question = message(
        strong(phrase("Stop all messages of {event}?", event=duty.title)),
        phrase("Nobody gets any message of it until a coordinator lets it go on. What is due meanwhile waits."),
        keyboard=(
            (Key(short("button", "Stop everything now"), Manage(Act.STOP, duty.event_id, 0, duty.last_stop)),),
            (Key(short("button", "No, go on"), Manage(Act.LEAVE_BE, duty.event_id)),),
        ),
    )
    return shown(conversation, question, tap=tap)


def _stopped(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, at_hand = _at_hand(scene)
    if duty.stop is not None or button.version != duty.last_stop:
        return _asked(conversation, button, scene, tap)
    held = message(
        strong(phrase("All messages of {event} are stopped.", event=duty.title)), *_held(at_hand.backlog), _to_resume()
    )
    return shown(conversation, held, *_stopping(duty, at_hand), tap=tap)


def _stopped_all(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """All events that the person looks after, and nobody else's."""
    _, at_hand = _at_hand(scene)
    assert scene.desk is not None  # noqa: S101 # it held the duty
    duties = able(scene.desk.duties, Act.STOP_MINE)
    going_on = tuple(each for each in duties if each.stop is None)
    if not going_on or button.version != _newest(duties):
        return which(conversation, scene.desk)
    effects: list[PersonalEffect] = []
    for each in going_on:
        # The audit log has a line for each event, wherever the button stood.
        effects.append(Record(Act.STOP_MINE, each.event, 0, (StopEvent.__name__,)))
        effects += _stopping(each, at_hand)
    lines = [Paragraph(each.title, close=True) for each in going_on]
    held = message(strong(phrase("All messages are stopped of:")), *lines, *_held(at_hand.backlog), _to_resume())
    return shown(conversation, held, *effects, tap=tap)


def _stopping(duty: Duty, at_hand: Emergency) -> tuple[PersonalEffect, PersonalEffect]:
    sign = at_hand.sign(duty.event_id)
    return StopEvent(duty.event_id, sign), TellTeam(duty.event_id, Act.RESUME, told_of_stop(duty.title, sign))


def _left(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, _ = _at_hand(scene)
    if duty.stop is not None:
        still = message(phrase("All messages of {event} stay stopped.", event=duty.title), _to_resume())
        return shown(conversation, still, tap=tap)
    return shown(conversation, message(phrase("Nothing was changed.")), tap=tap)


def _resuming(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    """What would be sent, before it is."""
    duty, at_hand = _at_hand(scene)
    if duty.stop is None:
        return shown(conversation, _goes_on_already(duty), tap=tap)
    backlog, stop = at_hand.backlog, duty.stop
    sending = Manage(Act.RESUME_SENDING, duty.event_id, 0, stop.id)
    ways = [
        (Key(short("button", "Go on and send it"), sending),),
        (Key(short("button", "Go on without it"), Manage(Act.RESUME_LETTING_GO, duty.event_id, 0, stop.id)),),
    ]
    preview = message(
        strong(_since(conversation, duty, at_hand)),
        *_would_be_sent(backlog),
        *_nothing_all_the_same(duty),
        keyboard=(*ways, (Key(short("button", "Not yet"), Manage(Act.LEAVE_BE, duty.event_id)),)),
    )
    return shown(conversation, preview, tap=tap)


def _resumed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, at_hand = _at_hand(scene)
    if duty.stop is None or button.version != duty.stop.id:
        return _resuming(conversation, button, scene, tap)
    let_go, sign = button.act is Act.RESUME_LETTING_GO, at_hand.sign(duty.event_id)
    told = TellTeam(duty.event_id, Act.RESUME, told_of_resume(duty.title, sign, let_go=let_go))
    done = message(
        strong(phrase("The messages of {event} go on.", event=duty.title)),
        _what_becomes_of_it(let_go=let_go),
        *_nothing_all_the_same(duty),
    )
    return shown(conversation, done, ResumeEvent(duty.event_id, let_go), told, tap=tap)


def _is_stopped(conversation: Conversation, duty: Duty, at_hand: Emergency) -> Message:
    return message(strong(_since(conversation, duty, at_hand)), *_held(at_hand.backlog), _to_resume())


def _goes_on_already(duty: Duty) -> Message:
    if duty.bot_stopped:
        return told_of_bot_stop()
    return message(phrase("The messages of {event} go on already.", event=duty.title))


def _since(conversation: Conversation, duty: Duty, at_hand: Emergency) -> Phrase:
    assert duty.stop is not None  # noqa: S101 # asked by every caller
    since: datetime = duty.stop.since.astimezone(ZoneInfo(conversation.zone or at_hand.zone))
    if not duty.stop.by:
        return phrase("The operator stopped all messages of {event} on {since}.", event=duty.title, since=since)
    by = duty.stop.by
    return phrase("{sign} stopped all messages of {event} on {since}.", sign=by, event=duty.title, since=since)


def _held(backlog: Backlog) -> list[Words | Paragraph]:
    """What was held back, and what nobody could hold back any more."""
    lines: list[Words | Paragraph] = [phrase("What was about to be sent waits."), *_by_kind(backlog)]
    if backlog.on_its_way:
        lines.append(
            counted(
                "{count} message was on its way already and cannot be called back.",
                "{count} messages were on their way already and cannot be called back.",
                backlog.on_its_way,
            )
        )
    return lines


def _would_be_sent(backlog: Backlog) -> list[Words | Paragraph]:
    return [
        phrase("What was due meanwhile waits."),
        *_by_kind(backlog),
        phrase("What is over by now is not sent in any case."),
        phrase(
            "If you send it, it comes by the usual rules: not at night, and spread out for whoever has several waiting."
        ),
    ]


def _by_kind(backlog: Backlog) -> list[Words | Paragraph]:
    """What is for people in steps of five, and nothing of fewer, not even that there are none.

    A reminder that waits is for somebody who has not answered, and a message of a broadcast for one person would tell
    whether they have paused, as whoever asks for help does.
    """
    groups = TouchpointKind.DIGEST
    told = [(kind, count if kind is groups else count - count % STEP) for kind, count in backlog.waiting]
    told = [each for each in told if each[1]]
    few = phrase("Fewer than five of a kind are not told.")
    if not told:
        return [few]
    lines = [Paragraph(_counted(kind, count), close=True) for kind, count in told]
    return [phrase("At least, in steps of five:"), *lines, few]


def _counted(kind: TouchpointKind, count: int) -> Phrase:
    match kind:
        case TouchpointKind.REFRESHER:
            return counted("– {count} refresher", "– {count} refreshers", count)
        case TouchpointKind.SURVEY:
            return counted("– {count} micro-survey", "– {count} micro-surveys", count)
        case TouchpointKind.BROADCAST:
            return counted("– {count} message of a broadcast", "– {count} messages of broadcasts", count)
        case TouchpointKind.SUMMARY:
            return counted("– {count} summary for the team", "– {count} summaries for the team", count)
        case TouchpointKind.REMINDER:
            return counted("– {count} reminder", "– {count} reminders", count)
        case TouchpointKind.DIGEST:
            return counted("– {count} digest for a group", "– {count} digests for groups", count)


def _nothing_all_the_same(duty: Duty) -> list[Words]:
    """Why nothing is sent even when the stop is over."""
    lines: list[Words] = []
    if duty.bot_stopped:
        lines.append(phrase("The operator has stopped the whole bot: nothing is sent until they let it go on."))
    if duty.state is not EventState.LIVE:
        lines.append(phrase("The event is not running: nothing of it is sent even then."))
    return lines


def _what_becomes_of_it(*, let_go: bool) -> Phrase:
    if let_go:
        return phrase("What waited is not sent. Refreshers go on with the next one in a few days.")
    return phrase("What waited and is not over is sent by the usual rules.")


def _to_resume() -> Phrase:
    return phrase(
        "For it to go on, a coordinator sends {english} (in French: {french}).",
        english=command_of(Act.RESUME, french=False),
        french=command_of(Act.RESUME, french=True),
    )


def _newest(duties: tuple[Duty, ...]) -> int:
    return max(each.last_stop for each in duties)


def _at_hand(scene: Scene) -> tuple[Duty, Emergency]:
    desk = scene.desk
    assert desk is not None and desk.duty is not None and desk.emergency is not None  # noqa: S101, PT018 # as loaded
    return desk.duty, desk.emergency


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.PAUSE_ALL: _asked,
    Act.STOP: _stopped,
    Act.STOP_MINE: _stopped_all,
    Act.LEAVE_BE: _left,
    Act.RESUME: _resuming,
    Act.RESUME_SENDING: _resumed,
    Act.RESUME_LETTING_GO: _resumed,
}
