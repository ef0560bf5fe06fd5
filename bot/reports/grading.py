"""Whether each answer to a recall check was right, as values that the form itself works out."""

from dataclasses import replace

from conversations.model import Bilingual, Event, Question, QuestionType, Survey
from conversations.timing import RECALL_CHECK
from storage.learning import right_answers


def graded(survey: Survey, event: Event) -> Survey:
    """The survey of that revision; a recall check with a computed `<message>_right` behind each item.

    It is 1 or 0, and blank where there is no answer. Where the form has a question of that name, there is none.
    """
    if survey.name != RECALL_CHECK:
        return survey
    rights = right_answers(event)
    taken = {question.name for question in survey.questions}
    questions: list[Question] = []
    for question in survey.questions:
        questions.append(question)
        if question.name in rights and f"{question.name}_right" not in taken:
            questions.append(_grade(question, rights[question.name]))
    return replace(survey, questions=tuple(questions))


def _grade(question: Question, right: str) -> Question:
    answer = f"${{{question.name}}}"
    label = Bilingual(f"Right: {question.label.en}", f"Juste : {question.label.fr}")
    return Question(
        f"{question.name}_right",
        QuestionType.CALCULATE,
        label,
        calculation=f"if({answer} = '', '', if({answer} = '{right}', 1, 0))",
        group=question.group,
    )
