"""Forms drawn as Markdown tables, read and reported on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.readiness.report import Report, report_on
from bot.workbook import read_draft
from tests.bot.setting_up import SAMPLE
from tests.conversations.samples import NOW

HEADER = "| | type | name | label::English (en) | label::French (fr) | relevant | sensitive |"


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., Path]:
    """Writes a form with these rows of the sheet survey, and choices yes and no."""

    def draw(*rows: str, header: str = HEADER, choices: str = "") -> Path:
        path = tmp_path / "form.md"
        survey = "\n".join(f"| | {row} |" for row in rows)
        path.write_text(
            f"""
| settings |
| | form_title | form_id |
| | Follow-up | follow |

| survey |
{header}
{survey}

| choices |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
{choices}""",
            encoding="utf-8",
        )
        return path

    return draw


@pytest.fixture
def reported(drawn: Callable[..., Path]) -> Callable[..., Report]:
    """The report on such a form."""
    return lambda *rows, **more: report_on(read_draft(drawn(*rows, **more)), NOW.date())


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """The pack of the project with real contacts."""
    path = tmp_path / "real.md"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def revised(tmp_path: Path) -> Callable[..., Report]:
    """The report on the pack of the project with real contacts and some of its words changed."""

    def report(*changes: tuple[str, str]) -> Report:
        text = SAMPLE
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / "pack.md").write_text(text, encoding="utf-8")
        return report_on(read_draft(tmp_path / "pack.md"), NOW.date())

    return report
