"""A good pack, drawn as its author would draw it, and ways to have it read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.workbook import ContentError, ContentErrors, Draft, read, read_draft
from conversations.model import Event, Language, Words
from locales.phrases import say

GOOD = """
A pack for the tests. Prose between the tables is allowed.

# so are comments

| settings | | | | |
|---|---|---|---|---|
| | form_title | form_id | version | default_language |
| | Course | course_form | 1 | English (en) |

| event | | | | |
|---|---|---|---|---|
| | setting | value | text::English (en) | text::French (fr) |
| | code | course-1 | | |
| | title | | The course | Le cours |
| | start | 2027-03-09 | | |
| | end | 2027-03-11 | | |
| | timezone | Africa/Nairobi | | |
| | welcome | | Welcome! | Bienvenue ! |
| | consent | | You are free.<br><br>Leave with /stop. | Vous êtes libre.<br /> <BR>Partez avec /stop. |
| | consent_nudges | | Reminders | Rappels |
| | consent_surveys | | Questions | Des questions |
| | consent_digest | | Count me | Comptez-moi |
| | contact | | Ask the team. | Demandez à l’équipe. |

| survey | | | | | | | | | | | |
| | type | name | label::English (en) | label::French (fr) | hint::English (en) | hint::French (fr) | required | relevant | stage | group_ok | sensitive |
| | begin_group | profile | You | Vous | | | | | | | |
| | select_one countries | country | Which country? | Quel pays ? | | | | | | | |
| | end_group | | | | | | | | | | |
| | begin group | week_1 | A week later | Une semaine après | | | | | | | |
| | select_one yesno | changed | Changed? | Changé ? | Think back. | Repensez-y. | yes | | apply | yes | |
| | select_multiple reasons | why | Why? | Pourquoi ? | | | | ${changed} = 'yes' | apply | | yes |
| | select_one yesno | again | Again? | Encore ? | | | | selected(${why}, 'time') | | | |
| | integer | number | How many? | Combien ? | | | | not(${changed} = 'no') | | | |
| | end group | | | | | | | | | | |
| | begin_group | month_1 | A month later | Un mois après | | | | | | | |
| | text | words | What stuck? | Qu’en reste-t-il ? | | | | | retain | | |
| | select_one yesno | shared | Shared? | Partagé ? | | | | | transfer | yes | |
| | note | thanks | Thank you. \\| Bye. | Merci. \\| Salut. | | | | | | | |
| | end_group | | | | | | | | | | |

| choices | | | | | |
| | list_name | name | label::English (en) | label::French (fr) | timezone |
| | countries | cd | DR Congo | RD Congo | Africa/Kinshasa Africa/Lubumbashi |
| | countries | ke | Kenya | Kenya | Africa/Nairobi |
| | yesno | yes | Yes | Oui | |
| | yesno | no | No | Non | |
| | reasons | time | Time | Le temps | |
| | reasons | money | Money | L’argent | |
| | reasons | law | The law | La loi | |
| | reasons | staff | Staff | Le personnel | |
| | reasons | rules | Rules | Les règles | |
| | reasons | habits | Habits | Les habitudes | |
| | reasons | other | Other | Autre | |

| messages | | | | | | | | | | | |
| | name | text::English (en) | text::French (fr) | question::English (en) | question::French (fr) | choices | right | explanation::English (en) | explanation::French (fr) | source | sensitive |
| | safety | Safety first. | La sécurité d’abord. | May I post it? | Puis-je publier ? | yesno | no | Ask each one. | Demandez à chacun. | Session 1 | yes |
| | rights | Rights matter. | Les droits comptent. | For all? | Pour tous ? | yesno | yes | For all. | Pour tous. | Session 2 | |

| schedule | | | | | | | | |
| | kind | name | anchor | offset | time | every | until | window |
| | refresher | safety | enrolment | 3 days | 10:00 | | | 3 days |
| | survey | week_1 | enrolment | 1 week | 14h30 | | | 10 days |
| | survey | month_1 | event_end | 1 month | 14:00 | | | 10 days |
| | refresher | rights | 2027-06-01 | 0 minutes | 9:00 | | | 3 days |
| | digest | | event_end | 2 weeks | 16:00 | 1 week | 54 weeks | 3 days |

| glossary | |
| | word | | text | |
"""  # noqa: E501 # a table is as wide as it is


SCHEDULE_HEADER = (
    "| | kind | name | anchor | offset | time | weekdays | every | until | window | closes | audience | reminders |"
)


def english(words: Words) -> str:
    """What is said to an author who reads English."""
    return say(words, Language.EN)


def scheduled(*rows: str, text: str = GOOD) -> str:
    """The pack with these rows of the schedule instead of its own; cells that are left out at the end are empty."""
    start, end = text.index("| schedule |"), text.index("| glossary |")
    table = "\n".join(("| schedule |", SCHEDULE_HEADER, *(f"| | {row} |" for row in rows)))
    return f"{text[:start]}{table}\n\n{text[end:]}"


def with_settings(*rows: str, text: str = GOOD) -> str:
    """The pack with these rows, each a setting and its value, at the end of the sheet event."""
    last = "| | contact | | Ask the team. | Demandez à l’équipe. |\n"
    assert last in text
    return text.replace(last, last + "".join(f"| | {row} |\n" for row in rows))


@pytest.fixture
def good() -> str:
    """The text of a pack without a fault."""
    return GOOD


@pytest.fixture
def event_of(tmp_path: Path) -> Callable[[str], Event]:
    """Reads a drawn pack."""

    def read_it(text: str) -> Event:
        path = tmp_path / "pack.md"
        path.write_text(text, encoding="utf-8")
        return read(path)

    return read_it


@pytest.fixture
def faults_of(event_of: Callable[[str], Event]) -> Callable[[str], tuple[ContentError, ...]]:
    """Reads a drawn pack that must have faults."""

    def refuse_it(text: str) -> tuple[ContentError, ...]:
        with pytest.raises(ContentErrors) as caught:
            event_of(text)
        return caught.value.errors

    return refuse_it


@pytest.fixture
def draft_of(tmp_path: Path) -> Callable[[str], Draft]:
    """Reads a drawn form or pack with all that there is to say of it."""

    def read_it(text: str) -> Draft:
        path = tmp_path / "form.md"
        path.write_text(text, encoding="utf-8")
        return read_draft(path)

    return read_it
