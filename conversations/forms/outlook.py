"""How certain it is how many questions a form still has."""

from collections.abc import Sequence

from conversations.forms.filling import Filling
from conversations.forms.form import Element, Field, Form
from conversations.model import Answers, QuestionType


def undecided(form: Form, filling: Filling, fields: Sequence[tuple[Field, Element]], given: Answers) -> int:
    """How many questions do not apply, but may when others are answered; `fields` are all that there are now.

    Of a repeated group that may get another instance, the questions of one are counted.
    """
    opened = {
        (element, field.question.type is QuestionType.REPEAT)
        for field, element in fields
        if field.key not in given
        and (element.asked or field.question.type is QuestionType.REPEAT)
        and filling.applies(element, field.numbers)
    }
    if not opened:
        return 0
    unsettled = _unsettled(form, {element for element, _ in opened})
    waiting = sum(
        element.asked and not filling.applies(element, field.numbers) and _may_apply(form, element, unsettled)
        for field, element in fields
    )
    growing = {element for element, grows in opened if grows} | {
        group for group in form.groups.values() if group.repeated and not unsettled.isdisjoint(form.sources[group])
    }
    return waiting + sum(sum(each.asked for each in group.all_inside()) for group in growing)


def _may_apply(form: Form, element: Element, unsettled: set[Element]) -> bool:
    """Whether an answer may change whether it applies."""
    return not all(unsettled.isdisjoint(form.conditions[each]) for each in (element, *element.around()))


def _unsettled(form: Form, opened: set[Element]) -> set[Element]:
    """All that has no answer yet, or looks at such a thing, or at one that does, and so on."""
    looking: dict[Element, set[Element]] = {}
    for element in form.top.all_inside():
        for each in form.sources[element] | form.conditions[element]:
            looking.setdefault(each, set()).update((element, *element.all_inside()))
    found = set(opened)
    waiting = list(opened)
    while waiting:
        further = looking.get(waiting.pop(), set()) - found
        found |= further
        waiting += further
    return found
