"""Whether the questions marked for the group may be told there, by the digest rule."""

from bot.workbook.survey_sheet import PROFILE, Group
from conversations.digests import MOST_OPTIONS, guarded
from conversations.expressions import ExpressionError
from conversations.model import Question, QuestionType, Survey

_REMEDY = "empty group_ok"


def check_group_ok(groups: list[Group], surveys: list[Survey]) -> None:
    """Name every mark that the digest rule forbids; without this check such a question would silently never be told."""
    for group, survey in zip(groups, surveys, strict=True):
        secret = _secret(survey)
        for entry, question in zip(group.entries, survey.questions, strict=True):
            if question.group_ok and entry.type is not None and group.name != PROFILE:
                problem = _problem(question, behind=question.name in secret)
                if problem:
                    entry.line.fault("group_ok", problem, _REMEDY)


def _problem(question: Question, *, behind: bool) -> str:
    if question.type not in (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE):
        return "only questions with choices can be told to the group"
    if question.sensitive:
        return "a sensitive question is never told to the group"
    if behind:
        return "this question depends on a sensitive one, and so would tell of it"
    if len(question.choices) > MOST_OPTIONS:
        return f"{len(question.choices)} options are too many for the group: {MOST_OPTIONS} are allowed"
    if "${" in question.label.en + question.label.fr:
        return "a question that shows an earlier answer cannot be told to the group"
    return ""


def _secret(survey: Survey) -> frozenset[str]:
    try:
        return guarded(survey)
    except ExpressionError:
        return frozenset()  # one that cannot be read is a fault already, and nothing is imported
