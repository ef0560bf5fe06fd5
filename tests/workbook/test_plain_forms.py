"""XLSForms that know nothing of event packs."""

from collections.abc import Callable

import pytest

from bot.workbook import ContentError
from conversations.model import Anchor, Bilingual, Event, Offset, Purpose, Touchpoint, TouchpointKind, Unit

PLAIN = """
| survey |
| | type | name | label::English (en) | label::French (fr) | label::Swahili (sw) | appearance |
| | select_one yn | going | Still going? | Toujours ? | Bado? | minimal |
| | integer | people | How many people? | Combien de personnes ? | Wangapi? | |
| choices |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | 1 | Yes | Oui |
| | yn | 0 | No | Non |
| settings |
| | form_title | form_id |
| | Follow-up | follow-up_1 |
"""


def test_it_is_one_survey_at_once(event_of: Callable[[str], Event]) -> None:
    event = event_of(PLAIN)
    assert (event.code, event.title) == ("follow-up_1", Bilingual("Follow-up", "Follow-up"))
    assert [survey.name for survey in event.surveys] == ["follow-up_1"]
    assert [question.name for question in event.surveys[0].questions] == ["going", "people"]
    assert event.schedule == (
        Touchpoint(TouchpointKind.SURVEY, "follow-up_1", Anchor.ENROLMENT, Offset(0, Unit.MINUTES)),
    )
    assert (event.profile, event.messages) == ((), ())
    assert set(event.consent_lines) == set(Purpose)
    assert all(words.en and words.fr for words in (event.welcome, event.consent, event.contact))


def test_groups_are_surveys_of_their_own(event_of: Callable[[str], Event]) -> None:
    grouped = PLAIN.replace(
        "| | select_one", "| | begin_group | first | First | Première | | |\n| | select_one"
    ).replace("| choices |", "| | end_group | | | | | |\n| choices |")
    event = event_of(grouped)
    assert [survey.name for survey in event.surveys] == ["first"]
    assert [touchpoint.name for touchpoint in event.schedule] == ["first"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "label::French (fr) | label::Swahili (sw)",
            "label::Lingala (ln) | label::Swahili (sw)",
            ("survey", 3, "label::French (fr)", "missing"),
        ),
        ("Combien de personnes ?", "", ("survey", 5, "label::French (fr)", "empty")),
        ("label::English (en) | label::French (fr) |\n", "label | label_fr |\n", ("choices", 7, "label", "language")),
        ("follow-up_1", "Follow Up!", ("settings", None, "form_id", "code of an event")),
        ("| settings |", "| preferences |", ("settings", None, "", "missing")),
    ],
)
def test_what_stands_in_the_way_is_named(
    old: str,
    new: str,
    expected: tuple[str, int | None, str, str],
    faults_of: Callable[[str], tuple[ContentError, ...]],
) -> None:
    assert old in PLAIN
    sheet, row, column, problem = expected
    errors = faults_of(PLAIN.replace(old, new))
    assert any(
        (error.sheet, error.row, error.column) == (sheet, row, column) and problem in error.problem for error in errors
    ), errors


def test_a_code_is_proposed(faults_of: Callable[[str], tuple[ContentError, ...]]) -> None:
    (error,) = faults_of(PLAIN.replace("follow-up_1", "Follow Up 2027!"))
    assert error.remedy == "write follow_up_2027"
