"""Inviting: links for participants, as text, QR picture and poster; and lists of people who are expected.

What is told of how many came is for `conversations.disclosure` to say: an invitation for one person must not tell
whether that person has joined.
"""

from collections.abc import Callable, Mapping

from conversations.attachments import Attachment
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing
from conversations.desk import Reading
from conversations.dialogues.inviting import listing, making, roster, single
from conversations.effects import Turn
from conversations.model import Words
from conversations.roles import Act
from conversations.scene import Scene

__all__ = ["DEEDS", "PROMPTS", "READ_IN", "SENT_IN", "WRITTEN"]

DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.INVITE: listing.listed,
    Act.INVITE_NEW: making.begun,
    Act.INVITE_PART: making.part_chosen,
    Act.INVITE_PLACES: making.places_chosen,
    Act.INVITE_TYPE_PLACES: making.places_asked,
    Act.INVITE_TYPE_DAY: making.day_asked,
    Act.INVITE_MAKE: making.made,
    Act.INVITE_THIS: single.shown_alone,
    Act.INVITE_LETTER: single.as_letter,
    Act.INVITE_QR: single.as_picture,
    Act.INVITE_POSTER: single.as_poster,
    Act.WITHDRAW: single.withdrawing,
    Act.WITHDRAW_FOR_GOOD: single.withdrawn,
    Act.REPLACE: single.replaced,
    Act.ROSTER: roster.asked,
    Act.ROSTER_ANEW: roster.starting_anew,
    Act.ROSTER_ANEW_FOR_GOOD: roster.started_anew,
}
WRITTEN: Mapping[Act, Callable[[Conversation, Writing, str, Scene], Turn]] = {
    Act.INVITE_TYPE_PLACES: making.places_typed,
    Act.INVITE_TYPE_DAY: making.day_typed,
}
SENT_IN: Mapping[Act, Callable[[Conversation, Writing, Attachment, Scene], Turn]] = {Act.ROSTER: roster.sent}
READ_IN: Mapping[Act, Callable[[Conversation, Reading, Scene], Turn]] = {Act.ROSTER: roster.read_in}
PROMPTS: Mapping[Act, Words] = {**making.PROMPTS, **roster.PROMPTS}
