"""What is planned for one person and what they have in mind, held in dictionaries as storage would hold it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from conversations.conversation import Conversation
from conversations.effects import (
    AskRecall,
    MoveNudge,
    PersonalEffect,
    RecordRecall,
    Remind,
    Replan,
    SetPurpose,
    SetWishes,
)
from conversations.model import Event, Language, Purpose
from conversations.policy import Reason, Wishes
from conversations.refreshers import MOST_ITEMS, Memory
from conversations.scene import Enrolment, Nudge, ResponseState
from conversations.schedule import Planned, Who, plan, plan_whole, reminded
from conversations.timing import LADDER_NAME, TouchpointKind
from tests.conversations.samples import NOW

PERSONAL = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})


@dataclass
class Coming:
    """The person's events, what is to come from them, and what became of what came."""

    events: dict[int, Event]
    conversation: Conversation = field(default_factory=lambda: Conversation(Language.EN))
    now: datetime = NOW
    heard: datetime | None = None
    reachable: bool = True
    enrolments: dict[str, Enrolment] = field(default_factory=dict)
    nudges: dict[int, Nudge] = field(default_factory=dict)
    wishes: Wishes = field(default_factory=Wishes)
    sent: list[datetime] = field(default_factory=list)
    profile: dict[str, str] = field(default_factory=dict)
    memories: dict[tuple[str, str], Memory] = field(default_factory=dict)
    completed: dict[str, datetime] = field(default_factory=dict)
    settled: dict[int, tuple[Reason, datetime]] = field(default_factory=dict)

    def _unheeded(self) -> int:
        sent = [self.nudges[number].kind for number, (reason, at) in self.settled.items() if self._is_new(reason, at)]
        return sum(kind is not TouchpointKind.REMINDER for kind in sent)

    def _is_new(self, reason: Reason, at: datetime) -> bool:
        lately = self.now - at < timedelta(days=1)
        return reason is Reason.SENT and not lately and (self.heard is None or at > self.heard)

    def _next(self, *kinds: TouchpointKind) -> datetime | None:
        return min((each.due for each in self.nudges.values() if each.pending and each.kind in kinds), default=None)

    def _end_reminders(self, survey: Nudge, reason: Reason) -> None:
        for each in [one for one in self.nudges.values() if one.pending and one.kind is TouchpointKind.REMINDER]:
            if (each.event, each.name, reminded(each.occurrence)) == (survey.event, survey.name, survey.occurrence):
                self.nudges[each.id] = replace(each, pending=False)
                self.settled[each.id] = (reason, self.now)

    def _coming(self) -> list[Nudge]:
        return [each for each in self.nudges.values() if each.pending and each.kind is not TouchpointKind.REMINDER]

    def _waiting(self) -> list[Nudge]:
        """The newest survey that was begun, or announced and neither refused nor out of date."""
        found = [each for each in self.nudges.values() if self._waits(each)]
        return sorted(found, key=lambda each: (each.due, each.id))[-1:]

    def _waits(self, nudge: Nudge) -> bool:
        enrolment = self.enrolments.get(nudge.event)
        agreed = enrolment is not None and Purpose.SURVEYS in enrolment.purposes
        announced = self.settled.get(nudge.id, (None,))[0] is Reason.SENT and not nudge.declined
        announced = announced and (nudge.expires is None or nudge.expires > self.now)
        waits = nudge.response is ResponseState.STARTED or (nudge.response is ResponseState.NONE and announced)
        still_open = nudge.closes is None or nudge.closes > self.now
        return agreed and nudge.kind is TouchpointKind.SURVEY and waits and still_open

    def _who(self, event: str) -> Who:
        ladder = [each for each in self.nudges.values() if (each.event, each.name) == (event, LADDER_NAME)]
        ends = [(each, *self.settled[each.id]) for each in ladder if not each.pending and each.id in self.settled]
        settled = [each.due if reason is Reason.DECLINED else at for each, reason, at in ends]
        return Who(
            seed=1,
            language=self.conversation.language,
            profile=self.profile,
            completed=self.completed,
            memories=tuple(memory for (code, _), memory in self.memories.items() if code == event),
            laddered=len(settled),
            last_laddered=max(settled, default=None),
        )

    def _nudge(self, number: int) -> Nudge | None:
        nudge = self.nudges.get(number)
        if nudge is None or nudge.kind is not TouchpointKind.REMINDER:
            return nudge
        place = (nudge.event, TouchpointKind.SURVEY, nudge.name, reminded(nudge.occurrence))
        [about] = [
            each for each in self.nudges.values() if (each.event, each.kind, each.name, each.occurrence) == place
        ]
        kept = {
            name: getattr(nudge, name) for name in ("id", "kind", "occurrence", "due", "expires", "pending", "planned")
        }
        return replace(about, survey=about.id, **kept)

    def _arrange(self, effect: PersonalEffect) -> None:
        """What changes what is to come."""
        match effect:
            case AskRecall() | RecordRecall():
                self._recall(effect)
            case Remind(nudge_id, planned):
                self._add(self.nudges[nudge_id], planned)
            case Replan(event):
                self._replan(event)
            case MoveNudge(nudge_id, due, expires):
                assert self.nudges[nudge_id].pending
                self.nudges[nudge_id] = replace(self.nudges[nudge_id], due=due, expires=expires, put_off=None)
            case SetWishes(wishes):
                self.wishes = wishes
            case SetPurpose(event, purpose, given):
                enrolment = self.enrolments[event]
                purposes = enrolment.purposes | {purpose} if given else enrolment.purposes - {purpose}
                self.enrolments[event] = replace(enrolment, purposes=purposes)
            case _:
                raise AssertionError(f"{effect} was not to be expected")

    def _replan(self, code: str) -> None:
        """What storage does: rows still to come move with the plan, new ones are added, others are held back."""
        enrolment = self.enrolments[code]
        event = self.events[enrolment.revision]
        zone = self.conversation.zone or event.timezone
        planned = plan(event, PERSONAL, enrolment.joined, zone, self.now, self._who(code))
        wanted = {(each.kind, each.name, each.occurrence): each for each in planned}
        whole = plan_whole(event, PERSONAL, enrolment.joined, zone, self._who(code))
        waiting = {(each.kind, each.name, each.occurrence) for each in whole}
        for nudge in [each for each in self.nudges.values() if each.event == code]:
            place = wanted.pop((nudge.kind, nudge.name, nudge.occurrence), None)
            if not nudge.pending or nudge.kind is TouchpointKind.REMINDER:
                continue
            if place is None and (nudge.kind, nudge.name, nudge.occurrence) in waiting:
                continue
            if place is None:
                self.nudges[nudge.id] = replace(nudge, pending=False)
                self.settled[nudge.id] = (Reason.REPLANNED, self.now)
            elif place.due != nudge.planned and not _put_there(nudge):
                self.nudges[nudge.id] = replace(nudge, due=place.due, planned=place.due, expires=place.expires)
        like = Nudge(0, code, enrolment.revision, TouchpointKind.SURVEY, "", 0, self.now, None, pending=True)
        self._add(like, tuple(wanted.values()))

    def _add(self, like: Nudge, planned: tuple[Planned, ...]) -> None:
        for each in planned:
            number = len(self.nudges) + 1
            self.nudges[number] = Nudge(
                id=number,
                event=like.event,
                revision=like.revision,
                kind=each.kind,
                name=each.name,
                occurrence=each.occurrence,
                due=each.due,
                expires=each.expires,
                closes=each.closes,
                pending=True,
                planned=each.due,
            )

    def _recall(self, effect: AskRecall | RecordRecall) -> None:
        nudge = self.nudges[effect.nudge]
        assert nudge.event in self.enrolments, "nothing is kept of somebody who has left"
        assert nudge.kind is TouchpointKind.REFRESHER
        match effect:
            case AskRecall(_, items, memories):
                assert not nudge.items
                assert 1 <= len(items) <= MOST_ITEMS
                assert [each.message for each in items] == [each.message for each in memories]
                self.nudges[nudge.id] = replace(nudge, items=items)
            case RecordRecall(_, message, choice, right):
                memories = (effect.memory,)
                [item] = [each for each in nudge.items if each.message == message]
                assert item.choice is None, "the first answer counts"
                question = self.events[nudge.revision].message(message).questions[item.question]
                assert choice is None or choice in {each.name for each in question.choices}
                assert right is (choice == question.right)
                answered = tuple(replace(each, choice=choice or "") if each == item else each for each in nudge.items)
                self.nudges[nudge.id] = replace(nudge, items=answered)
                self.completed.setdefault(message, self.now)
        self.memories |= {(nudge.event, memory.message): memory for memory in memories}


def _put_there(nudge: Nudge) -> bool:
    """Whether it is of the ladder, and the person chose its time."""
    return nudge.name == LADDER_NAME and nudge.put_off is None and nudge.due != nudge.planned
