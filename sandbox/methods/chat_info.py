"""About chats: getChat, getChatMember, getChatAdministrators, leaveChat."""

from sandbox import membership
from sandbox.calls import Call
from sandbox.chats import Chat, Group, Json
from sandbox.errors import bad_request
from sandbox.methods.registry import method
from sandbox.methods.targets import known_chat

_PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getChat")
async def get_chat(call: Call) -> Json:
    """https://core.telegram.org/bots/api#getchat."""
    chat = known_chat(call)
    result = call.sandbox.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if isinstance(chat, Group):
        result["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    return result


def _group(chat: Chat) -> Group:
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    return chat


@method("getChatMember")
async def get_chat_member(call: Call) -> Json:
    """https://core.telegram.org/bots/api#getchatmember; the first member of a group is its owner."""
    chat, user_id = known_chat(call), call.integer("user_id")
    if user_id in call.sandbox.bots:
        status = chat.bots.get(user_id, "left") if isinstance(chat, Group) else "member"
        return membership.member_json(call.sandbox.bots[user_id], status)
    person = call.sandbox.people.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if not isinstance(chat, Group):
        return membership.member_json(person, "member" if chat.id == user_id else "left")
    return membership.member_json(person, chat.status_of(user_id))


@method("getChatAdministrators")
async def get_chat_administrators(call: Call) -> list[Json]:
    """https://core.telegram.org/bots/api#getchatadministrators."""
    group = _group(known_chat(call))
    statuses = {member: group.status_of(member) for member in group.members}
    administrators = [
        membership.member_json(call.sandbox.people[member], status)
        for member, status in statuses.items()
        if status in ("creator", "administrator")
    ]
    is_admin = group.bots[call.bot.id] == "administrator"
    return administrators + ([membership.member_json(call.bot, "administrator")] if is_admin else [])


@method("leaveChat")
async def leave_chat(call: Call) -> bool:
    """https://core.telegram.org/bots/api#leavechat."""
    chat = known_chat(call)
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    membership.remove_bot(call.sandbox, call.bot.user(), chat, call.bot, "left")
    return True
