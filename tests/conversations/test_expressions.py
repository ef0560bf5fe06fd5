"""When a question is relevant: what can be written, what it means, and how a mistake is told."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.expressions import ExpressionError, names_in, parse
from conversations.expressions.syntax import LONGEST
from conversations.model import Answers, Language, Value
from locales.phrases import say
from tests.conversations.loose import holds

ANSWERS: Answers = {"role": "host", "people": 12, "ways": ("inform", "engage"), "code": "01", "word": "nan"}


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "   ",
        "${role} = 'host'",
        '${role} = "host"',
        "'host' = ${ role }",
        "${role} != 'visitor'",
        "${people} = 12",
        "${people} = '12'",
        "${people} > 11.5 and ${people} <= 12",
        "${people} >= 12 and ${people} < 13",
        "${people} > -1",
        "selected(${ways}, 'inform')",
        "selected(${role}, 'host')",
        "not(selected(${ways}, 'reflect'))",
        "not (${role} = 'visitor')",
        "${ways} = 'inform engage'",
        "${unanswered} = ''",
        "${unanswered} != 5",
        "not(selected(${unanswered}, ''))",
        # and binds more tightly than or
        "${role} = 'host' or ${role} = 'host' and ${people} = 0",
        "(${role} = 'x' or ${role} = 'host') and ${people} = 12",
        # words that a programmer's language would take for numbers
        "${word} = 'nan'",
        "${code} != '1'",
        "${code} = 1",
    ],
)
def test_true(expression: str) -> None:
    assert holds(expression, ANSWERS)


@pytest.mark.parametrize(
    "expression",
    [
        "${role} = 'Host'",
        "${role} != 'host'",
        "${people} > 12",
        "${people} < 12",
        "${people} = 12 and ${role} = 'visitor'",
        "(${role} = 'host' or ${role} = 'host') and ${people} = 0",
        "selected(${ways}, 'in')",
        "selected(${unanswered}, 'inform')",
        # blank is no number: neither more nor less than one
        "${unanswered} < 5",
        "${unanswered} >= 0",
        "${role} < 5 or ${role} > 5",
        "${ways} > 0",
        "${unanswered} = 0",
        "${word} != 'nan'",
        "${word} > 0 or ${word} <= 0",
        "${code} = '1'",
    ],
)
def test_false(expression: str) -> None:
    assert not holds(expression, ANSWERS)


def test_a_choice_may_be_called_by_a_number() -> None:
    assert holds("selected(${scale}, 3)", {"scale": ("3", "4")})
    assert holds("selected(${scale}, '3')", {"scale": "3"})
    assert not holds("selected(${scale}, 3)", {"scale": "30"})


@pytest.mark.parametrize(
    ("expression", "position", "problem"),
    [
        ("${role} +", 9, "a question such as ${name}"),
        ("${role} = ", 10, "a question such as ${name}"),
        ("${role} = 'host", 10, "a quote is not closed"),
        ("${role} = 'd'accord'", 19, "a quote is not closed"),
        ("${a} && ${b}", 5, "write and instead of &&"),
        ("${a} &lt;= 3", 5, "write < instead of &lt;"),
        ("${a} || ${b}", 5, "write or instead of ||"),
        ("${a} == 1", 5, "write = instead of =="),
        ("${a} !== 1", 5, "write != instead of !=="),
        ("${a} <> 1", 5, "write != instead of <>"),
        ("${a} => 1", 5, "write >= instead of =>"),
        ("!selected(${a}, 'b')", 0, "write not(...) instead of !"),
        ("${a} = ‘yes’", 7, "straight quotes, such as 'text', instead of ‘"),
        ("${a} = “yes”", 7, "straight quotes, such as 'text', instead of “"),
        ("${age > 3", 0, "} is missing"),
        ("${age > 3 and ${b} = 1", 0, "} is missing"),
        ("1 = ${my age}", 4, "'my age' between ${ and } is no name"),
        ("$age > 3", 0, "a question is written ${name}"),
        ("selected(${a}, 'b'", 8, "a bracket is not closed"),
        ("not((${a} = 1)", 3, "a bracket is not closed"),
        ("(${a} = 1", 0, "a bracket is not closed"),
        ("(${a} = 1))", 10, "this bracket closes none"),
        ("${role} = 'host' 'visitor'", 17, "another operator"),
        ("${role} = 'host' et ${people} = 1", 17, "'and', 'or'"),
        ("role = 'host'", 0, "a question is written ${role}"),
        ("(${role} = 'host'", 0, "a bracket is not closed"),
        ("not ${role} = 'host'", 0, "a question is written ${not}"),
        ("selected(${role} 'host')", 17, "',' was expected"),
        ("${role} == 'host'", 8, "write = instead of =="),
        ("${role} = 'host' # why", 17, "no sign #"),
        ("${2nd} = 1", 0, "'2nd' between ${ and } is no name"),
    ],
)
def test_a_mistake_is_told_with_its_place(expression: str, position: int, problem: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(expression)
    assert caught.value.position == position
    assert problem in say(caught.value.problem, Language.EN)


def test_brackets_go_fifty_deep_and_no_deeper() -> None:
    assert holds("(" * 49 + "1 = 1" + ")" * 49, {})
    with pytest.raises(ExpressionError, match="too many brackets"):
        parse("(" * 50 + "1 = 1" + ")" * 50)
    with pytest.raises(ExpressionError, match="too many brackets"):
        parse("not(" * 300 + "1 = 1" + ")" * 300)


def test_length_has_an_end() -> None:
    longest = " or ".join(["1=2"] * 1400 + ["1=1"])
    assert len(longest) <= LONGEST
    assert holds(longest, {})
    with pytest.raises(ExpressionError, match="too long"):
        parse("1 = 1" + " " * LONGEST)


def test_all_names_are_found() -> None:
    expression = "not(${a} = ${b}) and (selected(${c}, 'x') or ${d.e-f} > 1) or 1 = 1"
    assert names_in(expression) == {"a", "b", "c", "d.e-f"}
    assert names_in(" ") == frozenset()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="${}ab'\"()=!<>,. 019-notdrselct", max_size=80))
def test_whatever_is_written_gives_an_answer_or_an_expression_error(text: str) -> None:
    try:
        result = holds(text, ANSWERS)
    except ExpressionError as error:
        place: int | None = error.position
    else:
        place = None
        assert isinstance(result, bool)
    assert place is None or 0 <= place <= len(text)


# An evaluator of its own: expressions are written down together with what they mean.

Meaning = Callable[[Answers], bool]
NAMES = ("a", "b", "c")
WORDS = ("yes", "no", "", "1", "2", "10", "nan", "1e1", "-3")
values: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from(WORDS), st.integers(-3, 12), st.lists(st.sampled_from(("yes", "no", "1")), unique=True).map(tuple)
)


def _number(value: Value | float) -> float | None:
    if isinstance(value, tuple):
        value = " ".join(value)
    if isinstance(value, str):
        digits = value.removeprefix("-").replace(".", "", 1)
        return float(value) if digits.isdigit() else None
    return float(value)


def _compared(left: Value | float, sign: str, right: Value | float) -> bool:
    one, two = _number(left), _number(right)
    if sign in {"=", "!="}:
        texts = [" ".join(each) if isinstance(each, tuple) else each for each in (left, right)]
        typed = isinstance(left, str | tuple) and isinstance(right, str | tuple)
        equal = texts[0] == texts[1] if typed else one is not None and one == two
        return equal if sign == "=" else not equal
    if one is None or two is None:
        return False
    return {"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}[sign]


@st.composite
def operands(draw: st.DrawFn) -> tuple[str, Callable[[Answers], Value | float]]:
    kind = draw(st.sampled_from(("name", "name", "word", "number")))
    if kind == "name":
        name = draw(st.sampled_from(NAMES))
        return f"${{{name}}}", lambda answers: answers.get(name, "")
    if kind == "word":
        word = draw(st.sampled_from(WORDS))
        return f"'{word}'", lambda _: word
    number = draw(st.sampled_from((-3.0, 0.0, 1.0, 2.0, 2.5, 10.0)))
    return f"{number:g}", lambda _: number


@st.composite
def terms(draw: st.DrawFn, deeper: st.SearchStrategy[tuple[str, Meaning]]) -> tuple[str, Meaning]:
    kind = draw(st.sampled_from(("compare", "compare", "selected", "not", "brackets")))
    if kind == "compare":
        (left, left_value), (right, right_value) = draw(operands()), draw(operands())
        sign = draw(st.sampled_from(("=", "!=", "<", "<=", ">", ">=")))
        blank = draw(st.sampled_from((" ", "  ", "\t")))
        return (
            f"{left}{blank}{sign}{blank}{right}",
            lambda answers: _compared(left_value(answers), sign, right_value(answers)),
        )
    if kind == "selected":
        name, word = draw(st.sampled_from(NAMES)), draw(st.sampled_from(("yes", "no", "1")))
        return f"selected(${{{name}}}, '{word}')", lambda answers: word in _picks(answers.get(name, ()))
    text, meaning = draw(deeper)
    if kind == "not":
        return f"not({text})", lambda answers: not meaning(answers)
    return f"({text})", meaning


def _picks(value: Value) -> list[str]:
    return list(value) if isinstance(value, tuple) else [str(value)]


Parts = list[tuple[str, Meaning]]


def _all(parts: Parts) -> tuple[str, Meaning]:
    return " and ".join(text for text, _ in parts), lambda answers: all(meaning(answers) for _, meaning in parts)


def _any(parts: Parts) -> tuple[str, Meaning]:
    return " or ".join(text for text, _ in parts), lambda answers: any(meaning(answers) for _, meaning in parts)


def _grown(deeper: st.SearchStrategy[tuple[str, Meaning]]) -> st.SearchStrategy[tuple[str, Meaning]]:
    conjunctions = st.lists(terms(deeper), min_size=1, max_size=3).map(_all)
    return st.lists(conjunctions, min_size=1, max_size=3).map(_any)


def _always(_: Answers) -> bool:
    return True


always: tuple[str, Meaning] = ("1 = 1", _always)


@settings(max_examples=300, deadline=None)
@given(st.recursive(st.just(always), _grown, max_leaves=6), st.dictionaries(st.sampled_from(NAMES), values))
def test_it_agrees_with_another_evaluator(written: tuple[str, Meaning], answers: Answers) -> None:
    text, meaning = written
    assert holds(text, answers) is meaning(answers)
