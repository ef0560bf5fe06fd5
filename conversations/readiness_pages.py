"""A readiness report in messages for a small phone: a summary, then pages of findings, the weightiest first."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from conversations.buttons import Manage
from conversations.findings import SECTIONS, Finding, Kind, Weight, at_place, rows_named
from conversations.messages import File, FileKind, Key, Message, Paragraph, counted, message, phrase, short, strong
from conversations.model import Phrase, Words
from conversations.publishing import gate
from conversations.readiness_json import report_to_json
from conversations.roles import Act
from conversations.setting_up import Draft, Report, Told, Upload, together

PAGE: Final = 4
"""Findings in one message."""
_MOST_ROWS = 12
_TOLD_FOR_INFORMATION = frozenset({Kind.NOT_COLLECTED, Kind.NUMBERED, Kind.PAGED})


def refusing(upload: Upload, today: date) -> tuple[Finding, ...]:
    """What keeps this workbook from being published on that day."""
    return gate(upload.event, upload.report.findings, upload.report.contacts, today)


def ordered(upload: Upload, today: date) -> tuple[Finding, ...]:
    """All findings: what keeps it from being published, then what weighs, then hints, then what is only told."""
    first = refusing(upload, today)
    rest = [each for each in upload.report.findings if each not in first]
    return (*first, *sorted(rest, key=_weighs))


def _weighs(finding: Finding) -> int:
    return 2 if finding.kind in _TOLD_FOR_INFORMATION else (0 if finding.weight is not Weight.HINT else 1)


def title_of(upload: Upload) -> Words:
    """What a workbook is called: its title, else its code, else just that."""
    if upload.event is not None:
        return upload.event.title
    return upload.code or phrase("Your workbook")


def summary(draft: Draft, today: date, *, publishable: bool) -> Message:
    """How a workbook stands; `publishable` while a team can do it at a tap."""
    upload = draft.upload
    refused = together(refusing(upload, today))
    pages = together(ordered(upload, today))
    lines: list[Words | Paragraph] = [strong(title_of(upload)), _status(refused)]
    lines += [Paragraph(each, close=bool(number)) for number, each in enumerate(upload.report.figures)]
    lines += [Paragraph(each, close=bool(number)) for number, each in enumerate(_counts(pages))]
    keys: list[tuple[Key, ...]] = []
    if pages:
        keys.append((Key(short("button", "Go through them"), Manage(Act.REPORT, 0, draft.id, 1)),))
        keys.append((_file_key(draft),))
    if upload.event is not None and draft.open and publishable and not refused:
        keys.append((Key(short("button", "Publish …"), Manage(Act.PUBLISH, 0, draft.id)),))
    elif refused:
        lines.append(phrase("Correct the workbook and send it to me again. Nothing is published until you say so."))
    return message(*lines, keyboard=tuple(keys))


def page(draft: Draft, number: int, today: date) -> Message:
    """One page of findings; `number` counts from 1, and what is beyond the last page is that one."""
    told = together(ordered(draft.upload, today))
    last = max(1, -(-len(told) // PAGE))
    number = min(max(number, 1), last)
    shown = told[(number - 1) * PAGE : number * PAGE]
    lines: list[Words | Paragraph] = [
        strong(phrase("{title}: {page} of {pages}", title=title_of(draft.upload), page=number, pages=last))
    ]
    lines += findings_told(shown, draft.upload.report)
    before = Key(short("button", "Previous"), Manage(Act.REPORT, 0, draft.id, number - 1))
    after = Key(short("button", "Next"), Manage(Act.REPORT, 0, draft.id, number + 1))
    turning = ((before,) if number > 1 else ()) + ((after,) if number < last else ())
    up = Key(short("button", "Summary"), Manage(Act.REPORT, 0, draft.id))
    return message(*lines, keyboard=(*((turning,) if turning else ()), (up,), (_file_key(draft),)))


def whole(draft: Draft, today: date) -> File:
    """All of it as a file: the title, how it stands, the figures, then every finding in the same order."""
    upload = draft.upload
    head = (title_of(upload), _status(together(refusing(upload, today))))
    report = Report((*head, *upload.report.figures), ordered(upload, today), upload.report.lines)
    return File(FileKind.READINESS, (("code", upload.code), ("report", report_to_json(report))))


def findings_told(shown: Iterable[Told], report: Report) -> list[Paragraph]:
    """Each with its place, and what to do about it right below."""
    lines: list[Paragraph] = []
    for each in shown:
        lines.append(Paragraph(at_place_of(each, report)))
        lines.append(Paragraph(phrase("→ {remedy}", remedy=each.first.remedy), close=True))
    return lines


def at_place_of(told: Told, report: Report, most: int = _MOST_ROWS) -> Words:
    """What is so, behind the sheet, the rows (at most so many of them), the name and the column."""
    first, rows = told.first, told.rows
    places: list[Words] = [first.sheet] if first.sheet else []
    if rows:
        places.append(rows_named(rows[:most], lines=report.lines, more=len(rows) > most))
    places += [each for each in (first.name if len(rows) <= 1 else "", first.column) if each]
    place: Words = ""
    for each in places:
        place = phrase("{place} · {further}", place=place, further=each) if place else each
    return at_place(place, first.problem) if place else first.problem


def _status(refused: tuple[Told, ...]) -> Phrase:
    if not refused:
        return phrase("✓ Nothing stands in the way: it can be published.")
    return counted(
        "✗ Not yet: {count} thing has to be put right before it can be published.",
        "✗ Not yet: {count} things have to be put right before it can be published.",
        len(refused),
    )


def _counts(told: tuple[Told, ...]) -> list[Phrase]:
    found = []
    for title, kinds in SECTIONS:
        count = sum(each.first.kind in kinds for each in told)
        if count:
            found.append(phrase("• {section}: {count}", section=title, count=count))
    return found


def _file_key(draft: Draft) -> Key:
    return Key(short("button", "All of it as a file"), Manage(Act.REPORT_FILE, 0, draft.id))
