"""What rows of the schedule say together: no row may say otherwise what an earlier one has said."""

from bot.workbook.lines import Line
from conversations.messages import phrase
from conversations.timing import Anchor, Touchpoint, TouchpointKind, is_ladder


def check_together(rows: list[tuple[Line, Touchpoint]]) -> None:
    """Name the rows that say otherwise what an earlier one has said: a second ladder, other reminders of a survey."""
    ladder: Line | None = None
    surveys: dict[str, tuple[Line, Touchpoint]] = {}
    for line, touchpoint in rows:
        if is_ladder(touchpoint):
            if ladder is not None:
                problem = phrase(
                    "refreshers without a name stand in {place} already: one ladder is enough", place=ladder.place
                )
                line.fault("name", problem, phrase("take the row out, or name a message"))
            ladder = ladder or line
        elif touchpoint.kind is TouchpointKind.SURVEY:
            first, before = surveys.setdefault(touchpoint.name, (line, touchpoint))
            if touchpoint.reminders != before.reminders:
                problem = phrase("{place} has other reminders of this survey", place=first.place)
                line.fault("reminders", problem, phrase("write the same in all its rows"))


def check_numbering(rows: list[tuple[Line, Touchpoint]]) -> None:
    """Name the rows whose occurrences would get other numbers once somebody has answered what an earlier one awaits."""
    uncounted: dict[tuple[TouchpointKind, str], Line] = {}
    for line, touchpoint in rows:
        key = touchpoint.kind, touchpoint.name
        if key in uncounted:
            problem = phrase(
                "{place} of the same name waits for an answer and repeats, so it has to stand last",
                place=uncounted[key].place,
            )
            line.fault("name", problem, phrase("put this row above it"))
        elif touchpoint.anchor is Anchor.COMPLETION and touchpoint.every is not None:
            uncounted[key] = line
