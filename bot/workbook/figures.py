"""What a workbook says of the figures of the report: what options count as, indicators, and how small a cell may be."""

import re

from bot.workbook.errors import RemarkKind
from bot.workbook.lines import Line
from bot.workbook.wording import one_of, quoted
from conversations.messages import phrase
from conversations.model import CountsAs, QuestionType

SMALLEST_CELL = "smallest_cell"
FEWEST, MOST = 3, 30
_LONGEST_INDICATOR = 60
_LARGEST_TARGET = 10**12
_OPPOSITES = (
    {CountsAs.AGREE, CountsAs.NEUTRAL, CountsAs.DISAGREE, CountsAs.NONE},
    {CountsAs.INTERNAL, CountsAs.EXTERNAL},
    {CountsAs.FORMAL, CountsAs.INFORMAL},
)


def counts_as(line: Line, *, plain: bool) -> tuple[CountsAs, ...]:
    """The words in the column `counts_as` of an option; one that is not known is a fault, in a `plain` form a note."""
    found: list[CountsAs] = []
    for written in line["counts_as"].replace(",", " ").split():
        word = written.casefold()
        if word in set(CountsAs):
            found.append(CountsAs(word))
            continue
        problem, remedy = phrase("{word} is not known here", word=quoted(written)), one_of(written, list(CountsAs))
        if plain:
            line.remark(RemarkKind.NOTE, "counts_as", problem, remedy)
        else:
            line.fault("counts_as", problem, remedy)
    for words in _OPPOSITES:
        both = [each for each in found if each in words]
        if len(both) > 1 and not plain:
            problem = phrase("an option cannot count as {first} and as {second}", first=both[0], second=both[1])
            line.fault("counts_as", problem, phrase("leave one of the two"))
    return tuple(dict.fromkeys(found))


def indicator_of(line: Line, type_: QuestionType, *, plain: bool) -> tuple[str, int | None]:
    """The name of the indicator that a question's numbers are added up under, and its target; nothing without one."""
    name = line["indicator"]
    if not name:
        if line["target"] and not plain:
            problem = phrase("there is a target, and no indicator that it belongs to")
            line.fault("target", problem, phrase("name the indicator, or empty the cell"))
        return "", None
    if plain and (type_ is not QuestionType.INTEGER or len(name) > _LONGEST_INDICATOR):
        return "", None
    if type_ is not QuestionType.INTEGER:
        problem = phrase("an indicator adds up whole numbers")
        line.fault("indicator", problem, phrase("make the question an integer, or empty the cell"))
    if len(name) > _LONGEST_INDICATOR:
        line.fault(
            "indicator",
            phrase("the name of an indicator has {most} characters at most", most=_LONGEST_INDICATOR),
            phrase("shorten it"),
        )
    return name, _target(line, plain=plain)


def _target(line: Line, *, plain: bool) -> int | None:
    written = re.sub(r"[ \u00a0\u202f,']", "", line["target"])
    if not written:
        return None
    if re.fullmatch(r"\d{1,12}", written, re.ASCII) and 0 < int(written) < _LARGEST_TARGET:
        return int(written)
    if not plain:
        problem = phrase("{written} is not a whole number above 0", written=quoted(line["target"]))
        line.fault("target", problem, phrase("write the number to be reached, such as {example}", example="10000"))
    return None


def smallest_cell(line: Line | None, usual: int) -> int:
    """From how many people on a number is shown in the report; `usual` without the row."""
    if line is None:
        return usual
    written = line.filled("value", phrase("write a number, or take the row out"))
    if re.fullmatch(r"\d{1,3}", written, re.ASCII) and FEWEST <= int(written) <= MOST:
        return int(written)
    if written:
        problem = phrase(
            "{written} is not a whole number from {least} to {most}", written=quoted(written), least=FEWEST, most=MOST
        )
        remedy = phrase("write from how many people on the report shows a number, such as {example}", example=usual)
        line.fault("value", problem, remedy)
    return usual
