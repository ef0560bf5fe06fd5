"""Key messages as recall questions."""

from hashlib import sha256

from conversations.model import Choice, KeyMessage


def options(message: KeyMessage, nudge: int) -> tuple[Choice, ...]:
    """The recall question's choices in the order that this nudge shows them.

    A stable hash shuffles them, so that what is remembered is the answer and not its place.
    """
    return tuple(sorted(message.choices, key=lambda choice: _place(nudge, choice)))


def _place(nudge: int, choice: Choice) -> bytes:
    return sha256(f"{nudge}:{choice.name}".encode()).digest()
