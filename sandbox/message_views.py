"""How the page and the control interface see messages. Bots never get these forms."""

from urllib.parse import quote

from sandbox.chats import Chat, Json, Message
from sandbox.files import Media
from sandbox.recordings import KINDS


def message_view(chat: Chat, message: Message) -> Json:
    """A message for the page and the control interface."""
    replied = chat.messages.get(message.reply_to) if message.reply_to else None
    view: Json = {
        "id": message.id,
        "from": {
            "id": message.sender["id"],
            "name": message.sender["first_name"],
            "is_bot": message.sender["is_bot"],
        },
        "date": message.date,
        **message.content,
    }
    if message.edited is not None:
        view["edited"] = message.edited
    if message.markup:
        view["markup"] = message.markup
    if replied is not None:
        view["reply_to"] = _reply_view(replied)
    if message.media:
        view |= _media_view(message.media)
    if message.poll:
        view["poll"] = message.poll.view()
    if message.reactions:
        view["reactions"] = _reactions_view(message)
    if message.silent:
        view["silent"] = True
    if "has_protected_content" in message.extra:
        view["protected"] = True
    if "message_thread_id" in message.extra:
        view["topic"] = message.extra["message_thread_id"]
    return view


def chat_messages(chat: Chat) -> list[Json]:
    """The messages of a chat, oldest first."""
    return [message_view(chat, message) for message in chat.messages.values()]


def _reply_view(replied: Message) -> Json:
    """What a quotation of the message shows: its words, or by `kind` what else it is."""
    words = replied.text or str(replied.content.get("caption", "")) or (replied.poll.question if replied.poll else "")
    kind = replied.media.kind if replied.media else "location" if "location" in replied.content else ""
    view: Json = {"id": replied.id, "name": replied.sender["first_name"], "text": words}
    return view | ({"kind": kind} if kind else {})


def _media_view(media: Media) -> Json:
    """Addresses on the page's own server, relative to the page."""
    file = media.files[-1]
    view: Json = {"url": f"sandbox/files/{file.number}"}
    if media.kind in ("photo", "video"):
        view |= {"width": file.width, "height": file.height}
    if media.kind != "photo":
        view |= {"url": f"{view['url']}/{quote(file.name)}", "name": file.name, "size": len(file.data)}
        view["type"] = file.type
    if media.kind in KINDS:
        view["duration"] = file.duration
    return {media.kind: view}


def _reactions_view(message: Message) -> list[Json]:
    """Each emoji once, with all who chose it, in the order in which they came."""
    givers: dict[str, list[int]] = {}
    for user, emoji in message.reactions.items():
        givers.setdefault(emoji, []).append(user)
    return [{"emoji": emoji, "from": users} for emoji, users in givers.items()]
