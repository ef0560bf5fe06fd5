"""XLSForms that know nothing of event packs."""

import re
from collections.abc import Callable

from conversations.model import Bilingual, Event, Group, Purpose
from conversations.timing import REMINDERS, Anchor, Offset, Touchpoint, TouchpointKind, Unit

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
        Touchpoint(
            TouchpointKind.SURVEY, "follow-up_1", Anchor.ENROLMENT, Offset(0, Unit.MINUTES), reminders=REMINDERS
        ),
    )
    assert (event.profile, event.messages) == ((), ())
    assert set(event.consent_lines) == set(Purpose)
    assert all(words.en and words.fr for words in (event.welcome, event.consent, event.contact))


def test_groups_stay_groups_of_the_one_survey(event_of: Callable[[str], Event]) -> None:
    grouped = PLAIN.replace(
        "| | select_one", "| | begin_group | first | First | Première | | |\n| | select_one"
    ).replace("| choices |", "| | end_group | | | | | |\n| choices |")
    (survey,) = event_of(grouped).surveys
    assert survey.groups == (Group("first", Bilingual("First", "Première")),)
    assert [question.group for question in survey.questions] == ["first", "first"]


def test_a_code_is_made_of_an_id_that_cannot_be_one(event_of: Callable[[str], Event]) -> None:
    one, other = (event_of(PLAIN.replace("follow-up_1", f"Enquête de base {year}")).code for year in (2026, 2027))
    assert re.fullmatch(r"enquete_de_ba_[0-9a-f]{6}", one)
    assert re.fullmatch(r"enquete_de_ba_[0-9a-f]{6}", other)
    assert one != other


def test_a_form_without_settings_is_called_after_its_file(event_of: Callable[[str], Event]) -> None:
    assert event_of(PLAIN[: PLAIN.index("| settings |")]).code == "pack"
