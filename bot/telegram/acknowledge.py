"""The acknowledgement rule: an update is acknowledged only when its turn is on disk.

Both ways in, polling and webhook, take their updates through `take_in`. It tells three ends apart: done, never to be
had (unreadable, or a fault of ours: set aside and logged by its id, or it would come for ever), and not now.
"""

import logging
from collections.abc import Mapping
from typing import Any

from bot.channels import Incoming
from bot.delivery import Delivery
from bot.doing import Done
from bot.faults import told
from bot.storage_thread import StorageUnavailable
from bot.telegram.inbound import read
from bot.turns import Turns

log = logging.getLogger(__name__)


async def take_in(update: Mapping[str, Any], turns: Turns, delivery: Delivery) -> tuple[Incoming | None, Done]:
    """One update's turn, durable when this returns; what it says is on its way.

    Raises StorageUnavailable: then the update must not be acknowledged, and Telegram brings it again.
    """
    try:
        incoming = read(update)
        done = Done() if incoming is None else await turns.take(incoming)
    except StorageUnavailable:
        raise
    except Exception as error:  # noqa: BLE001
        # The boundary: whatever is wrong with one update must not keep the others from coming in. The id is all that
        # may be logged of it: what an error says of itself may repeat what somebody wrote.
        number = number_of(update)
        which = "without a number" if number is None else number
        log.error("update %s is set aside: %s", which, told(error))
        return None, Done()
    delivery.submit(done.outgoing)
    return incoming, done


def number_of(update: object) -> int | None:
    """The update's own number, None when it has none that could be acknowledged."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return number if isinstance(number, int) else None
