"""Every fault of a pack is told, at its place, with what to do: each alone, and all of them at once."""

# ruff: noqa: E501 # one fault a line, as in a table

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyxform import xls2xform
from pyxform.xls2json_backends import md_table_to_workbook

from bot.workbook import ContentError, ContentErrors, read
from conversations.messages import phrase
from tests.workbook.conftest import english

Refuser = Callable[[str], tuple[ContentError, ...]]


@dataclass(frozen=True)
class Plant:
    """What stands in the good pack, what is put there instead, and what must be said about that line."""

    old: str
    new: str
    sheet: str
    column: str
    problem: str
    remedy: str


EVENT = (
    Plant("| code | course-1 |", "| code | Course 1 |", "event", "value", "code of an event", "small letters"),
    Plant("| 2027-03-09 |", "| 09/03/2027 |", "event", "value", "'09/03/2027' is not a date", "such as 2026-11-10"),
    Plant("| timezone | Africa/Nairobi |", "| timezone | Africa/Nairobbi |", "event", "value", "not a time zone", "write Africa/Nairobi"),
    Plant("| Welcome! |", "| <b>Welcome!</b> |", "event", "text::English (en)", "'<b>' looks like HTML", "only <br>"),
    Plant("| consent_digest |", "| consent_digets |", "event", "setting", "no setting 'consent_digets'", "write consent_digest"),
    Plant("Demandez à l’équipe.", "", "event", "text::French (fr)", "empty", "write it in French"),
)  # fmt: skip
SURVEY = (
    Plant("| select_one countries |", "| select_one contries |", "survey", "type", "no list of choices 'contries'", "write countries"),
    Plant("| A week later |", "| A<br>week later |", "survey", "label::English (en)", "one line", "take the line break out"),
    Plant("| Repensez-y. |", "| |", "survey", "hint::French (fr)", "empty", "write it in French"),
    Plant("| yes | | apply | yes |", "| perhaps | | apply | yes |", "survey", "required", "neither yes nor empty", "write yes"),
    Plant("${changed} = 'yes'", "${changed} = 'yess'", "survey", "relevant", "'yess' is not a choice of changed", "write 'yes'"),
    Plant("selected(${why}, 'time')", "selected(${why} 'time')", "survey", "relevant", "at character 17", "selected(${question}, 'choice')"),
    Plant("not(${changed} = 'no')", "not(${chnged} = 'no')", "survey", "relevant", "no question 'chnged'", "write ${changed}"),
    Plant("| integer | number | How many? |", "| integer | number | How many, ${chnged}? |", "survey", "label::English (en)", "no question 'chnged'", "write ${changed}"),
    Plant("| text | words |", "| geotrace | words |", "survey", "type", "cannot carry 'geotrace'", "take the row out"),
    Plant("| | retain | |", "| | remember | |", "survey", "stage", "'remember' is not known", "create, acquire"),
    Plant("| note | thanks | Thank you.", "| note | thank you | Thank you.", "survey", "name", "'thank you' is not a name", "without accents"),
)  # fmt: skip
CHOICES = (
    Plant("| DR Congo |", f"| {'The Democratic Republic of the Congo, ' * 6} |", "choices", "label::English (en)", "200 are allowed", "shorten it by 27 characters"),
    Plant("Africa/Kinshasa Africa", "Kinshasa Africa", "choices", "timezone", "'Kinshasa' is not", "write Africa/Kinshasa"),
    Plant("| reasons | law | The law | La loi |", "| reasons | law | Money | La loi |", "choices", "label::English (en)", "reads 'money' too", "differently"),
    Plant("| reasons | habits |", "| reasons | rules |", "choices", "name", "already", "own name"),
)  # fmt: skip
MESSAGES = (
    Plant("| yesno | no | Ask", "| yesno | nope | Ask", "messages", "right", "'nope' is not among", "write no"),
    Plant("| Session 1 | yes |", "| Session 1 | ? |", "messages", "sensitive", "'?' is neither", "write yes"),
    Plant("| rights | Rights matter. |", "| rights | |", "messages", "text::English (en)", "empty", "in English"),
    Plant("| yesno | yes | For all. |", "| reasons | time | For all. |", "messages", "choices", "2 to 6 choices", "another list"),
)  # fmt: skip
SCHEDULE = (
    Plant("| refresher | safety | enrolment | 3 days | 10:00 |", "| refresher | safety | enrolment | 3 days | 21:30 |", "schedule", "time", "quiet hours", "before 20:00"),
    Plant("| survey | week_1 |", "| survey | weak_1 |", "schedule", "name", "no group of questions of the name 'weak_1'", "write week_1"),
    Plant("| survey | month_1 | event_end |", "| survey | month_1 | evnt_end |", "schedule", "anchor", "'evnt_end' is neither", "write event_end"),
    Plant("| 0 minutes |", "| 0 fortnights |", "schedule", "offset", "unit 'fortnights' is not known", "minutes, hours"),
    Plant("| 1 week | 54 weeks |", "| 1 week | |", "schedule", "until", "for ever", "54 weeks"),
)  # fmt: skip
PLANTS = (*EVENT, *SURVEY, *CHOICES, *MESSAGES, *SCHEDULE)

ALONE = (
    Plant("| 2027-03-11 |", "| 2027-03-08 |", "event", "value", "ends before it begins", "start or end"),
    Plant("| 2027-03-11 |", "| 2027-02-30 |", "event", "value", "not a date", "2026-11-10"),
    Plant("| select_one countries |", "| text |", "survey", "type", "one tap", "select_one"),
    Plant("| select_one countries |", "| select_one |", "survey", "type", "one list", "select_one agreement"),
    Plant("| Quel pays ? | | | |", "| Quel pays ? | | | yes |", "survey", "required", "a profile question", "empty"),
    Plant("| integer | number |", "| integer | why |", "survey", "name", "already", "own name"),
    Plant("| integer | number |", "| | number |", "survey", "type", "empty", "write what it is"),
    Plant("| select_one yesno | shared | Shared? |", "| text | shared | Shared? |", "survey", "group_ok", "only questions with choices", "empty group_ok"),
    Plant("'yes' | apply | | yes |", "'yes' | apply | yes | yes |", "survey", "group_ok", "a sensitive question", "empty group_ok"),
    Plant("'yes' | apply | | yes |\n", "'yes' | apply | yes | |\n", "survey", "group_ok", "7 options are too many", "empty group_ok"),
    Plant("selected(${why}, 'time') | | |", "selected(${why}, 'time') | | yes |", "survey", "group_ok", "depends on a sensitive", "empty group_ok"),
    Plant("${changed} = 'yes'", "${again} = 'yes'", "survey", "relevant", "'again' does not come earlier", "move it"),
    Plant("| | retain | |", "| ${changed} = 'yes' | retain | |", "survey", "relevant", "belongs to another group", "one group"),
    Plant("not(${changed} = 'no')", "tody() > 3", "survey", "relevant", "character 1: the function tody() is not known", "selected("),
    Plant("not(${changed} = 'no')", "'maybe' != ${changed}", "survey", "relevant", "'maybe' is not a choice", "yes, no"),
    Plant("| integer | number | How many? | Combien ? | | | | not(${changed} = 'no') | | | |", "| integer | number | How many? | Combien ? | | | | . > 3 | | | |", "survey", "relevant", "the dot is an answer", "earlier question"),
    Plant("| | end group |", "| | end_repeat |", "survey", "type", "ends no repeat", "write end_group: 'week_1' is still open"),
    Plant("| A month later | Un mois après | | | |", "| A month later | Un mois après | | | yes |", "survey", "required", "a group has no", "each of its"),
    Plant("| select_one yesno | shared |", "| select_one yesno from file.csv | shared |", "survey", "type", "one list", "select_one"),
    Plant("| A week later |", "| After ${changed} |", "survey", "label::English (en)", "title of a micro-survey", "without ${...}"),
    Plant("| Which country? |", "| Which country, ${changed}? |", "survey", "label::English (en)", "looks at no other answer", "leave it out"),
    Plant("| DR Congo |", "| ${country} |", "choices", "label::English (en)", "only the texts of questions", "without ${...}"),
    Plant("| Safety first. |", "| Safety ${first}. |", "messages", "text::English (en)", "only the texts of questions", "without ${...}"),
    Plant("| text | words |", "| Text | words |", "survey", "type", "cannot carry 'Text'", "write text"),
    Plant("| begin_group | month_1 |", "| begin_loop | month_1 |", "survey", "type", "cannot carry", "begin_repeat"),
    Plant("| reasons | law |", "| reasons | la loi |", "choices", "name", "'la loi' is not a name", "digits"),
    Plant("| reasons | law |", "| | law |", "choices", "list_name", "empty", "give it a name"),
    Plant("| rights | Rights", "| safety | Rights", "messages", "name", "stands in line 59 already", "own name"),
    Plant("| yesno | no | Ask", "| yesn | no | Ask", "messages", "choices", "no list of choices 'yesn'", "write yesno"),
    Plant("| digest | | event_end |", "| digest | all | event_end |", "schedule", "name", "a digest has no name", "empty"),
    Plant("| digest | | event_end |", "| digets | | event_end |", "schedule", "kind", "'digets' is not known", "digest"),
    Plant("| 1 week | 54 weeks |", "| | 54 weeks |", "schedule", "every", "nothing repeats", "1 week"),
    Plant("| 1 week | 54 weeks |", "| 2 hours | 54 weeks |", "schedule", "every", "too often", "1 day"),
    Plant("| 1 week | 54 weeks |", "| 1 day | 30 months |", "schedule", "until", "more than 400 times", "shorter"),
    Plant("| 1 week | 54 weeks |", "| 1 week | 1 week |", "schedule", "until", "before it begins", "longer"),
    Plant("| 9:00 |", "| 20:00 |", "schedule", "time", "quiet hours", "from 08:00"),
    Plant("| 9:00 |", "| 25:00 |", "schedule", "time", "not a time of day", "10:00"),
    Plant("| 9:00 |", "| morning |", "schedule", "time", "not a time of day", "10:00"),
    Plant("| 1 month | 14:00 |", "| one month | 14:00 |", "schedule", "offset", "not a length of time", "2 weeks"),
    Plant("| 1 month | 14:00 |", "| | 14:00 |", "schedule", "offset", "empty", "0 minutes"),
    Plant("| 1 month | 14:00 |", "| 900 months | 14:00 |", "schedule", "offset", "five years", "shorter"),
    Plant("| 1 week | 14h30 |", "| -1 week | 14h30 |", "schedule", "offset", "before somebody has joined", "minus"),
    Plant("| | | 10 days |\n| | refresher", "| | | 0 days |\n| | refresher", "schedule", "window", "cannot be nothing", "longer"),
    Plant("| survey | month_1 |", "| survey | |", "schedule", "name", "empty", "from the sheet survey"),
    Plant("| Session 2 | |", "| Session 2 | | more |", "messages", "", "more cells than the header", "\\|"),
    Plant("| Session 2 | |", "| Session 2 | | and", "", "", "does not end with |", "end it with |"),
    Plant("| For all. | Pour tous. |", f"| {'For all. ' * 400} | Pour tous. |", "messages", "explanation::English (en)", "3,599 characters", "by 599"),
    Plant("| integer | number |", f"| integer | {'n' * 65} |", "survey", "name", "too long", "at most 64"),
    Plant("| Merci. ", "| Mer\x07ci. ", "survey", "label::French (fr)", "control character", "again"),
    Plant("| text | words |", "| text | meta |", "survey", "", "'meta'", "XLSForm"),
)  # fmt: skip


WIDER = (
    Plant("| event | | | | |", "| about | | | | |", "event", "", "the sheet event is missing", "add a sheet"),
    Plant("| schedule | |", "| shedule | |", "shedule", "", "no sheet of the name shedule", "rename it to schedule"),
    Plant("| messages | |", "| mesages | |", "mesages", "", "no sheet of the name mesages", "rename it to messages"),
    Plant("| glossary | |", "| settings | |", "settings", "", "there twice", "one sheet"),
    Plant("| right |", "| rigth |", "messages", "rigth", "no column rigth", "rename it to right"),
    Plant("| required | relevant |", "| required | relevent |", "survey", "relevent", "no column", "to relevant"),
    Plant("| explanation::French (fr) |", "| explanation::French |", "messages", "explanation::French", "not clear", "explanation::French (fr)"),
    Plant("| source | sensitive |", "| source | colour |", "messages", "colour", "no column colour", "the columns are name"),
    Plant("| group_ok | sensitive |", "| group_ok | sensible |", "survey", "sensible", "no column sensible", "rename it to sensitive"),
    Plant("| group_ok | sensitive |", "| group_ok | confidentiel |", "survey", "confidentiel", "no column confidentiel", "the columns are type"),
    Plant("| source | sensitive |", "| source | source |", "messages", "source", "there twice", "one of the two"),
    Plant("| hint::English (en) |", "| hint |", "survey", "hint", "does not say its language", "hint::English (en)"),
    Plant("| hint::English (en) |", "| label::Anglais (en) |", "survey", "label::Anglais (en)", "twice", "take one"),
    Plant("| stage | group_ok |", "| trigger | group_ok |", "survey", "trigger", "does not carry", "take this"),
    Plant("| | list_name | name |", "| | list_name | wording |", "choices", "name", "column name is missing", "header name"),
    Plant("| | title | | The course | Le cours |\n", "", "event", "setting", "setting title is missing", "add a row"),
    Plant("| | end_group | | | | | | | | | | |\n\n", "\n", "survey", "type", "has no end", "end_group"),
    Plant("| A month later |", "| |", "survey", "label::English (en)", "empty", "write it in English"),
)  # fmt: skip


CONSTRAINTS = (
    ("number", ". > ", "cannot be read at character 4", "where the dot is the answer"),
    ("number", ". > ${later}", "no question 'later'", "earlier question"),
    ("number", ". > ${words}", "belongs to another group", "one group"),
    ("thanks", ". != ''", "a note has no answer", "empty the cell"),
    ("country", ". != ''", "a profile question has no constraint", "leave the cell empty"),
)


def with_constraint(good: str, question: str, constraint: str, messages: str = "| |") -> str:
    """The good pack with three more columns, filled for one question."""
    lines, inside = [], False
    for line in good.splitlines():
        inside = line.startswith("| survey") or (inside and line.startswith("|"))
        cells = ""
        if inside and line.startswith("| | type"):
            cells = " constraint | constraint_message::English (en) | constraint_message::French (fr) |"
        elif inside and f" {question} |" in line:
            cells = f" {constraint} {messages} |"
        lines.append(line + cells)
    return "\n".join(lines)


@pytest.mark.parametrize(("question", "constraint", "problem", "remedy"), CONSTRAINTS)
def test_a_constraint_is_checked(
    question: str, constraint: str, problem: str, remedy: str, good: str, faults_of: Refuser
) -> None:
    (error,) = faults_of(with_constraint(good, question, constraint))
    assert (error.sheet, error.column) == ("survey", "constraint")
    assert problem in english(error.problem)
    assert remedy in english(error.remedy)


def test_a_row_of_a_type_that_is_not_known_is_told_that_and_keeps_its_constraint(good: str, faults_of: Refuser) -> None:
    row = "| integer | number |"
    assert row in good
    (error,) = faults_of(with_constraint(good.replace(row, "| intger | number |"), "number", ". > 0"))
    assert (error.column, english(error.remedy)) == ("type", "write integer")


def test_a_message_stands_in_both_languages_beside_its_constraint(good: str, faults_of: Refuser) -> None:
    (error,) = faults_of(with_constraint(good, "number", ". > 0", "| More, please. |"))
    assert (error.column, english(error.remedy)) == ("constraint_message::French (fr)", "write it in French")
    (error,) = faults_of(with_constraint(good, "number", "", "| More, please. | Plus. |".removesuffix(" |")))
    assert "no constraint" in english(error.problem)
    long = "x" * 181
    (error, _) = faults_of(with_constraint(good, "number", ". > 0", f"| {long} | {long}"))
    assert "180 are allowed" in english(error.problem)


@pytest.mark.parametrize("plant", [*PLANTS, *ALONE], ids=lambda plant: f"{plant.sheet}-{plant.problem}")
def test_a_fault_is_told_at_its_place(plant: Plant, good: str, faults_of: Refuser) -> None:
    assert good.count(plant.old) == 1
    line = good[: good.index(plant.old)].count("\n") + 1
    errors = faults_of(good.replace(plant.old, plant.new))
    told = [error for error in errors if plant.problem in english(error.problem)]
    assert [(error.file, error.sheet, error.row, error.column) for error in told] == [
        ("pack.md", plant.sheet, line, plant.column)
    ], errors
    assert plant.remedy in english(told[0].remedy)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.sheet}-{plant.problem}")
def test_it_is_told_once_and_nothing_else(plant: Plant, good: str, faults_of: Refuser) -> None:
    errors = faults_of(good.replace(plant.old, plant.new))
    also = {"no setting 'consent_digets'": "the setting consent_digest is missing"}
    expected = [plant.problem, *([also[plant.problem]] if plant.problem in also else [])]
    assert len(errors) == len(expected), errors


def test_all_faults_are_told_at_once(good: str, faults_of: Refuser) -> None:
    damaged, alone = good, set[ContentError]()
    for plant in PLANTS:
        damaged = damaged.replace(plant.old, plant.new)
        alone |= set(faults_of(good.replace(plant.old, plant.new)))
    errors = faults_of(damaged)
    assert set(errors) == alone
    assert len(errors) == len(PLANTS) + 1
    assert list(errors) == sorted(errors, key=lambda error: (error.sheet, error.row or 0, error.column))


@pytest.mark.parametrize("plant", WIDER, ids=lambda plant: f"{plant.sheet}-{plant.problem}")
def test_faults_of_sheets_and_columns(plant: Plant, good: str, faults_of: Refuser) -> None:
    assert plant.old in good
    errors = faults_of(good.replace(plant.old, plant.new))
    told = [error for error in errors if plant.problem in english(error.problem)]
    assert [(error.sheet, error.column) for error in told] == [(plant.sheet, plant.column)], errors
    assert plant.remedy in english(told[0].remedy)


def test_a_misspelt_column_brings_no_fault_for_each_cell(good: str, faults_of: Refuser) -> None:
    errors = faults_of(good.replace("| right |", "| rigth |"))
    assert len(errors) == 1


def test_groups_that_do_not_fit_together(good: str, faults_of: Refuser) -> None:
    no_begin = good.replace("| | begin_group | month_1 | A month later | Un mois après | | | | | | | |\n", "")
    problems = {english(error.problem) for error in faults_of(no_begin)}
    assert {"this question stands outside every group", "this end_group ends no group"} <= problems
    nested = good.replace("| | end group | | | | | | | | | | |\n", "")
    problems = {english(error.problem) for error in faults_of(nested)}
    assert "this group has no end" in problems


def test_too_many_questions_and_none(good: str, faults_of: Refuser) -> None:
    note = "| | note | thanks | Thank you. \\| Bye. | Merci. \\| Salut. | | | | | | | |\n"
    notes = "".join(note.replace("thanks", f"note_{number}") for number in range(9))
    (error,) = faults_of(good.replace(note, notes))
    assert (english(error.problem), error.column) == ("11 questions at once are too many for a phone", "type")
    assert note.replace("thanks", "n") not in good
    empty = "| | begin_group | empty | Empty | Vide | | | | | | | |\n| | end_group | | | | | | | | | | |\n"
    errors = faults_of(good.replace("| | begin_group | month_1", f"{empty}| | begin_group | month_1"))
    assert [english(error.problem) for error in errors] == ["the group 'empty' has no questions"]


def test_a_list_of_more_options_than_anybody_searches(good: str, faults_of: Refuser) -> None:
    options = "".join(f"| | countries | c{number} | Land {number} | Pays {number} | |\n" for number in range(499))
    (error,) = faults_of(good.replace("| | yesno | yes | Yes", f"{options}| | yesno | yes | Yes"))
    assert (error.sheet, error.column) == ("choices", "list_name")
    assert "501 options" in english(error.problem)


def test_nothing_to_send(good: str, faults_of: Refuser) -> None:
    bare = good[: good.index("| survey |")] + "| schedule |\n| | kind | name | anchor | offset |\n"
    errors = faults_of(bare)
    assert [(error.sheet, english(error.problem), english(error.remedy)) for error in errors] == [
        ("", "there is nothing to send", "add a sheet survey, a sheet messages, or both"),
        ("schedule", "nothing would ever be sent", "add a row for each survey and message"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("| Welcome! |", f"| {'a' * 2_000} |", "title, welcome and consent together have 4,010 characters"),
        ("| Think back. |", f"| {'a' * 2_000} |", "label and hint together have 4,000 characters"),
        ("| Ask each one. |", f"| {'😃' * 1_000} |", "together have 4,013 characters"),
    ],
)
def test_texts_of_one_message_fit_into_it(old: str, new: str, problem: str, good: str, faults_of: Refuser) -> None:
    for short, length in (("You are free.", 1_981), ("| Changed? |", 2_000), ("| Safety first. |", 1_999)):
        good = good.replace(short, f"| {'b' * length} |" if "|" in short else "b" * length)
    (error,) = faults_of(good.replace(old, new))
    assert problem in english(error.problem), error
    assert "3,700 fit into one message" in english(error.problem)


def test_what_pyxform_alone_finds_keeps_its_place(good: str, faults_of: Refuser) -> None:
    (error,) = faults_of(good.replace("| text | words |", "| text | meta |"))
    assert (error.sheet, error.row) == ("survey", 38)
    assert english(error.problem).endswith("The name 'meta' is reserved for form metadata.")


def test_what_pyxform_says_of_headers(good: str, faults_of: Refuser) -> None:
    (error,) = faults_of(good.replace("| timezone |\n", "| value |\n"))
    assert (error.sheet, error.row) == ("choices", None)
    assert "different names for the same column" in english(error.problem)


def test_a_form_that_pyxform_stumbles_over(good: str, faults_of: Refuser, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("what it looked for")

    monkeypatch.setattr(xls2xform, "convert", stumble)
    (error,) = faults_of(good)
    assert (error.sheet, english(error.problem)) == ("survey", "pyxform cannot convert it (KeyError)")


def test_pyxform_does_not_repeat_a_missing_column(good: str, faults_of: Refuser) -> None:
    errors = faults_of(good.replace("| | type | name | label", "| | type | wording | label"))
    assert "the column name is missing" in {english(error.problem) for error in errors}
    assert not [error for error in errors if "xlsform.org" in english(error.remedy)]


def test_rows_of_a_workbook_are_those_of_excel(good: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    md_table_to_workbook(good).save(path)
    book = load_workbook(path)
    book["messages"].insert_rows(3, 4)
    book["messages"]["G7"] = "neither"
    book.save(path)
    with pytest.raises(ContentErrors) as caught:
        read(path)
    assert str(caught.value) == (
        "pack.xlsx, sheet messages, row 7, column right: 'neither' is not among the choices of yesno "
        "-> write one of yes, no"
    )


def test_how_a_fault_reads(good: str, faults_of: Refuser) -> None:
    (error,) = faults_of(good.replace("| 9:00 |", "| noon |"))
    assert str(error) == (
        "pack.md, sheet schedule, line 67, column time: 'noon' is not a time of day "
        "-> write hours and minutes, such as 10:00"
    )
    wide = ContentError("pack.md", "", None, "", phrase("it is empty"), phrase("fill it"))
    assert str(wide) == "pack.md: it is empty -> fill it"
