"""Which questions an expression looks at."""

from conversations.expressions.looking import quoted_question
from conversations.expressions.syntax import Call, Expression, Path, Reference, parse, parts

ALL = "*"
"""The name that stands for whatever a path with a "*" may lead to."""


def names_in(expression: str, *, columns: bool = False) -> frozenset[str]:
    """The questions and groups that the expression looks at, be it by `${name}` or by a path; `ALL` for any of them.

    Bare names are columns when `columns` is true, as in a choice filter. Raises ExpressionError.
    """
    if not expression.strip():
        return frozenset()
    found = set()
    waiting = [(parse(expression, columns=columns), columns)]
    while waiting:
        part, inside = waiting.pop()
        match part:
            case Reference(name):
                found.add(name)
            case Path(start, steps):
                # Bare names at a list, and inside its predicates, are columns.
                listed = _is_list(start) or (inside and start is None and steps[0].name not in (".", ".."))
                named = [step.name for step in steps if step.name not in (".", "..")]
                if named and not listed:
                    found.add(ALL if ALL in named else named[-1])
                waiting += [(each, inside if each is start else listed) for each in parts(part)]
                continue
            case Call():
                quoted = quoted_question(part)
                waiting += [(quoted, inside)] if quoted is not None else []
        waiting += [(each, inside) for each in parts(part)]
    return frozenset(found)


def _is_list(start: Expression | str | None) -> bool:
    match start:
        case Call("instance", _, _):
            return True
        case Call("randomize", (inner, *_), _):
            return isinstance(inner, Path) and _is_list(inner.start)
        case _:
            return False
