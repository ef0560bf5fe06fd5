"""What somebody of a team has in front of them when they write or follow a broadcast."""

from dataclasses import replace
from typing import Final

from conversations.broadcasts import Broadcast, Broadcasting, BroadcastState, Person, unpacked
from conversations.buttons import Manage
from conversations.desk import Desk, Duty, able
from conversations.following import midnight
from conversations.model import Event
from conversations.roles import Act
from storage import audiences, broadcasts, team
from storage.looking import Looking

ACTS: Final = tuple(each for each in Act if each.name.startswith("BROADCAST"))
MOST_RECENT: Final = 8
"""How many are listed."""

_BEFORE = frozenset({BroadcastState.DRAFT, BroadcastState.WAITING})
_PACKED = frozenset({Act.BROADCAST_BY, Act.BROADCAST_PICK})


def loaded(looking: Looking, desk: Desk, duty: Duty, button: Manage) -> Desk:
    """The desk with the broadcast of that button.

    It is locked: of two who press at once the second sees what the first did.
    """
    conn, vault, chat = looking.conn, looking.vault, looking.chat.id
    one = _spoken_of(looking, duty, button)
    event = looking.contents.content(conn, duty.revision) if duty.revision else None
    chooses = event is not None and one is not None and (one.state in _BEFORE or button.act is Act.BROADCAST_AGAIN)
    return replace(
        desk,
        broadcasts=Broadcasting(
            fresh=broadcasts.fresh(conn) if button.act in {Act.BROADCAST_NEW, Act.BROADCAST_AGAIN} else 0,
            recent=broadcasts.recent(conn, vault, duty.event_id, chat, MOST_RECENT)
            if button.act in {Act.BROADCAST, Act.BROADCAST_AGAIN}
            else (),
            one=one,
            event=event,
            people=_people(looking, duty, event) if chooses and event is not None else (),
            tally=broadcasts.tally(conn, one.id) if one is not None and one.state not in _BEFORE else None,
            seconded=any(each != chat for each in team.who_may(conn, duty.event_id, Act.BROADCAST_AGREE)),
        ),
    )


def _people(looking: Looking, duty: Duty, event: Event) -> tuple[Person, ...]:
    return audiences.people(looking.conn, duty.event_id, midnight(looking.now, event.timezone))


def _spoken_of(looking: Looking, duty: Duty, button: Manage) -> Broadcast | None:
    """The broadcast of that event with the button's number; of drafts only the person's own."""
    conn, chat = looking.conn, looking.chat.id
    number = unpacked(button.item)[0] if button.act in _PACKED else button.item
    one = broadcasts.by_id(conn, looking.vault, number, chat, lock=True) if number else None
    if one is None or one.event != duty.event or (one.state is BroadcastState.DRAFT and not one.mine):
        return None
    if one.state is BroadcastState.WAITING and not _still_theirs(looking, duty, one):
        return None
    return one


def _still_theirs(looking: Looking, duty: Duty, one: Broadcast) -> bool:
    """Whether whoever asked for consent is still of the team."""
    author = broadcasts.author(looking.conn, one.id)
    theirs = team.duties(looking.conn, author, looking.contents) if author is not None else ()
    return any(each.event_id == duty.event_id for each in able(theirs, Act.BROADCAST_SEND))
