"""What expressions see of a form that is filled in: the values of its questions, which of them apply, and its repeats.

Everything is worked out when something looks at it, once. What is being worked out reads as blank, so a circle ends.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from conversations.expressions import Context, Node, Result, Rows, number, seeded, shuffled, truth
from conversations.forms.form import MOST_TIMES, YES, Element, Form, is_dynamic, keyed
from conversations.forms.typed import computed, typed
from conversations.model import SKIPPED, Answers, Choice, Language, QuestionType, Value

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a form may look at beside its answers.

    Instants are aware; `now` is in the person's own zone. `started` is when the response was begun, `ended` when it was
    submitted. `seed` is the same for the whole of one response, and no other: chance is drawn from it.
    """

    now: datetime
    language: Language
    started: datetime
    ended: datetime | None = None
    seed: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Place:
    """A question or a group of the form as it is filled in; `numbers` are those of its element's repeats."""

    filling: "Filling"
    element: Element
    numbers: Numbers = ()

    @property
    def number(self) -> int:
        """Which instance of a repeated group it is, from 1."""
        return self.numbers[-1] if self.element.repeated else 1

    def read(self) -> Result:
        """The value of the question."""
        return self.filling.value(self.element, self.numbers)

    def applies(self) -> bool:
        """Whether it is relevant, and all around it."""
        return self.filling.applies(self.element, self.numbers)

    def parent(self) -> Node | None:
        """The group around it, or the form."""
        above = self.element.above
        return None if above is None else Place(self.filling, above, self.numbers[: len(above.repeats)])

    def down(self, names: list[str], place: Node) -> Sequence[Node]:
        """All places below it by these names."""
        del place
        below = self.filling.form.below(self.element, names)
        return [node for element in below for node in self.filling.everywhere(element, self.numbers)]


@dataclass(frozen=True, slots=True)
class _Root:
    """Above the form: "/" begins here, and the first name is the form's own.

    A whole path stays in the instance in which it is written; that of a repeated group itself leads to all of them.
    """

    filling: "Filling"
    number = 1

    def read(self) -> Result:
        return ""

    def applies(self) -> bool:
        return True

    def parent(self) -> Node | None:
        return None

    def down(self, names: list[str], place: Node) -> Sequence[Node]:
        form = self.filling.form
        below = form.below(form.top, names[1:]) if names else []
        return [node for element in below for node in self.filling.everywhere(element, _own(element, place))]


class _Known:
    """What has been worked out of one kind, by key; `blank` is read where a circle closes."""

    __slots__ = ("blank", "found", "work")

    def __init__(self, work: Callable[[Element, Numbers, str], Any], blank: object) -> None:
        self.work = work
        self.blank = blank
        self.found: dict[str, Any] = {}


class _Wanted(NamedTuple):
    known: _Known
    element: Element
    numbers: Numbers


class _TooDeep(Exception):
    """One value looks at another, and so on, further than Python's stack should go."""

    def __init__(self, wanted: _Wanted) -> None:
        super().__init__()
        self.wanted = wanted


_DEEPEST = 450
"""Frames of Python's stack that values which look at one another may take; it has 1,000."""
_FRAMES = 12
_MOST_STEPS = 200_000
_MOST_INSTANCES = 1_000


class Filling:
    """The form with its answers. A `conversations.expressions.nodes.Form`.

    No more than `_MOST_STEPS` nodes are looked at and no more than `_MOST_INSTANCES` of all repeated groups exist:
    beyond, nodesets are empty, so that no form keeps everybody waiting.
    """

    def __init__(self, form: Form, answers: Answers, around: Around) -> None:
        self.form = form
        self.answers = answers
        self.around = around
        self.now = around.now
        self._depth = 0
        self._steps = _MOST_STEPS
        self._instances = _MOST_INSTANCES
        self._values = _Known(self._value, "")
        self._relevance = _Known(self._applies, blank=False)
        self._times = _Known(self._counted, 0)

    # What is asked from outside

    def value(self, element: Element, numbers: Numbers = ()) -> Result:
        """The value of the question; blank when it does not apply, and for groups."""
        found: Result | None = self._values.found.get(keyed(element.name, numbers))
        if found is None:
            found = self._worked_out(_Wanted(self._values, element, numbers))
        return found

    def applies(self, element: Element, numbers: Numbers = ()) -> bool:
        """Whether the question or group applies: its own condition holds, and that of each group around it."""
        if not element.conditional:
            return True
        found: bool | None = self._relevance.found.get(keyed(element.name, numbers))
        if found is None:
            found = self._worked_out(_Wanted(self._relevance, element, numbers))
        return found

    def times(self, element: Element, numbers: Numbers = ()) -> int:
        """How many instances a repeated group has; `numbers` are those of the repeated groups around it."""
        found: int | None = self._times.found.get(keyed(element.name, numbers))
        if found is None:
            found = self._worked_out(_Wanted(self._times, element, numbers))
        return found

    def computes(self, element: Element, numbers: Numbers, expression: str) -> Result | None:
        """What an expression at this question or group comes to; None for an empty one."""
        compute = element.compute(expression)
        if compute is None:
            return None
        place = Place(self, element, numbers)
        return compute(Context(self, place, place))

    def default(self, element: Element, numbers: Numbers) -> Result:
        """What stands as long as nobody answers: what is calculated, or the default."""
        question = element.question
        if question is None:
            return ""
        if question.calculation:
            found = self.computes(element, numbers, question.calculation)
        elif is_dynamic(question.default):
            found = self.computes(element, numbers, question.default)
        else:
            found = question.default
        return computed(question, found) if found is not None else ""

    def answer(self, element: Element, numbers: Numbers, key: str) -> Value | None:
        """The answer that was given, without choices that are no longer offered; None when nothing is left of it."""
        given = self.answers.get(key)
        if given is None or given == SKIPPED or element.question is None or not element.question.choice_filter:
            return given
        names = {choice.name for choice in self.offered(element, numbers)}
        if isinstance(given, tuple):
            return tuple(name for name in given if name in names) or None
        return given if str(given) in names else None

    def offered(self, element: Element, numbers: Numbers) -> tuple[Choice, ...]:
        """The choices that the filter lets through, in this response's order."""
        question = element.question
        if question is None:
            return ()
        choices = question.choices
        place = Place(self, element, numbers)
        lets = element.compute(question.choice_filter, columns=True)
        if lets is not None and self.spend(len(choices)):
            rows, size = self.form.rows(element, self.around.language), len(choices)
            choices = tuple(
                choice
                for choice, row in zip(choices, rows, strict=True)
                if truth(lets(Context(self, place, row, row.number, size)))
            )
        if question.randomize:
            seed = self.computes(element, numbers, question.seed)
            choices = tuple(shuffled(choices, self.chance(place, "choices") if seed is None else seeded(seed)))
        return choices

    def everywhere(self, element: Element, numbers: Numbers) -> list[Node]:
        """All places of an element, in those instances of the outer repeated groups."""
        found = [numbers]
        for repeat in element.repeats[len(numbers) :]:
            found = [(*each, place) for each in found for place in range(1, self.times(repeat, each) + 1)]
        return [Place(self, element, each) for each in found]

    # What expressions ask for

    def read(self, name: str, place: Node) -> Result:
        """The value of that question in the same instance as the place, or in the first."""
        element = self.form.by_name.get(name)
        if element is None:
            return ""
        if not element.repeats:
            return self.value(element)
        if isinstance(place, Place) and _shared(place.element, element) == len(element.repeats):
            return self.value(element, place.numbers[: len(element.repeats)])
        return next((node.read() for node in self.named(name, place)), "")

    def named(self, name: str, place: Node) -> Sequence[Node]:
        """All places of that name in the same instances as the place; of a repeated group all its instances."""
        element = self.form.by_name.get(name)
        if element is None:
            return ()
        found = [node for node in self.everywhere(element, _own(element, place)) if node.applies()]
        return found if self.spend(len(found)) else ()

    def root(self) -> Node:
        """What stands above the form."""
        return _Root(self)

    def table(self, name: str) -> Rows | None:
        """The list of that name."""
        return self.form.table(name)

    def label(self, node: Node, chosen: str) -> str:
        """The label of that choice in the language of whoever answers; empty when it is not offered."""
        if not isinstance(node, Place):
            return ""
        offered = self.offered(node.element, node.numbers)
        return next((each.label.in_language(self.around.language) for each in offered if each.name == chosen), "")

    def chance(self, place: Node, purpose: str) -> bytes:
        """32 bytes that nobody foresees, the same ones each time."""
        key = keyed(place.element.name, place.numbers) if isinstance(place, Place) else ""
        return hashlib.sha256(f"{self.around.seed}\n{key}\n{purpose}".encode(errors="replace")).digest()

    def spend(self, steps: int) -> bool:
        """Take so many steps; whether that was still allowed."""
        self._steps -= steps
        return self._steps >= 0

    # How it is worked out

    def _worked_out(self, wanted: _Wanted) -> Any:  # noqa: ANN401 # as its kind has it: a value, a truth, a number
        if self._depth:
            return self._nested(wanted)
        waiting = [wanted]
        while True:
            try:
                found = self._nested(waiting[-1])
            except _TooDeep as deeper:
                if deeper.wanted in waiting:
                    known, element, numbers = deeper.wanted
                    known.found[keyed(element.name, numbers)] = known.blank
                else:
                    waiting.append(deeper.wanted)
            else:
                waiting.pop()
                if not waiting:
                    return found

    def _nested(self, wanted: _Wanted) -> Any:  # noqa: ANN401 # as above
        known, element, numbers = wanted
        cost = _FRAMES + element.frames
        if self._depth and self._depth + cost > _DEEPEST:
            raise _TooDeep(wanted)
        key = keyed(element.name, numbers)
        known.found[key] = known.blank
        self._depth += cost
        try:
            found = known.work(element, numbers, key)
        except BaseException:
            del known.found[key]
            raise
        finally:
            self._depth -= cost
        known.found[key] = found
        return found

    def _value(self, element: Element, numbers: Numbers, key: str) -> Result:
        question = element.question
        if question is None or not self.applies(element, numbers):
            return ""
        if element.asked:
            answer = self.answer(element, numbers, key)
            return self.default(element, numbers) if answer is None else typed(question, answer)
        match question.type:
            case QuestionType.START:
                return self.around.started
            case QuestionType.END:
                return self.around.ended or ""
            case QuestionType.TODAY:
                return self.around.started.astimezone(self.now.tzinfo).date()
        return self.default(element, numbers)

    def _applies(self, element: Element, numbers: Numbers, key: str) -> bool:
        del key
        above = element.above
        if above is not None and not self.applies(above, numbers[: len(above.repeats)]):
            return False
        found = self.computes(element, numbers, element.relevant)
        return found is None or truth(found)

    def _counted(self, element: Element, numbers: Numbers, key: str) -> int:
        most = max(0, min(MOST_TIMES, self._instances))
        if element.opener is None:
            # The number is worked out once for all instances, before there is one.
            counted = self.computes(element, numbers, element.count)
            wanted = number(counted) if counted is not None else 0.0
            found = int(min(most, wanted)) if wanted > 0 else 0
        else:
            found = 0
            while found < most and self.answers.get(f"{key}[{found + 1}]") == YES:
                found += 1
        self._instances -= found
        return found


def _own(element: Element, place: Node) -> Numbers:
    """The numbers of the instances that an element shares with a place; a repeated group does not share itself."""
    if not isinstance(place, Place):
        return ()
    return place.numbers[: min(_shared(place.element, element), len(element.repeats) - element.repeated)]


def _shared(one: Element, other: Element) -> int:
    """How many repeated groups two elements stand in together."""
    count = 0
    for first, second in zip(one.repeats, other.repeats, strict=False):
        if first is not second:
            break
        count += 1
    return count
