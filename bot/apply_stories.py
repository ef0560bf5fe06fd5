"""What is to be done with stories becomes rows, inside the turn."""

from typing import assert_never

from bot.doing import Doing
from bot.rendering import frozen
from conversations.model import Bilingual
from conversations.stories import StoryState
from conversations.story_effects import (
    AnswerTranslation,
    GroupStoryEffect,
    KeepStory,
    OfferTranslation,
    PostStories,
    ReleaseStories,
    SettleStory,
    StoryEffect,
    Telling,
    TellNews,
)
from storage import groups, holding, stories


def apply_stories(effect: StoryEffect, doing: Doing) -> None:
    """Carry out one effect on a story of somebody's own, or of somebody whose story the team reads."""
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case KeepStory(story, event_id, words, language, instead):
            stories.keep(connection, doing.vault, chat, story, event_id, words, language, instead, now)
        case SettleStory(story, StoryState.WITHDRAWN):
            # A digest that has not left the machine yet is made anew without it.
            holding.call_back(connection, stories.plans_that_told(connection, chat.id, story), now)
            stories.withdraw(connection, story, now)
        case SettleStory(story, state, objection):
            stories.settle(connection, story, state, objection, now)
        case OfferTranslation(story, words):
            stories.offer_translation(connection, doing.vault, story, words, now)
        case AnswerTranslation(story, agreed):
            stories.answer_translation(connection, story, now, agreed=agreed)
        case TellNews(story, again):
            stories.tell_news(connection, story, again)
        case _:
            assert_never(effect)


def forget_stories(doing: Doing) -> None:
    """The person leaves: what of theirs is on its way to a group does not get there."""
    plan_ids = stories.plans_that_told(doing.connection, doing.chat.id)
    if plan_ids:
        holding.call_back(doing.connection, plan_ids, doing.now)


def apply_group_stories(effect: GroupStoryEffect, doing: Doing) -> None:
    """Carry out one effect of a digest that tells stories."""
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case ReleaseStories(told):
            linked = groups.linked_event(connection, chat.id)
            assert linked is not None  # noqa: S101 # the core releases for a linked group only
            words = [(each.story, _in_both(each)) for each in told]
            stories.release(connection, doing.vault, linked, words, chat.id, now)
        case PostStories(release):
            stories.post(connection, release, chat.id, now)
        case _:
            assert_never(effect)


def _in_both(told: Telling) -> Bilingual:
    return Bilingual(frozen(told.english).en, frozen(told.french).fr)
