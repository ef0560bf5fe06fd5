"""Updates as Telegram writes them (Bot API, "Update"), to be varied."""

from typing import Any

Json = dict[str, Any]

AMINA: Json = {"id": 11, "is_bot": False, "first_name": "Amina", "language_code": "fr"}
PRIVATE: Json = {"id": 11, "type": "private", "first_name": "Amina"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "LSE 2026"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
ORIGIN: Json = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1_794_000_000}


def message(text: str | None = None, update: int = 1, sender: Json = AMINA, **more: Any) -> Json:
    """A message in Amina's private chat, unless `more` says otherwise."""
    fields: Json = {"message_id": 5, "date": 1_794_000_000, "from": sender, "chat": PRIVATE, **more}
    if text is not None:
        fields["text"] = text
    return {"update_id": update, "message": fields}


def in_group(text: str | None = None, **more: Any) -> Json:
    return message(text, **{"chat": GROUP, **more})


def tap(data: str | None, update: int = 1, **more: Any) -> Json:
    """A tap on a button of message 7."""
    on = {"message_id": 7, "date": 1_794_000_000, "chat": PRIVATE, "text": "Which?"}
    fields: Json = {"id": "4242", "from": AMINA, "message": on, "chat_instance": "1", **more}
    if data is not None:
        fields["data"] = data
    return {"update_id": update, "callback_query": fields}


def membership(status: str, **more: Any) -> Json:
    member = {"user": {"id": 99, "is_bot": True, "first_name": "Suivi"}, "status": status}
    change = {"chat": PRIVATE, "from": AMINA, "date": 1, "old_chat_member": {}, "new_chat_member": member, **more}
    return {"update_id": 1, "my_chat_member": change}
