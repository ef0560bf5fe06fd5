"""Files that were sent: kept in memory, known to bots by `file_id` and to the page by number.

Source of the rules: https://core.telegram.org/bots/api#sending-files.
"""

import base64
import hashlib
import mimetypes
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from sandbox.photos import Picture
from sandbox.recordings import Recording

_OPAQUE_TYPE = "application/octet-stream"
# How a file_id begins and which folder the path names, for all but photos, as bots know them from Telegram.
_PREFIXES = {"document": b"BQAC", "voice": b"AwAC", "audio": b"CQAC", "video": b"BAAC"}
_FOLDERS = {"document": "documents", "voice": "voice", "audio": "music", "video": "videos"}

Content = tuple[str, str, bytes, Recording | None]
"""What makes a file the same as another: its kind, its name (photos have none), its content, and what is said of it."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file, or one size of a photo.

    `path` is what getFile calls file_path; width and height are in pixels, 0 where there are none or nobody knows them;
    `duration` is in seconds.
    """

    number: int
    id: str
    unique_id: str
    path: str
    name: str
    type: str
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    duration: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether the page shows it in the chat, rather than offer it for saving."""
        return not self.path.startswith("documents/")

    def identity(self) -> dict[str, Any]:
        """What PhotoSize, Document, Voice, Audio, Video and File have in common."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


@dataclass(frozen=True, slots=True)
class Media:
    """What a message shows: `kind` is "photo" with its sizes, the largest last.

    Or it is "document", "voice", "audio" or "video" with one file.
    """

    kind: str
    files: tuple[StoredFile, ...]

    def content(self) -> dict[str, Any]:
        """The field of the Message object that has the name of the kind (https://core.telegram.org/bots/api#message)."""
        if self.kind == "photo":
            return {"photo": [file.identity() | {"width": file.width, "height": file.height} for file in self.files]}
        [file] = self.files
        about: dict[str, Any] = file.identity() | {"mime_type": file.type}
        if self.kind != "voice":
            about["file_name"] = file.name
        if self.kind != "document":
            about["duration"] = file.duration
        if self.kind == "video":
            about |= {"width": file.width, "height": file.height}
        return {self.kind: about}


class FileStore:
    """All files of a sandbox. The same content sent twice is kept once, and has the same ids."""

    def __init__(self) -> None:
        self._next = 1
        self._by_number: dict[int, StoredFile] = {}
        self._by_id: dict[str, tuple[StoredFile, Media]] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._by_content: dict[Content, Media] = {}

    def clear(self) -> None:
        """Forget every file; numbers are not given twice."""
        self._by_number.clear()
        self._by_id.clear()
        self._by_path.clear()
        self._by_content.clear()

    def document(self, name: str, data: bytes) -> Media:
        """Keep a file as it is, under the last part of its name."""
        return self._single("document", name, data, None)

    def recording(self, kind: str, name: str, data: bytes, about: Recording) -> Media:
        """Keep a voice note, an audio or a video as it is, with what its sender says of it."""
        return self._single(kind, name, data, about)

    def photo(self, data: bytes, pictures: list[Picture]) -> Media:
        """Keep the sizes that were made of a photo."""
        return self.known_photo(data) or self._keep(_photo_content(data), [self._size(picture) for picture in pictures])

    def known_photo(self, data: bytes) -> Media | None:
        """The photo that was made of this content before."""
        return self._by_content.get(_photo_content(data))

    def by_number(self, number: int) -> StoredFile | None:
        """The file with this number."""
        return self._by_number.get(number)

    def by_id(self, file_id: str) -> tuple[StoredFile, Media] | None:
        """The file with this file_id, and what it belongs to."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file with this file_path."""
        return self._by_path.get(path)

    def _single(self, kind: str, name: str, data: bytes, about: Recording | None) -> Media:
        name = PurePosixPath(name.replace("\\", "/")).name or "file"
        content = (kind, name, hashlib.sha256(data).digest(), about)
        return self._by_content.get(content) or self._keep(content, [self._file(kind, name, data, about)])

    def _keep(self, content: Content, files: list[StoredFile]) -> Media:
        media = Media(content[0], tuple(files))
        self._by_content[content] = media
        for file in files:
            self._by_number[file.number] = self._by_path[file.path] = file
            self._by_id[file.id] = (file, media)
        return media

    def _file(self, kind: str, name: str, data: bytes, about: Recording | None) -> StoredFile:
        number, ids = self._number(), _ids(_PREFIXES[kind], self._next, data)
        type_ = about.type if about else mimetypes.guess_type(name)[0] or _OPAQUE_TYPE
        suffix = ".oga" if kind == "voice" and type_ == "audio/ogg" else PurePosixPath(name).suffix
        file = StoredFile(number, *ids, f"{_FOLDERS[kind]}/file_{number}{suffix}", name, type_, data)
        return replace(file, width=about.width, height=about.height, duration=about.duration) if about else file

    def _size(self, picture: Picture) -> StoredFile:
        number, ids = self._number(), _ids(b"AgAC", self._next, picture.data)
        path, name = f"photos/file_{number}.jpg", f"file_{number}.jpg"
        return StoredFile(number, *ids, path, name, "image/jpeg", picture.data, picture.width, picture.height)

    def _number(self) -> int:
        self._next += 1
        return self._next - 1


def _photo_content(data: bytes) -> Content:
    return "photo", "", hashlib.sha256(data).digest(), None


def _ids(prefix: bytes, number: int, data: bytes) -> tuple[str, str]:
    """A file_id, which looks as if it meant nothing, and a file_unique_id, the same wherever the content is."""
    digest = hashlib.sha256(prefix + data).digest()
    opaque = base64.urlsafe_b64encode(hashlib.sha256(b"%s %d" % (digest, number)).digest() + digest[:19])
    return prefix.decode() + opaque.decode().rstrip("="), "AQAD" + base64.urlsafe_b64encode(digest[:9]).decode()
