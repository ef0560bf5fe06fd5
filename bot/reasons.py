"""What is planned and what became of it, in words that an organiser can read, in both languages."""

import re

from conversations.messages import phrase
from conversations.model import Bilingual, Event, Phrase
from conversations.policy import Reason
from conversations.timing import LADDER_NAME, TouchpointKind

_FIRST_SENTENCE = re.compile(r".+?[.!?…][”\"\u00a0»]*(?=\s|$)", re.DOTALL)
_LONGEST_SUBJECT = 80


def reason_words(reason: Reason) -> Phrase:
    """What became of a planned thing, and why, as a short sentence without a full stop."""
    return _REASONS[reason]


def plan_title(event: Event, kind: TouchpointKind, name: str) -> Phrase:
    """What a planned thing is: a refresher by how its key message begins, a survey by its title.

    For the eyes of organisers; participants never read it unasked. KeyError when the event has nothing of that name.
    """
    match kind:
        case TouchpointKind.REFRESHER if name == LADDER_NAME:
            return phrase("Refresher")
        case TouchpointKind.REFRESHER:
            text = event.message(name).text
            return phrase("Refresher: {subject}", subject=Bilingual(_beginning(text.en), _beginning(text.fr)))
        case TouchpointKind.SURVEY:
            return phrase("Survey: {title}", title=event.survey(name).title)
        case TouchpointKind.REMINDER:
            return phrase("Reminder: {title}", title=event.survey(name).title)
        case TouchpointKind.DIGEST:
            return phrase("Digest for the group")


def _beginning(text: str) -> str:
    """The first sentence, cut between words where it is long."""
    found = _FIRST_SENTENCE.match(text)
    sentence = (found[0] if found else text).strip()
    if len(sentence) <= _LONGEST_SUBJECT:
        return sentence.removesuffix(".")
    return sentence[:_LONGEST_SUBJECT].rsplit(None, 1)[0].rstrip(",;:") + " …"


def undelivered_words(*, in_doubt: bool) -> Phrase:
    """Why a thing that was handed to delivery did not arrive, or perhaps not."""
    if in_doubt:
        return phrase("Perhaps not delivered: the platform gave no answer, and it never goes out twice")
    return phrase("Not delivered: the person cannot be reached, or it was too late for it")


_REASONS: dict[Reason, Phrase] = {
    Reason.SENT: phrase("Sent"),
    Reason.QUIET_HOURS: phrase("Put off: it was night there"),
    Reason.BUSY: phrase("Put off: the person was answering other questions, or had asked to stop"),
    Reason.FAULT: phrase("Put off: a fault of the bot"),
    Reason.NO_CONSENT: phrase("Not sent: the person did not agree to this"),
    Reason.TOO_LATE: phrase("Not sent: its time was over"),
    Reason.LEFT: phrase("Not sent: the person has left"),
    Reason.UNREACHABLE: phrase("Not sent: the bot cannot write to the person, who may have blocked it"),
    Reason.NOT_ENOUGH_ANSWERS: phrase("Not sent: fewer than ten new answers to the same question"),
    Reason.NOT_LINKED: phrase("Not sent: the group is not linked to the event"),
    Reason.REPLANNED: phrase("Not sent: the event was changed, or the questions had been opened already"),
}
