"""The digest rule: what a group may be told about answers, in words that give nobody away.

1. Only questions marked for the group, never a sensitive one, nor one reached through a branch on a sensitive answer.
2. At most six options, fixed before the first answer; a multiple choice is that many yes/no questions.
3. A cohort is at least ten people who have not been in a digest of that question before. One person, one question,
   one release: no running totals, no trend over the same people.
4. An option chosen by h of n people is told in a word, never in a number: see `Share`.
5. The text is frozen when it is released; nothing is computed again.

With this rule up to three colluding readers never learn for certain what anybody else chose, even when they know how
many answered (tests/conversations/test_digest_attack.py tries every histogram). Of three or more options they can at
times rule one out: that nobody else chose it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from conversations.expressions import names_in
from conversations.messages import Message, Paragraph, message, phrase, short, strong
from conversations.model import Event, Phrase, Question, QuestionType, Survey, Words

SMALLEST_COHORT = 10
MOST_OPTIONS = 6
SMALLEST_CELL = 5


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
class Finding:
    """What is told of one question: each option of the form, in its order, with its share."""

    survey: str
    question: Question
    shares: tuple[Share, ...]
    people: tuple[int, ...]


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
    guarded: set[str] = set()
    allowed: list[Question] = []
    for question in survey.questions:
        # Branches chain: a question behind a question behind a sensitive one gives the first answer away as well.
        behind_sensitive = not guarded.isdisjoint(names_in(question.relevant))
        if question.sensitive or behind_sensitive:
            guarded.add(question.name)
        elif question.group_ok and _is_choice(question) and len(question.choices) <= MOST_OPTIONS:
            allowed.append(question)
    return tuple(allowed)


def findings(event: Event, cohorts: Sequence[Cohort]) -> tuple[Finding, ...]:
    """What may be released now, in the order of the form (rule 3)."""
    found = []
    by_question = {(cohort.survey, cohort.question): cohort for cohort in cohorts}
    for survey in event.surveys:
        for question in tellable(survey):
            cohort = by_question.get((survey.name, question.name))
            if cohort is not None and len(cohort.picks) >= SMALLEST_COHORT:
                found.append(_finding(survey, question, cohort))
    return tuple(found)


def tell(finding: Finding) -> Message:
    """The finding in words: the question, then each share with its options, in the order of the form."""
    options: dict[Share, Words] = {}
    for choice, each in zip(finding.question.choices, finding.shares, strict=True):
        before = options.get(each)
        label = choice.label
        options[each] = label if before is None else phrase("{first} · {second}", first=before, second=label)
    lines = [
        Paragraph(phrase("{share}: {options}", share=_WORDS[each], options=options[each]), close=True)
        for each in Share
        if each in options
    ]
    return message(strong(finding.question.label), *lines)


def _finding(survey: Survey, question: Question, cohort: Cohort) -> Finding:
    people = len(cohort.picks)
    counts = (sum(choice.name in picked for _, picked in cohort.picks) for choice in question.choices)
    shares = tuple(share(count, people) for count in counts)
    return Finding(survey.name, question, shares, tuple(person for person, _ in cohort.picks))


def _is_choice(question: Question) -> bool:
    return question.type in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}


_WORDS: dict[Share, Phrase] = {
    Share.ALMOST_ALL: short("share of a group", "Almost everyone"),
    Share.MOST: short("share of a group", "Most"),
    Share.HALF: short("share of a group", "About half"),
    Share.SOME: short("share of a group", "Some"),
    Share.FEW: short("share of a group", "A few or none"),
}
