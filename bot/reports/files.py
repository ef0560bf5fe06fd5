"""What the files that people sent are called in an export."""

import hashlib
import re

from conversations.attachments import Attachment, Kind
from storage.exports import Listed

_ENDINGS = {Kind.PHOTO: ".jpg", Kind.VOICE: ".oga", Kind.AUDIO: ".mp3", Kind.VIDEO: ".mp4", Kind.DOCUMENT: ""}

_LONGEST = 200
"""Bytes of a name; a file system takes some fifty more."""


def file_name(attachment: Attachment, key: str, listed: Listed) -> str:
    """A name that is unique in the export, and tells nothing that its other columns do not tell."""
    where = f"{listed.survey}-{listed.occurrence + 1}-{listed.person}-{key}"
    plain = re.sub(r"[^\w.-]+", "_", where).strip("_")
    if len(plain.encode()) > _LONGEST:
        plain = f"{plain.encode()[:_LONGEST].decode(errors='ignore')}-{hashlib.sha256(where.encode()).hexdigest()[:12]}"
    return plain + (attachment.ending or _ENDINGS[attachment.kind])
