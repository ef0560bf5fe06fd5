"""Ordinary questionnaires, with every type of question and with constraints: people have answers to all of it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.invented_answers import invented, walked
from bot.rehearsal.outcomes import Life, Outcome, Rehearsal
from bot.rehearsal.page import page
from bot.rehearsal.personas import chosen
from bot.rehearsal.play import rehearse
from bot.rehearsal.stage import Wanted
from bot.rehearsal.text import text
from bot.settings import Settings
from bot.workbook import read
from conversations.model import Event, Language
from tests.rehearsal.conftest import ROOT
from tests.rehearsal.questionnaire import questionnaire

KEEN = ("keen-fr", "keen-en")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def rehearsed(event: Event, *keys: str, crowd: int = 0) -> Rehearsal:
    wanted = Wanted(event, chosen(keys), crowd, seed=1, groups=())
    return asyncio.run(rehearse(wanted, Settings(), lambda _: None))


def form(folder: Path, *questions: str) -> Event:
    """A form of these questions: type, name, label, required, constraint."""
    head = "| | type | name | label::English (en) | required | constraint |"
    rows = "\n".join(f"| | {each} |" for each in questions)
    lists = "| choices | | | |\n| | list_name | name | label::English (en) |\n| | yn | yes | Yes |\n| | yn | no | No |"
    path = folder / "form.md"
    path.write_text(f"| survey | | | | | |\n{head}\n{rows}\n\n{lists}\n", encoding="utf-8")
    return read(path)


@pytest.fixture(scope="module")
def all_types(tmp_path_factory: pytest.TempPathFactory) -> Event:
    path = tmp_path_factory.mktemp("questionnaire") / "questionnaire.md"
    path.write_text(questionnaire(), encoding="utf-8")
    return read(path)


@pytest.fixture(scope="module")
def lives(all_types: Event) -> dict[str, Life]:
    rehearsal = rehearsed(all_types, *KEEN, crowd=2)
    assert rehearsal.unanswered == ()
    return {life.persona.key: life for life in rehearsal.lives}


def said_to(life: Life, question: str) -> str:
    """What stood under a question once it had been answered."""
    looks = [look.text for bubble in life.talk for look in bubble.looks]
    return next(each.partition("✓ ")[2] for each in looks if each.startswith(question) and "\n✓ " in each)


@pytest.mark.parametrize("key", KEEN)
def test_who_answers_everything_comes_to_the_end_of_a_questionnaire(lives: dict[str, Life], key: str) -> None:
    life = lives[key]
    assert [fate.outcome for fate in life.fates] == [Outcome.ANSWERED]
    assert life.figures.answered == 1


def test_answers_are_in_the_words_and_digits_of_their_language(lives: dict[str, Life]) -> None:
    amina, moussa = lives["keen-en"], lives["keen-fr"]
    assert said_to(amina, "How old are you?") == "30"
    assert said_to(amina, "How heavy is the parcel") == "3.5"
    assert said_to(moussa, "Combien pèse le colis") == "3,5"
    assert said_to(amina, "Do you agree?") == "Certainly"
    assert said_to(moussa, "Quelle ville") in {"Nairobi", "Kisumu", "Dakar"}


def test_of_what_is_repeated_one_is_told(lives: dict[str, Life]) -> None:
    looks = [look.text for bubble in lives["keen-en"].talk for look in bubble.looks]
    assert [each for each in looks if each.endswith("is there one more?\n✓ No")]
    assert sum(each.startswith("Their age?\n✓") for each in looks) == 1


def test_each_file_is_sent_once(lives: dict[str, Life]) -> None:
    """What was answered is quoted under it, and does not ask for it again."""
    for life in lives.values():
        told = [look.text for bubble in life.talk for look in bubble.looks]
        assert not [each for each in told if each.startswith(("Thank you, but", "Merci, mais"))]


def test_the_form_that_comes_with_suivi_is_answered_to_its_end() -> None:
    rehearsal = rehearsed(read(ROOT / "events" / "site-visit" / "form.md"), *KEEN, "silent")
    assert rehearsal.unanswered == ()
    assert [life.figures.answered for life in rehearsal.lives] == [1, 1, 0]


def test_a_question_that_nobody_can_answer_is_named(tmp_path: Path) -> None:
    event = form(tmp_path, "integer | impossible | A number? | yes | . > 5 and . < 3")
    rehearsal = rehearsed(event, "keen-en")
    assert rehearsal.unanswered == ("impossible",)
    assert rehearsal.lives[0].figures.answered == 0
    assert "No invented answer passes impossible." in text(rehearsal, (Language.EN,))
    assert "No invented answer passes impossible." in page(rehearsal, (Language.EN,))


def test_where_it_may_be_skipped_people_go_on_without_an_answer(tmp_path: Path) -> None:
    event = form(
        tmp_path,
        "integer | impossible | A number? | | . > 5 and . < 3",
        "select_one yn | well | All well? | yes |",
    )
    rehearsal = rehearsed(event, "keen-en")
    assert rehearsal.unanswered == ("impossible",)
    assert rehearsal.lives[0].figures.answered == 1


def test_choices_on_which_an_answer_depends_are_not_left_to_chance(tmp_path: Path) -> None:
    event = form(
        tmp_path,
        "select_one yn | well | All well? | yes |",
        "integer | many | How many? | yes | . > 0 and ${well} = 'yes'",
    )
    found = invented(event, (Language.EN,), NOON)
    assert found.unanswered == ()
    assert {"when": "\n\nAll well?", "type": "Yes"} in found.answers


def test_one_answer_suits_all_questions_that_read_the_same(tmp_path: Path) -> None:
    event = form(tmp_path, "integer | boys | How many? | yes | . > 20", "integer | girls | How many? | yes | . < 26")
    [number] = {answer["type"] for answer in invented(event, (Language.EN,), NOON).answers if "type" in answer}
    assert 20 < int(number) < 26


def test_no_way_leads_through_a_question_that_nobody_can_answer(tmp_path: Path) -> None:
    open_ = form(tmp_path, "integer | possible | A number? | yes | . > 5")
    assert walked(open_.surveys[0], Language.EN, NOON)
    shut = form(tmp_path, "integer | impossible | A number? | yes | . > 5 and . < 3")
    assert walked(shut.surveys[0], Language.EN, NOON) is None


@pytest.mark.parametrize(
    "constraint",
    [
        "regex(., '^[A-Z]{2}[0-9]{4}-x$')",
        "regex(., '^(077|078)[0-9]{6}$')",
        "string-length(.) = 137",
        ". = 'tout à fait'",
        "not(contains(., ' '))",
    ],
)
def test_words_that_a_constraint_lets_pass_are_found(tmp_path: Path, constraint: str) -> None:
    # In a table a stroke parts cells.
    event = form(tmp_path, f"text | words | Which words? | yes | {constraint.replace('|', chr(92) + '|')}")
    assert invented(event, tuple(Language), NOON).unanswered == ()
