"""What waits for an answer: whether that can ever be given."""

from collections.abc import Iterable

from bot.workbook.lines import Line
from bot.workbook.wording import quoted
from conversations.messages import phrase
from conversations.timing import LADDER_NAME, Anchor, Touchpoint, TouchpointKind


def check_waiting(rows: Iterable[tuple[Line, Touchpoint]], messages: frozenset[str]) -> None:
    """Name each row that waits for itself, for what nothing sends, or in a circle; `messages` are those of the pack."""
    waiting = list(rows)
    sent = frozenset[str]().union(*(_sends(touchpoint, messages) for _, touchpoint in waiting))
    coming: frozenset[str] = frozenset()
    while True:
        found = frozenset[str]().union(
            *(_sends(touchpoint, messages) for _, touchpoint in waiting if _can_come(touchpoint, coming))
        )
        if found == coming:
            break
        coming = found
    for line, touchpoint in waiting:
        if touchpoint.anchor is not Anchor.COMPLETION:
            continue
        if touchpoint.after == touchpoint.name:
            line.fault("anchor", phrase("this waits for an answer to itself"), phrase("write another anchor"))
        elif touchpoint.after not in sent:
            problem = phrase("no row sends {name}, so this never comes", name=quoted(touchpoint.after))
            line.fault("anchor", problem, phrase("add a row for it"))
        elif not _can_come(touchpoint, coming):
            problem = phrase(
                "this waits for {name}, which waits for this in turn: neither ever comes",
                name=quoted(touchpoint.after),
            )
            line.fault("anchor", problem, phrase("give one of them another anchor"))


def _sends(touchpoint: Touchpoint, messages: frozenset[str]) -> frozenset[str]:
    """What somebody may answer once that row has come."""
    if touchpoint.kind is TouchpointKind.REFRESHER and touchpoint.name == LADDER_NAME:
        return messages
    return frozenset({touchpoint.name}) if touchpoint.kind is not TouchpointKind.DIGEST else frozenset()


def _can_come(touchpoint: Touchpoint, coming: frozenset[str]) -> bool:
    return touchpoint.anchor is not Anchor.COMPLETION or touchpoint.after in coming
