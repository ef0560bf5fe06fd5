"""The functions of XLSForm expressions that look at the form, at lists or at the clock, or choose what they look at."""

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from conversations.expressions.functions import Function, fits
from conversations.expressions.nodes import Compute, Context, Find, Node
from conversations.expressions.syntax import (
    A_QUESTION,
    Call,
    Expression,
    ExpressionError,
    Literal,
    Path,
    Reference,
    parse,
)
from conversations.expressions.values import Result, number, text, truth
from conversations.messages import phrase
from conversations.model import Phrase

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Build:
    """How the arguments of a function are put together: for one value, or for the nodes that they stand for."""

    computing: Callable[[Expression], Compute]
    finding: Callable[[Expression], Find]


@dataclass(frozen=True, slots=True)
class Looking:
    """A function that gets its arguments as they are written, and how many it takes."""

    build: Callable[[Build, Call], Compute]
    least: int
    most: int | None

    @property
    def takes(self) -> Phrase:
        """How many values it takes, in words."""
        return Function(lambda _: "", self.least, self.most).takes


@dataclass(frozen=True, slots=True)
class Finding:
    """The same for a function that finds nodes."""

    build: Callable[[Build, Call], Find]
    least: int
    most: int | None

    @property
    def takes(self) -> Phrase:
        """How many values it takes, in words."""
        return Function(lambda _: "", self.least, self.most).takes


def _if(build: Build, call: Call) -> Compute:
    condition, then, otherwise = (build.computing(each) for each in call.arguments)
    return lambda context: then(context) if truth(condition(context)) else otherwise(context)


def _coalesce(build: Build, call: Call) -> Compute:
    values = [build.computing(each) for each in call.arguments]

    def compute(context: Context) -> Result:
        result: Result = ""
        for value in values:
            result = value(context)
            if result != "" and not (isinstance(result, float) and math.isnan(result)):
                break
        return result

    return compute


def _once(build: Build, call: Call) -> Compute:
    """What it is given: nothing computed is kept, and what chance and the clock of a response give stays as it is."""
    return build.computing(call.arguments[0])


def _regex(build: Build, call: Call) -> Compute:
    whole, pattern = (build.computing(each) for each in call.arguments)

    def compute(context: Context) -> Result:
        # Somebody who answers must not be stuck, nor wait long, at an author's mistake.
        if not context.form.spend(_REGEX_STEPS):
            return True
        found = fits(text(pattern(context)), text(whole(context)))
        if found is None:
            context.form.spend(_LATE_REGEX_STEPS)
        return found is not False

    return compute


_REGEX_STEPS = 10
_LATE_REGEX_STEPS = 10_000


def _count(build: Build, call: Call) -> Compute:
    find = build.finding(call.arguments[0])
    return lambda context: float(len([node for node in find(context) if node.applies()]))


def _count_non_empty(build: Build, call: Call) -> Compute:
    find = build.finding(call.arguments[0])
    return lambda context: float(sum(node.read() != "" for node in find(context)))


def _sum(build: Build, call: Call) -> Compute:
    find = build.finding(call.arguments[0])

    def compute(context: Context) -> Result:
        return sum(each for each in (number(node.read()) for node in find(context)) if not math.isnan(each)) + 0.0

    return compute


def _position(build: Build, call: Call) -> Compute:
    if not call.arguments:
        return lambda context: float(context.position or context.here.number)
    find = build.finding(call.arguments[0])
    return lambda context: float(next((node.number for node in find(context)), 0))


def _last(build: Build, call: Call) -> Compute:
    del build, call
    return lambda context: float(max(context.size, 1))


def _today(build: Build, call: Call) -> Compute:
    del build, call
    return lambda context: context.form.now.date()


def _now(build: Build, call: Call) -> Compute:
    del build, call
    return lambda context: context.form.now


def _random(build: Build, call: Call) -> Compute:
    """From 0 to 1, another number for each random() of a form, and the same one as long as a response lasts."""
    del build
    purpose = f"random {call.position}"
    return lambda context: int.from_bytes(context.form.chance(context.place, purpose)[:6], "big") / 2**48


def _uuid(build: Build, call: Call) -> Compute:
    """A UUID of version 4, or so many letters and digits; drawn like random()."""
    purpose = f"uuid {call.position}"
    length = build.computing(call.arguments[0]) if call.arguments else None

    def compute(context: Context) -> Result:
        chance = context.form.chance(context.place, purpose)
        if length is None:
            digits = f"{int.from_bytes(chance[:16], 'big') & ~(0xF << 76) & ~(3 << 62) | (4 << 76) | (2 << 62):032x}"
            return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        wanted = number(length(context))
        return "".join(_SIGNS[byte % len(_SIGNS)] for byte in chance)[: int(wanted) if 0 < wanted < _MOST_SIGNS else 0]

    return compute


_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_SIGNS = 33


def _choice_name(build: Build, call: Call) -> Compute:
    """The label of a choice, of the question that the second value names: in quotes, as a reference or a path."""
    chosen, find = build.computing(call.arguments[0]), build.finding(quoted_question(call) or call.arguments[1])

    def compute(context: Context) -> Result:
        value = text(chosen(context))
        return next((context.form.label(node, value) for node in find(context)), "")

    return compute


def quoted_question(call: Call) -> Expression | None:
    """The question that jr:choice-name() has in quotes. Raises ExpressionError."""
    match call:
        case Call("jr:choice-name", (_, Literal(str() as written)), position):
            try:
                return parse(written)
            except ExpressionError as error:
                said = phrase(
                    "the question that {function} names: {problem}", function="jr:choice-name()", problem=error.problem
                )
                raise ExpressionError(said, position) from error
        case _:
            return None


def _indexed_repeat(build: Build, call: Call) -> Compute:
    """The answer of one instance: indexed-repeat(${question}, ${group}, 2), with further groups from outer to inner."""
    target, *pairs = call.arguments
    if len(pairs) % 2 or not pairs:
        raise ExpressionError(
            phrase("indexed-repeat() takes a question, and for each group the group and a number"), call.position
        )
    if not isinstance(target, Reference | Path):
        said = phrase("the first value of indexed-repeat() is a question such as {question}", question=A_QUESTION)
        raise ExpressionError(said, call.position)
    find = build.finding(target)
    groups = [
        (build.finding(group), build.computing(which)) for group, which in zip(pairs[0::2], pairs[1::2], strict=True)
    ]

    def compute(context: Context) -> Result:
        # Seen from the root, a name stands for all its instances.
        overall = Context(context.form, context.form.root(), context.here)
        nodes = list(find(overall))
        for find_group, which in groups:
            wanted = max(1.0, number(which(context)))
            within = {group for group in find_group(overall) if group.number == wanted}
            nodes = [node for node in nodes if any(above in within for above in _above(node))]
        return nodes[0].read() if nodes else ""

    return compute


def _above(node: Node) -> Iterator[Node]:
    above = node.parent()
    while above is not None:
        yield above
        above = above.parent()


def _pulldata(build: Build, call: Call) -> Compute:
    """pulldata('list', 'wanted column', 'key column', key): that cell of the first row with this key."""
    table, wanted, column, key = (build.computing(each) for each in call.arguments)

    def compute(context: Context) -> Result:
        rows = context.form.table(text(table(context)))
        if rows is None:
            return ""
        name, found = text(wanted(context)), rows.with_cell(text(column(context)), text(key(context)))
        return next((row.cells.get(name, "") for row in found), "")

    return compute


def _instance(build: Build, call: Call) -> Find:
    name = build.computing(call.arguments[0])

    def find(context: Context) -> Sequence[Node]:
        rows = context.form.table(text(name(context)))
        return () if rows is None else (rows,)

    return find


def _current(build: Build, call: Call) -> Find:
    del build, call
    return lambda context: (context.place,)


def _randomize(build: Build, call: Call) -> Find:
    """The nodes in an order of chance: that of the seed, or of the response."""
    source = build.finding(call.arguments[0])
    seed = build.computing(call.arguments[1]) if len(call.arguments) > 1 else None
    purpose = f"randomize {call.position}"

    def find(context: Context) -> Sequence[Node]:
        if seed is None:
            return shuffled(source(context), context.form.chance(context.place, purpose))
        return shuffled(source(context), seeded(seed(context)))

    return find


def seeded(seed: Result) -> bytes:
    """The 32 bytes of chance that follow from a form's own seed."""
    return hashlib.sha256(text(seed).encode(errors="replace")).digest()


def shuffled(things: Sequence[Thing], chance: bytes) -> list[Thing]:
    """The same things in an order that follows from the 32 bytes of chance alone."""
    keys = [hashlib.sha256(chance + place.to_bytes(4, "big")).digest() for place in range(len(things))]
    return [things[place] for place in sorted(range(len(things)), key=keys.__getitem__)]


LOOKING: dict[str, Looking] = {
    "coalesce": Looking(_coalesce, 2, None),
    "count": Looking(_count, 1, 1),
    "count-non-empty": Looking(_count_non_empty, 1, 1),
    "if": Looking(_if, 3, 3),
    "indexed-repeat": Looking(_indexed_repeat, 3, 11),
    "jr:choice-name": Looking(_choice_name, 2, 2),
    "last": Looking(_last, 0, 0),
    "now": Looking(_now, 0, 0),
    "once": Looking(_once, 1, 1),
    "position": Looking(_position, 0, 1),
    "pulldata": Looking(_pulldata, 4, 4),
    "random": Looking(_random, 0, 0),
    "regex": Looking(_regex, 2, 2),
    "sum": Looking(_sum, 1, 1),
    "today": Looking(_today, 0, 0),
    "uuid": Looking(_uuid, 0, 1),
}
FINDING: dict[str, Finding] = {
    "current": Finding(_current, 0, 0),
    "instance": Finding(_instance, 1, 1),
    "randomize": Finding(_randomize, 1, 2),
}
