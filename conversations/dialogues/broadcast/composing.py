"""A broadcast is written: its words in both languages, when it goes, and what shows on lock screens."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.attachments import Attachment, Kind
from conversations.broadcast_effects import DropBroadcast, KeepBroadcast
from conversations.broadcasts import DAYS, LONGEST, Broadcast, Broadcasting, Letter
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Duty, asking, shown
from conversations.dialogues.broadcast import words
from conversations.dialogues.broadcast.common import (
    at_hand,
    draft,
    gone,
    key,
    overtaken,
    own_draft,
    reached,
    redrafted,
    told,
)
from conversations.effects import Say, Toast, Turn
from conversations.letters import units
from conversations.marks import Wording
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Language, Phrase, Words
from conversations.reading import Misread
from conversations.reading.times import read_moment, read_time
from conversations.roles import Act
from conversations.scene import Scene
from conversations.words import is_seen

_FARTHEST = timedelta(days=60)
_GLIMPSE = 60

ENGLISH = phrase("Write the broadcast in English, as people are to read it. Bold, italics and links are kept.")
FRENCH = phrase("Now write it in French.")
FILE = phrase("Send one photo or document. It comes above the words; what you write under it is not kept.")
WHEN = phrase(
    "When shall it come? It counts as local time for each person. Type a day and a time, such as “tomorrow 10:00” or "
    "“12 March 14:30”."
)
_QUESTIONS: Mapping[Act, Phrase] = {
    Act.BROADCAST_EN: ENGLISH,
    Act.BROADCAST_FR: FRENCH,
    Act.BROADCAST_FILE: FILE,
    Act.BROADCAST_WHEN: WHEN,
}


def begun(conversation: Conversation, _button: Manage, scene: Scene, _tap: bool) -> Turn:
    """A new one: its English words are asked for."""
    duty, view = at_hand(scene)
    if view.event is None:
        return Turn(conversation, (Say(message(phrase("Nothing is published yet, so nobody takes part."))),))
    keep = KeepBroadcast(duty.event_id, view.fresh, Letter(), urgent=False)
    step = Writing(duty.event_id, Act.BROADCAST_EN, view.fresh, aside(conversation.step))
    return asking(conversation, step, message(ENGLISH), keep)


def asked(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """The words of one language, a file or the time are asked for."""
    duty, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None:
        return gone(conversation)
    step = Writing(duty.event_id, button.act, one.id, aside(conversation.step))
    return asking(conversation, step, message(_QUESTIONS[button.act]), Toast())


def written(conversation: Conversation, step: Writing, wording: Wording, scene: Scene) -> Turn:
    """The words of one language came; those of the other are asked for where they are missing."""
    duty, view = at_hand(scene)
    one = draft(view)
    back = replace(conversation, step=step.before)
    if one is None:
        return overtaken(conversation, step)
    if not is_seen(wording.words):
        return Turn(conversation, (Say(message(_QUESTIONS[step.act])),))
    if units(wording.words) > LONGEST:
        long = phrase("That is too long for one message. Please write it in at most {count} characters.", count=LONGEST)
        return Turn(conversation, (Say(message(long)),))
    english = step.act is Act.BROADCAST_EN
    letter = replace(one.letter, en=wording) if english else replace(one.letter, fr=wording)
    letter = replace(letter, as_it_is=letter.as_it_is and (letter.en is None or letter.fr is None))
    if letter.missing is None:
        return changed(back, one, letter, scene, tap=False)
    after, keep = redrafted(one, letter, duty)
    other = Act.BROADCAST_FR if letter.missing is Language.FR else Act.BROADCAST_EN
    only = key(short("button", "Send it as it is to everybody"), Act.BROADCAST_AS_IT_IS, duty, after)
    question = message(FRENCH if other is Act.BROADCAST_FR else ENGLISH, keyboard=((only,),))
    return asking(back, Writing(duty.event_id, other, one.id, step.before), question, keep)


def as_it_is(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Everybody is to get the one language that there is."""
    _, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None or (one.letter.en is None and one.letter.fr is None):
        return gone(conversation)
    return changed(conversation, one, replace(one.letter, as_it_is=True), scene, tap=tap)


def illustrated(conversation: Conversation, step: Writing, file: Attachment, scene: Scene) -> Turn:
    """A photo or document came."""
    _, view = at_hand(scene)
    one = draft(view)
    if one is None:
        return overtaken(conversation, step)
    if file.kind not in {Kind.PHOTO, Kind.DOCUMENT}:
        return Turn(conversation, (Say(message(FILE)),))
    back = replace(conversation, step=step.before)
    return changed(back, one, replace(one.letter, file=file), scene, tap=False)


def timed(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn:
    """The local time came at which it is to go."""
    _, view = at_hand(scene)
    one = draft(view)
    if one is None:
        return overtaken(conversation, step)
    now = scene.now.astimezone(ZoneInfo(conversation.zone or (view.event.timezone if view.event else "UTC")))
    at = _moment(text, now)
    if isinstance(at, Misread):
        return Turn(conversation, (Say(message(at.hint)),))
    if at is None:
        return Turn(conversation, (Say(message(WHEN)),))
    if not now.replace(tzinfo=None) < at <= now.replace(tzinfo=None) + _FARTHEST:
        return Turn(conversation, (Say(message(phrase("Please choose a time from now on, within sixty days."))),))
    return changed(replace(conversation, step=step.before), one, replace(one.letter, at=at), scene, tap=False)


def _moment(text: str, now: datetime) -> datetime | Misread | None:
    """The local time that the words name, without a zone; one of the clock alone is today's or tomorrow's."""
    found = read_moment(text, now, ahead=True)
    if isinstance(found, Misread):
        return found
    if found is not None:
        return datetime.fromisoformat(found).replace(tzinfo=None)
    clock = read_time(text, now)
    if clock is None:
        return None
    at = datetime.combine(now.date(), datetime.fromisoformat(f"{now.date()}T{clock}").time())
    return at if at > now.replace(tzinfo=None) else at + timedelta(days=1)


def switched(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Now instead of later; the next of the spans; the words or a neutral line on lock screens; urgent or not."""
    _, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None:
        return gone(conversation)
    letter, urgent = one.letter, one.urgent
    match button.act:
        case Act.BROADCAST_NO_FILE:
            letter = replace(letter, file=None)
        case Act.BROADCAST_NOW:
            letter = replace(letter, at=None)
        case Act.BROADCAST_DAYS:
            letter = replace(letter, days=DAYS[(DAYS.index(letter.days) + 1) % len(DAYS)])
        case Act.BROADCAST_LOCK:
            letter = replace(letter, at_once=not letter.at_once)
        case _:
            urgent = not urgent
    if urgent and not one.urgent and not view.seconded:
        return Turn(conversation, (Toast(alone()),))
    return changed(conversation, one, letter, scene, tap=tap, urgent=urgent)


def alone() -> Phrase:
    """Why nothing can be urgent where there is one coordinator, and what to do."""
    return phrase("Urgent needs a second coordinator who agrees. Invite one with /team.")


def dropped(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """The draft is not wanted any more."""
    _, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None:
        return gone(conversation)
    return shown(conversation, message(phrase("The draft is deleted.")), DropBroadcast(one.id), tap=tap)


def changed(  # all that a draft is
    conversation: Conversation, one: Broadcast, letter: Letter, scene: Scene, *, tap: bool, urgent: bool | None = None
) -> Turn:
    """The draft with that change, shown once more."""
    duty, view = at_hand(scene)
    after, keep = redrafted(one, letter, duty, urgent=urgent)
    return shown(conversation, card(after, duty, view, scene), keep, tap=tap)


def card(one: Broadcast, duty: Duty, view: Broadcasting, scene: Scene) -> Message:
    """The draft at a glance, with everything that can be changed."""
    assert view.event is not None  # noqa: S101 # nothing is drafted before
    letter = one.letter
    lines = [
        strong(phrase("Broadcast {number} of {event}: a draft", number=one.id, event=duty.title)),
        *told(*_texts(letter)),
        *told(phrase("To:"), *words.audience_lines(letter.audience, view.event)),
        *told(*words.reach_lines(reached(one, view))),
        *told(when(letter), phrase("Worth sending for: {days}", days=words.days(letter.days)), lock_screen(letter)),
    ]
    if one.urgent:
        lines.append(Paragraph(phrase("Urgent: also at night, once a second coordinator has agreed.")))
    return Message(tuple(lines), _keys(one, duty))


def _texts(letter: Letter) -> tuple[Words, ...]:
    missing = phrase("missing")
    file: tuple[Words, ...] = (phrase("With a photo or document"),) if letter.file is not None else ()
    if letter.as_it_is:
        return (
            phrase("In one language, to everybody: {text}", text=_glimpse(letter.en or letter.fr) or missing),
            *file,
        )
    return (
        phrase("English: {text}", text=_glimpse(letter.en) or missing),
        phrase("French: {text}", text=_glimpse(letter.fr) or missing),
        *file,
    )


def _glimpse(wording: Wording | None) -> str:
    if wording is None:
        return ""
    flat = " ".join(wording.words.split())
    return flat if len(flat) <= _GLIMPSE else flat[:_GLIMPSE].rstrip() + "…"


def when(letter: Letter) -> Phrase:
    """When it goes, in a line."""
    if letter.at is None:
        return phrase("When: one minute after you confirm")
    return phrase("When: {day}, {time}, local time of each person", day=letter.at.date(), time=letter.at.time())


def lock_screen(letter: Letter) -> Phrase:
    """What shows on lock screens, in a line."""
    if letter.at_once:
        return phrase("Lock screens show the words themselves: whoever sees the phone can read them.")
    return phrase("Lock screens show a neutral line; the words come after a tap.")


def _keys(one: Broadcast, duty: Duty) -> tuple[tuple[Key, ...], ...]:
    letter = one.letter
    lock = short("button", "Neutral line first") if letter.at_once else short("button", "Show the words at once")
    rows = [
        (
            key(short("button", "English text"), Act.BROADCAST_EN, duty, one),
            key(short("button", "French text"), Act.BROADCAST_FR, duty, one),
        ),
        (key(short("button", "To whom"), Act.BROADCAST_WHO, duty, one), _when_key(letter, duty, one)),
        (_file_key(letter, duty, one),),
        (key(lock, Act.BROADCAST_LOCK, duty, one),),
        (key(short("button", "Worth sending for…"), Act.BROADCAST_DAYS, duty, one),),
        (key(short("button", "Urgent"), Act.BROADCAST_URGENT, duty, one, ticked=one.urgent),),
    ]
    if letter.missing is not None and (letter.en or letter.fr):
        rows.append((key(short("button", "Send it as it is to everybody"), Act.BROADCAST_AS_IT_IS, duty, one),))
    rows.append((key(short("button", "Preview and send"), Act.BROADCAST_SEE, duty, one),))
    rows.append((key(short("button", "Delete the draft"), Act.BROADCAST_DROP, duty, one),))
    return tuple(rows)


def _when_key(letter: Letter, duty: Duty, one: Broadcast) -> Key:
    if letter.at is None:
        return key(short("button: choose a time", "Later"), Act.BROADCAST_WHEN, duty, one)
    return key(short("button: as soon as confirmed", "At once"), Act.BROADCAST_NOW, duty, one)


def _file_key(letter: Letter, duty: Duty, one: Broadcast) -> Key:
    if letter.file is None:
        return key(short("button", "Add a photo or document"), Act.BROADCAST_FILE, duty, one)
    return key(short("button", "Take the file out"), Act.BROADCAST_NO_FILE, duty, one)
