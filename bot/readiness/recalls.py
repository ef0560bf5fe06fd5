"""Refreshers: whether the same words come again, and what people ought to be told of those who wait for them."""

from collections.abc import Iterator

from bot.workbook import Places
from conversations.findings import Finding, Kind
from conversations.messages import counted, phrase
from conversations.model import Event, KeyMessage
from conversations.timing import is_ladder

_MORE = phrase("Add questions for it to the sheet variants, or take rungs out of the ladder.")
_SAY_SO = phrase("Say in the consent text that some people get their refreshers later, and why.")


def check_recalls(event: Event, places: Places) -> Iterator[Finding]:
    """A remark on each key message that runs out of questions, and on people who are held back."""
    if not any(map(is_ladder, event.schedule)):
        return
    rungs = len(event.policy.ladder)
    for message in event.messages:
        questions = _for_refreshers(message)
        if questions < rungs:
            said = counted(
                "Refreshers have {count} question for it, and the ladder has {rungs} rungs: the same words will come "
                "again",
                "Refreshers have {count} questions for it, and the ladder has {rungs} rungs: the same words will come "
                "again",
                questions,
                rungs=rungs,
            )
            rows = places.recalls.get(message.name)
            yield Finding(Kind.NOTE, said, _MORE, "messages", rows[0] if rows else None, name=message.name)
    if event.policy.hold_back:
        said = phrase(
            "Of a hundred people, {number} get no refreshers before the last recall check",
            number=event.policy.hold_back,
        )
        yield Finding(Kind.NOTE, said, _SAY_SO, "event", None, "value", "hold_back")


def _for_refreshers(message: KeyMessage) -> int:
    """The questions that refreshers ask: the main one of a measured message is kept for recall checks."""
    return len(message.questions) - (1 if message.measured and len(message.questions) > 1 else 0)
