"""The way through a survey: what is asked next, what lies before it, how far it is, and what a change sets aside."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from conversations.forms.instance import Around, Field, Instance
from conversations.messages import phrase
from conversations.model import (
    CHOOSING,
    SKIPPED,
    Answers,
    Bilingual,
    Group,
    Phrase,
    Picture,
    QuestionType,
    Survey,
    Value,
    Words,
)
from conversations.questions import Posed, allowed


@dataclass(frozen=True, slots=True)
class Above:
    """What stands directly above a question: notes with their pictures, and the titles of groups that begin there."""

    words: tuple[Words, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A survey seen with the answers so far."""

    instance: Instance

    @property
    def survey(self) -> Survey:
        """What is gone through."""
        return self.instance.survey

    @property
    def answers(self) -> Answers:
        """The answers that count, by key."""
        return self.instance.answers

    @property
    def asked(self) -> tuple[Field, ...]:
        """The questions that apply and want an answer, in the order of the form."""
        return self.instance.asked

    def field(self, key: str) -> Field | None:
        """The question with that key; None when it does not apply (any more)."""
        return next((each for each in self.asked if each.key == key), None)

    def open(self) -> Field | None:
        """The first question that has neither been answered nor skipped."""
        return next((each for each in self.asked if each.key not in self.answers), None)

    def number(self, field: Field) -> int:
        """Its place among the questions asked, from 1."""
        return self.asked.index(field) + 1

    @property
    def likely(self) -> int:
        """How many questions it will be in all, as far as can be told: of those that may yet come, half are counted."""
        return len(self.asked) + math.ceil(self.instance.undecided / 2)

    def before(self, field: Field) -> Field | None:
        """The question asked before this one; None for the first."""
        place = self.asked.index(field)
        return self.asked[place - 1] if place else None

    def must(self, field: Field) -> bool:
        """Whether the question cannot be passed over: one that has no options left for this person always can."""
        if field.question.type is QuestionType.REPEAT:
            return True  # yes or no, and no is as good as passing it over
        chooses = field.question.type in CHOOSING
        return self.instance.must(field) and not (chooses and not self.instance.offered(field))

    def posed(self, field: Field) -> Posed:
        """The question as this person gets it: words filled in, options chosen for them."""
        question, instance = field.question, self.instance
        label = instance.words(question.label, field)
        hint = question.hint
        return Posed(
            question,
            label=_one_more(label, field.numbers[-1]) if question.type is QuestionType.REPEAT else label,
            hint=instance.words(hint, field) if hint is not None else None,
            offered=instance.offered(field),
            must=self.must(field),
        )

    def above(self, field: Field | None) -> Above:
        """What stands directly above a question; for None, what stands at the very end."""
        wanting = {each.key for each in self.asked}
        lines: list[Words] = []
        pictures: list[Picture] = []
        last: Field | None = None
        for each in self.instance.shown:
            if last is not None and last.key in wanting:
                lines, pictures = [], []
            lines += self._begun(each, last)
            if field is not None and each.key == field.key:
                return Above(tuple(lines), tuple(pictures))
            if each.key not in wanting:
                question = each.question
                lines += [self.instance.words(question.label, each)] if question.label.en else []
                pictures += [question.picture] if question.picture is not None else []
            last = each
        return Above(tuple(lines), tuple(pictures)) if last is not None and last.key not in wanting else Above()

    def _begun(self, field: Field, last: Field | None) -> Iterable[Words]:
        before = set(_around(self.survey, last)) if last is not None else set()
        if last is not None and last.question.type is QuestionType.REPEAT:
            # What asks whether there is one more stands above it, not in it.
            before = {each for each in before if each[0].name != last.question.name}
        for group, numbers in _around(self.survey, field):
            if (group, numbers) in before or group.label is None or group.name == field.question.name:
                continue
            label = self.instance.words(group.label, field)
            yield phrase("{group} · {number}", group=label, number=numbers[-1]) if group.repeated else label

    def set_aside(self, kept: Answers) -> tuple[str, ...]:
        """The keys of the answers `kept` that do not count any more, not wholly, or do not fit any more.

        Their question does not apply now, its options have changed, or its constraint looks at what was changed.
        """
        answers = self.answers
        gone = [key for key, value in kept.items() if answers.get(key) != value]
        answered = ((field, field.key) for field in self.asked)
        unfit = [key for field, key in answered if key in answers and not self._fits(field, answers[key])]
        return tuple(dict.fromkeys(gone + unfit))

    def _fits(self, field: Field, value: Value) -> bool:
        question = field.question
        if value == SKIPPED:
            # It may have become required since, or have got options.
            return not self.must(field)
        if question.choice_filter and not allowed(question.type, value, self.instance.offered(field)):
            return False
        return not question.constraint or self.instance.fits(field, value)


def _one_more(group: Bilingual, number: int) -> Phrase:
    if number == 1:
        return phrase("{group}: is there one to tell about?", group=group)
    return phrase("{group}: is there one more?", group=group)


def _around(survey: Survey, field: Field) -> list[tuple[Group, tuple[int, ...]]]:
    """The groups around a question, the outermost first, each with the numbers of its repeats."""
    groups = {each.name: each for each in survey.groups}
    found: list[Group] = []
    name = field.question.group
    while name:
        found.insert(0, groups[name])
        name = groups[name].group
    numbers: tuple[int, ...] = ()
    placed = []
    for group in found:
        if group.repeated:
            numbers = field.numbers[: len(numbers) + 1]
        placed.append((group, numbers))
    return placed


def flow(survey: Survey, answers: Answers, around: Around) -> Flow:
    """The survey with these answers, of which only those to questions that apply count."""
    return Flow(Instance(survey, answers, around))


def changed(survey: Survey, answers: Answers, around: Around) -> tuple[Flow, tuple[str, ...]]:
    """The survey with these answers, and the keys of those that it sets aside, which may set aside others in turn."""
    way = flow(survey, answers, around)
    lost: list[str] = []
    while gone := way.set_aside({key: value for key, value in answers.items() if key not in lost}):
        lost += gone
        way = flow(survey, {key: value for key, value in answers.items() if key not in lost}, around)
    return way, tuple(lost)
