"""Which columns would give away what was marked as sensitive."""

from collections.abc import Iterable

from conversations.expressions import names_in
from conversations.form import Element, Form, form_of
from conversations.model import Survey


def sensitive(surveys: Iterable[Survey]) -> frozenset[str]:
    """The names of the questions that are marked as sensitive in any of these revisions of a survey."""
    return frozenset(question.name for survey in surveys for question in survey.questions if question.sensitive)


def telling(surveys: Iterable[Survey]) -> frozenset[str]:
    """Those, and all that is worked out from them or asked only because of them: even a blank tells something then."""
    revisions = tuple(surveys)
    marked = sensitive(revisions)
    return marked.union(*(_telling(form_of(survey), marked) for survey in revisions))


def _telling(form: Form, marked: frozenset[str]) -> set[str]:
    everything = list(form.top.all_inside())
    looks_at = {element: set(form.named(_names(element))) for element in everything}
    found = {element for element in everything if element.question is not None and element.name in marked}
    while True:
        further = {
            each
            for each in everything
            if each not in found and (looks_at[each] & found or any(above in found for above in each.around()))
        }
        if not further:
            return {element.name for element in found if element.question is not None}
        found |= further


def _names(element: Element) -> list[str]:
    question = element.question
    expressions = element.written()
    if question is not None:
        expressions = [*expressions, question.choice_filter]
    return [name for expression in expressions for name in names_in(expression)]
