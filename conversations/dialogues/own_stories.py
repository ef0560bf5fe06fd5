"""A person's stories: how each stands, what the team says of it, and how to take it back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from conversations.buttons import StoryMove, Tale
from conversations.conversation import Conversation, Idle, said_stop
from conversations.days import Rests, resting
from conversations.desk import shown
from conversations.effects import Say, Toast, Turn
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Phrase, Words
from conversations.policy import BUSY_FOR
from conversations.scene import Scene
from conversations.stories import OBJECTIONS, Story, StoryState, Storytelling, as_told, told_in
from conversations.story_effects import AnswerTranslation, SettleStory, TellNews
from conversations.timing import Policy
from conversations.way_to_help import with_a_way

_MOST_LISTED: Final = 20
_LATER: Final = timedelta(hours=1)
_ANY_PACK: Final = Policy(public_holidays=False)

_STANDING: Final[Mapping[StoryState, Phrase]] = {
    StoryState.WAITING: phrase("It waits for somebody of the team to read it."),
    StoryState.RETURNED: phrase("The team asks you for another wording."),
    StoryState.APPROVED: phrase(
        "It is approved. It is told once a week has gone by and four others are ready as well."
    ),
    StoryState.REFUSED: phrase("The team can’t share it. It is not told, and is deleted after a month."),
    StoryState.WITHDRAWN: phrase("You have withdrawn it. It is not told."),
    StoryState.RELEASED: phrase("It was handed on to the group’s digest, with four others."),
}


def listed(conversation: Conversation, scene: Scene, *, tap: bool = False) -> Turn:
    """How each of the person's stories stands; the words come with a tap, since others may look at the screen."""
    stories = (scene.stories or Storytelling()).stories[:_MOST_LISTED]
    lines: list[Words | Paragraph] = [strong(phrase("Your stories"))]
    lines += [
        phrase("{number}. {date}: {state}", number=number, date=story.written.date(), state=_STANDING[story.state])
        for number, story in enumerate(stories, start=1)
    ]
    keys = [
        (Key(short("button", "Story {number}", number=number), Tale(StoryMove.OPEN, story.id)),)
        for number, story in enumerate(stories, start=1)
    ]
    keys.append((Key(short("button", "Tell another story"), Tale(StoryMove.BEGIN)),))
    return shown(conversation, message(*lines, keyboard=tuple(keys)), tap=tap)


def opened(conversation: Conversation, button: Tale, scene: Scene) -> Turn:
    """One story: its words as they are told, how it stands, and what can be done."""
    story = _of(button, scene)
    return _gone(conversation) if story is None else shown(conversation, _one(story), tap=True)


def withdrawing(conversation: Conversation, button: Tale, scene: Scene) -> Turn:
    """Whether they really want it back."""
    story = _of(button, scene)
    if story is None or story.state is StoryState.WITHDRAWN:
        return _gone(conversation)
    told = phrase("Withdraw this story? It is not told, and its words are deleted.")
    if story.state is StoryState.RELEASED:
        told = phrase(
            "Withdraw this story? No further group gets it. Where it was posted already, nobody can remove it."
        )
    keys = (
        (Key(short("button", "Yes, withdraw it"), _tale(StoryMove.WITHDRAW_FOR_GOOD, story)),),
        (Key(short("button", "No, leave it"), _tale(StoryMove.OPEN, story)),),
    )
    return shown(conversation, message(told, keyboard=keys), tap=True)


def withdrawn(conversation: Conversation, button: Tale, scene: Scene) -> Turn:
    """It is theirs again, whatever the team has made of it meanwhile."""
    story = _of(button, scene)
    if story is None or story.state is StoryState.WITHDRAWN:
        return _gone(conversation)
    done = message(phrase("It is withdrawn, and its words are deleted here."), keyboard=(_BACK,))
    return shown(conversation, done, SettleStory(story.id, StoryState.WITHDRAWN), tap=True)


def translation_answered(conversation: Conversation, button: Tale, scene: Scene, *, agreed: bool) -> Turn:
    """The author agrees to the words in the other language, or does not want them."""
    story = _of(button, scene)
    if story is None or story.version != button.version or not _is_asked(story):
        return _gone(conversation)
    answered = replace(story, agreed=agreed, translation=story.translation if agreed else "")
    return shown(conversation, _one(answered), AnswerTranslation(story.id, agreed), tap=True)


def news_due(conversation: Conversation, number: int, scene: Scene) -> Turn:
    """The team has done something with a story: a neutral line, when a message does no harm there."""
    story = (scene.stories or Storytelling()).story(number)
    if story is None or not scene.reachable:
        return Turn(conversation, (TellNews(number),))
    until = scene.wishes.paused_until
    if until is not None and until > scene.now:
        return Turn(conversation, (TellNews(number, until),))
    if _not_now(conversation, story, scene):
        return Turn(conversation, (TellNews(number, scene.now + _LATER),))
    opening = ((Key(short("button", "Open"), Tale(StoryMove.OPEN, number)),),)
    told = with_a_way(message(phrase("You have a new message."), keyboard=opening))
    return Turn(conversation, (TellNews(number), Say(told)))


def _not_now(conversation: Conversation, story: Story, scene: Scene) -> bool:
    audiences = (scene.stories or Storytelling()).audiences
    code = next((each.event for each in audiences if each.event_id == story.event_id), "")
    enrolment = scene.enrolled_in(code)
    zone = conversation.zone or (scene.events[enrolment.revision].timezone if enrolment is not None else "UTC")
    talking = scene.heard is not None and timedelta(0) <= scene.now - scene.heard < BUSY_FOR
    if scene.stopped.covers(code) or said_stop(conversation.step) or (talking and conversation.step != Idle()):
        return True
    return resting(scene.now, zone, _ANY_PACK) is Rests.NIGHT


def _one(story: Story) -> Message:
    lines: list[Words | Paragraph] = []
    if story.words:
        lines.append(told_in(story, story.language))
    if story.words and story.translation and story.agreed:
        lines.append(told_in(story, story.language.other))
    lines.append(_STANDING[story.state])
    if story.objection is not None:
        lines.append(phrase("Why: {reason}", reason=OBJECTIONS[story.objection]))
    if _is_asked(story):
        lines.append(phrase("The team offers this translation for groups that read in the other language:"))
        lines.append(as_told(story.words, story.language, story.language.other, story.translation))
        lines.append(phrase("If you agree, both are told, a week from now at the earliest. If not, your words alone."))
    return message(*lines, keyboard=(*_ways(story), _BACK))


def _ways(story: Story) -> tuple[tuple[Key, ...], ...]:
    ways: list[tuple[Key, ...]] = []
    if _is_asked(story):
        ways.append((Key(short("button", "Yes, with this translation"), _tale(StoryMove.AGREE, story)),))
        ways.append((Key(short("button", "No, without it"), _tale(StoryMove.DECLINE, story)),))
    if story.state is StoryState.RETURNED:
        ways.append((Key(short("button", "Write my story anew"), _tale(StoryMove.ANEW, story)),))
    if story.state is not StoryState.WITHDRAWN:
        ways.append((Key(short("button", "Withdraw it"), _tale(StoryMove.WITHDRAW, story)),))
    return tuple(ways)


def _is_asked(story: Story) -> bool:
    """Whether the author is still to say what they think of a translation."""
    open_still = story.state in {StoryState.WAITING, StoryState.APPROVED}
    return open_still and bool(story.translation) and not story.agreed


def _of(button: Tale, scene: Scene) -> Story | None:
    return (scene.stories or Storytelling()).story(button.item)


def _tale(move: StoryMove, story: Story) -> Tale:
    return Tale(move, story.id, story.version)


def _gone(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /story.")),))


_BACK: Final = (Key(short("button", "My stories"), Tale(StoryMove.LIST)),)
