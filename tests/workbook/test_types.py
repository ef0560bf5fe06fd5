"""Every type that a chat can carry, and what becomes of the others."""

from collections.abc import Callable

import pytest

from bot.workbook import ContentError, Draft, RemarkKind
from conversations.model import Bilingual, Choice, Event, Question, QuestionType, Range
from tests.workbook.conftest import english

Reader = Callable[[str], Draft]
T = QuestionType


def one(draft_of: Reader, row: str) -> Question:
    """The first question of a form with that row and another."""
    draft = draft_of(f"""
| survey |
| | type | name | label | parameters | default | calculation | read_only | trigger | required | appearance |
| | {row}
| | text | z | Z? | | | | | | | |
| choices |
| | list_name | name | label | region |
| | l | x | Ex | north |
| | l | y | Why | south |
""")
    assert draft.event is not None, draft.faults
    return draft.event.surveys[0].questions[0]


@pytest.mark.parametrize(
    ("written", "type_"),
    [
        *(
            (each, each)
            for each in ("integer", "decimal", "text", "date", "time", "dateTime", "note", "image", "audio")
        ),
        *((each, each) for each in ("video", "file", "geopoint", "barcode", "range", "start", "end", "today")),
        ("select1 l", "select_one"),
        ("select all that apply from l", "select_multiple"),
        ("select_multiple  l", "select_multiple"),
        ("rank l", "rank"),
        ("trigger", "acknowledge"),
        ("acknowledge", "acknowledge"),
        ("photo", "image"),
        ("q picture", "image"),
        ("gps", "geopoint"),
        ("string", "text"),
        ("percentage", "integer"),
        ("deviceid", "hidden"),
        ("imei", "hidden"),
        ("username", "hidden"),
        ("start-geopoint", "hidden"),
        ("background-audio", "hidden"),
    ],
)
def test_a_type_and_its_other_names(written: str, type_: str, draft_of: Reader) -> None:
    assert one(draft_of, f"{written} | a | A? | | | | | | | |").type == T(type_)


def test_options_keep_the_further_columns_of_their_rows(draft_of: Reader) -> None:
    question = one(draft_of, "select_one l | a | A? | randomize=true seed=${z} | | | | | | minimal |")
    assert question.choices[0] == Choice("x", Bilingual("Ex", "Ex"), (), (("region", "north"),))
    assert (question.randomize, question.seed, question.appearance) == (True, "${z}", "minimal")


def test_or_other_brings_an_option_and_a_question_in_our_words(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label | sensitive |
| | select_multiple l or_other | why | Why? | yes |
| choices |
| | list_name | name | label |
| | l | x | Ex |
""")
    assert draft.event is not None, draft.faults
    why, which = draft.event.surveys[0].questions
    assert why.choices[-1] == Choice("other", Bilingual("Other", "Autre"))
    assert (which.name, which.type, which.relevant) == ("why_other", T.TEXT, "selected(${why}, 'other')")
    assert which.label == Bilingual("Other: please specify (Why?)", "Autre\u00a0: précisez (Why?)")
    assert which.sensitive


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Why<br>so late?", "Why so late?"),
        ("w" * 80, "w" * 80),
        ("w" * 81, "w" * 79 + "…"),
        ("w" * 72 + " ${who} was late", "w" * 72 + " ${who}…"),
        ("w" * 75 + " ${who} was late", "w" * 75 + "…"),
    ],
)
def test_which_other_is_asked_with_the_label_that_it_belongs_to(label: str, told: str, draft_of: Reader) -> None:
    draft = draft_of(f"""
| survey |
| | type | name | label |
| | text | who | Who? |
| | select_one l or_other | why | {label} |
| choices |
| | list_name | name | label |
| | l | x | Ex |
""")
    assert draft.event is not None, draft.faults
    assert draft.event.surveys[0].questions[-1].label.en == f"Other: please specify ({told})"


def test_or_other_keeps_an_option_that_is_there(draft_of: Reader) -> None:
    options = "| choices |\n| | list_name | name | label |\n| | l | other | Anything else |\n| | l | x | Ex |\n"
    draft = draft_of(f"| survey |\n| | type | name | label |\n| | select_one l or_other | a | A? |\n{options}")
    assert draft.event is not None, draft.faults
    assert [choice.label.en for choice in draft.event.surveys[0].questions[0].choices] == ["Anything else", "Ex"]


def test_ranges(draft_of: Reader) -> None:
    assert one(draft_of, "range | a | A? | start=0 end=2.5 step=0.5 | | | | | | |").range == Range("0", "2.5", "0.5")
    assert one(draft_of, "range | a | A? | | | | | | | |").range == Range("1", "10", "1")


@pytest.mark.parametrize("parameters", ["start=0 end=10 step=0", "start=a", "start=5 end=5", "step=20"])
def test_what_is_no_range(parameters: str, draft_of: Reader) -> None:
    draft = draft_of(f"| survey |\n| | type | name | label | parameters |\n| | range | a | A? | {parameters} |\n")
    assert any((fault.row, fault.column) == (3, "parameters") for fault in draft.faults), draft.faults


@pytest.mark.parametrize(
    ("row", "default"),
    [
        ("text | a | A? | | Nairobi | | | | | |", "'Nairobi'"),
        ("text | a | A? | | it's | | | | | |", '"it\'s"'),
        ("integer | a | A? | | 007 | | | | | |", "'007'"),
        ("date | a | A? | | 2026-11-10 | | | | | |", "'2026-11-10'"),
        ("text | a | A? | | concat('x', ${z}) | | | | | |", "concat('x', ${z})"),
        ("text | a | A? | | ${last-saved#a} | | | | | |", ""),
        # A calculation that waits for a trigger proposes an answer, and people may change it.
        ("integer | a | A? | | | 2 + 3 | | ${z} | | |", "2 + 3"),
    ],
)
def test_a_default_is_an_expression(row: str, default: str, draft_of: Reader) -> None:
    question = one(draft_of, row)
    assert (question.default, question.calculation) == (default, "")


def test_a_computed_question_is_only_shown(draft_of: Reader) -> None:
    question = one(draft_of, "integer | a | A? | | | 2 + 3 | | | | |")
    assert (question.calculation, question.read_only) == ("2 + 3", True)
    assert one(draft_of, "text | a | A? | | x | | yes | | | |").read_only


@pytest.mark.parametrize(
    ("written", "always", "when"),
    [("yes", True, ""), ("TRUE", True, ""), ("true()", True, ""), ("no", False, ""), ("${z} = ''", False, "${z} = ''")],
)
def test_required_at_times(written: str, always: bool, when: str, draft_of: Reader) -> None:
    question = one(draft_of, f"text | a | A? | | | | | | {written} | |")
    assert (question.required, question.required_when) == (always, when)


def test_groups_and_repeats_inside_one_another(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label | repeat_count | relevant |
| | integer | many | How many? | | |
| | begin repeat | child | Child | ${many} | ${many} > 0 |
| | text | first | Name? | | |
| | begin group | birth | Birth | | |
| | date | born | When? | | |
| | end group | | | | |
| | end repeat | | | | |
""")
    assert draft.event is not None, draft.faults
    survey = draft.event.surveys[0]
    child, birth = survey.groups
    assert (child.repeated, child.count, child.relevant) == (True, "${many}", "${many} > 0")
    assert (birth.group, birth.repeated) == ("child", False)
    assert [(each.name, each.group) for each in survey.questions] == [
        ("many", ""),
        ("first", "child"),
        ("born", "birth"),
    ]
    assert draft.places.groups == {"child": 5, "birth": 7}


def test_what_a_chat_does_not_know_stays_blank(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label | relevant |
| | deviceid | device | | |
| | audit | | | |
| | text | a | A? | ${device} != '' |
""")
    assert draft.event is not None, draft.faults
    told = [remark.row for remark in draft.remarks if remark.kind is RemarkKind.NOT_COLLECTED]
    assert told == [4, 5]


@pytest.mark.parametrize(
    "written", ["geotrace", "geoshape", "db:person", "select_one ${child}", "select_one_from_file a.xml"]
)
def test_what_a_chat_cannot_ask_is_left_out_or_blocks(written: str, draft_of: Reader) -> None:
    form = f"""
| survey |
| | type | name | label | required | relevant |
| | begin repeat | r | R | | |
| | text | child | Child? | | |
| | end repeat | | | | |
| | {written} | plot | Plot? | | |
| | text | a | A? | | |
"""
    draft = draft_of(form)
    assert draft.event is not None, draft.faults
    assert [question.name for question in draft.event.surveys[0].questions] == ["child", "a"]
    assert [remark.row for remark in draft.remarks if remark.kind is RemarkKind.SKIPPED] == [7]
    required = draft_of(form.replace("| Plot? | |", "| Plot? | yes |"))
    assert [(fault.row, "required" in english(fault.problem)) for fault in required.faults] == [(7, True)]
    for used in ("| A? | | ${plot} != '' |", "| A ${plot}? | | |"):
        depended = draft_of(form.replace("| A? | | |", used))
        assert any(fault.row == 7 and "other rows look at" in english(fault.problem) for fault in depended.faults), used


def test_a_pack_may_use_them_too(good: str, event_of: Callable[[str], Event]) -> None:
    old = "| | text | words | What stuck? | Qu’en reste-t-il ? | | | | | retain | | |\n"
    assert old in good
    rows = (
        "| | begin_repeat | visit | | | | | | | | | |\n"
        "| | date | day | Which day? | Quel jour ? | | | | | | | |\n"
        "| | decimal | hours | How long, on ${day}? | Combien, le ${day} ? | | | ${day} != '' | ${day} != '' | | | |\n"
        "| | end_repeat | | | | | | | | | | |\n"
    )
    survey = event_of(good.replace(old, rows)).survey("month_1")
    assert [(each.name, each.type, each.group) for each in survey.questions[:2]] == [
        ("day", T.DATE, "visit"),
        ("hours", T.DECIMAL, "visit"),
    ]
    assert survey.questions[1].required_when == "${day} != ''"
    assert survey.groups[0].repeated


def test_a_pack_s_group_inside_keeps_what_is_sensitive_from_the_group(
    good: str, faults_of: Callable[[str], tuple[ContentError, ...]]
) -> None:
    old = "| | select_one yesno | again | Again? | Encore ? | | | | selected(${why}, 'time') | | | |\n"
    assert old in good
    rows = (
        "| | begin_group | more | | | | | | selected(${why}, 'time') | | | |\n"
        "| | select_one yesno | again | Again? | Encore ? | | | | | | yes | |\n"
        "| | end_group | | | | | | | | | | |\n"
    )
    (fault,) = faults_of(good.replace(old, rows))
    assert "depends on a sensitive one" in english(fault.problem)


def test_a_loop_is_written_out_once_for_each_option(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label::English (en) | label::French (fr) |
| | begin loop over vehicles | owned | Vehicles | Véhicules |
| | integer | many | How many: %(label)s? | Combien : %(label)s ? |
| | end loop | | | |
| choices |
| | list_name | name | label::English (en) | label::French (fr) |
| | vehicles | car | Car | Voiture |
| | vehicles | bike | Bike | Vélo |
""")
    assert draft.event is not None, draft.faults
    survey = draft.event.surveys[0]
    assert [(each.name, each.group, each.label.fr) for each in survey.questions] == [
        ("owned/car/many", "car", "Combien : Voiture ?"),
        ("owned/bike/many", "bike", "Combien : Vélo ?"),
    ]
    assert [(each.name, each.group) for each in survey.groups] == [("owned", ""), ("car", "owned"), ("bike", "owned")]
    assert survey.groups[1].label == Bilingual("Car", "Voiture")


def test_what_several_answers_or_words_would_tell_stays_from_the_group(
    good: str, faults_of: Callable[[str], tuple[ContentError, ...]]
) -> None:
    old = "| | select_one yesno | shared | Shared? | Partagé ? | | | | | transfer | yes | |\n"
    assert old in good
    repeated = f"| | begin_repeat | more | | | | | | | | | |\n{old}| | end_repeat | | | | | | | | | | |\n"
    (fault,) = faults_of(good.replace(old, repeated))
    assert "answers several times" in english(fault.problem)
    (fault,) = faults_of(good.replace(old, old.replace("| Shared? |", "| You said ${words}. Shared? |")))
    assert "whose words hold an answer" in english(fault.problem)
