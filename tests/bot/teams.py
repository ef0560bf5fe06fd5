"""Two events with their teams, for tests of who may do what: everybody goes by an address of their own."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.channels import Rendered, Tap
from bot.doing import Done
from bot.rendering import loads
from conversations.attachments import Attachment
from conversations.buttons import Button, Manage
from conversations.conversation import Conversation
from conversations.cues import GroupCue, LinkAsked, Said, Sent, Started, Tapped
from conversations.desk import Member
from conversations.linking import GroupLink
from conversations.model import Event, Language, Purpose, Role
from conversations.roles import Act
from storage import audit, chats, enrolments, events, groups, team
from storage.audit import Entry
from storage.chats import ChatKind
from storage.tables import events as event_rows
from tests.conversations.samples import both, event_with
from tests.rig import Rig

HERE = event_with(code="here", title=both("The event here", "La rencontre ici"))
THERE = event_with(code="there", title=both("The event there", "La rencontre là-bas"))

NOBODY, PARTICIPANT = "11", "12"
MODERATOR, COORDINATOR, SECOND = "21", "22", "23"
OTHER_MODERATOR, OTHER_COORDINATOR = "31", "32"
GROUP, SECOND_GROUP = "-1001", "-1002"

TEAM_HERE = {MODERATOR: Role.MODERATOR, COORDINATOR: Role.COORDINATOR, SECOND: Role.COORDINATOR}
TEAM_THERE = {OTHER_MODERATOR: Role.MODERATOR, OTHER_COORDINATOR: Role.COORDINATOR}
EVERYBODY = (NOBODY, PARTICIPANT, MODERATOR, COORDINATOR, OTHER_MODERATOR, OTHER_COORDINATOR)


@dataclass(frozen=True)
class Answer:
    """What came of something: what was said in that chat, and the passing word."""

    said: tuple[Rendered, ...]
    toast: str | None


@dataclass(frozen=True)
class Teams:
    """A rig with both events and everybody in it."""

    rig: Rig

    async def gather(self) -> "Teams":
        """Take the events in, and let everybody come."""
        for event, roles in ((HERE, TEAM_HERE), (THERE, TEAM_THERE)):
            self.rig.take_in(event)
            for address, role in roles.items():
                await self.rig.person(address, Started(self.rig.invite(event, role), Language.EN))
        await self.rig.person(NOBODY, Said("hello", Language.EN))
        await self.rig.person(PARTICIPANT, Said("hello", Language.EN))
        who = self.chat_id(PARTICIPANT)
        with self.rig.engine.begin() as connection:
            revision = events.latest(connection, HERE.code)
            assert revision is not None
            enrolments.enrol(connection, who, HERE.code, revision, frozenset(Purpose), (), self.rig.clock.now())
        return self

    def number(self, event: Event) -> int:
        """The event's own number, which buttons carry."""
        with self.rig.engine.connect() as connection:
            return events.number_of(connection, event.code)

    def revision(self, event: Event) -> int:
        """The id of the event's newest revision."""
        with self.rig.engine.connect() as connection:
            revision = events.latest(connection, event.code)
        assert revision is not None
        return revision

    def chat_id(self, address: str) -> int:
        with self.rig.engine.connect() as connection:
            chat = chats.find(connection, self.rig.vault, "telegram", address)
        assert chat is not None
        return chat.id

    def conversation(self, address: str) -> Conversation:
        with self.rig.engine.connect() as connection:
            chat = chats.find(connection, self.rig.vault, "telegram", address)
        assert chat is not None
        return chat.conversation

    def writing(self, address: str, conversation: Conversation) -> None:
        """Put somebody at that step."""
        with self.rig.engine.begin() as connection:
            chat = chats.arrive(
                connection, self.rig.vault, "telegram", address, ChatKind.PRIVATE, Language.EN, self.rig.clock.now()
            )
            chats.save(connection, self.rig.vault, chat, conversation, self.rig.clock.now())

    def member(self, address: str, event: Event = HERE, *, waiting: bool = False) -> Member:
        with self.rig.engine.begin() as connection:
            found = team.of_event(connection, self.rig.vault, event.code, self.rig.clock.now())
        among, who = found.candidates if waiting else found.members, self.chat_id(address)
        return next(each for each in among if each.chat == who)

    def about(self, act: Act, address: str, *, waiting: bool = False) -> Manage:
        """The button of the newest keyboard that does this to that person."""
        who = self.member(address, waiting=waiting)
        return Manage(act, self.number(HERE), who.chat, int(who.since.timestamp()))

    def state(self, event: Event, state: str) -> None:
        with self.rig.engine.begin() as connection:
            connection.execute(event_rows.update().where(event_rows.c.code == event.code).values(state=state))

    async def candidate(self, address: str, role: Role = Role.MODERATOR) -> None:
        """Somebody opens an invitation that nobody vouched for."""
        await self.rig.person(address, Started(self.rig.invite(HERE, role, vouched=False), Language.EN))

    async def says(self, address: str, text: str) -> Answer:
        return answer_of(await self.rig.person(address, Said(text, Language.EN)))

    async def sends(self, address: str, file: Attachment | None = None) -> Answer:
        return answer_of(await self.rig.person(address, Sent(file)))

    async def taps(self, address: str, button: Button | None, message: str = "77") -> Answer:
        return answer_of(await self.rig.person(address, Tapped(button), Tap("1", message)))

    async def taps_all(self, address: str, buttons: Iterable[Button]) -> set[Answer]:
        """The different answers to all of these."""
        return set(await asyncio.gather(*(self.taps(address, button) for button in buttons)))

    async def in_group(self, cue: GroupCue, address: str | None, group: str = GROUP) -> Answer:
        """Something happens in a group; what is said there and elsewhere because of it."""
        return answer_of(await self.rig.group(group, cue, address))

    async def linked(self, group: str = GROUP, event: Event = HERE, by: str = SECOND) -> GroupLink:
        """That group is linked to the event."""
        await self.in_group(LinkAsked(event.code), by, group)
        found = self.link(group)
        assert found is not None
        return found

    def link(self, group: str = GROUP) -> GroupLink | None:
        number = self.chat_id(group)
        with self.rig.engine.connect() as connection:
            return groups.link_of(connection, number)

    def pseudonym(self, address: str, code: str = HERE.code) -> str:
        """How the record calls them in the event with that code."""
        with self.rig.engine.connect() as connection:
            chat = chats.find(connection, self.rig.vault, "telegram", address)
        assert chat is not None
        return self.rig.vault.pseudonym(chat.key_id, f"audit of {code}")

    def record(self) -> list[Entry]:
        """The whole audit log."""
        with self.rig.engine.connect() as connection:
            return list(audit.entries(connection, most=1_000))

    def roles(self, event: Event = HERE) -> dict[str, Role]:
        """Who is in the team."""
        with self.rig.engine.begin() as connection:
            found = team.of_event(connection, self.rig.vault, event.code, self.rig.clock.now())
        addresses = {each.chat: each.role for each in found.members}
        with self.rig.engine.connect() as connection:
            known = chats.addresses(connection, self.rig.vault, addresses)
        return {known[chat]: role for chat, role in addresses.items()}

    def states(self) -> Sequence[tuple[str, str, int]]:
        """Both events' states, which nobody may change who has no right to."""
        with self.rig.engine.connect() as connection:
            rows = connection.execute(select(event_rows.c.code, event_rows.c.state, event_rows.c.version))
            return [(row.code, str(row.state), row.version) for row in rows]


def answer_of(done: Done) -> Answer:
    """What came of a turn."""
    return Answer(tuple(loads(each.body) for each in done.outgoing), done.toast)
