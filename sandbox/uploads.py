"""Files on their way in: checked as Telegram checks them, then kept."""

import asyncio
from typing import TYPE_CHECKING

from sandbox.calls import UploadedFile
from sandbox.errors import bad_request
from sandbox.files import Media
from sandbox.photos import BadDimensions, UnreadablePhoto, sizes_of

if TYPE_CHECKING:
    from sandbox.state import Sandbox

KINDS = ("photo", "document")
LARGEST_PHOTO = 10 * 1024 * 1024


async def kept(sandbox: "Sandbox", kind: str, file: UploadedFile) -> Media:
    """The file as a message shows it; photos are made anew in several sizes.

    Raises:
        BotApiError: 400, it is empty, or no photo that Telegram would take
            (https://core.telegram.org/bots/api#sendphoto).
    """
    if not file.data:
        raise bad_request("file must be non-empty")
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
