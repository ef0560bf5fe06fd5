"""The numbers of the report, added up by the database: what comes back is a row for each number, however many answered.

Answers count once they were submitted, those of people who left later included, as their consent says. Questions are
known by their names over all revisions, answers of a repeated group are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, select, true

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.model import Event
from conversations.report.counts import Asked, Change, Choices, Counts, Outcome, Recalled, Sum, WaveKey
from conversations.report.wanted import Wanted, wanted
from conversations.results import Results
from conversations.roles import Act
from conversations.schedule import PART_NAME
from conversations.timing import RECALL_CHECK
from storage import coding
from storage.dispositions import Status, due, of_event, status
from storage.events import Contents
from storage.learning import right_answers
from storage.looking import Looking
from storage.responses import submitted
from storage.tables import answer_choices, answers, enrolments, plans, profile_answers, responses

_RANKS = (Status.COMPLETE, Status.PARTIAL, Status.BROKEN_OFF, Status.REFUSED, Status.NOT_REACHED)
"""From the best to the last, as the fields of `Outcome`."""


def counts(conn: Connection, contents: Contents, event: Event, asked: Wanted, now: datetime) -> Counts:
    """The numbers of that event, which is given as its newest revision; `asked` says what of its questions."""
    ranks = _ranks(event.code, now)
    single, several = _chosen(conn, event.code), _chosen_of_several(conn, event.code)
    return Counts(
        began=_began(conn, event.code, now),
        waves=_waves(conn, event.code, now),
        people=_outcome(conn.execute(select(ranks.c.rank, func.count()).group_by(ranks.c.rank)).all()),
        groups=_groups(conn, event, ranks),
        choices={**single, **several},
        either=_either(conn, event.code, asked),
        changes=tuple(_change(conn, event.code, *each) for each in asked.changes),
        sums=tuple(_sums(conn, event.code, asked)),
        recalls=tuple(_recalls(conn, contents, event.code)),
        coded=coding.counted(conn, event.code),
    )


def loaded(looking: Looking, desk: Desk, duty: Duty, button: Manage) -> Desk:
    """The desk with the numbers of the duty's event, once they are asked for; none while nothing is published."""
    if not duty.revision:
        return desk
    event = looking.contents.content(looking.conn, duty.revision)
    if button.act is not Act.RESULTS_FILE:
        return replace(desk, results=Results(event, Counts()))
    asked = wanted(event, waves_of(looking.conn, event.code, looking.now))
    return replace(desk, results=Results(event, counts(looking.conn, looking.contents, event, asked, looking.now)))


def waves_of(conn: Connection, event_code: str, now: datetime) -> tuple[WaveKey, ...]:
    """The waves of an event that were due for anybody, the earliest first."""
    began = _began(conn, event_code, now)
    return tuple(sorted(began, key=lambda wave: (began[wave], wave)))


def _rank(now: datetime) -> ColumnElement[int]:
    is_ = status(now)
    return case(*((is_ == each, rank) for rank, each in enumerate(_RANKS[:-1])), else_=len(_RANKS) - 1)


def _began(conn: Connection, event_code: str, now: datetime) -> dict[WaveKey, datetime]:
    first = of_event(event_code, plans.c.name, plans.c.occurrence, func.min(plans.c.due_at).label("began"))
    rows = conn.execute(first.where(due(now)).group_by(plans.c.name, plans.c.occurrence))
    return {WaveKey(name, occurrence): began for name, occurrence, began in rows}


def _waves(conn: Connection, event_code: str, now: datetime) -> dict[WaveKey, Outcome]:
    rank = _rank(now).label("rank")
    place = (plans.c.name, plans.c.occurrence, rank)
    found: dict[WaveKey, list[Any]] = defaultdict(list)
    for name, occurrence, each, people in conn.execute(
        of_event(event_code, *place, func.count()).where(due(now)).group_by(*place)
    ):
        found[WaveKey(name, occurrence)].append((each, people))
    return {wave: _outcome(rows) for wave, rows in found.items()}


def _ranks(event_code: str, now: datetime) -> Any:  # noqa: ANN401 # a subquery
    """One row a person: the best of their statuses."""
    best = of_event(event_code, enrolments.c.id, enrolments.c.part, func.min(_rank(now)).label("rank"))
    return best.where(due(now)).group_by(enrolments.c.id, enrolments.c.part).subquery()


def _groups(conn: Connection, event: Event, ranks: Any) -> dict[str, dict[str, Outcome]]:  # noqa: ANN401
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for question in event.profile:
        chosen = and_(profile_answers.c.enrolment_id == ranks.c.id, profile_answers.c.question == question.name)
        choice = func.coalesce(profile_answers.c.choice, literal("")).label("choice")
        rows = select(choice, ranks.c.rank, func.count()).select_from(ranks).outerjoin(profile_answers, chosen)
        for option, rank, people in conn.execute(rows.group_by(choice, ranks.c.rank)):
            found[question.name][option].append((rank, people))
    if event.parts:
        for part, rank, people in conn.execute(
            select(ranks.c.part, ranks.c.rank, func.count()).group_by(ranks.c.part, ranks.c.rank)
        ):
            found[PART_NAME][part].append((rank, people))
    return {name: {option: _outcome(rows) for option, rows in by.items()} for name, by in found.items()}


def _outcome(rows: Iterable[Any]) -> Outcome:
    by_rank = [0] * len(_RANKS)
    for rank, people in rows:
        by_rank[rank] += people
    return Outcome(*by_rank)


_PLACE = (responses.c.survey, plans.c.occurrence, answers.c.question)


def _chosen(conn: Connection, event_code: str) -> dict[Asked, Choices]:
    rows = submitted(event_code, *_PLACE, answers.c.choice, func.count())
    rows = rows.where(answers.c.choice.is_not(None), responses.c.survey != RECALL_CHECK)
    found: dict[Asked, dict[str, int]] = defaultdict(dict)
    for survey, occurrence, question, choice, people in conn.execute(rows.group_by(*_PLACE, answers.c.choice)):
        found[Asked(WaveKey(survey, occurrence), question)][choice] = people
    return {asked: Choices(sum(chosen.values()), chosen) for asked, chosen in found.items()}


def _chosen_of_several(conn: Connection, event_code: str) -> dict[Asked, Choices]:
    first = answer_choices.c.position == 0
    rows = submitted(event_code, *_PLACE, answer_choices.c.choice, func.count(), func.sum(case((first, 1), else_=0)))
    rows = rows.join(answer_choices, answer_choices.c.answer_id == answers.c.id)
    found: dict[Asked, dict[str, int]] = defaultdict(dict)
    answered: dict[Asked, int] = defaultdict(int)
    for survey, occurrence, question, choice, people, firsts in conn.execute(
        rows.group_by(*_PLACE, answer_choices.c.choice)
    ):
        asked = Asked(WaveKey(survey, occurrence), question)
        found[asked][choice] = people
        answered[asked] += firsts
    return {asked: Choices(answered[asked], chosen) for asked, chosen in found.items()}


def _either(conn: Connection, event_code: str, asked: Wanted) -> dict[tuple[Asked, frozenset[str]], int]:
    sets: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    for survey, question, options in asked.either:
        sets[survey, question].append(options)
    found: dict[tuple[Asked, frozenset[str]], int] = {}
    for (survey, question), each in sets.items():
        # One look at each answer, however many sets: 1 where any of the options is chosen.
        hits = [
            func.max(case((answer_choices.c.choice.in_(options), 1), else_=0)).label(f"s{n}")
            for n, options in enumerate(each)
        ]
        rows = submitted(event_code, plans.c.occurrence, *hits)
        rows = rows.join(answer_choices, answer_choices.c.answer_id == answers.c.id)
        rows = rows.where(responses.c.survey == survey, answers.c.question == question)
        by_answer = rows.group_by(plans.c.occurrence, answers.c.id).subquery().c
        sums = (func.sum(by_answer[hit.name]) for hit in hits)
        for occurrence, *people in conn.execute(select(by_answer.occurrence, *sums).group_by(by_answer.occurrence)):
            place = Asked(WaveKey(survey, occurrence), question)
            found |= {(place, options): int(number) for options, number in zip(each, people, strict=True)}
    return found


def _answers_in(event_code: str, wave: WaveKey, question: str) -> Any:  # noqa: ANN401 # a subquery
    """The answers to a question in one wave: the ids of enrolment and answer, and the single choice."""
    rows = submitted(event_code, responses.c.enrolment_id, answers.c.id, answers.c.choice)
    rows = rows.where(responses.c.survey == wave.survey, plans.c.occurrence == wave.occurrence)
    several = select(answer_choices.c.answer_id).where(answer_choices.c.answer_id == answers.c.id).exists()
    return rows.where(answers.c.question == question, answers.c.choice.is_not(None) | several).subquery()


def _change(conn: Connection, event_code: str, first: WaveKey, second: WaveKey, question: str) -> Change:
    before, after = (_answers_in(event_code, wave, question) for wave in (first, second))
    pairs = select(before.c.id.label("before"), after.c.id.label("after")).join_from(
        before, after, before.c.enrolment_id == after.c.enrolment_id
    )
    both = conn.scalar(select(func.count()).select_from(pairs.subquery())) or 0
    return Change(first, second, question, both, *(_of_pairs(conn, pairs, each) for each in ("before", "after")))


def _of_pairs(conn: Connection, pairs: Select[*tuple[Any, ...]], which: str) -> Mapping[str, int]:
    these = pairs.subquery()
    chosen = func.coalesce(answer_choices.c.choice, answers.c.choice)
    rows = (
        select(chosen, func.count())
        .select_from(these)
        .join(answers, answers.c.id == these.c[which])
        .outerjoin(answer_choices, answer_choices.c.answer_id == answers.c.id)
        .group_by(chosen)
    )
    return dict(conn.execute(rows).all())


def _sums(conn: Connection, event_code: str, asked: Wanted) -> Iterable[Sum]:
    if not asked.numbers:
        return
    by_place = and_(
        profile_answers.c.enrolment_id == responses.c.enrolment_id, profile_answers.c.question == asked.place
    )
    place = func.coalesce(profile_answers.c.choice, literal(""))
    about = (responses.c.survey, answers.c.question)
    rows = submitted(
        event_code, *about, place, func.sum(answers.c.number), func.count(responses.c.enrolment_id.distinct())
    )
    rows = rows.outerjoin(profile_answers, by_place if asked.place else ~true())
    rows = rows.where(answers.c.number.is_not(None)).group_by(*about, place)
    for survey, question, where, total, people in conn.execute(rows):
        if (survey, question) in asked.numbers:
            yield Sum(survey, question, where, int(total), people)


def _recalls(conn: Connection, contents: Contents, event_code: str) -> Iterable[Recalled]:
    place = (plans.c.occurrence, responses.c.revision_id, answers.c.question, answers.c.choice)
    rows = submitted(event_code, *place, func.count())
    rows = rows.where(responses.c.survey == RECALL_CHECK, answers.c.choice.is_not(None)).group_by(*place)
    found: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    rights: dict[int, dict[str, str]] = {}
    for occurrence, revision, message, choice, people in conn.execute(rows):
        if revision not in rights:
            rights[revision] = right_answers(contents.content(conn, revision))
        numbers = found[message, occurrence]
        numbers[0] += people
        numbers[1] += people if rights[revision].get(message) == choice else 0
    for (message, occurrence), (answered, right) in found.items():
        yield Recalled(message, occurrence, answered, right)
