"""The menu of commands: setMyCommands, getMyCommands, deleteMyCommands."""

import re

from sandbox.bots import DEFAULT_SCOPE, Scope
from sandbox.calls import Call
from sandbox.chats import Json, JsonValue
from sandbox.errors import bad_request
from sandbox.methods.registry import method

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@method("setMyCommands")
async def set_my_commands(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmycommands."""
    raw = call.structure("commands")
    if not isinstance(raw, list):
        raise bad_request("can't parse commands JSON object")
    if len(raw) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope(call), language_code(call)] = [_command(command) for command in raw]
    call.sandbox.refresh_page()
    return True


@method("getMyCommands")
async def get_my_commands(call: Call) -> list[Json]:
    """https://core.telegram.org/bots/api#getmycommands: those of exactly this scope and language."""
    return call.bot.commands.get((_scope(call), language_code(call)), [])


@method("deleteMyCommands")
async def delete_my_commands(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands."""
    call.bot.commands.pop((_scope(call), language_code(call)), None)
    call.sandbox.refresh_page()
    return True


def language_code(call: Call) -> str:
    """The language a text is for, empty for all others.

    Raises:
        BotApiError: 400, it has not two letters.
    """
    code = call.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _command(raw: JsonValue) -> Json:
    name = str(raw.get("command", "")).removeprefix("/") if isinstance(raw, dict) else ""
    description = str(raw.get("description", "")) if isinstance(raw, dict) else ""
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _scope(call: Call) -> Scope:
    raw = call.structure("scope")
    if not raw:
        return DEFAULT_SCOPE
    kind = raw.get("type") if isinstance(raw, dict) else None
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    try:
        numbers = [int(raw[name]) for name in _SCOPES[kind]]
    except (KeyError, ValueError, TypeError) as error:
        raise bad_request("chat not found") from error
    chat_id, user_id, *_ = [*numbers, 0, 0]
    return str(kind), chat_id, user_id
