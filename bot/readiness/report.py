"""The readiness report as a value: how things stand, how long and how hard it is, and every finding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.readiness.buttons import check_buttons
from bot.readiness.early import early_findings
from bot.readiness.length import Length, check_length, length_of
from bot.readiness.phrasing import check_phrasing
from bot.readiness.reading_level import Level, check_reading, levels_of
from bot.readiness.recalls import check_recalls
from bot.readiness.referrals import referral_findings
from bot.readiness.sensitive import check_sensitive
from bot.readiness.texts import Text, languages_of, surveys_of, texts_of
from bot.readiness.translations import check_translations
from bot.readiness.wording import check_wording
from bot.workbook import ContentError, Draft, Remark, RemarkKind
from conversations.findings import Finding, Kind, Weight
from conversations.messages import phrase
from conversations.model import Event, Language
from conversations.timing import is_ladder

_REMARKS = {
    RemarkKind.TRANSLATION: Kind.TRANSLATION,
    RemarkKind.LANGUAGE: Kind.LANGUAGE,
    RemarkKind.ONE_LANGUAGE: Kind.ONE_LANGUAGE,
    RemarkKind.SKIPPED: Kind.SKIPPED,
    RemarkKind.NOT_COLLECTED: Kind.NOT_COLLECTED,
    RemarkKind.MEDIA: Kind.MEDIA,
    RemarkKind.NOTE: Kind.NOTE,
}


class Status(StrEnum):
    """How a form stands. The values are part of the JSON report."""

    READY = "ready"
    READY_WITH_REMARKS = "ready_with_remarks"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the survey sheet that are questions, notes or values: all of them, and those that run in a chat."""

    total: int
    running: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that there is to say of a file.

    `event` is None, and there are no `lengths` and `levels`, as long as something blocks. There is a level for each of
    our languages that the form is written in. Findings are in the order of
    `Kind`, and each kind in the order of the file.
    """

    file: str
    event: Event | None
    plain: bool
    rows: Rows
    lengths: tuple[Length, ...]
    levels: tuple[Level, ...]
    findings: tuple[Finding, ...]

    @property
    def status(self) -> Status:
        """How the form stands. What nobody need do anything about is no remark."""
        if any(each.weight is Weight.BLOCKS for each in self.findings):
            return Status.BLOCKED
        return Status.READY_WITH_REMARKS if self.remarks else Status.READY

    @property
    def remarks(self) -> int:
        """How many findings there are that do not block, and about which something could be done."""
        return sum(each.weight is not Weight.BLOCKS and each.kind not in FOR_INFORMATION for each in self.findings)

    @property
    def whole(self) -> bool:
        """Whether the chat does all that the form asks for: no row fails, and nothing is left out or stays blank."""
        return self.rows.running == self.rows.total and not any(each.kind in _WITHOUT for each in self.findings)

    def fails(self, *, strict: bool) -> bool:
        """Whether a script should stop here: something blocks or, for a `strict` one, weighs."""
        failing = {Weight.BLOCKS, Weight.WEIGHTY} if strict else {Weight.BLOCKS}
        return any(each.weight in failing for each in self.findings)


FOR_INFORMATION = frozenset({Kind.NOT_COLLECTED, Kind.NUMBERED, Kind.PAGED})
"""Kinds that only tell how the chat does a thing."""
_WITHOUT = frozenset({Kind.SKIPPED, Kind.NOT_COLLECTED, Kind.MEDIA})
"""Kinds that tell what a chat does without."""


def report_on(draft: Draft, today: date | None) -> Report:
    """The report on a file as it was read, on the day of the check; without it nothing that changes with the days."""
    places, event = draft.places, draft.event
    findings = [*_told_by_the_reader(draft)]
    lengths: tuple[Length, ...] = ()
    levels: tuple[Level, ...] = ()
    if event is not None:
        texts = texts_of(event, places, plain=draft.plain)
        lengths = tuple(length_of(survey, event) for survey in surveys_of(event))
        levels = levels_of(texts, places.languages)
        findings += _checked(event, texts, draft, lengths)
        if not draft.plain:
            findings += referral_findings(event, places, today)
            findings += early_findings(event, today) if today is not None else ()
    order = list(Kind)
    findings.sort(key=lambda each: (order.index(each.kind), each.sheet, each.row or 0))
    return Report(draft.file, event, draft.plain, _rows(draft), lengths, levels, tuple(dict.fromkeys(findings)))


def _told_by_the_reader(draft: Draft) -> Iterator[Finding]:
    names: dict[tuple[str, int | None], str] = {
        ("survey", row): name for name, row in draft.places.questions.items() if name not in draft.places.added
    }
    names |= {("choices", row): name for (_, name), row in draft.places.choices.items()}
    for name, (main, *further) in draft.places.recalls.items():
        names |= {("messages", main): name, **{("variants", row): name for row in further}}
    names |= {("codes", row): name for (_, name), row in draft.places.codes.items()}
    names |= {("referrals", row): country for country, row in draft.places.referrals.items()}
    for fault in draft.faults:
        yield _finding(Kind.BLOCKS, fault, names)
    for remark in draft.remarks:
        yield _finding(_REMARKS[remark.kind], remark, names)


def _finding(kind: Kind, told: ContentError | Remark, names: Mapping[tuple[str, int | None], str]) -> Finding:
    name = names.get((told.sheet, told.row), "")
    return Finding(kind, told.problem, told.remedy, told.sheet, told.row, told.column, name)


def _checked(event: Event, texts: tuple[Text, ...], draft: Draft, lengths: tuple[Length, ...]) -> Iterator[Finding]:
    places, languages = draft.places, languages_of(draft.places)
    yield from check_sensitive(texts, places, languages)
    yield from check_wording(texts, places, languages)
    yield from check_length(lengths, places)
    yield from check_reading(texts, places, places.languages)
    yield from check_phrasing(texts, places, languages)
    yield from check_buttons(event, places, languages)
    yield from check_recalls(event, places)
    yield from _unscheduled(event)
    if set(places.languages) == set(Language):
        missing = {(each.sheet, each.row, each.column) for each in draft.remarks if each.kind is RemarkKind.TRANSLATION}
        yield from check_translations(texts, places, frozenset(missing))


def _unscheduled(event: Event) -> Iterator[Finding]:
    scheduled = {each.name for each in event.schedule}
    if any(map(is_ladder, event.schedule)):
        scheduled |= {each.name for each in event.messages}
    for name in [each.name for each in event.messages] + [each.name for each in event.surveys]:
        if name not in scheduled:
            said = phrase("No row of the schedule sends {name}", name=name)
            yield Finding(Kind.UNSCHEDULED, said, phrase("Add one, or leave it for later."), "schedule", name=name)


def _rows(draft: Draft) -> Rows:
    """Rows that a fault or a remark says are left out do not run; faults of the whole sheet have no row."""
    known = set(draft.places.rows)
    left_out = {
        each.row
        for each in draft.remarks
        if each.sheet == "survey" and each.row is not None and each.kind is RemarkKind.SKIPPED
    }
    at_fault = {each.row for each in draft.faults if each.sheet == "survey" and each.row in known}
    total = known | left_out
    return Rows(len(total), len(total - left_out - at_fault))
