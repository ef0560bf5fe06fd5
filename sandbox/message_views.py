"""How the page and the control interface see messages. Bots never get these forms."""

from sandbox.chats import Chat, Json, Message


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
        view["reply_to"] = {"id": replied.id, "name": replied.sender["first_name"], "text": replied.text}
    return view


def chat_messages(chat: Chat) -> list[Json]:
    """The messages of a chat, oldest first."""
    return [message_view(chat, message) for message in chat.messages.values()]
