"""Several people of all roles, two events and two groups, and whatever they may think of doing, in any order."""

import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Final

from sqlalchemy import text

from bot.channels import DeliveryError, FromPerson, InDoubt, NotSent, Tap, TooMany, Unreachable
from bot.reader import READERS
from conversations.attachments import Attachment, Kind
from conversations.buttons import Button, Contact, Go, Manage, Reach, StoryMove, Tale, decode, encode
from conversations.cues import (
    Added,
    Blocked,
    Cue,
    GroupCue,
    GroupTapped,
    LinkAsked,
    Removed,
    Returned,
    Said,
    Sent,
    Started,
    Tapped,
    UnlinkAsked,
)
from conversations.marks import Mark, Style
from conversations.model import Language, Role
from conversations.roles import Act, command_of, typed
from tests.bot.setting_up import SAMPLE
from tests.conversations.samples import both, sample_event
from tests.conversations.test_any_order import SMALL
from tests.rig import Rig

HERE: Final = sample_event()
THERE: Final = replace(SMALL, code="there", title=both("The event there", "La rencontre là-bas"))
COORDINATOR, SECOND, MODERATOR, OTHER = "447110021", "447110022", "447110023", "447110031"
"""Three of the team here, one of the team there."""
PEOPLE: Final = ("447110041", "447110042", "447110043", "447110044")
QUIET: Final = ("447110051", "447110052")
"""They take part and never open an invitation to a team: not even a button may carry the number of their chat."""
OUTSIDER: Final = "447110061"
TEAMS: Final = (COORDINATOR, SECOND, MODERATOR, OTHER)
EVERYBODY: Final = (*TEAMS, *PEOPLE, *QUIET, OUTSIDER)
GROUPS: Final = ("-100447110071", "-100447110072")
MARK: Final = re.compile(r"Wbqx\d+zj")
"""What is typed bears one of these, so that it can be found wherever it goes."""
_JOINING = re.compile("Yes|Oui|Kenya|Skip|Passer")
_FRENCH = (SECOND, PEOPLE[1], QUIET[1])
_FIRST_CHAT = 777_000
"""Numbers of chats from here on cannot be taken for any other number."""
_NUMBER_FROM = {
    "sqlite": "INSERT INTO sqlite_sequence (name, seq) VALUES ('chats', :first)",
    "postgresql": "SELECT setval('chats_id_seq', :first)",
}
_LARGEST = 10**15 - 1
_FOR_GOOD = frozenset({Act.REMOVE_FOR_GOOD, Act.CLOSE_NOW, Act.ARCHIVE_NOW})
"""Done too often, these leave nobody who could do anything, and nothing to do."""
_TROUBLES: Final[tuple[DeliveryError | None, ...]] = (
    *(None, None, None, None),
    *(InDoubt("lost"), NotSent("gone"), Unreachable("off"), TooMany(1.0)),
)
_ODD = (
    *("\0", "\u200b", "\u2800", "\ufeff", "\u202eمرحبا بكم في اللقاء", "🏳️\u200d🌈" * 40, "{event} %s <b>&"),
    *("x" * 4096, "𝔛" * 2048, "/" * 64, "/team@other_bot", "/pauseall now", "/start", "?"),
    *("-1", "9" * 30, "٣", "1", "12", "1e3", "12 March 2027", "31/02/2027", "tomorrow 10:00", "yesterday"),
    *("oui", "no", "stop", "continue", "français", "english", "sos", "I need help", "Kenya"),
)
_WRITES = (command_of(Act.BROADCAST, french=False), Act.BROADCAST_NEW, "", "")
_SENDS = (Act.BROADCAST_SEE, Act.BROADCAST_SEND, Act.BROADCAST_CONFIRM)
_TELLS = ("/story", "y", "", "c")
_TAPPED = ("u", "y", "c", "g submit")
"""Kinds of buttons that are not a team's."""
_PURSUITS: Final[tuple[tuple[str | Attachment, ...], ...]] = (
    (*_WRITES, *_SENDS),
    (*_WRITES, Act.BROADCAST_LOCK, *_SENDS),
    (*_WRITES, Act.BROADCAST_URGENT, *_SENDS),
    (*_WRITES, Act.BROADCAST_WHO, Act.BROADCAST_BY, Act.BROADCAST_PICK, Act.BROADCAST_SHOW, *_SENDS),
    ("/stopall", Act.STOP),
    ("/resume", Act.RESUME_SENDING),
    ("/resume", Act.RESUME_LETTING_GO),
    ("/invite", Act.INVITE_NEW, Act.INVITE_PART, Act.INVITE_PLACES, Act.INVITE_MAKE),
    ("/roster", Attachment(Kind.DOCUMENT, "list-csv", ".csv"), "/invite", Act.ROSTER_ANEW),
    ("/template", Act.TEMPLATE_NEW, "", "", "9 March 2027", "11 March 2027"),
    ("/requests", Act.HELP_TAKE, Act.HELP_WRITE, "", "/requests", Act.HELP_READ),
    ("I need help", "u", "u"),
    (*_TELLS, "g submit"),
    (*_TELLS, "g submit", "/story", "y", "y"),
    ("/stories", Act.STORY_READ, Act.STORY_APPROVE),
    ("/stories", Act.STORY_READ, Act.STORY_REWORD, Act.STORY_REWORD_FOR),
    ("/stories", Act.STORY_READ, Act.STORY_TRANSLATE, ""),
    ("/groups", Act.GROUPS, Act.GROUP_TIME),
    (Attachment(Kind.DOCUMENT, "reworded-md", ".md"), "/publish", Act.PUBLISH_NOW),
)
"""What somebody may be after: words (none for what bears a mark), kinds of buttons on their screen, files."""


@cache
def _files() -> Mapping[str, bytes]:
    """What may be sent, by name and ending: a workbook, the same reworded, spoilt; a list of people; no file at all."""
    return {
        "pack-md": SAMPLE.encode(),
        "reworded-md": SAMPLE.replace("stuck", "stayed").encode(),
        "spoilt-md": b"# nothing",
        "list-csv": "name\nAwa\nKofi\nZo\u00e9\n".encode(),
        "noise-csv": b"\xff\xfe\0\0",
    }


@cache
def _read(act: Act, ending: str, content: bytes) -> str:
    return READERS[act](content, ending)


async def _read_here(act: Act, ending: str, content: bytes) -> str:
    """As the process of its own reads it, which takes a while to start."""
    return _read(act, ending, content)


@dataclass
class Walkers:
    """All of them. `shown` is every button that was ever on anybody's screen, with the message that it stood in.

    `said` tells who typed what bears a mark; `codes` are those of all links that anybody saw.
    """

    rig: Rig
    chance: random.Random
    shown: list[tuple[str, str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    last: str = ""

    async def come(self) -> None:
        """Everybody is there, in their roles."""
        self.rig.jobs._read = _read_here  # there is no other way to say it to a rig
        with self.rig.engine.begin() as connection:
            connection.execute(text(_NUMBER_FROM[connection.dialect.name]), {"first": _FIRST_CHAT})
        self.rig.channel.files.update(_files())
        for event in (HERE, THERE):
            self.rig.take_in(event)
        for who, event, role in (
            *((each, HERE, Role.COORDINATOR) for each in (COORDINATOR, SECOND)),
            *((MODERATOR, HERE, Role.MODERATOR), (OTHER, THERE, Role.COORDINATOR)),
            *((each, HERE, Role.PARTICIPANT) for each in (*PEOPLE, *QUIET, SECOND)),
            *((each, THERE, Role.PARTICIPANT) for each in (PEOPLE[0], QUIET[0], MODERATOR)),
        ):
            language = Language.FR if who in _FRENCH else Language.EN
            await self._does(who, Started(self.rig.invite(event, role), language))
            if role is Role.PARTICIPANT:
                await self._joins(who)
        for group in GROUPS:
            await self.rig.group(group, Added(Language.EN), PEOPLE[0])
        self.codes += [self.rig.invite(HERE), self.rig.invite(THERE), "unknown"]
        self.shown += [
            (each.id, key.data) for each in self.rig.channel.heard for row in each.message.keyboard for key in row
        ]

    async def _joins(self, who: str) -> None:
        """They agree to all, answer what they are asked, and confirm their time zone."""
        for _ in range(8):
            newest = self.rig.channel.heard[-1]
            fitting = [key for row in newest.message.keyboard for key in row if _JOINING.match(key.label)]
            if fitting:
                await self._does(who, Tapped(decode(fitting[0].data)), newest.id)

    async def step(self) -> tuple[str, str]:
        """Something happens: what, and who did it (nobody, when it was the clock)."""
        kinds: list[tuple[int, Callable[[], Awaitable[str]]]] = [
            *(
                (50, self.taps),
                (10, self.forges),
                (18, self.types),
                (5, self.sends),
                (3, self.opens),
                (5, self.pursues),
            ),
            *((5, self.in_group), (9, self.waits), (1, self.goes_and_returns), (2, self.dies_in_between)),
        ]
        happens = self.chance.choices([each for _, each in kinds], [weight for weight, _ in kinds])[0]
        who = await happens()
        self.done[happens.__name__] += 1
        return happens.__name__, who

    def _anybody(self) -> str:
        """Whoever was at it goes on for a while; those of a team come more often, since they can do more."""
        if not self.last or self.chance.random() < 0.35:
            self.last = self.chance.choice(TEAMS if self.chance.random() < 0.6 else EVERYBODY)
        return self.last

    async def _does(self, who: str, cue: Cue, on: str = "1") -> None:
        await self.rig.person(who, cue, Tap("1", on) if isinstance(cue, Tapped) else None)

    async def taps(self) -> str:
        """Mostly what is on one's own screen, otherwise anything that was ever on anybody's."""
        who = self._anybody()
        mine = self._screen(who)
        pool = mine[-16:] if mine and self.chance.random() < 0.8 else self.shown
        # What was hardly ever tapped leads further.
        some = self.chance.choices(pool, k=4)
        on, data = min(some, key=lambda each: self.done[self._kind(each[1])])
        self.done[self._kind(data)] += 1
        button = decode(data)
        if not self._too_much(button):
            await self._does(who, Tapped(button), on)
        return who

    @staticmethod
    def _kind(data: str) -> str:
        button = decode(data)
        if isinstance(button, Go):
            return f"g {button.move}"
        return button.act if isinstance(button, Manage) else data[:1]

    def _too_much(self, button: Button | None) -> bool:
        return isinstance(button, Manage) and button.act in _FOR_GOOD and self.chance.random() < 0.8

    async def pursues(self) -> str:
        """Several things after one another that lead somewhere, unless something comes in between."""
        who = self._anybody()
        for each in self.chance.choice(_PURSUITS):
            if self.chance.random() < 0.04:
                break
            if isinstance(each, Attachment):
                await self._does(who, Sent(each))
                await self._work()
            elif isinstance(each, Act) or each in _TAPPED:
                fitting = [found for found in self._screen(who) if self._kind(found[1]) == each]
                if fitting:
                    await self._does(who, Tapped(decode(fitting[-1][1])), fitting[-1][0])
            else:
                await self._does(who, Said(each or self._marked(who)))
        return who

    def _screen(self, who: str) -> list[tuple[str, str]]:
        """The buttons that they were shown lately, the newest last."""
        mine = (each for each in self.rig.channel.heard[-300:] if each.address == who)
        return [(each.id, key.data) for each in mine for row in each.message.keyboard for key in row]

    def _marked(self, who: str) -> str:
        mark = f"Wbqx{len(self.said)}zj"
        self.said[mark] = who
        return f"{mark} of {self.chance.choice(('day', 'night'))}"

    async def forges(self) -> str:
        """A button that nobody was ever shown."""
        who, (on, data) = self._anybody(), self.chance.choice(self.shown)
        number = self.chance.choice((0, 1, 2, 3, _LARGEST, self.chance.randrange(10**6), _FIRST_CHAT + 3))
        button = decode(data)
        match button, self.chance.choice(("act", "event", "item", "version")):
            case Manage(), "act":
                button = replace(button, act=self.chance.choice(list(Act)))
            case Manage(), "event":
                button = replace(button, event=number)
            case Manage(), "item":
                button = replace(button, item=number)
            case Manage(), _:
                button = replace(button, version=number)
            case Tale(), _:
                button = Tale(self.chance.choice(list(StoryMove)), number, self.chance.randrange(3))
            case Contact(), _:
                button = Contact(self.chance.choice(list(Reach)), number)
            case _:
                button = decode(":".join([*data.split(":")[:-1], str(number)]))
        assert button is None or len(encode(button)) <= 64
        if not self._too_much(button):
            await self._does(who, Tapped(button), on)
        return who

    async def types(self) -> str:
        """A command, something odd, or words that bear a mark."""
        who, kind = self._anybody(), self.chance.random()
        if kind < 0.35:
            words = command_of(self.chance.choice(typed()), french=self.chance.random() < 0.3)
        elif kind < 0.42:
            words = self.chance.choice(("/help", "/stop", "/continue", "/calendar", "/language", "/story"))
        elif kind < 0.7:
            words = self.chance.choice(_ODD)
        else:
            words = self._marked(who)
        end = self.chance.randrange(1, len(words) + 1)
        marks = (Mark(Style.BOLD, 0, end), Mark(Style.LINK, end - 1, end, "https://example.org"))
        await self._does(who, Said(words, None, marks if self.chance.random() < 0.2 else ()))
        return who

    async def sends(self) -> str:
        """A file, which is mostly read at once."""
        who, reference = self._anybody(), self.chance.choice([*_files(), "gone-md"])
        kind = self.chance.choice((Kind.DOCUMENT, Kind.DOCUMENT, Kind.PHOTO, Kind.VOICE))
        await self._does(who, Sent(Attachment(kind, reference, f".{reference.rpartition('-')[2]}")))
        if self.chance.random() < 0.8:
            await self._work()
        return who

    async def opens(self) -> str:
        """A link that anybody ever saw."""
        who = self._anybody()
        await self._does(who, Started(self.chance.choice(self.codes[:3] if who in QUIET else self.codes)))
        return who

    async def in_group(self) -> str:
        """What happens in groups; nobody did it when the bot was thrown out."""
        who, code = self._anybody(), self.chance.choice((None, HERE.code, THERE.code, "unknown"))
        button = decode(self.chance.choice(self.shown)[1])
        cues: list[GroupCue] = [Added(None), Removed(), LinkAsked(code), LinkAsked(code), UnlinkAsked()]
        cues += [LinkAsked(code, anonymous=True), GroupTapped(button), GroupTapped(button)]
        cue = self.chance.choice(cues)
        await self.rig.group(self.chance.choice(GROUPS), cue, None if isinstance(cue, Removed) else who)
        return "" if isinstance(cue, Removed) else who

    async def waits(self) -> str:
        """Time goes by, now and then backwards, and not all that is sent arrives."""
        if self.chance.random() < 0.3:
            self.rig.channel.troubles[:] = self.chance.choices(_TROUBLES, k=4)
        by = self.chance.choice((timedelta(seconds=61), timedelta(minutes=20), timedelta(hours=9), timedelta(days=1)))
        await self.rig.pass_time(by if self.chance.random() < 0.95 else -timedelta(hours=3))
        await self._work()
        await self.rig.scheduler.progress.look()
        await self.rig.delivery.idle()
        self.rig.channel.troubles.clear()
        return ""

    async def _work(self) -> None:
        await self.rig.jobs.work()
        await self.rig.replanner.work()
        await self.rig.delivery.idle()

    async def goes_and_returns(self) -> str:
        """Somebody blocks the bot, and lets it write again."""
        who = self._anybody()
        await self._does(who, Blocked())
        await self._does(who, Returned())
        return who

    async def dies_in_between(self) -> str:
        """The process ends between a commit and what follows from it; the next one finds what is left."""
        who, (_, data) = self._anybody(), self.chance.choice(self.shown[-200:])
        button = decode(data)
        if not self._too_much(button):
            await self.rig.turns.take(FromPerson(next(self.rig.updates), who, Tapped(button), Tap("1", "1")))
            await self.rig.delivery.start()
            await self.rig.delivery.idle()
        return who
