"""What a report wants to know of an event's questions, beside how often each option was chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.model import CHOOSING, CountsAs, Event, Question, QuestionType
from conversations.report.counts import WaveKey
from conversations.timing import RECALL_CHECK


@dataclass(frozen=True, slots=True)
class Wanted:
    """`either` are sets of options of a question (survey, question, names): how many chose any of them.

    `changes` are questions that were asked in two waves, the first and the last; `numbers` (survey, question) those
    whose numbers are added up, by the profile's question `place` (empty: it has none).
    """

    either: tuple[tuple[str, str, frozenset[str]], ...] = ()
    changes: tuple[tuple[WaveKey, WaveKey, str], ...] = ()
    numbers: frozenset[tuple[str, str]] = frozenset()
    place: str = ""


SIDES = (CountsAs.INTERNAL, CountsAs.EXTERNAL)
MANNERS = (CountsAs.INFORMAL, CountsAs.FORMAL)


def wanted(event: Event, waves: Sequence[WaveKey]) -> Wanted:
    """What to ask storage for; `waves` are those that were due for anybody, the earliest first."""
    place = next((each.name for each in event.profile if any(choice.zones for choice in each.choices)), "")
    return Wanted(
        either=tuple(_either(event)),
        changes=tuple(_changes(event, waves)),
        numbers=frozenset(
            (survey.name, question.name)
            for survey in event.surveys
            for question in survey.questions
            if question.indicator
        ),
        place=place,
    )


def options_that_count(question: Question, *words: CountsAs) -> frozenset[str]:
    """The names of the options that count as all of these words."""
    return frozenset(choice.name for choice in question.choices if set(words) <= set(choice.counts_as))


def _either(event: Event) -> Iterator[tuple[str, str, frozenset[str]]]:
    for survey in event.surveys:
        for question in survey.questions:
            if question.type is QuestionType.SELECT_MULTIPLE:
                combined = [(side,) for side in SIDES] + [(side, manner) for side in SIDES for manner in MANNERS]
                sets = {options_that_count(question, *words) for words in combined}
                sets.add(frozenset(choice.name for choice in question.choices if CountsAs.NONE not in choice.counts_as))
                yield from ((survey.name, question.name, each) for each in sorted(sets, key=sorted) if each)


def _changes(event: Event, waves: Sequence[WaveKey]) -> Iterator[tuple[WaveKey, WaveKey, str]]:
    """A question of the same name and options that stands in several surveys is one question."""
    asked: dict[tuple[str, tuple[str, ...]], list[WaveKey]] = {}
    for wave in waves:
        survey = next((each for each in event.surveys if each.name == wave.survey), None)
        if survey is None or survey.name == RECALL_CHECK:
            continue
        for question in survey.questions:
            if question.type in CHOOSING and question.type is not QuestionType.RANK:
                options = tuple(choice.name for choice in question.choices)
                asked.setdefault((question.name, options), []).append(wave)
    for (name, _), found in asked.items():
        if len(found) > 1:
            yield found[0], found[-1], name
