"""The words of a story: what of them is kept, and what can't be taken as it is, from its author or its translator."""

import re
import unicodedata
from typing import Final

from conversations.letters import units
from conversations.messages import phrase
from conversations.model import Phrase
from conversations.stories import LONGEST

_UNSEEN: Final = {"Cc", "Cf", "Co", "Cs"}
_LEADS: Final = re.compile(
    r"https?:|\bwww\.|\bt\.me\b|\w@\w|(?<!\w)@\w"
    r"|\w\.(?:com|org|net|info|africa)\b|\w\.[a-z]{2}/|\d(?:[ \u00a0\u202f.()/-]{0,2}\d){7,}",
    re.IGNORECASE,
)


def cleaned(text: str) -> str:
    """The words without what does not show, and without blank lines between them."""
    kept = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in _UNSEEN)
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return "\n".join(line for line in lines if line)


def leads_to_somebody(words: str) -> bool:
    """Whether there is a link, an account, an address or a telephone number in it: phones make them buttons."""
    return _LEADS.search(words) is not None


def not_fit(words: str) -> Phrase | None:
    """Why these words can't be taken as they are; None when they can."""
    if units(words) > LONGEST:
        return phrase(
            "This has {length} characters, and a story has {most} at most. Please send it shorter.",
            length=units(words),
            most=LONGEST,
        )
    if leads_to_somebody(words):
        return phrase(
            "There is a link, an account or a long number in it, which leads to somebody. Please leave it out."
        )
    return None
