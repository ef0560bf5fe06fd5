"""How an XLSForm expression is written, and the tree that it stands for.

    expression := conjunction ("or" conjunction)*
    conjunction := equality ("and" equality)*
    equality := order (("=" | "!=") order)*
    order := sum (("<" | "<=" | ">" | ">=") sum)*
    sum := product (("+" | "-") product)*
    product := negative (("*" | "div" | "mod") negative)*
    negative := "-" negative | union
    union := path ("|" path)*
    path := "/" step ("/" step)* | step ("/" step)* | primary predicate* ("/" step)*
    step := (name | "*" | "." | "..") predicate*
    predicate := "[" expression "]"
    primary := "(" expression ")" | text | number | "${" name "}" | name "(" [expression ("," expression)*] ")"

A path that begins with a bare name is written inside a predicate or in a choice filter only, where names are columns;
anywhere else it is a question whose `${...}` was forgotten. Sources: the XLSForm reference, "Form logic"; the ODK
XForms specification, "XPath operators" and "XPath axes"; XPath 1.0, section 3.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conversations.messages import phrase
from conversations.model import Bilingual, Phrase


class ExpressionError(ValueError):
    """The expression cannot be read; `problem` tells why, `position` counts characters from 0."""

    def __init__(self, problem: Phrase, position: int) -> None:
        super().__init__(problem.msgid)
        self.problem = problem
        self.position = position


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in quotes, or a number."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: the answer to that question, or the instances of that repeated group."""

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


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: the children of that name ("*" for all), "." or ".."; of those the ones that are so."""

    name: str
    predicates: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from a start: the form as a whole for "/", the place of the expression for None."""

    start: "Expression | str | None"
    steps: tuple[Step, ...]


Expression = Literal | Reference | Current | Negative | Operation | Call | Path


@lru_cache(maxsize=4096)
def parse(expression: str, *, columns: bool = False) -> Expression:
    """The expression as a tree; bare names are read as columns when `columns` is true, as in a choice filter.

    Raises ExpressionError, which says what was expected and where.
    """
    if len(expression) > LONGEST:
        raise ExpressionError(phrase("the expression is too long"), LONGEST)
    return _Parser(expression, columns=columns).whole()


def parts(expression: Expression) -> Iterator[Expression]:
    """What the expression is directly made of, predicates included."""
    match expression:
        case Negative(term):
            yield term
        case Operation(left, _, right):
            yield left
            yield right
        case Call(_, arguments, _):
            yield from arguments
        case Path(start, steps):
            if start is not None and not isinstance(start, str):
                yield start
            for step in steps:
                yield from step.predicates
        case _:
            return


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, in the order in which it is written."""
    waiting = [expression]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += reversed(list(parts(found)))


LONGEST = 10_000
"""Characters of an expression."""
A_QUESTION = Bilingual("${name}", "${nom}")
"""How a question is written, for those who wrote it otherwise."""
_DEEPEST = 50
# From the loosest to the tightest.
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_NAME = r"[^\W\d][\w.-]*"
_TOKEN = re.compile(
    rf"""\s*(?:(?P<ref>\$\{{\s*{_NAME}(?:/{_NAME})*\s*\}})|(?P<text>'[^']*'|"[^"]*")|(?P<number>\d+(?:\.\d*)?|\.\d+)"""
    rf"""|(?P<word>{_NAME}(?::{_NAME})?)|(?P<sign>!=|<=|>=|\.\.|[][=<>(),+*./|-]))"""
)
_OTHERS_WRITE = {
    "&&": "and",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "and",
    "&": "and",
    "||": "or",
    "!==": "!=",
    "==": "=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "div",
    "–": "-",
    "−": "-",
    "!": "not(...)",
}
"""Signs of programming languages, of XML and of keyboards, and what XLSForm has for them."""
_FOREIGN = re.compile(r"\s*(&(?:lt|gt|amp);|&&|\|\||!==|==|<>|=>|=<|!(?!=)|[&≥≤≠×÷–−])")
_CURLED = re.compile(r"\s*([‘’‚‛“”„‟«»‹›`´])")
_OPEN_REFERENCE = re.compile(r"\s*\$\{([^${}]*)(\}?)")
_TEXT = Bilingual("'text'", "'texte'")
_EARLIER_RESPONSE = re.compile(r"\s*\$\{\s*last-saved#")


class _Parser:
    def __init__(self, source: str, *, columns: bool) -> None:
        self.source = source
        self.tokens = list(_tokens(source))
        self.index = 0
        self.depth = 0
        self.columns = columns

    def whole(self) -> Expression:
        expression = self.level(0)
        if self.index < len(self.tokens):
            if self.peek()[:2] in (("sign", ")"), ("sign", "]")):
                raise self.error(phrase("this bracket closes none"))
            raise self.error(phrase("'and', 'or' or another operator was expected here"))
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
            raise self.error(phrase("too many brackets inside one another"))
        try:
            return Negative(self.negative()) if self.one_of(("-",)) else self.union()
        finally:
            self.depth -= 1

    def union(self) -> Expression:
        left = self.path()
        while self.one_of(("|",)):
            left = Operation(left, "|", self.path())
        return left

    def path(self) -> Expression:
        kind, text, position = self.peek()
        if (kind, text) == ("sign", "/"):
            self.index += 1
            return Path("/", self.steps())
        if self.begins_step():
            if kind == "word" and not self.columns:
                said = phrase(
                    "a question is written {question}, a text {text} with its quotes",
                    question=f"${{{text}}}",
                    text=f"'{text}'",
                )
                raise ExpressionError(said, position)
            steps = self.steps()
            return Current() if steps == (Step("."),) else Path(None, steps)
        start = self.primary()
        own = self.predicates()
        more = self.steps() if self.one_of(("/",)) else ()
        return Path(start, (*([Step(".", own)] if own else []), *more)) if own or more else start

    def begins_step(self) -> bool:
        kind, text, _ = self.peek()
        if kind == "word":
            return self.peek(1)[:2] != ("sign", "(")
        return kind == "sign" and text in (".", "..", "*")

    def steps(self) -> tuple[Step, ...]:
        found = [self.step()]
        while self.one_of(("/",)):
            found.append(self.step())
        return tuple(found)

    def step(self) -> Step:
        if not self.begins_step():
            raise self.error(phrase("the name of a question, a group or a column was expected here"))
        _, name, _ = self.peek()
        self.index += 1
        return Step(name, self.predicates())

    def predicates(self) -> tuple[Expression, ...]:
        found = []
        outside, self.columns = self.columns, True
        while self.one_of(("[",)):
            opened = self.index - 1
            found.append(self.level(0))
            self.expect("]", opened)
        self.columns = outside
        return tuple(found)

    def primary(self) -> Expression:
        kind, text, position = self.peek()
        self.index += 1
        match kind:
            case "ref":
                return Reference(text[2:-1].strip())
            case "text":
                return Literal(text[1:-1])
            case "number":
                return Literal(float(text))
            case "word":
                return Call(text, self.arguments(), position)
            case "sign" if text == "(":
                opened = self.index - 1
                inner = self.level(0)
                self.expect(")", opened)
                return inner
        self.index -= 1
        raise self.error(
            phrase("a question such as {question}, a number or a text in quotes was expected here", question=A_QUESTION)
        )

    def arguments(self) -> tuple[Expression, ...]:
        opened = self.index
        self.expect("(", opened)
        found: list[Expression] = []
        while not self.one_of((")",)):
            if found:
                self.expect(",", opened)
            found.append(self.level(0))
        return tuple(found)

    def peek(self, further: int = 0) -> tuple[str, str, int]:
        index = self.index + further
        return self.tokens[index] if index < len(self.tokens) else ("end", "", len(self.source))

    def one_of(self, wanted: tuple[str, ...]) -> str | None:
        """The next token, taken, when it is a sign or an operator's word among those wanted."""
        kind, text, _ = self.peek()
        if kind not in ("sign", "word") or text not in wanted:
            return None
        self.index += 1
        return text

    def expect(self, sign: str, opened: int) -> None:
        """The sign, taken; `opened` is the place among the tokens of the bracket around it."""
        if self.one_of((sign,)) is None:
            if self.index >= len(self.tokens) > opened:
                raise ExpressionError(phrase("a bracket is not closed"), self.tokens[opened][2])
            raise self.error(phrase("'{sign}' was expected here", sign=sign))

    def error(self, problem: Phrase) -> ExpressionError:
        return ExpressionError(problem, self.peek()[2])


def _tokens(source: str) -> Iterator[tuple[str, str, int]]:
    position = 0
    end = len(source.rstrip())
    while position < end:
        if match := _FOREIGN.match(source, position):
            said = phrase("write {instead} instead of {written}", instead=_OTHERS_WRITE[match[1]], written=match[1])
            raise ExpressionError(said, match.start(1))
        match = _TOKEN.match(source, position)
        if match is None or match.lastgroup is None:
            raise _unknown(source, position)
        yield match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup)
        position = match.end()


def _unknown(source: str, position: int) -> ExpressionError:
    """What is wrong with signs that begin nothing of XLSForm's."""
    while source[position].isspace():
        position += 1
    if _EARLIER_RESPONSE.match(source, position):
        return ExpressionError(phrase("the answers of an earlier response are not at hand here"), position)
    if curled := _CURLED.match(source, position):
        said = phrase("write straight quotes, such as {text}, instead of {written}", text=_TEXT, written=curled[1])
        return ExpressionError(said, position)
    if source[position] in "'\"":
        return ExpressionError(phrase("a quote is not closed"), position)
    if reference := _OPEN_REFERENCE.match(source, position):
        name, end = reference[1].strip(), reference[2]
        if not end:
            return ExpressionError(phrase("{sign} is missing", sign="}"), position)
        return ExpressionError(phrase("'{name}' between ${{ and }} is no name of a question", name=name), position)
    if source[position] in "${}":
        return ExpressionError(phrase("a question is written {question}", question=A_QUESTION), position)
    return ExpressionError(phrase("XLSForm has no sign {sign}", sign=source[position]), position)
