"""Forms as their authors have them: any headers, any languages, and remarks for what is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.workbook import Draft, RemarkKind, read_draft, reading
from conversations.model import Bilingual, Language, QuestionType
from tests.workbook.conftest import english

Reader = Callable[[str], Draft]

OLD_STYLE = """
| survey |
| | Type | Name | Label:English | label : français | Hint:fr | relevance | required | requiredMsg:English |
| | select one from yn | going | Still going? | Toujours ? | Pensez-y | | TRUE | Please answer. |
| | begin lgroup | home | Homes | | | | | |
| | int | people | How many? | | | ${going}=’1’ | | |
| | end lgroup | | | | | | | |
| | add date prompt | when | When? | Quand ? | | | | |
| choices |
| | list name | value | label:English | label:Français |
| | yn | 1 | Yes | Oui |
| | yn | 0 | No | |
"""


def test_other_spellings_mean_the_same(draft_of: Reader) -> None:
    draft = draft_of(OLD_STYLE)
    assert draft.event is not None, draft.faults
    (survey,) = draft.event.surveys
    going, people, when = survey.questions
    assert (going.type, going.required, going.label) == (
        QuestionType.SELECT_ONE,
        True,
        Bilingual("Still going?", "Toujours ?"),
    )
    assert going.required_message == Bilingual("Please answer.", "Please answer.")
    assert (people.type, people.group, people.relevant) == (QuestionType.INTEGER, "home", "${going}='1'")
    assert survey.groups[0].repeated
    assert when.type is QuestionType.DATE


def test_each_cell_without_a_translation_is_named(draft_of: Reader) -> None:
    draft = draft_of(OLD_STYLE)
    told = [
        (remark.sheet, remark.row, remark.column) for remark in draft.remarks if remark.kind is RemarkKind.TRANSLATION
    ]
    assert told == [
        ("choices", 12, "label:Français"),
        ("survey", 4, "hint::English (en)"),
        ("survey", 4, "required_message::French (fr)"),
        ("survey", 5, "label : français"),
        ("survey", 6, "label : français"),
    ]
    assert draft.event is not None
    assert draft.event.surveys[0].questions[0].choices[1].label == Bilingual("No", "No")


@pytest.mark.parametrize(
    ("header", "default", "languages"),
    [
        ("label", "", (Language.EN,)),
        ("label", "French (fr)", (Language.FR,)),
        ("label::EN", "", (Language.EN,)),
        ("label::Anglais (en)", "", (Language.EN,)),
        ("label::French (FR)", "", (Language.FR,)),
        ("label::Pidgin English (pcm)", "", ()),
        ("label::Kiswahili (sw)", "", ()),
    ],
)
def test_languages_are_known_by_their_names(
    header: str, default: str, languages: tuple[Language, ...], draft_of: Reader
) -> None:
    draft = draft_of(f"""
| survey |
| | type | name | {header} |
| | text | a | What is the name of this village? |
| | text | b | How many of your neighbours do you know? |
| settings |
| | form_id | default_language |
| | names | {default} |
""")
    assert draft.event is not None, draft.faults
    assert draft.places.languages == languages
    words = "What is the name of this village?"
    assert draft.event.surveys[0].questions[0].label == Bilingual(words, words)
    told = RemarkKind.ONE_LANGUAGE if default else RemarkKind.LANGUAGE
    assert [remark.kind for remark in draft.remarks] == [told]


def test_words_in_a_third_language_stand_in_for_both(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label::English (en) | label::French (fr) | label::Swahili (sw) |
| | text | a | Name? | Nom ? | Jina? |
| | text | b | | | Umri? |
""")
    assert draft.event is not None
    assert draft.event.surveys[0].questions[1].label == Bilingual("Umri?", "Umri?")
    assert [(remark.kind, remark.row) for remark in draft.remarks] == [(RemarkKind.TRANSLATION, 5)] * 2


def test_marks_of_other_tools_do_not_show(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label |
| | note | a | # Title<br>**Bold** <span style="color:red">red</span> &amp; plain |
| | text | b | 3 < 5 * 2 |
""")
    assert draft.event is not None
    assert [question.label.en for question in draft.event.surveys[0].questions] == [
        "Title\nBold red & plain",
        "3 < 5 * 2",
    ]


def test_questions_without_words_show_what_there_is(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label | hint | appearance | media::image |
| | text | a | | A hint | | |
| | begin group | grid | Grid | | table-list | |
| | select_one yn | b | | | | |
| | end group | | | | | |
| | note | c | | | | map.png |
| choices |
| | list_name | name | label |
| | yn | yes | |
""")
    assert draft.event is not None, draft.faults
    a, b, c = draft.event.surveys[0].questions
    assert (a.label.en, b.label.en, c.type) == ("A hint", "b", QuestionType.HIDDEN)
    assert b.choices[0].label.en == "yes"
    told = {(remark.row, remark.kind) for remark in draft.remarks if remark.kind is not RemarkKind.LANGUAGE}
    assert told == {(4, "note"), (6, "note"), (8, "media"), (11, "note")}


def test_names_that_stand_twice_are_told_apart_by_their_paths(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label | relevant |
| | begin group | home | Home | |
| | integer | age | Age? | |
| | integer | rooms | Rooms? | ../age > 3 |
| | end group | | | |
| | begin group | work | Work | |
| | integer | age | Since? | |
| | end group | | | |
| | text | form | Form? | |
""")
    assert draft.event is not None, draft.faults
    questions = draft.event.surveys[0].questions
    assert [(question.name, question.group) for question in questions] == [
        ("home/age", "home"),
        ("rooms", "home"),
        ("work/age", "work"),
        ("form", ""),
    ]
    assert draft.places.questions == {"home/age": 5, "rooms": 6, "work/age": 9, "form": 11}


def test_choices_may_stand_twice_when_the_form_says_so(draft_of: Reader) -> None:
    form = """
| survey |
| | type | name | label |
| | select_one l | a | Which? |
| choices |
| | list_name | name | label |
| | l | x | First |
| | l | x | Second |
| settings |
| | form_id | allow_choice_duplicates |
| | twice | yes |
"""
    assert draft_of(form).event is not None
    (fault,) = draft_of(form.replace("| yes |", "| no |")).faults
    assert (fault.sheet, fault.row) == ("choices", 8)


def test_our_columns_protect_in_a_form_too(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label | sensitive |
| | begin group | health | Health | yes |
| | text | status | Status? | |
| | end group | | | |
| | text | other | Other? | perhaps |
| | text | last | Last? | no |
""")
    assert draft.event is not None
    assert [question.sensitive for question in draft.event.surveys[0].questions] == [True, True, False]
    misspelt = draft_of("""
| survey |
| | type | name | label | sensitiv |
| | text | status | Status? | yes |
""")
    told = [remark for remark in misspelt.remarks if "sensitiv " in english(remark.problem)]
    assert [(remark.row, english(remark.remedy)) for remark in told] == [(3, "rename it to sensitive if that is meant")]


def test_rows_far_below_are_left_over(draft_of: Reader, tmp_path: object) -> None:
    del tmp_path
    draft = draft_of(
        "| survey |\n| | type | name | label |\n| | text | a | A? |\n" + "\n" * 62 + "| | oops | b | B |\n"
    )
    assert draft.event is not None
    assert [(remark.row, remark.kind) for remark in draft.remarks][-1] == (66, RemarkKind.NOTE)


@pytest.mark.parametrize(
    ("row", "place", "problem"),
    [
        ("| text | a b | A? | |", ("name", 4), "is not a name"),
        ("| texxt | a | A? | |", ("type", 4), "cannot carry 'texxt'"),
        ("| select_one none | a | A? | |", ("type", 4), "no list of choices 'none'"),
        ("| text | a | A ${b}? | |", ("label", 4), "no question 'b'"),
        ("| text | a | A? | ${b} = 1 |", ("relevant", 4), "no question 'b'"),
        ("| text | a | A? | nosuch(1) |", ("relevant", 4), "nosuch() is not known"),
        ("| text | a | A? | instance('x')/root/item |", ("relevant", 4), ""),
        ("| begin group | a | A? | |", ("type", 4), "has no end"),
        ("| end group | a | | |", ("type", 4), "ends no group"),
        ("| note | a | A | |", ("", 3), "asks nothing"),
        (f"| text | a | {'long ' * 800} | |", ("label", 4), "a message holds 3,700"),
    ],
)
def test_what_blocks_is_named_with_its_row(row: str, place: tuple[str, int], problem: str, draft_of: Reader) -> None:
    draft = draft_of(f"| survey |\n\n| | type | name | label | relevant |\n| {row}\n")
    assert draft.event is None
    assert any((fault.column, fault.row) == place and problem in english(fault.problem) for fault in draft.faults), (
        draft.faults
    )


def test_pyxform_s_complaint_without_a_row_gets_one(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label | parameters |
| | text | a | A? | |
| | image | b | B? | max-pixels=many |
| | text | c | C? | |
""")
    assert [(fault.sheet, fault.row) for fault in draft.faults] == [("survey", 5)]


def test_a_form_may_call_a_sheet_as_we_do(draft_of: Reader) -> None:
    draft = draft_of("""
| survey |
| | type | name | label |
| | text | a | A? |
| schedule |
| | monday | tuesday |
| | x | y |
""")
    assert draft.plain
    assert draft.event is not None


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, 200), text=st.text(max_size=60))
@example(place=5, text="survey")
@example(place=12, text="select_one ${going}")
@example(place=12, text="begin loop over yn")
@example(place=9, text="label::English::x")
@example(place=10, text="media::")
@example(place=28, text="(" * 300)
def test_nothing_in_a_cell_ends_in_a_traceback(place: int, text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    cells = OLD_STYLE.split("|")
    cells[place % len(cells)] = f" {text} "
    path = tmp_path_factory.getbasetemp() / "any_form.md"
    path.write_text("|".join(cells), encoding="utf-8", errors="surrogatepass")
    draft = read_draft(path)
    assert (draft.event is None) == bool(draft.faults)
    assert not [fault for fault in draft.faults if "cannot be understood" in english(fault.problem)], draft.faults


def test_a_mistake_of_ours_is_told_without_what_the_file_holds(
    draft_of: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("somebody's words")

    monkeypatch.setattr(reading, "read_form", stumble)
    (fault,) = draft_of(OLD_STYLE).faults
    assert english(fault.problem) == "the file cannot be understood (KeyError)"


def test_a_form_keeps_what_it_calls_its_version(draft_of: Reader) -> None:
    draft = draft_of(
        "| survey |\n| | type | name | label |\n| | text | q | Q? |\n| settings |\n| | version |\n| | v7 |\n"
    )
    assert draft.event is not None
    assert draft.event.surveys[0].version == "v7"


def test_values_that_look_at_one_another_in_a_circle_are_named(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(
        """
| survey |
| | type | name | label | calculation |
| | integer | people | How many? | |
| | calculate | first | | ${second} + 1 |
| | calculate | second | | ${first} + ${people} |
""",
        encoding="utf-8",
    )
    draft = read_draft(path)
    assert draft.event is not None
    [told] = [each for each in draft.remarks if "circle" in english(each.problem)]
    assert (told.row, english(told.problem)) == (
        5,
        "first, second look at one another, and read as blank where the circle closes",
    )
