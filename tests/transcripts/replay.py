"""Transcripts: Markdown files that a colleague can read, correct and extend, replayed against the whole bot.

A line that begins with one of these signs is what happens; all the rest is what came of it, and is written anew by
`pytest --update-transcripts`:

    👤 words            the person types them; `/start` opens the invitation
    👤 [label]          the person taps the newest button with that label
    👤 [label] again    the person taps the same button of the same message once more
    👤 (photo)          the person sends something that is not words
    ⏰ 3 days           that much time goes by, hour by hour
    👥 words            the coordinator says them in the group
    👩 words, 👩 [label] the coordinator types or taps in their own chat

The answers: 🤖 a new message, ✏️ a message changed in place, 💬 a passing word, 📣 a message in the group; with 👩 in
the coordinator's chat. Code words come by chance, and are all written alike.
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
from tests.rig import Heard, Rig

PERSON, COORDINATOR, GROUP = "11", "99", "-1001"
_HAPPENS = ("👤", "⏰", "👥", "👩")
_CODE_WORD = re.compile(rf"\b(?:{'|'.join(WORDS)}) \d\d\b")


async def replay(path: Path, rig: Rig, event: Event) -> str:
    """The transcript as it would be written now."""
    lines = path.read_text(encoding="utf-8").splitlines()
    language = Language(re.search(r"^Client: (\w\w)", "\n".join(lines), re.MULTILINE)[1])  # type: ignore[index]
    head = [line for line in lines[: _first(lines)] if line.strip()]
    scribe = _Scribe(rig, event, language)
    await scribe.prepare(with_coordinator=any(line.startswith(("👥", "👩")) for line in lines))
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
            hours = int(number) * {"hours": 1, "days": 24, "weeks": 168}[unit]
            for _ in range(hours):
                await self.rig.pass_time(timedelta(hours=1))
        elif sign == "👥":
            cue = _in_group({"text": what})
            assert cue is not None, f"nothing happens on “{what}” in a group"
            await self.rig.group(GROUP, cue, COORDINATOR)
        else:
            toast = await self._person(what, COORDINATOR if sign == "👩" else PERSON)
        heard, self.rig.channel.heard = self.rig.channel.heard, []
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
            self.tapped = next(((message, key.data) for message, key in keys if key.label == label), None)
        assert self.tapped is not None, f"there is no button {what}"
        message, data = self.tapped
        done = await self.rig.person(who, Tapped(decode(data)), Tap("1", message))
        return done.toast

    def _shown(self, heard: Heard) -> list[str]:
        if heard.address in self.keyboards:
            self.keyboards[heard.address][heard.id] = heard.message
        sign = "✏️" if heard.edit else "📣" if heard.address == GROUP else "🤖"
        sign = f"{sign} 👩" if heard.address == COORDINATOR else sign
        text = _CODE_WORD.sub("Baobab 27", plain_text(heard.message.paragraphs)).replace("\n", "\n> ")
        rows = [" ".join(f"[{key.label}]" for key in row) for row in heard.message.keyboard]
        return [f"{sign}", f"> {text}", *(f"> {row}" for row in rows)]
