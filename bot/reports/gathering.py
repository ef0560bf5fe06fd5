"""From the stored rows to a dataset: what of an event is wished for, read in slices while it is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import chain
from zoneinfo import ZoneInfo

from bot.app import Store
from bot.reports.dataset import Dataset, Labels, Line, Table
from bot.reports.grading import graded
from bot.reports.layout import CHANGES, RECALL, history_table, recall_table, tables_of
from bot.reports.odk import instance_id, submission
from bot.reports.problem import ExportProblem
from bot.reports.rows import Circumstances, Rows, files_in, history_line, instance_of, recall_line
from bot.reports.sensitive import sensitive, sensitive_messages, telling
from conversations.model import Event, Survey
from storage import events, exports
from storage.dispositions import Status
from storage.exports import Learner, Listed, Response

Progress = Callable[[int], None]
"""Is told how many more responses are done."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What of an event is wished for: one survey or all, what happened since a day, and which statuses.

    With `only_responses` nothing of those who never began; `history` adds what was changed after submitting;
    `without_sensitive` leaves out what would give a sensitive answer away.
    """

    event: str
    survey: str | None = None
    since: date | None = None
    statuses: frozenset[Status] = frozenset(Status)
    only_responses: bool = False
    history: bool = False
    without_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is of it: the newest revision of the event, and its surveys, whose revisions are by their ids.

    `learners` are those whom refreshers asked, `revisions` the whole event by the ids of its revisions; both are empty
    where one survey alone is wished for, or nobody was asked.
    """

    wish: Wish
    event: Event
    surveys: Mapping[str, Mapping[int, Survey]]
    listed: tuple[Listed, ...]
    left_out: Mapping[str, frozenset[str]]
    learners: tuple[Learner, ...] = ()
    revisions: Mapping[int, Event] = field(default_factory=dict)

    def without(self, survey: str) -> frozenset[str]:
        """The names of the questions of that survey that are to be left out."""
        return self.left_out.get(survey, frozenset())

    @property
    def sensitive(self) -> tuple[str, ...]:
        """The names of the sensitive questions and key messages that the export has."""
        if self.wish.without_sensitive:
            return ()
        asked = {name for each in self.surveys.values() for name in sensitive(each.values())}
        return tuple(sorted(asked | sensitive_messages(self.revisions.values())))

    @property
    def several(self) -> bool:
        """Whether it is more than one table."""
        repeats = any(group.repeated for each in self.surveys.values() for own in each.values() for group in own.groups)
        return repeats or len(self.surveys) + self.wish.history + bool(self.learners) > 1


def gather(store: Store, wish: Wish, now: datetime) -> Gathered:
    """Look up what there is. Raises ExportProblem when there is no such survey, or nothing was planned yet."""
    with store.engine.begin() as conn:
        newest = events.latest(conn, wish.event)
        if newest is None:
            raise ExportProblem(f"there is no event {wish.event!r}")
        event = store.contents.content(conn, newest)
        listed = exports.listed(conn, store.vault, wish.event, now)
        names = [survey.name for survey in event.surveys]
        names += sorted({each.survey for each in listed} - set(names))
        if wish.survey is not None and wish.survey not in names:
            raise ExportProblem(f"there is no survey {wish.survey!r} in {wish.event}. Known: {', '.join(names)}")
        wanted = [name for name in names if wish.survey in (None, name)]
        learners = exports.learners(conn, store.vault, event) if wish.survey is None else ()
        asked_in = events.numbers_of(conn, wish.event) if learners else ()
        revisions = {each: store.contents.content(conn, each) for each in asked_in}
        if not wanted and not learners:
            raise ExportProblem(f"{wish.event} has no surveys")
        surveys = {}
        for name in wanted:
            # The newest last: whatever revision is newest in the order of imports, the others go by their age.
            ids = sorted({each.revision for each in listed if each.survey == name} - {newest})
            contents = {each: store.contents.content(conn, each) for each in (*ids, newest)}
            surveys[name] = {
                key: graded(own, content)
                for key, content in contents.items()
                for own in content.surveys
                if own.name == name
            }
    wished = tuple(each for each in listed if _is_wished(each, wish, event))
    left_out = {name: telling(each.values()) for name, each in surveys.items()} if wish.without_sensitive else {}
    return Gathered(wish, event, surveys, wished, left_out, learners, revisions)


def dataset(store: Store, gathered: Gathered, labels: Labels, progress: Progress) -> Dataset:
    """The tables, and rows that are read from the database as they are taken."""
    circumstances = Circumstances(gathered.event.timezone, labels.language)
    tables: list[Table] = []
    rows: dict[str, Rows] = {}
    parts = gathered.event.parts
    shown = parts if parts or any(each.part for each in gathered.listed) else None
    for name, revisions in gathered.surveys.items():
        own = _named_apart(tables_of(tuple(revisions.values()), gathered.without(name), shown), tables)
        rows[name] = Rows(own, len(tables), circumstances)
        tables += own
    lines = [_lines(store, gathered, rows, progress)]
    if gathered.wish.history:
        lines.append(_changes(store, gathered, len(tables), circumstances))
        tables.append(history_table())
    if gathered.learners:
        lines.append(_recalls(store, gathered, len(tables), circumstances, labels))
        tables.append(recall_table())
    return Dataset(gathered.event.title, tuple(tables), chain.from_iterable(lines))


def submissions(store: Store, gathered: Gathered, labels: Labels, progress: Progress) -> Iterator[tuple[str, str]]:
    """The name and the text of the document of each response."""
    circumstances = Circumstances(gathered.event.timezone, labels.language)
    for response in _responses(store, gathered, progress):
        if response.listed.started is not None:
            listed, code = response.listed, gathered.event.code
            survey = gathered.surveys[listed.survey][listed.revision]
            document = submission(response, survey, code, circumstances, gathered.without(listed.survey))
            yield f"{listed.survey}/{instance_id(listed, code)}.xml", document


def attachments(store: Store, gathered: Gathered, labels: Labels) -> dict[str, str]:
    """The platform's reference of each file that stands in the export, by the name that it has there."""
    circumstances = Circumstances(gathered.event.timezone, labels.language)
    found: dict[str, str] = {}
    for response in _responses(store, gathered, lambda _: None):
        listed = response.listed
        if listed.started is not None:
            instance = instance_of(response, gathered.surveys[listed.survey][listed.revision], circumstances)
            found |= files_in(instance, listed, gathered.without(listed.survey))
    return found


def _is_wished(each: Listed, wish: Wish, event: Event) -> bool:
    if wish.survey not in (None, each.survey) or each.status not in wish.statuses:
        return False
    if wish.only_responses and each.started is None:
        return False
    return _since(wish, event, each.touched)


def _since(wish: Wish, event: Event, touched: datetime) -> bool:
    return wish.since is None or touched >= datetime.combine(wish.since, time(), ZoneInfo(event.timezone))


def _named_apart(own: Sequence[Table], others: Sequence[Table]) -> tuple[Table, ...]:
    """The tables with names that no other table of the export has."""
    taken = {table.name.casefold() for table in others} | {CHANGES, RECALL}
    named = []
    for table in own:
        name, number = table.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{table.name}_{number}"
        taken.add(name.casefold())
        named.append(replace(table, name=name))
    return tuple(named)


def _lines(store: Store, gathered: Gathered, rows: Mapping[str, Rows], progress: Progress) -> Iterator[Line]:
    for response in _responses(store, gathered, progress):
        listed = response.listed
        yield from rows[listed.survey].of(response, gathered.surveys[listed.survey][listed.revision])


def _changes(store: Store, gathered: Gathered, table: int, circumstances: Circumstances) -> Iterator[Line]:
    for some in exports.slices(gathered.listed):
        with store.engine.begin() as conn:
            versions = exports.history(conn, store.vault, some)
        for version in versions:
            if version.question.partition("[")[0] not in gathered.without(version.listed.survey):
                yield history_line(table, version, circumstances)


def _recalls(
    store: Store, gathered: Gathered, table: int, circumstances: Circumstances, labels: Labels
) -> Iterator[Line]:
    wish, event, revisions = gathered.wish, gathered.event, gathered.revisions
    left_out = sensitive_messages(revisions.values()) if wish.without_sensitive else frozenset()
    for some in exports.slices(gathered.learners):
        with store.engine.begin() as conn:
            recalls = exports.recalled(conn, store.vault, some)
        for each in recalls:
            hidden = each.message in left_out or (wish.only_responses and each.answered is None)
            if not hidden and _since(wish, event, each.answered or each.asked):
                yield recall_line(table, each, revisions[each.revision], circumstances, labels)


def _responses(store: Store, gathered: Gathered, progress: Progress) -> Iterator[Response]:
    for some in exports.slices(gathered.listed):
        with store.engine.begin() as conn:
            loaded = exports.load(conn, store.vault, some)
        yield from loaded
        progress(len(some))
