"""A bot as Telegram keeps it: its identity, its texts in several languages, its commands and its updates."""

from dataclasses import dataclass, field

from sandbox.chats import Json
from sandbox.updates import UpdateQueue
from sandbox.webhook import Delivery, Webhook

Scope = tuple[str, int, int]
"""Type of a BotCommandScope, its chat and its user (0 where it has none)."""

DEFAULT_SCOPE: Scope = ("default", 0, 0)


@dataclass(slots=True)
class Bot:
    """One bot. The texts map a language code ("" for all others) to the text."""

    id: int
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    webhook: Webhook | None = None
    delivery: Delivery | None = None

    @property
    def username(self) -> str:
        """The name after the @, made from the id so that every token has its own."""
        return f"sandbox{self.id}_bot"

    def name(self, language: str = "") -> str:
        """The name that someone with this language sees."""
        return in_language(self.names, language) or "Sandbox bot"

    def user(self) -> Json:
        """The User object."""
        return {"id": self.id, "is_bot": True, "first_name": self.name(), "username": self.username}

    def commands_for(self, scopes: list[Scope], language: str) -> list[Json]:
        """The menu that a person sees: the narrowest scope wins, in it their language before the default.

        Source: https://core.telegram.org/bots/api#determining-list-of-commands
        """
        for scope in scopes:
            for code in (language, ""):
                if commands := self.commands.get((scope, code)):
                    return commands
        return []


def in_language(texts: dict[str, str], language: str) -> str:
    """The text for a language, else the one for all languages, else nothing."""
    return texts.get(language) or texts.get("", "")
