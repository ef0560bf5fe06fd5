"""A pack of a few weeks, and one rehearsal of it that all tests read."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.rehearsal.outcomes import Life, Rehearsal
from bot.rehearsal.personas import PERSONAS
from bot.rehearsal.play import rehearse
from bot.rehearsal.stage import Wanted
from bot.settings import Settings
from bot.workbook import read
from conversations.model import Event, Language

ROOT = Path(__file__).parents[2]
TITLE = "Trust < Safety & Co"
PACK = f"""
| settings | | | | |
|---|---|---|---|---|
| | form_title | form_id | version | default_language |
| | Course | course | 1 | English (en) |

| event | | | | |
| | setting | value | text::English (en) | text::French (fr) |
| | code | course | | |
| | title | | {TITLE} | {TITLE} |
| | start | 2027-03-08 | | |
| | end | 2027-03-09 | | |
| | timezone | Africa/Nairobi | | |
| | weekly_cap | 3 | | |
| | public_holidays | no | | |
| | welcome | | Welcome! | Bienvenue ! |
| | consent | | You are free. | Vous êtes libre. |
| | consent_nudges | | Reminders | Rappels |
| | consent_surveys | | Questions | Des questions |
| | consent_digest | | Count me | Comptez-moi |
| | contact | | Ask the team. | Demandez à l’équipe. |

| survey | | | | | | | | | | | |
| | type | name | label::English (en) | label::French (fr) | hint::English (en) | hint::French (fr) | required | relevant | stage | group_ok | sensitive |
| | begin_group | profile | You | Vous | | | | | | | |
| | select_one countries | country | Which country? | Quel pays ? | | | | | | | |
| | end_group | | | | | | | | | | |
| | begin_group | week_1 | A week later | Une semaine après | | | | | | | |
| | select_one yesno | useful | Was it useful? | Était-ce utile ? | | | | | apply | yes | |
| | select_multiple ways | shared | With whom have you talked? | Avec qui en avez-vous parlé ? | | | | | transfer | | |
| | integer | times | How often? | Combien de fois ? | | | | | apply | | |
| | text | words | What stuck? | Qu’en reste-t-il ? | | | | | retain | | |
| | end_group | | | | | | | | | | |

| choices | | | | | |
| | list_name | name | label::English (en) | label::French (fr) | timezone |
| | countries | ke | Kenya | Kenya | Africa/Nairobi |
| | countries | cd | DR Congo | RD Congo | Africa/Kinshasa |
| | yesno | yes | Certainly | Certainement | |
| | yesno | no | Hardly | À peine | |
| | ways | team | My team | Mon équipe | |
| | ways | friends | Friends | Des proches | |
| | ways | none | Nobody yet | Personne encore | |
| | answers | ask | Ask each one | Demander à chacune | |
| | answers | post | Post it | La publier | |

| messages | | | | | | | | | | | |
| | name | text::English (en) | text::French (fr) | question::English (en) | question::French (fr) | choices | right | explanation::English (en) | explanation::French (fr) | source | sensitive |
| | safety | Safety first. Always. | La sécurité d’abord. Toujours. | A photo of all? | Une photo de groupe ? | answers | ask | Each one decides. | Chaque personne décide. | Session 1 | |
| | rights | Rights matter. | Les droits comptent. | A list of names? | Une liste de noms ? | answers | ask | Names can harm. | Un nom peut nuire. | Session 2 | |

| schedule | | | | | | | | | |
| | kind | name | anchor | offset | time | every | until | window | reminders |
| | refresher | safety | event_end | 3 days | 10:00 | | | 2 days |
| | survey | week_1 | enrolment | 1 week | 14:00 | | | 5 days | none |
| | refresher | rights | enrolment | 205 hours | | | | 2 days |
| | refresher | safety | enrolment | 3 weeks | 10:00 | | | 2 days |
| | digest | | event_end | 8 days | 16:00 | 1 week | 4 weeks | 1 day |
"""  # noqa: E501 # a table is as wide as it is


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack as a file."""
    path = tmp_path_factory.mktemp("rehearsal") / "course.md"
    path.write_text(PACK, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def event(pack: Path) -> Event:
    return read(pack)


@pytest.fixture(scope="session")
def rehearsal(event: Event) -> Rehearsal:
    """The real bot on a real sandbox, with everybody, from the first day to the last thing."""
    wanted = Wanted(event, PERSONAS, crowd=10, seed=1, groups=tuple(Language))
    return asyncio.run(rehearse(wanted, Settings(), lambda _: None))


@pytest.fixture
def lives(rehearsal: Rehearsal) -> dict[str, Life]:
    """Each persona's life, by the key of the persona."""
    return {life.persona.key: life for life in rehearsal.lives}


async def suivi(folder: Path, *arguments: str) -> asyncio.subprocess.Process:
    """The command as it is typed, in a process and a process group of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", *arguments),
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
