"""Everything the sandbox holds, in memory: bots, people, chats, and the paths by which messages travel."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sandbox.bots import Bot
from sandbox.calendar import Calendar
from sandbox.chats import Chat, Group, Json, Message, Person, PrivateChat, message_json
from sandbox.clock import SandboxClock, real_now
from sandbox.crowd import Crowd
from sandbox.errors import ControlError
from sandbox.faults import Faults
from sandbox.files import FileStore
from sandbox.invitations import Invitations
from sandbox.journal import Journal
from sandbox.limits import Limits
from sandbox.message_views import message_view
from sandbox.moving import Agenda, Mover
from sandbox.scenes import Scenes
from sandbox.stream import Stream
from sandbox.updates import UpdateQueue
from sandbox.views import snapshot

FIRST_PERSON_ID = 700_000_001
FIRST_GROUP_ID = -1_001_000_000_001
FIRST_BASIC_GROUP_ID = -4_000_001
FIRST_POLL_ID = 5_000_000_001


@dataclass(frozen=True, slots=True)
class Callback:
    """A button that somebody tapped, and whether the bot has answered."""

    id: str
    bot_id: int
    person_id: int
    chat_id: int
    message_id: int
    tapped_at: datetime
    answered: bool = False


@dataclass(slots=True)
class Counters:
    """Ids are never given twice, not even after a reset: a bot may remember the people of before."""

    person: int = FIRST_PERSON_ID
    group: int = FIRST_GROUP_ID
    basic_group: int = FIRST_BASIC_GROUP_ID
    poll: int = FIRST_POLL_ID
    callback: int = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """Lengths of real time, in seconds. Tests shorten them."""

    webhook_retry: float = 1.0
    agenda_patience: float = 20.0
    crowd_pause: float = 0.05
    crowd_silence: float = 0.3
    # A bot that follows the clock says itself when it is done: there is less need to listen for more.
    followed_silence: float = 0.05
    # Updates younger than this are kept, however far the clock is moved meanwhile.
    update_grace: float = 5.0
    # How often a play moves the clock on where there is nothing to stop for.
    play_beat: float = 0.25
    # A scene: the pause before each step, and how long it waits for what has to come.
    scene_pause: float = 1.2
    scene_patience: float = 20.0


@dataclass(slots=True)
class Sandbox:
    """The state of one sandbox. One event loop uses it, hence no locks."""

    pace: Pace = field(default_factory=Pace)
    clock: SandboxClock = field(default_factory=SandboxClock)
    agenda: Agenda = field(default_factory=Agenda)
    journal: Journal = field(default_factory=Journal)
    stream: Stream = field(default_factory=Stream)
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    bots: dict[int, Bot] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    private_chats: dict[tuple[int, int], PrivateChat] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    files: FileStore = field(default_factory=FileStore)
    demo: Json = field(default_factory=dict)
    invitations: Invitations = field(default_factory=Invitations)
    counters: Counters = field(default_factory=Counters)
    closing: bool = False
    crowd: Crowd = field(init=False)
    mover: Mover = field(init=False)
    calendar: Calendar = field(init=False)
    scenes: Scenes = field(init=False)

    def __post_init__(self) -> None:
        self.faults.report = self.show_faults
        self.limits.ahead = self._seconds_ahead
        self.crowd = Crowd(self)
        pace = self.pace
        self.mover = Mover(
            self.clock, self.agenda, self.crowd, self.announce_clock, pace.agenda_patience, pace.play_beat
        )
        self.calendar = Calendar(self.has_phone, self.stream.send)
        self.scenes = Scenes(self)

    def _seconds_ahead(self) -> float:
        return (self.clock.now() - real_now()).total_seconds()

    # Who and where

    def bot(self, bot_id: int) -> Bot:
        """The bot with this id; it exists from its first call on."""
        if bot_id not in self.bots:
            self.bots[bot_id] = Bot(bot_id, updates=self._queue())
            self.refresh_page()
        return self.bots[bot_id]

    def _queue(self) -> UpdateQueue:
        return UpdateQueue(self.clock.now, self.pace.update_grace, self.faults, on_acknowledged=self.crowd.look_again)

    def main_bot(self, bot_id: int | None = None) -> Bot:
        """The bot that is meant when none is named: the first that called.

        Raises:
            ControlError: 409, as long as no bot has called.
        """
        if bot_id is not None:
            return self.bot(bot_id)
        if not self.bots:
            raise ControlError("no bot has called the sandbox yet", 409)
        return next(iter(self.bots.values()))

    def person(self, person_id: int) -> Person:
        """The person with this id.

        Raises:
            ControlError: 404, when there is none.
        """
        if person_id not in self.people:
            raise ControlError(f"nobody has the id {person_id}", 404)
        return self.people[person_id]

    def group(self, group_id: int) -> Group:
        """The group with this id.

        Raises:
            ControlError: 404, when there is none.
        """
        if group_id not in self.groups:
            raise ControlError(f"no group has the id {group_id}", 404)
        return self.groups[group_id]

    def private_chat(self, bot_id: int, person_id: int) -> PrivateChat:
        """The chat of a person with a bot, empty at first."""
        key = (bot_id, person_id)
        if key not in self.private_chats:
            self.private_chats[key] = PrivateChat(id=person_id, bot_id=bot_id)
        return self.private_chats[key]

    def chat_json(self, chat: Chat) -> Json:
        """The Chat object."""
        return chat.chat() if isinstance(chat, Group) else self.people[chat.id].chat()

    def message_json(self, chat: Chat, message: Message) -> Json:
        """The Message object, as bots get it."""
        return message_json(chat, self.chat_json(chat), message)

    # Adding

    def add_person(
        self,
        name: str,
        language: str,
        *,
        phone: bool = False,
        simulated: bool = False,
        username: str | None = None,
        zone: str | None = None,
    ) -> Person:
        """Somebody new; see `Person`."""
        person = Person(self.counters.person, name, language, phone, simulated, username, zone)
        self.counters.person += 1
        self.people[person.id] = person
        if phone:
            self.refresh_page()
        return person

    def change_language(self, person_id: int, language: str) -> Person:
        """Somebody switches the language of their app."""
        person = replace(self.person(person_id), language=language)
        self.people[person_id] = person
        self.refresh_page()
        return person

    def add_group(self, title: str, members: list[int], *, phone: bool, basic: bool = False) -> Group:
        """A new group of these people, without any bot; `basic` ones are no supergroups, and can be upgraded.

        Raises:
            ControlError: 404, one of them is nobody.
        """
        people = [self.person(member) for member in dict.fromkeys(members)]
        id_ = self.counters.basic_group if basic else self.counters.group
        group = Group(id=id_, title=title, members=[person.id for person in people], phone=phone, basic=basic)
        if basic:
            self.counters.basic_group -= 1
        else:
            self.counters.group -= 1
        self.groups[group.id] = group
        if basic and people:
            self.post(
                group, Message(group.next_id(), people[0].user(), self.clock.unix(), {"group_chat_created": True})
            )
        self.refresh_page()
        return group

    # Traffic

    def post(self, chat: Chat, message: Message) -> Message:
        """Put a new message (or the new form of one) into a chat, for everyone to see."""
        kind = "edited" if message.id in chat.messages else "message"
        chat.messages[message.id] = message
        self.show(chat, {"type": kind, "message": message_view(chat, message)})
        self.crowd.noticed(chat, message)
        self.scenes.noticed()
        return message

    def redraw(self, chat: Chat, message: Message) -> None:
        """Put the new form of a message in place that the bot did not write anew: reactions or votes have changed."""
        chat.messages[message.id] = message
        self.show(chat, {"type": "edited", "message": message_view(chat, message)})

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message for both sides."""
        del chat.messages[message_id]
        self.show(chat, {"type": "deleted", "message_id": message_id})

    def deliver(self, bot: Bot, kind: str, content: Json) -> None:
        """Give a bot an update."""
        update = bot.updates.add(kind, content)
        if update is not None:
            self.journal.update(update)

    def show(self, chat: Chat, event: Json) -> None:
        """Tell the open pages what happens in a chat."""
        if self.stream.has_listeners and self.is_on_page(chat):
            self.stream.send({**event, "chat": chat.id})

    def is_on_page(self, chat: Chat) -> bool:
        """Whether a phone of the page shows this chat: the page is that of the first bot."""
        if isinstance(chat, Group):
            return chat.phone
        is_main = isinstance(chat, PrivateChat) and chat.bot_id == next(iter(self.bots), None)
        return is_main and self.people[chat.id].phone

    def has_phone(self, chat_id: int) -> bool:
        """Whether the page has a phone of the person or the group with this id."""
        owner = self.people.get(chat_id) or self.groups.get(chat_id)
        return owner is not None and owner.phone

    def new_callback(self, bot_id: int, person_id: int, chat_id: int, message_id: int) -> Callback:
        """Note that somebody tapped a button of the bot."""
        id_ = str(4_000_000_000 + self.counters.callback)
        self.counters.callback += 1
        callback = Callback(id_, bot_id, person_id, chat_id, message_id, self.clock.now())
        self.callbacks[id_] = callback
        return callback

    # The page as a whole

    def refresh_page(self) -> None:
        """Send the open pages everything anew: phones, chats or menus have changed."""
        if self.stream.has_listeners:
            self.stream.send(snapshot(self))

    def show_crowd(self) -> None:
        """Tell the open pages how the crowd is doing."""
        self.stream.send({"type": "crowd", "crowd": self.crowd.view()})

    def show_faults(self) -> None:
        """Tell the open pages what goes wrong at present, and how often it did."""
        if self.stream.has_listeners:
            self.stream.send({"type": "faults", "faults": self.faults.view()})

    def announce_clock(self) -> None:
        """Tell the open pages what time it is."""
        self.stream.send({"type": "clock", "clock": self.clock_view()})

    def clock_view(self) -> Json:
        """The clock as the control interface and the page see it; instants in ISO 8601, UTC."""
        next_, target = self.agenda.next, self.mover.target
        followed = self.agenda.seen is None or self.agenda.seen >= self.clock.version
        return {
            "now": self.clock.now().astimezone(UTC).isoformat(),
            "version": self.clock.version,
            "frozen": self.clock.frozen,
            "next": next_.isoformat() if next_ else None,
            "next_title": self.next_title(),
            "followed": self.agenda.seen is not None,
            "settled": followed and self.mover.idle and self.crowd.is_quiet,
            "moving_to": target.isoformat() if target else None,
            "moving": not self.mover.idle,
            "playing": self.mover.playing,
        }

    def next_title(self) -> Json | None:
        """What the bot has to do next, in words of each language, where the calendar knows it."""
        return self.calendar.title_at(self.agenda.next)

    def reset(self) -> None:
        """Forget people, groups, messages, journal and waiting updates; the clock shows real time again.

        Bots keep what they told about themselves, for they say it once, when they start.
        """
        self.mover.stop()
        self.crowd.disperse()
        stores: list[dict[Any, Any]] = [self.people, self.groups, self.private_chats, self.callbacks, self.demo]
        for store in stores:
            store.clear()
        self.files.clear()
        self.journal.entries.clear()
        self.faults.replace([])
        for part in (self.calendar, self.scenes, self.invitations):
            part.clear()
        for bot in self.bots.values():
            bot.updates.drop()
        self.clock.back_to_reality()
        self.refresh_page()
        self.announce_clock()

    async def close(self) -> None:
        """Let go of everyone who waits: the server stops."""
        self.closing = True
        self.mover.stop()
        self.scenes.clear()
        self.faults.replace([])
        self.crowd.disperse()
        self.stream.close()
        self.clock.changed.notify()
        self.agenda.forget()
        for bot in self.bots.values():
            bot.updates.close()
            if bot.delivery is not None:
                await bot.delivery.stop()
