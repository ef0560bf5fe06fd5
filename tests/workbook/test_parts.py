"""What somebody can be invited as: a list of the sheet choices, which audiences may look at."""

from collections.abc import Callable

import pytest

from bot.workbook import ContentError
from conversations.model import Bilingual, Choice, Event
from conversations.schedule import Who, applies
from tests.workbook.conftest import GOOD, english, scheduled, with_settings

Reader = Callable[[str], Event]
Refuser = Callable[[str], tuple[ContentError, ...]]
PARTS = (("host", "Hosts", "Hôtes"), ("visitor", "Visitors", "En visite"))
ROW = "survey | week_1 | enrolment | 7 days | | | | | | |"


def with_parts(*parts: tuple[str, str, str], text: str = GOOD) -> str:
    """The pack with a row `parts` and these options in its list."""
    options = "\n".join(f"| | roles | {name} | {en} | {fr} | |" for name, en, fr in parts)
    listed = text.replace("| | countries | cd |", f"{options}\n| | countries | cd |")
    return with_settings("parts | roles", text=listed)


def test_parts_are_the_options_of_a_list(event_of: Reader) -> None:
    assert event_of(with_parts(*PARTS)).parts == tuple(Choice(name, Bilingual(en, fr)) for name, en, fr in PARTS)


def test_without_the_row_all_are_invited_alike(good: str, event_of: Reader) -> None:
    assert event_of(good).parts == ()


@pytest.mark.parametrize(
    ("part", "audience", "applying"),
    [
        ("host", "${part} = 'host'", True),
        ("visitor", "${part} = 'host'", False),
        ("", "${part} = 'host'", False),
        ("", "${part} != 'host'", True),
        ("host", "${part} = 'host' and ${country} = 'ke'", True),
        ("dropped", "${part} = ''", False),
    ],
)
def test_an_audience_looks_at_the_part(part: str, audience: str, applying: bool, event_of: Reader) -> None:
    event = event_of(with_parts(*PARTS, text=scheduled(f"{ROW} {audience}")))
    assert applies(event, event.schedule[0], Who(profile={"country": "ke"}, part=part)) is applying


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        (with_settings("parts | rolls", text=with_parts(*PARTS, text=GOOD)), "stands in", "own name"),
        (with_settings("parts | nowhere"), "no list of choices 'nowhere'", "sheet choices"),
        (with_settings("parts | "), "empty", "such as parts"),
        (with_parts(("host", "H" * 31, "Hôtes")), "'host' does not fit a button", "30"),
        (with_parts(*((f"p{n}", f"P {n}", f"R {n}") for n in range(13))), "13 parts", "12"),
        (with_parts(("host", "Hosts", "")), "empty", "French"),
        (with_parts(*PARTS, text=scheduled(f"{ROW} ${{part}} = 'hoste'")), "'hoste' is not a choice of part", "'host'"),
        (scheduled(f"{ROW} ${{part}} = 'host'"), "'part' is no question of the profile", "${country}"),
        (
            with_parts(*PARTS, text=scheduled(f"{ROW} ${{part}} = 'host'").replace("| country |", "| part |")),
            "question part",
            "another name",
        ),
    ],
)
def test_what_is_wrong_is_told_with_a_remedy(text: str, problem: str, remedy: str, faults_of: Refuser) -> None:
    found = [english(each.problem) for each in faults_of(text)]
    assert any(problem in each for each in found), found
    assert any(remedy in english(each.remedy) for each in faults_of(text))
