"""Files on their way in: checked as Telegram checks them, then kept."""

import asyncio
from typing import TYPE_CHECKING

from sandbox.calls import TOO_LARGE, UploadedFile
from sandbox.errors import BotApiError, bad_request
from sandbox.files import Media
from sandbox.photos import BadDimensions, UnreadablePhoto, sizes_of
from sandbox.recordings import Recording

if TYPE_CHECKING:
    from sandbox.state import Sandbox

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024


async def kept(sandbox: "Sandbox", kind: str, file: UploadedFile, about: Recording | None = None) -> Media:
    """The file as a message shows it; photos are made anew in several sizes, recordings come with `about`.

    Raises:
        BotApiError: 400, it is empty, or no photo that Telegram would take
            (https://core.telegram.org/bots/api#sendphoto); 413, it has more than 50 MB.
    """
    if not file.data:
        raise bad_request("file must be non-empty")
    if len(file.data) > LARGEST_FILE:
        raise BotApiError(413, TOO_LARGE)
    if about is not None:
        return sandbox.files.recording(kind, file.name, file.data, about)
    if kind == "document":
        return sandbox.files.document(file.name, file.data)
    if len(file.data) > LARGEST_PHOTO:
        size = len(file.data)
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
        )
    if known := sandbox.files.known_photo(file.data):
        return known
    try:
        # In a thread, because a large picture takes longer than others should have to wait.
        return sandbox.files.photo(file.data, await asyncio.to_thread(sizes_of, file.data))
    except UnreadablePhoto as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    except BadDimensions as error:
        raise bad_request("PHOTO_INVALID_DIMENSIONS") from error
