"""What inviting asks for becomes rows. All of it runs inside the turn."""

from typing import assert_never

from bot.doing import Doing
from conversations.inviting_effects import (
    Expect,
    ExpectNobody,
    InvitingEffect,
    OfferPlaces,
    ReplaceInvitation,
    WithdrawInvitation,
)
from storage import inviting, rosters


def apply_inviting(effect: InvitingEffect, doing: Doing) -> None:
    """Carry out one effect of inviting."""
    connection, now = doing.connection, doing.now
    match effect:
        case OfferPlaces(event_id, code, part, places, expires):
            inviting.offer(connection, event_id, code, part, places, expires, now)
        case WithdrawInvitation(event_id, number):
            inviting.withdraw(connection, event_id, number, now)
        case ReplaceInvitation(event_id, number, code):
            inviting.substitute(connection, event_id, number, code, now)
        case Expect(event_id, guests):
            rosters.expect(connection, doing.vault, event_id, guests, now)
        case ExpectNobody(event_id):
            rosters.expect_nobody(connection, event_id)
        case _:
            assert_never(effect)
