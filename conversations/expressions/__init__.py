"""XLSForm expressions: what they may say, and what they come to for the answers given so far."""

from conversations.expressions.evaluation import check_functions, holds, names_in, value
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

__all__ = [
    "Call",
    "Current",
    "Expression",
    "ExpressionError",
    "Literal",
    "Negative",
    "Operation",
    "Reference",
    "check_functions",
    "holds",
    "names_in",
    "parse",
    "value",
    "walk",
]
