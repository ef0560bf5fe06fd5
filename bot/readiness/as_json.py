"""The readiness report as JSON for scripts; docs/readiness-report.schema.json describes it."""

import json
from collections import Counter
from typing import Any

from bot.readiness.length import Extent, Length
from bot.readiness.report import Report
from bot.readiness.words import share
from conversations.findings import Finding, Weight
from conversations.model import Event, Language
from locales.phrases import say

VERSION = 1
"""It goes up when a key goes away or changes its meaning; new keys may come at any time."""


def as_json(report: Report, language: Language) -> str:
    """The whole report; sentences are in that language, keys and kinds are always the same."""
    return json.dumps(_report(report, language), ensure_ascii=False, indent=2)


def _report(report: Report, language: Language) -> dict[str, Any]:
    weights = Counter(each.weight for each in report.findings)
    return {
        "schema_version": VERSION,
        "file": report.file,
        "language": str(language),
        "status": str(report.status),
        "remarks": report.remarks,
        "counts": {str(weight): weights[weight] for weight in Weight},
        "event": _event(report.event, plain=report.plain) if report.event is not None else None,
        "rows": {"total": report.rows.total, "running": report.rows.running, "percent": share(report)},
        "lengths": [_length(each) for each in report.lengths],
        "reading_levels": [
            {
                "language": str(each.language),
                "measure": "kandel_moles_score" if each.language is Language.FR else "flesch_kincaid_grade",
                "words": each.words,
                "value": each.value,
                "level": None if each.band is None else str(each.band),
            }
            for each in report.levels
        ],
        "findings": [_finding(each, language) for each in report.findings],
    }


def _event(event: Event, *, plain: bool) -> dict[str, Any]:
    return {
        "code": event.code,
        "plain_form": plain,
        "key_messages": len(event.messages),
        "surveys": len(event.surveys),
        "questions": sum(len(survey.questions) for survey in event.surveys),
        "schedule_rows": len(event.schedule),
    }


def _length(length: Length) -> dict[str, Any]:
    return {
        "survey": length.name,
        "least": _extent(length.least),
        "typical": _extent(length.typical),
        "most": _extent(length.most),
        "repeated": length.repeated,
    }


def _extent(extent: Extent) -> dict[str, Any]:
    return {"questions": extent.questions, "minutes": extent.minutes}


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "kind": str(finding.kind),
        "weight": str(finding.weight),
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "name": finding.name,
        "problem": say(finding.problem, language),
        "remedy": say(finding.remedy, language),
    }
