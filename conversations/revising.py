"""What a new revision of a live event changes, and what of it whoever takes part will notice. Nobody is stranded.

- whoever is in the middle of a survey finishes it as it was, and answers keep the revision they were given under;
- what was sent stays as it was; what is still to come is planned anew, and follows the new words;
- people keep what they agreed to, in the words that they read.

How many people one change concerns is not counted: a team is told of everybody who takes part, never of parts so small
that somebody could be found by them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from conversations.model import Bilingual, Choice, Event, Purpose, Question, Survey, Words
from conversations.timing import TouchpointKind


class Change(StrEnum):
    """What sort of change it is; in the order in which they are told."""

    CONSENT = "consent"
    """The words that people agree to, or what they can agree to."""
    SURVEY_REMOVED = "survey_removed"
    QUESTION_REMOVED = "question_removed"
    OPTION_REMOVED = "option_removed"
    QUESTION_CHANGED = "question_changed"
    """Its type, its order of options, its conditions or its marks."""
    ROW_REMOVED = "row_removed"
    ROW_MOVED = "row_moved"
    ROW_ADDED = "row_added"
    SURVEY_ADDED = "survey_added"
    QUESTION_ADDED = "question_added"
    OPTION_ADDED = "option_added"
    PROFILE = "profile"
    """The questions that are asked on joining."""
    MESSAGE_REMOVED = "message_removed"
    MESSAGE_CHANGED = "message_changed"
    MESSAGE_ADDED = "message_added"
    CONTACTS = "contacts"
    TEXTS = "texts"
    """Other words, of surveys and around them."""
    FRAME = "frame"
    """Dates, time zone, or how messages are spaced."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One change: `what` it is about, by its title or words; `count` of how many things."""

    change: Change
    what: tuple[Words, ...] = ()
    count: int = 1


def changes(old: Event, new: Event) -> tuple[Changed, ...]:
    """Everything that differs, each sort of change once, in the order of `Change`; nothing for equal events."""
    found: dict[Change, list[Words]] = {}
    for change, what in (
        *_of_surveys(old, new),
        *_of_messages(old, new),
        *_of_rows(old, new),
        *_of_frame(old, new),
    ):
        found.setdefault(change, []).append(what)
    return tuple(
        Changed(each, tuple(dict.fromkeys(what for what in found[each] if what)), len(found[each]))
        for each in Change
        if each in found
    )


_Found = Iterable[tuple[Change, Words]]


def _of_surveys(old: Event, new: Event) -> _Found:
    before, after = _by_name(old.surveys), _by_name(new.surveys)
    yield from ((Change.SURVEY_REMOVED, before[name].title) for name in before if name not in after)
    yield from ((Change.SURVEY_ADDED, after[name].title) for name in after if name not in before)
    for name, survey in before.items():
        if name in after and survey != after[name]:
            yield from _of_survey(survey, after[name])


def _of_survey(old: Survey, new: Survey) -> _Found:
    before = {each.name: each for each in old.questions}
    after = {each.name: each for each in new.questions}
    yield from ((Change.QUESTION_REMOVED, before[name].label) for name in before if name not in after)
    yield from ((Change.QUESTION_ADDED, after[name].label) for name in after if name not in before)
    told = set(before) != set(after)
    for name, question in before.items():
        if name in after and question != after[name]:
            told = True
            yield from _of_question(question, after[name])
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        told = True
        yield Change.QUESTION_CHANGED, new.title
    if not told or old.title != new.title:
        yield Change.TEXTS, new.title


def _of_question(old: Question, new: Question) -> _Found:
    before = {each.name: each for each in old.choices}
    after = {each.name: each for each in new.choices}
    yield from ((Change.OPTION_REMOVED, before[name].label) for name in before if name not in after)
    yield from ((Change.OPTION_ADDED, after[name].label) for name in after if name not in before)
    reworded = any(name in after and before[name].label != after[name].label for name in before)
    if _wordless(old) != _wordless(new) or _shape(old, after) != _shape(new, before):
        yield Change.QUESTION_CHANGED, new.label
    if reworded or _words_of(old) != _words_of(new):
        yield Change.TEXTS, new.label


def _wordless(question: Question) -> Question:
    """All of it but its words and options."""
    # Codes are for coders alone: people are asked the same.
    return replace(
        question,
        label=_NO_WORDS,
        hint=None,
        constraint_message=None,
        required_message=None,
        choices=(),
        codes=(),
    )


def _words_of(question: Question) -> tuple[Bilingual | None, ...]:
    return question.label, question.hint, question.constraint_message, question.required_message


def _shape(question: Question, other: Mapping[str, Choice]) -> tuple[object, ...]:
    """What its options are beside their words, of those that the other has too, in their order."""
    return tuple((each.name, each.zones, each.columns) for each in question.choices if each.name in other)


_NO_WORDS = Bilingual("", "")


def _of_messages(old: Event, new: Event) -> _Found:
    before = {each.name: each for each in old.messages}
    after = {each.name: each for each in new.messages}
    yield from ((Change.MESSAGE_REMOVED, before[name].text) for name in before if name not in after)
    yield from ((Change.MESSAGE_ADDED, after[name].text) for name in after if name not in before)
    for name, message in before.items():
        if name in after and message != after[name]:
            yield Change.MESSAGE_CHANGED, after[name].text


def _of_rows(old: Event, new: Event) -> _Found:
    """Rows of the schedule: those of the same thing that differ were moved, what is left over came or went."""
    gone, come = Counter(old.schedule), Counter(new.schedule)
    gone, come = gone - come, come - gone
    names: dict[tuple[TouchpointKind, str], None] = {(each.kind, each.name): None for each in (*gone, *come)}
    for kind, name in names:
        less = sum(count for row, count in gone.items() if (row.kind, row.name) == (kind, name))
        more = sum(count for row, count in come.items() if (row.kind, row.name) == (kind, name))
        what = _title(new if more else old, kind, name)
        yield from ((Change.ROW_MOVED, what) for _ in range(min(less, more)))
        yield from ((Change.ROW_REMOVED, what) for _ in range(less - more))
        yield from ((Change.ROW_ADDED, what) for _ in range(more - less))


def _title(event: Event, kind: TouchpointKind, name: str) -> Words:
    if kind is TouchpointKind.SURVEY:
        return next((each.title for each in event.surveys if each.name == name), name)
    return next((each.text for each in event.messages if each.name == name), name)


def _of_frame(old: Event, new: Event) -> _Found:
    agreed_before = old.consent, _lines(old)
    if agreed_before != (new.consent, _lines(new)):
        yield Change.CONSENT, ""
    if old.profile != new.profile:
        yield Change.PROFILE, ""
    if old.referrals != new.referrals:
        yield Change.CONTACTS, ""
    for before, after in ((old.title, new.title), (old.welcome, new.welcome), (old.contact, new.contact)):
        if before != after:
            yield Change.TEXTS, ""
    if (old.start, old.end, old.timezone, old.policy) != (new.start, new.end, new.timezone, new.policy):
        yield Change.FRAME, ""


def _lines(event: Event) -> dict[Purpose, Bilingual]:
    return dict(event.consent_lines)


def _by_name(surveys: Iterable[Survey]) -> dict[str, Survey]:
    return {each.name: each for each in surveys}
