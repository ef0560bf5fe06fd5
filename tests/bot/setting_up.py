"""Grace sets an event up: what she sends and taps, and what she reads."""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import count

from openpyxl import load_workbook

from bot.channels import Tap
from bot.rendering import plain_text
from bot.workbook import template
from conversations.attachments import Attachment, Kind
from conversations.buttons import Button, decode
from conversations.cues import Said, Sent, Started, Tapped
from conversations.model import Event, Language, Role
from storage import chats
from storage.chats import Chat
from tests.conversations.samples import PACK
from tests.rig import Heard, Rig

GRACE, HENRI = "77", "78"


def _with_real_contacts(pack: str) -> str:
    for mark in (r" \((?:example|exemple)\)", r"This is an example: .+?\. ", r"Ceci est un exemple\s: .+?\. "):
        pack = re.sub(mark, "", pack)
    return pack.replace("example.org", "listening.ke")


SAMPLE = _with_real_contacts(PACK.read_text(encoding="utf-8"))
REAL_CONTACT = (
    "The listeners",
    "L’écoute",
    "Call 1190, day and night.",
    "Appelez le 1190, jour et nuit.",
    "The listeners",
)
"""Name and words in both languages, and who approved them."""
_REFERENCES = count(1)


@cache
def workbook(code: str = "wca-27") -> bytes:
    """A real workbook, as /template gives it, of an event with that code."""
    known = {"start": "2026-11-10", "end": "2026-11-12", "timezone": "Africa/Dakar"}
    titles = {"title_en": "West Africa", "title_fr": "Afrique de l’Ouest"}
    contact = {"contact_en": "Ask the team.", "contact_fr": "Demandez à l’équipe."}
    return with_contacts(template.workbook(template.Basics(code=code, **titles, **known, **contact)))


def with_contacts(content: bytes) -> bytes:
    """A workbook of /template in which somebody has put real contacts in place of the examples."""
    book = load_workbook(BytesIO(content))
    for row in book["referrals"].iter_rows(min_row=2):
        for cell, words in zip(row[1:6], REAL_CONTACT, strict=True):
            cell.value = words
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()


def sample(*changes: tuple[str, str]) -> bytes:
    """The pack of the project with real contacts, and some of its words changed."""
    text = SAMPLE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


@dataclass
class Coordinator:
    """Somebody of the team with their phone."""

    rig: Rig
    address: str = GRACE

    async def joins(self, event: Event, language: Language = Language.EN) -> None:
        await self.rig.person(self.address, Started(self.rig.invite(event, Role.COORDINATOR), language))

    async def says(self, words: str) -> str:
        await self.rig.person(self.address, Said(words))
        return self.text

    async def sends(self, content: bytes, ending: str = ".xlsx", kind: Kind = Kind.DOCUMENT) -> str:
        """Send a file; what was said of it once it was read."""
        reference = f"file{next(_REFERENCES)}"
        self.rig.channel.files[reference] = content
        await self.rig.person(self.address, Sent(Attachment(kind, reference, ending)))
        await self.rig.jobs.work()
        await self.rig.delivery.idle()
        return self.text

    async def taps(self, label: str) -> str:
        """Tap the newest button that begins so; the newest words, or those of the tap's answer."""
        heard, data = next(
            (heard, key.data)
            for heard in reversed(self.heard)
            for row in heard.message.keyboard
            for key in row
            if key.label.startswith(label)
        )
        return await self.presses(decode(data), heard.id)

    async def presses(self, button: Button | None, message: str = "1") -> str:
        done = await self.rig.person(self.address, Tapped(button), Tap("1", message))
        return done.toast or self.text

    @property
    def heard(self) -> list[Heard]:
        return [each for each in self.rig.channel.heard if each.address == self.address]

    @property
    def text(self) -> str:
        return plain_text(self.heard[-1].message.paragraphs)

    @property
    def labels(self) -> list[str]:
        return [key.label for row in self.heard[-1].message.keyboard for key in row]

    @property
    def chat(self) -> Chat:
        with self.rig.engine.connect() as connection:
            found = chats.find(connection, self.rig.vault, "telegram", self.address)
        assert found is not None
        return found
