"""/report: the report as a file in a coordinator's chat, with what could give somebody away left out."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pptx import Presentation

from bot.channels import Tap
from bot.files import Made, make
from bot.rendering import plain_text
from bot.workbook import read
from conversations.buttons import Manage
from conversations.cues import Said, Started, Tapped
from conversations.model import Language, Role
from conversations.roles import Act
from storage import audit
from tests.reports.answers_published import LONG_AFTER, PACK, fill_in
from tests.rig import Heard, Rig

GRACE, AMINA = "77", "78"


@pytest.fixture
async def grace(rig: Rig) -> Rig:
    """A rig in which Grace coordinates the sample event, a year after which its people have answered."""
    event = read(PACK)
    rig.clock.time = datetime(2026, 11, 1, tzinfo=UTC)
    rig.take_in(event)
    with rig.engine.begin() as connection:
        fill_in(connection, rig.vault)
    await rig.person(GRACE, Started(rig.invite(event, Role.COORDINATOR), Language.EN))
    rig.clock.time = LONG_AFTER
    rig.channel.heard.clear()
    return rig


async def press(rig: Rig, act: Act, item: int = 0) -> Heard:
    await rig.person(GRACE, Tapped(Manage(act, 1, item)), Tap("1", "1"))
    return rig.channel.heard[-1]


def words_of(heard: Heard) -> str:
    return plain_text(heard.message.paragraphs)


def labels(heard: Heard) -> list[str]:
    return [key.label for row in heard.message.keyboard for key in row]


def made(heard: Heard) -> Made:
    [file] = heard.message.files
    return make(file)


async def test_the_report_comes_in_the_form_and_language_that_are_chosen(grace: Rig) -> None:
    await grace.person(GRACE, Said("/report"))
    asked = grace.channel.heard[-1]
    assert "Report on Learning and Sharing Event 2026" in words_of(asked)
    assert labels(asked) == ["☑ In English", "☐ In French", "☐ In both", "Slides", "Excel workbook", "PDF", "Web page"]
    french = await press(grace, Act.RESULTS, 2)
    assert labels(french)[:3] == ["☐ In English", "☑ In French", "☐ In both"]
    file = made(await press(grace, Act.RESULTS_FILE, 10))
    assert file.name == "lse2026-2027-12-01-fr.pptx"
    deck = Presentation(BytesIO(file.content))
    shown = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "Rencontre d’apprentissage et de partage 2026" in shown
    assert "Au moins 28 sur 32 sont d’accord." in shown


async def test_sensitive_questions_and_small_numbers_stay_out_of_the_chat(grace: Rig) -> None:
    file = made(await press(grace, Act.RESULTS_FILE, 0))
    deck = Presentation(BytesIO(file.content))
    shown = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "Sensitive questions are left out." in shown
    assert "made it hard" not in shown


async def test_every_report_leaves_a_line_in_the_audit_log(grace: Rig) -> None:
    await press(grace, Act.RESULTS_FILE, 0)
    with grace.engine.connect() as connection:
        assert [(entry.act, entry.item) for entry in audit.entries(connection)][-1] == (Act.RESULTS_FILE, 0)


async def test_a_button_that_means_no_file_gives_none(grace: Rig) -> None:
    for item in (4, 9, 30, 99, 10**15):
        heard = len(grace.channel.heard)
        await grace.person(GRACE, Tapped(Manage(Act.RESULTS_FILE, 1, item)), Tap("1", "1"))
        assert len(grace.channel.heard) == heard


async def test_whoever_is_not_of_the_team_is_answered_as_if_there_were_no_report(grace: Rig) -> None:
    await grace.person(AMINA, Said("/report"))
    other = words_of(grace.channel.heard[-1])
    await grace.person(AMINA, Said("/nonsense"))
    assert words_of(grace.channel.heard[-1]) == other
