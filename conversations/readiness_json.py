"""Readiness reports as JSON text, and back to values that are equal: phrases keep what fills them, whatever it is."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from conversations.findings import Finding, Kind
from conversations.model import Bilingual, Month, Percent, Phrase, PhraseValue, Words
from conversations.setting_up import Report

Json = Any


def report_to_json(report: Report) -> str:
    """The report alone."""
    return json.dumps(plain_report(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_from_json(text: str) -> Report:
    """The report that was written."""
    return report_of(json.loads(text))


def plain_report(report: Report) -> Json:
    """The report as what JSON can hold."""
    return {
        "figures": [_words(each) for each in report.figures],
        "findings": [_finding(each) for each in report.findings],
        "lines": report.lines,
        "contacts": dict(report.contacts),
    }


def report_of(plain: Json) -> Report:
    """The report that `plain_report` gave. ValueError, KeyError or TypeError for anything else."""
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
            told = {"say": said.msgid, "context": said.context, "plural": said.plural, "count": said.count}
            return {**told, "in": values}
        case Month(year, month):
            return {"month": [year, month]}
        case Percent(share):
            return {"percent": str(share)}
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
    "percent": lambda share: Percent(Fraction(share)),
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
