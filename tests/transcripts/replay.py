"""Transcripts: Markdown files that a colleague can read, correct and extend, replayed against the whole bot.

A line that begins with one of these signs is what happens; all the rest is what came of it, and is written anew by
`pytest --update-transcripts`:

    👤 words            the person types them; `/start` opens the invitation
    👤 [label]          the person taps the newest button with that label
    👤 [label] again    the person taps the same button of the same message once more
    👤 (photo)          the person sends something that is not words
    ⏰ 3 days           that much time goes by, hour by hour or minute by minute
    👥 words            the coordinator says them in the group
    🧭 words, [label]   the coordinator types them, or taps that button, in their own chat with the bot
    ➕ 8                so many other people take part as well, of whom nothing more is told

The answers: 🤖 a new message, ✏️ a message changed in place, 💬 a passing word, 📣 a message in the group; for the
coordinator 📨 a new message, 📝 one changed in place.
Code words and the numbers of stories come by chance, and are all written alike.
"""

import re
from datetime import timedelta
from pathlib import Path

from bot.channels import Rendered, Tap
from bot.rendering import plain_text
from bot.telegram.inbound import _in_group
from conversations.buttons import decode
from conversations.cues import Said, Sent, Started, Tapped
from conversations.model import Event, Language, Role
from storage.help_requests import WORDS
from tests.audience import seat
from tests.rig import Heard, Rig

PERSON, COORDINATOR, GROUP, OTHERS = "11", "99", "-1001", 1_000
_HAPPENS = ("👤", "⏰", "👥", "🧭", "➕")
_SIGNS = {PERSON: ("🤖", "✏️"), COORDINATOR: ("📨", "📝"), GROUP: ("📣", "✏️")}
"""How a new message to each of them is marked, and one that was changed."""
_CODE_WORD = re.compile(rf"\b(?:{'|'.join(WORDS)}) \d\d\b")
_STORY = re.compile(r"\b([Ss]tory|[Rr]écit) \d{6}\b")


def _alike(words: str) -> str:
    return _STORY.sub(r"\1 482913", _CODE_WORD.sub("Baobab 27", words))


async def replay(path: Path, rig: Rig, event: Event) -> str:
    """The transcript as it would be written now."""
    lines = path.read_text(encoding="utf-8").splitlines()
    language = Language(re.search(r"^Client: (\w\w)", "\n".join(lines), re.MULTILINE)[1])  # type: ignore[index]
    head = [line for line in lines[: _first(lines)] if line.strip()]
    scribe = _Scribe(rig, event, language)
    await scribe.prepare(with_coordinator=any(line.startswith(("👥", "🧭")) for line in lines))
    written = ["\n\n".join(head)]
    written += ["\n".join([line, *await scribe.happens(line)]) for line in lines if line.startswith(_HAPPENS)]
    return "\n\n".join(written) + "\n"


def _first(lines: list[str]) -> int:
    return next(number for number, line in enumerate(lines) if line.startswith(_HAPPENS))


class _Scribe:
    def __init__(self, rig: Rig, event: Event, language: Language) -> None:
        self.rig = rig
        self.event = event
        self.language = language
        self.keyboards: dict[str, dict[str, Rendered]] = {PERSON: {}, COORDINATOR: {}}
        self.tapped: tuple[str, str] | None = None

    async def prepare(self, *, with_coordinator: bool) -> None:
        self.rig.take_in(self.event)
        if with_coordinator:
            code = self.rig.invite(self.event, Role.COORDINATOR)
            await self.rig.person(COORDINATOR, Started(code, self.language))
            self.rig.channel.heard.clear()

    async def happens(self, line: str) -> list[str]:
        sign, _, what = line.partition(" ")
        toast = None
        if sign == "⏰":
            number, unit = what.split()
            pace = timedelta(minutes=1) if unit == "minutes" else timedelta(hours=1)
            for _ in range(int(number) * {"minutes": 1, "hours": 1, "days": 24, "weeks": 168}[unit]):
                await self.rig.pass_time(pace)
        elif sign == "👥":
            cue = _in_group({"text": what})
            assert cue is not None, f"nothing happens on “{what}” in a group"
            await self.rig.group(GROUP, cue, COORDINATOR)
        elif sign == "➕":
            others = [str(OTHERS + number) for number in range(int(what))]
            seat(self.rig.engine, self.rig.vault, others, language=self.language)
        else:
            toast = await self._person(what, PERSON if sign == "👤" else COORDINATOR)
        await self.rig.scheduler.progress.look()
        await self.rig.delivery.idle()
        heard = [each for each in self.rig.channel.heard if each.address in _SIGNS]
        self.rig.channel.heard = []
        return [*([f"💬 {toast}"] if toast else []), *(text for each in heard for text in self._shown(each))]

    async def _person(self, what: str, who: str) -> str | None:
        if what.startswith("/start"):
            code = self.rig.invite(self.event) if what == "/start" else what.removeprefix("/start ").strip("()")
            await self.rig.person(who, Started(None if code == "no code" else code, self.language))
        elif what == "(photo)":
            await self.rig.person(who, Sent())
        elif what.startswith("["):
            return await self._tap(what, who)
        else:
            await self.rig.person(who, Said(what, self.language))
        return None

    async def _tap(self, what: str, who: str) -> str | None:
        label = what[1 : what.rindex("]")]
        if not what.endswith("again"):
            newest_first = sorted(self.keyboards[who].items(), key=lambda item: -int(item[0]))
            keys = [(message, key) for message, rendered in newest_first for row in rendered.keyboard for key in row]
            self.tapped = next(((message, key.data) for message, key in keys if _alike(key.label) == label), None)
        assert self.tapped is not None, f"there is no button {what}"
        message, data = self.tapped
        done = await self.rig.person(who, Tapped(decode(data)), Tap("1", message))
        return done.toast

    def _shown(self, heard: Heard) -> list[str]:
        if heard.address in self.keyboards:
            self.keyboards[heard.address][heard.id] = heard.message
        sign = _SIGNS[heard.address][heard.edit]
        text = _alike(plain_text(heard.message.paragraphs)).replace("\n", "\n> ")
        rows = [" ".join(f"[{_alike(key.label)}]" for key in row) for row in heard.message.keyboard]
        return [f"{sign}", f"> {text}", *(f"> {row}" for row in rows)]
