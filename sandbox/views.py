"""How the page sees the sandbox. Bots never get these forms."""

from typing import TYPE_CHECKING

from sandbox.bots import Bot, Scope
from sandbox.chats import Group, Json, Person
from sandbox.message_views import chat_messages

if TYPE_CHECKING:
    from sandbox.state import Sandbox

_SHOWN = 300  # messages of a chat that the page gets at once


def snapshot(sandbox: "Sandbox") -> Json:
    """All that the page shows, to begin with or after a change of its structure."""
    bot = next(iter(sandbox.bots.values()), None)
    people = [person for person in sandbox.people.values() if person.phone]
    phones = [_person_phone(sandbox, person, bot) for person in people]
    phones += [_group_phone(sandbox, group, bot) for group in sandbox.groups.values() if group.phone]
    return {
        "type": "snapshot",
        "bot": {"id": bot.id, "username": bot.username, "name": bot.name()} if bot else None,
        "phones": phones,
        "clock": sandbox.clock_view(),
        "invitations": sandbox.invitations.view(),
        "calendar": sandbox.calendar.entries(),
        "scenes": sandbox.scenes.view(),
        "faults": sandbox.faults.view(),
        "crowd": sandbox.crowd.view() | {"offered": bool(sandbox.demo.get("crowd"))},
    }


def _person_phone(sandbox: "Sandbox", person: Person, bot: Bot | None) -> Json:
    chat = sandbox.private_chats.get((bot.id, person.id)) if bot else None
    scopes: list[Scope] = [("chat", person.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    return {
        "chat": person.id,
        "kind": "private",
        "person": {"id": person.id, "name": person.name, "language": person.language, "zone": person.zone},
        "invitation": sandbox.invitations.of(person.id),
        "title": bot.name(person.language) if bot else "",
        "about": _about(bot, person.language),
        "commands": bot.commands_for(scopes, person.language) if bot else [],
        "started": bool(chat and chat.started),
        "blocked": bool(chat and chat.blocked),
        "messages": chat_messages(chat)[-_SHOWN:] if chat else [],
    }


def _about(bot: Bot | None, language: str) -> str:
    """What an empty chat says about the bot."""
    if bot is None:
        return ""
    return bot.descriptions.get(language) or bot.descriptions.get("", "")


def _group_phone(sandbox: "Sandbox", group: Group, bot: Bot | None) -> Json:
    members = [sandbox.people[member] for member in group.members]
    language = members[0].language if members else ""
    scopes: list[Scope] = [("chat", group.id, 0), ("all_group_chats", 0, 0), ("default", 0, 0)]
    present = bot is not None and group.has_bot(bot.id)
    return {
        "chat": group.id,
        "kind": "group",
        "title": group.title,
        "basic": group.basic,
        "members": [{"id": member.id, "name": member.name, "status": group.status_of(member.id)} for member in members],
        "bot_present": present,
        "commands": bot.commands_for(scopes, language) if bot and present else [],
        "messages": chat_messages(group)[-_SHOWN:],
    }
