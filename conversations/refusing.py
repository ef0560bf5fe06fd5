"""What is said to whoever an invitation does not let in, when they open it and when they are about to join alike."""

from collections.abc import Mapping
from typing import Final

from conversations.messages import phrase
from conversations.model import Phrase
from conversations.scene import Admission

_ASK: Final = phrase("Please ask the organisers for another one.")
_WHY: Final[Mapping[Admission, tuple[Phrase, Phrase]]] = {
    Admission.FULL: (phrase("All places of this invitation are taken."), _ASK),
    Admission.EXPIRED: (phrase("The time to join with this invitation is over."), _ASK),
}


def why_not(admission: Admission) -> tuple[Phrase, Phrase]:
    """The reason, and what to do; of one that was taken back nobody is told that it ever was one."""
    return _WHY.get(
        admission,
        (
            phrase("This invitation does not work, or not any more."),
            phrase("Please open the link once more as it was sent, or ask the organisers for a new one."),
        ),
    )
