"""Expressions tried on answers alone, without a form: each name is an answer, and every group holds them all."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from conversations.expressions import Context, Expression, Node, Result, Rows, computing, parse, truth
from conversations.model import Answers, Value


def holds(expression: str, answers: Answers, here: Value | None = None) -> bool:
    """Whether the expression is true of these answers, `here` being what `.` stands for; an empty one always is.

    Raises ExpressionError.
    """
    return not expression.strip() or truth(value(parse(expression), answers, here))


def value(expression: Expression, answers: Answers, here: Value | None = None) -> Result:
    """What the expression comes to; `here` is the answer that `.` stands for. Raises ExpressionError."""
    everything = _Everything(answers)
    place = _Answer(here, everything)
    return computing(expression)(Context(everything, place, place))


def read(answer: Value | None) -> Result:
    """An answer as an expression has it when nothing is known of its question."""
    match answer:
        case None:
            return ""
        case tuple():
            return " ".join(answer)
        case int():
            return float(answer)
        case str():
            return answer


class _Answer:
    number = 1

    def __init__(self, answer: Value | None, above: "_Everything") -> None:
        self.answer = answer
        self.above = above

    def read(self) -> Result:
        return read(self.answer)

    def applies(self) -> bool:
        return True

    def parent(self) -> Node | None:
        return self.above

    def down(self, names: list[str], place: Node) -> Sequence[Node]:
        del place
        return () if names else (self,)


class _Everything:
    """The form, and every group in it."""

    number = 1
    now = datetime(1970, 1, 1, tzinfo=UTC)
    _STEPS = 100_000

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.left = self._STEPS

    def read(self, name: str = "", place: Node | None = None) -> Result:
        del place
        return read(self.answers.get(name))

    def named(self, name: str, place: Node) -> Sequence[Node]:
        del place
        return (_Answer(self.answers[name], self),) if name in self.answers else ()

    def root(self) -> Node:
        return self

    def table(self, name: str) -> Rows | None:
        del name
        return None

    def label(self, node: Node, chosen: str) -> str:
        del node
        return chosen

    def chance(self, place: Node, purpose: str) -> bytes:
        del place
        return hashlib.sha256(purpose.encode()).digest()

    def spend(self, steps: int) -> bool:
        self.left -= steps
        return self.left >= 0

    def applies(self) -> bool:
        return True

    def parent(self) -> Node | None:
        return None

    def down(self, names: list[str], place: Node) -> Sequence[Node]:
        return self.named(names[-1], place) if names else (self,)
