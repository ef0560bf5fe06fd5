"""Every transcript is what the bot says now."""

from pathlib import Path

import pytest

from bot.workbook import read
from conversations.model import Event
from tests.rig import rig_in
from tests.steady import steady
from tests.transcripts.replay import replay

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "events" / "learning-and-sharing" / "pack.md"
TRANSCRIPTS = sorted(path for path in HERE.rglob("*.md"))


ON_THE_LADDER = {"calendar", "ladder", "reminders"}
"""The stories in which it matters when things come; the others are told on a schedule that nothing moves."""


@pytest.fixture(scope="module")
def sample_event() -> Event:
    return read(SAMPLE)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=[f"{path.parent.name}/{path.stem}" for path in TRANSCRIPTS])
async def test_transcript(path: Path, folder: Path, sample_event: Event, request: pytest.FixtureRequest) -> None:
    async with rig_in(folder) as rig:
        event = sample_event if path.stem in ON_THE_LADDER else steady(sample_event)
        now = await replay(path, rig, event)
    if request.config.getoption("--update-transcripts"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8"), "`pytest --update-transcripts` writes it anew; read the difference"


def test_both_languages_have_the_same_stories() -> None:
    stories = {language: {path.stem for path in (HERE / language).glob("*.md")} for language in ("en", "fr")}
    assert stories["en"] == stories["fr"] != set()
