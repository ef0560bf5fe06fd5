"""A form while it is filled in: what applies, what it comes to, what may be chosen, and what its words say."""

import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from conversations.forms.form import MOST_TIMES, cycles
from conversations.forms.instance import Around, Instance
from conversations.model import (
    SKIPPED,
    Answers,
    Bilingual,
    Choice,
    Group,
    Language,
    Question,
    QuestionType,
    Survey,
    Table,
)
from tests.conversations.samples import both, choices

DAKAR = timezone(timedelta(hours=1))
AROUND = Around(
    datetime(2026, 5, 4, 0, 30, tzinfo=DAKAR), Language.FR, datetime(2026, 5, 3, 23, 45, tzinfo=UTC), seed="a response"
)
TOWNS = (
    Choice("arta", both("Arta", "Arta"), columns=(("region", "n"), ("people", "10"))),
    Choice("bono", both("Bono", "Bono (nord)"), columns=(("region", "n"), ("people", "25"))),
    Choice("bono", both("Bono", "Bono (sud)"), columns=(("region", "s"), ("people", "5"))),
)


def ask(name: str, kind: QuestionType = QuestionType.TEXT, /, **more: object) -> Question:
    return Question(name, kind, **{"label": both(name, name), **more})  # type: ignore[arg-type]


def form(*questions: Question, groups: tuple[Group, ...] = (), tables: tuple[Table, ...] = ()) -> Survey:
    return Survey("form", both("Form", "Formulaire"), questions, groups, tables)


def filled(survey: Survey, **answers: object) -> Instance:
    return Instance(survey, answers, AROUND)  # type: ignore[arg-type]


def keys(fields: object) -> list[str]:
    return [field.key for field in fields]  # type: ignore[attr-defined]


def value(instance: Instance, key: str) -> object:
    return instance.value(instance.field(key))


CHILDREN = form(
    ask("home"),
    ask("age", QuestionType.INTEGER, group="child", constraint=". < 18 and ${age} >= 0"),
    ask("school", group="child", relevant="${age} > 5"),
    ask("ml", QuestionType.DECIMAL, group="dose"),
    ask("total", QuestionType.CALCULATE, calculation="sum(${age})"),
    groups=(
        Group("child", both("Another child?", "Un autre enfant ?"), repeated=True),
        Group("dose", both("Another dose?", "Une autre dose ?"), group="child", repeated=True),
    ),
)


def test_whether_there_is_one_more_is_asked_before_each_instance() -> None:
    assert keys(filled(CHILDREN).asked) == ["home", "child[1]"]
    one = Instance(CHILDREN, {"child[1]": "yes", "age[1]": 7}, AROUND)
    assert keys(one.asked) == ["home", "child[1]", "age[1]", "school[1]", "dose[1][1]", "child[2]"]
    more = one.field("child[2]").question
    assert (more.type, more.label) == (QuestionType.REPEAT, both("Another child?", "Un autre enfant ?"))
    assert [(each.name, each.label.fr) for each in one.offered(one.field("child[2]"))] == [
        ("yes", "Oui"),
        ("no", "Non"),
    ]
    assert value(one, "child[1]") == "yes"
    assert one.default(one.field("child[2]")) is None


def test_a_no_ends_a_repeated_group_and_what_came_behind_it_no_longer_counts() -> None:
    answers: Answers = {"child[1]": "yes", "age[1]": 3, "child[2]": "no", "child[3]": "yes", "age[2]": 4, "age[3]": 5}
    instance = Instance(CHILDREN, answers, AROUND)
    assert keys(instance.asked)[-3:] == ["age[1]", "dose[1][1]", "child[2]"]
    assert "age[2]" not in instance.answers
    assert value(instance, "total") == 3


def test_repeated_groups_inside_one_another_carry_all_their_numbers() -> None:
    answers: Answers = {"child[1]": "yes", "child[2]": "yes", "dose[2][1]": "yes", "ml[2][1]": "0.5"}
    instance = Instance(CHILDREN, answers, AROUND)
    assert [each for each in keys(instance.fields) if each.startswith("ml")] == ["ml[2][1]"]
    assert value(instance, "ml[2][1]") == 0.5


def test_repeated_groups_end_somewhere() -> None:
    endless = {f"child[{place}]": "yes" for place in range(1, 500)}
    assert [each for each in keys(Instance(CHILDREN, endless, AROUND).asked) if each.startswith("child")][-1] == (
        f"child[{MOST_TIMES}]"
    )
    counted = form(
        ask("n", QuestionType.INTEGER), ask("q", group="g"), groups=(Group("g", None, repeated=True, count="${n}"),)
    )
    assert keys(filled(counted, n=2).asked) == ["n", "q[1]", "q[2]"]
    assert [len(filled(counted, n=n).asked) - 1 for n in (10**9, -3)] == [MOST_TIMES, 0]
    assert keys(filled(counted, n=SKIPPED).asked) == ["n"]


def test_a_constraint_sees_the_new_answer_by_either_name() -> None:
    instance = Instance(CHILDREN, {"child[1]": "yes", "age[1]": 99}, AROUND)
    age = instance.field("age[1]")
    assert [instance.fits(age, each) for each in (17, 18, -1)] == [True, False, False]


def test_what_does_not_apply_reads_as_blank_everywhere() -> None:
    survey = form(
        ask("first"),
        ask("second", group="inner"),
        ask("third", relevant="${second} != ''", label=both("Was it ${second}?", "Était-ce ${second} ?")),
        ask("sum", QuestionType.CALCULATE, calculation="concat(${first}, ${second})"),
        groups=(Group("outer", None, relevant="${first} = 'on'"), Group("inner", None, group="outer")),
    )
    on, off = filled(survey, first="on", second="x", third="y"), filled(survey, first="off", second="x", third="y")
    assert (keys(on.asked), dict(on.answers)) == (["first", "second", "third"], on._given)
    assert (keys(off.asked), dict(off.answers)) == (["first"], {"first": "off"})
    assert (value(on, "sum"), value(off, "sum")) == ("onx", "off")
    third = off.field("third")
    assert not off.applies(third)
    assert off.words(third.question.label, third) == both("Was it ?", "Était-ce  ?")


def test_order_in_the_form_does_not_matter_however_long_the_chain() -> None:
    chain = [ask(f"c{place}", QuestionType.CALCULATE, calculation=f"(${{c{place + 1}}} + 1)") for place in range(3_000)]
    survey = form(*chain, ask("c3000", QuestionType.INTEGER))
    assert value(filled(survey, c3000=1), "c0") == 3_001
    assert cycles(survey) == ()


def test_circles_are_found_and_harm_nobody() -> None:
    survey = form(
        ask("a", QuestionType.CALCULATE, calculation="${b} + 1"),
        ask("b", QuestionType.CALCULATE, relevant="${c} != 1", calculation="2"),
        ask("c", relevant="${a} > 0"),
        ask("d", relevant="${a} > 0"),
        ask("self", relevant="${self} = ''"),
    )
    assert cycles(survey) == (("a", "b", "c"), ("self",))
    assert "d" in keys(filled(survey, c="x", d="y").fields)
    ring = [
        ask(f"r{place}", QuestionType.CALCULATE, calculation=f"${{r{(place + 1) % 900}}} + 1") for place in range(900)
    ]
    assert [value(filled(form(*ring)), key) for key in ("r0", "r899")] == ["", ""]
    assert len(cycles(form(*ring))[0]) == 900


def effort(questions: int) -> int:
    """How many functions are entered while the circles of such a long form are looked for.

    Counted, not timed: a busy computer changes nothing.
    """
    entered = 0

    def count(_frame: object, happens: str, _given: object) -> None:
        nonlocal entered
        entered += happens == "call"

    # Names of its own, since what was read once is remembered.
    names = [f"q{place}_of_{questions}" for place in range(questions)]
    looks = [f"${{{name}}} = 'x'" for name in ("q0", *names)]
    survey = form(*(ask(name, relevant=look) for name, look in zip(names, looks, strict=False)))
    sys.setprofile(count)
    try:
        assert cycles(survey) == ()
    finally:
        sys.setprofile(None)
    return entered


def test_twice_the_questions_take_twice_the_effort() -> None:
    """Or a small workbook with thousands of them would keep every other team's waiting."""
    assert effort(800) < 2.5 * effort(400)


def test_a_default_stands_until_an_answer_or_a_skip() -> None:
    survey = form(
        ask("n", QuestionType.INTEGER, default="3"),
        ask("day", QuestionType.DATE, default="2026-05-01"),
        ask("due", QuestionType.DATE, default="today() + 1"),
        ask("ways", QuestionType.SELECT_MULTIPLE, choices=choices(a="A", b="B"), default="b a c"),
        ask("one", QuestionType.SELECT_ONE, choices=choices(a="A"), default="z"),
        ask("twice", QuestionType.INTEGER, calculation="${n} * 2"),
    )
    blank, given, passed = filled(survey), filled(survey, n=5, twice=1), filled(survey, n=SKIPPED)
    assert [blank.default(field) for field in blank.asked] == [3, "2026-05-01", "2026-05-05", ("b", "a"), None, 6]
    assert (value(blank, "n"), value(given, "n"), value(passed, "n")) == (3, 5, "")
    assert (value(blank, "twice"), value(given, "twice"), value(passed, "twice")) == (6, 1, "")
    assert value(blank, "day") == date(2026, 5, 1)
    assert dict(blank.answers) == {}
    assert dict(passed.answers) == {"n": SKIPPED}


def test_read_only_and_computed_questions_are_not_asked() -> None:
    survey = form(
        ask("n", QuestionType.INTEGER),
        ask("shown", QuestionType.INTEGER, calculation="${n} + 0.7", read_only=True),
        ask("note", QuestionType.NOTE, label=both("It is ${shown}.", "C’est ${shown}.")),
        ask("hidden", QuestionType.HIDDEN, default="h"),
    )
    instance = filled(survey, n=2, shown=99, hidden="forged")
    assert (keys(instance.shown), keys(instance.asked)) == (["n", "shown", "note"], ["n"])
    assert [instance.value_text(field) for field in instance.fields] == ["2", "2", "", "h"]
    note = instance.field("note")
    assert instance.words(note.question.label, note) == both("It is 2.", "C’est 2.")


def test_the_clock_is_that_of_the_response_in_the_zone_of_the_person() -> None:
    kinds = (QuestionType.START, QuestionType.END, QuestionType.TODAY)
    survey = form(*(ask(kind.value, kind) for kind in kinds), ask("now", QuestionType.CALCULATE, calculation="today()"))
    instance = filled(survey)
    assert [value(instance, key) for key in ("start", "end", "today")] == [AROUND.started, "", date(2026, 5, 4)]
    assert instance.value_text(instance.field("start")) == "2026-05-03T23:45:00.000+00:00"
    assert instance.value_text(instance.field("now")) == "2026-05-04"


def test_choices_are_filtered_by_columns_and_by_answers() -> None:
    survey = form(
        ask("region"),
        ask("town", QuestionType.SELECT_ONE, choices=TOWNS, choice_filter="region = ${region} and people > 4"),
        ask("said", QuestionType.CALCULATE, calculation="jr:choice-name(${town}, '${town}')"),
        ask("end", label=both("Is ${town} nice?", "${town} est-elle belle ?")),
    )
    north, south = filled(survey, region="n", town="bono"), filled(survey, region="s", town="bono")
    assert [each.label.fr for each in north.offered(north.field("town"))] == ["Arta", "Bono (nord)"]
    assert [value(each, "said") for each in (north, south)] == ["Bono (nord)", "Bono (sud)"]
    end = south.field("end")
    assert south.words(end.question.label, end) == both("Is Bono nice?", "Bono (sud) est-elle belle ?")


def test_a_choice_that_is_no_longer_offered_is_open_again() -> None:
    survey = form(
        ask("region"),
        ask("town", QuestionType.SELECT_ONE, choices=TOWNS, choice_filter="region = ${region}"),
        ask("towns", QuestionType.SELECT_MULTIPLE, choices=TOWNS, choice_filter="region = ${region}"),
    )
    moved = filled(survey, region="s", town="arta", towns=("arta", "bono"))
    assert dict(moved.answers) == {"region": "s", "towns": ("bono",)}
    assert (value(moved, "town"), value(moved, "towns")) == ("", "bono")


def test_lists_are_looked_things_up_in() -> None:
    table = Table("towns", ("name", "label", "people"), (("a", "Arta", "10"), ("b", "Bono", "25"), ("c", "Caro", "7")))
    survey = form(
        ask("town"),
        ask("label", QuestionType.CALCULATE, calculation="instance('towns')/root/item[name = ${town}]/label"),
        ask("pulled", QuestionType.CALCULATE, calculation="pulldata('towns', 'people', 'name', ${town})"),
        ask("sum", QuestionType.CALCULATE, calculation="sum(instance('towns')/root/item[people > 8]/people)"),
        ask("last", QuestionType.CALCULATE, calculation="instance('towns')/root/item[last()]/name"),
        ask("second", QuestionType.CALCULATE, calculation="instance('towns')/root/item[2]/*[1]"),
        tables=(table,),
    )
    instance = filled(survey, town="b")
    assert [value(instance, key) for key in ("label", "pulled", "sum", "last", "second")] == [
        "Bono",
        "25",
        35,
        "c",
        "b",
    ]
    assert value(filled(survey, town="nowhere"), "label") == ""


def test_chance_is_the_same_for_one_response_and_another_for_the_next() -> None:
    many = choices(**{f"c{place}": f"C{place}" for place in range(12)})
    survey = form(
        ask("mixed", QuestionType.SELECT_ONE, choices=many, randomize=True),
        ask("seeded", QuestionType.SELECT_ONE, choices=many, randomize=True, seed="4"),
        ask("drawn", QuestionType.CALCULATE, calculation="once(random())"),
        ask("id", QuestionType.CALCULATE, calculation="uuid()"),
    )
    one, again = filled(survey), filled(survey)
    other = Instance(survey, {}, Around(AROUND.now, Language.EN, AROUND.started, seed="another"))

    def order(instance: Instance, key: str) -> list[str]:
        return [each.name for each in instance.offered(instance.field(key))]

    assert order(one, "mixed") == order(again, "mixed") != order(other, "mixed")
    assert sorted(order(one, "mixed")) == sorted(each.name for each in many)
    assert order(one, "seeded") == order(other, "seeded") != [each.name for each in many]
    assert value(one, "drawn") == value(again, "drawn") != value(other, "drawn")
    assert value(one, "id") != value(other, "id")


def test_words_take_labels_and_never_what_somebody_typed_for_more_words() -> None:
    survey = form(
        ask("said"),
        ask("ways", QuestionType.SELECT_MULTIPLE, choices=choices(a="Talk", b="Teach")),
        ask("photo", QuestionType.IMAGE),
        ask("end", label=both("${said}: ${ways}, ${photo}${nobody}", "${ ways } — ${said}")),
    )
    instance = filled(survey, said="${ways}", ways=("b", "a"), photo="photo:secret.jpg")
    end = instance.field("end")
    assert instance.words(end.question.label, end).en == "${ways}: Teach, Talk, "
    assert instance.words(end.question.label, end).fr.endswith(" — ${ways}")
    plain = both("Nothing.", "Rien.")
    assert instance.words(plain, end) is plain


def test_what_must_be_answered_may_depend() -> None:
    survey = form(ask("a"), ask("b", required_when="${a} = 'x'"), ask("c", required=True))
    for a, must in (("x", [False, True, True]), ("y", [False, False, True])):
        instance = filled(survey, a=a)
        assert [instance.must(field) for field in instance.asked] == must


@pytest.mark.parametrize(
    ("answers", "undecided"),
    [({}, 3), ({"a": "x"}, 1), ({"a": "x", "b": 5}, 0), ({"a": "y"}, 0), ({"a": SKIPPED}, 0), ({"a": "x", "b": 1}, 0)],
)
def test_it_is_known_how_many_questions_may_still_come(answers: Answers, undecided: int) -> None:
    survey = form(
        ask("a"),
        ask("b", QuestionType.INTEGER, relevant="${a} = 'x'"),
        ask("twice", QuestionType.CALCULATE, calculation="${b} * 2"),
        ask("c", relevant="${twice} > 4"),
        ask("d", group="g", relevant="1 = 1"),
        groups=(Group("g", None, relevant="${a} = 'x'"),),
    )
    assert Instance(survey, answers, AROUND).undecided == undecided


def test_another_instance_may_still_come() -> None:
    assert filled(CHILDREN, home="h").undecided == 3
    assert Instance(CHILDREN, {"home": "h", "child[1]": "no"}, AROUND).undecided == 0


def test_a_field_of_nowhere_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        filled(CHILDREN).field("age[1]")
    assert Bilingual("a", "b") == filled(CHILDREN).words(Bilingual("a", "b"), filled(CHILDREN).field("home"))
