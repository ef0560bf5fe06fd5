"""Key messages with several questions, and the survey that measures what has stayed of them."""

# ruff: noqa: E501 # one fault a line, as in a table

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.workbook import ContentError, read
from conversations.forms.instance import Around, Instance
from conversations.model import Bilingual, Event, Language, QuestionType
from conversations.refreshers import item_for, learnt
from conversations.timing import RECALL_CHECK, CatchUp, Offset, Unit
from tests.workbook.conftest import english, scheduled

Reader = Callable[[str], Event]
Refuser = Callable[[str], tuple[ContentError, ...]]

PACK = Path(__file__).parents[2] / "events" / "learning-and-sharing" / "pack.md"
CHECK = "survey | recall_check | event_end | 1 day"
LADDER = "refresher | | enrolment | 0 days"
_HEADER = "| explanation::French (fr) | source | sensitive |"
_SAFETY = "| Session 1 | yes |"
_VARIANTS = (
    "| variants |\n| | message | question::English (en) | question::French (fr) | choices | right | "
    "explanation::English (en) | explanation::French (fr) |\n"
)


def measuring(text: str) -> str:
    """The pack with the message safety marked as measured."""
    return text.replace(_HEADER, f"{_HEADER} measured |").replace(_SAFETY, f"{_SAFETY} yes |")


def varied(text: str, *rows: str) -> str:
    """The pack with these rows of the sheet variants."""
    return f"{text}\n{_VARIANTS}" + "".join(f"| | {row} |\n" for row in rows)


def test_variants_follow_the_main_question(good: str, event_of: Reader) -> None:
    rows = (
        "safety | A list? | Une liste ? | yesno | no | Not with names. | Pas avec des noms. |",
        "rights | For one? | Pour une ? | yesno | yes | | |",
        "safety | On a phone? | Au téléphone ? | yesno | yes",
    )
    event = event_of(varied(good, *rows))
    safety = event.message("safety").questions
    assert [each.question.en for each in safety] == ["May I post it?", "A list?", "On a phone?"]
    assert [each.right for each in safety] == ["no", "no", "yes"]
    assert safety[1].explanation == Bilingual("Not with names.", "Pas avec des noms.")
    assert safety[2].explanation == safety[0].explanation == Bilingual("Ask each one.", "Demandez à chacun.")
    assert len(event.message("rights").questions) == 2


@pytest.mark.parametrize(
    ("row", "column", "problem", "remedy"),
    [
        ("saftey | A? | B ? | yesno | no", "message", "no message of the name 'saftey'", "write safety"),
        (" | A? | B ? | yesno | no", "message", "empty", "sheet messages"),
        ("safety | A? | | yesno | no", "question::French (fr)", "empty", "in French"),
        ("safety | A? | B ? | yesno | nope", "right", "'nope' is not among the choices", "write no"),
        ("safety | A? | B ? | reasons | time", "choices", "2 to 6 choices", "another list"),
        ("safety | A? | B ? | yesno | no | Because.", "explanation::French (fr)", "empty", "in French"),
        (f"safety | {'a' * 3_000} | B ? | yesno | no | {'b' * 1_000} | C.", "question::English (en)", "together", "shorten"),
    ],
)  # fmt: skip
def test_a_wrong_variant_is_named(
    row: str, column: str, problem: str, remedy: str, good: str, faults_of: Refuser
) -> None:
    [fault] = faults_of(varied(good, row))
    assert (fault.sheet, fault.column) == ("variants", column)
    assert problem in english(fault.problem)
    assert remedy in english(fault.remedy)


def test_a_source_in_one_language_or_in_both(good: str, event_of: Reader, faults_of: Refuser) -> None:
    assert event_of(good).message("safety").source == Bilingual("Session 1", "Session 1")
    both = good.replace(" source | sensitive |", " source::English (en) | source::French (fr) | sensitive |")
    both = both.replace("| Session 1 |", "| Session 1 | Séance 1 |").replace("| Session 2 |", "| | |")
    assert event_of(both).message("safety").source == Bilingual("Session 1", "Séance 1")
    assert event_of(both).message("rights").source == Bilingual("", "")
    three = good.replace(" source | sensitive |", " source | sensitive | source::English (en) | source::French (fr) |")
    [fault] = faults_of(three.replace(_SAFETY, f"{_SAFETY} Session 1 | Séance 1 |"))
    assert (fault.column, english(fault.problem)) == ("source", "the source is there twice")


def test_a_recall_check_asks_the_main_question_of_each_measured_message(good: str, event_of: Reader) -> None:
    event = event_of(scheduled(CHECK, LADDER, text=measuring(good)))
    survey = event.survey(RECALL_CHECK)
    assert survey.title == Bilingual("What has stayed with you?", "Que vous en reste-t-il\u00a0?")
    [question] = survey.questions
    main = event.message("safety").questions[0]
    assert (question.name, question.type) == ("safety", QuestionType.SELECT_ONE)
    assert (question.label, question.choices) == (main.question, main.choices)
    assert question.sensitive
    assert not question.group_ok
    assert event.schedule[0].reminders


def test_without_a_mark_all_messages_are_measured(good: str, event_of: Reader) -> None:
    event = event_of(scheduled(CHECK, text=good))
    assert [each.name for each in event.survey(RECALL_CHECK).questions] == ["safety", "rights"]
    assert all(each.measured for each in event.messages)


def test_without_its_row_there_is_no_such_survey(good: str, event_of: Reader) -> None:
    event = event_of(measuring(good))
    assert RECALL_CHECK not in {survey.name for survey in event.surveys}
    assert event.message("safety").measured


def test_refreshers_leave_the_measured_question_alone(good: str, event_of: Reader) -> None:
    text = varied(scheduled(CHECK, LADDER, text=measuring(good)), "safety | A? | B ? | yesno | no")
    event = event_of(text)
    memory = learnt(event, event.message("safety"), datetime(2027, 3, 9, tzinfo=UTC))
    for asked in ((), (1,), (1, 1)):
        assert item_for(event, replace(memory, asked=asked)).question == 1


def test_the_options_stand_in_one_order_for_everybody() -> None:
    survey = read(PACK).survey(RECALL_CHECK)
    now = datetime(2026, 11, 16, 10, tzinfo=UTC)

    def orders(seed: str) -> list[list[str]]:
        instance = Instance(survey, {}, Around(now, Language.EN, now, seed=seed))
        return [[choice.name for choice in instance.offered(field)] for field in instance.asked]

    assert orders("1") == orders("2")
    assert orders("1") != [[choice.name for choice in question.choices] for question in survey.questions]


def test_a_group_of_that_name_and_a_question_like_a_message(good: str, faults_of: Refuser) -> None:
    group = good.replace("| begin_group | month_1 |", "| begin_group | recall_check |")
    [fault] = faults_of(scheduled(CHECK, text=group))
    assert (fault.sheet, fault.column, english(fault.remedy)) == ("survey", "name", "give this group another name")
    question = good.replace("| text | words |", "| text | safety |")
    [fault] = faults_of(scheduled(CHECK, text=question))
    assert (fault.sheet, fault.column) == ("messages", "name")


def test_a_recall_check_asks_no_more_than_a_survey_may(good: str, faults_of: Refuser) -> None:
    rights = next(line for line in good.splitlines() if line.startswith("| | rights |"))
    more = "\n".join(rights.replace("| rights |", f"| rights_{number} |") for number in range(9))
    [fault] = faults_of(scheduled(CHECK, text=good.replace(rights, f"{rights}\n{more}")))
    assert (fault.column, english(fault.remedy)) == ("measured", "write yes for at most 10 messages")


def test_the_pack_of_the_project_uses_all_of_it() -> None:
    event = read(PACK)
    policy = event.policy
    assert (policy.ladder, policy.weekly_cap, policy.catch_up) == ((3, 14, 45, 120), 2, CatchUp.COMPRESS)
    assert (policy.weekdays, policy.public_holidays, len(policy.rest)) == ((0, 1, 2, 3, 4), True, 1)
    for message in event.messages:
        for_refreshers = message.questions[1:] if message.measured else message.questions
        assert len(for_refreshers) >= len(policy.ladder), message.name
        assert message.source.en != message.source.fr
    waves = [each.offset for each in event.schedule if each.name == RECALL_CHECK]
    assert waves == [Offset(days, Unit.DAYS) for days in (1, 30, 90)]
    assert {each.name for each in event.survey(RECALL_CHECK).questions} == {
        message.name for message in event.messages if message.measured
    }
