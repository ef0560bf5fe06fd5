"""Forms come to the same here as in JavaRosa, the engine of ODK Collect: relevance, values, constraints and choices.

Each form of `forms/` is filled in many times by chance, some answers being changed afterwards, so that answers to
questions that no longer apply are left behind.

What the forms leave out, since JavaRosa is wrong there by XPath 1.0 or by its own documentation:

- `max()` of negative numbers alone is 4.9E-324 there, round(-28, -1) is -20, and `[2]` as a predicate finds nothing;
- numbers from 2**31 on are written with an exponent inside texts, and of a moment only the day;
- a path from "/" inside a repeated group stays in its own instance, but not if the same expression stands outside too;
- a time of day is a moment of today;
- a text that is no date where a date belongs, `count()` of what is no question, several nodes where there should be
  one, a number as the second value of selected(): all these end the form there. Here they are blank, refused when the
  form is read, the first node, and read as a text.

A choice that its filter no longer lets through is taken back there when its list is shown again, here at once: so
`Fill.java` pages through the form before it looks.
"""

import math
import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from conversations.expressions import Result
from conversations.forms.form import form_of
from conversations.forms.instance import Around, Field, Instance
from conversations.model import SKIPPED, Answers, Language, Question, QuestionType, Value
from tests.javarosa.building import Built, build
from tests.javarosa.machine import Found, Script

_PACK = Path(__file__).parents[2] / "events/learning-and-sharing/pack.md"
FORMS = [_PACK, *sorted((Path(__file__).parent / "forms").glob("*.md"))]
FILLINGS = 30
AROUND = Around(datetime(2026, 5, 4, 9, tzinfo=UTC), Language.EN, datetime(2026, 5, 4, 8, tzinfo=UTC), seed="agreement")
WORDS = ("abc", "1", "12", "b", "a b", "x", "1,5", "true", "hello", "abcb", "2.50", "-3")


def any_answer(question: Question, chance: random.Random) -> Value:
    """An answer of the question's type, at times an odd one."""
    names = [choice.name for choice in question.choices]
    match question.type:
        case QuestionType.SELECT_ONE:
            return chance.choice(names)
        case QuestionType.SELECT_MULTIPLE:
            return tuple(name for name in names if chance.random() < 0.5) or (names[0],)
        case QuestionType.RANK:
            return tuple(chance.sample(names, len(names)))
        case QuestionType.INTEGER:
            return chance.randint(-4, 12)
        case QuestionType.DECIMAL | QuestionType.RANGE:
            return chance.choice(("0.5", "-2.5", "2.5", "3", "12.75", "49", "0", "7.125"))
        case QuestionType.DATE:
            return (date(1985, 1, 1) + timedelta(days=chance.randint(0, 16_000))).isoformat()
        case QuestionType.DATETIME:
            moment = datetime(2019, 6, 1, tzinfo=UTC) + timedelta(minutes=chance.randint(0, 4_000_000))
            return moment.isoformat(timespec="milliseconds")
        case QuestionType.TIME:
            return f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
        case _:
            return chance.choice(WORDS)


def filled(built: Built, chance: random.Random) -> dict[str, Value]:
    """Answers as somebody gives them one after the other, at times passing over one, and then changing some."""
    answers: dict[str, Value] = {}
    for _ in range(200):
        instance = Instance(built.survey, answers, AROUND)
        field = next((each for each in instance.asked if each.key not in answers), None)
        if field is None:
            break
        if field.question.type is QuestionType.REPEAT:
            answers[field.key] = "yes" if chance.random() < 0.7 and field.numbers[-1] < 4 else "no"
        elif chance.random() < 0.85:
            tries = [any_answer(field.question, chance) for _ in range(8)]
            answers[field.key] = next((each for each in tries if instance.fits(field, each)), tries[0])
        elif chance.random() < 0.7:
            answers[field.key] = SKIPPED
    questions = {field.key: field.question for field in Instance(built.survey, answers, AROUND).fields}
    for key in chance.sample(sorted(answers), min(2, len(answers))):
        if questions[key].type is not QuestionType.REPEAT:
            answers[key] = any_answer(questions[key], chance)
    return answers


def path_of(built: Built, name: str, numbers: tuple[int, ...]) -> str:
    """As JavaRosa writes it: each step with its number."""
    form = form_of(built.survey)
    steps = built.paths[name].split("/")
    for repeat, number in zip(form.by_name[name].repeats, numbers, strict=False):
        steps[len(built.paths[repeat.name].split("/")) - 1] += f"[{number}]"
    return "/".join(step if place < 2 or "[" in step else f"{step}[1]" for place, step in enumerate(steps))


def written(value: Value) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def tell(script: Script, built: Built, answers: Answers, tries: list[tuple[Field, Value]]) -> None:
    """Fill it in there as it is here."""
    script.say("NEW")
    instance = Instance(built.survey, answers, AROUND)
    form = form_of(built.survey)
    for group in form.groups.values():
        for node in instance._filling.everywhere(group.above, ()) if group.repeated else ():
            times = instance._filling.times(group, node.numbers)
            script.say("TIMES", path_of(built, group.name, node.numbers), times)
    for field in instance.fields:
        if field.key in answers and field.question.type is not QuestionType.REPEAT:
            path = path_of(built, field.question.name, field.numbers)
            script.say("SET", path, written(answers[field.key]))
    script.say("DUMP")
    for field, value in tries:
        script.say("TRY", path_of(built, field.question.name, field.numbers), written(value))


def alike(ours: Result, theirs: str) -> bool:
    kind, _, value = theirs.partition(":")
    match ours:
        case bool():
            return theirs == f"boolean:{str(ours).lower()}"
        case float():
            return kind == "double" and math.isclose(ours, float(value), rel_tol=1e-9, abs_tol=1e-9)
        case datetime():
            return kind == "date" and datetime.fromisoformat(value) == ours
        case date():
            return kind == "date" and datetime.fromisoformat(value).date() == ours
        case time():
            return kind == "date" and datetime.fromisoformat(value).time() == ours
        case _:
            return theirs == f"string:{ours}"


def differences(built: Built, instance: Instance, nodes: dict[str, Found]) -> list[str]:
    found = []
    for field in instance.fields:
        if field.question.type is QuestionType.REPEAT:
            continue
        node = nodes[path_of(built, field.question.name, field.numbers)]
        value, applies = instance.value(field), instance.applies(field)
        if applies is not node.relevant:
            found.append(f"{field.key}: applies {applies}, JavaRosa {node.relevant}: {field.question.relevant}")
        elif applies and not alike(value, node.value):
            found.append(f"{field.key}: {value!r}, JavaRosa {node.value}: {field.question.calculation}")
        if applies and instance.must(field) is not node.required:
            found.append(f"{field.key}: must {not node.required}: {field.question.required_when}")
        offered = tuple(choice.name for choice in instance.offered(field))
        if applies and field.question.choices and offered != node.choices:
            found.append(f"{field.key}: offered {offered}, JavaRosa {node.choices}: {field.question.choice_filter}")
    return found


@pytest.mark.java
def test_forms_come_to_the_same_as_in_javarosa(tmp_path: Path) -> None:
    script, told = Script(), []
    for path in FORMS:
        chance = random.Random(path.stem)
        built = build(path)
        xform = tmp_path / f"{path.stem}.xml"
        xform.write_text(built.xform, encoding="utf-8")
        script.say("FORM", xform)
        for _ in range(FILLINGS):
            instance = Instance(built.survey, filled(built, chance), AROUND)
            tries = [
                (field, any_answer(field.question, chance))
                for field in instance.asked
                if field.question.constraint
                for _ in range(2)
            ]
            tell(script, built, instance._given, tries)
            told.append((built, instance, tries))
    script.run()
    wrong = []
    for built, instance, tries in told:
        found = differences(built, instance, script.nodes())
        for field, value in tries:
            if instance.fits(field, value) is not script.tried():
                found.append(f"{field.key}: {value!r} fits {instance.fits(field, value)}: {field.question.constraint}")
        wrong += [f"{built.survey.name} {dict(instance._given)}: {each}" for each in found]
    assert len(told) == FILLINGS * len(FORMS) >= 300
    assert wrong == [], "\n".join(wrong[:40])
