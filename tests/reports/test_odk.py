"""ODK submissions, against the instance that pyxform makes of the same form."""

import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from pyxform.xls2xform import convert

from bot.app import Store
from bot.reports.exporting import Format
from conversations.model import QuestionType
from tests.reports.conftest import Exported
from tests.reports.samples import CODE, FULL, SURVEY, event_of, one_response, question

FORM = """
| survey   |                      |         |               |            |                |                  |
|          | type                 | name    | label         | appearance | calculation    | relevant         |
|          | select_one yes_no    | applied | Applied?      |            |                |                  |
|          | begin_group          | work    | Work          |            |                |                  |
|          | select_multiple ways | ways    | Ways?         |            |                | ${applied}='yes' |
|          | rank ways            | order   | Order?        |            |                |                  |
|          | integer              | people  | People?       |            |                |                  |
|          | decimal              | share   | Share?        |            |                |                  |
|          | calculate            | half    |               |            | ${people} div 2 |                 |
|          | end_group            |         |               |            |                |                  |
|          | date                 | met_on  | Met on?       |            |                |                  |
|          | time                 | met_at  | Met at?       |            |                |                  |
|          | dateTime             | met     | Met?          |            |                |                  |
|          | geopoint             | where   | Where?        |            |                |                  |
|          | image                | picture | Picture?      |            |                |                  |
|          | text                 | story   | Story?        |            |                |                  |
|          | note                 | told    | Told          |            |                |                  |
|          | begin_repeat         | child   | Child         |            |                |                  |
|          | integer              | age     | Age?          |            |                |                  |
|          | begin_repeat         | visit   | Visit         |            |                |                  |
|          | text                 | dose    | Dose?         |            |                |                  |
|          | end_repeat           |         |               |            |                |                  |
|          | end_repeat           |         |               |            |                |                  |
|          | start                | begun   |               |            |                |                  |
| choices  |                      |         |               |            |                |                  |
|          | list_name            | name    | label         |            |                |                  |
|          | yes_no               | yes     | Yes           |            |                |                  |
|          | yes_no               | no      | No            |            |                |                  |
|          | ways                 | reflect | Reflect       |            |                |                  |
|          | ways                 | inform  | Inform        |            |                |                  |
|          | ways                 | engage  | Engage        |            |                |                  |
"""
Tree = tuple[str, tuple["Tree", ...]]
_XFORMS = "{http://www.w3.org/2002/xforms}"


def documents(path: Path) -> list[ElementTree.Element]:
    with zipfile.ZipFile(path) as archive:
        return [ElementTree.fromstring(archive.read(name)) for name in archive.namelist()]


def tree(element: ElementTree.Element) -> Tree:
    """The names of the elements below, each once where it is repeated."""
    below = dict.fromkeys(tree(each) for each in element)
    deepest = dict(sorted(below, key=lambda each: len(str(each))))
    order = dict.fromkeys(name for name, _ in below)
    return element.tag.rpartition("}")[2], tuple((name, deepest[name]) for name in order)


def made_by_pyxform() -> ElementTree.Element:
    form = ElementTree.fromstring(convert(FORM, file_type=".md", form_name="data").xform)
    instance = next(form.iter(f"{_XFORMS}instance"))[0]
    for parent in list(instance.iter()):
        for template in [each for each in parent if any("template" in key for key in each.attrib)]:
            parent.remove(template)
    return instance


def test_a_submission_has_the_tree_of_the_form(store: Store, exported: Exported) -> None:
    one_response(store, event=event_of(replace(SURVEY, name=CODE)))
    (document,) = documents(exported(Format.XML))
    assert document.tag == "data"
    assert document.attrib == {"id": CODE, "version": "1"}
    assert tree(document) == tree(made_by_pyxform())


def test_a_form_that_has_a_version_keeps_it(store: Store, exported: Exported) -> None:
    one_response(store, event=event_of(replace(SURVEY, name=CODE, version="2026030101")))
    (document,) = documents(exported(Format.XML))
    assert document.attrib["version"] == "2026030101"


def test_a_micro_survey_stands_in_the_group_that_it_is_in_its_pack(store: Store, exported: Exported) -> None:
    one_response(store)
    (document,) = documents(exported(Format.XML))
    assert [each.tag for each in document] == ["after", "meta"]


def test_answers_are_written_as_xforms_writes_them(store: Store, exported: Exported) -> None:
    one_response(store, event=event_of(replace(SURVEY, name=CODE)))
    (document,) = documents(exported(Format.XML))
    assert document.findtext("work/ways") == "reflect engage"
    assert document.findtext("work/order") == "engage inform reflect"
    assert document.findtext("work/half") == "6"
    assert document.findtext("where") == FULL["where"]
    assert document.findtext("met") == FULL["met"]
    assert [each.findtext("age") for each in document.findall("child")] == ["7", "9"]
    assert [each.text for each in document.findall("child/visit/dose")] == ["first", "second"]
    assert document.findtext("begun") == "2026-03-02T12:30:00.000+03:00"


def test_questions_that_do_not_apply_are_left_out(store: Store, exported: Exported) -> None:
    one_response(store, {"applied": "no", "people": 3}, event_of(replace(SURVEY, name=CODE)))
    (document,) = documents(exported(Format.XML))
    assert document.find("work/ways") is None
    assert document.findtext("work/people") == "3"
    assert document.find("child") is None


def test_the_id_of_a_submission_is_the_same_each_time(store: Store, exported: Exported) -> None:
    one_response(store)
    first, second = (documents(exported(Format.XML))[0].findtext("meta/instanceID") for _ in range(2))
    assert first == second
    assert str(first).startswith("uuid:")


def test_sensitive_questions_are_left_out_when_that_is_wished(store: Store, exported: Exported) -> None:
    form = replace(
        SURVEY,
        name=CODE,
        questions=(
            *SURVEY.questions,
            question("length", QuestionType.CALCULATE, calculation="string-length(${story})"),
            question("more", QuestionType.TEXT, relevant="${length} > 3"),
        ),
    )
    one_response(store, {**FULL, "more": "indeed"}, event_of(form))
    (document,) = documents(exported(Format.XML, without_sensitive=True))
    names = {each.tag for each in document.iter()}
    assert not names & {"story", "length", "more"}
    assert "picture" in names
