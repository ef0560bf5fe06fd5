"""Groups: which event's digests they get, what may be told there, and what was told already."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.digest_json import bars_from_json, bars_to_json
from conversations.digest_text import WEEKLY
from conversations.digests import Bar, Cohort, is_guarded, still_counts
from conversations.linking import GroupLink, Groups, Slot
from conversations.model import Bilingual, Event, Purpose
from conversations.retained import NOT_RIGHT, RETAINED, RIGHT
from conversations.scene import Frozen
from conversations.schedule import Planned
from conversations.timing import ASKED_DIGEST, TouchpointKind
from storage import stories, tables
from storage.database import either, new_id, only
from storage.events import Contents, id_of, latest
from storage.looking import Looking
from storage.plans import COMING, row_of
from storage.tables import plans
from storage.team import lock

_links, _releases, _members, _postings = (
    tables.group_links,
    tables.releases,
    tables.release_members,
    tables.postings,
)
_LINK = either(
    lambda insert: (linking := insert(_links)).on_conflict_do_update(
        index_elements=["chat_id"],
        set_={name: linking.excluded[name] for name in ("event_id", "linked_at", "weekday", "minute", "topic", "both")},
    )
)
_CODE, _OF_EVENT = tables.events.c.code, _links.c.event_id == tables.events.c.id
_ASK = either(lambda insert: insert(plans).on_conflict_do_nothing())
_POST = either(lambda insert: insert(_postings).on_conflict_do_nothing())


_ASKED_FOR = (
    (plans.c.chat_id == _links.c.chat_id)
    & (plans.c.event_id == _links.c.event_id)
    & (plans.c.kind == TouchpointKind.DIGEST)
    & (plans.c.name == ASKED_DIGEST)
)
_LINKED = (
    select(
        _links.c.chat_id,
        _links.c.event_id,
        tables.events.c.code,
        tables.chats.c.language,
        _links.c.linked_at,
        _links.c.weekday,
        _links.c.minute,
        _links.c.topic,
        _links.c.both,
        select(func.count()).where(_ASKED_FOR).correlate(_links).scalar_subquery().label("asked"),
        exists().where(_ASKED_FOR, COMING).correlate(_links).label("awaited"),
    )
    .join(tables.events, _links.c.event_id == tables.events.c.id)
    .join(tables.chats, _links.c.chat_id == tables.chats.c.id)
)


def link(conn: Connection, chat_id: int, event_code: str, now: datetime, topic: int | None = None) -> None:
    """The group gets that event's digests, and no other's, from here on; LookupError for an unknown event.

    They come when the workbook says, in that topic.
    """
    nothing = {"weekday": None, "minute": None, "both": False}
    row = {"chat_id": chat_id, "event_id": _event_id(conn, event_code), "linked_at": now, "topic": topic, **nothing}
    conn.execute(_LINK[conn.dialect.name], row)


def arrange(conn: Connection, chat_id: int, slot: Slot | None, topic: int | None, *, both: bool = False) -> None:
    """A linked group's digests come then (None: when the workbook says), in that topic; no matter for any other.

    With `both` they come in both languages.
    """
    weekday = slot.weekday if slot is not None else None
    minute = slot.time.hour * _HOUR + slot.time.minute if slot is not None else None
    changing = update(_links).where(_links.c.chat_id == chat_id)
    conn.execute(changing.values(weekday=weekday, minute=minute, topic=topic, both=both))


def ask(conn: Connection, chat_id: int, number: int, now: datetime) -> None:
    """A coordinator wants a digest there now, the `number`-th so; nothing for one that there is, or without a link."""
    row = conn.execute(select(_links.c.event_id, _CODE).where(_links.c.chat_id == chat_id, _OF_EVENT)).first()
    revision = latest(conn, row.code) if row is not None else None
    if row is not None and revision is not None:
        wish = Planned(TouchpointKind.DIGEST, ASKED_DIGEST, number, now, None)
        conn.execute(_ASK[conn.dialect.name], row_of(row.event_id, chat_id, wish, revision))


def unlink(conn: Connection, chat_id: int) -> None:
    """The group gets no digests any more."""
    conn.execute(delete(_links).where(_links.c.chat_id == chat_id))


def linked_event(conn: Connection, chat_id: int) -> str | None:
    """The code of the event whose digests the group gets; None when it gets none."""
    linked_to = select(tables.events.c.code).join(_links, _links.c.event_id == tables.events.c.id)
    return conn.scalar(linked_to.where(_links.c.chat_id == chat_id))


def link_of(conn: Connection, chat_id: int) -> GroupLink | None:
    """What the group is linked to; None when it gets no digests."""
    row = conn.execute(_LINKED.where(_links.c.chat_id == chat_id)).first()
    return _link(row) if row is not None else None


def linked(conn: Connection, event_code: str) -> tuple[GroupLink, ...]:
    """The groups that get the event's digests, the one linked first leading."""
    groups = _LINKED.where(_links.c.event_id == id_of(event_code)).order_by(_links.c.linked_at, _links.c.chat_id)
    return tuple(_link(row) for row in conn.execute(groups))


def loaded(looking: Looking, desk: Desk, duty: Duty, _button: Manage) -> Desk:
    """The desk with the groups of the duty's event on it."""
    # Of two who end the same link at once, the second waits here and then finds none.
    lock(looking.conn, duty.event_id)
    event = looking.contents.content(looking.conn, duty.revision) if duty.revision else None
    return replace(desk, groups=Groups(linked(looking.conn, duty.event), event))


class _Asked(NamedTuple):
    """Under which revision somebody was asked, and when it was sent to them."""

    response: int
    revision: int
    sent: datetime


def cohorts(conn: Connection, event_code: str, contents: Contents) -> tuple[Cohort, ...]:
    """For each question the picks that no digest has told yet, in the order of (survey, question, enrolment).

    Counted are completed answers to select questions, and whether key messages were recalled when refreshers asked for
    them, of people who take part still and had consented to the digest when they answered; of somebody who answered the
    same several times, the newest one. It has to have been the question that the newest revision asks
    (`conversations.digests.still_counts`).
    """
    newest: dict[tuple[str, str, int], tuple[_Asked, tuple[str, ...]]] = {}
    rows = (*conn.execute(_picks(event_code)), *conn.execute(_recalled(event_code)))
    for survey, question, person, response, revision, sent, choice, several in rows:
        asked = _Asked(response, revision, sent)
        before, picked = newest.get((survey, question, person), (asked, ()))
        if before == asked:
            newest[survey, question, person] = (asked, (*picked, choice or several))
    counts = _counting(conn, event_code, contents)
    found: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = {}
    for (survey, question, person), (asked, picked) in newest.items():
        if counts(survey, question, asked):
            found.setdefault((survey, question), []).append((person, picked))
    return tuple(Cohort(survey, question, tuple(picks)) for (survey, question), picks in found.items())


def release(  # one argument a column
    conn: Connection,
    event_code: str,
    survey: str,
    question: str,
    people: Iterable[int],
    words: Bilingual,
    chat_id: int,
    now: datetime,
    bars: Sequence[Bar] = (),
) -> None:
    """Freeze a finding in its words and bars, as posted to that group. `people` are the enrolments of its cohort.

    IntegrityError when one of them is in a release of that question already: one person, one question, one release.
    """
    event_id = _event_id(conn, event_code)
    about = {"event_id": event_id, "survey": survey, "question": question}
    frozen = {**about, "text_en": words.en, "text_fr": words.fr, "released_at": now}
    released = new_id(conn.execute(insert(_releases), {**frozen, "bars": bars_to_json(bars) if bars else None}))
    cohort = [{**about, "enrolment_id": person} for person in people]
    if cohort:
        conn.execute(insert(_members), cohort)
    mark_posted(conn, chat_id, (released,), now)


def unposted(conn: Connection, chat_id: int, event: Event) -> tuple[Frozen, ...]:
    """The event's findings that were released elsewhere and not posted to this group yet, the oldest first.

    Nothing about a question that `event`, its newest revision, calls sensitive by now.
    """
    posted = exists().where(_postings.c.release_id == _releases.c.id, _postings.c.chat_id == chat_id)
    waiting = select(_releases).where(_releases.c.event_id == id_of(event.code), ~posted).order_by(_releases.c.id)
    return tuple(
        Frozen(
            row.id,
            Bilingual(row.text_en, row.text_fr),
            row.survey,
            row.question,
            bars_from_json(row.bars) if row.bars else (),
        )
        for row in conn.execute(waiting)
        if not is_guarded(event, row.survey, row.question)
    )


def weekly(conn: Connection, event_code: str) -> tuple[str, ...]:
    """The names of the key messages that digests of the event have brought, the newest last."""
    brought = select(_releases.c.question).where(_releases.c.event_id == id_of(event_code))
    return tuple(conn.scalars(brought.where(_releases.c.survey == WEEKLY).order_by(_releases.c.id)))


def mark_posted(conn: Connection, chat_id: int, releases: Sequence[int], now: datetime) -> None:
    """These released findings have been posted to this group; again does no harm."""
    if releases:
        rows = [{"release_id": each, "chat_id": chat_id, "posted_at": now} for each in releases]
        conn.execute(_POST[conn.dialect.name], rows)


def take_back(conn: Connection, chat_id: int, posted: datetime) -> None:
    """The digest of that turn did not leave: its findings and stories wait for the next one."""
    stories.take_back(conn, chat_id, posted)
    conn.execute(delete(_postings).where(_postings.c.chat_id == chat_id, _postings.c.posted_at == posted))


_HOUR = 60


def _link(row: Row[*tuple[Any, ...]]) -> GroupLink:
    slot = None if row.weekday is None else Slot(row.weekday, time(row.minute // _HOUR, row.minute % _HOUR))
    return GroupLink(
        row.chat_id,
        row.event_id,
        row.code,
        row.language,
        row.linked_at,
        slot,
        row.topic,
        row.both,
        row.asked,
        row.awaited,
    )


def _event_id(conn: Connection, code: str) -> int:
    return only(conn.scalar(select(tables.events.c.id).where(tables.events.c.code == code)), f"event {code}")


def _counting(conn: Connection, event_code: str, contents: Contents) -> Callable[[str, str, _Asked], bool]:
    """Tells whether an answer counts for a question as the event asks it now."""
    revisions = tables.revisions
    rows = select(revisions.c.id, revisions.c.rank, revisions.c.imported_at)
    known = conn.execute(rows.where(revisions.c.event_id == id_of(event_code))).all()
    ranks = {row.id: row.rank for row in known}
    now = contents.content(conn, only(latest(conn, event_code), f"event {event_code}")) if known else None

    @cache
    def counts(survey: str, question: str, asked: int, since: frozenset[int]) -> bool:
        later = (contents.content(conn, each) for each in sorted(since))
        return now is not None and still_counts(survey, question, contents.content(conn, asked), later, now)

    def of(survey: str, question: str, asked: _Asked) -> bool:
        # By its rank as well: what was sent while an import was under way can have the revision before.
        since = (row.id for row in known if row.rank > ranks[asked.revision] or row.imported_at >= asked.sent)
        return counts(survey, question, asked.revision, frozenset(since))

    return of


def _picks(event_code: str) -> Select[*tuple[Any, ...]]:
    """One row a choice: survey, question, enrolment, response, its revision, when it was sent, and the choice.

    The choice is in the first of two columns for a single select, in the second for a multiple one.
    """
    responses, answers, choices, people = tables.responses, tables.answers, tables.answer_choices, tables.enrolments
    return (
        select(
            responses.c.survey,
            answers.c.question,
            people.c.id,
            responses.c.plan_id,
            responses.c.revision_id,
            func.coalesce(plans.c.settled_at, responses.c.started_at),
            answers.c.choice,
            choices.c.choice,
        )
        .join(responses, responses.c.plan_id == answers.c.response_id)
        .join(people, people.c.id == responses.c.enrolment_id)
        .join(plans, plans.c.id == responses.c.plan_id)
        .outerjoin(choices, choices.c.answer_id == answers.c.id)
        .where(people.c.event_id == id_of(event_code), people.c.left_at.is_(None))
        .where(responses.c.completed_at.is_not(None), _agreed_by(responses.c.completed_at))
        .where(~_told(responses.c.survey, answers.c.question))
        .where(answers.c.choice.is_not(None) | choices.c.choice.is_not(None))
        .order_by(
            responses.c.survey,
            answers.c.question,
            people.c.id,
            responses.c.completed_at.desc(),
            responses.c.plan_id.desc(),
            choices.c.position,
        )
    )


def _recalled(event_code: str) -> Select[*tuple[Any, ...]]:
    """The same rows of key messages: each as a question of its own, with what came of one recall as the choice."""
    recalls, people = tables.recalls, tables.enrolments
    survey = literal(RETAINED)
    return (
        select(
            survey,
            recalls.c.message,
            people.c.id,
            recalls.c.plan_id,
            plans.c.revision_id,
            recalls.c.asked_at,
            case((recalls.c.right, RIGHT), else_=NOT_RIGHT),
            null(),
        )
        .join(people, people.c.id == recalls.c.enrolment_id)
        .join(plans, plans.c.id == recalls.c.plan_id)
        .where(people.c.event_id == id_of(event_code), people.c.left_at.is_(None))
        .where(recalls.c.recalled_at.is_not(None), _agreed_by(recalls.c.recalled_at))
        .where(~_told(survey, recalls.c.message))
        .order_by(recalls.c.message, people.c.id, recalls.c.recalled_at.desc(), recalls.c.plan_id.desc())
    )


def _told(survey: ColumnElement[str], question: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a person's answer to that question was in a digest already."""
    people = tables.enrolments
    return exists().where(
        _members.c.event_id == people.c.event_id,
        _members.c.survey == survey,
        _members.c.question == question,
        _members.c.enrolment_id == people.c.id,
    )


def _agreed_by(at: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a person had consented to digests by then."""
    consents = tables.consents
    return exists().where(
        consents.c.enrolment_id == tables.enrolments.c.id,
        consents.c.purpose == Purpose.DIGEST,
        consents.c.given_at <= at,
    )
