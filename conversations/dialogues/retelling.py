"""Stories at the end of a group's digest. A digest that has nothing else to tell brings them alone."""

from dataclasses import replace

from conversations.effects import GroupEffect, GroupTurn, Say, SayKind, SettleNudge
from conversations.messages import Message, Paragraph, length, message, phrase, strong
from conversations.model import Language
from conversations.policy import Reason
from conversations.scene import GroupScene
from conversations.stories import LONGEST_WITH_STORIES, Story, chapter, ripe, told_in
from conversations.story_effects import PostStories, ReleaseStories, Telling


def with_stories(turn: GroupTurn, scene: GroupScene) -> GroupTurn:
    """The turn of a digest that is due, with the stories that can be told by now.

    Where there is no room left beside what else is told, they wait for the next digest.
    """
    nudge, event = scene.nudge, scene.event
    if nudge is None or event is None:
        return turn
    nothing = SettleNudge(nudge.id, Reason.NOT_ENOUGH_ANSWERS)
    digest = next((each for each in turn.effects if isinstance(each, Say) and each.kind is SayKind.DIGEST), None)
    if digest is None and nothing not in turn.effects:
        return turn
    told = _told(scene)
    if told is None:
        return turn
    effect, stories = told
    if digest is None:
        said = Say(
            message(strong(phrase("News from {event}", event=event.title)), *stories), SayKind.DIGEST, nudge=nudge.id
        )
        return GroupTurn((effect, said, SettleNudge(nudge.id, Reason.SENT)))
    longer = replace(digest, message=replace(digest.message, paragraphs=(*digest.message.paragraphs, *stories)))
    if length(longer.message) > LONGEST_WITH_STORIES:
        return turn
    return GroupTurn((effect, *(longer if each is digest else each for each in turn.effects)))


def _told(scene: GroupScene) -> tuple[GroupEffect, tuple[Paragraph, ...]] | None:
    """What was told elsewhere comes first, in its own words; None when there is nothing to tell."""
    if scene.shelf.unposted:
        earlier = scene.shelf.unposted[0]
        return PostStories(earlier.id), chapter([Paragraph(each) for each in earlier.words])
    stories = ripe(scene.shelf.candidates, scene.now)
    if not stories:
        return None
    release = ReleaseStories(tuple(_telling(each) for each in stories))
    return release, chapter([told_in(each, scene.language) for each in stories])


def _telling(story: Story) -> Telling:
    english, french = (Message((told_in(story, reading),)) for reading in (Language.EN, Language.FR))
    return Telling(story.id, english, french)
