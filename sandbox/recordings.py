"""Recordings: voice notes, audio and video, and what the app of whoever sends them says of them.

Source of the fields: https://core.telegram.org/bots/api#voice, #audio and #video, "as defined by the sender".
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from sandbox.errors import ControlError

# Which media types each kind may have.
_FAMILIES = {"voice": "audio", "audio": "audio", "video": "video"}
KINDS = tuple(_FAMILIES)

# What phones record and share. Python knows some of these only where the system has a list of its own.
_ENDINGS = {
    "audio/ogg": ".ogg .oga .opus",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/flac": ".flac",
    "audio/wav": ".wav",
    "video/mp4": ".mp4 .m4v",
    "video/quicktime": ".mov",
    "video/3gpp": ".3gp",
    "video/webm": ".webm",
}
_TYPES = {ending: type_ for type_, endings in _ENDINGS.items() for ending in endings.split()}
_MEDIA_TYPE = re.compile(r"(audio|video)/[a-z0-9][a-z0-9.+-]{0,59}")


@dataclass(frozen=True, slots=True)
class Recording:
    """The media type, the length in seconds, and for a video its size in pixels; 0 is what nobody could tell."""

    type: str
    duration: int = 0
    width: int = 0
    height: int = 0


def media_type(kind: str, name: str, declared: str) -> str:
    """The media type of a recording: as the sender declared it, or by the ending of its name.

    Raises:
        ControlError: neither says that this is a sound, or for a video a moving picture.
    """
    family = _FAMILIES[kind]
    for candidate in (declared.lower(), _TYPES.get(PurePosixPath(name).suffix.lower(), "")):
        match = _MEDIA_TYPE.fullmatch(candidate)
        if match and match[1] == family:
            return candidate
    raise ControlError(f"a file sent as {kind} has a type such as {family}/…, and {name!r} has not")
