"""No form and no answer keeps the bot waiting, or makes it stumble."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.expressions import ExpressionError, check_functions, parse
from conversations.expressions.functions import FUNCTIONS
from conversations.expressions.looking import FINDING, LOOKING
from conversations.forms.instance import Around, Instance
from conversations.model import SKIPPED, Choice, Group, Language, QuestionType, Survey, Table, Value
from locales.phrases import say
from tests.conversations.samples import both, choices
from tests.conversations.test_instance import ask, form, value

AROUND = Around(datetime(2026, 5, 4, tzinfo=UTC), Language.EN, datetime(2026, 5, 4, tzinfo=UTC), seed="s")
EVERY = FUNCTIONS | LOOKING | FINDING
LEAVES = st.sampled_from(
    (
        *("${n}", "${text}", "${in}", "${rep}", "${calc}", "${many}", "${nobody}", ".", "..", "../n", "../../rep/in"),
        *("/data/rep/in", "/data/*", "/*", "../*", "/data/rep[in > 2]/in", "${rep}[position() = 2]/in", "current()/.."),
        *("instance('t')/root/item[name = ${text}]/label", "instance('t')/root/item[2]", "instance('t')/*/*"),
        *("0", "-1", "1.5", "9" * 400, "(1 div 0)", "''", "'x'", "'%Y%'", "'(a*)*b'", "'2026-02-30'", "'MD5'", "'t'"),
    )
)


def calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def call(name: str, given: list[str]) -> str:
        function = EVERY[name]
        most = len(given) if function.most is None else min(function.most, len(given))
        return f"{name}({', '.join(given[: max(function.least, most)])})"

    return st.builds(call, st.sampled_from(sorted(EVERY)), st.lists(inner, min_size=5, max_size=5))


def operations(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(("=", "!=", "<", ">=", "+", "-", "*", "div", "mod", "and", "or", "|"))
    return st.builds("({} {} {})".format, inner, signs, inner) | st.builds("{}[{}]".format, LEAVES, inner)


def checked(expression: str) -> bool:
    try:
        check_functions(parse(expression))
    except ExpressionError:
        return False
    return True


EXPRESSIONS = st.recursive(LEAVES, lambda inner: calls(inner) | operations(inner), max_leaves=6).filter(checked)
VALUES: st.SearchStrategy[Value] = (
    st.integers(-(10**20), 10**20)
    | st.text(max_size=8)
    | st.sampled_from(
        ("yes", "no", "a", "2026-05-04", "12:30", "2026-05-04T09:00:00.000+03:00", "nan", "1e999", SKIPPED)
    )
    | st.lists(st.sampled_from(("a", "b", "", "x y")), max_size=3).map(tuple)
)
KEYS = ("n", "text", "many", "day", "when", "in[1]", "in[2]", "rep[1]", "rep[2]", "calc", "in", "late")


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.lists(EXPRESSIONS, min_size=8, max_size=8), st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_whatever_is_answered_a_form_that_was_checked_goes_on(written: list[str], answers: dict[str, Value]) -> None:
    one, two, three, four, five, six, seven, eight = written
    survey = form(
        ask("n", QuestionType.INTEGER, default=one, constraint=two),
        ask("text", constraint=three),
        ask("many", QuestionType.SELECT_MULTIPLE, choices=choices(a="A", b="B"), choice_filter="name != ${text}"),
        ask("day", QuestionType.DATE, calculation=four),
        ask("when", QuestionType.DATETIME, required_when=five),
        ask("in", QuestionType.DECIMAL, group="rep", relevant=six),
        ask("calc", QuestionType.CALCULATE, calculation=seven),
        ask("late", QuestionType.NOTE, relevant=eight, label=both("${calc} ${many} ${in}")),
        groups=(Group("rep", None, repeated=True),),
        tables=(Table("t", ("name", "label"), (("x", "X"), ("a", "A"))),),
    )
    instance = Instance(survey, answers, AROUND)
    assert set(instance.answers) <= set(answers)
    for field in instance.fields:
        instance.value_text(field)
        instance.default(field)
        assert instance.must(field) in (True, False)
        assert instance.fits(field, answers.get(field.key, "x")) in (True, False)
        assert set(instance.offered(field)) <= set(field.question.choices)
        assert "${" not in instance.words(field.question.label, field).en or "text" in answers
    assert instance.undecided >= 0


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="${}ab'\"()=!<>,. 019-notdr[]/*|@:", max_size=80), st.booleans())
def test_whatever_is_written_can_be_read_or_says_where_not(text: str, columns: bool) -> None:
    place = None
    try:
        check_functions(parse(text, columns=columns))
    except ExpressionError as error:
        place = error.position
    assert place is None or 0 <= place <= len(text)


@pytest.mark.parametrize(
    ("expression", "position", "problem"),
    [
        ("${a} = 1 and /", 14, "the name of a question"),
        ("//a = 1", 1, "the name of a question"),
        ("/data/a[1 = 1", 7, "a bracket is not closed"),
        ("/data/@a", 6, "no sign @"),
        ("child::a", 5, "no sign :"),
        ("a/b = 1", 0, "a question is written ${a}"),
        ("1 + ${last-saved#a}", 4, "an earlier response"),
        ("1 = count(3)", 0, "a question, a group or a list"),
        ("2 + indexed-repeat(${a}, ${b}, 1, ${c})", 4, "for each group"),
        ("indexed-repeat(1, ${b}, 1)", 0, "the first value of indexed-repeat()"),
        ("jr:choice-name(${a}, '(')", 0, "jr:choice-name()"),
        ("area(${a})", 0, "area() is not known"),
        ("[1]", 0, "a question such as"),
    ],
)
def test_a_mistake_is_told_with_its_place(expression: str, position: int, problem: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        check_functions(parse(expression))
    assert problem in say(caught.value.problem, Language.EN)
    assert caught.value.position == position


def test_long_sums_and_deep_brackets_end_well() -> None:
    survey = form(
        ask("sum", QuestionType.CALCULATE, calculation="+".join(["1"] * 5_000)),
        ask("deep", QuestionType.CALCULATE, calculation="if(1=1," * 48 + "1" + ",2)" * 48),
        ask("words", QuestionType.CALCULATE, calculation="concat(" + ",".join(["${words2}"] * 900) + ")"),
        ask("words2", QuestionType.CALCULATE, calculation="concat(" + ",".join(["${words3}"] * 900) + ")"),
        ask("words3"),
    )
    instance = Instance(survey, {"words3": "w" * 4_000}, AROUND)
    assert (value(instance, "sum"), value(instance, "deep")) == (5_000, 1)
    assert len(str(value(instance, "words"))) == 32_767


def test_a_greedy_form_is_done_soon() -> None:
    groups = tuple(
        Group(f"g{depth}", None, group=f"g{depth - 1}" if depth else "", repeated=True, count="10000")
        for depth in range(4)
    )
    greedy = "sum(/data/g0/g1/g2/g3/x) + count(/data/*/*/*) + max(${x}) + count(/data/g0[count(/data/g0/g1) > 1])"
    evil = "regex(concat(${a}, position(..)), '(a|aa)+')"
    survey = form(
        ask("a"),
        ask("x", QuestionType.CALCULATE, group="g3", calculation=f"{greedy} + {evil}"),
        ask("y", QuestionType.CALCULATE, group="g0", calculation=evil),
        groups=groups,
    )
    began = time.perf_counter()
    instance = Instance(survey, {"a": "a" * 60 + "!"}, AROUND)
    for field in instance.fields:
        instance.value(field)
    # A busy computer may need some seconds; without bounds it would be hours.
    assert time.perf_counter() - began < 20


def test_lists_of_thousands_are_looked_up_in_no_time() -> None:
    rows = tuple((f"v{place}", f"Village {place}") for place in range(20_000))
    survey = form(
        ask("v"),
        *(
            ask(f"c{place}", QuestionType.CALCULATE, calculation="instance('t')/root/item[name = ${v}]/label")
            for place in range(100)
        ),
        tables=(Table("t", ("name", "label"), rows),),
    )
    instance = Instance(survey, {"v": "v19999"}, AROUND)
    assert {str(instance.value(field)) for field in instance.fields[1:]} == {"Village 19999"}
    assert instance._filling._steps > 0


def test_a_long_list_of_choices_is_filtered() -> None:
    many = tuple(Choice(f"c{place}", both(f"C{place}"), columns=(("of", str(place % 7)),)) for place in range(5_000))
    survey = form(ask("of"), ask("c", QuestionType.SELECT_ONE, choices=many, choice_filter="of = ${of}"))
    instance = Instance(survey, {"of": "3"}, AROUND)
    assert len(instance.offered(instance.field("c"))) == 714


def test_a_survey_is_told_apart_from_another_just_like_it() -> None:
    def one() -> Survey:
        return form(ask("a", relevant="1 = 1"))

    first, second = Instance(one(), {}, AROUND), Instance(one(), {}, AROUND)
    assert first.field("a").question is not second.field("a").question
