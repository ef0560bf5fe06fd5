"""Stories of a person, in one place: what they type and tap for them, and what time does."""

from typing import assert_never

from conversations import resting
from conversations.buttons import StoryMove, Tale
from conversations.conversation import Conversation
from conversations.dialogues import own_stories, telling
from conversations.effects import Say, Toast, Turn
from conversations.messages import message, phrase
from conversations.scene import Scene
from conversations.stories import StoryState


def asked(conversation: Conversation, scene: Scene) -> Turn:
    """/story: how theirs stand, or for whoever has none how to tell one."""
    if not scene.enrolments:
        return Turn(
            conversation, (Say(message(phrase("A story belongs to an event, and you are part of none here."))),)
        )
    if scene.stories is not None and scene.stories.stories:
        return own_stories.listed(conversation, scene)
    return telling.begun(conversation, 0, scene)


def reached(conversation: Conversation, button: Tale, scene: Scene) -> Turn:
    """What somebody does about their stories; to whoever takes part in nothing, it is an old button."""
    if not scene.enrolments:
        return Turn(conversation, (Toast(phrase("This button is not in use any more. See the newest message.")),))
    if _rests(button, scene):
        return _with_toast(resting.rested(conversation))
    match button.move:
        case StoryMove.LIST:
            return own_stories.listed(conversation, scene, tap=True)
        case StoryMove.BEGIN:
            return _with_toast(telling.begun(conversation, button.item, scene))
        case StoryMove.OPEN:
            return own_stories.opened(conversation, button, scene)
        case StoryMove.ANEW:
            story = scene.stories.story(button.item) if scene.stories is not None else None
            if story is None or story.state is not StoryState.RETURNED:
                return own_stories.opened(conversation, button, scene)
            return _with_toast(telling.anew(conversation, story, scene))
        case StoryMove.AGREE:
            return own_stories.translation_answered(conversation, button, scene, agreed=True)
        case StoryMove.DECLINE:
            return own_stories.translation_answered(conversation, button, scene, agreed=False)
        case StoryMove.WITHDRAW:
            return own_stories.withdrawing(conversation, button, scene)
        case StoryMove.WITHDRAW_FOR_GOOD:
            return own_stories.withdrawn(conversation, button, scene)
        case _:
            assert_never(button.move)


def _rests(button: Tale, scene: Scene) -> bool:
    """Whether it is about an event that is stopped. Whoever takes back their consent is heard at any time."""
    if button.move in {StoryMove.WITHDRAW, StoryMove.WITHDRAW_FOR_GOOD} or scene.stories is None:
        return False
    story = scene.stories.story(button.item)
    codes = {each.event_id: each.event for each in scene.stories.audiences}
    stopped = story is not None and scene.stopped.covers(codes.get(story.event_id, ""))
    return stopped or resting.all_rest(scene)


def _with_toast(turn: Turn) -> Turn:
    return Turn(turn.conversation, (Toast(), *turn.effects))
