"""The digest rule: what a group may hear about, from how many, and in which words."""

from dataclasses import replace

import pytest

from bot.rendering import frozen
from conversations.digests import MOST_OPTIONS, Cohort, Share, findings, share, still_counts, tell, tellable
from conversations.model import Group, QuestionType, Survey
from tests.conversations.samples import both, choices, event_with, question, sample_event, survey

WORD = {0: Share.FEW, 1: Share.SOME, 2: Share.HALF, 3: Share.MOST}


@pytest.mark.parametrize("people", range(10, 31))
def test_the_word_for_every_number_of_people(people: int) -> None:
    for chosen in range(people + 1):
        if chosen <= 4:
            expected = Share.FEW
        elif chosen >= people - 4:
            expected = Share.ALMOST_ALL
        else:
            expected = (Share.SOME, Share.HALF, Share.MOST)[chosen * 3 // people]
        assert share(chosen, people) is expected


@pytest.mark.parametrize(
    ("chosen", "people", "word"),
    [
        (4, 10, Share.FEW),
        (5, 10, Share.HALF),
        (6, 10, Share.ALMOST_ALL),
        (5, 15, Share.HALF),  # a third is not below a third
        (5, 16, Share.SOME),
        (9, 15, Share.HALF),
        (10, 15, Share.MOST),  # two thirds are not below two thirds
        (11, 15, Share.ALMOST_ALL),
        (300, 900, Share.HALF),
        (299, 900, Share.SOME),
        (599, 900, Share.HALF),
        (600, 900, Share.MOST),
        (895, 900, Share.MOST),
        (896, 900, Share.ALMOST_ALL),
    ],
)
def test_the_edges_of_the_bands(chosen: int, people: int, word: Share) -> None:
    assert share(chosen, people) is word


@pytest.mark.parametrize(("chosen", "people"), [(0, 9), (9, 9), (-1, 10), (11, 10), (0, 0)])
def test_fewer_than_ten_people_have_no_share(chosen: int, people: int) -> None:
    with pytest.raises(ValueError, match="not a share of a cohort"):
        share(chosen, people)


def names(form: Survey) -> list[str]:
    return [each.name for each in tellable(form)]


def test_only_what_is_marked_for_the_group_and_has_options() -> None:
    form = survey(
        question("marked", group_ok=True),
        question("unmarked"),
        question("several", QuestionType.SELECT_MULTIPLE, group_ok=True),
        question("words", QuestionType.TEXT, group_ok=True),
        question("number", QuestionType.INTEGER, group_ok=True),
        question("marked_and_sensitive", group_ok=True, sensitive=True),
    )
    assert names(form) == ["marked", "several"]


def test_six_options_are_the_most() -> None:
    six = {f"option_{number}": f"Option {number}" for number in range(MOST_OPTIONS)}
    assert MOST_OPTIONS == 6
    form = survey(
        question("six", options=choices(**six), group_ok=True),
        question("seven", options=choices(**six, one_more="One more"), group_ok=True),
    )
    assert names(form) == ["six"]


@pytest.mark.parametrize(
    "relevant", ["${private} = 'yes'", "${open} = 'yes' and not(${private} = 'no')", "selected(${private}, 'yes')"]
)
def test_nothing_behind_a_sensitive_answer_however_long_the_chain(relevant: str) -> None:
    form = survey(
        question("open", group_ok=True),
        question("private", sensitive=True),
        question("behind", relevant=relevant, group_ok=True),
        question("behind_that", relevant="${behind} = 'yes'", group_ok=True),
        question("far_behind", relevant="${open} = 'no' or ${behind_that} = 'yes'", group_ok=True),
        question("beside", relevant="${open} = 'yes'", group_ok=True),
    )
    assert names(form) == ["open", "beside"]


def test_a_constraint_on_a_sensitive_answer_guards_as_a_branch_does() -> None:
    form = survey(
        question("private", sensitive=True),
        question("limited", constraint="${private} = 'yes' or . = 'no'", group_ok=True),
        question("free", constraint=". != ''", group_ok=True),
    )
    assert names(form) == ["free"]


def test_the_chain_goes_through_questions_that_no_group_hears_of() -> None:
    form = survey(
        question("private", sensitive=True),
        question("words", QuestionType.TEXT, relevant="${private} = 'yes'"),
        question("number", QuestionType.INTEGER, relevant="${words} != ''"),
        question("behind", relevant="${number} > 3", group_ok=True),
    )
    assert names(form) == []


def test_a_group_or_a_calculation_in_between_guards_as_well() -> None:
    form = survey(
        question("low", relevant="${sum} > 1", group_ok=True),
        question("sum", QuestionType.CALCULATE, calculation="count-selected(${private})"),
        question("private", QuestionType.SELECT_MULTIPLE, sensitive=True),
        question("inside", group="inner", group_ok=True),
        question("path", relevant="/data/*/* = 1", group_ok=True),
        question("open", group="other", group_ok=True),
    )
    groups = (
        Group("outer", None, relevant="${private} != ''"),
        Group("inner", None, group="outer"),
        Group("other", None),
    )
    assert [each.name for each in tellable(replace(form, groups=groups))] == ["open"]


def test_what_is_asked_several_times_or_quotes_an_answer_is_not_told() -> None:
    form = survey(
        question("each", group="child", group_ok=True),
        replace(question("quoting", group_ok=True), label=both("Is ${name} well?")),
        question("open", group_ok=True),
    )
    repeated = replace(form, groups=(Group("child", None, repeated=True),))
    assert [each.name for each in tellable(repeated)] == ["open"]


def test_the_sample_event_tells_nothing_sensitive() -> None:
    told = {each.name for form in sample_event().surveys for each in tellable(form)}
    assert told
    assert not any(each.sensitive for form in sample_event().surveys for each in form.questions if each.name in told)


FORM = survey(question("used", group_ok=True), question("private", sensitive=True))
EVENT = event_with(surveys=(FORM,))


def cohort(yes: int, no: int, name: str = "used") -> Cohort:
    picks = [("yes",)] * yes + [("no",)] * no
    return Cohort("after", name, tuple((person, picked) for person, picked in enumerate(picks, start=100)))


def test_ten_people_make_a_cohort_and_nine_do_not() -> None:
    assert findings(EVENT, [cohort(8, 1)]) == ()
    (found,) = findings(EVENT, [cohort(8, 2)])
    assert found.shares == (Share.ALMOST_ALL, Share.FEW)
    assert found.people == tuple(range(100, 110))


def test_no_finding_on_what_may_not_be_told_or_is_not_known() -> None:
    assert findings(EVENT, [cohort(20, 20, "private"), cohort(20, 20, "unknown")]) == ()
    assert findings(EVENT, [replace(cohort(20, 20), survey="another")]) == ()


def test_a_multiple_choice_is_as_many_yes_or_no_questions() -> None:
    form = survey(
        question(
            "ways", QuestionType.SELECT_MULTIPLE, choices(talk="Talk", teach="Teach", write="Write"), group_ok=True
        )
    )
    picks = [("talk", "teach")] * 8 + [("talk",)] * 7 + [("write",)] * 3
    counted = Cohort("after", "ways", tuple(enumerate(picks)))
    (found,) = findings(event_with(surveys=(form,)), [counted])
    assert found.shares == (Share.ALMOST_ALL, Share.HALF, Share.FEW)


def test_findings_come_in_the_order_of_the_form_and_are_told_in_words_alone() -> None:
    form = survey(question("first", group_ok=True), question("second", group_ok=True))
    cohorts = [cohort(6, 12, "second"), cohort(9, 9, "first")]
    found = findings(event_with(surveys=(form,)), cohorts)
    assert [each.question.name for each in found] == ["first", "second"]
    words = frozen(tell(found[1]))
    assert words.en == "second\nMost: No\nAbout half: Yes"
    assert words.fr == "second\nLa plupart\u00a0: Non\nEnviron la moitié\u00a0: Oui"
    assert not any(sign.isdigit() or sign == "%" for sign in words.en + words.fr)


OPEN = survey(question("open", group_ok=True))


@pytest.mark.parametrize(
    ("asked", "since", "counts"),
    [
        (OPEN, OPEN, True),
        (survey(question("open", group_ok=True, required=True)), OPEN, True),
        (survey(replace(OPEN.questions[0], choices=OPEN.questions[0].choices[::-1])), OPEN, True),
        (survey(question("open", QuestionType.SELECT_MULTIPLE, group_ok=True)), OPEN, False),
        (survey(question("open", options=choices(yes="No", no="Yes"), group_ok=True)), OPEN, False),
        (survey(question("open", sensitive=True)), OPEN, False),
        (survey(question("open")), OPEN, False),
        (survey(name="another"), OPEN, False),
        (OPEN, survey(question("open", group_ok=True, sensitive=True)), False),
        (OPEN, survey(question("other", sensitive=True), question("open", relevant="${other} = 'yes'")), False),
        (OPEN, survey(question("open")), True),
        (OPEN, survey(name="another"), True),
    ],
)
def test_an_answer_counts_for_the_same_question_that_was_never_sensitive(
    asked: Survey, since: Survey, counts: bool
) -> None:
    packs = {form: event_with(surveys=(form,)) for form in (asked, since, OPEN)}
    assert still_counts("after", "open", packs[asked], [packs[since]], packs[OPEN]) is counts


def test_what_an_answer_had_to_fit_guards_what_hangs_on_it() -> None:
    form = survey(
        question("secret", QuestionType.INTEGER, sensitive=True),
        question("less", QuestionType.INTEGER, constraint=". <= ${secret}"),
        question("told", relevant="${less} > 3", group_ok=True),
        question("free", group_ok=True),
    )
    assert [each.name for each in tellable(form)] == ["free"]
