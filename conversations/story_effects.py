"""What the turns of people who tell stories, of those who read them first, and of groups ask to be done with them."""

from dataclasses import dataclass
from datetime import datetime

from conversations.messages import Message
from conversations.model import Language
from conversations.stories import Objection, StoryState


@dataclass(frozen=True, slots=True)
class KeepStory:
    """The person agrees now that these words are shared; they wait for the team of that event.

    They come in place of the story with the number `instead`, 0 for none.
    """

    story: int
    event_id: int
    words: str
    language: Language
    instead: int = 0


@dataclass(frozen=True, slots=True)
class SettleStory:
    """The story is in that state from here on. Its author hears of what the team decides; a withdrawn one is wiped."""

    story: int
    state: StoryState
    objection: Objection | None = None


@dataclass(frozen=True, slots=True)
class OfferTranslation:
    """Words in the other language, which the author hears of; they are used only if the author agrees."""

    story: int
    words: str


@dataclass(frozen=True, slots=True)
class AnswerTranslation:
    """The author agrees to the translation now, or does not want it."""

    story: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class TellNews:
    """The author was told that there is something new about the story, or is to be told at `again` (UTC)."""

    story: int
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as it stands in groups that read English, and in those that read French."""

    story: int
    english: Message
    french: Message


@dataclass(frozen=True, slots=True)
class ReleaseStories:
    """These stories are told together, posted to this group first; their words do not change any more."""

    told: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class PostStories:
    """What was released earlier has been posted to this group as well."""

    release: int


StoryEffect = KeepStory | SettleStory | OfferTranslation | AnswerTranslation | TellNews
GroupStoryEffect = ReleaseStories | PostStories
