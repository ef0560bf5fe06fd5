"""How an event goes: its people counted once a day, and its waves as they stood at an instant.

Waves are worked out from the rows each time. The headcount is kept for the day: whether somebody is active, paused or
reachable has no history that could tell how it was at midnight.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Connection, Row, and_, bindparam, case, func, or_, select

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.following import ACTIVE_FOR, Following, Headcount, Wave, came_in, midnight, same_day
from conversations.model import Event
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
    select(_PART.label("part"), func.count().label("people"))
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
_DUE = or_(
    _BEGUN,
    plans.c.declined_at <= _AT,
    and_(plans.c.state == PlanState.SENT, plans.c.settled_at <= _AT),
    plans.c.due_at <= _AT,
)
_LATER = "later"
_STATUS = case(
    (responses.c.completed_at <= _AT, Status.COMPLETE),
    (_DECLINED, Status.REFUSED),
    (_BEGUN, Status.PARTIAL),
    (and_(_DUE, _NO_CONSENT), Status.REFUSED),
    (_DUE, Status.NOT_REACHED),
    else_=_LATER,
)
"""The status of a survey as `storage.dispositions` has it, at an instant; one broken off is partial here."""
_BEGAN = func.min(func.coalesce(plans.c.planned_at, plans.c.due_at))
_OPEN = func.max(case((plans.c.closes_at.is_(None), 1), (plans.c.closes_at > _NOW, 1), else_=0))


# People first, each with their surveys by the key of a plan: there may be many more plans of other events.
_SURVEYS = (
    select(plans.c.id)
    .select_from(enrolments)
    .join(plans, and_(plans.c.chat_id == enrolments.c.chat_id, plans.c.event_id == enrolments.c.event_id))
    .outerjoin(responses, responses.c.plan_id == plans.c.id)
    .where(enrolments.c.event_id == _EVENT, PLANNED)
)
_WAVES = _SURVEYS.with_only_columns(
    plans.c.name,
    plans.c.occurrence,
    _STATUS.label("status"),
    _BEGAN.label("began"),
    _OPEN.label("open"),
    func.count().label("people"),
).group_by(plans.c.name, plans.c.occurrence, _STATUS)
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
    rows: dict[tuple[str, int], list[Row[*tuple[Any, ...]]]] = {}
    for row in conn.execute(_WAVES, {"event": event_id, "at": at, "now": now}):
        rows.setdefault((row.name, row.occurrence), []).append(row)
    began = {key: min(row.began for row in of_wave) for key, of_wave in rows.items()}
    newest = sorted((key for key in rows if began[key] <= now), key=lambda key: (began[key], key), reverse=True)
    zone, titles = ZoneInfo(event.timezone), {survey.name: survey.title for survey in event.surveys}
    found = []
    for survey, occurrence in newest:
        key = survey, occurrence
        counts = {row.status: row.people for row in rows[key] if row.status != _LATER}
        found.append(
            Wave(
                survey=survey,
                occurrence=occurrence,
                title=titles.get(survey, survey),
                began=began[key].astimezone(zone).date(),
                due=sum(counts.values()),
                completed=counts.get(Status.COMPLETE, 0),
                unfinished=counts.get(Status.PARTIAL, 0),
                declined=counts.get(Status.REFUSED, 0),
                open=any(row.open for row in rows[key]),
                reminded=reminded.get(key),
            )
        )
    return tuple(found)


def headcount(conn: Connection, event_id: int, now: datetime) -> Headcount:
    """Everybody who ever joined the event, as it is now."""
    since = {"event": event_id, "now": now, "since": now - ACTIVE_FOR}
    counts: dict[str, int] = {row.part: row.people for row in conn.execute(_COUNT, since)}
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
