"""Simulated people without phones: they follow an invitation and from then on react to what the bot sends them."""

import asyncio
import random
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from sandbox import people
from sandbox.chats import Chat, Json, Message, Person, PrivateChat
from sandbox.errors import ControlError
from sandbox.signals import Signal

if TYPE_CHECKING:
    from sandbox.state import Sandbox

FIRST_NAMES = (
    *("Ama", "Bintou", "Chidi", "Desta", "Efua", "Farid", "Grace", "Hawa", "Issa", "Joy", "Kofi", "Lindiwe"),
    *("Mariam", "Nadia", "Oumar", "Patience", "Rokia", "Sipho", "Thandi", "Yao"),
)
# A keyboard that stays as it is after a tap gets so many more; one that changes with each tap gets the larger number.
UNCHANGED_TAPS = 4
TAPS_ON_ONE_MESSAGE = 24
# After so many taps on one message a person takes its last button: below a list of boxes, that is the way on.
TAPS_BEFORE_THE_LAST = 12
# Real seconds that a person waits for the bot to answer a tap.
ANSWER_WITHIN = 10.0
STAGGER = 0.01


@dataclass(frozen=True, slots=True)
class Habits:
    """How simulated people behave: the button texts they never tap, and what they type when they have to write."""

    avoid: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ("Thank you",)


@dataclass(slots=True)
class Member:
    """One simulated person: what they still have to read, and the buttons they have tapped under each message."""

    person: Person
    habits: Habits
    chance: random.Random
    unread: deque[int] = field(default_factory=deque)
    tapped: dict[int, list[str]] = field(default_factory=dict)
    answered: str = ""
    changed: Signal = field(default_factory=Signal)
    task: asyncio.Task[None] | None = None


class Crowd:
    """All simulated people. Each acts alone, soon after the bot's message, as a task of the event loop."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._members: dict[int, Member] = {}
        self._changed = Signal()
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

    def gather(self, count: int, seed: int, link: str, habits: Habits, languages: list[str]) -> list[Person]:
        """Add people who open the invitation `link` one after another.

        Raises:
            ControlError: the link is no deep link.
        """
        bot_id, code = _invitation(self._sandbox, link)
        arrived = []
        for index in range(count):
            name = FIRST_NAMES[(seed + len(self._members)) % len(FIRST_NAMES)]
            language = languages[index % len(languages)]
            person = self._sandbox.add_person(name, language, simulated=True)
            member = Member(person, habits, random.Random(f"{seed}:{index}"))  # noqa: S311 - no secret is drawn
            self._members[person.id] = member
            chat = self._sandbox.private_chat(bot_id, person.id)
            self._begin(member, self._arrive(member, chat, code, index * STAGGER))
            arrived.append(person)
        return arrived

    def disperse(self) -> None:
        """Send everybody home."""
        for member in self._members.values():
            if member.task is not None:
                member.task.cancel()
        self._members.clear()
        self.actions = 0

    def noticed(self, chat: Chat, message: Message) -> None:
        """A message was sent or edited; those in the crowd who get it will react."""
        member = self._members.get(chat.id)
        if member is None or not isinstance(chat, PrivateChat) or not message.sender["is_bot"]:
            return
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
        while self._settled_at != self._events:
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
        self._acted()
        people.start(self._sandbox, member.person, chat, code)
        await self._read(member, chat)

    async def _read(self, member: Member, chat: PrivateChat) -> None:
        """React to everything unread, in order."""
        while member.unread:
            await asyncio.sleep(self._sandbox.pace.crowd_pause * member.chance.uniform(0.5, 1.5))
            await self._react(member, chat, member.unread.popleft())

    async def _react(self, member: Member, chat: PrivateChat, message_id: int) -> None:
        for _ in range(UNCHANGED_TAPS):
            message = chat.messages.get(message_id)
            if message is None or chat.blocked or not (people.buttons(message) or _asks_for_text(message)):
                return
            button = _choice(member, message)
            if button is None:
                self._write(member, chat, message)
                return
            member.tapped.setdefault(message_id, []).append(_key(button))
            self._acted()
            result = people.press(self._sandbox, member.person, chat, message, button)
            if await self._something_followed(member, chat, message, result):
                return

    def _write(self, member: Member, chat: PrivateChat, message: Message) -> None:
        """Type something, where the bot asks for it or all that remains to be tapped is avoided."""
        avoided = any(button["text"] in member.habits.avoid for button in people.buttons(message))
        worn_out = len(member.tapped.get(message.id, [])) >= TAPS_ON_ONE_MESSAGE
        if _asks_for_text(message) or (avoided and not worn_out):
            self._acted()
            people.say(self._sandbox, member.person, chat, member.chance.choice(member.habits.texts))

    async def _something_followed(self, member: Member, chat: PrivateChat, message: Message, result: Json) -> bool:
        """Wait for what a tap brings about; tells whether the chat has changed."""

        def changed() -> bool:
            return bool(member.unread) or chat.messages.get(message.id) is not message

        callback = result.get("callback_query_id", "")
        await member.changed.until(lambda: changed() or member.answered == callback, ANSWER_WITHIN)
        return await member.changed.until(changed, self._sandbox.pace.crowd_silence)

    def _acted(self) -> None:
        self.actions += 1
        self._events += 1
        self._changed.notify()


def _choice(member: Member, message: Message) -> Json | None:
    """A button to tap, one not yet tapped if possible; None when none may be tapped (any more)."""
    tapped = member.tapped.get(message.id, [])
    if len(tapped) >= TAPS_ON_ONE_MESSAGE:
        return None
    allowed = [
        button
        for button in people.buttons(message)
        if button["text"] not in member.habits.avoid and (not message.inline_keyboard or "callback_data" in button)
    ]
    if allowed and len(tapped) >= TAPS_BEFORE_THE_LAST:
        return allowed[-1]
    fresh = [button for button in allowed if _key(button) not in tapped]
    return member.chance.choice(fresh or allowed) if allowed else None


def _key(button: Json) -> str:
    return str(button.get("callback_data") or button["text"])


def _asks_for_text(message: Message) -> bool:
    return bool((message.markup or {}).get("force_reply"))


def _invitation(sandbox: "Sandbox", link: str) -> tuple[int, str]:
    """The bot and the code of a deep link such as https://t.me/BOT?start=CODE."""
    parts = urlsplit(link)
    code = parse_qs(parts.query).get("start", [""])[0]
    username = parts.path.strip("/").lower()
    if parts.netloc not in ("t.me", "telegram.me") or not username:
        raise ControlError(f"this is no invitation: {link!r} (https://t.me/BOT?start=CODE)")
    for bot in sandbox.bots.values():
        if bot.username.lower() == username:
            return bot.id, code
    raise ControlError(f"no bot here is called @{username}", 404)
