"""A person's stories, held in a dictionary as storage would hold them; the team that reads them is somebody else."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from conversations.effects import PersonalEffect
from conversations.stories import Audience, Objection, Story, StoryState, Storytelling
from conversations.story_effects import AnswerTranslation, KeepStory, OfferTranslation, SettleStory, TellNews
from tests.conversations.aided import Aided

FIRST_NUMBER = 100_001


@dataclass
class Storied(Aided):
    """Stories by their numbers, and when the person is to be told of which."""

    stories: dict[int, Story] = field(default_factory=dict)
    numbered: int = 0
    news: dict[int, datetime] = field(default_factory=dict)

    def _storytelling(self) -> Storytelling:
        audiences = tuple(
            Audience(
                self.number_of(code),
                code,
                next(event.title for event in self.events.values() if event.code == code),
                self.staffed,
                all(each.state is not StoryState.WAITING for each in self.stories.values()),
            )
            for code in self.enrolments
        )
        newest_first = tuple(sorted(self.stories.values(), key=lambda each: (each.written, each.id), reverse=True))
        return Storytelling(audiences, newest_first, FIRST_NUMBER + self.numbered)

    def _tale(self, effect: PersonalEffect) -> bool:
        """Whether it was about a story, and was done."""
        match effect:
            case KeepStory(number, event, words, language, instead):
                assert number not in self.stories
                assert words.strip()
                if instead:
                    assert self.stories.pop(instead).state is StoryState.RETURNED
                self.numbered += 1
                self.stories[number] = Story(number, event, StoryState.WAITING, words, language, self.now)
            case SettleStory(number, state):
                assert state is StoryState.WITHDRAWN, "all else is for the team"
                assert self.stories[number].state is not StoryState.WITHDRAWN
                self._story_changes(number, state=state, words="", translation="", agreed=False, objection=None)
                self.news.pop(number, None)
            case AnswerTranslation(number, agreed):
                before = self.stories[number]
                assert before.translation
                assert not before.agreed
                self._story_changes(number, agreed=agreed, translation=before.translation if agreed else "")
            case TellNews(number, again):
                assert again is None or again > self.now
                self.news.pop(number, None)
                if again is not None:
                    self.news[number] = again
            case OfferTranslation():
                raise AssertionError("this is for the team")
            case _:
                return False
        return True

    def team_settles(self, number: int, state: StoryState, objection: Objection | None = None) -> None:
        """The team decides over it, and the person is to be told."""
        self._story_changes(number, state=state, objection=objection)
        self.news[number] = self.now

    def team_translates(self, number: int, words: str) -> None:
        """The team offers it in the other language."""
        self._story_changes(number, translation=words, agreed=False)
        self.news[number] = self.now

    def _story_changes(self, number: int, **changes: object) -> None:
        before = self.stories[number]
        self.stories[number] = replace(before, version=before.version + 1, **changes)  # type: ignore[arg-type] # fields
