"""What the operator asks for to have answers coded, worked out from a store, with a line in the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from typing import Final

from bot.app import Store
from bot.coding.returned import Returned
from bot.main import known
from bot.reports.problem import ExportProblem
from bot.reports.sensitive import telling
from bot.workbook.wording import nearest
from conversations.coding import Agreement, Codes, agreement, codable, codebook, questions_named
from conversations.model import Bilingual, Choice, Event
from storage import audit, coding, events
from storage.coding import Written
from storage.database import only, snapshot
from storage.events import numbers_of

_CODE: Final = "code"
"""The word in the audit log for answers that went out to be coded, and for codes that came back."""


@dataclass(frozen=True, slots=True)
class Work:
    """All that there is of a question that is coded; `given` has what each coder gave, by the row's id of each answer.

    `sensitive` says that it was marked so in any revision, or was asked only because of what was.
    """

    event: str
    question: str
    label: Bilingual
    sensitive: bool
    codes: tuple[Choice, ...]
    answers: tuple[Written, ...] = field(repr=False)
    given: dict[str, dict[int, Codes]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """How many answers a returned workbook has codes for: `new` ones, others than before, or the same.

    `gone` are answers that this coder had coded and that are not any more, `waiting` those that are not coded.
    """

    new: int
    other: int
    same: int
    gone: int
    waiting: int


def work_on(store: Store, event: str, question: str) -> Work:
    """The question of the event (its code) as it stands now.

    Raises:
        ConfigError: There is no such event.
        ExportProblem: It has no such question that can be coded.
    """
    known(store, event)
    with snapshot(store.engine) as connection:
        newest = store.contents.content(connection, only(events.latest(connection, event), f"event {event}"))
        asked = questions_named(newest, question)
        if not asked:
            raise ExportProblem(_unknown(newest, question))
        revisions = [store.contents.content(connection, each) for each in numbers_of(connection, event)]
        return Work(
            event,
            question,
            asked[0][1].label,
            question in telling(survey for each in revisions for survey in each.surveys),
            codebook(newest, question, coding.added(connection, event, question)),
            coding.written(connection, store.vault, event, question),
            coding.given(connection, event, question),
        )


def gone_out(store: Store, work: Work, now: datetime) -> None:
    """Write down that the answers go out."""
    with store.engine.begin() as connection:
        details = (work.question, "output")
        audit.append(connection, store.vault, audit.Entry(now, audit.OPERATOR, work.event, _CODE, details=details))


def change(work: Work, returned: Returned, coder: str) -> Change:
    """What would become of what this coder gave before."""
    before, made = work.given.get(coder, {}), {each.answer: codes for each, codes in returned.made}
    same = sum(before.get(answer) == codes for answer, codes in made.items())
    new = sum(answer not in before for answer in made)
    gone = sum(answer not in made for answer in before)
    return Change(new, len(made) - same - new, same, gone, len(work.answers) - len(made))


def take(store: Store, work: Work, returned: Returned, coder: str, now: datetime) -> None:
    """Keep what came back, in place of what this coder gave before."""
    with store.engine.begin() as connection:
        coding.add_codes(connection, work.event, work.question, returned.codes)
        coding.replace_codings(connection, work.event, work.question, coder, returned.made, now)
        details = (work.question, "take", coder)
        audit.append(connection, store.vault, audit.Entry(now, audit.OPERATOR, work.event, _CODE, details=details))


def agreements(work: Work) -> Iterator[tuple[str, str, Agreement]]:
    """Each two coders, and how far they agree on what both of them coded; none where that is nothing."""
    ids = {each.answer: each.id for each in work.answers}
    names = [code.name for code in work.codes]
    by_id = {
        coder: {ids[answer]: codes for answer, codes in made.items() if answer in ids}
        for coder, made in work.given.items()
    }
    for one, other in combinations(sorted(by_id), 2):
        found = agreement(by_id[one], by_id[other], names)
        if found.answers:
            yield one, other, found


def _unknown(event: Event, question: str) -> str:
    names = list(dict.fromkeys(each.name for survey in event.surveys for each in codable(survey)))
    if not names:
        return f"{event.code} asks nothing that is answered in people’s own words"
    meant = nearest(question, names, alike=0.6)
    told = f"did you mean {meant}?" if meant else f"there are {', '.join(names)}"
    return f"{event.code} has no question {question} that is answered in people’s own words: {told}"
