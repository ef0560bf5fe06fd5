"""Whether the questions marked for the group may be told there, by the digest rule."""

from bot.workbook.survey_sheet import PROFILE, Group
from conversations.digests import MOST_OPTIONS, quotes_answers, references
from conversations.expressions import ExpressionError
from conversations.model import Question, QuestionType, Survey

_REMEDY = "empty group_ok"


def check_group_ok(groups: list[Group], surveys: list[Survey]) -> None:
    """Name every mark that the digest rule forbids; without this check such a question would silently never be told."""
    for group, survey in zip(groups, surveys, strict=True):
        sensitive = {question.name for question in survey.questions if question.sensitive}
        for entry, question in zip(group.entries, survey.questions, strict=True):
            if question.group_ok and entry.type is not None and group.name != PROFILE:
                problem = _problem(question, behind=not sensitive.isdisjoint(_references(survey, question)))
                if problem:
                    entry.line.fault("group_ok", problem, _REMEDY)


def _problem(question: Question, *, behind: bool) -> str:
    if question.type not in (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE):
        return "only questions with choices can be told to the group"
    if question.sensitive:
        return "a sensitive question is never told to the group"
    if behind:
        return "this question depends on a sensitive one, and so would tell of it"
    if quotes_answers(question):
        return "a question whose words hold an answer, as ${...}, cannot be told to the group"
    if len(question.choices) > MOST_OPTIONS:
        return f"{len(question.choices)} options are too many for the group: {MOST_OPTIONS} are allowed"
    return ""


def _references(survey: Survey, question: Question) -> frozenset[str]:
    try:
        return references(survey, question)
    except ExpressionError:
        return frozenset()
