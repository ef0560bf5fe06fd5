"""What invented people answer to the questions of an event, in rehearsals and demonstrations alike.

Each survey is gone through several times, as the bot itself would lead somebody through it, with other choices each
time. Of the answers that one may think of, each question gets the first that the bot understands and its constraint
lets pass, wherever somebody meets it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from random import Random
from typing import Any

from bot.answer_candidates import SENT, chosen, typed
from conversations.expressions import names_in
from conversations.flow import Flow, flow
from conversations.forms.form import Form, form_of
from conversations.forms.instance import Around, Field
from conversations.messages import phrase, short
from conversations.model import CHOOSING, SKIPPED, Event, Language, Question, QuestionType, Survey, Value
from conversations.questions import options
from conversations.reading import Asked, Misread, expected, read
from locales.phrases import say

Json = dict[str, Any]

_LEAST_WALKS, _WALKS = 3, 8
_BUDGET = 300_000
"""Questions looked at on all ways, each time that one is answered: a second or so. Long forms get fewer ways."""
_MOST_STEPS = 600
_MOST_MET = 12
_MOST_RANKED = 5  # as many as the bot names in its example of an order
_QUOTED = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Answered:
    """A question on somebody's way through a survey, and what they answer to it.

    They may type the answer, or send a file or a place of the kind `sent` (as the sandbox names it). `value` is SKIPPED
    where nothing that they think of is an answer, though somebody may have to give one.
    """

    way: Flow
    field: Field
    value: Value
    typed: str = ""
    sent: str = ""


@dataclass(frozen=True, slots=True)
class Invented:
    """What people answer to all questions of an event.

    `answers` are habits in the sandbox's crowd: see sandbox/README.md, "A crowd". Of choices they leave to chance what
    chance cannot get wrong. `unanswered` names the questions that some of them cannot answer.
    """

    answers: tuple[Json, ...]
    unanswered: tuple[str, ...]


def invented(event: Event, languages: Sequence[Language], now: datetime) -> Invented:
    """Answers to all surveys of the event for people of any of these languages; `now` is aware, in their zone."""
    answers: list[Json] = []
    orders: list[Json] = []
    unanswered: list[str] = []
    for language in languages:
        for survey in event.surveys:
            walks = _settled(survey, Around(now, language, now))
            known = _known(walks)
            answers += _habits(known, walks)
            orders += _orders(known, language)
            unanswered += walks.failed
    # Of two labels the longer one comes first: the shorter one may be a part of it.
    answers.sort(key=lambda answer: -len(answer["when"]))
    submitting = [{"tap": say(short("button", "Send my answers"), language)} for language in languages]
    sending = [answer for language in languages for answer in _sending(event, language)]
    return Invented((*submitting, *answers, *orders, *sending), tuple(dict.fromkeys(unanswered)))


def walked(survey: Survey, language: Language, now: datetime) -> tuple[Answered, ...] | None:
    """One way through a survey, with the first choice wherever it will do; `now` is aware, in the person's zone.

    None when there is a question on it that they cannot answer and must.
    """
    trail = _settled(survey, Around(now, language, now)).walk(0)
    stuck = any(each.value == SKIPPED and each.way.must(each.field) for each in trail)
    return None if stuck else tuple(trail)


class _Walks:
    """Ways through one survey, and what has been found on them.

    `pins` are choices that are made each time, by the name of the question; `texts` what is typed each time, by the
    words by which the question is known. `changed` says that another text had to be found for one.
    """

    def __init__(self, survey: Survey, around: Around, pins: Mapping[str, Value], texts: Mapping[str, str]) -> None:
        self.survey = survey
        self.around = around
        self.pins = pins
        self.texts = dict(texts)
        self.trails: list[list[Answered]] = []
        self.changed = False
        self._met: dict[str, list[tuple[Flow, Field]]] = defaultdict(list)
        self._counted = frozenset(name for group in survey.groups for name in names_in(group.count))

    @property
    def failed(self) -> list[str]:
        """The questions that were not answered on some way, by name."""
        found = (each.field.question.name for trail in self.trails for each in trail if each.value == SKIPPED)
        return list(dict.fromkeys(found))

    def walk(self, number: int) -> list[Answered]:
        """One way to the end: the first with each first choice, the second with each last one, others as drawn."""
        chance = Random(f"{self.survey.name} {number}")  # noqa: S311 # invented people, no secrets
        answers: dict[str, Value] = {}
        trail: list[Answered] = []
        way = flow(self.survey, answers, self.around)
        while (field := way.open()) is not None and len(trail) < _MOST_STEPS:
            trail.append(self._answer(way, field, number, chance))
            answers[field.key] = trail[-1].value
            way = flow(self.survey, answers, self.around)
        self.trails.append(trail)
        return trail

    def _answer(self, way: Flow, field: Field, number: int, chance: Random) -> Answered:
        question = field.question
        if question.type in CHOOSING:
            return self._choose(way, field, number, chance)
        if question.type is QuestionType.REPEAT:
            return Answered(way, field, "yes" if field.numbers[-1] == 1 else "no")
        if question.type is QuestionType.ACKNOWLEDGE:
            return Answered(way, field, "OK")
        if question.type in SENT:
            sent, value = SENT[question.type]
            if way.instance.fits(field, value):
                return Answered(way, field, value, sent=sent)
            if question.type is not QuestionType.GEOPOINT:
                return Answered(way, field, SKIPPED)
        return self._type(way, field)

    def _choose(self, way: Flow, field: Field, number: int, chance: Random) -> Answered:
        question = field.question
        fitting = [each for each in chosen(question, way.instance.offered(field)) if way.instance.fits(field, each)]
        if not fitting:
            return Answered(way, field, SKIPPED)
        if self.pins.get(question.name) in fitting:
            value = self.pins[question.name]
        else:
            value = fitting[0] if number == 0 else fitting[-1] if number == 1 else chance.choice(fitting)
        return Answered(way, field, value, typed=_choice_typed(way, field, value))

    def _type(self, way: Flow, field: Field) -> Answered:
        key = shown(field.question, self.around.language)
        met = self._met[key]
        if len(met) < _MOST_MET:
            met.append((way, field))
        before = self.texts.get(key)
        if before is not None and (value := _understood(way, field, before)) is not None:
            return Answered(way, field, value, typed=before)
        others = [each for each in way.answers.values() if not isinstance(each, tuple)]
        repeats = field.question.name in self._counted
        candidates = typed(field.question, self.around.language, others, repeats=repeats)
        here = {text: value for text in candidates if (value := _understood(way, field, text)) is not None}
        for text, value in here.items():
            if all(_understood(*each, text) is not None for each in met):
                self.changed = self.changed or before is not None
                self.texts[key] = text
                return Answered(way, field, value, typed=text)
        # Nothing suits everybody. What each of them types is set, so that whoever it does not suit has no answer.
        if here and before is None:
            self.texts[key] = next(iter(here))
            return Answered(way, field, here[self.texts[key]], typed=self.texts[key])
        return Answered(way, field, SKIPPED)


def _settled(survey: Survey, around: Around) -> _Walks:
    """The ways through a survey, once it has been found out which answers suit everybody.

    Settled are also those choices on which it depends whether other questions can be answered.
    """
    walks = _gone(_Walks(survey, around, {}, {}))
    if not walks.failed and not walks.changed:
        return walks
    return _gone(_Walks(survey, around, _pins(walks), walks.texts))


def _gone(walks: _Walks) -> _Walks:
    questions = max(1, len(walks.survey.questions))
    for number in range(max(_LEAST_WALKS, min(_WALKS, _BUDGET // questions**2))):
        walks.walk(number)
    return walks


def _pins(walks: _Walks) -> dict[str, Value]:
    """For each question that was not answered on every way, the choices behind it on one on which it was."""
    form = form_of(walks.survey)
    pins: dict[str, Value] = {}
    for name in walks.failed:
        behind = _behind(form, name)
        for trail in walks.trails:
            if any(each.field.question.name == name and each.value != SKIPPED for each in trail):
                made = {each.field.question.name: each.value for each in trail if each.field.question.type in CHOOSING}
                pins = {each: value for each, value in made.items() if each in behind and value != SKIPPED} | pins
                break
    return pins


def _behind(form: Form, name: str) -> set[str]:
    """The questions on which it depends, directly or not, whether this one applies and what is an answer to it."""
    question = form.questions[name].question
    waiting = [form.questions[name], *form.named(names_in(question.constraint if question is not None else ""))]
    found = set(waiting)
    while waiting:
        each = waiting.pop()
        further = {more for part in (each, *each.around()) for more in form.conditions[part] | form.sources[part]}
        waiting += further - found
        found |= further
    return {each.question.name for each in found if each.question is not None}


def _understood(way: Flow, field: Field, text: str) -> Value | None:
    """What somebody answers who types this; None when the bot would not take it."""
    around = way.instance.around
    value = read(field.question, text, Asked(around.language, around.now, options(way.posed(field))))
    return None if isinstance(value, Misread) or not way.instance.fits(field, value) else value


def _choice_typed(way: Flow, field: Field, value: Value) -> str:
    """How to type this choice: by labels, by numbers or by names; empty when the bot understands none of them."""
    offered, language = way.instance.offered(field), way.instance.around.language
    names = value if isinstance(value, tuple) else (str(value),)
    of_name = {choice.name: (str(place), choice.label.in_language(language)) for place, choice in enumerate(offered, 1)}
    numbers, labels = (", ".join(of_name[name][which] for name in names) for which in (0, 1))
    ranked = field.question.type is QuestionType.RANK
    written = (numbers, labels) if ranked else (labels, numbers)
    return next((text for text in (*written, ", ".join(names)) if _understood(way, field, text) == value), "")


def _known(walks: _Walks) -> list[Answered]:
    """Each question that was met, with an answer if there was one on any way."""
    found: dict[str, Answered] = {}
    for each in chain.from_iterable(walks.trails):
        name = each.field.question.name
        if name not in found or found[name].value == SKIPPED:
            found[name] = each
    return list(found.values())


def _habits(known: Sequence[Answered], walks: _Walks) -> Iterator[Json]:
    """How to answer each question of a survey, where that is not left to chance or to words of their own."""
    language = walks.around.language
    for each in known:
        when = shown(each.field.question, language)
        if each.value == SKIPPED:
            yield {"when": when, "tap": say(short("button", "Skip"), language)}
        elif each.field.question.type is QuestionType.REPEAT:
            yield from _one_more(each.field.question, language)
        elif each.typed and not _differs(each.field.question) and not _left_to_chance(each, walks):
            yield {"when": when, "type": walks.texts.get(when, each.typed)}


def _differs(question: Question) -> bool:
    """Whether the number of options to be put in order is not the same for everybody: see `_orders`."""
    return question.type is QuestionType.RANK and bool(question.choice_filter)


def _left_to_chance(each: Answered, walks: _Walks) -> bool:
    question = each.field.question
    if question.type is QuestionType.RANK:
        return False
    if question.type in CHOOSING:
        every = chosen(question, each.way.instance.offered(each.field))
        return question.name not in walks.pins and all(each.way.instance.fits(each.field, one) for one in every)
    if question.constraint.strip():
        return False
    return question.type is QuestionType.TEXT or bool(options(each.way.posed(each.field)))


def _orders(known: Sequence[Answered], language: Language) -> Iterator[Json]:
    """An order for each number of options that a person may get: the bot's own example tells how many they are.

    Of more than the example names, it is the number that there was on the way.
    """
    for each in known:
        question = each.field.question
        if not _differs(question):
            continue
        for number in range(min(len(question.choices), _MOST_RANKED), 0, -1):
            how = expected(question, question.choices[:number])
            if how is not None:
                yield {"when": say(how, language), "type": ", ".join(str(place) for place in range(1, number + 1))}
        if each.typed:
            yield {"when": shown(question, language), "type": each.typed}


def shown(question: Question, language: Language) -> str:
    """Words by which the message with that question is known; what is filled into them nobody knows beforehand."""
    label = question.label.in_language(language)
    if label.strip() and not _QUOTED.search(label):
        # It is a paragraph of its own, and in the review of all answers, which quotes it, it is none.
        below = "" if question.type in {QuestionType.SELECT_ONE, QuestionType.RANGE} else "\n"  # buttons may say it all
        return f"\n\n{label}{below}"
    hint = question.hint.in_language(language) if question.hint is not None else ""
    how = expected(question, question.choices)
    pieces = [piece.strip() for piece in (*_QUOTED.split(label), *_QUOTED.split(hint))]
    return max(pieces, key=len) or (say(how, language) if how is not None else "\n\n")


def _one_more(question: Question, language: Language) -> Iterator[Json]:
    """Of what is repeated they tell one."""
    first = phrase("{group}: is there one to tell about?", group="")
    more = phrase("{group}: is there one more?", group="")
    for asked, choice in zip((first, more), question.choices, strict=True):
        yield {"when": say(asked, language), "tap": choice.label.in_language(language)}


def _sending(event: Event, language: Language) -> Iterator[Json]:
    """What they send, wherever it is asked for."""
    for kind, (sent, _) in SENT.items():
        asked = next((each for survey in event.surveys for each in survey.questions if each.type is kind), None)
        how = expected(asked, ()) if asked is not None else None
        if how is not None:
            yield {"when": say(how, language), "send": sent}
