"""What we read of a form is what pyxform, the reference reader, reads of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from bot.workbook import read
from conversations.model import Survey
from conversations.timing import RECALL_CHECK
from tests.workbook.conftest import GOOD

EVENTS = Path(__file__).parents[2] / "events"
MANY = """
| survey |
| | type | name | label | calculation | repeat_count | required |
| | start | started | | | | |
| | begin group | home | Home | | | |
| | select_one yn or_other | roof | Roof? | | | yes |
| | begin repeat | child | Child | | 2 | |
| | integer | age | Age? | | | |
| | end repeat | | | | | |
| | end group | | | | | |
| | begin group | work | Work | | | |
| | rank yn | order | Order? | | | |
| | calculate | twice | | 2 * 2 | | |
| | range | share | Share? | | | |
| | add audio prompt | voice | Voice? | | | |
| | photo | face | Photo? | | | |
| | gps | place | Where? | | | |
| | trigger | done | Done? | | | |
| | end group | | | | | |
| choices |
| | list_name | name | label |
| | yn | 1 | Yes |
| | yn | 0 | No |
"""
OTHER_WORDS = {
    "select one": "select_one",
    "select all that apply": "select_multiple",
    "photo": "image",
    "add audio prompt": "audio",
    "gps": "geopoint",
    "trigger": "acknowledge",
    "int": "integer",
}


def asked(children: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The names and types of the questions in pyxform's tree, without what it adds for itself."""
    for child in children:
        if child["type"] in ("group", "repeat"):
            if child["name"] != "meta":
                yield from asked(child["children"])
        elif child["name"] != "child_count":
            yield child["name"], OTHER_WORDS.get(child["type"], child["type"])


def ours(surveys: tuple[Survey, ...]) -> list[tuple[str, str]]:
    """The names and types of our questions."""
    return [(question.name, str(question.type)) for survey in surveys for question in survey.questions]


def by_pyxform(text: str) -> list[tuple[str, str]]:
    """The same by pyxform."""
    return list(asked(workbook_to_json(get_xlsform(text.encode(), ".md"), form_name="form")["children"]))


@pytest.mark.parametrize("text", [MANY], ids=["many"])
def test_a_form_is_read_as_pyxform_reads_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(text, encoding="utf-8")
    assert ours(read(tmp_path / "form.md").surveys) == by_pyxform(text)


def test_the_packs_of_the_project_too(tmp_path: Path) -> None:
    packs = [GOOD, *(path.read_text("utf-8") for path in sorted(EVENTS.glob("*/pack.md")))]
    for text in packs:
        (tmp_path / "pack.md").write_text(text, encoding="utf-8")
        event = read(tmp_path / "pack.md")
        profile = [(question.name, str(question.type)) for question in event.profile]
        written = tuple(survey for survey in event.surveys if survey.name != RECALL_CHECK)
        assert profile + ours(written) == by_pyxform(text)
