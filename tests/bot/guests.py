"""A coordinator who invites, and people who join, in the rig: what they tap and what they read."""

from dataclasses import dataclass

from bot.channels import Rendered, RenderedFile, Tap
from bot.rendering import plain_text
from conversations.attachments import Attachment, Kind
from conversations.buttons import Button, Manage, decode
from conversations.conversation import Idle, Step
from conversations.cues import Said, Sent, Started, Tapped
from conversations.model import Language
from storage import chats, enrolments
from tests.conversations.samples import sample_event
from tests.rig import Heard, Rig

CODE = sample_event().code


@dataclass
class Someone:
    """Somebody with a phone."""

    rig: Rig
    address: str
    language: Language = Language.EN
    toast: str | None = None

    @property
    def heard(self) -> list[Heard]:
        return [each for each in self.rig.channel.heard if each.address == self.address]

    @property
    def text(self) -> str:
        """What they read last."""
        return words(self.heard[-1].message)

    @property
    def files(self) -> tuple[RenderedFile, ...]:
        return self.heard[-1].message.files

    async def start(self, code: str) -> str:
        await self.rig.person(self.address, Started(code, self.language))
        return self.text

    async def say(self, text: str) -> str:
        await self.rig.person(self.address, Said(text, self.language))
        return self.text

    async def send(self, content: bytes, ending: str = ".xlsx") -> str:
        """A file, which is read at once."""
        reference = f"file{len(self.rig.channel.files)}"
        self.rig.channel.files[reference] = content
        await self.rig.person(self.address, Sent(Attachment(Kind.DOCUMENT, reference, ending)))
        await self.rig.jobs.work()
        await self.rig.delivery.idle()
        return self.text

    async def send_again(self, content: bytes, ending: str = ".xlsx") -> str:
        """The same, after the command that asks for a list."""
        await self.say("/roster")
        return await self.send(content, ending)

    async def tap(self, label: str) -> str:
        """The newest button with that label; what they read then."""
        return await self.press(self.button(label), self.carrier(label).id)

    async def press(self, button: Button | None, message: str = "1") -> str:
        done = await self.rig.person(self.address, Tapped(button), Tap("1", message))
        self.toast = done.toast
        return self.text

    def button(self, label: str) -> Button:
        found = self._keys(self.carrier(label).message)[label]
        button = decode(found)
        assert button is not None
        return button

    def carrier(self, label: str) -> Heard:
        found = [each for each in self.heard if label in self._keys(each.message)]
        assert found, f"no button {label} under {[words(each.message) for each in self.heard[-3:]]}"
        return found[-1]

    def labels(self) -> list[str]:
        return list(self._keys(self.heard[-1].message))

    def _keys(self, message: Rendered) -> dict[str, str]:
        return {key.label: key.data for row in message.keyboard for key in row}

    async def join(self, code: str) -> str:
        """All the way, with everything agreed to; what they read in the end."""
        await self.start(code)
        return await self.go_on()

    async def go_on(self) -> str:
        while not isinstance(await self.step(), Idle):
            labels = self.labels()
            wanted = next(each for each in ("Yes to all, join", "Skip", "Yes", labels[0]) if each in labels)
            if wanted == labels[0] and self.text.startswith("What time is it"):
                return await self.say("12:00")
            await self.tap(wanted)
        return self.text

    async def step(self) -> Step:
        chat = await self.rig.thread.run(
            lambda conn: chats.find(conn, self.rig.vault, self.rig.channel.name, self.address)
        )
        assert chat is not None
        return chat.conversation.step

    async def is_in(self) -> bool:
        def look(conn: object) -> bool:
            chat = chats.find(conn, self.rig.vault, self.rig.channel.name, self.address)  # type: ignore[arg-type]
            return chat is not None and bool(enrolments.of_chat(conn, chat.id))  # type: ignore[arg-type]

        return await self.rig.thread.run(look)


def words(message: Rendered) -> str:
    return plain_text(message.paragraphs)


def code_in(text: str) -> str:
    """The code of the link in a message."""
    return text.rsplit("?start=", 1)[1].split(maxsplit=1)[0]


def forged(act: object, item: int = 0, version: int = 0, event: int = 1) -> Manage:
    return Manage(act, event, item, version)  # type: ignore[arg-type]
