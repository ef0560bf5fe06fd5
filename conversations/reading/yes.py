"""Words that say yes or no: to one more of a repeated group, and to what is to be acknowledged."""

from conversations.messages import phrase
from conversations.model import Value
from conversations.reading.asked import Asked, Misread
from conversations.reading.choices import one
from conversations.words import agrees, plain

ACKNOWLEDGED = "OK"
"""The answer of whoever acknowledges something, as XForms writes it."""

_UNDERSTOOD = {"compris", "j ai compris", "bien compris", "c est compris", "entendu", "c est note", "lu", "bien lu"} | {
    "got it",
    "i got it",
    "understood",
    "i understand",
    "okay",
    "i agree",
    "read",
}
_SIGNS = frozenset("👍👌✅✔✓☑")


def read_acknowledgement(text: str) -> Value | Misread:
    """OK, yes, got it, in either language or as a sign."""
    if agrees(text) or plain(text) in _UNDERSTOOD or text.strip()[:1] in _SIGNS:
        return ACKNOWLEDGED
    return Misread(phrase("Please tap one of the buttons above."))


def read_one_more(asked: Asked, text: str) -> Value | Misread:
    """Whether there is one more: "yes" or "no"."""
    answer = agrees(text)
    return one(asked, text) if answer is None else "yes" if answer else "no"
