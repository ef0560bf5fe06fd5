"""Whether each `relevant` and `constraint` can be read and looks only at earlier answers of the same micro-survey."""

from collections.abc import Iterator

from bot.workbook.lines import Line
from bot.workbook.survey_sheet import Entry, Group
from bot.workbook.wording import nearest, quoted
from conversations.expressions import (
    Call,
    Current,
    Expression,
    ExpressionError,
    Literal,
    Operation,
    Reference,
    check_functions,
    names_in,
    parse,
    walk,
)
from conversations.model import Choice, Question, QuestionType, Survey

_REMEDIES = {
    "relevant": "write it as ${question} = 'choice' or selected(${question}, 'choice')",
    "constraint": "write it as . > 0 and . <= 100, where the dot is the answer",
}


def check_conditions(groups: list[Group], surveys: list[Survey]) -> None:
    """Name every expression that could never hold, or that cannot be read."""
    everywhere = [question.name for survey in surveys for question in survey.questions]
    for group, survey in zip(groups, surveys, strict=True):
        for index, entry in enumerate(group.entries):
            for column in _REMEDIES:
                _check(entry, column, survey.questions[:index], survey, everywhere)


def _check(entry: Entry, column: str, above: tuple[Question, ...], survey: Survey, everywhere: list[str]) -> None:
    expression = _parsed(entry, column)
    if expression is None:
        return
    options = {question.name: question.choices for question in above}
    within = {question.name for question in survey.questions}
    for name in sorted(names_in(entry.line[column]) - set(options)):
        _fault(entry.line, column, name, (list(options), everywhere), within=name in within)
    for name, choice in _chosen(expression):
        if name in options:
            _check_choice(entry.line, column, name, choice, options[name])


def _parsed(entry: Entry, column: str) -> Expression | None:
    line = entry.line
    if not line[column]:
        return None
    if column == "constraint" and entry.type is QuestionType.NOTE:
        line.fault(column, "a note has no answer that could be checked", "empty the cell")
        return None
    try:
        expression = parse(line[column])
        check_functions(expression)
    except ExpressionError as error:
        line.fault(column, f"this cannot be read at character {error.position + 1}: {error}", _REMEDIES[column])
        return None
    if column == "relevant" and any(isinstance(part, Current) for part in walk(expression)):
        line.fault(column, "the dot is an answer, and there is none yet", "name an earlier question: ${question}")
        return None
    return expression


def _fault(line: Line, column: str, name: str, known: tuple[list[str], list[str]], *, within: bool) -> None:
    earlier, everywhere = known
    if within:
        line.fault(column, f"the question {quoted(name)} does not come earlier", "move it above this row")
    elif name in everywhere:
        problem = f"the question {quoted(name)} belongs to another group, whose answers are not at hand here"
        line.fault(column, problem, "move the two questions into one group")
    else:
        meant = nearest(name, earlier, alike=0.6)
        remedy = f"write ${{{meant}}}" if meant else "name an earlier question of the same group"
        line.fault(column, f"there is no question {quoted(name)}", remedy)


def _check_choice(line: Line, column: str, name: str, choice: str, options: tuple[Choice, ...]) -> None:
    names = [option.name for option in options]
    if options and choice and choice not in names:
        meant = nearest(choice, names, alike=0.6)
        remedy = f"write '{meant}'" if meant else f"write one of {', '.join(names)}"
        line.fault(column, f"{quoted(choice)} is not a choice of {name}", remedy)


def _chosen(expression: Expression) -> Iterator[tuple[str, str]]:
    """The pairs of a question and a text that it is compared with."""
    for part in walk(expression):
        match part:
            case (
                Call("selected", (Reference(name), Literal(str() as text)), _)
                | Operation(Reference(name), "=" | "!=", Literal(str() as text))
                | Operation(Literal(str() as text), "=" | "!=", Reference(name))
            ):
                yield name, text
