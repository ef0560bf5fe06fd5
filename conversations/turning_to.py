"""Whom a person can turn to: what partners approved for their country, word for word."""

from conversations.aid import Aid
from conversations.messages import Paragraph, phrase, strong
from conversations.model import Phrase, Words
from conversations.referrals import referral_for
from conversations.scene import Scene


def contacts(scene: Scene, head: Phrase) -> list[Words | Paragraph]:
    """The contacts below that line: of each event that the person takes part in, and each of them once.

    Where a pack names nobody, it is the event's own contact; for somebody who is in no event, no event is named.
    """
    found: list[tuple[Words | Paragraph, ...]] = []
    for place in (scene.aid or Aid()).places:
        event = scene.events[place.revision]
        referral = referral_for(event, place.profile)
        lines: tuple[Words | Paragraph, ...] = (event.contact,)
        if referral is not None:
            lines = (strong(referral.name), Paragraph(referral.words, close=True))
        if lines not in found:
            found.append(lines)
    if not found:
        found.append((phrase("Turn to somebody near you whom you trust, or to a service that you know."),))
    return [head, *(line for lines in found for line in lines)]
