"""What the files that people sent are called in an export."""

import re

from conversations.attachments import Attachment, Kind
from storage.exports import Listed

_ENDINGS = {Kind.PHOTO: ".jpg", Kind.VOICE: ".oga", Kind.AUDIO: ".mp3", Kind.VIDEO: ".mp4", Kind.DOCUMENT: ""}


def file_name(attachment: Attachment, key: str, listed: Listed) -> str:
    """A name that is unique in the export, and tells nothing that its other columns do not tell."""
    where = f"{listed.survey}-{listed.occurrence + 1}-{listed.person}-{key}"
    return re.sub(r"[^\w.-]+", "_", where).strip("_") + (attachment.ending or _ENDINGS[attachment.kind])
