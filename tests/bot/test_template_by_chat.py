"""/template: the workbook comes with what is known filled in, and reading it back finds no fault."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.channels import RenderedFile, Tap
from bot.files import make
from bot.workbook import read_draft
from conversations.buttons import Manage, decode
from conversations.conversation import Idle
from conversations.cues import Said, Started, Tapped
from conversations.dialogues.template import code_from
from conversations.model import Language, Role
from conversations.roles import Act
from storage import chats, events, team
from tests.conversations.samples import sample_event
from tests.rig import Heard, Rig

GRACE = "77"


@pytest.fixture
async def grace(rig: Rig) -> Rig:
    rig.take_in(sample_event())
    await rig.person(GRACE, Started(rig.invite(sample_event(), Role.COORDINATOR), Language.FR))
    rig.channel.heard.clear()
    return rig


async def say(rig: Rig, words: str) -> Heard:
    await rig.person(GRACE, Said(words, Language.EN))
    return rig.channel.heard[-1]


async def tap(rig: Rig, number: int) -> Heard:
    heard = rig.channel.heard[-1]
    await rig.person(GRACE, Tapped(decode(heard.message.keyboard[number][0].data)), Tap("1", heard.id))
    return rig.channel.heard[-1]


def written(heard: Heard, folder: Path) -> Path:
    (file,) = heard.message.files
    assert isinstance(file, RenderedFile)
    made = make(file)
    path = folder / made.name
    path.write_bytes(made.content)
    return path


def cells(path: Path, sheet: str) -> dict[str, tuple[object, ...]]:
    rows = load_workbook(BytesIO(path.read_bytes()))[sheet].iter_rows(values_only=True)
    return {str(row[0]): row[1:] for row in rows}


async def test_a_new_event_takes_four_questions(grace: Rig, tmp_path: Path) -> None:
    await say(grace, "/modele")
    await tap(grace, 0)
    await say(grace, "Keeping it alive")
    await say(grace, "Garder vivant")
    await say(grace, "someday")
    await say(grace, "le 9 mars 2027")
    await say(grace, "8 March 2027")
    path = written(await say(grace, "11/03/2027"), tmp_path)
    assert path.name == "keeping-it-2027.xlsx"
    event = read_draft(path).whole()
    assert (event.title.en, event.title.fr) == ("Keeping it alive", "Garder vivant")
    assert (event.start.isoformat(), event.end.isoformat()) == ("2027-03-09", "2027-03-11")
    with grace.engine.connect() as connection:
        chat = chats.find(connection, grace.vault, "telegram", GRACE)
    assert chat is not None
    assert chat.conversation.step == Idle()


async def test_the_workbook_of_an_event_there_is_has_its_words(grace: Rig, tmp_path: Path) -> None:
    await say(grace, "/template")
    path = written(await tap(grace, 1), tmp_path)
    event, sample = read_draft(path).whole(), sample_event()
    assert (event.code, event.title, event.start, event.end) == (sample.code, sample.title, sample.start, sample.end)
    assert (event.timezone, event.contact) == (sample.timezone, sample.contact)
    assert cells(path, "settings")[sample.title.en][0] == sample.code


async def test_an_event_of_which_nothing_is_known_keeps_its_code(grace: Rig, tmp_path: Path) -> None:
    with grace.engine.begin() as connection:
        chat = chats.find(connection, grace.vault, "telegram", GRACE)
        assert chat is not None
        team.dismiss(connection, chat.id, events.number_of(connection, sample_event().code))
        team.appoint(connection, chat.id, events.open_event(connection, "wca-27"), Role.COORDINATOR, grace.clock.now())
    await say(grace, "/template")
    for words in ("Days of learning", "Journées", "9 March 2027"):
        await say(grace, words)
    assert read_draft(written(await say(grace, "9 March 2027"), tmp_path)).whole().code == "wca-27"


async def test_back_changes_nothing_and_no_button_answers_a_question(grace: Rig) -> None:
    await say(grace, "/template")
    await tap(grace, 0)
    await tap(grace, 0)
    for act in (Act.TEMPLATE_ENGLISH, Act.TEMPLATE_END):
        done = await grace.person(GRACE, Tapped(Manage(act, 1)), Tap("1", "1"))
        assert done.toast is not None
    strange = await say(grace, "Keeping it alive")
    assert not strange.message.files


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Été à Dakar", "ete-a-dakar-2027"),
        ("学习", "event-2027"),
        ("Keeping it alive", "keeping-it-2027"),
        ("A" * 50, "a" * 15 + "-2027"),
        ("--", "event-2027"),
    ],
)
def test_a_code_fits_into_links(title: str, code: str) -> None:
    assert code_from(title, 2027) == code
