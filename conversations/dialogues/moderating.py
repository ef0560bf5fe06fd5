"""Somebody of a team reads the stories that wait, by number: who wrote them is not known, nor in which order they came.

A number stands for one wording: what is written anew has another one, so no button approves words that nobody read.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Duty, asking, shown
from conversations.effects import PersonalEffect, Say, Toast, Turn
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Language, Phrase, Words
from conversations.roles import Act, may
from conversations.scene import Scene
from conversations.stories import OBJECTIONS, Objection, Story, StoryDesk, StoryState, as_told, told_in
from conversations.story_effects import OfferTranslation, SettleStory
from conversations.story_words import cleaned, not_fit
from conversations.words import is_seen

_MOST_LISTED: Final = 20
_OBJECTIONS: Final = tuple(Objection)
"""A button carries the place in this list, counted from 1; 0 is for no reason."""
_READ_WITH_CARE: Final = phrase(
    "Read it as somebody would who looks for its author: a name, a place, a date, something that only one person can "
    "have done? In doubt, ask for another wording."
)
_TRANSLATION: Final = phrase("Write it in the other language. It is used only if the author agrees.")


def _listed(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, desk = _at_hand(scene)
    return shown(conversation, _list(duty, desk), tap=tap)


def _list(duty: Duty, desk: StoryDesk) -> Message:
    stories = desk.stories[:_MOST_LISTED]
    lines: list[Words | Paragraph] = [strong(phrase("Stories of {event}", event=duty.title))]
    lines += [_line(each) for each in stories]
    if not stories:
        lines.append(phrase("None waits to be read, and none to be told."))
    left = len(desk.stories) - len(stories)
    if left:
        lines.append(phrase("There are more. They are shown once these are dealt with."))
    keys = tuple((Key(_name(each), Manage(Act.STORY_READ, each.event_id, each.id)),) for each in stories)
    return message(*lines, keyboard=keys)


def _line(story: Story) -> Phrase:
    if story.state is StoryState.APPROVED:
        return phrase("Story {number}: approved, not told yet", number=str(story.id))
    return phrase("Story {number}: to be read", number=str(story.id))


def _name(story: Story) -> Phrase:
    return short("button", "Story {number}", number=str(story.id))


def _read(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, desk = _at_hand(scene)
    story = desk.picked
    return _gone(conversation) if story is None else shown(conversation, _one(story, duty), tap=tap)


def _one(story: Story, duty: Duty) -> Message:
    lines: list[Words | Paragraph] = [strong(_name(story)), told_in(story, story.language), _READ_WITH_CARE]
    if story.translation:
        lines.append(as_told(story.words, story.language, story.language.other, story.translation))
        agreed = phrase("The author agrees to this translation.")
        lines.append(agreed if story.agreed else phrase("The author has not yet agreed to this translation."))
    elif story.language is Language.FR:
        lines.append(phrase("It is in French, and a group that reads English is told so."))
    else:
        lines.append(phrase("It is in English, and a group that reads French is told so."))
    return message(*lines, keyboard=(*_ways(story, duty), _back(duty)))


def _ways(story: Story, duty: Duty) -> tuple[tuple[Key, ...], ...]:
    def key(label: str, act: Act) -> Key:
        return Key(_LABELS[label], Manage(act, duty.event_id, story.id))

    ways: list[tuple[Key, ...]] = []
    if story.state is StoryState.WAITING:
        ways.append((key("approve", Act.STORY_APPROVE),))
    ways.append((key("reword", Act.STORY_REWORD), key("refuse", Act.STORY_REFUSE)))
    if not story.translation and may(duty.role, Act.STORY_TRANSLATE):
        ways.append((key("translate", Act.STORY_TRANSLATE),))
    return tuple(ways)


def _approved(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, desk = _at_hand(scene)
    story = desk.picked
    if story is None or story.state is not StoryState.WAITING:
        return _gone(conversation)
    done = message(
        phrase("Story {number} is approved.", number=str(story.id)),
        phrase("It is told a week from now at the earliest, once five are ready. Until then you can still refuse it."),
        keyboard=(_back(duty),),
    )
    return shown(conversation, done, SettleStory(story.id, StoryState.APPROVED), tap=tap)


def _why(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """The reason is chosen from a short list: free words would tell the author who reads."""
    duty, desk = _at_hand(scene)
    story = desk.picked
    if story is None:
        return _gone(conversation)
    rewording = button.act is Act.STORY_REWORD
    act = Act.STORY_REWORD_FOR if rewording else Act.STORY_REFUSE_FOR
    keys = [
        (Key(OBJECTIONS[each], Manage(act, duty.event_id, story.id, place)),)
        for place, each in enumerate(_OBJECTIONS, start=1)
    ]
    if not rewording:
        keys.append((Key(short("button", "Without a reason"), Manage(act, duty.event_id, story.id)),))
    keys.append((Key(_LABELS["back"], Manage(Act.STORY_READ, duty.event_id, story.id)),))
    question = phrase("Why is it not to be shared? The author gets one of these sentences, and no other word.")
    if rewording:
        question = phrase("Why is another wording needed? The author gets one of these sentences, and no other word.")
    return shown(conversation, message(question, keyboard=tuple(keys)), tap=tap)


def _objected(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, desk = _at_hand(scene)
    story = desk.picked
    rewording = button.act is Act.STORY_REWORD_FOR
    if story is None or button.version > len(_OBJECTIONS) or (rewording and not button.version):
        return _gone(conversation)
    objection = _OBJECTIONS[button.version - 1] if button.version else None
    state = StoryState.RETURNED if rewording else StoryState.REFUSED
    told = phrase("Story {number} is refused. Its author is told.", number=str(story.id))
    if rewording:
        told = phrase("The author of story {number} is asked for another wording.", number=str(story.id))
    settled: PersonalEffect = SettleStory(story.id, state, objection)
    return shown(conversation, message(told, keyboard=(_back(duty),)), settled, tap=tap)


def _translating(conversation: Conversation, _button: Manage, scene: Scene, _tap: bool) -> Turn:
    _, desk = _at_hand(scene)
    story = desk.picked
    if story is None or story.translation:
        return _gone(conversation)
    step = Writing(story.event_id, Act.STORY_TRANSLATE, story.id, aside(conversation.step))
    return asking(conversation, step, message(told_in(story, story.language), _TRANSLATION), Toast())


def _translated(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn:
    duty, desk = _at_hand(scene)
    story, back = desk.picked, replace(conversation, step=step.before)
    if story is None or story.translation:
        gone = message(phrase("This has changed meanwhile: the translation was not kept. See /stories."))
        return Turn(back, (Say(gone),))
    words = cleaned(text)
    if not is_seen(words):
        return asking(conversation, step, message(_TRANSLATION))
    if (refusal := not_fit(words)) is not None:
        return Turn(conversation, (Say(message(refusal)),))
    offered = replace(story, translation=words)
    return Turn(back, (OfferTranslation(story.id, words), Say(_one(offered, duty))))


def _back(duty: Duty) -> tuple[Key]:
    return (Key(short("button", "The stories"), Manage(Act.STORIES, duty.event_id)),)


def _at_hand(scene: Scene) -> tuple[Duty, StoryDesk]:
    desk = scene.desk
    assert desk is not None and desk.duty is not None and desk.stories is not None  # noqa: S101, PT018 # as loaded
    return desk.duty, desk.stories


def _gone(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /stories.")),))


_LABELS: Final[Mapping[str, Phrase]] = {
    "approve": short("button", "Approve it"),
    "reword": short("button", "Ask for another wording"),
    "refuse": short("button", "Refuse it"),
    "translate": short("button", "Offer a translation"),
    "back": short("button", "Back"),
}
DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.STORIES: _listed,
    Act.STORY_READ: _read,
    Act.STORY_APPROVE: _approved,
    Act.STORY_REWORD: _why,
    Act.STORY_REWORD_FOR: _objected,
    Act.STORY_REFUSE: _why,
    Act.STORY_REFUSE_FOR: _objected,
    Act.STORY_TRANSLATE: _translating,
}
WRITTEN: Mapping[Act, Callable[[Conversation, Writing, str, Scene], Turn]] = {Act.STORY_TRANSLATE: _translated}
PROMPTS: Mapping[Act, Words] = {Act.STORY_TRANSLATE: _TRANSLATION}
