"""How an XLSForm expression is written, and the tree that it stands for.

    expression := conjunction ("or" conjunction)*
    conjunction := equality ("and" equality)*
    equality := order (("=" | "!=") order)*
    order := sum (("<" | "<=" | ">" | ">=") sum)*
    sum := product (("+" | "-") product)*
    product := negative (("*" | "div" | "mod") negative)*
    negative := "-" negative | primary
    primary := "(" expression ")" | text | number | "." | "${" name "}" | path | call
    call := name "(" [expression ("," expression)*] ")"
    path := ["current()" "/"] ("../")+ name | "/" name ("/" name)+

A path ends at a question, and questions have names of their own, so it says no more than `${name}`. Sources: the
XLSForm reference, "Form logic"; the ODK XForms specification, "XPath operators"; XPath 1.0, section 3.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


class ExpressionError(ValueError):
    """The expression cannot be read; `position` counts characters from 0."""

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(problem)
        self.position = position


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in quotes, or a number."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: the answer to that question."""

    name: str


@dataclass(frozen=True, slots=True)
class Current:
    """`.`: the answer that is being looked at."""


@dataclass(frozen=True, slots=True)
class Negative:
    """`-...`."""

    term: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms and the operator between them, which may be a sign or one of the words or, and, div, mod."""

    left: "Expression"
    operator: str
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given; `position` is where its name stands."""

    function: str
    arguments: tuple["Expression", ...]
    position: int


Expression = Literal | Reference | Current | Negative | Operation | Call


@lru_cache(maxsize=4096)
def parse(expression: str) -> Expression:
    """The expression as a tree. Raises ExpressionError, which says what was expected and where."""
    if len(expression) > _LONGEST:
        raise ExpressionError("the expression is too long", _LONGEST)
    return _Parser(expression).whole()


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it."""
    yield expression
    match expression:
        case Negative(term):
            yield from walk(term)
        case Operation(left, _, right):
            yield from walk(left)
            yield from walk(right)
        case Call(_, arguments, _):
            for argument in arguments:
                yield from walk(argument)
        case _:
            return


_LONGEST = 2_000
_DEEPEST = 50
# From the loosest to the tightest.
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_TOKEN = re.compile(
    r"""\s*(?:(?P<ref>\$\{\s*[A-Za-z_][\w.-]*\s*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>\d+(?:\.\d*)?|\.\d+)"""
    r"""|(?P<path>(?:current\s*\(\s*\)\s*/\s*)?(?:\.\./\s*)+[A-Za-z_][\w.-]*|(?:/\s*[A-Za-z_][\w.-]*\s*){2,})"""
    r"""|(?P<word>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)|(?P<sign>!=|<=|>=|[=<>(),+*.-]))"""
)


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = list(_tokens(source))
        self.index = 0
        self.depth = 0

    def whole(self) -> Expression:
        expression = self.level(0)
        if self.index < len(self.tokens):
            raise self.error("'and', 'or' or another operator was expected here")
        return expression

    def level(self, number: int) -> Expression:
        if number == len(_LEVELS):
            return self.negative()
        left = self.level(number + 1)
        while (operator := self.one_of(_LEVELS[number])) is not None:
            left = Operation(left, operator, self.level(number + 1))
        return left

    def negative(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.error("too many brackets inside one another")
        try:
            return Negative(self.negative()) if self.one_of(("-",)) else self.primary()
        finally:
            self.depth -= 1

    def primary(self) -> Expression:
        kind, text, position = self.peek()
        self.index += 1
        match kind:
            case "ref":
                return Reference(text[2:-1].strip())
            case "path":
                return Reference(re.split(r"[/\s]+", text.strip())[-1])
            case "text":
                return Literal(text[1:-1])
            case "number":
                return Literal(float(text))
            case "sign" if text == ".":
                return Current()
            case "sign" if text == "(":
                inner = self.level(0)
                self.expect(")")
                return inner
            case "word" if self.peek()[:2] == ("sign", "("):
                return Call(text, self.arguments(), position)
            case "word":
                raise ExpressionError(f"a question is written ${{{text}}}, a text '{text}' with its quotes", position)
        self.index -= 1
        raise self.error("a question such as ${name}, a number or a text in quotes was expected here")

    def arguments(self) -> tuple[Expression, ...]:
        self.expect("(")
        found: list[Expression] = []
        while not self.one_of((")",)):
            if found:
                self.expect(",")
            found.append(self.level(0))
        return tuple(found)

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.index] if self.index < len(self.tokens) else ("end", "", len(self.source))

    def one_of(self, wanted: tuple[str, ...]) -> str | None:
        """The next token, taken, when it is a sign or an operator's word among those wanted."""
        kind, text, _ = self.peek()
        if kind not in ("sign", "word") or text not in wanted:
            return None
        self.index += 1
        return text

    def expect(self, sign: str) -> None:
        if self.one_of((sign,)) is None:
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
