"""Keyboards under messages: what Telegram accepts. Source: https://core.telegram.org/bots/api#inlinekeyboardmarkup."""

from sandbox.chats import Json, JsonValue
from sandbox.errors import bad_request

MAX_BUTTONS_IN_ROW = 8
MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64

# What an inline button may do: exactly one of these.
_ACTIONS = frozenset(
    {
        *("url", "callback_data", "web_app", "login_url", "copy_text", "callback_game", "pay"),
        *("switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"),
    }
)

# What keys of a keyboard may ask of people where nobody else looks on.
_PRIVATE = {"request_contact": "phone number", "request_location": "location", "request_poll": "poll"}


def checked_markup(raw: JsonValue, *, inline_only: bool = False, private: bool = True) -> Json | None:
    """The markup without empty fields, or None where there is no keyboard; `private` tells what chat it is for.

    Raises:
        BotApiError: 400, when Telegram would refuse it.
    """
    if raw is None or raw == {}:
        return None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    markup: Json = _without_nulls(raw)
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline keyboard")
        keyboard = [[_inline_button(button) for button in row] for row in rows]
        return {"inline_keyboard": keyboard} if keyboard else None
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], "keyboard")
        return {**markup, "keyboard": [[_reply_button(button, private=private) for button in row] for row in rows]}
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    return None


def _without_nulls(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


def _rows(raw: JsonValue, kind: str) -> list[list[JsonValue]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad_request(f"can't parse {kind}: Expected an Array of Arrays of buttons")
    rows = [row for row in raw if row]
    if any(len(row) > MAX_BUTTONS_IN_ROW for row in rows) or sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(raw: JsonValue) -> Json:
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str) or not raw["text"].strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    actions = raw.keys() & _ACTIONS
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = raw.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode("utf-8")) <= MAX_CALLBACK_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in raw and not str(raw["url"]).startswith(("http://", "https://", "tg://", "t.me/")):
        raise bad_request(f"inline keyboard button URL '{raw['url']}' is invalid: Wrong HTTP URL")
    return raw


def _reply_button(raw: JsonValue, *, private: bool) -> Json:
    button = {"text": raw} if isinstance(raw, str) else raw
    if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    for field, wanted in _PRIVATE.items():
        if button.get(field) and not private:
            raise bad_request(f"{wanted} can be requested in private chats only")
    return button
