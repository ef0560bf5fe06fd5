"""A turn from end to end, in the storage thread: begin, record the update, load, respond, apply. Then it is committed.

Nothing here waits for a network, and nothing has been acknowledged while it runs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import planning
from bot.apply import apply_in_group, apply_personal
from bot.channels import FromGroup, FromPerson, Incoming, Tap
from bot.clock import Clock
from bot.doing import Doing, Done
from bot.faults import told
from bot.storage_thread import StorageThread, StorageUnavailable, Work
from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.cues import (
    Added,
    Cue,
    DigestDue,
    FileRead,
    GroupCue,
    HelpDue,
    LinkAsked,
    Moved,
    NewsDue,
    NudgeDue,
    Said,
    Started,
    Tapped,
    UnlinkAsked,
)
from conversations.desk import Trouble
from conversations.effects import GroupTurn
from conversations.model import Language
from conversations.policy import Reason
from conversations.respond import respond
from conversations.respond_in_group import respond_in_group
from conversations.roles import act_in
from conversations.scene import GroupScene
from conversations.timing import TouchpointKind
from storage import chats, help_requests, inbox, jobs, plans, scenes, stories
from storage.chats import Chat, ChatKind
from storage.events import Contents
from storage.help_requests import Overdue
from storage.plans import Due
from storage.states import JobState
from storage.stories import News
from storage.vault import Vault

log = logging.getLogger(__name__)

AFTER_A_FAULT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes turns for one channel; `bot` is the bot's own name there, for links that open a chat with it."""

    thread: StorageThread
    vault: Vault
    contents: Contents
    clock: Clock
    channel: str
    bot: str = ""

    async def take(self, incoming: Incoming) -> Done:
        """The turn of one update, durable when this returns. An update seen before changes nothing.

        Raises StorageUnavailable when it could not be saved, and whatever our own fault raises.
        """
        # What happens in a group may concern whoever acted there, and every answer of the event.
        chat = incoming.address if isinstance(incoming, FromPerson) else None
        widely = isinstance(incoming, FromPerson) and _is_of_a_team(incoming.cue)
        return await self.thread.run(lambda connection: self._take(connection, incoming), chat, widely=widely)

    async def strike(self, due: Due) -> Done:
        """The turn of one planned thing that is due; held for an hour if it fails by a fault of ours."""

        def put_off(connection: Connection, again: datetime) -> None:
            plans.settle(connection, due.id, Reason.FAULT, again, self.clock.now())

        return await self._or_put_off(
            lambda connection: self._strike(connection, due), put_off, f"planned thing {due.id}"
        )

    async def file_read(self, job_id: int, result: str, trouble: Trouble | None) -> Done:
        """The turn of a file that has been read with this result, or could not be."""
        return await self.thread.run(lambda connection: self._file_read(connection, job_id, result, trouble))

    def _file_read(self, connection: Connection, job_id: int, result: str, trouble: Trouble | None) -> Done:
        job = jobs.by_id(connection, self.vault, job_id)
        if job is None or job.state is not JobState.WAITING:
            return Done()
        chat = chats.by_id(connection, self.vault, job.chat_id)
        jobs.finish(connection, self.vault, chat, job_id, result, trouble)
        done = self._person(connection, chat, FileRead(job_id), None)
        # What was in the file stays here no longer than the turn that needs it.
        jobs.forget(connection, job_id)
        return done

    async def attend(self, overdue: Overdue) -> Done:
        """The turn of a request for contact that has waited too long; looked at in an hour if it fails by our fault."""

        def put_off(connection: Connection, again: datetime) -> None:
            help_requests.put_off(connection, overdue.id, again)

        return await self._or_put_off(
            lambda connection: self._attend(connection, overdue), put_off, "a request for contact"
        )

    async def bring_news(self, news: News) -> Done:
        """The turn of somebody whose story has something new; tried again in an hour if it fails by our fault."""

        def put_off(connection: Connection, again: datetime) -> None:
            stories.tell_news(connection, news.story, again)

        return await self._or_put_off(lambda connection: self._bring_news(connection, news), put_off, "news of a story")

    async def _or_put_off(self, work: Work[Done], put_off: Callable[[Connection, datetime], None], what: str) -> Done:
        try:
            return await self.thread.run(work)
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001
            # The boundary: one row of ours that fails must not be tried again every second, nor stop the others.
            log.error("%s failed and is put off: %s", what, told(error))  # never its message
            again = self.clock.now() + AFTER_A_FAULT
            await self.thread.run(lambda connection: put_off(connection, again))
            return Done()

    def _attend(self, connection: Connection, overdue: Overdue) -> Done:
        try:
            chat = chats.by_id(connection, self.vault, overdue.chat_id)
        except LookupError:
            help_requests.put_off(connection, overdue.id, None)  # whoever asked is gone, with their key
            return Done()
        return self._person(connection, chat, HelpDue(overdue.event_id), None)

    def _bring_news(self, connection: Connection, news: News) -> Done:
        try:
            chat = chats.by_id(connection, self.vault, news.chat_id)
        except LookupError:
            stories.tell_news(connection, news.story, None)  # its author is gone, with their key
            return Done()
        return self._person(connection, chat, NewsDue(news.story), None)

    def _take(self, connection: Connection, incoming: Incoming) -> Done:
        now = self.clock.now()
        if not inbox.record(connection, self.channel, incoming.update, now):
            return Done()
        match incoming:
            case FromPerson(_, address, cue, tap):
                language = _language_of(cue)
                chat = chats.arrive(connection, self.vault, self.channel, address, ChatKind.PRIVATE, language, now)
                return self._person(connection, chat, cue, tap)
            case FromGroup(_, address, Moved() as moved):
                # A chat made for the old address now would push out the one that has moved on already.
                known = chats.find(connection, self.vault, self.channel, address)
                return self._group(connection, known, moved, None, None) if known is not None else Done()
            case FromGroup(_, _, LinkAsked(to=named) | UnlinkAsked(to=named)) if not self._is_me(named):
                return Done()
            case FromGroup(_, address, group_cue, sender, tap):
                chat = chats.arrive(connection, self.vault, self.channel, address, ChatKind.GROUP, Language.EN, now)
                by = chats.find(connection, self.vault, self.channel, sender) if sender else None
                return self._group(connection, chat, group_cue, by, tap)

    def _strike(self, connection: Connection, due: Due) -> Done:
        chat = chats.by_id(connection, self.vault, due.chat_id)
        if due.kind is TouchpointKind.DIGEST:
            return self._group(connection, chat, DigestDue(due.id), None, None)
        return self._person(connection, chat, NudgeDue(due.id), None)

    def _person(self, connection: Connection, chat: Chat, cue: Cue, tap: Tap | None) -> Done:
        now = self.clock.now()
        scene = scenes.person(connection, self.vault, chat, cue, now, self.contents, self.bot)
        turn = respond(chat.conversation, cue, scene)
        doing = Doing(connection, self.vault, self.contents, chat, now, tap)
        done = apply_personal(turn.effects, turn.conversation, doing)
        if _place(turn.conversation) != _place(chat.conversation):
            planning.replan_everywhere(connection, self.contents, chat.id, turn.conversation, now)
        heard = None if isinstance(cue, NudgeDue | FileRead | HelpDue | NewsDue) else now
        if heard is not None or turn.conversation != chat.conversation:
            chats.save(connection, self.vault, chat, turn.conversation, heard)
        return done

    def _group(self, connection: Connection, chat: Chat, cue: GroupCue, sender: Chat | None, tap: Tap | None) -> Done:
        now = self.clock.now()
        scene = scenes.group(connection, self.vault, chat, cue, now, self.contents, sender)
        turn: GroupTurn = respond_in_group(cue, scene)
        doing = Doing(connection, self.vault, self.contents, chat, now, tap, sender, _topic(cue, scene))
        return apply_in_group(turn.effects, _spoken(cue, scene), doing)

    def _is_me(self, named: str) -> bool:
        """Whether a command is for this bot: an administrator hears those for other bots as well."""
        return not named or not self.bot or named.lower() == self.bot.lower()


def _is_of_a_team(cue: Cue) -> bool:
    """Whether its turn may look at what concerns others: what waits for them, or who they are in a team."""
    match cue:
        case Tapped(Manage()):
            return True
        case Said(text):
            return act_in(text) is not None
        case _:
            return False


def _place(conversation: Conversation) -> tuple[str | None, Language]:
    """What of a conversation the plans depend on."""
    return conversation.zone, conversation.language


def _spoken(cue: GroupCue, scene: GroupScene) -> Language:
    """In which language a group is answered: whoever asks for something in theirs, as far as it is known."""
    match cue:
        case Added(client_language):
            return scene.sender_language or client_language or scene.language
        case LinkAsked() | UnlinkAsked() if scene.link is None or not scene.by_coordinator:
            return scene.sender_language or scene.language
        case _:
            return scene.language


def _topic(cue: GroupCue, scene: GroupScene) -> int | None:
    """Where in a group it is answered: in the topic where it was asked; digests in the topic of the link."""
    match cue:
        case LinkAsked() | UnlinkAsked():
            return cue.topic
        case DigestDue():
            return scene.link.topic if scene.link is not None else None
        case _:
            return None


def _language_of(cue: Cue) -> Language:
    wanted = cue.client_language if isinstance(cue, Started | Said) else None
    return wanted or Language.EN
