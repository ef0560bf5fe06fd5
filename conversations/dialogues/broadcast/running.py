"""The broadcasts of an event: the last ones, how far each is, and undoing, pausing, resuming and cancelling one."""

from dataclasses import replace

from conversations.broadcast_effects import (
    CancelBroadcast,
    FollowBroadcast,
    KeepBroadcast,
    PauseBroadcast,
    ResumeBroadcast,
)
from conversations.broadcasts import RUNNING, Broadcast, BroadcastState, Tally
from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, shown
from conversations.dialogues.broadcast import words
from conversations.dialogues.broadcast.common import at_hand, current, gone, key, told
from conversations.dialogues.broadcast.composing import card
from conversations.dialogues.broadcast.sending import waiting
from conversations.effects import PersonalEffect, Toast, Turn
from conversations.messages import Key, Paragraph, message, phrase, short, strong
from conversations.model import Phrase
from conversations.policy import Reason
from conversations.roles import Act
from conversations.scene import Scene


def listed(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    """The last ones, and a new one."""
    duty, view = at_hand(scene)
    rows = [((Key(short("button", "New broadcast"), Manage(Act.BROADCAST_NEW, duty.event_id))),)]
    rows += [(_entry(each, duty),) for each in view.recent]
    lines = told(*map(_line, view.recent)) if view.recent else (Paragraph(phrase("None was written yet.")),)
    heading = strong(phrase("Broadcasts of {event}", event=duty.title))
    return shown(conversation, message(heading, *lines, keyboard=tuple(rows)), tap=tap)


def _line(one: Broadcast) -> Phrase:
    day, state = (one.confirmed or one.created).date(), words.state(one)
    return phrase("{number}: {day}, {state}", number=one.id, day=day, state=state)


def _entry(one: Broadcast, duty: Duty) -> Key:
    label = short("button: a broadcast", "{number}: {state}", number=one.id, state=words.state(one))
    return key(label, Act.BROADCAST_SHOW, duty, one)


def looked_at(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    """One of them as it is now, however old the button."""
    duty, view = at_hand(scene)
    one = view.one
    if one is None:
        return gone(conversation)
    if one.state is BroadcastState.DRAFT:
        return shown(conversation, card(one, duty, view, scene), tap=tap)
    if one.state is BroadcastState.WAITING:
        return shown(conversation, waiting(one, duty), tap=tap)
    report = words.report(one, view.tally or Tally(), duty, scene.now)
    follow: tuple[PersonalEffect, ...] = (FollowBroadcast(one.id),) if one.mine and one.state in RUNNING else ()
    return shown(conversation, report, *follow, tap=tap)


def undone(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Within the minute: nobody gets it."""
    duty, view = at_hand(scene)
    one = current(button, view, *RUNNING)
    if one is None:
        return gone(conversation)
    if not one.can_be_undone(scene.now):
        return Turn(conversation, (Toast(phrase("The minute is over: it is being sent. You can pause or cancel it.")),))
    after = replace(one, state=BroadcastState.CANCELLED, version=one.version + 1)
    nobody = Tally(held=((Reason.CANCELLED, one.recipients),))
    return shown(conversation, words.report(after, nobody, duty, scene.now), CancelBroadcast(one.id), tap=tap)


def paused(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Nothing of it leaves for now."""
    return _turned(conversation, button, scene, BroadcastState.CONFIRMED, BroadcastState.PAUSED, tap=tap)


def resumed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """It goes on."""
    return _turned(conversation, button, scene, BroadcastState.PAUSED, BroadcastState.CONFIRMED, tap=tap)


def cancelling(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Asked once more: there is no way back."""
    duty, view = at_hand(scene)
    one = current(button, view, *RUNNING)
    if one is None:
        return gone(conversation)
    really = message(
        phrase("Cancel broadcast {number} for good? Nothing more of it is sent.", number=one.id),
        phrase("What was not opened yet cannot be opened any more. What was read stays read."),
        keyboard=(
            (key(short("button", "Yes, cancel it"), Act.BROADCAST_CANCEL_YES, duty, one),),
            (key(short("button", "No, go back"), Act.BROADCAST_SHOW, duty, one),),
        ),
    )
    return shown(conversation, really, tap=tap)


def cancelled(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """It is over: nothing more of it leaves."""
    duty, view = at_hand(scene)
    one = current(button, view, *RUNNING)
    if one is None:
        return gone(conversation)
    after = replace(one, state=BroadcastState.CANCELLED, version=one.version + 1)
    report = words.report(after, view.tally or Tally(), duty, scene.now)
    return shown(conversation, report, CancelBroadcast(one.id), *_followed(one), tap=tap)


def again(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """A new draft with the words of one that reached nobody."""
    duty, view = at_hand(scene)
    one = current(button, view, BroadcastState.CANCELLED)
    if one is None or not one.mine or view.tally is None or not view.tally.reached_nobody:
        return gone(conversation)
    letter = replace(one.letter, at=None)
    drafts = (each for each in view.recent if each.mine and each.state is BroadcastState.DRAFT)
    begun = next((each for each in drafts if each.letter == letter), None)
    if begun is not None:  # tapped twice
        return shown(conversation, card(begun, duty, view, scene), tap=tap)
    fresh = Broadcast(view.fresh, one.event, BroadcastState.DRAFT, 1, letter, scene.now)
    keep = KeepBroadcast(duty.event_id, view.fresh, letter, urgent=False)
    return shown(conversation, card(fresh, duty, view, scene), keep, tap=tap)


def _turned(
    conversation: Conversation,
    button: Manage,
    scene: Scene,
    before: BroadcastState,
    wanted: BroadcastState,
    *,
    tap: bool,
) -> Turn:
    duty, view = at_hand(scene)
    one = current(button, view, before)
    if one is None:
        return gone(conversation)
    after = replace(one, state=wanted, version=one.version + 1)
    effect: PersonalEffect = PauseBroadcast(one.id) if wanted is BroadcastState.PAUSED else ResumeBroadcast(one.id)
    report = words.report(after, view.tally or Tally(), duty, scene.now)
    return shown(conversation, report, effect, *_followed(one), tap=tap)


def _followed(one: Broadcast) -> tuple[PersonalEffect, ...]:
    """Whoever wrote it sees its progress where they tapped last."""
    return (FollowBroadcast(one.id),) if one.mine else ()
