"""Photos and documents: sendPhoto, sendDocument, getFile. Source: https://core.telegram.org/bots/api#sending-files."""

from sandbox import uploads
from sandbox.calls import Call, UploadedFile
from sandbox.chats import Json
from sandbox.errors import bad_request
from sandbox.files import Media
from sandbox.methods.contents import caption_content
from sandbox.methods.registry import method
from sandbox.methods.sending import send
from sandbox.methods.targets import writable_chat

LARGEST_DOWNLOAD = 20 * 1024 * 1024


@method("sendPhoto")
async def send_photo(call: Call) -> Json:
    """https://core.telegram.org/bots/api#sendphoto."""
    return await _send(call, "photo", {"has_media_spoiler": True} if call.boolean("has_spoiler") else {})


@method("sendDocument")
async def send_document(call: Call) -> Json:
    """https://core.telegram.org/bots/api#senddocument; thumbnails are not kept."""
    return await _send(call, "document", {})


async def _send(call: Call, kind: str, extra: Json) -> Json:
    chat, content = writable_chat(call), caption_content(call, kind) | extra
    return send(call, chat, content, media=await _media(call, kind))


async def _media(call: Call, kind: str) -> Media:
    """The file that the parameter `kind` stands for: uploaded with the call, or known by its file_id.

    Raises:
        BotApiError: 400, it is missing, of another kind, or an address from which the sandbox fetches nothing; 413 for
            more than 50 MB.
    """
    given = call.values.get(kind)
    if isinstance(given, str) and given.startswith("attach://"):
        given = call.values.get(given.removeprefix("attach://"))
    if isinstance(given, UploadedFile):
        return await uploads.kept(call.sandbox, kind, given)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if str(given).startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    known = call.sandbox.files.by_id(str(given))
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known[1].kind != kind:
        raise bad_request(f"can't use file of type {known[1].kind.capitalize()} as {kind.capitalize()}")
    return known[1]


@method("getFile")
async def get_file(call: Call) -> Json:
    """https://core.telegram.org/bots/api#getfile."""
    known = call.sandbox.files.by_id(call.text("file_id"))
    if known is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    file, _ = known
    if len(file.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file.identity() | {"file_path": file.path}
