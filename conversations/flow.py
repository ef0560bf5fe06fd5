"""The way through a survey: which questions apply, given the answers so far, and what lies before and after each."""

from dataclasses import dataclass

from conversations.model import Answers, Question, QuestionType, Survey, Words
from conversations.questions import relevant


@dataclass(frozen=True, slots=True)
class Flow:
    """A survey seen with the answers so far.

    `applying` are the questions and notes that apply, `asked` those of them that want an answer, both in the order of
    the form; `answers` are the ones that count.
    """

    survey: Survey
    applying: tuple[Question, ...]
    asked: tuple[Question, ...]
    answers: Answers

    def question(self, name: str) -> Question:
        """The question of that name, whether or not it applies."""
        return next(each for each in self.survey.questions if each.name == name)

    def open(self, after: str | None = None) -> Question | None:
        """The first question without an answer, behind the one named `after` if it is given."""
        order = [each.name for each in self.survey.questions]
        start = order.index(after) + 1 if after is not None else 0
        later = set(order[start:])
        return next((each for each in self.asked if each.name in later and each.name not in self.answers), None)

    def number(self, question: Question) -> int:
        """Its place among the questions asked, from 1."""
        return 1 + next(place for place, each in enumerate(self.asked) if each.name == question.name)

    def before(self, question: Question) -> Question | None:
        """The question asked before this one; None for the first."""
        place = self.number(question) - 2
        return self.asked[place] if place >= 0 else None

    def notes_above(self, question: Question | None) -> list[Words]:
        """The notes that stand directly above a question; those at the very end for None."""
        notes: list[Words] = []
        for each in self.applying:
            if question is not None and each.name == question.name:
                return notes
            notes = [*notes, each.label] if each.type is QuestionType.NOTE else []
        return notes


def flow(survey: Survey, answers: Answers) -> Flow:
    """The survey with these answers, of which only those to questions that apply count."""
    applying, counting = relevant(survey.questions, answers)
    asked = tuple(each for each in applying if each.type is not QuestionType.NOTE)
    return Flow(survey, applying, asked, counting)
