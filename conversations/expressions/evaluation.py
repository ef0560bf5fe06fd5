"""What an expression comes to: it is put together once, and worked out for every answer.

A nodeset that stands for one value is its first node, blank when there is none.
"""

import math
import operator
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import assert_never

from conversations.expressions.functions import FUNCTIONS, Function
from conversations.expressions.looking import FINDING, LOOKING, Build
from conversations.expressions.nodes import Compute, Context, Find, Node, Rows
from conversations.expressions.syntax import (
    A_QUESTION,
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
    walk,
)
from conversations.expressions.values import Result, number, same, truth
from conversations.messages import phrase


def check_functions(expression: Expression) -> None:
    """Raises ExpressionError for a function that is not known here, or is given too little, too much, or no nodeset."""
    for part in walk(expression):
        if isinstance(part, Call):
            _check_call(part)
    computing(expression)


def computing(expression: Expression) -> Compute:
    """What works the expression out. Raises ExpressionError."""
    match expression:
        case Literal(constant):
            return lambda _: constant
        case Reference(name):
            return lambda context: context.form.read(name, context.place)
        case Current():
            return lambda context: context.here.read() if context.candidate is None else context.candidate
        case Negative(term):
            positive = computing(term)
            return lambda context: -number(positive(context))
        case Operation(_, "|", _) | Path():
            return _first_of(finding(expression))
        case Operation(_, "or" | "and" as word, _):
            return _joined(word, [computing(each) for each in _chain(expression, (word,))[0::2]])
        case Operation(_, sign, _):
            return _computed(expression, next(level for level in _LEVELS if sign in level))
        case Call(name, arguments, _):
            _check_call(expression)
            if name in FINDING:
                return _first_of(finding(expression))
            if name in LOOKING:
                return LOOKING[name].build(_BUILD, expression)
            return _plain(FUNCTIONS[name], arguments)
        case _:
            assert_never(expression)


def finding(expression: Expression) -> Find:
    """What finds the nodes that the expression stands for. Raises ExpressionError if it is no nodeset."""
    match expression:
        case Reference(name):
            return lambda context: context.form.named(name, context.place)
        case Current():
            return lambda context: (context.here,)
        case Path(start, steps):
            return _following(start, steps)
        case Operation(_, "|", _):
            each = [finding(part) for part in _chain(expression, ("|",))[0::2]]
            return lambda context: list(dict.fromkeys(node for find in each for node in find(context)))
        case Call(name, _, _) if name in FINDING:
            _check_call(expression)
            return FINDING[name].build(_BUILD, expression)
        case _:
            place = next((part.position for part in walk(expression) if isinstance(part, Call)), 0)
            said = phrase("a question, a group or a list was expected, such as {question}", question=A_QUESTION)
            raise ExpressionError(said, place)


_BUILD = Build(computing, finding)


def _check_call(call: Call) -> None:
    known = FUNCTIONS.get(call.function) or LOOKING.get(call.function) or FINDING.get(call.function)
    if known is None:
        raise ExpressionError(phrase("the function {name}() is not known here", name=call.function), call.position)
    given = len(call.arguments)
    if given < known.least or (known.most is not None and given > known.most):
        said = phrase("{name}() takes {values}, not {given}", name=call.function, values=known.takes, given=given)
        raise ExpressionError(said, call.position)


def _first_of(find: Find) -> Compute:
    def compute(context: Context) -> Result:
        for node in find(context):
            return node.read()
        return ""

    return compute


def is_nodeset(expression: Expression) -> bool:
    """Whether the expression stands for nodes, of which there may be several."""
    match expression:
        case Reference() | Current() | Path() | Operation(_, "|", _):
            return True
        case Call(name, _, _):
            return name in FINDING
        case _:
            return False


def _plain(function: Function, arguments: tuple[Expression, ...]) -> Compute:
    compute = function.compute
    last = len(arguments) - 1
    if function.alone == last and is_nodeset(arguments[last]):
        before, find = [computing(each) for each in arguments[:last]], finding(arguments[last])
        return lambda context: compute([*(each(context) for each in before), *(node.read() for node in find(context))])
    values = [computing(each) for each in arguments]
    return lambda context: compute([each(context) for each in values])


# Paths


def _following(start: Expression | str | None, steps: tuple[Step, ...]) -> Find:
    begin: Find
    if start is None:
        begin = lambda context: (context.here,)  # noqa: E731 # as the others below
    elif isinstance(start, str):
        begin = lambda context: (context.form.root(),)  # noqa: E731
    else:
        begin = finding(start)
    moves: list[Callable[[Context, Sequence[Node]], Sequence[Node]]] = []
    rest = list(steps)
    while rest:
        names = [step.name for step in takewhile(lambda step: step.name not in (".", ".."), rest)]
        plain = next((place for place, step in enumerate(rest[: len(names)], start=1) if step.predicates), len(names))
        step = rest[max(plain, 1) - 1]
        indexed = _by_cell(names[:plain], step) if plain else None
        moves.append(indexed or (_down(names[:plain]) if plain else _up if step.name == ".." else _stay))
        moves += [_where(each) for each in step.predicates[1 if indexed else 0 :]]
        rest = rest[max(plain, 1) :]

    def find(context: Context) -> Sequence[Node]:
        nodes = begin(context)
        for move in moves:
            nodes = move(context, nodes)
        return [node for node in nodes if node.applies()]

    return find


def _down(names: list[str]) -> Callable[[Context, Sequence[Node]], Sequence[Node]]:
    def move(context: Context, nodes: Sequence[Node]) -> Sequence[Node]:
        found = [each for node in nodes for each in node.down(names, context.place)]
        return found if context.form.spend(len(found)) else ()

    return move


def _up(context: Context, nodes: Sequence[Node]) -> Sequence[Node]:
    del context
    return list(dict.fromkeys(above for node in nodes if (above := node.parent()) is not None))


def _stay(context: Context, nodes: Sequence[Node]) -> Sequence[Node]:
    del context
    return nodes


def _where(predicate: Expression) -> Callable[[Context, Sequence[Node]], Sequence[Node]]:
    holds = computing(predicate)

    def move(context: Context, nodes: Sequence[Node]) -> Sequence[Node]:
        size = len(nodes)
        if not context.form.spend(size):
            return ()
        return [
            node
            for place, node in enumerate(nodes, start=1)
            if _is_wanted(holds(Context(context.form, context.place, node, place, size)), place)
        ]

    return move


def _is_wanted(result: Result, place: int) -> bool:
    return result == place if isinstance(result, float) else truth(result)


def _by_cell(names: list[str], step: Step) -> Callable[[Context, Sequence[Node]], Sequence[Node]] | None:
    """item[column = '...'] by an index of the list: looking at every row for every answer would be slow."""
    match step.predicates[:1]:
        case (Operation(Path(None, (Step(column, ()),)), "=", Literal() | Reference() as sought),):
            wanted, slowly = computing(sought), _where(step.predicates[0])
        case _:
            return None
    down = _down(names)

    def move(context: Context, nodes: Sequence[Node]) -> Sequence[Node]:
        value = wanted(context)
        if names == ["root", "item"] and isinstance(value, str) and all(isinstance(node, Rows) for node in nodes):
            return [row for node in nodes if isinstance(node, Rows) for row in node.with_cell(column, value)]
        return slowly(context, down(context, nodes))

    return move


# Operators


def _chain(expression: Expression, signs: Sequence[str]) -> list[Expression]:
    """The terms at even places and, as texts, the signs between them: a long sum is no deep one."""
    found: list[Expression] = []
    while isinstance(expression, Operation) and expression.operator in signs:
        found += [expression.right, Literal(expression.operator)]
        expression = expression.left
    return [expression, *reversed(found)]


def _joined(word: str, terms: list[Compute]) -> Compute:
    if word == "or":
        return lambda context: any(truth(term(context)) for term in terms)
    return lambda context: all(truth(term(context)) for term in terms)


def _computed(expression: Operation, level: tuple[str, ...]) -> Compute:
    chain = _chain(expression, level)
    first = computing(chain[0])
    further = [
        (_OPERATORS[sign.value], computing(term))
        for sign, term in zip(chain[1::2], chain[2::2], strict=True)
        if isinstance(sign, Literal) and isinstance(sign.value, str)
    ]
    if len(further) == 1:
        ((operate, second),) = further
        return lambda context: operate(first(context), second(context))

    def compute(context: Context) -> Result:
        result = first(context)
        for operate, term in further:
            result = operate(result, term(context))
        return result

    return compute


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


_LEVELS = (("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
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
