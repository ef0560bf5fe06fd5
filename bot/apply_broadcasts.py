"""What is to be done with broadcasts becomes rows. All of it runs inside the turn."""

from datetime import timedelta
from typing import assert_never

from bot.doing import Doing
from conversations.broadcast_effects import (
    AskForConsent,
    BackToDraft,
    BroadcastEffect,
    CancelBroadcast,
    DropBroadcast,
    FollowBroadcast,
    KeepBroadcast,
    PauseBroadcast,
    ResumeBroadcast,
    SendBroadcast,
)
from storage import broadcasts


def apply_broadcast(effect: BroadcastEffect, doing: Doing) -> None:
    """Carry out one effect on a broadcast."""
    connection, chat, now = doing.connection, doing.chat, doing.now
    tapped = doing.tap.message if doing.tap is not None else None
    match effect:
        case KeepBroadcast(event_id, broadcast, letter, urgent):
            broadcasts.keep(connection, doing.vault, chat, event_id, broadcast, letter, urgent, now)
        case DropBroadcast(broadcast):
            broadcasts.drop(connection, broadcast)
        case AskForConsent(broadcast):
            broadcasts.ask(connection, broadcast, tapped)
        case BackToDraft(broadcast):
            broadcasts.take_back(connection, broadcast)
        case SendBroadcast(broadcast, recipients, within, consenting):
            by = chat.id if consenting else None
            broadcasts.confirm(
                connection, broadcast, recipients, timedelta(days=within), now, report=tapped, consent_by=by
            )
        case PauseBroadcast(broadcast):
            broadcasts.pause(connection, broadcast)
        case ResumeBroadcast(broadcast):
            broadcasts.resume(connection, broadcast)
        case CancelBroadcast(broadcast):
            broadcasts.cancel(connection, broadcast, now)
        case FollowBroadcast(broadcast):
            if tapped is not None:
                broadcasts.follow(connection, broadcast, tapped)
        case _:
            assert_never(effect)
