"""Stories: what people achieved after an event, in their own words, told in a digest without giving anybody away.

1. A story is told once its author saw it as it will stand in the group and agreed, and somebody of the team approved
   it; at least a week after both, so that either can think again, and nobody can tell by the day who wrote what.
2. Five at a time, of five people: whoever knows one of the authors has four others before them. Fewer wait.
3. Which five, and in which order, follows from their numbers, which come by chance: nothing shows which came first.
4. What was told once is told to other groups in the same words, and whole: as soon as one of the five was taken back,
   no further group gets them.

There the promise ends: words can give their author away by themselves, which only people see. So two read each story
with that in mind, its author and somebody of the team.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from conversations.messages import Paragraph, phrase, strong
from conversations.model import Bilingual, Language, Phrase, Words

TOGETHER: Final = 5
"""How many are told at once, each of somebody else."""
RIPENS: Final = timedelta(weeks=1)
LONGEST: Final = 600
"""UTF-16 units of one story: five of them and what stands around them fit into a message (4096, Bot API)."""
MOST_WAITING: Final = 3
"""Stories of one person that wait for one team at once; more would keep others from being read."""
LONGEST_WITH_STORIES: Final = 4_000
"""Characters of a digest with stories at its end, as `messages.length` counts; Telegram refuses more than 4,096."""


class StoryState(StrEnum):
    """How far a story has come."""

    WAITING = "waiting"
    """For somebody of the team to read it."""
    RETURNED = "returned"
    """The team asks for another wording."""
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    """It was handed on to be posted, in words that do not change any more."""


class Objection(StrEnum):
    """What the team has against a story, in one of a few words that say no more about it."""

    NAMES = "names"
    RISK = "risk"
    TOPIC = "topic"
    LANGUAGE = "language"


OBJECTIONS: Final[Mapping[Objection, Phrase]] = {
    Objection.NAMES: phrase("it names a person or a place"),
    Objection.RISK: phrase("it could put somebody at risk"),
    Objection.TOPIC: phrase("it is not about the event"),
    Objection.LANGUAGE: phrase("its wording is hard to understand"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """A story; the words are empty once it is withdrawn. Who wrote it is not part of it.

    `translation` is into the other language, empty for none; it counts once the author `agreed` to it. `version`
    counts the changes: a button that is older than the last one does nothing.
    """

    id: int
    event_id: int
    state: StoryState
    words: str
    language: Language
    written: datetime
    version: int = 0
    translation: str = ""
    agreed: bool = False
    objection: Objection | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An approved story; `author` is the number of a chat, `since` (UTC) when the last yes to it was said."""

    story: Story
    author: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Stories that were released for another group, in the words in which they stood there."""

    id: int
    words: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a digest can take its stories from: those not told yet, and what this group has not been told."""

    candidates: tuple[Candidate, ...] = ()
    unposted: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """An event that a person can tell a story of: its number, code and title.

    `is_open` tells whether stories are taken: the event is live, and somebody else could read them. `silent` is true
    while none waits there: then its team has to be told of the next one.
    """

    event_id: int
    event: str
    title: Words
    is_open: bool
    silent: bool


@dataclass(frozen=True, slots=True)
class Storytelling:
    """What a person who tells stories has in front of them; `fresh` is the number of a new one, and nobody's yet."""

    audiences: tuple[Audience, ...] = ()
    stories: tuple[Story, ...] = ()
    fresh: int = 0

    def story(self, number: int) -> Story | None:
        """The person's story with that number, None when it is not theirs or gone."""
        return next((each for each in self.stories if each.id == number), None)


@dataclass(frozen=True, slots=True)
class StoryDesk:
    """What somebody of a team sees: stories that wait or are approved, and the one that is meant; never their own."""

    stories: tuple[Story, ...] = ()
    picked: Story | None = None


def ripe(candidates: Iterable[Candidate], now: datetime) -> tuple[Story, ...]:
    """The stories to be told now, in the order in which they are told: five of five people, or none."""
    chosen: dict[int, Story] = {}
    for each in sorted(candidates, key=lambda candidate: _place(candidate.story)):
        if each.since <= now - RIPENS:
            chosen.setdefault(each.author, each.story)
    return tuple(chosen.values())[:TOGETHER] if len(chosen) >= TOGETHER else ()


def as_told(words: str, language: Language, reading: Language, translation: str = "") -> Paragraph:
    """Words of that language as a group that reads in the other or the same one gets them, and their author before it.

    The only rendering there is: what the author agrees to, what the team reads and what is posted come from here.
    """
    if reading is language:
        told = phrase("“{words}”", words=words)
    elif translation:
        told = phrase("“{words}” (translated)", words=translation)
    elif language is Language.FR:
        told = phrase("In French: “{words}”", words=words)
    else:
        told = phrase("In English: “{words}”", words=words)
    return Paragraph(told, language=reading)


def told_in(story: Story, reading: Language) -> Paragraph:
    """The story as a group of that language gets it: a translation counts once its author agreed to it."""
    return as_told(story.words, story.language, reading, story.translation if story.agreed else "")


def chapter(stories: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The stories with what stands around them in a digest."""
    return (
        strong(phrase("What people did after the event, in their own words:")),
        *stories,
        Paragraph(phrase("They come without names, and in no order. To tell yours: write /story to me in private.")),
    )


def _place(story: Story) -> bytes:
    return sha256(f"story {story.id}".encode()).digest()
