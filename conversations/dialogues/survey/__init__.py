"""A micro-survey: opened from its nudge, one message a question, reviewed, submitted; taken up again at will."""

from conversations.dialogues.survey.answering import restated, said, sent, tapped, wants_words
from conversations.dialogues.survey.beginning import (
    announcement,
    asked_again,
    ceased,
    continued,
    declined,
    opened,
    postponed,
    reminder,
    resumed,
)
from conversations.dialogues.survey.reviewing import review_restated, review_said, review_tapped

__all__ = [
    "announcement",
    "asked_again",
    "ceased",
    "continued",
    "declined",
    "opened",
    "postponed",
    "reminder",
    "restated",
    "resumed",
    "review_restated",
    "review_said",
    "review_tapped",
    "said",
    "sent",
    "tapped",
    "wants_words",
]
