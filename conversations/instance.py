"""A form while it is filled in: which of its questions apply, what they come to, what may be chosen, and its words.

Everything is worked out from the answers each time; nothing is kept but the answers.
"""

from dataclasses import dataclass
from datetime import datetime

from conversations.expressions import holds
from conversations.model import Answers, Bilingual, Choice, Language, Question, QuestionType, Survey, Value


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


@dataclass(frozen=True, slots=True)
class Field:
    """A question at its place in the form that is filled in: `numbers` (from 1) are those of the repeated groups."""

    question: Question
    numbers: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What its answer is kept under."""
        return self.question.name + "".join(f"[{number}]" for number in self.numbers)


_COMPUTED = frozenset(
    {QuestionType.CALCULATE, QuestionType.HIDDEN, QuestionType.START, QuestionType.END, QuestionType.TODAY}
)


class Instance:
    """One person's response to a survey, as far as it goes."""

    def __init__(self, survey: Survey, answers: Answers, around: Around) -> None:
        self.survey = survey
        self.around = around
        counting: dict[str, Value] = {}
        shown = []
        for question in survey.questions:
            if holds(question.relevant, counting):
                if question.type not in _COMPUTED:
                    shown.append(Field(question))
                if question.name in answers:
                    counting[question.name] = answers[question.name]
        self.shown = tuple(shown)
        """What people get to see, notes included, in the order of the form."""
        self.asked = tuple(field for field in shown if field.question.type is not QuestionType.NOTE)
        """Those of them that want an answer."""
        self.answers: Answers = counting
        """The answers that count: those of questions that apply."""

    def field(self, key: str) -> Field | None:
        """The field with that key among those that people get to see; None when there is none."""
        return next((each for each in self.shown if each.key == key), None)

    @property
    def undecided(self) -> int:
        """How many further questions may yet come to apply."""
        return 0

    def offered(self, field: Field) -> tuple[Choice, ...]:
        """The options of the question, in the order in which this person gets them."""
        return field.question.choices

    def words(self, words: Bilingual, field: Field) -> Bilingual:
        """A label, hint or message of the question with each `${name}` filled in."""
        del field
        return words

    def must(self, field: Field) -> bool:
        """Whether the question cannot be passed over."""
        return field.question.required

    def fits(self, field: Field, value: Value) -> bool:
        """Whether the question's constraint lets this answer pass."""
        return holds(field.question.constraint, self.answers, here=value)

    def default(self, field: Field) -> Value | None:
        """The answer that stands until another is given; None when there is none."""
        del field
        return None
