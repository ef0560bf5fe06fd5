"""A year of one person as the bot lives it, without a bot: rows, a clock, and nothing but the pure core.

Rows are kept as storage/plans.py keeps them, and planned anew when bot/planning.py would. A witness who knows none of
that code looks at every decision.
"""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random

from conversations import nudging, policy
from conversations.conversation import Conversation, Idle, Leaving
from conversations.effects import AskRecall, PersonalEffect, Remind, Replan, Say, SettleNudge
from conversations.model import Event, Language, Purpose
from conversations.policy import Decision, Reason, Wishes
from conversations.refreshers import Grade, ladder, recalled
from conversations.scene import Enrolment, Nudge, ResponseState, Scene
from conversations.schedule import NOBODY, Planned, Who, ladder_start, plan, plan_whole, reminded
from conversations.timing import CatchUp, TouchpointKind, Unit
from storage.states import PlanState
from tests.conversations import generated_years, year_calendar
from tests.conversations.year_rows import Place, Row, is_ladder, moves, waits
from tests.conversations.year_witness import Broken, Moment, Witness

PERSONAL = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})
EVERYDAY = frozenset(range(7))
MOST_STRIKES = 3000


class Year:
    """The year that a seed tells."""

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        home = generated_years.zone(random)
        begins = generated_years.start(random, home)
        self.revisions: dict[int, Event] = {}
        self.places: list[Place] = []
        self.rows: list[Row] = []
        self.waiting: list[tuple[datetime, int, Row]] = []
        self.deeds: list[tuple[datetime, int, Callable[[], None]]] = []
        self.counted = 0
        self.witness = Witness()
        self.sent: list[datetime] = []
        self.fresh: list[datetime] = []
        self.heard: datetime | None = None
        self.reachable = True
        self.wishes = Wishes()
        self.conversation = Conversation(random.choice(tuple(Language)), zone=random.choice((home, home, None)))
        self.heeds = random.choice((0.0, 0.3, 0.7, 1.0))
        for number in range(random.choice((1, 1, 1, 2))):
            event = generated_years.event(random, f"event{number}", home, begins)
            self.revisions[number + 1] = event
            joined = generated_years.joined(random, event.start)
            self.places.append(Place(event.code, random.randrange(1000), number + 1, number + 1, joined))
        self.now = min(each.joined for each in self.places)
        self.ends = self.now + timedelta(days=random.choice((30, 90, 400)))
        for place in self.places:
            self.at(place.joined, partial(self.join, place))

    def play(self) -> "Year":
        """From joining to the end, and on until nothing is due any more."""
        strikes = 0
        while (coming := self.next()) is not None and coming < self.ends:
            lateness = timedelta(seconds=self.random.choice((0, 1, 1, 60, 5000)))
            self.now = max(self.now, coming + lateness)
            while self.deeds and self.deeds[0][0] <= self.now:
                heappop(self.deeds)[2]()
            strikes += self.tick()
            if strikes > MOST_STRIKES:
                raise Broken("it never comes to rest")
        self.now = max(self.now, self.ends)
        self.tick()
        for row in self.rows:
            self.has_come_to_an_end(row)
        return self

    def next(self) -> datetime | None:
        """When something is due, or somebody does something."""
        while self.waiting and not waits(*self.waiting[0]):
            heappop(self.waiting)
        return min([queue[0][0] for queue in (self.waiting, self.deeds) if queue], default=None)

    def tick(self) -> int:
        """Give everything that is due by now its turn, in order; how many there were."""
        strikes = 0
        while self.waiting and self.waiting[0][0] <= self.now:
            due, _, row = heappop(self.waiting)
            if waits(due, row.id, row):
                self.strike(row)
                strikes += 1
        return strikes

    def strike(self, row: Row) -> None:
        """The turn of one row that is due."""
        scene = self.scene(row)
        moment = self.moment(row)
        turn = nudging.due(self.conversation, scene)
        settled = next(each for each in turn.effects if isinstance(each, SettleNudge))
        key = (row.place.code, row.kind, row.name, row.occurrence)
        self.witness.decided(key, moment, Decision(settled.reason, settled.again))
        if any(isinstance(each, Say) for each in turn.effects) != (settled.reason is Reason.SENT):
            raise Broken("said and settled otherwise")
        self.apply(row, turn.effects)
        if settled.reason is Reason.SENT and self.random.random() < self.heeds:
            delay = self.random.choice((timedelta(minutes=3), timedelta(hours=5), timedelta(days=2)))
            self.at(self.now + delay * self.random.random(), partial(self.heed, row))

    def apply(self, row: Row, effects: Iterable[PersonalEffect]) -> None:
        """What bot/apply.py does with the effects of a nudge."""
        for effect in effects:
            match effect:
                case SettleNudge(_, reason, again):
                    self.settle(row, reason, again)
                case Remind(_, planned):
                    for each in planned:
                        if (each.kind, each.name, each.occurrence) not in row.place.rows:
                            self.add(row.place, each, row.revision)
                case AskRecall(_, items, memories):
                    row.items = items
                    row.place.memories |= {each.message: each for each in memories}
                case Replan():
                    self.replan(row.place)
                case Say():
                    pass
                case _:
                    raise Broken(f"a nudge cannot ask for {effect}")

    def settle(self, row: Row, reason: Reason, again: datetime | None) -> None:
        row.reason = reason
        if again is not None:
            self.wait(row, again)
            return
        row.state = PlanState.SENT if reason is Reason.SENT else PlanState.HELD
        row.settled = self.now
        if row.state is PlanState.SENT:
            insort(self.sent, self.now)
            if row.kind is not TouchpointKind.REMINDER:
                insort(self.fresh, self.now)

    def wait(self, row: Row, due: datetime) -> None:
        row.due = due
        heappush(self.waiting, (due, row.id, row))

    def add(self, place: Place, each: Planned, revision: int) -> None:
        row = Row(
            len(self.rows),
            place,
            each.kind,
            each.name,
            each.occurrence,
            each.due,
            each.due,
            each.expires,
            each.closes,
            revision,
        )
        self.rows.append(row)
        place.rows[each.kind, each.name, each.occurrence] = row
        self.wait(row, row.due)

    def replan(self, place: Place) -> None:
        """What bot/planning.py and storage/plans.py do: keep, move, hold back, add."""
        if not place.enrolled:
            return
        coming = {(each.kind, each.name, each.occurrence): each for each in self.coming(place)}
        for key, row in list(place.rows.items()):
            if row.kind is TouchpointKind.REMINDER:
                continue
            each = coming.pop(key, None)
            if row.state is PlanState.PLANNED and each is None:
                self.drop_unless_it_waits(row)
            elif each is not None and moves(row, each):
                row.take(each, place.newest)
                self.wait(row, row.due)
            elif row.state is PlanState.PLANNED:
                row.revision = place.newest
        for each in coming.values():
            self.add(place, each, place.newest)

    def coming(self, place: Place) -> tuple[Planned, ...]:
        event = self.revisions[place.newest]
        zone = self.conversation.zone or event.timezone
        coming = plan(event, PERSONAL, place.joined, zone, since=self.now, who=self.who(place))
        if len({(each.kind, each.name, each.occurrence) for each in coming}) != len(coming):
            raise Broken("planned twice under one number")
        ladders = Purpose.NUDGES in place.purposes
        return tuple(each for each in coming if ladders or not is_ladder(each))

    def drop_unless_it_waits(self, row: Row) -> None:
        """The plan has no such row any more: it was put off for long, or there has to be something that has changed."""
        event = self.revisions[row.place.newest]
        zone = self.conversation.zone or event.timezone
        whole = plan_whole(event, PERSONAL, row.place.joined, zone, self.who(row.place))
        key = (row.kind, row.name, row.occurrence)
        agreed = Purpose.NUDGES in row.place.purposes or not is_ladder(row)
        if agreed and key in {(each.kind, each.name, each.occurrence) for each in whole}:
            row.revision = row.place.newest
            return
        touchpoints = [each for each in event.schedule if (each.kind, each.name) == (row.kind, row.name)]
        # How many weeks go into a month depends on the day that somebody joined, and that on where they live.
        conditional = any(each.audience or (each.until and each.until.unit is Unit.MONTHS) for each in touchpoints)
        conditional |= event.policy.catch_up is CatchUp.COMPRESS
        # Until when somebody is held back depends on where they live as well.
        conditional |= row.kind is TouchpointKind.REFRESHER and event.policy.hold_back > 0
        if not (row.place.revised or conditional or is_ladder(row)):
            raise Broken(f"{row.name} was dropped though nothing has changed")
        row.state, row.reason = PlanState.HELD, Reason.REPLANNED

    def who(self, place: Place) -> Who:
        ladders = [each for each in place.rows.values() if is_ladder(each) and each.state is not PlanState.PLANNED]
        return Who(
            place.seed,
            self.conversation.language,
            {},
            dict(place.completed),
            tuple(place.memories.values()),
            len(ladders),
            max((_place_in_time(each) for each in ladders if each.settled), default=None),
        )

    def scene(self, row: Row) -> Scene:
        place = row.place
        return Scene(
            now=self.now,
            events=self.revisions,
            enrolments=tuple(
                Enrolment(each.code, each.agreed, each.purposes, each.joined, each.newest)
                for each in self.places
                if each.enrolled
            ),
            nudge=self.nudge(row),
            heard=self.heard,
            reachable=self.reachable,
            wishes=self.wishes,
            sent=tuple(self.sent[bisect_right(self.sent, self.now - policy.MEMORY) :]),
            unheeded=sum(
                (self.heard is None or each > self.heard) and self.now - each >= timedelta(days=1)
                for each in self.fresh
            ),
            next_survey=min((each.due for each in self.rows if _is_coming(each, _SURVEY)), default=None),
            next_asking=min((each.due for each in self.rows if _is_coming(each, _ASKING)), default=None),
            who=self.who(place) if row.kind is TouchpointKind.REFRESHER else NOBODY,
        )

    def nudge(self, row: Row) -> Nudge:
        survey = self.survey_of(row)
        about = survey or row
        response = ResponseState.NONE if about.started is None else ResponseState.STARTED
        return Nudge(
            row.id,
            row.place.code,
            about.answering or (survey.revision if survey else row.revision),
            row.kind,
            row.name,
            row.occurrence,
            row.due,
            row.expires,
            row.state is PlanState.PLANNED,
            ResponseState.COMPLETED if about.completed else response,
            about.started,
            about.closes,
            row.planned,
            about.declined,
            row.items,
            survey.id if survey else None,
        )

    def survey_of(self, row: Row) -> Row | None:
        if row.kind is not TouchpointKind.REMINDER:
            return None
        return row.place.rows[TouchpointKind.SURVEY, row.name, reminded(row.occurrence)]

    def moment(self, row: Row) -> Moment:
        """The same for the witness, in the story's own terms."""
        place, event = row.place, self.revisions[row.place.newest]
        rows = [
            set(each.weekdays) or EVERYDAY for each in event.schedule if (each.kind, each.name) == (row.kind, row.name)
        ]
        about = self.survey_of(row) or row
        purpose = Purpose.NUDGES if row.kind is TouchpointKind.REFRESHER else Purpose.SURVEYS
        caps = tuple(self.revisions[each.newest].policy.weekly_cap for each in self.places if each.enrolled)
        ends = [each for each in (row.expires, about.closes) if each]
        return Moment(
            self.now,
            self.conversation.zone or event.timezone,
            event.policy,
            caps,
            frozenset().union(*rows) if rows else EVERYDAY,
            self.wishes,
            self.heard,
            place.enrolled,
            purpose in place.purposes,
            self.reachable,
            not isinstance(self.conversation.step, Idle),
            isinstance(self.conversation.step, Leaving),
            about.started is not None,
            about.completed,
            about.declined,
            about.state is PlanState.SENT,
            min(ends, default=None),
            row.kind in {TouchpointKind.SURVEY, TouchpointKind.REMINDER},
            any(_is_coming(each, _ASKING) for each in self.rows),
        )

    def has_come_to_an_end(self, row: Row) -> None:
        match row.state:
            case PlanState.PLANNED if row.due <= self.now:
                raise Broken("forgotten: still planned, and its time is over")
            case PlanState.HELD if row.reason in {None, Reason.SENT}:
                raise Broken("held back without a reason")
            case _:
                pass

    # What people do.

    def at(self, instant: datetime, deed: Callable[[], None]) -> None:
        self.counted += 1
        heappush(self.deeds, (instant, self.counted, deed))

    def join(self, place: Place) -> None:
        place.joined, place.enrolled = self.now, True
        event = self.revisions[place.newest]
        if not any(each.audience for each in event.schedule):
            year_calendar.check(event, self.now, self.conversation.zone or event.timezone, self.coming(place))
        self.heard = self.now
        self.replan(place)

    def heed(self, row: Row) -> None:
        """Somebody turns to what was sent: looks at it, answers, or does not want to."""
        place = row.place
        if not place.enrolled:
            return
        self.heard = self.now
        about = self.survey_of(row) or row
        match row.kind:
            case TouchpointKind.REFRESHER:
                self.recall(row)
            case _ if about.started is None and self.random.random() < 0.2:
                about.declined = True
            case _:
                about.started = about.started or self.now
                about.answering = about.answering or about.revision
                if self.random.random() < 0.6 and not about.completed:
                    about.completed = True
                    place.completed.setdefault(about.name, self.now)
                    self.replan(place)

    def recall(self, row: Row) -> None:
        place = row.place
        event = self.revisions[row.revision]
        zone = self.conversation.zone or event.timezone
        for item in row.items[: self.random.randint(0, 2)]:
            start = ladder_start(event, place.joined, zone, self.who(place))
            memory = next(
                each for each in ladder(event, place.memories.values(), start) if each.message == item.message
            )
            place.memories[item.message] = recalled(event, memory, self.random.choice(tuple(Grade)), self.now)
            place.completed.setdefault(item.message, self.now)
            self.replan(place)


_SURVEY = frozenset({TouchpointKind.SURVEY})
_ASKING = _SURVEY | {TouchpointKind.REMINDER}


def _is_coming(row: Row, kinds: frozenset[TouchpointKind]) -> bool:
    return row.kind in kinds and row.state is PlanState.PLANNED


def _place_in_time(row: Row) -> datetime:
    """What the next nudge of the ladder keeps its distance from: the time of one that was left out."""
    assert row.settled is not None
    return row.due if row.reason is Reason.DECLINED else row.settled
