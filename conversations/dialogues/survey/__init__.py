"""A micro-survey: opened from its nudge, one message a question, reviewed, submitted; taken up again at will."""

from conversations.dialogues.survey.answering import restated, said, sent, tapped, wants_words
from conversations.dialogues.survey.beginning import announcement, continued, declined, opened
from conversations.dialogues.survey.reviewing import review_restated, review_said, review_tapped

__all__ = [
    "announcement",
    "continued",
    "declined",
    "opened",
    "restated",
    "review_restated",
    "review_said",
    "review_tapped",
    "said",
    "sent",
    "tapped",
    "wants_words",
]
