"""Readiness reports as JSON text, and back to values that are equal."""

import json

from conversations.findings import Finding, Kind
from conversations.setting_up import Report
from conversations.words_json import Json, plain_words, words_of


def report_to_json(report: Report) -> str:
    """The report alone."""
    return json.dumps(plain_report(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_from_json(text: str) -> Report:
    """The report that was written."""
    return report_of(json.loads(text))


def plain_report(report: Report) -> Json:
    """The report as what JSON can hold."""
    return {
        "figures": [plain_words(each) for each in report.figures],
        "findings": [_finding(each) for each in report.findings],
        "lines": report.lines,
        "contacts": dict(report.contacts),
    }


def report_of(plain: Json) -> Report:
    """The report that `plain_report` gave. ValueError, KeyError or TypeError for anything else."""
    return Report(
        tuple(words_of(each) for each in plain["figures"]),
        tuple(_finding_of(each) for each in plain["findings"]),
        bool(plain["lines"]),
        {str(country): int(row) for country, row in plain["contacts"].items()},
    )


def _finding(each: Finding) -> Json:
    place = [each.sheet, each.row, each.column, each.name]
    return [str(each.kind), plain_words(each.problem), plain_words(each.remedy), *place]


def _finding_of(plain: Json) -> Finding:
    kind, problem, remedy, sheet, row, column, name = plain
    return Finding(Kind(kind), words_of(problem), words_of(remedy), sheet, row, column, name)
