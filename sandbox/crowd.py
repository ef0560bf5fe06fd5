"""Simulated people without phones: they follow an invitation and from then on react to what the bot sends them."""

import asyncio
import random
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from sandbox import people, sending
from sandbox.chats import Chat, Json, Message, Person, PrivateChat
from sandbox.errors import ControlError
from sandbox.habits import UNCHANGED_TAPS, Answer, Habits, asks_for_text, key
from sandbox.signals import Signal

if TYPE_CHECKING:
    from sandbox.state import Sandbox

FIRST_NAMES = (
    *("Ama", "Bintou", "Chidi", "Desta", "Efua", "Farid", "Grace", "Hawa", "Issa", "Joy", "Kofi", "Lindiwe"),
    *("Mariam", "Nadia", "Oumar", "Patience", "Rokia", "Sipho", "Thandi", "Yao"),
)
# Real seconds that a person waits for the bot to answer a tap.
ANSWER_WITHIN = 10.0
STAGGER = 0.01


# A word of their own keeps a person in the talk so long: within it they go on, however much they leave unanswered.
TALK = timedelta(minutes=10)
# They join in earnest: whatever comes so soon after the bot's first message gets an answer.
JOINING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to add to the crowd."""

    name: str
    language: str
    habits: Habits
    zone: str | None = None


@dataclass(slots=True)
class Member:
    """One simulated person: what they still have to read, and the buttons they have tapped under each message."""

    person: Person
    habits: Habits
    chance: random.Random
    moods: random.Random
    unread: deque[int] = field(default_factory=deque)
    tapped: dict[int, list[str]] = field(default_factory=dict)
    attended: dict[int, bool] = field(default_factory=dict)
    met: datetime | None = None
    acted: datetime | None = None
    answered: str = ""
    changed: Signal = field(default_factory=Signal)
    task: asyncio.Task[None] | None = None


class Crowd:
    """All simulated people. Each acts alone, soon after the bot's message, as a task of the event loop."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._members: dict[int, Member] = {}
        self._changed = Signal()
        self._pauses = random.Random(0)  # noqa: S311 - only spreads them in time
        self._busy = 0
        self._events = 0
        self._settled_at = 0
        self.actions = 0

    @property
    def is_quiet(self) -> bool:
        """Whether nobody is about to do anything."""
        return self._busy == 0

    def view(self) -> Json:
        """Figures for the control interface and the page."""
        return {"people": len(self._members), "actions": self.actions, "quiet": self.is_quiet}

    def gather(self, newcomers: list[Newcomer], seed: int, bot_id: int, code: str | None) -> list[Person]:
        """Add people, who open the invitation with that code one after another; None: they wait to be led.

        The seed and a person's place in the list decide over all that is chance for them.
        """
        arrived = []
        for index, newcomer in enumerate(newcomers):
            person = self._sandbox.add_person(newcomer.name, newcomer.language, simulated=True, zone=newcomer.zone)
            chance, moods = (random.Random(f"{seed}:{index}{of}") for of in ("", ":moods"))  # noqa: S311 - no secret
            member = Member(person, newcomer.habits, chance, moods)
            self._members[person.id] = member
            chat = self._sandbox.private_chat(bot_id, person.id)
            if code is not None:
                self._begin(member, self._arrive(member, chat, code, index * STAGGER))
            arrived.append(person)
        return arrived

    def names(self, count: int, seed: int) -> list[str]:
        """First names for that many more people."""
        begin = seed + len(self._members)
        return [FIRST_NAMES[(begin + index) % len(FIRST_NAMES)] for index in range(count)]

    def member(self, person_id: int) -> Member:
        """Somebody of the crowd.

        Raises:
            ControlError: 404, nobody in the crowd has this id.
        """
        if person_id not in self._members:
            raise ControlError(f"nobody in the crowd has the id {person_id}", 404)
        return self._members[person_id]

    def disperse(self) -> None:
        """Send everybody home."""
        for member in self._members.values():
            if member.task is not None:
                member.task.cancel()
        self._members.clear()
        self.actions = 0
        # Whoever waits for them to settle need not any more.
        self._events += 1
        self._changed.notify()

    def noticed(self, chat: Chat, message: Message) -> None:
        """A message was sent or edited; those in the crowd who get it will react."""
        member = self._members.get(chat.id)
        if member is None or not isinstance(chat, PrivateChat) or not message.sender["is_bot"]:
            return
        member.met = member.met or self._sandbox.clock.now()
        if message.id not in member.unread:
            member.unread.append(message.id)
        self._note(member)
        if member.task is None:
            self._begin(member, self._read(member, chat))

    def answer_to(self, person_id: int, callback_id: str) -> None:
        """The bot answered somebody's tap."""
        if member := self._members.get(person_id):
            member.answered = callback_id
            self._note(member)

    async def settle(self, within: float) -> bool:
        """Wait until everybody is quiet and the bot has nothing more to say to them.

        Returns whether anybody did anything meanwhile. Gives up after `within` real seconds in which nothing happened.
        """
        if not self._members:
            return False
        before = self.actions
        while self._members and self._settled_at != self._events:
            events, at_rest = seen = self._now()
            patience = self._silence() if at_rest else within
            if not await self._changed.until(lambda seen=seen: self._now() != seen, patience):  # type: ignore[misc]
                self._settled_at = events
        return self.actions != before

    def _is_at_rest(self) -> bool:
        return self.is_quiet and not any(bot.updates.pending for bot in self._sandbox.bots.values())

    def _now(self) -> tuple[int, bool]:
        return self._events, self._is_at_rest()

    def _silence(self) -> float:
        pace = self._sandbox.pace
        return pace.crowd_silence if self._sandbox.agenda.seen is None else pace.followed_silence

    def look_again(self) -> None:
        """A bot acknowledged updates: it may be at rest now."""
        self._changed.notify()

    def _note(self, member: Member) -> None:
        self._events += 1
        member.changed.notify()
        self._changed.notify()

    def _begin(self, member: Member, work: Coroutine[None, None, None]) -> None:
        self._busy += 1
        member.task = asyncio.get_running_loop().create_task(work)
        member.task.add_done_callback(lambda task: self._ended(member, task))

    def _ended(self, member: Member, task: asyncio.Task[None]) -> None:
        self._busy -= 1
        member.task = None
        self._note(member)
        self._sandbox.show_crowd()
        if not task.cancelled() and (error := task.exception()):
            raise error

    async def _arrive(self, member: Member, chat: PrivateChat, code: str, delay: float) -> None:
        await asyncio.sleep(delay)
        self._acted(member)
        people.start(self._sandbox, member.person, chat, code)
        await self._read(member, chat)

    async def _read(self, member: Member, chat: PrivateChat) -> None:
        """React to everything unread, in order."""
        while member.unread:
            await asyncio.sleep(self._sandbox.pace.crowd_pause * self._pauses.uniform(0.5, 1.5))
            await self._react(member, chat, member.unread.popleft())

    async def _react(self, member: Member, chat: PrivateChat, message_id: int) -> None:
        for _ in range(UNCHANGED_TAPS):
            message = chat.messages.get(message_id)
            if message is None or chat.blocked or not _is_for(member, message):
                return
            if not self._attends(member, message_id):
                return
            answer, button = _reaction(member, message)
            if button is None:
                await self._utter(member, chat, answer)
                return
            member.tapped.setdefault(message_id, []).append(key(button))
            self._acted(member)
            result = people.press(self._sandbox, member.person, chat, message, button)
            if await self._something_followed(member, chat, message, result):
                return

    async def _utter(self, member: Member, chat: PrivateChat, answer: Answer) -> None:
        """Type or send, where the person does either."""
        if answer.send:
            await sending.send(self._sandbox, member.person, chat, answer.send, member.chance)
        elif answer.type:
            people.say(self._sandbox, member.person, chat, answer.type)
        else:
            return
        self._acted(member)

    def _attends(self, member: Member, message_id: int) -> bool:
        """Whether the person reacts to this message: always in the middle of a talk, else as diligent as they are."""
        now = self._sandbox.clock.now()
        talks = member.acted is not None and now - member.acted < TALK
        joins = member.met is not None and now - member.met < JOINING
        if talks or joins:
            return True
        if message_id not in member.attended:
            member.attended[message_id] = member.moods.random() < member.habits.diligence
        return member.attended[message_id]

    async def _something_followed(self, member: Member, chat: PrivateChat, message: Message, result: Json) -> bool:
        """Wait for what a tap brings about; tells whether the chat has changed."""

        def changed() -> bool:
            return bool(member.unread) or chat.messages.get(message.id) is not message

        callback = result.get("callback_query_id", "")
        await member.changed.until(lambda: changed() or member.answered == callback, ANSWER_WITHIN)
        return await member.changed.until(changed, self._sandbox.pace.crowd_silence)

    def _acted(self, member: Member) -> None:
        member.acted = self._sandbox.clock.now()
        self.actions += 1
        self._events += 1
        self._changed.notify()


def _is_for(member: Member, message: Message) -> bool:
    """Whether the message wants something of the person."""
    if member.habits.leaves(message):
        return False
    return bool(people.buttons(message)) or asks_for_text(message) or member.habits.sends_for(message)


def _reaction(member: Member, message: Message) -> tuple[Answer, Json | None]:
    """Which button to tap; where there is none, what to type or send, if anything."""
    habits, tapped = member.habits, member.tapped.get(message.id, [])
    if (found := habits.answer_to(message)) is not None:
        answer, button = found
        if button is None or key(button) not in tapped:
            return answer, button
    button = habits.choice(message, tapped, member.chance)
    if button is None and habits.has_to_write(message, tapped):
        return Answer(type=member.chance.choice(habits.texts)), None
    return Answer(), button


def invitation(sandbox: "Sandbox", link: str) -> tuple[int, str]:
    """The bot and the code of a deep link such as https://t.me/BOT?start=CODE.

    Raises:
        ControlError: the link is no deep link, or 404 when its bot has not called here.
    """
    parts = urlsplit(link)
    code = parse_qs(parts.query).get("start", [""])[0]
    username = parts.path.strip("/").lower()
    if parts.netloc not in ("t.me", "telegram.me") or not username:
        raise ControlError(f"this is no invitation: {link!r} (https://t.me/BOT?start=CODE)")
    for bot in sandbox.bots.values():
        if bot.username.lower() == username:
            return bot.id, code
    raise ControlError(f"no bot here is called @{username}", 404)
