"""Forms of the tests' own as pyxform reads them, as surveys."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyxform.xls2xform import convert

from conversations.model import Bilingual, Choice, Group, Question, QuestionType, Range, Survey, Table

_TYPES = {
    "select one": QuestionType.SELECT_ONE,
    "select all that apply": QuestionType.SELECT_MULTIPLE,
    "string": QuestionType.TEXT,
    "int": QuestionType.INTEGER,
    "datetime": QuestionType.DATETIME,
    **{kind.value: kind for kind in QuestionType},
}


@dataclass(frozen=True)
class Built:
    """A survey, the path of each of its questions and groups by name, and the same form as an XForm."""

    survey: Survey
    paths: dict[str, str]
    xform: str


def build(path: Path) -> Built:
    """The form in a file of Markdown tables."""
    converted = convert(path.read_text(encoding="utf-8"), form_name="data", file_type=".md")
    tree = converted._pyxform
    building = _Building(tree.get("choices", {}))
    building.children(tree["children"], "", "/data")
    words = Bilingual(path.stem, path.stem)
    survey = Survey(path.stem, words, tuple(building.questions), tuple(building.groups), building.tables())
    return Built(survey, building.paths, converted.xform)


class _Building:
    def __init__(self, lists: dict[str, list[dict[str, Any]]]) -> None:
        self.lists = lists
        self.questions: list[Question] = []
        self.groups: list[Group] = []
        self.paths: dict[str, str] = {}

    def children(self, nodes: list[dict[str, Any]], group: str, path: str) -> None:
        for node in nodes:
            name, here = node["name"], f"{path}/{node['name']}"
            if name in ("meta", "instanceID", "instanceName"):
                continue
            self.paths[name] = here
            bind, control = node.get("bind", {}), node.get("control", {})
            if node["type"] in ("group", "repeat"):
                repeated = node["type"] == "repeat"
                relevant = bind.get("relevant", "")
                self.groups.append(
                    Group(name, _words(node.get("label")), group, relevant, repeated, control.get("jr:count", ""))
                )
                self.children(node["children"], name, here)
            else:
                self.questions.append(self.question(node, bind, group))

    def question(self, node: dict[str, Any], bind: dict[str, str], group: str) -> Question:
        required = bind.get("required", "")
        always = required in ("yes", "true()")
        parameters = node.get("parameters", {})
        given = {name: str(parameters[name]) for name in ("start", "end", "step") if name in parameters}
        return Question(
            node["name"],
            _TYPES[node["type"]],
            _words(node.get("label")) or Bilingual("", ""),
            relevant=bind.get("relevant", ""),
            choices=tuple(_choice(each) for each in self.lists.get(node.get("itemset") or node.get("list_name"), [])),
            constraint=bind.get("constraint", ""),
            group=group,
            required=always,
            required_when="" if always else required,
            calculation=bind.get("calculate", ""),
            default=str(node.get("default", "")),
            read_only=bind.get("readonly", "") in ("yes", "true()"),
            choice_filter=node.get("choice_filter", ""),
            randomize=str(parameters.get("randomize", "")).lower() == "true",
            range=Range(given["start"], given["end"], given.get("step", "1")) if "start" in given else None,
        )

    def tables(self) -> tuple[Table, ...]:
        return tuple(_table(name, rows) for name, rows in self.lists.items())


def _words(label: object) -> Bilingual | None:
    if isinstance(label, dict):
        return Bilingual(str(label.get("English (en)", "")), str(label.get("French (fr)", "")))
    return Bilingual(str(label), str(label)) if label else None


def _choice(row: dict[str, Any]) -> Choice:
    columns = {**row, **row.get("extra_data", {})}
    further = tuple((key, str(value)) for key, value in columns.items() if key not in ("name", "label", "extra_data"))
    return Choice(str(row["name"]), _words(row.get("label")) or Bilingual("", ""), columns=further)


def _table(name: str, rows: list[dict[str, Any]]) -> Table:
    lines = []
    for row in rows:
        choice = _choice(row)
        lines.append(dict(choice.columns) | {"name": choice.name, "label": choice.label.en})
    columns = tuple(dict.fromkeys(column for line in lines for column in line))
    return Table(name, columns, tuple(tuple(line.get(column, "") for column in columns) for line in lines))
