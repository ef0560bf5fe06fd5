"""Each response as the XML document that ODK Collect would submit for it.

See https://getodk.github.io/xforms-spec/#instance and https://docs.getodk.org/openrosa-form-submission/: the form's own
tree with one element for each question that applies, repeated groups as often as they were gone through, and a `meta`
block. Questions that do not apply are left out, those without an answer are empty.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from bot.reports.layout import chain_of, step
from bot.reports.rows import FILES, Circumstances, instance_of, named
from bot.reports.safe import escaped
from conversations.forms.instance import Field, Instance
from conversations.model import QuestionType, Survey
from storage.exports import Listed, Response

_NAMESPACE = UUID("0d6f2e0e-6a3b-4a7c-9d55-1f3f6f0f6d2b")
"""Of Suivi's instance ids, so that no other program makes the same ones."""
_Key = tuple[str, tuple[int, ...]]


@dataclass(slots=True)
class _Element:
    tag: str
    text: str = ""
    inside: list["_Element"] = field(default_factory=list)

    def written(self, attributes: str = "") -> Iterator[str]:
        if not self.text and not self.inside:
            yield f"<{self.tag}{attributes}/>"
            return
        yield f"<{self.tag}{attributes}>"
        yield escape(escaped(self.text), {"\r": "&#13;"})
        for each in self.inside:
            yield from each.written()
        yield f"</{self.tag}>"


def submission(
    response: Response,
    survey: Survey,
    event_code: str,
    circumstances: Circumstances,
    without: Collection[str] = (),
) -> str:
    """The document of one response. `survey` is what its revision says; the questions of `without` are left out.

    A form that is an event of its own has its questions right under the root; a micro-survey of a pack has the group
    that it is in the pack, so that the documents fit the workbook as XLSForm tools read it. The version is the form's
    own; where it has none, the number of the revision.
    """
    instance = instance_of(response, survey, circumstances)
    listed = response.listed
    root = _Element("data")
    top = root
    if survey.name != event_code:
        top = _Element(step(survey.name))
        root.inside.append(top)
    _fill(top, instance, listed, without)
    root.inside.append(_Element("meta", inside=[_Element("instanceID", f"uuid:{instance_id(listed, event_code)}")]))
    attributes = f" id={quoteattr(event_code)} version={quoteattr(survey.version or str(listed.version))}"
    return "<?xml version='1.0' encoding='UTF-8'?>\n" + "".join(root.written(attributes)) + "\n"


def instance_id(listed: Listed, event_code: str) -> UUID:
    """The same id for the same response each time, which tells nothing more than the pseudonym does."""
    return uuid5(_NAMESPACE, f"{event_code}\n{listed.survey}\n{listed.occurrence}\n{listed.person}")


def _fill(top: _Element, instance: Instance, listed: Listed, without: Collection[str]) -> None:
    survey = instance.survey
    chains = {
        group: [(each.name, each.repeated) for each in chain_of(survey, group)]
        for group in {question.group for question in survey.questions}
    }
    made: dict[_Key, _Element] = {("", ()): top}
    for each in instance.fields:
        question = each.question
        if question.type is QuestionType.REPEAT or question.name in without or not instance.applies(each):
            continue
        above, depth = top, 0
        for name, repeated in chains[question.group]:
            depth += repeated
            key = (name, each.numbers[:depth])
            if key not in made:
                made[key] = _Element(step(name))
                above.inside.append(made[key])
            above = made[key]
        above.inside.append(_Element(step(question.name), _text(instance, each, listed)))


def _text(instance: Instance, field_: Field, listed: Listed) -> str:
    if field_.question.type is QuestionType.NOTE:
        return ""
    written = instance.value_text(field_)
    return named(written, field_.key, listed) if field_.question.type in FILES else written
