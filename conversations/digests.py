"""The digest rule: what a group may be told about answers, in words that give nobody away.

1. Only questions marked for the group, never a sensitive one, nor one reached through a branch on a sensitive answer.
2. At most six options, fixed before the first answer; a multiple choice is that many yes/no questions.
3. A cohort is at least ten people who have not been in a digest of that question before. One person, one question,
   one release: no running totals, no trend over the same people.
4. An option chosen by h of n people is told in a word, never in a number: see `Share`.
5. The text and its shares are frozen when they are released; nothing is computed again.
6. An answer counts for the question that its giver read, and under the promise that held then: see `still_counts`. Who
   had not agreed to digests when they answered is not counted (storage/groups.py).
7. Whether a key message was recalled is such a question as well, with two options: see `conversations.retained`.

With this rule up to three colluding readers never learn for certain what anybody else chose, even when they know how
many answered (tests/conversations/test_digest_attack.py tries every histogram). Of three or more options they can at
times rule one out: that nobody else chose it.

There the promise ends. Ten accounts need not be ten people: somebody who controls nine of them knows nine answers, and
can tell the tenth. Whoever hands out the invitations keeps that from happening; no rule about words can.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from conversations.forms.form import QUOTED, form_of
from conversations.messages import Message, Paragraph, message, phrase, short, strong
from conversations.model import Bilingual, Event, Phrase, Question, QuestionType, Survey, Words
from conversations.retained import RETAINED, asks_the_same, retained

SMALLEST_COHORT = 10
MOST_OPTIONS = 6
SMALLEST_CELL = 5
LONGEST_DIGEST = 3_500
"""Characters of one digest. Telegram refuses a text of more than 4,096 after its entities are parsed, see
https://core.telegram.org/bots/api#sendmessage; what is refused would be told to nobody, and never again."""


class Share(StrEnum):
    """How many chose an option, in words; the greatest first, as they are told."""

    ALMOST_ALL = "almost_all"
    MOST = "most"
    HALF = "half"
    SOME = "some"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Answers to one question that no digest has told yet.

    Each item of `picks` is one person's: the id of their enrolment and the names of the choices they made.
    """

    survey: str
    question: str
    picks: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One option with its share, as it is drawn."""

    share: Share
    option: Bilingual


@dataclass(frozen=True, slots=True)
class Finding:
    """What is told of one question: each option of the form, in its order, with its share."""

    survey: str
    question: Question
    shares: tuple[Share, ...]
    people: tuple[int, ...]

    @property
    def title(self) -> Bilingual:
        """The question in one line."""
        return _in_one_line(self.question.label)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The same for a picture."""
        pairs = zip(self.shares, self.question.choices, strict=True)
        return tuple(Bar(each, choice.label) for each, choice in pairs)


def share(chosen: int, people: int) -> Share:
    """The word for `chosen` of `people`. Small cells at either end are merged, whatever the cohort's size."""
    if people < SMALLEST_COHORT or not 0 <= chosen <= people:
        raise ValueError(f"{chosen} of {people} is not a share of a cohort")
    if chosen < SMALLEST_CELL:
        return Share.FEW
    if people - chosen < SMALLEST_CELL:
        return Share.ALMOST_ALL
    if 3 * chosen < people:
        return Share.SOME
    if 3 * chosen < 2 * people:
        return Share.HALF
    return Share.MOST


def tellable(survey: Survey) -> tuple[Question, ...]:
    """The questions of this survey that a group may hear about (rules 1 and 2)."""
    guarded = _guarded(survey)
    return tuple(
        question
        for question in survey.questions
        if question.name not in guarded
        and question.group_ok
        and _is_choice(question)
        and not quotes_answers(question)
        and not form_of(survey).questions[question.name].repeats
        and len(question.choices) <= MOST_OPTIONS
    )


def still_counts(survey: str, question: str, asked: Event, since: Iterable[Event], event: Event) -> bool:
    """Whether an answer to that question, as the revision `asked` had it, may be told as `event` has it now (rule 6).

    It has to be the same question, word for word, with the same options under the same names, and tellable in both. And
    none of the revisions `since`, which came after it was asked, may have called it sensitive: once it was, lifting the
    mark does not bring out what people had said by then.
    """
    before, now = _tellable_in(asked, survey, question), _tellable_in(event, survey, question)
    if before is None or now is None or _meaning(before) != _meaning(now):
        return False
    if survey == RETAINED and not asks_the_same(asked, event, question):
        return False
    return not any(is_guarded(each, survey, question) for each in since)


def findings(event: Event, cohorts: Sequence[Cohort]) -> tuple[Finding, ...]:
    """What may be released now, in the order of the form, what people retain at the end (rule 3)."""
    found = []
    by_question = {(cohort.survey, cohort.question): cohort for cohort in cohorts}
    for survey in _surveys(event):
        for question in tellable(survey):
            cohort = by_question.get((survey.name, question.name))
            if cohort is not None and len(cohort.picks) >= SMALLEST_COHORT:
                found.append(_finding(survey, question, cohort))
    return tuple(found)


def tell(finding: Finding) -> Message:
    """The finding in words: the question in one line, then each share with its options, in the order of the form."""
    question = strong(finding.title)
    options: dict[Share, Words] = {}
    for choice, each in zip(finding.question.choices, finding.shares, strict=True):
        before = options.get(each)
        label = choice.label
        options[each] = label if before is None else phrase("{first} · {second}", first=before, second=label)
    if options.keys() == {Share.FEW}:
        spread = phrase("The answers are spread out: no option was chosen by many.")
        return message(question, Paragraph(spread, close=True))
    lines = [
        Paragraph(phrase("{share}: {options}", share=SHARE_WORDS[each], options=options[each]), close=True)
        for each in Share
        if each in options
    ]
    return message(question, *lines)


def retold(words: Bilingual) -> tuple[Paragraph, ...]:
    """The same for a finding whose words are frozen: its first line is the question."""
    (question, _, shares), (autre, _, parts) = words.en.partition("\n"), words.fr.partition("\n")
    rest = Paragraph(Bilingual(shares, parts), close=True)
    return (strong(Bilingual(question, autre)), *([rest] if shares or parts else []))


def _in_one_line(label: Bilingual) -> Bilingual:
    return Bilingual(*(" ".join(words.split("\n")) for words in (label.en, label.fr)))


def references(survey: Survey, question: Question) -> frozenset[str]:
    """The questions whose answers decide whether this one is asked, or what may be answered or is said in it.

    The groups around it and all that is computed in between are followed. Raises ExpressionError.
    """
    return frozenset(each.name for each in form_of(survey).behind(question.name))


def quotes_answers(question: Question) -> bool:
    """Whether its words hold somebody's answer to another question, which is theirs alone."""
    said = (question.label, *(choice.label for choice in question.choices))
    return any(QUOTED.search(words.en) or QUOTED.search(words.fr) for words in said)


def is_guarded(event: Event, survey: str, question: str) -> bool:
    """Whether that question is sensitive there, or behind one that is."""
    return any(question in _guarded(form) for form in _surveys(event) if form.name == survey)


def _surveys(event: Event) -> tuple[Survey, ...]:
    """Everything that a digest may tell of."""
    return (*event.surveys, retained(event))


def _guarded(survey: Survey) -> frozenset[str]:
    """The sensitive questions, and those behind one: a branch would give the first answer away as well."""
    sensitive = {question.name for question in survey.questions if question.sensitive}
    return frozenset(
        question.name
        for question in survey.questions
        if question.sensitive or not sensitive.isdisjoint(references(survey, question))
    )


def _tellable_in(event: Event, survey: str, question: str) -> Question | None:
    forms = (form for form in _surveys(event) if form.name == survey)
    return next((each for form in forms for each in tellable(form) if each.name == question), None)


def _meaning(question: Question) -> object:
    """What has to stay for an answer to mean the same; the order of the options need not."""
    return question.type, question.label, {choice.name: choice.label for choice in question.choices}


def _finding(survey: Survey, question: Question, cohort: Cohort) -> Finding:
    people = len(cohort.picks)
    counts = (sum(choice.name in picked for _, picked in cohort.picks) for choice in question.choices)
    shares = tuple(share(count, people) for count in counts)
    return Finding(survey.name, question, shares, tuple(person for person, _ in cohort.picks))


def _is_choice(question: Question) -> bool:
    return question.type in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}


SHARE_WORDS: Mapping[Share, Phrase] = {
    Share.ALMOST_ALL: short("share of a group", "Almost everyone"),
    Share.MOST: short("share of a group", "Most"),
    Share.HALF: short("share of a group", "About half"),
    Share.SOME: short("share of a group", "Some"),
    Share.FEW: short("share of a group", "A few or none"),
}
