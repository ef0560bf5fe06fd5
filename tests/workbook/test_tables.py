"""Lists that lie beside a form, and lists that it looks things up in."""

from pathlib import Path

import pytest

from bot.workbook import Draft, read_draft, tables
from conversations.model import Bilingual, Choice, Table
from tests.workbook.conftest import english

FORM = """
| survey |
| | type | name | label | choice_filter | calculation | parameters |
| | select_one_from_file towns.csv | town | Which town? | region = 'north' | | {parameters} |
| | calculate | people | | | {calculation} | |
"""
TOWNS = "name,label::English,label::Français,region\nab,Alpha,Alphe,north\ncd,Beta,,south\n"


def drafted(folder: Path, *, calculation: str = "1", parameters: str = "", towns: str | None = TOWNS) -> Draft:
    """A form, beside it a list of towns."""
    if towns is not None:
        (folder / "towns.csv").write_text(towns, encoding="utf-8")
    (folder / "form.md").write_text(FORM.format(calculation=calculation, parameters=parameters), encoding="utf-8")
    return read_draft(folder / "form.md")


def test_options_from_a_file(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    assert draft.event is not None, draft.faults
    question = draft.event.surveys[0].questions[0]
    assert question.choices[0] == Choice(
        "ab",
        Bilingual("Alpha", "Alphe"),
        (),
        (("name", "ab"), ("label::English", "Alpha"), ("label::Français", "Alphe"), ("region", "north")),
    )
    assert question.choices[1].label == Bilingual("Beta", "cd")
    assert question.choice_filter == "region = 'north'"


def test_files_in_the_folder_where_other_tools_put_them(tmp_path: Path) -> None:
    media = tmp_path / "form-media"
    media.mkdir()
    (media / "towns.csv").write_text(TOWNS, encoding="utf-8")
    draft = drafted(tmp_path, towns=None)
    assert draft.event is not None, draft.faults
    assert len(draft.event.surveys[0].questions[0].choices) == 2


def test_columns_of_a_file_may_have_other_names(tmp_path: Path) -> None:
    draft = drafted(tmp_path, parameters="value=code, label=Town", towns="code,Town\n1,Alpha\n")
    assert draft.event is not None, draft.faults
    assert draft.event.surveys[0].questions[0].choices[0].label == Bilingual("Alpha", "Alpha")


@pytest.mark.parametrize(
    "calculation",
    ["pulldata('towns', 'region', 'name', ${town})", "instance('towns')/root/item[name = ${town}]/region"],
)
def test_a_form_takes_along_what_it_looks_into(calculation: str, tmp_path: Path) -> None:
    draft = drafted(tmp_path, calculation=calculation)
    assert draft.event is not None, draft.faults
    (table,) = draft.event.surveys[0].tables
    assert (table.name, table.columns[0], table.rows[1][3]) == ("towns", "name", "south")


def test_a_list_of_the_form_itself_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(
        """
| survey |
| | type | name | label | calculation |
| | select_one l | a | A? | |
| | calculate | region | | instance('l')/root/item[name = ${a}]/region |
| choices |
| | list_name | name | label | region |
| | l | x | Ex | north |
| | l | y | Why | |
""",
        encoding="utf-8",
    )
    draft = read_draft(tmp_path / "form.md")
    assert draft.event is not None, draft.faults
    assert draft.event.surveys[0].tables == (
        Table("l", ("name", "label", "region"), (("x", "Ex", "north"), ("y", "Why", ""))),
    )


@pytest.mark.parametrize(
    ("towns", "problem"),
    [
        (None, "there is no such file"),
        ("", "no options in the column name"),
        ("code,label\n1,Alpha\n", "no options in the column name"),
    ],
)
def test_a_file_that_does_not_serve(towns: str | None, problem: str, tmp_path: Path) -> None:
    draft = drafted(tmp_path, towns=towns)
    assert [(fault.row, fault.column, problem in english(fault.problem)) for fault in draft.faults] == [
        (4, "type", True)
    ]


@pytest.mark.parametrize("name", ["../towns.csv", "/etc/towns.csv", "a/towns.csv", "..csv"])
def test_only_plain_names_are_looked_up(name: str, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "towns.csv").write_text(TOWNS, encoding="utf-8")
    text = FORM.format(calculation=f"pulldata('{name}', 'region', 'name', ${{town}})", parameters="")
    (tmp_path / "inner" / "towns.csv").write_text(TOWNS, encoding="utf-8")
    (tmp_path / "inner" / "form.md").write_text(text, encoding="utf-8")
    draft = read_draft(tmp_path / "inner" / "form.md")
    assert any("plain name" in english(fault.problem) for fault in draft.faults), draft.faults


def test_all_lists_beside_a_form_have_a_bound_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    (fault,) = drafted(tmp_path).faults
    assert "more than 2 rows" in english(fault.problem)


def test_a_list_that_is_nowhere(tmp_path: Path) -> None:
    (fault,) = drafted(tmp_path, calculation="instance('nowhere')/root/item/name").faults
    assert (fault.row, fault.column, english(fault.problem)) == (5, "calculation", "there is no list 'nowhere'")


@pytest.mark.parametrize(
    ("search", "choice_filter"),
    [
        ("search('towns')", ""),
        ("minimal search('towns', 'matches', 'region', ${r})", "region = ${r}"),
        ("search('towns','contains','region',concat(${r}, 'th'))", "contains(region, concat(${r}, 'th'))"),
        ("search('towns', 'startswith', 'region', ${r}, 'name', 'ab')", "starts-with(region, ${r}) and name = 'ab'"),
    ],
)
def test_a_search_brings_options_from_a_file(search: str, choice_filter: str, tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text(TOWNS, encoding="utf-8")
    (tmp_path / "form.md").write_text(
        f"""
| survey |
| | type | name | label | appearance |
| | text | r | R? | |
| | select_one l | town | Which? | {search} |
| choices |
| | list_name | name | label |
| | l | 99 | Nowhere |
| | l | name | label::English |
""",
        encoding="utf-8",
    )
    draft = read_draft(tmp_path / "form.md")
    assert draft.event is not None, draft.faults
    question = draft.event.surveys[0].questions[1]
    assert [(choice.name, choice.label.en) for choice in question.choices] == [
        ("99", "Nowhere"),
        ("ab", "Alpha"),
        ("cd", "Beta"),
    ]
    assert question.choice_filter == choice_filter


def test_a_search_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(
        """
| survey |
| | type | name | label | appearance |
| | select_one l | town | Which? | search('towns', 'near', 'region') |
| choices |
| | list_name | name | label |
| | l | name | label |
""",
        encoding="utf-8",
    )
    (fault,) = read_draft(tmp_path / "form.md").faults
    assert (fault.row, fault.column) == (4, "appearance")


PLACES = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "w1", "geometry": {"type": "Point", "coordinates": [36.8, -1.3]},
   "properties": {"title": "Well", "depth": 12, "open": true, "note": null}},
  {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1, 2, 3], [4, 5]]},
   "properties": {"id": "r1", "title": "Road"}}
]}"""


def test_places_on_a_map_are_options(tmp_path: Path) -> None:
    (tmp_path / "places.geojson").write_text(PLACES, encoding="utf-8")
    (tmp_path / "form.md").write_text(
        """
| survey |
| | type | name | label | calculation |
| | select_one_from_file places.geojson | place | Where? | |
| | calculate | point | | instance('places')/root/item[id = ${place}]/geometry |
""",
        encoding="utf-8",
    )
    draft = read_draft(tmp_path / "form.md")
    assert draft.event is not None, draft.faults
    survey = draft.event.surveys[0]
    assert [(choice.name, choice.label.fr) for choice in survey.questions[0].choices] == [
        ("w1", "Well"),
        ("r1", "Road"),
    ]
    assert survey.tables == (
        Table(
            "places",
            ("id", "title", "geometry", "depth", "open", "note"),
            (("w1", "Well", "-1.3 36.8 0 0", "12", "true", ""), ("r1", "Road", "2 1 3 0; 5 4 0 0", "", "", "")),
        ),
    )


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"features": 1}', '{"features": [[]]}', "[" * 100_000, '{"features": [{"geometry": 1}]}']
)
def test_a_map_that_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "places.geojson").write_text(text, encoding="utf-8")
    (tmp_path / "form.md").write_text(
        "| survey |\n| | type | name | label |\n| | select_one_from_file places.geojson | a | A? |\n", encoding="utf-8"
    )
    (fault,) = read_draft(tmp_path / "form.md").faults
    assert (fault.row, fault.column) == (3, "type")


def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    elsewhere, form = tmp_path / "elsewhere", tmp_path / "form"
    elsewhere.mkdir()
    form.mkdir()
    (elsewhere / "secret.csv").write_text(TOWNS, encoding="utf-8")
    (form / "towns.csv").symlink_to(elsewhere / "secret.csv")
    draft = drafted(form, towns=None)
    assert draft.event is None
    assert "a link that leads out of the form's folder" in english(draft.faults[0].problem)
