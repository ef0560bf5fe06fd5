"""The row `parts` of the sheet `event`: what somebody can be invited as, by a list of the sheet `choices`."""

from bot.workbook.choices_sheet import ChoiceLists, choices_of
from bot.workbook.lines import Line
from bot.workbook.wording import quoted
from conversations.messages import phrase
from conversations.model import Choice

PARTS = "parts"
MOST_PARTS = 12
"""They stand below one another, a button each."""
_LONGEST_LABEL = 30
"""Characters that a small phone shows of a button."""


def parts_of(line: Line | None, lists: ChoiceLists) -> tuple[Choice, ...]:
    """The options of the list that the row names; none without the row."""
    if line is None:
        return ()
    remedy = phrase(
        "write the name of a list of the sheet choices, such as {example}, or take the row out", example=PARTS
    )
    parts = choices_of(line, "value", line.filled("value", remedy), lists)
    if len(parts) > MOST_PARTS:
        problem = phrase("{count} parts are too many", count=len(parts))
        line.fault("value", problem, phrase("have {most} at most", most=MOST_PARTS))
    for part in parts:
        if max(len(part.label.en), len(part.label.fr)) > _LONGEST_LABEL:
            problem = phrase("the label of the part {name} does not fit a button", name=quoted(part.name))
            line.fault("value", problem, phrase("use at most {most} characters", most=_LONGEST_LABEL))
    return parts
