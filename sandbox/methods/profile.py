"""What a bot says about itself: getMe, names and descriptions in several languages."""

from sandbox.bots import in_language
from sandbox.calls import Call
from sandbox.chats import Json
from sandbox.errors import bad_request
from sandbox.methods.commands import language_code
from sandbox.methods.registry import method

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120


@method("getMe")
async def get_me(call: Call) -> Json:
    """https://core.telegram.org/bots/api#getme."""
    return call.bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _set(call: Call, texts: dict[str, str], parameter: str, longest: int) -> bool:
    text, language = call.text(parameter).strip(), language_code(call)
    if len(text) > longest:
        raise bad_request(f"{parameter.replace('_', ' ')} is too long")
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    call.sandbox.refresh_page()
    return True


@method("setMyName")
async def set_my_name(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmyname."""
    return _set(call, call.bot.names, "name", LONGEST_NAME)


@method("getMyName")
async def get_my_name(call: Call) -> Json:
    """https://core.telegram.org/bots/api#getmyname."""
    return {"name": call.bot.name(language_code(call))}


@method("setMyDescription")
async def set_my_description(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmydescription."""
    return _set(call, call.bot.descriptions, "description", LONGEST_DESCRIPTION)


@method("getMyDescription")
async def get_my_description(call: Call) -> Json:
    """https://core.telegram.org/bots/api#getmydescription."""
    return {"description": in_language(call.bot.descriptions, language_code(call))}


@method("setMyShortDescription")
async def set_my_short_description(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmyshortdescription."""
    return _set(call, call.bot.short_descriptions, "short_description", LONGEST_SHORT_DESCRIPTION)


@method("getMyShortDescription")
async def get_my_short_description(call: Call) -> Json:
    """https://core.telegram.org/bots/api#getmyshortdescription."""
    return {"short_description": in_language(call.bot.short_descriptions, language_code(call))}
