"""What is planned and what became of it, in words that an organiser can read, in both languages."""

import re

from conversations.messages import phrase
from conversations.model import Bilingual, Event, Phrase
from conversations.policy import Reason
from conversations.timing import LADDER_NAME, TouchpointKind

_FIRST_SENTENCE = re.compile(r".+?[.!?…][”\"\u00a0»]*(?=\s|$)", re.DOTALL)
_LONGEST_SUBJECT = 80


def reason_words(reason: Reason, *, waits: bool = False) -> Phrase:
    """What became of a planned thing, and why, as a short sentence without a full stop; `waits` while it may yet come.

    What would have had to wait until it was not worth sending any more was held back for the reason it waited for.
    """
    return _PUT_OFF[reason] if waits and reason in _PUT_OFF else _REASONS[reason]


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
        case TouchpointKind.SUMMARY:
            return phrase("Summary for the team")
        case TouchpointKind.BROADCAST:
            return phrase("Broadcast")


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


_PUT_OFF: dict[Reason, Phrase] = {
    Reason.QUIET_HOURS: phrase("Put off: it was night there"),
    Reason.WEEKDAY: phrase("Put off: nothing is sent on that day of the week"),
    Reason.HOLIDAY: phrase("Put off: it was a public holiday there"),
    Reason.REST: phrase("Put off: the event sends nothing on that day"),
    Reason.WEEKLY_CAP: phrase("Put off: the person had got enough messages that week"),
    Reason.TOO_SOON: phrase("Put off: it came too soon after another message"),
    Reason.UNHEEDED: phrase("Put off: the last messages were left without an answer, so the next ones come less often"),
    Reason.SURVEY_FIRST: phrase("Put off: it gave way to a survey"),
    Reason.PAUSED: phrase("Put off: the person asked for a pause"),
    Reason.BUSY: phrase("Put off: the person was answering other questions, or had asked to stop"),
    Reason.FAULT: phrase("Put off: a fault of the bot"),
    Reason.STOPPED: phrase("Put off: all messages of the event were stopped"),
}
_REASONS: dict[Reason, Phrase] = {
    Reason.SENT: phrase("Sent"),
    Reason.QUIET_HOURS: phrase("Not sent: it was night there until its time was over"),
    Reason.WEEKDAY: phrase("Not sent: its time was over before a day of the week on which anything is sent"),
    Reason.HOLIDAY: phrase("Not sent: there was a public holiday until its time was over"),
    Reason.REST: phrase("Not sent: the event sends nothing on those days, and then its time was over"),
    Reason.WEEKLY_CAP: phrase("Not sent: the person had got enough messages until its time was over"),
    Reason.TOO_SOON: phrase("Not sent: other messages came so shortly before that its time was over"),
    Reason.UNHEEDED: phrase(
        "Not sent: the last messages were left without an answer, and its time was over before the next turn"
    ),
    Reason.SURVEY_FIRST: phrase("Not sent: it gave way to surveys until its time was over"),
    Reason.PAUSED: phrase("Not sent: the person asked for a pause that was longer than its time"),
    Reason.BUSY: phrase("Not sent: the person was answering other questions until its time was over"),
    Reason.FAULT: phrase("Not sent: a fault of the bot"),
    Reason.NO_CONSENT: phrase("Not sent: the person did not agree to this"),
    Reason.TOO_LATE: phrase("Not sent: its time was over"),
    Reason.LEFT: phrase("Not sent: the person has left"),
    Reason.UNREACHABLE: phrase("Not sent: the bot cannot write to the person, who may have blocked it"),
    Reason.ANSWERED: phrase("Not sent: the questions had been opened or answered already"),
    Reason.DECLINED: phrase("Not sent: the person did not want it"),
    Reason.NOTHING_LEFT: phrase("Not sent: no key message was due for the person"),
    Reason.NOT_ENOUGH_ANSWERS: phrase("Not sent: fewer than ten new answers to the same question"),
    Reason.NOT_LINKED: phrase("Not sent: the group is not linked to the event"),
    Reason.NOTHING_NEW: phrase("Not sent: nothing had changed since the last one"),
    Reason.CANCELLED: phrase("Not sent: the broadcast was cancelled"),
    Reason.REPLANNED: phrase("Not sent: the event or the person’s year was changed"),
    Reason.CLOSED: phrase("Not sent: the team had closed the event"),
    Reason.STOPPED: phrase("Not sent: all messages of the event were stopped, and this one was let go"),
}
