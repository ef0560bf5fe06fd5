"""The documentation says what is so."""

import re
from pathlib import Path

import pytest

from bot.reports.exporting import Format
from bot.reports.layout import FIRST, LAST, OF_REPEATS, PART, RECALLS
from bot.workbook.guide import COLUMNS, STEPS
from bot.workbook.guide_settings import SETTINGS
from conversations.model import Role
from conversations.policy import Reason
from conversations.roles import Act, command_of, may, typed
from storage.dispositions import Contact, Status

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += [*(ROOT / "docs").glob("*.md"), ROOT / "sandbox" / "README.md", ROOT / "benchmarks" / "README.md"]
PAGES += (ROOT / "events").rglob("README.md")


def test_every_column_of_a_pack_is_explained_in_both_languages() -> None:
    page = (ROOT / "docs" / "event-packs.md").read_text(encoding="utf-8")
    for sheet, columns in COLUMNS.items():
        for name, words in columns.items():
            assert words.en in page, (sheet, name)
            assert words.fr in page, (sheet, name)
    for name, words in SETTINGS.items():
        assert f"| `{name}` | {words.en} | {words.fr} |" in page
    for step in STEPS:
        assert f"{step.en} / {step.fr}" in page


def test_every_reason_is_explained() -> None:
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    for reason in Reason:
        assert f"`{reason}`" in page, reason


def test_everything_that_an_export_adds_to_the_answers_is_explained() -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    for column in (*FIRST, *LAST, PART, *OF_REPEATS, *RECALLS):
        assert f"`{column.path[0]}`" in page, column.path
    for word in (*Status, *Contact, *Format):
        assert f"`{word}`" in page, word


@pytest.mark.parametrize(("page", "yes", "no"), [("coordinators.md", "yes", "no"), ("coordination.md", "oui", "non")])
def test_every_right_is_told_as_it_is(page: str, yes: str, no: str) -> None:
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    told = {
        line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]]
        for line in lines
        if line[:3] == "| `"
    }
    french = page == "coordination.md"
    for act in Act:
        assert f"`{act}`" in told, f"add a row for {act!s} to docs/{page}"
        command, _what, *rights = told[f"`{act}`"]
        assert rights == [yes if may(role, act) else no for role in (Role.MODERATOR, Role.COORDINATOR)], act
        assert not (act in typed() and command_of(act, french=french) != command), act
    assert len(told) == len(Act)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not link.startswith("http") and not (page.parent / link).exists()]
    assert not missing


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), (page.name, target)
