"""What the docs tell of a coordinator's first hour is what happens on the page."""

import re
from pathlib import Path

import pytest

from conversations.model import Language
from tests.first_hour.__main__ import DOCS, PAGES
from tests.first_hour.telling import played

pytestmark = pytest.mark.browser
_BY_CHANCE = re.compile(r"^## 8\..*?(?=^## 9\.)", re.MULTILINE | re.DOTALL)
"""How many of the simulated people have answered by then."""


@pytest.mark.parametrize("language", Language)
async def test_the_docs_tell_the_hour_as_it_is(language: Language, tmp_path: Path) -> None:
    told = await played(language, tmp_path)
    written = (DOCS / PAGES[language]).read_text(encoding="utf-8")
    assert _BY_CHANCE.sub("", told) == _BY_CHANCE.sub("", written), "`python -m tests.first_hour` writes it anew"


def test_its_pictures_are_there() -> None:
    for page in PAGES.values():
        named = re.findall(r"\((pictures/[^)]+)\)", (DOCS / page).read_text(encoding="utf-8"))
        assert len(named) >= 6
        assert all((DOCS / each).is_file() for each in named)
