"""One small file of each kind, for simulated people who have to send one: drawn and synthesised, two seconds long."""

from functools import cache
from pathlib import Path

from sandbox.calls import UploadedFile
from sandbox.recordings import Recording

_FOLDER = Path(__file__).parent
_NAMES = {
    "photo": "photo.jpg",
    "document": "document.txt",
    "voice": "voice.ogg",
    "audio": "audio.mp3",
    "video": "video.mp4",
}
_RECORDINGS = {
    "voice": Recording("audio/ogg", 2),
    "audio": Recording("audio/mpeg", 2),
    "video": Recording("video/mp4", 2, 320, 180),
}


@cache
def sample(kind: str) -> tuple[UploadedFile, Recording | None]:
    """The file of this kind, and for a recording what an app would say of it."""
    about, name = _RECORDINGS.get(kind), _NAMES[kind]
    return UploadedFile(name, about.type if about else "", (_FOLDER / name).read_bytes()), about
