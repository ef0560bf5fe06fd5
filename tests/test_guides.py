"""The two guides for coordinators say the same, and call things as the bot does."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from conversations.danger import seeks_help
from conversations.model import Role
from conversations.roles import Act, act_in, command_of, may, typed
from conversations.words import command_in

ROOT = Path(__file__).parents[1]
ENGLISH, FRENCH = (ROOT / "docs" / name for name in ("coordinators.md", "coordination.md"))
QUOTES = {ENGLISH: r"“(.+?)”", FRENCH: r"«\s(.+?)\s»"}
OF_TELEGRAM = {"remain anonymous", "rester anonyme"}
"""What is quoted of the platform's own screens."""


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _shape(page: Path) -> list[str]:
    """What each line of the page is: a heading of some level, an item, a row of a table; other lines are left out."""
    return re.findall(r"^(#+|[0-9]+\.|-|\|)(?=[ -])", _read(page), re.MULTILINE)


def _phrases(page: Path) -> str:
    """All that the bot says in the page's language, a phrase a line, with a sign in place of what fills it."""
    with (ROOT / "locales" / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    said: list[str] = []
    for each in catalogue:
        words = (each.id if page == ENGLISH else each.string) or ""
        said += [words] if isinstance(words, str) else words
    return "\n".join(_filled(re.sub(r"\{\w+\}", "…", words)) for words in said)


def _filled(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("page", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_what_a_guide_quotes_is_what_the_bot_says(page: Path) -> None:
    said = _phrases(page)
    quoted = {_filled(words) for words in re.findall(QUOTES[page], _read(page), re.DOTALL)}
    assert len(quoted) > len(Role) * 10
    for words in quoted - OF_TELEGRAM:
        assert words in said or re.sub(r"(Baobab )?[0-9]+", "…", words) in said or seeks_help(words), words


@pytest.mark.parametrize("page", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_every_command_of_a_guide_is_one_that_can_be_typed(page: Path) -> None:
    told = set(re.findall(r"`(/\w+)`", _read(page))) - {"/link", "/unlink"}
    assert {word for word in told if act_in(word) is None and command_in(word) is None} == set()
    for act in typed():
        assert command_of(act, french=page == FRENCH) in told, act


@pytest.mark.parametrize(("page", "heading"), [(ENGLISH, "**A moderator**"), (FRENCH, "**La modération**")])
def test_what_moderators_are_told_they_may_do_is_all_that_they_may(page: Path, heading: str) -> None:
    paragraph = _read(page).split(heading)[1].split("\n\n")[0]
    told = {act_in(word) for word in re.findall(r"`(/\w+)`", paragraph)}
    assert told == {act for act in typed() if may(Role.MODERATOR, act)}
    assert not may(Role.MODERATOR, Act.REMIND)


def test_both_guides_have_the_same_parts_in_the_same_order() -> None:
    assert _shape(ENGLISH) == _shape(FRENCH)


def test_the_french_guide_keeps_its_signs_beside_their_words() -> None:
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)|\*In English.*?\*|\| [^|]*\|$", "", _read(FRENCH), flags=re.MULTILINE)
    assert re.findall(r".{12} [;:?!»]|«[ \n].{12}", prose) == []
    assert "'" not in prose


@pytest.mark.parametrize("page", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_links_within_a_guide_lead_to_its_headings(page: Path) -> None:
    text = _read(page)
    headings = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    led = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert led - headings == set()


def test_every_file_that_the_map_of_the_code_names_exists() -> None:
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:bot|conversations|storage|tests)/[\w/]+(?:\.py|/))`", page))
    rows = [line.split("|")[1:-1] for line in page.split("| subject |")[1].splitlines() if line.startswith("| ")]
    assert rows
    for _subject, *cells in rows:
        for folder, cell in zip(("conversations", "storage", "bot"), cells, strict=True):
            named |= {f"{folder}/{name}" for name in re.findall(r"`([^`]+)`", cell)}
    assert {name for name in named if not (ROOT / name).exists()} == set()
