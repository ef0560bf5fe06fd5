"""What people send that is not words, as far as an answer can be one: files, and places.

A file stays with the chat platform; the answer holds the platform's reference to it, and its kind.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of file it is."""

    PHOTO = "photo"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody sent: its kind, the platform's reference, and a file ending with its dot, or none."""

    kind: Kind
    reference: str
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where somebody is: WGS 84 degrees, and the radius of uncertainty in metres when the client tells it."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


def attachment_to_value(attachment: Attachment) -> str:
    """The answer that holds this file."""
    return f"{attachment.kind}:{attachment.reference}{attachment.ending}"


_WRITTEN = re.compile(r"(?P<kind>[a-z]+):(?P<reference>[^.\s]+)(?P<ending>\.[a-z0-9]{1,8})?")


def attachment_of(value: str) -> Attachment:
    """The file that an answer holds. ValueError for any other text."""
    match = _WRITTEN.fullmatch(value)
    if match is None:
        raise ValueError("this answer is no file")
    return Attachment(Kind(match["kind"]), match["reference"], match["ending"] or "")


def location_to_value(location: Location) -> str:
    """The answer that tells this place, as XForms writes a geopoint: latitude, longitude, altitude, accuracy."""
    return f"{location.latitude:.7g} {location.longitude:.7g} 0 {location.accuracy:g}"
