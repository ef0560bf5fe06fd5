"""How an event goes: its people counted once a day, and its waves as they stood at an instant.

Waves are worked out from the rows each time. The headcount is kept for the day: whether somebody is active, paused or
reachable has no history that could tell how it was at midnight.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, bindparam, case, func, or_, select

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.following import ACTIVE_FOR, Following, Headcount, Wave, came_in, midnight, same_day
from conversations.model import Event, Words
from conversations.policy import Reason
from conversations.roles import Act
from storage import summaries, team
from storage.database import UtcDateTime, either
from storage.dispositions import PLANNED, Status
from storage.looking import Looking
from storage.states import PlanState
from storage.tables import chats, enrolments, headcounts, plans, reminded_waves, responses

_EVENT = bindparam("event", type_=BigInteger)
_AT = bindparam("at", type_=UtcDateTime)
_NOW = bindparam("now", type_=UtcDateTime)
_PARTS = {"active": "active", "silent": "silent", "paused": "paused", "unreachable": "unreachable", "left": "gone"}
"""The parts of a headcount, and their columns: "left" is a word of SQL."""
_PART = case(
    (enrolments.c.left_at.is_not(None), "left"),
    (~chats.c.reachable, "unreachable"),
    (chats.c.paused_until > _NOW, "paused"),
    (chats.c.heard_at >= bindparam("since", type_=UtcDateTime), "active"),
    else_="silent",
)
_COUNT = (
    select(_PART, func.count())
    .select_from(enrolments)
    .join(chats, chats.c.id == enrolments.c.chat_id)
    .where(enrolments.c.event_id == _EVENT)
    .group_by(_PART)
)
_JOINED = select(func.count()).where(enrolments.c.event_id == _EVENT)
_KEPT = select(headcounts).where(headcounts.c.event_id == _EVENT)
_KEEP = either(
    lambda insert: (keeping := insert(headcounts)).on_conflict_do_update(
        index_elements=["event_id"],
        set_={name: keeping.excluded[name] for name in ("counted_at", *_PARTS.values())},
    )
)


_BEGUN = responses.c.started_at <= _AT
_DECLINED = and_(
    plans.c.declined_at <= _AT,
    or_(responses.c.started_at.is_(None), responses.c.started_at > _AT, responses.c.started_at <= plans.c.declined_at),
)
_NO_CONSENT = and_(plans.c.reason == Reason.NO_CONSENT, plans.c.settled_at <= _AT)
_STATUS = case(
    (responses.c.completed_at <= _AT, Status.COMPLETE),
    (_DECLINED, Status.REFUSED),
    (_BEGUN, Status.PARTIAL),
    (_NO_CONSENT, Status.REFUSED),
    else_=Status.NOT_REACHED,
)
"""The status of a survey as `storage.dispositions` has it, at an instant; one broken off is partial here."""
_DUE = or_(
    _BEGUN,
    plans.c.declined_at <= _AT,
    and_(plans.c.state == PlanState.SENT, plans.c.settled_at <= _AT),
    plans.c.due_at <= _AT,
)
_BEGAN = func.min(func.coalesce(plans.c.planned_at, plans.c.due_at))


def _people(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((and_(*conditions), 1), else_=0))


# People first, each with their surveys by the key of a plan: there may be many more plans of other events.
_SURVEYS = (
    select(plans.c.id)
    .select_from(enrolments)
    .join(plans, and_(plans.c.chat_id == enrolments.c.chat_id, plans.c.event_id == enrolments.c.event_id))
    .outerjoin(responses, responses.c.plan_id == plans.c.id)
    .where(enrolments.c.event_id == _EVENT, PLANNED)
)
_WAVES = (
    _SURVEYS.with_only_columns(
        plans.c.name,
        plans.c.occurrence,
        _BEGAN.label("began"),
        _people(_DUE).label("due"),
        _people(_DUE, _STATUS == Status.COMPLETE).label("completed"),
        _people(_DUE, _STATUS == Status.PARTIAL).label("unfinished"),
        _people(_DUE, _STATUS == Status.REFUSED).label("declined"),
        _people(or_(plans.c.closes_at.is_(None), plans.c.closes_at > _NOW)).label("open"),
    )
    .group_by(plans.c.name, plans.c.occurrence)
    .having(_BEGAN <= _NOW)
    .order_by(_BEGAN.desc(), plans.c.name, plans.c.occurrence.desc())
)
_REMINDED = select(reminded_waves).where(reminded_waves.c.event_id == _EVENT)
_ANSWERED = (
    _SURVEYS.with_only_columns(responses.c.completed_at)
    .where(
        plans.c.name == bindparam("survey"),
        plans.c.occurrence == bindparam("occurrence"),
        responses.c.completed_at <= _AT,
    )
    .order_by(responses.c.completed_at)
)


def loaded(looking: Looking, desk: Desk, duty: Duty, button: Manage) -> Desk:
    """The desk with what that act looks at; as it is while nothing of the event is published."""
    if not duty.revision:
        return desk
    conn, now = looking.conn, looking.now
    event = looking.contents.content(conn, duty.revision)
    following = Following(event.timezone, midnight(now, event.timezone))
    match button.act:
        case Act.STATUS:
            following = _counted(conn, duty.event_id, following, now)
        case Act.REMIND_NOW:
            # Of two who press at once, the second waits here and then finds it done.
            team.lock(conn, duty.event_id)
        case _:
            pass
    if button.act in {Act.STATUS, Act.SUMMARY, Act.SUMMARIZE}:
        often = summaries.often(conn, looking.chat.id, duty.event_id)
        following = replace(following, often=often)
    if button.act not in {Act.SUMMARY, Act.SUMMARIZE}:
        following = replace(following, waves=waves(conn, duty.event_id, event, following.midnight, now))
    wave = following.wave(button.item)
    if button.act is Act.TREND and wave is not None:
        following = replace(following, came=_came(conn, duty.event_id, wave, following))
    return replace(desk, following=following)


def since_summary(looking: Looking, duty: Duty) -> Following | None:
    """The waves now and when the person's last summary was sent; None while nothing is published."""
    if not duty.revision:
        return None
    conn, now = looking.conn, looking.now
    event = looking.contents.content(conn, duty.revision)
    seen = waves(conn, duty.event_id, event, midnight(now, event.timezone), now)
    last = summaries.last_sent(conn, looking.chat.id, duty.event_id)
    before = () if last is None else waves(conn, duty.event_id, event, midnight(last, event.timezone), last)
    return Following(event.timezone, midnight(now, event.timezone), seen, before=before)


def waves(conn: Connection, event_id: int, event: Event, at: datetime, now: datetime) -> tuple[Wave, ...]:
    """The waves that have begun by `now`, in people as they stood `at` that instant, the newest first.

    People whose key was destroyed are counted as long as their rows are there.
    """
    reminded = {(row.survey, row.occurrence): row.reminded_at for row in conn.execute(_REMINDED, {"event": event_id})}
    zone, titles = ZoneInfo(event.timezone), {survey.name: survey.title for survey in event.surveys}
    found = []
    for row in conn.execute(_WAVES, {"event": event_id, "at": at, "now": now}):
        title: Words = titles.get(row.name, row.name)
        found.append(
            Wave(
                survey=row.name,
                occurrence=row.occurrence,
                title=title,
                began=row.began.astimezone(zone).date(),
                due=row.due,
                completed=row.completed,
                unfinished=row.unfinished,
                declined=row.declined,
                open=row.open > 0,
                reminded=reminded.get((row.name, row.occurrence)),
            )
        )
    return tuple(found)


def headcount(conn: Connection, event_id: int, now: datetime) -> Headcount:
    """Everybody who ever joined the event, as it is now."""
    since = {"event": event_id, "now": now, "since": now - ACTIVE_FOR}
    counts: dict[str, int] = dict(conn.execute(_COUNT, since).tuples().all())
    return Headcount(now, **{part: counts.get(part, 0) for part in _PARTS})


def keep_headcount(conn: Connection, event_id: int, counted: Headcount) -> None:
    """Keep it until the day is over."""
    row = {column: getattr(counted, part) for part, column in _PARTS.items()}
    conn.execute(_KEEP[conn.dialect.name], {"event_id": event_id, "counted_at": counted.counted, **row})


def _counted(conn: Connection, event_id: int, following: Following, now: datetime) -> Following:
    """With the people: those of the day's headcount, and how many have joined by now."""
    joined: int = conn.execute(_JOINED, {"event": event_id}).scalar_one()
    kept = _kept(conn, event_id)
    if kept is None or not same_day(kept.counted, now, following.zone):
        # Of two who look first at once, the second shows what the first has counted.
        team.lock(conn, event_id)
        kept = _kept(conn, event_id)
    if kept is not None and same_day(kept.counted, now, following.zone):
        return replace(following, joined=joined, headcount=kept)
    return replace(following, joined=joined, headcount=headcount(conn, event_id, now), fresh=True)


def _kept(conn: Connection, event_id: int) -> Headcount | None:
    row = conn.execute(_KEPT, {"event": event_id}).first()
    if row is None:
        return None
    return Headcount(row.counted_at, **{part: getattr(row, column) for part, column in _PARTS.items()})


def _came(conn: Connection, event_id: int, wave: Wave, following: Following) -> tuple[int, ...]:
    about = {"event": event_id, "survey": wave.survey, "occurrence": wave.occurrence, "at": following.midnight}
    answered = conn.scalars(_ANSWERED, about).all()
    return came_in(answered, wave.began, following.midnight, following.zone)
