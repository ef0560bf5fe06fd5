"""Whether the questions marked for the group may be told there, by the digest rule."""

from bot.workbook.questions import Built
from bot.workbook.survey_sheet import PROFILE
from conversations.digests import MOST_OPTIONS, quotes_answers, references
from conversations.expressions import ExpressionError
from conversations.forms.form import form_of
from conversations.messages import phrase
from conversations.model import Phrase, Question, QuestionType, Survey

_REMEDY = phrase("empty group_ok")


def check_group_ok(surveys: list[Built]) -> None:
    """Name every mark that the digest rule forbids; without this check such a question would silently never be told."""
    for built in surveys:
        for question in built.survey.questions:
            # Of a row whose type is not known, that is told already.
            if question.group_ok and built.survey.name != PROFILE and question.name not in built.unknown:
                problem = _problem(built.survey, question)
                if problem:
                    built.lines[question.name].fault("group_ok", problem, _REMEDY)


def _problem(survey: Survey, question: Question) -> Phrase | None:
    if question.type not in (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE):
        return phrase("only questions with choices can be told to the group")
    if question.sensitive:
        return phrase("a sensitive question is never told to the group")
    if _is_behind(survey, question):
        return phrase("this question depends on a sensitive one, and so would tell of it")
    if quotes_answers(question):
        return phrase(
            "a question whose words hold an answer, as {answer}, cannot be told to the group", answer="${...}"
        )
    if _is_repeated(survey, question):
        return phrase("a question that one person answers several times cannot be told to the group")
    if len(question.choices) > MOST_OPTIONS:
        return phrase(
            "{count} options are too many for the group: {most} are allowed",
            count=len(question.choices),
            most=MOST_OPTIONS,
        )
    return None


def _is_behind(survey: Survey, question: Question) -> bool:
    sensitive = {each.name for each in survey.questions if each.sensitive}
    try:
        return not sensitive.isdisjoint(references(survey, question))
    except ExpressionError:
        return False


def _is_repeated(survey: Survey, question: Question) -> bool:
    try:
        return bool(form_of(survey).questions[question.name].repeats)
    except ExpressionError:
        return False
