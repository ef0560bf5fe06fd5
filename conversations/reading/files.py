"""Files and places as answers, and places in typed coordinates."""

import re

from conversations.attachments import Attachment, Kind, Location, attachment_to_value, location_to_value
from conversations.model import Question, QuestionType, Value
from conversations.reading.signs import tidied

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif", ".bmp", ".tif", ".tiff"})
_SOUNDS = frozenset({".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".aac", ".amr", ".flac", ".3ga", ".wma"})
_FILMS = frozenset({".mp4", ".mov", ".3gp", ".webm", ".mkv", ".avi", ".mpeg", ".mpg", ".m4v"})
_WANTED: dict[QuestionType, tuple[frozenset[Kind], frozenset[str]]] = {
    QuestionType.IMAGE: (frozenset({Kind.PHOTO}), _PICTURES),
    QuestionType.AUDIO: (frozenset({Kind.VOICE, Kind.AUDIO}), _SOUNDS),
    QuestionType.VIDEO: (frozenset({Kind.VIDEO}), _FILMS),
    QuestionType.FILE: (frozenset(Kind), frozenset()),
}
"""The kinds of file that each type takes, and the endings of documents that will do as well."""

_NORTHMOST, _EASTMOST = 90.0, 180.0


def file_received(question: Question, file: Attachment) -> Value | None:
    """The file as an answer to this question; None when it is not what the question asks for."""
    kinds, endings = _WANTED.get(question.type, (frozenset(), frozenset()))
    fits = file.kind in kinds or (file.kind is Kind.DOCUMENT and file.ending.lower() in endings)
    return attachment_to_value(file) if fits else None


def place_received(question: Question, place: Location) -> Value | None:
    """The place as an answer to this question; None when it is not what the question asks for, or nowhere on earth."""
    return location_to_value(place) if question.type is QuestionType.GEOPOINT and _on_earth(place) else None


_COORDINATES = tuple(
    re.compile(
        rf"(?P<latitude>[+-]?\d{{1,2}}(?:{mark}\d{{1,15}})?) ?°? ?(?P<north>[ns])?"
        rf"(?:{parting})"
        rf"(?P<longitude>[+-]?\d{{1,3}}(?:{mark}\d{{1,15}})?) ?°? ?(?P<east>[eow])?",
        re.ASCII,
    )
    # A comma parts decimals with points closely, those with commas only with a blank behind it.
    for mark, parting in ((r"\.", r" ?[,;] ?| "), (",", r" ?; ?|, | "))
)


def read_place(text: str) -> Value | None:
    """Latitude and longitude in decimal degrees, with points or with commas; None for anything else."""
    written = tidied(text).strip(" ()[]")
    match = next((found for pattern in _COORDINATES if (found := pattern.fullmatch(written))), None)
    if match is None:
        return None
    latitude, longitude = (float(match[name].replace(",", ".")) for name in ("latitude", "longitude"))
    # South and west are what the sign says, too: both at once would contradict one another.
    if (match["north"] and latitude < 0) or (match["east"] and longitude < 0):
        return None
    place = Location(
        -latitude if match["north"] == "s" else latitude, -longitude if match["east"] in ("o", "w") else longitude
    )
    return location_to_value(place) if _on_earth(place) else None


def _on_earth(place: Location) -> bool:
    return (
        -_NORTHMOST <= place.latitude <= _NORTHMOST
        and -_EASTMOST <= place.longitude <= _EASTMOST
        and 0 <= place.accuracy < float("inf")
    )
