"""Whether each `relevant` can be read and looks only at earlier answers of the same micro-survey."""

from collections.abc import Iterator

from bot.workbook.lines import Line
from bot.workbook.survey_sheet import Group
from bot.workbook.wording import nearest, quoted
from conversations.expressions import (
    Call,
    Expression,
    ExpressionError,
    Literal,
    Operation,
    Reference,
    check_functions,
    parse,
    walk,
)
from conversations.model import Choice, Survey


def check_relevance(groups: list[Group], surveys: list[Survey]) -> None:
    """Name every expression that could never hold, or that cannot be read."""
    everywhere = [question.name for survey in surveys for question in survey.questions]
    for group, survey in zip(groups, surveys, strict=True):
        options = {question.name: question.choices for question in survey.questions}
        for index, entry in enumerate(group.entries):
            expression = _parsed(entry.line)
            if expression is None:
                continue
            earlier = [question.name for question in survey.questions[:index]]
            for name in sorted(set(_names(expression)) - set(earlier)):
                _fault(entry.line, name, earlier, everywhere, within=name in options)
            for name, choice in _chosen(expression):
                if name in earlier:
                    _check_choice(entry.line, name, choice, options[name])


def _parsed(line: Line) -> Expression | None:
    if not line["relevant"]:
        return None
    try:
        expression = parse(line["relevant"])
        check_functions(expression)
    except ExpressionError as error:
        problem = f"this cannot be read at character {error.position + 1}: {error}"
        line.fault("relevant", problem, "write it as ${question} = 'choice' or selected(${question}, 'choice')")
        return None
    return expression


def _fault(line: Line, name: str, earlier: list[str], everywhere: list[str], *, within: bool) -> None:
    if within:
        line.fault("relevant", f"the question {quoted(name)} does not come earlier", "move it above this row")
    elif name in everywhere:
        problem = f"the question {quoted(name)} belongs to another group, whose answers are not at hand here"
        line.fault("relevant", problem, "move the two questions into one group")
    else:
        meant = nearest(name, earlier, alike=0.6)
        remedy = f"write ${{{meant}}}" if meant else "name an earlier question of the same group"
        line.fault("relevant", f"there is no question {quoted(name)}", remedy)


def _check_choice(line: Line, name: str, choice: str, options: tuple[Choice, ...]) -> None:
    names = [option.name for option in options]
    if options and choice and choice not in names:
        meant = nearest(choice, names, alike=0.6)
        remedy = f"write '{meant}'" if meant else f"write one of {', '.join(names)}"
        line.fault("relevant", f"{quoted(choice)} is not a choice of {name}", remedy)


def _names(expression: Expression) -> Iterator[str]:
    yield from (part.name for part in walk(expression) if isinstance(part, Reference))


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
