"""Whether each expression can be read, knows its functions, and looks only at what is at hand.

In a pack that is an earlier answer of the same micro-survey; in a form, which is worked out as it is needed, any other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.workbook.columns import in_both
from bot.workbook.errors import RemarkKind
from bot.workbook.lines import Line
from bot.workbook.questions import Built
from bot.workbook.wording import nearest, one_of_these, quoted, to_write
from conversations.expressions import (
    ALL,
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
from conversations.messages import phrase
from conversations.model import Bilingual, Choice, Group, Language, Question, QuestionType

_EXAMPLE = phrase(
    "write it as {example} or {other}",
    example=Bilingual("${question} = 'choice'", "${question} = 'choix'"),
    other=Bilingual("selected(${question}, 'choice')", "selected(${question}, 'choix')"),
)
_REMEDIES = {
    "constraint": phrase("write it as {example}, where the dot is the answer", example=". > 0 and . <= 100"),
    "calculation": phrase(
        "write it as {example}", example=Bilingual("${first} + ${second}", "${premiere} + ${deuxieme}")
    ),
    "repeat_count": phrase("write a number, or {question}", question="${question}"),
    "choice_filter": phrase(
        "write it as {example}", example=Bilingual("column = ${question}", "colonne = ${question}")
    ),
    "audience": phrase("write it as {example} or {other}", example="${country} = 'ke'", other="${language} = 'fr'"),
}
_SHOWN = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_ALWAYS_THERE = frozenset({"instanceID", "instanceName"})


@dataclass(frozen=True, slots=True)
class Place:
    """An expression, and the cell that it stands in. `index` counts the questions before it."""

    expression: str
    column: str
    line: Line
    index: int


def expressions_of(built: Built) -> Iterator[Place]:
    """All the expressions of a survey."""
    for index, question in enumerate(built.survey.questions):
        line = built.lines[question.name]
        for column, expression in _cells(question, line):
            if expression:
                yield Place(expression, column, line, index)
    for group in built.survey.groups:
        line = built.lines[group.name]
        index = _first_in(group, built)
        for column, expression in (("relevant", group.relevant), ("repeat_count", group.count)):
            if expression:
                yield Place(expression, column, line, index)


def shown_in(built: Built) -> Iterator[tuple[str, str, Line]]:
    """The names that stand as `${name}` in the texts of a survey, each with its column and its row."""
    for question in built.survey.questions:
        texts = {
            "label": question.label,
            "hint": question.hint,
            "constraint_message": question.constraint_message,
            "required_message": question.required_message,
        }
        yield from _shown(texts, built.lines[question.name])
    for group in built.survey.groups:
        yield from _shown({"label": group.label}, built.lines[group.name])


def check_conditions(surveys: list[Built], *, plain: bool) -> None:
    """Name every expression that could never be worked out."""
    everywhere = [question.name for built in surveys for question in built.survey.questions]
    for built in surveys:
        for place in expressions_of(built):
            _check(place, built, everywhere, plain=plain)
        known = _known(built)
        for name, column, line in shown_in(built):
            if name not in known:
                _unknown(line, column, name, known, everywhere)


def _cells(question: Question, line: Line) -> tuple[tuple[str, str], ...]:
    return (
        ("relevant", question.relevant),
        ("constraint", question.constraint),
        ("required", question.required_when),
        ("calculation", question.calculation),
        ("default" if line["default"] else "calculation", question.default),
        ("choice_filter" if line["choice_filter"] else "appearance", question.choice_filter),
        ("parameters", question.seed),
    )


def _first_in(group: Group, built: Built) -> int:
    within = {group.name}
    within |= {each.name for each in built.survey.groups if each.group in within}
    return next((index for index, each in enumerate(built.survey.questions) if each.group in within), 0)


def _shown(texts: dict[str, Bilingual | None], line: Line) -> Iterator[tuple[str, str, Line]]:
    for base, words in texts.items():
        if words is None:
            continue
        for language, column in zip(Language, in_both(base), strict=True):
            for name in _SHOWN.findall(words.in_language(language)):
                yield name, column if line[column] else base, line


def _known(built: Built) -> list[str]:
    names = [*built.lines, *(entry.name for entry in built.left), *_ALWAYS_THERE]
    return [*names, *(name.rpartition("/")[2] for name in names if "/" in name)]


def _check(place: Place, built: Built, everywhere: list[str], *, plain: bool) -> None:
    survey, line, column = built.survey, place.line, place.column
    expression = _parsed(place, built, plain=plain)
    if expression is None:
        return
    above = survey.questions if plain else survey.questions[: place.index]
    options = {question.name: question.choices for question in above}
    known = _known(built)
    at_hand = known if plain else [*options, *(group.name for group in survey.groups), *_ALWAYS_THERE]
    written = {part.name for part in walk(expression) if isinstance(part, Reference)}
    for name in sorted(names_in(place.expression, columns=_of_columns(column)) - {*at_hand, ALL}):
        if name in known:
            problem = phrase("the question {name} does not come earlier", name=quoted(name))
            line.fault(column, problem, phrase("move it above this row"))
        elif plain and name not in written:
            # A path to nowhere: forms of other platforms look so at what their host fills in.
            problem = phrase("the path to {name} leads to no question: it reads as blank", name=quoted(name))
            remedy = phrase("write {question} if one is meant", question="${question}")
            line.remark(RemarkKind.NOT_COLLECTED, column, problem, remedy)
        else:
            _unknown(line, column, name, at_hand, everywhere)
    if not plain:
        check_choices(expression, line, column, options)


def _parsed(place: Place, built: Built, *, plain: bool) -> Expression | None:
    line, column = place.line, place.column
    if not plain and column == "constraint" and _is_note(built.survey.questions[place.index], built):
        line.fault(column, phrase("a note has no answer that could be checked"), phrase("empty the cell"))
        return None
    expression = parsed(place.expression, line, column)
    if not plain and column == "relevant" and expression is not None and has_dot(expression):
        remedy = phrase("name an earlier question: {question}", question="${question}")
        line.fault(column, phrase("the dot is an answer, and there is none yet"), remedy)
        return None
    return expression


def _is_note(question: Question, built: Built) -> bool:
    """Whether it is one by its type; a row whose type is not known stands as one, and of that it is told already."""
    return question.type is QuestionType.NOTE and question.name not in built.unknown


def parsed(written: str, line: Line, column: str) -> Expression | None:
    """An expression as it is worked out; None for one that cannot be read, which is a fault of its cell."""
    try:
        expression = parse(written, columns=_of_columns(column))
        check_functions(expression)
    except ExpressionError as error:
        place = str(error.position + 1)
        problem = phrase("this cannot be read at character {place}: {problem}", place=place, problem=error.problem)
        line.fault(column, problem, _REMEDIES.get(column, _EXAMPLE))
        return None
    return expression


def has_dot(expression: Expression) -> bool:
    """Whether it looks at the answer of its own question."""
    return any(isinstance(part, Current) for part in walk(expression))


def check_choices(expression: Expression, line: Line, column: str, options: Mapping[str, tuple[Choice, ...]]) -> None:
    """Name each text that a question, by its name in `options`, is compared with and that is none of its choices."""
    for name, choice in _chosen(expression):
        if name in options:
            _check_choice(line, column, name, choice, options[name])


def _of_columns(column: str) -> bool:
    """Whether bare names in that cell are columns of a list."""
    return column in ("choice_filter", "appearance")


def _unknown(line: Line, column: str, name: str, at_hand: list[str], everywhere: list[str]) -> None:
    if name in everywhere and name not in at_hand:
        problem = phrase(
            "the question {name} belongs to another group, whose answers are not at hand here", name=quoted(name)
        )
        line.fault(column, problem, phrase("move the two questions into one group"))
    else:
        meant = nearest(name, at_hand, alike=0.6)
        remedy = to_write(f"${{{meant}}}") if meant else phrase("name an earlier question of the same group")
        line.fault(column, phrase("there is no question {name}", name=quoted(name)), remedy)


def _check_choice(line: Line, column: str, name: str, choice: str, options: tuple[Choice, ...]) -> None:
    names = [option.name for option in options if option.name]
    if names and choice and choice not in names:
        meant = nearest(choice, names, alike=0.6)
        remedy = to_write(f"'{meant}'") if meant else one_of_these(names)
        problem = phrase("{choice} is not a choice of {question}", choice=quoted(choice), question=name)
        line.fault(column, problem, remedy)


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
