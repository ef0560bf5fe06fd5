"""What stands in the column `type`: pyxform's words and their many other spellings, as what a chat makes of them.

Source: the tables `aliases` and `QUESTION_TYPE_DICT` of pyxform, so that a form means here what it means elsewhere.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from conversations.model import QuestionType


class Role(StrEnum):
    """What a row of the survey sheet is."""

    QUESTION = "question"
    NOT_COLLECTED = "not collected"
    """A value about the device or its user: it stays blank."""
    UNFIT = "unfit"
    """Something that XLSForm knows and a chat cannot carry."""
    TABLE = "table"
    """A list from a file that expressions look into."""
    SETTING = "setting"
    """A setting of the form, written among its questions."""
    BEGIN = "begin"
    END = "end"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type cell, understood.

    `list_name` is the list of a choice question, or its file, or the list that a loop goes through; `other` says
    `or_other`.

    `control` is what a begin or an end is about: group, repeat or loop. `constraint` comes with some types, such as a
    percentage. `external` marks a list of the sheet external_choices, or one from a file. `foreign` marks a type of one
    platform alone, which pyxform does not know.
    """

    role: Role
    type: QuestionType = QuestionType.NOTE
    list_name: str = ""
    other: bool = False
    external: bool = False
    control: str = ""
    constraint: str = ""
    foreign: bool = False


_SELECTS = {
    "select one": QuestionType.SELECT_ONE,
    "select one external": QuestionType.SELECT_ONE,
    "select all that apply": QuestionType.SELECT_MULTIPLE,
    "rank": QuestionType.RANK,
}
_UPLOADS = {
    "image/*": QuestionType.IMAGE,
    "audio/*": QuestionType.AUDIO,
    "video/*": QuestionType.VIDEO,
    "application/*": QuestionType.FILE,
}
_INPUTS = {
    "string": QuestionType.TEXT,
    "int": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "time": QuestionType.TIME,
    "dateTime": QuestionType.DATETIME,
    "geopoint": QuestionType.GEOPOINT,
    "barcode": QuestionType.BARCODE,
}
_STAMPS = {"start": QuestionType.START, "end": QuestionType.END, "today": QuestionType.TODAY}
LISTS = (".csv", ".geojson")
"""Endings of the files that lists are read from."""
_UNFIT = Kind(Role.UNFIT)
_NOT_COLLECTED = Kind(Role.NOT_COLLECTED, QuestionType.HIDDEN)
_OWN = {
    "csv-external": Kind(Role.TABLE),
    "xml-external": _UNFIT,
    "audit": _NOT_COLLECTED,
    "start-geopoint": _NOT_COLLECTED,
    "background-geopoint": _NOT_COLLECTED,
    "background-audio": _NOT_COLLECTED,
    "range": Kind(Role.QUESTION, QuestionType.RANGE),
    "calculate": Kind(Role.QUESTION, QuestionType.CALCULATE),
    "hidden": Kind(Role.QUESTION, QuestionType.HIDDEN),
}


_FOREIGN = re.compile(
    r"[a-z_]+:\S+|tel|caseid|enumerator|comments|(text|audio) audit|sensor_\w+|speed violations \w+"
    r"|cascading[ _]select \S+"
)
"""Types of one platform alone: the Community Health Toolkit, SurveyCTO, formhub."""


@lru_cache(maxsize=4096)
def kind_of(written: str) -> Kind:
    """What a type cell stands for."""
    from pyxform import aliases  # noqa: PLC0415 # slow to import, and only reading a file needs it
    from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_OSM, RE_SELECT  # noqa: PLC0415

    text = " ".join(written.split())
    simple = _simple(aliases._type_alias_map.get(text, text))  # noqa: SLF001 # the only table of these words
    if simple is not None:
        return simple
    if match := RE_BEGIN_CONTROL.search(text):
        return Kind(Role.BEGIN, control=aliases.control[match["type"]], list_name=match["list_name"] or "")
    if match := RE_END_CONTROL.search(text):
        return Kind(Role.END, control=aliases.control[match["type"]])
    if match := RE_SELECT.search(text):
        return _select(match)
    if text in aliases.settings_header:
        return Kind(Role.SETTING)
    if RE_OSM.search(text):
        return _UNFIT
    if _FOREIGN.fullmatch(text):
        return Kind(Role.UNFIT, foreign=True)
    return Kind(Role.UNKNOWN)


def known_words() -> tuple[str, ...]:
    """The type words that authors mean most often, to tell which one was meant."""
    selects = ("select_one", "select_multiple")
    controls = ("begin_group", "end_group", "begin_repeat", "end_repeat")
    asked = (each for each in QuestionType if each not in (*selects, QuestionType.REPEAT))
    return (*selects, *controls, *asked)


def _select(match: re.Match[str]) -> Kind:
    from pyxform import aliases  # noqa: PLC0415 # as above

    command, list_name = match["select_command"], match["list_name"]
    from_file = command in aliases.select_from_file
    if list_name.startswith("${") or (from_file and not list_name.lower().endswith(LISTS)):
        return _UNFIT
    return Kind(
        Role.QUESTION,
        _SELECTS[aliases.select[command]],
        list_name,
        other=match["specify_other"] is not None,
        external=from_file or command == "select_one_external",
    )


def _simple(word: str) -> Kind | None:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # noqa: PLC0415 # as above

    if word in _OWN:
        return _OWN[word]
    told = QUESTION_TYPE_DICT.get(word)
    if told is None or told.get("control", {}).get("tag", "") in ("select", "select1", "odk:rank"):
        return None
    control, bind = told.get("control", {}), told.get("bind", {})
    if "jr:preload" in bind:
        stamp = _STAMPS.get(bind["jr:preloadParams"])
        return Kind(Role.QUESTION, stamp) if stamp else _NOT_COLLECTED
    match control.get("tag"):
        case "upload":
            found = _UPLOADS.get(control["mediatype"])
        case "trigger":
            found = QuestionType.ACKNOWLEDGE
        case "input":
            found = QuestionType.NOTE if "readonly" in bind else _INPUTS.get(bind["type"])
        case _:
            found = QuestionType.CALCULATE
    return Kind(Role.QUESTION, found, constraint=bind.get("constraint", "")) if found else _UNFIT
