"""The errors of the Bot API, in Telegram's own words: clients recognise them by their description."""

from typing import Any


class BotApiError(Exception):
    """An answer with `ok: false`: the HTTP status, the description and, where there are any, its parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> BotApiError:
    """400: the caller's mistake."""
    return BotApiError(400, f"Bad Request: {reason}")


def unreadable(reason: str) -> BotApiError:
    """400: a text whose formatting cannot be understood."""
    return bad_request(f"can't parse entities: {reason}")


def forbidden(reason: str) -> BotApiError:
    """403: the other side does not want this bot, or not yet."""
    return BotApiError(403, f"Forbidden: {reason}")


def upgraded(new_id: int) -> BotApiError:
    """400: a basic group is a supergroup by now, with another id (https://core.telegram.org/bots/api#responseparameters)."""
    return BotApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new_id})


def conflict(reason: str) -> BotApiError:
    """409: two ways of receiving updates exclude one another."""
    return BotApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> BotApiError:
    """429: to be obeyed by waiting `seconds` before the next call."""
    return BotApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


class ControlError(Exception):
    """A mistake in a call of the control interface, with the HTTP status of the answer."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status
