"""Readiness reports as JSON text, and back to values that are equal: phrases keep what fills them, whatever it is."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any

from conversations.findings import Finding, Kind
from conversations.model import Bilingual, Event, Month, Phrase, PhraseValue, Words
from conversations.setting_up import Report, Upload
from storage.codec import event_from_json, event_to_json

Json = Any  # noqa: ANN401 # whatever JSON holds


def upload_to_json(code: str, event: Event | None, report: Report) -> str:
    """What reading a workbook came to."""
    plain = {
        "code": code,
        "event": event_to_json(event) if event is not None else None,
        "report": _report(report),
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def upload_from_json(text: str) -> Upload:
    """The same again; its digest is that of the text. ValueError, KeyError or TypeError for anything else."""
    plain = json.loads(text)
    event = event_from_json(plain["event"]) if plain["event"] is not None else None
    return Upload(str(plain["code"]), event, _report_of(plain["report"]), sha256(text.encode()).hexdigest())


def report_to_json(report: Report) -> str:
    """The report alone."""
    return json.dumps(_report(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_from_json(text: str) -> Report:
    """The report that was written."""
    return _report_of(json.loads(text))


def _report(report: Report) -> Json:
    return {
        "figures": [_words(each) for each in report.figures],
        "findings": [_finding(each) for each in report.findings],
        "lines": report.lines,
        "contacts": dict(report.contacts),
    }


def _report_of(plain: Json) -> Report:
    return Report(
        tuple(_words_of(each) for each in plain["figures"]),
        tuple(_finding_of(each) for each in plain["findings"]),
        bool(plain["lines"]),
        {str(country): int(row) for country, row in plain["contacts"].items()},
    )


def _finding(each: Finding) -> Json:
    place = [each.sheet, each.row, each.column, each.name]
    return [str(each.kind), _words(each.problem), _words(each.remedy), *place]


def _finding_of(plain: Json) -> Finding:
    kind, problem, remedy, sheet, row, column, name = plain
    return Finding(Kind(kind), _words_of(problem), _words_of(remedy), sheet, row, column, name)


def _words(said: PhraseValue) -> Json:
    match said:
        case str() | int():
            return said
        case Bilingual(en, fr):
            return {"en": en, "fr": fr}
        case Phrase():
            values = {name: _words(value) for name, value in said.values}
            return {"say": said.msgid, "context": said.context, "plural": said.plural, "count": said.count, "in": values}
        case Month(year, month):
            return {"month": [year, month]}
        case Decimal():
            return {"decimal": str(said)}
        case datetime() | date() | time():
            return {type(said).__name__: said.isoformat()}


_READERS: dict[str, Callable[[Json], PhraseValue]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "month": lambda pair: Month(*pair),
}


def _words_of(plain: Json) -> Words:
    said = _value_of(plain)
    if not isinstance(said, str | Bilingual | Phrase):
        raise ValueError(plain)
    return said


def _value_of(plain: Json) -> PhraseValue:
    if isinstance(plain, str | int):
        return plain
    if "say" in plain:
        values = tuple((name, _value_of(value)) for name, value in sorted(plain["in"].items()))
        return Phrase(plain["say"], plain["context"], plain["plural"], plain["count"], values)
    if "en" in plain:
        return Bilingual(plain["en"], plain["fr"])
    [(kind, value)] = plain.items()
    return _READERS[kind](value)
