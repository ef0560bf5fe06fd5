"""Files and places that people send of themselves, in the crowd and in scenes: a sample of each kind."""

import random
from typing import TYPE_CHECKING

from sandbox import people, uploads
from sandbox.chats import Chat, Person
from sandbox.places import KAMPALA
from sandbox.recordings import KINDS
from sandbox.samples import sample

if TYPE_CHECKING:
    from sandbox.state import Sandbox

SENT = ("location", "photo", "document", *KINDS)
"""What people send that is no text."""


async def send(sandbox: "Sandbox", person: Person, chat: Chat, kind: str, chance: random.Random) -> None:
    """Send a sample of this kind, one of SENT; a location is near Kampala, where chance has it."""
    if kind == "location":
        people.locate(sandbox, person, chat, KAMPALA.near(chance))
        return
    file, about = sample(kind)
    people.send(sandbox, person, chat, await uploads.kept(sandbox, kind, file, about))
