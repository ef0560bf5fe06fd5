"""A workbook that somebody sent, read and checked. It runs in a process of its own, see bot/reader.py."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.readiness import words
from bot.readiness.report import Report as Checked
from bot.readiness.report import report_on
from bot.workbook import read_draft
from bot.workbook.event_sheet import CODE
from conversations.findings import Finding, Kind, at_place
from conversations.messages import phrase
from conversations.model import Words
from conversations.setting_up import ENDINGS, Report
from storage.uploads import upload_to_json

_NAME = "workbook"


def read_workbook(content: bytes, ending: str) -> str:
    """What the workbook holds and everything that was found in it, as `storage.uploads` writes it.

    Nothing depends on the day: the conversation knows it, and asks again when the workbook is published. No file lies
    beside a workbook that is sent, and none of this machine is ever looked up.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{_NAME}{ending if ending in ENDINGS else ''}"
        path.write_bytes(content)
        draft = read_draft(path)
    checked = report_on(draft, None)
    findings = checked.findings
    code = draft.code if CODE.fullmatch(draft.code) else ""
    if draft.plain and draft.event is not None:
        code = draft.event.code if draft.code else ""
        findings = findings if code else (_NAMELESS, *findings)
    event = draft.event if code else None
    report = Report(tuple(_figures(checked)), findings, path.suffix == ".md", draft.places.referrals)
    return upload_to_json(code, event, report)


_NAMELESS = Finding(
    Kind.BLOCKS,
    phrase("This form has no form_id: nothing tells it from another one"),
    phrase("Write a short name for it into the column form_id of the sheet settings."),
    "settings",
    column="form_id",
)


def _figures(checked: Checked) -> Iterator[Words]:
    """What it holds, how long it takes and how hard it is, a line each."""
    if checked.event is not None and not checked.plain:
        yield words.contents(checked.event)
    if checked.rows.total:
        yield at_place(words.IN_A_CHAT, words.rows(checked))
    for each in checked.lengths:
        told = words.length(each)
        named = at_place(each.name, told) if len(checked.lengths) > 1 else told
        yield at_place(words.LENGTH, named)
    for level in checked.levels:
        yield at_place(words.READING_LEVEL, words.level(level))
    if checked.event is None:
        yield words.MORE_WHEN_MENDED
