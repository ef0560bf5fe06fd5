"""The value of an expression, given the answers that it may look at."""

import math
import operator
from collections.abc import Callable
from typing import assert_never

from conversations.expressions.functions import FUNCTIONS
from conversations.expressions.syntax import (
    Call,
    Current,
    Expression,
    ExpressionError,
    Literal,
    Negative,
    Operation,
    Reference,
    parse,
    walk,
)
from conversations.expressions.values import Result, number, same, truth
from conversations.model import Answers, Value


def holds(expression: str, answers: Answers, here: Value | None = None) -> bool:
    """Whether the expression is true of these answers, `here` being what `.` stands for; an empty one always is.

    Raises ExpressionError.
    """
    return not expression.strip() or truth(value(parse(expression), answers, here))


def names_in(expression: str) -> frozenset[str]:
    """The questions that the expression looks at. Raises ExpressionError."""
    if not expression.strip():
        return frozenset()
    return frozenset(part.name for part in walk(parse(expression)) if isinstance(part, Reference))


def check_functions(expression: Expression) -> None:
    """Raises ExpressionError for a function that is not known here, or is given too little or too much."""
    for part in walk(expression):
        if not isinstance(part, Call):
            continue
        known = FUNCTIONS.get(part.function)
        if known is None:
            raise ExpressionError(f"the function {part.function}() is not known here", part.position)
        given = len(part.arguments)
        if given < known.least or (known.most is not None and given > known.most):
            raise ExpressionError(f"{part.function}() takes {known.takes}, not {given}", part.position)


def value(expression: Expression, answers: Answers, here: Value | None = None) -> Result:
    """What the expression comes to; `here` is the answer that `.` stands for. Raises ExpressionError."""
    match expression:
        case Literal(constant):
            return constant
        case Reference(name):
            return _read(answers.get(name))
        case Current():
            return _read(here)
        case Negative(term):
            return -number(value(term, answers, here))
        case Operation(left, "or", right):
            return truth(value(left, answers, here)) or truth(value(right, answers, here))
        case Operation(left, "and", right):
            return truth(value(left, answers, here)) and truth(value(right, answers, here))
        case Operation(left, sign, right):
            return _OPERATORS[sign](value(left, answers, here), value(right, answers, here))
        case Call(name, arguments, _):
            return FUNCTIONS[name].compute([value(each, answers, here) for each in arguments])
        case _:
            assert_never(expression)


def _read(answer: Value | None) -> Result:
    match answer:
        case None:
            return ""
        case tuple():
            return " ".join(answer)
        case int():
            return float(answer)
        case str():
            return answer


def _arithmetic(compute: Callable[[float, float], float]) -> Callable[[Result, Result], Result]:
    def computed(left: Result, right: Result) -> Result:
        try:
            return compute(number(left), number(right))
        except (ValueError, OverflowError):
            return math.nan

    return computed


def _divided(left: float, right: float) -> float:
    if right == 0:
        return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)
    return left / right


_OPERATORS: dict[str, Callable[[Result, Result], Result]] = {
    "=": same,
    "!=": lambda left, right: not same(left, right),
    "<": lambda left, right: number(left) < number(right),
    "<=": lambda left, right: number(left) <= number(right),
    ">": lambda left, right: number(left) > number(right),
    ">=": lambda left, right: number(left) >= number(right),
    "+": _arithmetic(operator.add),
    "-": _arithmetic(operator.sub),
    "*": _arithmetic(operator.mul),
    "div": _arithmetic(_divided),
    "mod": _arithmetic(math.fmod),
}
