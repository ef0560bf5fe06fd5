"""The sheet `codes`: a codebook for each question that is answered in people's own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.workbook.columns import in_both
from bot.workbook.errors import Faults
from bot.workbook.lines import Line, lines_of, unique
from bot.workbook.questions import Built
from bot.workbook.sheets import Sheet
from bot.workbook.wording import one_of, quoted
from conversations.coding import codable, code_of
from conversations.messages import phrase
from conversations.model import Choice, Language, Survey

LONGEST_LABEL = 100
"""Characters of a code: it names a bar of a chart."""
LONGEST_DESCRIPTION = 500
MOST_CODES = 100
"""Codes of one question: nobody keeps more apart."""


@dataclass(frozen=True, slots=True)
class Codebooks:
    """The codes of each question by its name, and the row of each code by question and name."""

    codes: Mapping[str, tuple[Choice, ...]]
    rows: Mapping[tuple[str, str], int]


def read_codes(sheet: Sheet | None, surveys: Iterable[Built], faults: Faults) -> Codebooks:
    """The codebooks in the order of the sheet; a question that cannot have one is a fault."""
    asked = [built.survey for built in surveys]
    lines: dict[str, list[Line]] = {}
    for line in lines_of(sheet, faults):
        lines.setdefault(_question(line, asked), []).append(line)
    return Codebooks(
        {question: codes_in(rows) for question, rows in lines.items()},
        {(question, line["name"]): line.number for question, rows in lines.items() for line in rows},
    )


def with_codes(survey: Survey, codebooks: Codebooks) -> Survey:
    """The survey, its questions with their codes."""
    return replace(
        survey, questions=tuple(replace(each, codes=codebooks.codes.get(each.name, ())) for each in survey.questions)
    )


def codes_in(lines: Sequence[Line]) -> tuple[Choice, ...]:
    """The codes that these rows hold, all of one question, each with a name and a label of its own."""
    unique(lines)
    if len(lines) > MOST_CODES:
        problem = phrase(
            "there are {count} codes for one question, and {most} are allowed", count=len(lines), most=MOST_CODES
        )
        lines[MOST_CODES].fault("name", problem, phrase("put some of them together"))
    codes = tuple(_code(line) for line in lines)
    for language, column in zip(Language, in_both("label"), strict=True):
        seen: set[str] = set()
        for line, code in zip(lines, codes, strict=True):
            label = code.label.in_language(language).casefold()
            if label and label in seen:
                problem = phrase("another code of this question reads {label} too", label=quoted(label))
                line.fault(column, problem, phrase("word them differently"))
            seen.add(label)
    return codes


def _code(line: Line) -> Choice:
    label = line.bilingual("label", longest=LONGEST_LABEL, lines=False)
    return code_of(line.name(), label, line.optional_bilingual("description", longest=LONGEST_DESCRIPTION))


def _question(line: Line, surveys: Sequence[Survey]) -> str:
    name = line.filled("question", phrase("write the name of a question in the sheet survey"))
    known = [question.name for survey in surveys for question in codable(survey)]
    if not name or name in known:
        return name
    if any(question.name == name for survey in surveys for question in survey.questions):
        problem = phrase("{name} is not answered in people’s own words, once for each person", name=quoted(name))
        remedy = phrase("name a question of the type text that stands in no repeated group")
        line.fault("question", problem, remedy)
    else:
        line.fault(
            "question", phrase("there is no question of the name {name}", name=quoted(name)), one_of(name, known)
        )
    return name
