"""The documentation says what is so."""

import re
from collections import Counter
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Right:
    """A row of the table of rights: what it takes to begin, who may, and the acts that belong to it."""

    command: str
    moderator: str
    coordinator: str
    acts: frozenset[Act]


def rights_in(page: str) -> list[Right]:
    """The table of rights on that page; a word of the record that ends in “…” stands for all that begin so."""
    rights = []
    for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines():
        *cells, record = (cell.strip() for cell in line.strip().strip("|").split("|"))
        words = re.fullmatch(r"`[^`]+`(, `[^`]+`)*", record)
        if line.startswith("|") and len(cells) == 4 and words:
            named = re.findall(r"`([^`]+)`", record)
            rights.append(Right(cells[0], cells[2], cells[3], frozenset().union(*map(_acts, named))))
    return rights


def _acts(word: str) -> frozenset[Act]:
    if not word.endswith("…"):
        return frozenset({Act(word)})
    return frozenset(act for act in Act if act.value.startswith(word[:-1]))


@pytest.mark.parametrize(("page", "yes", "no"), [("coordinators.md", "yes", "no"), ("coordination.md", "oui", "non")])
def test_every_right_is_told_as_it_is(page: str, yes: str, no: str) -> None:
    rights, french = rights_in(page), page == "coordination.md"
    told = Counter(act for right in rights for act in right.acts)
    assert told == Counter(Act), "every act belongs to one row"
    for right in rights:
        for act in right.acts:
            moderator, coordinator = (yes if may(role, act) else no for role in (Role.MODERATOR, Role.COORDINATOR))
            assert (right.moderator, right.coordinator) == (moderator, coordinator), act
        commands = [f"`{command_of(act, french=french)}`" for act in typed() if act in right.acts]
        assert commands == [right.command] * len(commands), right
        assert commands or right.command == "" or Act.LINK in right.acts, right


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
