"""What the functions of XLSForm expressions come to, as the engines that M&E staff know have it."""

import math
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.expressions import ExpressionError, check_functions, parse
from conversations.expressions.functions import FUNCTIONS
from conversations.expressions.looking import FINDING, LOOKING
from conversations.model import Answers, Language, Value
from locales.phrases import say
from tests.conversations.loose import holds, value

ANSWERS: Answers = {
    "people": 12,
    "ways": ("inform", "engage", "advise"),
    "town": "  Saint-Louis  du Sénégal ",
    "born": "1990-02-28",
    "met": "2026-05-04T09:30:15.250+00:00",
    "digits": "007",
}

TABLE = (
    ("1 + 2 * 3", 7.0),
    ("(1 + 2) * 3", 9.0),
    ("7 - 2 - 1", 4.0),
    ("-2 - -3", 1.0),
    ("7 div 2", 3.5),
    ("-7 mod 3", -1.0),
    ("1 div 0", math.inf),
    ("-1 div 0", -math.inf),
    ("'x' + 1", math.nan),
    ("0 div 0", math.nan),
    ("${people} div 5 > 2 and 1 < 2", True),
    ("1 < 2 = 2 > 1", True),
    ("if(${people} > 10, 'many', 'few')", "many"),
    ("if(${nobody} > 10, 'many', 'few')", "few"),
    ("coalesce(${nobody}, ${people})", 12.0),
    ("coalesce(${nobody}, '')", ""),
    ("count-selected(${ways})", 3.0),
    ("count-selected(${nobody})", 0.0),
    ("selected-at(${ways}, 1)", "engage"),
    ("selected-at(${ways}, 3)", ""),
    ("selected-at(${ways}, -1)", ""),
    ("not(selected(${ways}, 'lead'))", True),
    ("round(2.5)", 3.0),
    ("round(-2.5)", -2.0),
    ("round(3.14159, 2)", 3.14),
    ("round(1250, -2)", 1300.0),
    ("round('x')", math.nan),
    ("round(-1250, -2)", -1200.0),
    ("round(1, 400)", math.nan),
    ("round(1, -500)", math.nan),
    ("round(1 div 0)", math.inf),
    ("round(123456789012345678901234567890.5, 5)", 123456789012345678901234567890.5),
    ("int(-2.7)", -2.0),
    ("int('x')", math.nan),
    ("number(${digits})", 7.0),
    ("abs(-3)", 3.0),
    ("pow(2, 10)", 1024.0),
    ("sqrt(-1)", math.nan),
    ("exp(1000)", math.nan),
    ("log10(1000)", 3.0),
    ("min(3, ${nobody}, 2)", 2.0),
    ("max(3, ${people})", 12.0),
    ("max(${nobody})", math.nan),
    ("max(-5, -3, 'x')", -3.0),
    ("concat('a', 1, true(), 2.5)", "a1true2.5"),
    ("join(', ', 'a', 'b')", "a, b"),
    ("string-length('été')", 3.0),
    ("normalize-space(${town})", "Saint-Louis du Sénégal"),
    ("substr('hello', 1)", "ello"),
    ("substr('hello', 1, 3)", "el"),
    ("substr('hello', -3, -1)", "ll"),
    ("substr('hello', 'x')", "hello"),
    ("substr('hello', 1, 1 div 0)", "ello"),
    ("substr('hello', 99999999999999999999)", ""),
    ("substring-before('a-b-c', '-')", "a"),
    ("substring-before('abc', '-')", ""),
    ("substring-before('abc', '')", ""),
    ("substring-after('abc', '')", "abc"),
    ("substring-after('a-b-c', '-')", "b-c"),
    ("translate('bar', 'abr', 'AB')", "BA"),
    ("contains(${town}, 'Louis') and starts-with('ab', 'a') and ends-with('ab', 'b')", True),
    ("regex('+221 77 123', '[+0-9 ]+')", True),
    ("regex('abc', 'b')", False),
    ("regex('abc', '(')", False),
    ("boolean-from-string('1') and not(boolean-from-string('yes'))", True),
    ("boolean(${nobody})", False),
    ("checklist(2, 3, 1 = 1, 1 = 2, true())", True),
    ("checklist(-1, 1, true(), true())", False),
    ("weighted-checklist(3, 4, true(), 2, false(), 5, true(), 1)", True),
    ("date('2026-03-01')", date(2026, 3, 1)),
    ("date(0)", date(1970, 1, 1)),
    ("date('yesterday')", ""),
    ("date('2026-03-01') - date('2026-02-01')", 28.0),
    ("date(date('2026-02-28') + 1) = date('2026-03-01')", True),
    ("date(${born}) < date('2000-01-01')", True),
    ("format-date(${born}, '%d/%n/%y, %a %e %b')", "28/2/90, Wed 28 Feb"),
    ("format-date-time(${met}, '%Y-%m-%d %H:%M:%S.%3 %h %%')", "2026-05-04 09:30:15.250 9 %"),
    ("decimal-date-time('1970-01-02T12:00:00.000+00:00')", 1.5),
    ("decimal-time('06:00')", 0.25),
    ("round(sin(pi() div 2) + cos(pi()) + tan(0), 6)", 0.0),
    ("round(asin(1) + acos(1) - atan2(1, 0) + atan(0), 6)", 0.0),
    ("log(exp(2)) + exp10(2)", 102.0),
    ("floor(-1.5) + ceiling(-1.5)", -3.0),
    ("string(false())", "false"),
    ("string(5000000000)", "5000000000"),
    ("string(0.0000001)", "0.0000001"),
    ("number('12,5')", 12.5),
    ("digest('abc', 'SHA-256', 'hex')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="),
    ("digest('abc', 'ROT13')", ""),
    ("base64-decode('SGVsbG8=')", "Hello"),
    ("base64-decode('?')", ""),
    ("coalesce(number('x'), 'y')", "y"),
    ("once(${people}) + last() + position()", 14.0),
    ("count(${people}) + count(${nobody}) + sum(${people}) + count-non-empty(${ways} | ${town})", 15.0),
    ("position(${people})", 1.0),
    ("string-length(uuid()) + string-length(uuid(8))", 44.0),
    ("random() >= 0 and random() < 1 and random() != random()", True),
    ("now() > today() - 1", True),
    ("pulldata('none', 'a', 'b', 'c')", ""),
    ("jr:choice-name(${ways}, '${ways}')", "inform engage advise"),
    ("indexed-repeat(${people}, ${people}, 1)", ""),
    ("count(instance('none')/root/item[name = 'x'])", 0.0),
    ("count(randomize(${ways})) + count(current()/..)", 2.0),
    ("string(date-time('2026-03-01'))", "2026-03-01"),
    ("/data/profile/people > 11", True),
    ("../people = current()/../people", True),
)


@pytest.mark.parametrize(("expression", "expected"), TABLE, ids=[expression for expression, _ in TABLE])
def test_it_comes_to(expression: str, expected: object) -> None:
    tree = parse(expression)
    check_functions(tree)
    found = value(tree, ANSWERS)
    assert type(found) is type(expected)
    assert found == expected or str(found) == str(expected) == "nan"  # which equals nothing, not even itself


def test_the_dot_is_the_answer_being_looked_at() -> None:
    assert value(parse(". > 0 and . <= 120"), {}, here=35) is True
    assert value(parse(". > 0"), {}) is False


def test_every_function_stands_in_the_table() -> None:
    written = " ".join(expression for expression, _ in TABLE)
    assert {name for name in EVERY if not re.search(rf"(?<![\w-]){name}\(", written)} == set()


@pytest.mark.parametrize(
    ("expression", "position", "problem"),
    [
        ("1 = 1 or tody() > 2", 9, "the function tody() is not known here"),
        ("count-selected()", 0, "takes 1 value, not 0"),
        ("not(1, 2)", 0, "takes 1 value, not 2"),
        ("round(1, 2, 3)", 0, "takes 1 or 2 values, not 3"),
        ("concat()", 0, "takes 1 value or more, not 0"),
    ],
)
def test_a_function_that_cannot_be_called_is_told(expression: str, position: int, problem: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        check_functions(parse(expression))
    assert problem in say(caught.value.problem, Language.EN)
    assert caught.value.position == position


def test_a_regular_expression_that_runs_away_stops_nobody() -> None:
    assert holds(f"regex('{'a' * 60}!', '(a|aa)+')", {})


EVERY = FUNCTIONS | LOOKING | FINDING
LEAVES = st.sampled_from(
    (
        *(
            "${one}",
            "${other}",
            ".",
            "0",
            "-1",
            "1.5",
            "9" * 320,
            "(1 div 0)",
            "(-1 div 0)",
            "(0 div 0)",
            "true()",
            "''",
        ),
        *("'x'", "'['", "'(a*)*b'", "'%Y%3%%%'", "'12:00'", "'0001-01-01T00:00:00+14:00'", "date('9999-12-31')"),
    )
)
VALUES = (
    st.none()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(), max_size=6)
    | st.lists(st.text(max_size=3), max_size=3).map(tuple)
    | st.datetimes().map(str)
)


def calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Each function with as many values as it takes at least, up to four where it takes more."""

    def call(name: str, given: list[str]) -> str:
        function = FUNCTIONS[name]
        most = len(given) if function.most is None else function.most
        return f"{name}({', '.join(given[: max(function.least, most)])})"

    return st.builds(call, st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, min_size=4, max_size=4))


def operations(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = ("=", "!=", "<", ">=", "+", "-", "*", "div", "mod", "and", "or")
    return st.builds("({} {} {})".format, inner, st.sampled_from(signs), inner) | inner.map("-{}".format)


@settings(max_examples=300, deadline=None)
@given(st.recursive(LEAVES, lambda inner: calls(inner) | operations(inner), max_leaves=8), VALUES, VALUES, VALUES)
def test_no_answer_makes_an_expression_fail(
    expression: str, one: Value | None, other: Value | None, here: Value
) -> None:
    check_functions(parse(expression))
    answers = {name: value for name, value in (("one", one), ("other", other)) if value is not None}
    assert holds(expression, answers, here) in (True, False)
