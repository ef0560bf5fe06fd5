"""A survey as a tree of groups and questions, its expressions put together: what is the same for every response."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as fresh
from functools import cached_property, lru_cache
from typing import Final

from conversations.expressions import (
    ALL,
    Call,
    Compute,
    ExpressionError,
    Operation,
    Reference,
    Row,
    Rows,
    computing,
    names_in,
    parse,
    walk,
)
from conversations.model import Bilingual, Choice, Group, Language, Question, QuestionType, Survey

MOST_TIMES: Final = 100
"""Instances of a repeated group, within one of whatever it stands in; no form gets more of them."""

COMPUTED: Final = frozenset(
    {QuestionType.CALCULATE, QuestionType.HIDDEN, QuestionType.START, QuestionType.END, QuestionType.TODAY}
)
"""Types that nobody gets to see."""
UNANSWERED: Final = COMPUTED | {QuestionType.NOTE}


@dataclass(frozen=True, slots=True)
class Field:
    """A question at its place in the form that is filled in: `numbers` (from 1) are those of the repeated groups."""

    question: Question
    numbers: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What its answer is kept under."""
        return keyed(self.question.name, self.numbers)


def keyed(name: str, numbers: tuple[int, ...]) -> str:
    """The key of an answer: the name of its question, and the numbers of the repeated groups around it."""
    return name + "".join([f"[{number}]" for number in numbers]) if numbers else name


YES: Final = "yes"
NO: Final = "no"
_ONE_MORE = (Choice(YES, Bilingual("Yes", "Oui")), Choice(NO, Bilingual("No", "Non")))


@dataclass(eq=False, slots=True)
class Element:
    """A question or a group; the form as a whole is the one that is neither.

    `repeats` are the repeated groups around it, the outermost first, itself included if it is one. `opener` is the
    question whether there is one more of a repeated group whose number is not computed. `field` is its only one
    where nothing around it is repeated. `asked` says whether it is a question that somebody answers, `conditional`
    whether anything decides if it applies, `frames` how far its expressions lead into Python's stack at most.
    """

    name: str
    above: "Element | None"
    question: Question | None = None
    group: Group | None = None
    opener: Question | None = None
    field: Field | None = None
    frames: int = 0
    repeats: tuple["Element", ...] = ()
    inside: list["Element"] = fresh(default_factory=list)
    conditional: bool = False
    asked: bool = False
    expressions: dict[tuple[str, bool], Compute | None] = fresh(default_factory=dict)

    def __post_init__(self) -> None:
        self.conditional = bool(self.relevant.strip()) or (self.above is not None and self.above.conditional)
        question = self.question
        self.field = Field(question) if question is not None else None
        self.frames = _FRAMES_OF_A_BRACKET * max((nesting(each) for each in self.written()), default=0)
        self.asked = question is not None and not question.read_only and question.type not in UNANSWERED

    @property
    def step(self) -> str:
        """What it is called in a path: its own name within what it stands in."""
        return self.name.rpartition("/")[2]

    @property
    def repeated(self) -> bool:
        """Whether it is a repeated group."""
        return self.group is not None and self.group.repeated

    @property
    def relevant(self) -> str:
        """Its own condition, without those of the groups around it."""
        if self.question is not None:
            return self.question.relevant
        return self.group.relevant if self.group is not None else ""

    @property
    def count(self) -> str:
        """How often a repeated group is gone through, where that is computed."""
        return self.group.count if self.group is not None else ""

    def compute(self, expression: str, *, columns: bool = False) -> Compute | None:
        """What works out one of its expressions; None for an empty one. Raises ExpressionError."""
        key = (expression, columns)
        if key not in self.expressions:
            self.expressions[key] = computing(parse(expression, columns=columns)) if expression.strip() else None
        return self.expressions[key]

    def written(self) -> list[str]:
        """Its expressions that values come from."""
        if self.question is not None:
            question = self.question
            return [question.relevant, question.calculation, question.default, question.choice_filter]
        return [self.group.relevant, self.group.count] if self.group is not None else []

    def around(self) -> "Iterator[Element]":
        """The groups that it stands in, the innermost first."""
        above = self.above
        while above is not None and above.group is not None:
            yield above
            above = above.above

    def all_inside(self) -> "Iterator[Element]":
        """All that stands in it, at any depth, in the order of the form."""
        waiting = list(reversed(self.inside))
        while waiting:
            found = waiting.pop()
            yield found
            waiting += reversed(found.inside)


QUOTED = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
"""A reference inside a label, a hint or a message."""


def nesting(expression: str) -> int:
    """How deep brackets and minus signs stand in one another, at most."""
    deepest = depth = minus = 0
    for sign in expression:
        depth += (sign in "([") - (sign in ")]")
        minus = minus + 1 if sign == "-" else minus if sign == " " else 0
        deepest = max(deepest, depth + minus)
    return deepest


_FRAMES_OF_A_BRACKET = 4


class Form:
    """The tree of one survey."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.top = Element("", None)
        self.questions: dict[str, Element] = {}
        self.groups: dict[str, Element] = {}
        self._tables: dict[str, Rows] = {}
        self._rows: dict[tuple[Element, Language], Sequence[Row]] = {}
        groups = {group.name: group for group in survey.groups}
        for question in survey.questions:
            above = self._group(question.group, groups)
            found = Element(question.name, above, question=question, repeats=above.repeats)
            above.inside.append(found)
            self.questions[question.name] = found
        for name in groups:
            self._group(name, groups)
        self.by_name = self.groups | self.questions

    def _group(self, name: str, groups: dict[str, Group]) -> Element:
        """The element of that group; it is made, with those around it, when its first question comes."""
        lacking: list[Group] = []
        while name in groups and name not in self.groups and groups[name] not in lacking:
            lacking.append(groups[name])
            name = groups[name].group
        above = self.groups.get(name, self.top)
        for group in reversed(lacking):
            found = Element(group.name, above, group=group)
            found.repeats = (*above.repeats, found) if group.repeated else above.repeats
            if group.repeated and not group.count.strip():
                label = group.label or Bilingual(group.name, group.name)
                found.opener = Question(group.name, QuestionType.REPEAT, label, choices=_ONE_MORE, group=group.name)
            above.inside.append(found)
            self.groups[group.name] = above = found
        return above

    def element(self, question: Question) -> Element:
        """Where a question stands; for the one whether there is one more, its group. KeyError for a stranger."""
        return (self.groups if question.type is QuestionType.REPEAT else self.questions)[question.name]

    def table(self, name: str) -> Rows | None:
        """The list of that name, indexed once."""
        if name not in self._tables:
            for table in self.survey.tables:
                if table.name == name:
                    self._tables[name] = Rows(dict(zip(table.columns, row, strict=False)) for row in table.rows)
        return self._tables.get(name)

    def rows(self, element: Element, language: Language) -> Sequence[Row]:
        """The choices of a question as rows that its filter looks at."""
        key = (element, language)
        if key not in self._rows:
            choices = element.question.choices if element.question is not None else ()
            own = ({"name": each.name, "label": each.label.in_language(language)} for each in choices)
            lines = (dict(each.columns) | cells for each, cells in zip(choices, own, strict=True))
            self._rows[key] = Rows(lines).items
        return self._rows[key]

    def below(self, element: Element, names: list[str]) -> list[Element]:
        """What is reached from an element by these names; "*" is any."""
        found = [element]
        for name in names:
            found = [inner for each in found for inner in self._below(each, name)]
        return found

    def _below(self, element: Element, name: str) -> list[Element]:
        found = [each for each in element.inside if name in (ALL, each.step)]
        # A micro-survey is a group of its pack: the path to its questions leads through it.
        return [element] if not found and element is self.top and name == self.survey.name else found

    @cached_property
    def places(self) -> dict[Element, int]:
        """Where each question and group stands, counted in the order of the form."""
        return {each: place for place, each in enumerate(self.top.all_inside())}

    @cached_property
    def conditions(self) -> dict[Element, frozenset[Element]]:
        """What decides whether a question or group applies, those around it apart."""
        return {each: frozenset(self.named(names_in(each.relevant))) for each in self.top.all_inside()}

    @cached_property
    def sources(self) -> dict[Element, frozenset[Element]]:
        """What the value of a question, or the number of instances of a group, is worked out from."""
        return {each: frozenset(self.named(self._source_names(each))) for each in self.top.all_inside()}

    def _source_names(self, element: Element) -> frozenset[str]:
        question = element.question
        if question is None:
            return names_in(element.count)
        return names_in(question.calculation) | names_in(question.choice_filter, columns=True)

    def named(self, names: Iterable[str]) -> Iterator[Element]:
        """The questions and groups of these names."""
        for name in names:
            yield from self.top.all_inside() if name == ALL else self._called(name)

    def behind(self, name: str) -> frozenset[Element]:
        """All that a question depends on, directly or not: its condition, value, constraint, choices and words."""
        first = self.questions[name]
        found = set(self.named(self._own_names(first.question))) if first.question is not None else set()
        found |= {each for group in (first, *first.around()) for each in self.conditions[group] | self.sources[group]}
        waiting = list(found)
        while waiting:
            each = waiting.pop()
            further = self.conditions.get(each, frozenset()) | self.sources.get(each, frozenset())
            further |= set(self.named(self._own_names(each.question))) if each.question is not None else set()
            further |= {*each.around(), *each.all_inside()} if each.group is not None else {*each.around()}
            waiting += further - found
            found |= further
        return frozenset(found)

    def _own_names(self, question: Question) -> frozenset[str]:
        said = [question.label, question.hint, *(choice.label for choice in question.choices)]
        quoted = [name for words in said if words for each in (words.en, words.fr) for name in QUOTED.findall(each)]
        found = frozenset(quoted) | names_in(question.constraint) | names_in(question.required_when)
        return found | names_in(question.default) if is_dynamic(question.default) else found

    def _called(self, name: str) -> list[Element]:
        if name in self.by_name:
            return [self.by_name[name]]
        # A path ends at the name within its group, which another group may have too.
        return [element for full, element in self.by_name.items() if element.step == name and full != name]


class _Same:
    """A survey told apart by identity: to compare two, word for word, would take longer than an answer may."""

    __slots__ = ("survey",)

    def __init__(self, survey: Survey) -> None:
        self.survey = survey

    def __hash__(self) -> int:
        return id(self.survey)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.survey is self.survey


@lru_cache(maxsize=64)
def _form(same: _Same) -> Form:
    return Form(same.survey)


def form_of(survey: Survey) -> Form:
    """The tree of a survey; those that were used lately are at hand."""
    return _form(_Same(survey))


def is_dynamic(default: str) -> bool:
    """Whether a default is an expression, not the answer itself: it has a reference or a function, or it calculates.

    As pyxform tells them apart; "2026-05-01" is a date, not a subtraction.
    """
    try:
        parts = list(walk(parse(default))) if default.strip() else []
    except ExpressionError:
        return False
    if any(isinstance(part, Reference | Call) for part in parts):
        return True
    signs = {part.operator for part in parts if isinstance(part, Operation)}
    return bool(signs - {"-"})


def cycles(survey: Survey) -> tuple[tuple[str, ...], ...]:
    """The circles in which values and conditions look at one another, each as the names along it.

    Whoever is asked reads what stands in such a circle as blank, where it closes. Raises ExpressionError.
    """
    form = form_of(survey)
    found: list[tuple[str, ...]] = []
    done: set[Element] = set()
    for start in form.top.all_inside():
        if start not in done:
            found += _circles_from(start, form, done)
    return tuple(found)


def _circles_from(start: Element, form: Form, done: set[Element]) -> Iterator[tuple[str, ...]]:
    """Depth first, without recursion: a form may be a long chain."""
    trail = [start]
    places = {start: 0}
    waiting = [iter(_needs(start, form))]
    while trail:
        further = next(waiting[-1], None)
        if further is None:
            waiting.pop()
            done.add(trail[-1])
            del places[trail.pop()]
        elif further in places:
            yield tuple(each.name for each in trail[places[further] :])
        elif further not in done:
            places[further] = len(trail)
            trail.append(further)
            waiting.append(iter(_needs(further, form)))


def _needs(element: Element, form: Form) -> list[Element]:
    """In the order of the form, so that the same circle is always told the same way."""
    needed = (
        form.conditions[element]
        | form.sources[element]
        | ({element.above} if element.above and element.above.group else set())
    )
    return sorted(needed, key=form.places.__getitem__)
