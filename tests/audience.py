"""An event with many people in it, made at once, and coordinators who tap: for tests of broadcasts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from bot.channels import Tap
from bot.rendering import plain_text
from conversations.buttons import Button, decode
from conversations.cues import Said, Sent, Started, Tapped
from conversations.marks import Mark
from conversations.model import Event, Language, Purpose, Question, QuestionType, Role
from storage import tables
from storage.states import ChatKind
from storage.vault import Vault
from tests.conversations.samples import both, choices, event_with, survey
from tests.rig import Heard, Rig

JOINED = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
ANNOUNCEMENT = "You have a new message."
_numbers = count(1_000)


def event() -> Event:
    """A live event without a schedule, with a country and a kind of organisation to choose people by."""
    country = Question(
        "country",
        QuestionType.SELECT_ONE,
        both("Country?", "Pays ?"),
        choices=choices(ke=("Kenya", "Kenya"), tg=("Togo", "Togo")),
    )
    kind = Question(
        "kind",
        QuestionType.SELECT_ONE,
        both("Organisation?", "Organisation ?"),
        choices=choices(cbo=("Community-based", "Communautaire"), ngo=("NGO", "ONG")),
    )
    asked = Question("fine", QuestionType.SELECT_ONE, both("Fine?"), choices=choices(yes=("Yes", "Oui")))
    return event_with(surveys=(survey(asked),), profile=(country, kind), start=date(2026, 11, 2), end=date(2026, 11, 6))


def people(rig: Rig, number: int, **state: Any) -> list[str]:
    """So many people of that event, in the state that `seat` tells; gives their addresses."""
    addresses = [str(next(_numbers)) for _ in range(number)]
    seat(rig.engine, rig.vault, addresses, **state)
    return addresses


def seat(
    engine: Engine,
    vault: Vault,
    addresses: Sequence[str],
    *,
    language: Language | Callable[[int], Language] = Language.EN,
    zone: str | None = "Africa/Nairobi",
    profile: dict[str, str] | None = None,
    left: bool = False,
    reachable: bool = True,
    consented: bool = True,
    paused_until: datetime | None = None,
    joined: datetime = JOINED,
    answered: bool = False,
) -> None:
    """People with these addresses take part in the only event, as if they had joined in their chats."""
    keys = [vault.new_key() for _ in addresses]
    with engine.begin() as connection:
        event_id = connection.scalar(select(tables.events.c.id))
        revision = connection.scalar(select(tables.revisions.c.id))
        for place, (address, key) in enumerate(zip(addresses, keys, strict=True)):
            chat = connection.execute(
                insert(tables.chats).returning(tables.chats.c.id),
                {
                    "key_id": key,
                    "channel": "telegram",
                    "kind": ChatKind.PRIVATE,
                    "lookup": vault.lookup("telegram", address),
                    "address": vault.seal(key, address, "address"),
                    "language": language if isinstance(language, Language) else language(place),
                    "zone": zone,
                    "serial": 1,
                    "reachable": reachable,
                    "paused_until": paused_until,
                },
            ).scalar_one()
            enrolment = connection.execute(
                insert(tables.enrolments).returning(tables.enrolments.c.id),
                {
                    "chat_id": chat,
                    "event_id": event_id,
                    "revision_id": revision,
                    "joined_at": joined,
                    "left_at": JOINED if left else None,
                },
            ).scalar_one()
            if consented:
                given = {"enrolment_id": enrolment, "purpose": Purpose.SURVEYS, "given_at": joined}
                connection.execute(insert(tables.consents), given)
            for question, choice in (profile or {}).items():
                told = {"enrolment_id": enrolment, "question": question, "choice": choice}
                connection.execute(insert(tables.profile_answers), told)
            if answered:
                _answer(connection, chat, enrolment, event_id, revision)


def _answer(connection: Connection, chat: int, enrolment: int, event_id: int | None, revision: int | None) -> None:
    plan = connection.execute(
        insert(tables.plans).returning(tables.plans.c.id),
        {
            "chat_id": chat,
            "event_id": event_id,
            "kind": "survey",
            "name": "after",
            "occurrence": 0,
            "due_at": JOINED,
            "planned_at": JOINED,
            "revision_id": revision,
            "state": "sent",
            "reason": "sent",
            "settled_at": JOINED,
        },
    ).scalar_one()
    response = {
        "plan_id": plan,
        "enrolment_id": enrolment,
        "revision_id": revision,
        "survey": "after",
        "started_at": JOINED,
        "completed_at": JOINED,
    }
    connection.execute(insert(tables.responses), response)


@dataclass
class Coordinator:
    """Somebody who coordinates the event, and what they see."""

    rig: Rig
    address: str
    language: Language = Language.EN

    async def arrive(self) -> None:
        code = self.rig.invite(event(), Role.COORDINATOR)
        await self.rig.person(self.address, Started(code, self.language))

    @property
    def heard(self) -> list[Heard]:
        return [each for each in self.rig.channel.heard if each.address == self.address]

    def screen(self) -> dict[str, Heard]:
        """Every message as it is now, by its id, in the order of their coming."""
        shown: dict[str, Heard] = {}
        for each in self.heard:
            shown[each.id] = each
        return shown

    @property
    def last(self) -> str:
        """What the newest message, or the newest change of one, says."""
        return text(self.heard[-1])

    async def say(self, words: str, *marks: Mark) -> str:
        await self.rig.person(self.address, Said(words, self.language, marks))
        return self.last

    async def send(self, file: Any) -> str:
        await self.rig.person(self.address, Sent(file))
        return self.last

    def button(self, label: str) -> tuple[str, Button | None]:
        """The message and the meaning of the newest button that begins or ends so."""
        for heard in reversed(self.screen().values()):
            for row in heard.message.keyboard:
                for key in row:
                    words = key.label.removeprefix("☐ ").removeprefix("☑ ")
                    if words.startswith(label) or words.endswith(label):
                        return heard.id, decode(key.data)
        raise AssertionError(f"no button {label!r} on {[labels(each) for each in self.screen().values()]}")

    async def press(self, button: Button | None, message: str = "1") -> str | None:
        """Tap it; gives the passing word in answer."""
        done = await self.rig.person(self.address, Tapped(button), Tap("1", message))
        return done.toast

    async def tap(self, *names: str) -> str | None:
        toast = None
        for each in names:
            message, button = self.button(each)
            toast = await self.press(button, message)
        return toast

    async def write(self, english: str = "Hello", french: str = "Bonjour") -> None:
        """A draft in both languages."""
        await self.say("/broadcast")
        await self.tap("New broadcast")
        await self.say(english)
        await self.say(french)

    async def confirm(self) -> str | None:
        """Send the draft that was written last."""
        return await self.tap("Preview and send", "Send it…", "Yes, send it")


def text(heard: Heard) -> str:
    return plain_text(heard.message.paragraphs)


def labels(heard: Heard) -> list[str]:
    return [key.label for row in heard.message.keyboard for key in row]


def received(rig: Rig, address: str) -> list[str]:
    """What reached that person in new messages, in order."""
    return [text(each) for each in rig.channel.heard if each.address == address and not each.edit]


async def sent_off(rig: Rig) -> None:
    """The minute goes by, and what is due leaves."""
    await rig.pass_time(timedelta(seconds=61))
    await rig.scheduler.progress.look()
    await rig.delivery.idle()
