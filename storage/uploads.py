"""What reading a workbook came to, as JSON text: it comes from a process of its own, and waits in a row."""

import json
from hashlib import sha256

from conversations.model import Event
from conversations.readiness_json import plain_report, report_of
from conversations.setting_up import Report, Upload
from storage.codec import event_from_json, event_to_json


def upload_to_json(code: str, event: Event | None, report: Report) -> str:
    """The code as it is written, the event where nothing blocks, and what was found."""
    content = event_to_json(event) if event is not None else None
    plain = {"code": code, "event": content, "report": plain_report(report)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def upload_from_json(text: str) -> Upload:
    """The same again; its digest is that of the text. ValueError, KeyError or TypeError for anything else."""
    plain = json.loads(text)
    event = event_from_json(plain["event"]) if plain["event"] is not None else None
    return Upload(str(plain["code"]), event, report_of(plain["report"]), sha256(text.encode()).hexdigest())
