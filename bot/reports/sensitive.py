"""Which columns would give away what was marked as sensitive."""

from collections.abc import Iterable

from conversations.digests import references
from conversations.model import Event, Survey


def sensitive(surveys: Iterable[Survey]) -> frozenset[str]:
    """The names of the questions that are marked as sensitive in any of these revisions of a survey."""
    return frozenset(question.name for survey in surveys for question in survey.questions if question.sensitive)


def sensitive_messages(revisions: Iterable[Event]) -> frozenset[str]:
    """The names of the key messages that are marked as sensitive in any of these revisions of an event."""
    return frozenset(message.name for event in revisions for message in event.messages if message.sensitive)


def telling(surveys: Iterable[Survey]) -> frozenset[str]:
    """Those, and all that is worked out from them or asked only because of them: even a blank tells something then."""
    revisions = tuple(surveys)
    marked = sensitive(revisions)
    return marked.union(*(_behind(survey, marked) for survey in revisions))


def _behind(survey: Survey, marked: frozenset[str]) -> set[str]:
    looks_at = {question.name: references(survey, question) for question in survey.questions}
    found = set(marked)
    while further := {name for name, others in looks_at.items() if name not in found and not found.isdisjoint(others)}:
        found |= further
    return found
