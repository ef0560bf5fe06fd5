"""What people recall, worked out from the rows each time: never counted along, and never predicted.

A recall check asks the same item at every wave: the main question of a key message. Of each wave there are those who
were asked (it was sent to them, or they opened it by themselves), those of them who answered that item (to skip it is
no answer; the survey need not have been submitted) and those whose answer is right, as the revision that they answered
has it. All who were asked are the denominator of who answers; those who answered that of what is right.

A language is that of the chat now, since the answers to a survey have none of their own. Who is held back from
refreshers follows from the enrolment and the newest revision, whether or not any refreshers came.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import combinations
from typing import TypeVar

from sqlalchemy import Connection, and_, case, func, select

from conversations.model import Bilingual, Choice, Event, Language
from conversations.refreshers import is_held_back
from conversations.timing import RECALL_CHECK
from storage.dispositions import INVITED, of_event
from storage.events import Contents, id_of
from storage.tables import answers, chats, enrolments, plans, recalls, responses


@dataclass(frozen=True, slots=True)
class Check:
    """One key message in one wave (`occurrence` from 0) of the recall check, in people of a language and a group."""

    message: str
    occurrence: int
    language: Language
    held_back: bool
    asked: int
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class Pair:
    """People who answered the same item, word for word, in two waves: when it was right."""

    message: str
    first: int
    second: int
    language: Language
    held_back: bool
    both: int
    only_first: int
    only_second: int
    neither: int


@dataclass(frozen=True, slots=True)
class Asking:
    """A key message the n-th time (`asking` from 1) that refreshers asked somebody for it, in people.

    `sure` are those who were right and sure of it. Everybody has a calendar of their own, and those who are asked often
    are those who had forgotten: one asking is no wave.
    """

    message: str
    asking: int
    asked: int
    answered: int
    right: int
    sure: int


@dataclass(frozen=True, slots=True)
class Learning:
    """What an event's people recall. `reworded` names the items that were not the same words in all answers."""

    checks: tuple[Check, ...]
    pairs: tuple[Pair, ...]
    askings: tuple[Asking, ...]
    reworded: tuple[str, ...]


def learned(conn: Connection, contents: Contents, event: Event) -> Learning:
    """The figures of that event, which is given as its newest revision; in the order of its key messages.

    People whose key was destroyed are counted as long as their rows are there: numbers tell nothing of them.
    """
    asked = list(_asked(conn, contents, event))
    words = defaultdict(set)
    for each in asked:
        words[each.message].add(each.item)
    places = {message.name: place for place, message in enumerate(event.messages)}

    def place(name: str) -> tuple[int, str]:
        return places.get(name, len(places)), name

    def in_order(found: Iterable[_Figures]) -> tuple[_Figures, ...]:
        # All that tells them apart comes first in each of them.
        return tuple(sorted(found, key=lambda each: (place(each.message), astuple(each)[1:])))

    return Learning(
        checks=in_order(_checks(asked)),
        pairs=in_order(_pairs(asked)),
        askings=in_order(_askings(conn, event.code)),
        reworded=tuple(sorted((name for name, items in words.items() if len(items) > 1), key=place)),
    )


_Figures = TypeVar("_Figures", Check, Pair, Asking)


@dataclass(frozen=True, slots=True)
class _Item:
    """What was read: the same item is one with the same words, options and right answer."""

    question: Bilingual
    choices: tuple[Choice, ...]
    right: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """One person asked for one key message in one wave, with what they chose, None for nothing."""

    enrolment: int
    message: str
    occurrence: int
    language: Language
    held_back: bool
    item: _Item
    choice: str | None

    @property
    def right(self) -> bool:
        return self.choice == self.item.right


def right_answers(event: Event) -> dict[str, str]:
    """The right choice of each item that the recall check of that revision asks, by the name of its key message."""
    return {name: item.right for name, item in _items(event).items()}


def _items(event: Event) -> dict[str, _Item]:
    rights = {message.name: message.questions[0].right for message in event.messages}
    asked = [each for survey in event.surveys if survey.name == RECALL_CHECK for each in survey.questions]
    return {each.name: _Item(each.label, each.choices, rights[each.name]) for each in asked if each.name in rights}


_REVISION = func.coalesce(responses.c.revision_id, plans.c.revision_id).label("revision")


def _asked(conn: Connection, contents: Contents, event: Event) -> Iterator[_Asked]:
    sent = of_event(event.code, plans.c.id, plans.c.occurrence, _REVISION, enrolments.c.id, chats.c.language)
    of_waves = and_(plans.c.name == RECALL_CHECK, INVITED)
    rows = conn.execute(sent.join(chats, chats.c.id == enrolments.c.chat_id).where(of_waves)).all()
    chosen = {
        (plan, question): choice
        for plan, question, choice in conn.execute(
            of_event(event.code, plans.c.id, answers.c.question, answers.c.choice)
            .join(answers, answers.c.response_id == plans.c.id)
            .where(of_waves, answers.c.choice.is_not(None))
        )
    }
    items: Mapping[int, Mapping[str, _Item]] = {
        revision: _items(contents.content(conn, revision)) for revision in {row.revision for row in rows}
    }
    for plan, occurrence, revision, enrolment, language in rows:
        held_back = is_held_back(event, enrolment)
        for name, item in items[revision].items():
            yield _Asked(enrolment, name, occurrence, language, held_back, item, chosen.get((plan, name)))


def _checks(asked: Iterable[_Asked]) -> Iterator[Check]:
    counts: dict[tuple[str, int, Language, bool], Counter[str]] = defaultdict(Counter)
    for each in asked:
        told = {"asked": 1, "answered": each.choice is not None, "right": each.right}
        counts[each.message, each.occurrence, each.language, each.held_back].update(told)
    for key, found in counts.items():
        yield Check(*key, found["asked"], found["answered"], found["right"])


def _pairs(asked: Iterable[_Asked]) -> Iterator[Pair]:
    by_person: dict[tuple[int, str, _Item], list[_Asked]] = defaultdict(list)
    for each in asked:
        if each.choice is not None:
            by_person[each.enrolment, each.message, each.item].append(each)
    counts: dict[tuple[str, int, int, Language, bool], Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for answered in by_person.values():
        for first, second in combinations(_in_order(answered), 2):
            key = (first.message, first.occurrence, second.occurrence, first.language, first.held_back)
            counts[key][first.right, second.right] += 1
    for key, found in counts.items():
        yield Pair(*key, found[True, True], found[True, False], found[False, True], found[False, False])


def _in_order(answered: Sequence[_Asked]) -> list[_Asked]:
    return sorted(answered, key=lambda each: each.occurrence)


def _askings(conn: Connection, event_code: str) -> Iterator[Asking]:
    numbered = (
        select(recalls.c.message, recalls.c.recalled_at, recalls.c.right, recalls.c.sure, ASKING)
        .join(enrolments, enrolments.c.id == recalls.c.enrolment_id)
        .where(enrolments.c.event_id == id_of(event_code))
        .subquery()
        .c
    )
    right, sure = (
        func.sum(case((condition, 1), else_=0)) for condition in (numbered.right, and_(numbered.right, numbered.sure))
    )
    place = (numbered.message, numbered.asking)
    counted = select(*place, func.count(), func.count(numbered.recalled_at), right, sure).group_by(*place)
    return (Asking(*row) for row in conn.execute(counted))


ASKING = (
    func.row_number()
    .over(
        partition_by=(recalls.c.enrolment_id, recalls.c.message),
        order_by=(recalls.c.asked_at, recalls.c.plan_id),
    )
    .label("asking")
)
"""The number of the asking, from 1: which time refreshers ask this person for that key message."""
