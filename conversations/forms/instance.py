"""A form while it is filled in: which of its questions apply, what they come to, what may be chosen, and its words.

Everything is worked out from the answers each time, when somebody asks for it; nothing is kept but the answers. So
`once(...)` is just what it is given, worked out from what stays the same while a response lasts: its chance and its
beginning. Where values look at one another in a circle, it reads as blank where it closes (`cycles` in form.py finds
them). Expressions must have been checked: one that cannot be read raises ExpressionError.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from conversations.expressions import Compute, Context, ExpressionError, Result, text, truth
from conversations.forms.filling import Around, Filling, Numbers, Place
from conversations.forms.form import COMPUTED, MOST_TIMES, QUOTED, Element, Field, form_of
from conversations.forms.outlook import undecided
from conversations.forms.typed import kept, typed
from conversations.model import Answers, Bilingual, Choice, Language, Question, QuestionType, Survey, Value

__all__ = ["Around", "Field", "Instance"]

_FILES = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE})


class Instance:
    """One person's response to a survey, as far as it goes."""

    def __init__(self, survey: Survey, answers: Answers, around: Around) -> None:
        self.survey = survey
        self.around = around
        self._given = answers
        self._form = form_of(survey)
        self._filling = Filling(self._form, answers, around)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field of the form as it stands, of all instances of what is repeated, in the order of the form.

        Those that nobody sees and those that do not apply are among them, as is whether there is one more of a
        repeated group, for each that there is and the next.
        """
        return tuple(field for field, _ in self._all)

    @cached_property
    def shown(self) -> tuple[Field, ...]:
        """What people get to see, notes included, in the order of the form."""
        applies = self._filling.applies
        return tuple(
            [
                field
                for field, element in self._all
                if field.question.type not in COMPUTED and applies(element, field.numbers)
            ]
        )

    @cached_property
    def asked(self) -> tuple[Field, ...]:
        """Those of them that want an answer."""
        note = QuestionType.NOTE
        return tuple(
            [field for field in self.shown if field.question.type is not note and not field.question.read_only]
        )

    @cached_property
    def answers(self) -> Answers:
        """The answers that count: those of questions that apply, without choices that are no longer offered."""
        found: dict[str, Value] = {}
        for field in self.asked:
            given = self._given.get(key := field.key)
            if given is not None and field.question.choice_filter:
                given = self._filling.answer(self._form.element(field.question), field.numbers, key)
            if given is not None:
                found[key] = given
        return found

    @property
    def undecided(self) -> int:
        """How many further questions may yet come to apply.

        They do not now, but whether they do depends, directly or through calculations, on questions that are not
        answered yet. 0 when the number of questions is certain.
        """
        return undecided(self._form, self._filling, self._all, self._given)

    def field(self, key: str) -> Field:
        """The field of that key, of those that there are now. KeyError when there is none."""
        return self._by_key[key]

    def applies(self, field: Field) -> bool:
        """Whether the field applies: its own condition holds, and those of the groups around it."""
        return self._filling.applies(self._form.element(field.question), field.numbers)

    def value(self, field: Field) -> Result:
        """What expressions read there; the empty text for a blank."""
        if field.question.type is QuestionType.REPEAT:
            return typed(field.question, self.answers.get(field.key, ""))
        return self._filling.value(self._form.element(field.question), field.numbers)

    def value_text(self, field: Field) -> str:
        """The same as it is written down: an answer as it is kept, choices by name with blanks between them."""
        answer = self.answers.get(field.key)
        if answer is None:
            return text(self.value(field))
        return " ".join(answer) if isinstance(answer, tuple) else str(answer)

    def offered(self, field: Field) -> tuple[Choice, ...]:
        """The options of the question, in the order in which this person gets them."""
        if field.question.type is QuestionType.REPEAT:
            return field.question.choices
        return self._filling.offered(self._form.element(field.question), field.numbers)

    def words(self, words: Bilingual, field: Field) -> Bilingual:
        """A label, hint or message of the question with each `${name}` filled in; a blank leaves nothing.

        What is filled in stays as it is, even if somebody typed "${...}".
        """
        if "${" not in words.en and "${" not in words.fr:
            return words
        place = Place(self._filling, self._form.element(field.question), field.numbers)

        def said(language: Language) -> str:
            return QUOTED.sub(lambda match: self._said(match[1], place, language), words.in_language(language))

        return Bilingual(said(Language.EN), said(Language.FR))

    def must(self, field: Field) -> bool:
        """Whether the question cannot be passed over."""
        question = field.question
        if question.required or not question.required_when.strip():
            return question.required
        found = self._filling.computes(self._form.element(question), field.numbers, question.required_when)
        return found is not None and truth(found)

    def fits(self, field: Field, value: Value) -> bool:
        """Whether the question's constraint lets this answer pass."""
        question = field.question
        if not question.constraint.strip():
            return True
        element = self._form.element(question)
        compute = _checking(element, question)
        place = Place(self._filling, element, field.numbers)
        return compute is None or truth(compute(Context(self._filling, place, place, candidate=typed(question, value))))

    def default(self, field: Field) -> Value | None:
        """The answer that stands until another is given; None when there is none."""
        if field.question.type is QuestionType.REPEAT:
            return None
        element = self._form.element(field.question)
        if not self._filling.applies(element, field.numbers):
            return None
        return kept(field.question, self._filling.default(element, field.numbers))

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return {field.key: field for field in self.fields}

    @cached_property
    def _all(self) -> list[tuple[Field, Element]]:
        return list(self._walk())

    def _walk(self) -> Iterator[tuple[Field, Element]]:
        waiting: list[tuple[Element, Numbers, bool]] = [(each, (), False) for each in reversed(self._form.top.inside)]
        while waiting:
            element, numbers, opens = waiting.pop()
            if opens and element.opener is not None:
                yield Field(element.opener, numbers), element
            elif element.field is not None:
                yield (Field(element.field.question, numbers) if numbers else element.field), element
            elif element.repeated:
                waiting += reversed(list(self._instances(element, numbers)))
            else:
                waiting += [(each, numbers, False) for each in reversed(element.inside)]

    def _instances(self, element: Element, numbers: Numbers) -> Iterator[tuple[Element, Numbers, bool]]:
        times = self._filling.times(element, numbers)
        for place in range(1, times + 1):
            if element.opener is not None:
                yield element, (*numbers, place), True
            for each in element.inside:
                yield each, (*numbers, place), False
        if element.opener is not None and times < MOST_TIMES:
            yield element, (*numbers, times + 1), True

    def _said(self, name: str, place: Place, language: Language) -> str:
        for node in self._filling.named(name, place):
            if isinstance(node, Place) and node.element.question is not None:
                return self._worded(node, language)
        return ""

    def _worded(self, place: Place, language: Language) -> str:
        question = place.element.question
        if question is None or question.type in _FILES:
            return ""
        written = text(place.read())
        if not question.choices:
            return written
        labels = {choice.name: choice.label.in_language(language) for choice in reversed(question.choices)}
        for choice in reversed(self._filling.offered(place.element, place.numbers)):
            labels[choice.name] = choice.label.in_language(language)
        names = [written] if question.type is QuestionType.SELECT_ONE else written.split()
        return ", ".join(labels.get(name, name) for name in names)


def _checking(element: Element, question: Question) -> Compute | None:
    """What works out the constraint. A question that names itself means the answer that is being checked.

    Where a function wants the question and not its answer (`indexed-repeat`), the name stays.
    """
    own = re.compile(rf"\$\{{\s*{re.escape(question.name)}\s*\}}")
    try:
        return element.compute(own.sub(".", question.constraint))
    except ExpressionError:
        return element.compute(question.constraint)
