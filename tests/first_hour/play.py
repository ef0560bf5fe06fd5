"""The hour in one language: what is done on the page, and what the bot says, told as Markdown."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Locator

from conversations.messages import phrase, short
from conversations.model import Language
from conversations.roles import Act, command_of
from locales.phrases import say
from tests.first_hour.reader import PATIENCE, Json, Reader
from tests.first_hour.words import WORDS

_CODE = re.compile(r"(start=|/start )[\w-]+")
_SIGN = re.compile(r"\b[A-Z2-7]{4}\b(?= (?:stopped|a arrêté|a suspendu))")
"""What is made by chance, and is told as one and the same."""


@dataclass
class Hour:
    """`pictures` is where screenshots go, None for none; `phones` are the chats on the page by their owners' names."""

    reader: Reader
    language: Language
    folder: Path
    pictures: Path | None = None
    phones: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    _seen: dict[tuple[int, int], str] = field(default_factory=dict)
    _drawn: int = 0

    # In the words of the bot

    def button(self, msgid: str, context: str = "button") -> str:
        return say(short(context, msgid), self.language)

    def phrase(self, msgid: str, **values: str) -> str:
        return say(phrase(msgid, **values), self.language)

    def command(self, act: Act) -> str:
        return command_of(act, french=self.language is Language.FR)

    def either(self, english: str, french: str) -> str:
        return french if self.language is Language.FR else english

    # Telling it

    def heading(self, name: str) -> None:
        number = sum(line.startswith("## ") for line in self.told) + 1
        self.told += [f"## {number}. {self.words(name)}", self.words(f"{name}_why")]

    def words(self, name: str) -> str:
        return WORDS[name].in_language(self.language)

    async def tell(self, owner: str) -> None:
        """What is new on that phone, or has changed."""
        for message in await self.reader.messages(self.phones[owner]):
            key, shown = (self.phones[owner], message["id"]), _shown(message)
            if self._seen.get(key) != shown and shown:
                self._seen[key] = shown
                lines = "\n".join(f"> {line}".rstrip() for line in shown.splitlines())
                self.told.append(f"**{message['from']['name']}**\n{lines}")

    async def picture(self, owner: str) -> None:
        """The phone as it is seen now."""
        self._drawn += 1
        name = f"first-hour-{self.language}-{self._drawn}.png"
        if self.pictures is not None:
            await self.reader.picture(self.pictures / name)
        self.told.append(f"![{self.words('picture')}](pictures/{name})")

    # Doing it

    def phone(self, owner: str) -> Locator:
        return self.reader.phone(self.phones[owner])

    async def hold(self, owner: str) -> None:
        await self.reader.hold(self.phones[owner])

    async def says(self, words: str, answer: str, owner: str = "Nadia") -> None:
        await self.reader.say(self.phones[owner], words)
        await self._heard(owner, answer)
        await self.tell(owner)

    async def taps(self, label: str, answer: str, owner: str = "Nadia") -> None:
        await self.reader.tap(self.phones[owner], label)
        await self._heard(owner, answer)
        await self.tell(owner)

    async def _heard(self, owner: str, answer: str) -> None:
        """Wait for a message that is new, or has changed, with these words or this button in it."""
        for _ in range(PATIENCE // 100):
            for message in await self.reader.messages(self.phones[owner]):
                shown = _shown(message)
                if answer in shown and self._seen.get((self.phones[owner], message["id"])) != shown:
                    return
            await self.reader.page.wait_for_timeout(100)
        raise AssertionError(f"nothing on the phone of {owner} says {answer}")

    async def sends(self, file: Path, answer: str) -> None:
        await self.reader.send(self.phones["Nadia"], file)
        await self._heard("Nadia", answer)
        await self.tell("Nadia")


def _shown(message: Json) -> str:
    text = _SIGN.sub("QK7F", _CODE.sub(r"\1…", message.get("text") or message.get("caption") or ""))
    if "document" in message:
        text = f"📄 {message['document']['name']}"
    elif "photo" in message:
        text = "🖼"
    rows = (message.get("markup") or {}).get("inline_keyboard") or []
    return "\n".join([text, *(" ".join(f"[{key['text']}]" for key in row) for row in rows)]).strip()
