"""XLSForm expressions: what they may say, and what they come to for the answers given so far."""

from conversations.expressions.evaluation import check_functions, computing
from conversations.expressions.looking import seeded, shuffled
from conversations.expressions.naming import ALL, names_in
from conversations.expressions.nodes import Compute, Context, Node, Row, Rows
from conversations.expressions.syntax import (
    Call,
    Current,
    Expression,
    ExpressionError,
    Literal,
    Negative,
    Operation,
    Path,
    Reference,
    Step,
    parse,
    walk,
)
from conversations.expressions.values import Result, day, number, text, truth

__all__ = [
    "ALL",
    "Call",
    "Compute",
    "Context",
    "Current",
    "Expression",
    "ExpressionError",
    "Literal",
    "Negative",
    "Node",
    "Operation",
    "Path",
    "Reference",
    "Result",
    "Row",
    "Rows",
    "Step",
    "check_functions",
    "computing",
    "day",
    "names_in",
    "number",
    "parse",
    "seeded",
    "shuffled",
    "text",
    "truth",
    "walk",
]
