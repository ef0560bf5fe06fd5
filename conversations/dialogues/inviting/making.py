"""A new invitation: for whom, for how many, until when; each by a tap, or typed. Then its link is there to be sent on.

The buttons carry what was chosen so far, and which state of things it was chosen in.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Duty, asking, link, shown
from conversations.dialogues.inviting.common import at_hand, can_invite, closed, for_whom, gone, taken
from conversations.dialogues.inviting.single import keys_of
from conversations.effects import Say, Toast, Turn
from conversations.inviting import LONGEST, MOST_PLACES, Inviting, Issued, Terms, letter, terms_of
from conversations.inviting_effects import OfferPlaces
from conversations.messages import Key, Message, message, phrase, short, strong
from conversations.model import Phrase, Words
from conversations.reading.dates import typed_day
from conversations.roles import Act
from conversations.scene import Scene

PROMPTS: Mapping[Act, Words] = {
    Act.INVITE_TYPE_PLACES: phrase("How many people may join with it? Please type a number."),
    Act.INVITE_TYPE_DAY: phrase("Which is the last day on which it works? For example 12 March 2027."),
}
_USUAL: Final = (1, 10, 30, 100)
_IN_ROWS: Final = 2


def begun(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """For whom it is; where all are invited alike, how many places it has."""
    duty, inviting = at_hand(scene)
    if inviting is None or not can_invite(duty):
        return shown(conversation, closed(duty), tap=tap)
    if not inviting.event.parts:
        return shown(conversation, _how_many(duty, inviting, Terms()), tap=tap)
    keys = [
        Key(for_whom(inviting, name), _next(Act.INVITE_PART, duty, inviting, Terms(part)))
        for part, name in enumerate(("", *(each.name for each in inviting.event.parts)))
    ]
    who = message(strong(phrase("New invitation")), phrase("Whom is it for?"), keyboard=_rows(keys))
    return shown(conversation, who, tap=tap)


def part_chosen(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """How many places it has."""
    duty, inviting = at_hand(scene)
    terms = _terms(button.item, button.version, scene)
    if inviting is None or terms is None:
        return gone(conversation)
    return shown(conversation, _how_many(duty, inviting, terms), tap=tap)


def places_asked(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """How many, in figures."""
    return _asked(Act.INVITE_TYPE_PLACES, conversation, button, scene)


def places_typed(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn:
    """That many, if it can be; until when it works comes next."""
    duty, inviting = at_hand(scene)
    terms = _terms(step.item, _version_of(step), scene)
    if inviting is None or terms is None:
        return _overtaken(conversation, step)
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{1,4}", digits) or int(digits) == 0:
        hint = phrase("Please type a number from 1 to {most}.", most=str(MOST_PLACES))
        return Turn(conversation, (Say(message(hint)),))
    chosen = replace(terms, places=int(digits))
    return Turn(replace(conversation, step=step.before), (Say(_until_when(duty, inviting, chosen, scene)),))


def places_chosen(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Until when it works."""
    duty, inviting = at_hand(scene)
    terms = _terms(button.item, button.version, scene)
    if inviting is None or terms is None:
        return gone(conversation)
    return shown(conversation, _until_when(duty, inviting, terms, scene), tap=tap)


def day_asked(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Until which day, in words."""
    return _asked(Act.INVITE_TYPE_DAY, conversation, button, scene)


def day_typed(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn:
    """Until that day, if it can be: then the invitation is made."""
    _, inviting = at_hand(scene)
    terms = _terms(step.item, _version_of(step), scene)
    if inviting is None or terms is None:
        return _overtaken(conversation, step)
    today = _today(inviting, scene)
    day = typed_day(text, today)
    if not isinstance(day, date):
        return Turn(conversation, (Say(message(day)),))
    if not today <= day <= today + LONGEST:
        return Turn(conversation, (Say(message(phrase("The last day is today or later, within two years."))),))
    return _made(replace(conversation, step=step.before), replace(terms, until=day), scene, tap=False)


def made(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """The invitation is made, and its link follows."""
    terms = _terms(button.item, button.version, scene)
    return gone(conversation) if terms is None else _made(conversation, terms, scene, tap=tap)


def _made(conversation: Conversation, terms: Terms, scene: Scene, *, tap: bool) -> Turn:
    duty, inviting = at_hand(scene)
    assert scene.desk is not None and inviting is not None  # noqa: S101, PT018 # asked by every caller
    event = inviting.event
    part = event.parts[terms.part - 1].name if terms.part else ""
    offer = OfferPlaces(duty.event_id, inviting.fresh_code, part, terms.places, terms.expires(event.timezone))
    issued = Issued(inviting.following, offer.code, part, offer.places, 0, offer.expires, revoked=False)
    ready = message(
        strong(phrase("Invitation {number} is ready.", number=str(issued.number))),
        phrase("{people}: {places}", people=for_whom(inviting, part), places=taken(issued)),
        phrase("The message below can be forwarded as it is."),
        keyboard=keys_of(duty, issued),
    )
    turn = shown(conversation, ready, offer, tap=tap)
    passed_on = letter(event.title, link(scene.desk, offer.code), terms.until)
    return Turn(turn.conversation, (*turn.effects, Say(passed_on)))


def _asked(act: Act, conversation: Conversation, button: Manage, scene: Scene) -> Turn:
    duty, inviting = at_hand(scene)
    if inviting is None or _terms(button.item, button.version, scene) is None:
        return gone(conversation)
    step = Writing(duty.event_id, act, button.item, aside(conversation.step), (str(button.version),))
    return asking(conversation, step, message(PROMPTS[act]), Toast())


def _how_many(duty: Duty, inviting: Inviting, terms: Terms) -> Message:
    keys = [Key(short("button", "Any number"), _next(Act.INVITE_PLACES, duty, inviting, terms))]
    keys += [
        Key(str(places), _next(Act.INVITE_PLACES, duty, inviting, replace(terms, places=places))) for places in _USUAL
    ]
    keys.append(Key(short("button", "Another number"), _next(Act.INVITE_TYPE_PLACES, duty, inviting, terms)))
    return message(strong(phrase("New invitation")), phrase("How many people may join with it?"), keyboard=_rows(keys))


def _until_when(duty: Duty, inviting: Inviting, terms: Terms, scene: Scene) -> Message:
    today, end = _today(inviting, scene), inviting.event.end
    days: list[tuple[Phrase, date | None]] = [
        (short("button", "No end"), None),
        (short("button", "Until tomorrow"), today + timedelta(days=1)),
        (short("button", "For a week"), today + timedelta(days=7)),
    ]
    if today + timedelta(days=1) < end <= today + LONGEST:
        days.append((short("button", "Until the event ends"), end))
    keys = [Key(words, _next(Act.INVITE_MAKE, duty, inviting, replace(terms, until=day))) for words, day in days]
    # The same day twice would be two buttons that do the same.
    single = {key.button: key for key in reversed(keys)}
    keys = [key for key in keys if single[key.button] is key]
    keys.append(Key(short("button", "Until another day"), _next(Act.INVITE_TYPE_DAY, duty, inviting, terms)))
    return message(strong(phrase("New invitation")), phrase("Until when does it work?"), keyboard=_rows(keys))


def _next(act: Act, duty: Duty, inviting: Inviting, terms: Terms) -> Manage:
    return Manage(act, duty.event_id, terms.packed(), inviting.version)


def _rows(keys: list[Key]) -> tuple[tuple[Key, ...], ...]:
    return tuple(tuple(keys[start : start + _IN_ROWS]) for start in range(0, len(keys), _IN_ROWS))


def _terms(item: int, version: int, scene: Scene) -> Terms | None:
    """What was chosen so far; None when an invitation was made or a revision published since, or nobody could join."""
    duty, inviting = at_hand(scene)
    if inviting is None or inviting.version != version or not can_invite(duty):
        return None
    return terms_of(item, inviting.event, _today(inviting, scene))


def _version_of(step: Writing) -> int:
    return int(step.notes[0])


def _today(inviting: Inviting, scene: Scene) -> date:
    return scene.now.astimezone(ZoneInfo(inviting.event.timezone)).date()


def _overtaken(conversation: Conversation, step: Writing) -> Turn:
    said = message(phrase("This has changed meanwhile. See /invite."))
    return Turn(replace(conversation, step=step.before), (Say(said),))
