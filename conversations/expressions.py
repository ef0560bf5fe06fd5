"""The XLSForm expressions that decide whether a question is relevant, in their plain forms.

    expression := conjunction ("or" conjunction)*
    conjunction := negation ("and" negation)*
    negation := "not" "(" expression ")" | "(" expression ")" | "selected" "(" ref "," text ")" | comparison
    comparison := operand ("=" | "!=" | "<" | "<=" | ">" | ">=") operand
    operand := ref | text | number           ref := "${" name "}"

Sources: the XLSForm reference, "Form logic"; XPath 1.0 for how blanks and numbers compare: an unanswered question reads
as the empty text, two texts are equal when they are the same, letter for letter, and an order comparison with something
that is not a number is false.
"""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from conversations.model import Answers, Value


class ExpressionError(ValueError):
    """The expression cannot be read; `position` counts characters from 0."""

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(problem)
        self.position = position


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: the answer to that question."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in quotes, or a number."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands and how they compare."""

    left: Reference | Literal
    operator: str
    right: Reference | Literal


@dataclass(frozen=True, slots=True)
class Selected:
    """`selected(${name}, 'choice')`."""

    reference: Reference
    choice: str


@dataclass(frozen=True, slots=True)
class Not:
    """`not(...)`."""

    term: "Expression"


@dataclass(frozen=True, slots=True)
class Both:
    """`... and ...`."""

    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Either:
    """`... or ...`."""

    left: "Expression"
    right: "Expression"


Expression = Comparison | Selected | Not | Both | Either


def holds(expression: str, answers: Answers) -> bool:
    """Whether the expression is true of these answers; an empty one always is. Raises ExpressionError."""
    return not expression.strip() or _true(parse(expression), answers)


def names_in(expression: str) -> frozenset[str]:
    """The questions that the expression looks at. Raises ExpressionError."""
    return frozenset(_names(parse(expression))) if expression.strip() else frozenset()


@lru_cache(maxsize=4096)
def parse(expression: str) -> Expression:
    """The expression as a tree. Raises ExpressionError, which says what was expected and where."""
    if len(expression) > _LONGEST:
        raise ExpressionError("the expression is too long", _LONGEST)
    return _Parser(expression).whole()


_LONGEST = 2_000
_DEEPEST = 50
_TOKEN = re.compile(
    r"""\s*(?:(?P<ref>\$\{\s*[A-Za-z_][\w.-]*\s*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<word>[A-Za-z_][\w-]*)|(?P<sign>!=|<=|>=|=|<|>|\(|\)|,))"""
)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = list(_tokens(source))
        self.index = 0
        self.depth = 0

    def whole(self) -> Expression:
        expression = self.either()
        if self.index < len(self.tokens):
            raise self.error("'and' or 'or' was expected here")
        return expression

    def either(self) -> Expression:
        left = self.both()
        while self.accept("word", "or"):
            left = Either(left, self.both())
        return left

    def both(self) -> Expression:
        left = self.term()
        while self.accept("word", "and"):
            left = Both(left, self.term())
        return left

    def term(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.error("too many brackets inside one another")
        try:
            if self.accept("word", "not"):
                self.expect("(")
                return Not(self.closed())
            if self.accept("word", "selected"):
                return self.selected()
            if self.accept("sign", "("):
                return self.closed()
            return self.comparison()
        finally:
            self.depth -= 1

    def closed(self) -> Expression:
        inner = self.either()
        self.expect(")")
        return inner

    def selected(self) -> Selected:
        self.expect("(")
        reference = self.operand()
        self.expect(",")
        choice = self.operand()
        self.expect(")")
        if not isinstance(reference, Reference) or not isinstance(choice, Literal):
            raise self.error("selected() takes a question and a choice: selected(${question}, 'choice')")
        return Selected(reference, _text(choice.value))

    def comparison(self) -> Comparison:
        left = self.operand()
        kind, sign, _ = self.peek()
        if kind != "sign" or sign not in {"=", "!=", *_COMPARE}:
            raise self.error("one of = != < <= > >= was expected here")
        self.index += 1
        return Comparison(left, sign, self.operand())

    def operand(self) -> Reference | Literal:
        kind, text, _ = self.peek()
        self.index += 1
        if kind == "ref":
            return Reference(text[2:-1].strip())
        if kind == "text":
            return Literal(text[1:-1])
        if kind == "number":
            return Literal(float(text))
        self.index -= 1
        raise self.error("a question such as ${name}, a number or a text in quotes was expected here")

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.index] if self.index < len(self.tokens) else ("end", "", len(self.source))

    def accept(self, kind: str, text: str) -> bool:
        found = self.peek()[:2] == (kind, text)
        self.index += found
        return found

    def expect(self, sign: str) -> None:
        if not self.accept("sign", sign):
            raise self.error(f"'{sign}' was expected here")

    def error(self, problem: str) -> ExpressionError:
        return ExpressionError(problem, self.peek()[2])


def _tokens(source: str) -> Iterator[tuple[str, str, int]]:
    position = 0
    while source[position:].strip():
        match = _TOKEN.match(source, position)
        if match is None or match.lastgroup is None:
            raise ExpressionError("this cannot be read", position)
        yield match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup)
        position = match.end()


def _true(expression: Expression, answers: Answers) -> bool:
    match expression:
        case Comparison(left, sign, right):
            return _compare(_value(left, answers), sign, _value(right, answers))
        case Selected(reference, choice):
            answer = answers.get(reference.name, ())
            return choice in (answer if isinstance(answer, tuple) else (str(answer),))
        case Not(term):
            return not _true(term, answers)
        case Both(left_term, right_term):
            return _true(left_term, answers) and _true(right_term, answers)
        case Either(left_term, right_term):
            return _true(left_term, answers) or _true(right_term, answers)
        case _:
            assert_never(expression)


def _value(operand: Reference | Literal, answers: Answers) -> Value | float:
    return operand.value if isinstance(operand, Literal) else answers.get(operand.name, "")


def _compare(left: Value | float, sign: str, right: Value | float) -> bool:
    numbers = _number(left), _number(right)
    if sign in _COMPARE:
        return None not in numbers and _COMPARE[sign](*numbers)  # type: ignore[arg-type] # None was just excluded
    as_numbers = isinstance(left, int | float) or isinstance(right, int | float)
    same = numbers[0] == numbers[1] if as_numbers and None not in numbers else _text(left) == _text(right)
    return same is (sign == "=")


_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)


def _number(value: Value | float) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    # Not all that Python reads as a number is one: a choice may be called "nan", "inf" or "1e3".
    return float(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def _text(value: Value | float) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _names(expression: Expression) -> Iterator[str]:
    match expression:
        case Comparison(left, _, right):
            yield from (each.name for each in (left, right) if isinstance(each, Reference))
        case Selected(reference, _):
            yield reference.name
        case Not(term):
            yield from _names(term)
        case Both(left_term, right_term) | Either(left_term, right_term):
            yield from _names(left_term)
            yield from _names(right_term)
        case _:
            assert_never(expression)
