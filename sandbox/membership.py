"""Who belongs to a chat: joining, leaving, ranks, bots in groups, blocking, deleted accounts, upgraded groups."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.bots import Bot
from sandbox.chats import Chat, Group, Json, Person, PrivateChat
from sandbox.errors import ControlError
from sandbox.posting import bots_in, require_access, write

if TYPE_CHECKING:
    from sandbox.state import Sandbox

# In whose name a supergroup says where it came from: https://core.telegram.org/bots/api#message, `sender_chat`.
_ANONYMOUS: Json = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_RIGHTS = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_change_info"),
    *("can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories", "can_pin_messages"),
)


def member_json(bot_or_person: Bot | Person, status: str) -> Json:
    """The ChatMember object (https://core.telegram.org/bots/api#chatmember)."""
    member: Json = {"status": status, "user": bot_or_person.user()}
    if status == "kicked":
        return member | {"until_date": 0}
    if status == "creator":
        return member | {"is_anonymous": False}
    if status == "administrator":
        rights = dict.fromkeys(_RIGHTS, True)
        return member | {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False} | rights
    return member


def set_blocked(sandbox: "Sandbox", person: Person, chat: PrivateChat, *, blocked: bool) -> None:
    """Block the bot or unblock it; the bot is told, if it is news.

    Raises:
        ControlError: 409, the account of the person was deleted.
    """
    if sandbox.person(person.id).deactivated:
        raise ControlError(f"the account of {person.name} was deleted", 409)
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    _tell(sandbox, chat, person.user(), sandbox.bot(chat.bot_id), before, after)
    sandbox.refresh_page()


def deactivate(sandbox: "Sandbox", person: Person) -> Person:
    """Delete somebody's account: nothing reaches them any more, and no bot is told."""
    gone = replace(person, deactivated=True)
    sandbox.people[person.id] = gone
    for chat in sandbox.private_chats.values():
        if chat.id == person.id:
            chat.blocked = True
    sandbox.refresh_page()
    return gone


def join(sandbox: "Sandbox", person: Person, group: Group) -> None:
    """Join a group, for the first time or again.

    Raises:
        ControlError: 409, the group was upgraded, or the account was deleted.
    """
    _require_present(group)
    if person.deactivated:
        raise ControlError(f"the account of {person.name} was deleted", 409)
    if person.id in group.members:
        return
    before = group.status_of(person.id)
    group.banned.discard(person.id)
    group.members.append(person.id)
    _tell(sandbox, group, person.user(), person, before, group.status_of(person.id))
    write(sandbox, person.user(), group, {"new_chat_members": [person.user()]})
    sandbox.refresh_page()


def leave(sandbox: "Sandbox", person: Person, group: Group) -> None:
    """Leave a group by oneself.

    Raises:
        ControlError: 403, the person is not in it.
    """
    require_access(sandbox, person, group)
    _take_out(sandbox, person.user(), person, group)


def remove(sandbox: "Sandbox", person: Person, group: Group) -> None:
    """The owner takes somebody out of a group; out of a supergroup that is a ban, until they are let in again.

    Raises:
        ControlError: 403 when the person is not in the group, 409 when they own it.
    """
    require_access(sandbox, person, group)
    owner = _owner(sandbox, group)
    if owner.id == person.id:
        raise ControlError("nobody can remove the owner of a group", 409)
    if not group.basic:
        group.banned.add(person.id)
    _take_out(sandbox, owner.user(), person, group)


def _take_out(sandbox: "Sandbox", actor: Json, person: Person, group: Group) -> None:
    before = group.status_of(person.id)
    group.members.remove(person.id)
    group.administrators.discard(person.id)
    _tell(sandbox, group, actor, person, before, group.status_of(person.id))
    write(sandbox, actor, group, {"left_chat_member": person.user()})
    sandbox.refresh_page()


def promote(sandbox: "Sandbox", person: Person, group: Group, *, administrator: bool) -> None:
    """The owner makes somebody an administrator, or an ordinary member again.

    Raises:
        ControlError: 403 when the person is not in the group, 409 when they own it.
    """
    require_access(sandbox, person, group)
    owner = _owner(sandbox, group)
    if owner.id == person.id:
        raise ControlError("the owner of a group is more than an administrator", 409)
    before = group.status_of(person.id)
    (group.administrators.add if administrator else group.administrators.discard)(person.id)
    after = group.status_of(person.id)
    if before != after:
        _tell(sandbox, group, owner.user(), person, before, after)
        sandbox.refresh_page()


def add_bot(sandbox: "Sandbox", person: Person, group: Group, bot: Bot, *, administrator: bool) -> None:
    """Put a bot into a group, or change its rank there.

    Raises:
        ControlError: 409, the group was upgraded.
    """
    _require_present(group)
    status = "administrator" if administrator else "member"
    before = group.bots.get(bot.id, "left")
    if before == status:
        return
    group.bots[bot.id] = status
    _tell(sandbox, group, person.user(), bot, before, status)
    if before in ("left", "kicked"):
        write(sandbox, person.user(), group, {"new_chat_members": [bot.user()]})
    sandbox.refresh_page()


def remove_bot(sandbox: "Sandbox", actor: Json, group: Group, bot: Bot, status: str) -> None:
    """Take a bot out of a group: `status` is "kicked" by a member, or "left" when it goes by itself.

    Raises:
        ControlError: 409, the group was upgraded.
    """
    _require_present(group)
    before = group.bots.get(bot.id, "left")
    if before not in ("member", "administrator"):
        return
    group.bots[bot.id] = status
    write(sandbox, actor, group, {"left_chat_member": bot.user()})
    _tell(sandbox, group, actor, bot, before, status)
    sandbox.refresh_page()


def migrate(sandbox: "Sandbox", group: Group) -> Group:
    """Upgrade a basic group to a supergroup, which has another id and counts its messages anew.

    The old chat ends with `migrate_to_chat_id`, the new one begins with `migrate_from_chat_id`; every later call about
    the old one is refused. Source: https://core.telegram.org/bots/api#responseparameters.

    Raises:
        ControlError: 409, it is a supergroup already, was upgraded before, or has nobody in it.
    """
    if not group.basic or group.upgraded_to is not None:
        raise ControlError("only a basic group can be upgraded, and only once", 409)
    owner = _owner(sandbox, group)
    new = sandbox.add_group(group.title, group.members, phone=group.phone)
    new.administrators, new.bots = set(group.administrators), dict(group.bots)
    write(sandbox, owner.user(), group, {"migrate_to_chat_id": new.id})
    group.upgraded_to, group.phone = new.id, False
    write(sandbox, _ANONYMOUS, new, {"sender_chat": new.chat(), "migrate_from_chat_id": group.id})
    sandbox.refresh_page()
    return new


def _require_present(group: Group) -> None:
    if group.upgraded_to is not None:
        raise ControlError(f"this group has become the supergroup {group.upgraded_to}", 409)


def _owner(sandbox: "Sandbox", group: Group) -> Person:
    if not group.members:
        raise ControlError("this group has no members", 409)
    return sandbox.people[group.members[0]]


def _tell(sandbox: "Sandbox", chat: Chat, actor: Json, subject: Bot | Person, before: str, after: str) -> None:
    """Announce what became of a member: to the bot that it is about, else to the bots that administer the group.

    Sources: `my_chat_member` and `chat_member` of https://core.telegram.org/bots/api#update.
    """
    content: Json = {
        "chat": sandbox.chat_json(chat),
        "from": actor,
        "date": sandbox.clock.unix(),
        "old_chat_member": member_json(subject, before),
        "new_chat_member": member_json(subject, after),
    }
    if isinstance(subject, Bot):
        sandbox.deliver(subject, "my_chat_member", content)
    if not isinstance(chat, Group):
        return
    for bot in bots_in(sandbox, chat):
        if bot is not subject and chat.bots[bot.id] == "administrator":
            sandbox.deliver(bot, "chat_member", content)
