"""Files that were sent: kept in memory, known to bots by `file_id` and to the page by number.

Source of the rules: https://core.telegram.org/bots/api#sending-files.
"""

import base64
import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from sandbox.photos import Picture

_OPAQUE_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file, or one size of a photo. `path` is what getFile calls file_path; width and height are in pixels."""

    number: int
    id: str
    unique_id: str
    path: str
    name: str
    type: str
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0

    def identity(self) -> dict[str, Any]:
        """What PhotoSize, Document and File have in common."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


@dataclass(frozen=True, slots=True)
class Media:
    """What a message shows: `kind` is "photo" with its sizes, the largest last, or "document" with one file."""

    kind: str
    files: tuple[StoredFile, ...]

    def content(self) -> dict[str, Any]:
        """The field of the Message object (https://core.telegram.org/bots/api#photosize and #document)."""
        if self.kind == "photo":
            return {"photo": [file.identity() | {"width": file.width, "height": file.height} for file in self.files]}
        [file] = self.files
        return {"document": file.identity() | {"file_name": file.name, "mime_type": file.type}}


class FileStore:
    """All files of a sandbox. The same content sent twice is kept once, and has the same ids."""

    def __init__(self) -> None:
        self._next = 1
        self._by_number: dict[int, StoredFile] = {}
        self._by_id: dict[str, tuple[StoredFile, Media]] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._by_content: dict[tuple[str, bytes], Media] = {}

    def clear(self) -> None:
        """Forget every file; numbers are not given twice."""
        self._by_number.clear()
        self._by_id.clear()
        self._by_path.clear()
        self._by_content.clear()

    def document(self, name: str, data: bytes) -> Media:
        """Keep a file as it is, under the last part of its name."""
        name = PurePosixPath(name.replace("\\", "/")).name or "file"
        content = (name, hashlib.sha256(data).digest())
        return self._by_content.get(content) or self._keep("document", content, [self._document(name, data)])

    def photo(self, data: bytes, pictures: list[Picture]) -> Media:
        """Keep the sizes that were made of a photo."""
        return self.known_photo(data) or self._keep(
            "photo", _photo_content(data), [self._size(picture) for picture in pictures]
        )

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

    def _keep(self, kind: str, content: tuple[str, bytes], files: list[StoredFile]) -> Media:
        media = Media(kind, tuple(files))
        self._by_content[content] = media
        for file in files:
            self._by_number[file.number] = self._by_path[file.path] = file
            self._by_id[file.id] = (file, media)
        return media

    def _document(self, name: str, data: bytes) -> StoredFile:
        number, ids = self._number(), _ids(b"BQAC", self._next, data)
        suffix = PurePosixPath(name).suffix
        type_ = mimetypes.guess_type(name)[0] or _OPAQUE_TYPE
        return StoredFile(number, *ids, f"documents/file_{number}{suffix}", name, type_, data)

    def _size(self, picture: Picture) -> StoredFile:
        number, ids = self._number(), _ids(b"AgAC", self._next, picture.data)
        path, name = f"photos/file_{number}.jpg", f"file_{number}.jpg"
        return StoredFile(number, *ids, path, name, "image/jpeg", picture.data, picture.width, picture.height)

    def _number(self) -> int:
        self._next += 1
        return self._next - 1


def _photo_content(data: bytes) -> tuple[str, bytes]:
    """What makes a photo the same as another: it has no name, and no document has an empty one."""
    return "", hashlib.sha256(data).digest()


def _ids(prefix: bytes, number: int, data: bytes) -> tuple[str, str]:
    """A file_id, which looks as if it meant nothing, and a file_unique_id, the same wherever the content is."""
    digest = hashlib.sha256(prefix + data).digest()
    opaque = base64.urlsafe_b64encode(hashlib.sha256(b"%s %d" % (digest, number)).digest() + digest[:19])
    return prefix.decode() + opaque.decode().rstrip("="), "AQAD" + base64.urlsafe_b64encode(digest[:9]).decode()
