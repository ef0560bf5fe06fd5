"""From a response to its rows: one in the survey's table, and one for each instance of a repeated group."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.reports.cells import cell
from bot.reports.dataset import Blank, Cell, Column, Labels, Line, Table
from bot.reports.files import file_name
from bot.reports.layout import chain_of
from conversations.attachments import attachment_of
from conversations.forms.instance import Around, Field, Instance
from conversations.model import SKIPPED, Bilingual, Choice, Event, Language, QuestionType, Survey, Value
from storage.exports import Listed, Recalled, Response, Version

_Found = Value | float | bool | date | time | Blank
FILES = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE})
_Place = tuple[tuple[str, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What all responses of an export share: the zone of whoever confirmed none, the language of what forms compute."""

    zone: str
    language: Language


def instance_of(response: Response, survey: Survey, circumstances: Circumstances) -> Instance:
    """The form as that person filled it in, worked out as it was when they gave the last answer."""
    listed = response.listed
    zone = ZoneInfo(listed.zone or circumstances.zone)
    started = (listed.started or listed.due).astimezone(zone)
    ended = listed.completed.astimezone(zone) if listed.completed is not None else None
    now = ended or max(response.answered.values(), default=started).astimezone(zone)
    around = Around(now, circumstances.language, started, ended, listed.seed)
    return Instance(survey, response.answers, around)


class Rows:
    """Makes the rows of one survey, whose tables begin at the number `first` of the dataset, and counts them."""

    def __init__(self, tables: Sequence[Table], first: int, circumstances: Circumstances) -> None:
        self._tables = tables
        self._first = first
        self._numbers = {table.repeats: number for number, table in enumerate(tables)}
        self._counts = [0] * len(tables)
        self._circumstances = circumstances

    def of(self, response: Response, survey: Survey) -> Iterator[Line]:
        """The rows of a response that was given to this revision of the survey."""
        if response.listed.started is None:
            found: dict[_Place, dict[str, _Found]] = {((), ()): {}}
        else:
            found = _filled_in(instance_of(response, survey, self._circumstances), response)
        indices: dict[_Place, int] = {}
        for place, values in found.items():
            number = self._numbers.get(place[0])
            if number is None:
                continue
            self._counts[number] += 1
            indices[place] = self._counts[number]
            added = self._main(response) if not number else self._of_repeat(place, indices, response.listed)
            columns = self._tables[number].columns
            yield Line(self._first + number, tuple(_cell(column, values, added) for column in columns))

    def _main(self, response: Response) -> dict[str, Cell]:
        listed = response.listed
        zone = ZoneInfo(listed.zone or self._circumstances.zone)
        last = max(response.answered.values(), default=None)
        return {
            "_id": listed.person,
            "_wave": listed.occurrence + 1,
            "_status": listed.status.value,
            "_contact": listed.contact.value,
            "_due": listed.due.astimezone(zone),
            "_start": _local(listed.started, zone),
            "_end": _local(last, zone),
            "_submission_time": _local(listed.completed, zone),
            "_version": listed.version,
            "_index": self._counts[0],
            "_part": listed.part or Blank.NOT_ASKED,
        }

    def _of_repeat(self, place: _Place, indices: Mapping[_Place, int], listed: Listed) -> dict[str, Cell]:
        repeats, numbers = place
        above = (repeats[:-1], numbers[:-1])
        return {
            "_index": indices[place],
            "_parent_table_name": self._tables[self._numbers[above[0]]].name,
            "_parent_index": indices[above],
            "_submission__id": listed.person,
            "_submission__wave": listed.occurrence + 1,
        }


def history_line(table: int, version: Version, circumstances: Circumstances) -> Line:
    """The row of an answer that was changed later."""
    listed = version.listed
    zone = ZoneInfo(listed.zone or circumstances.zone)
    before: Cell = Blank.SKIPPED if version.value is None else str(version.value)
    own = (listed.person, listed.survey, listed.occurrence + 1, version.question, before)
    return Line(table, (*own, version.answered.astimezone(zone), version.replaced.astimezone(zone)))


NOT_KNOWN = Choice("_not_known", Bilingual("I don’t remember", "Je ne m’en souviens pas"))
"""What stands for the choice of whoever said that they do not know."""


def recall_line(table: int, recalled: Recalled, event: Event, circumstances: Circumstances, labels: Labels) -> Line:
    """The row of a recall question. `event` is the revision in which it was asked."""
    learner = recalled.learner
    zone = ZoneInfo(learner.zone or circumstances.zone)
    return Line(
        table,
        (
            learner.person,
            event.code,
            recalled.message,
            recalled.question + 1,
            recalled.asking,
            recalled.asked.astimezone(zone),
            _local(recalled.answered, zone),
            _chosen(recalled, event, labels),
            _flag(recalled.right),
            _flag(recalled.sure),
            Blank.NOT_ASKED if recalled.language is None else recalled.language.value,
            int(learner.held_back),
        ),
    )


def _chosen(recalled: Recalled, event: Event, labels: Labels) -> Cell:
    if recalled.answered is None:
        return Blank.NOT_ASKED
    choices = event.message(recalled.message).questions[recalled.question].choices
    name = recalled.choice or NOT_KNOWN.name
    label = next((each.label for each in (*choices, NOT_KNOWN) if each.name == name), Bilingual("", ""))
    return labels.of(label, name)


def _flag(value: bool | None) -> Cell:
    return Blank.NOT_ASKED if value is None else int(value)


def named(answer: str, key: str, listed: Listed) -> str:
    """What the file of an answer is called in the export; what is no file stays as it is."""
    try:
        return file_name(attachment_of(answer), key, listed)
    except ValueError:
        return answer


def files_in(instance: Instance, listed: Listed, without: Collection[str]) -> dict[str, str]:
    """The platform's reference of each file of a response by its name; the questions of `without` are left out."""
    found: dict[str, str] = {}
    for field in instance.asked:
        answer = instance.answers.get(field.key)
        if field.question.type in FILES and field.question.name not in without and isinstance(answer, str):
            with suppress(ValueError):
                attachment = attachment_of(answer)
                found[file_name(attachment, field.key, listed)] = attachment.reference
    return found


def _filled_in(instance: Instance, response: Response) -> dict[_Place, dict[str, _Found]]:
    """What was answered and worked out, by the instance of repeated groups, outer ones before those inside them."""
    survey = instance.survey
    chains = {
        group: tuple(each.name for each in chain_of(survey, group) if each.repeated)
        for group in {question.group for question in survey.questions}
    }
    found: dict[_Place, dict[str, _Found]] = {((), ()): {}}
    for field in instance.fields:
        if field.question.type is QuestionType.REPEAT or not instance.applies(field):
            continue
        chain = chains[field.question.group]
        for depth in accumulate([1] * len(chain)):
            found.setdefault((chain[:depth], field.numbers[:depth]), {})
        if field.question.type is not QuestionType.NOTE:
            found[chain, field.numbers][field.question.name] = _value(instance, field, response)
    return found


def _value(instance: Instance, field: Field, response: Response) -> _Found:
    answer = instance.answers.get(field.key)
    if answer is None:
        worked_out = instance.value(field)
        return Blank.NOT_ASKED if worked_out == "" else worked_out
    if answer == SKIPPED:
        return Blank.SKIPPED
    if field.question.type in FILES and isinstance(answer, str):
        return named(answer, field.key, response.listed)
    return answer


def _cell(column: Column, values: Mapping[str, _Found], added: Mapping[str, Cell]) -> Cell:
    if not column.question:
        return added[column.path[0]]
    return cell(column, values.get(column.question, Blank.NOT_ASKED))


def _local(instant: datetime | None, zone: ZoneInfo) -> Cell:
    return Blank.NOT_ASKED if instant is None else instant.astimezone(zone)
