"""What somebody of a team looks at who stops their event, or lets it go on."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.buttons import Manage
from conversations.desk import Desk, Duty, able
from conversations.roles import Act
from conversations.stops import Emergency
from storage import holding, stops, team
from storage.looking import Looking


def loaded(looking: Looking, desk: Desk, duty: Duty, button: Manage) -> Desk:
    """The desk with what is stopped, and what waits, of the duty's event; for STOP_MINE of all that are theirs."""
    mine = [each.event_id for each in able(desk.duties, Act.STOP_MINE)] if button.act is Act.STOP_MINE else []
    concerned = mine or [duty.event_id]
    # Of two who stop or resume at once the second waits here, and then finds it done.
    stops.lock(looking.conn, concerned)
    duties = stops.with_stops(looking.conn, desk.duties)
    now_on = next(each for each in duties if each.event_id == duty.event_id)
    return replace(desk, duties=duties, duty=now_on, emergency=_emergency(looking, now_on, duties, concerned))


def _emergency(looking: Looking, duty: Duty, duties: tuple[Duty, ...], concerned: Sequence[int]) -> Emergency:
    signs = tuple((each.event_id, team.sign(looking.vault, looking.chat.key_id, each.event)) for each in duties)
    zone = looking.contents.content(looking.conn, duty.revision).timezone if duty.revision else "UTC"
    return Emergency(holding.backlog(looking.conn, concerned, looking.now), signs, zone)
