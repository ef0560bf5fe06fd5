"""`python -m tests.first_hour`: play the hour in both languages, and write it into the docs with its pictures."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from conversations.model import Language
from tests.first_hour.telling import played

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {Language.EN: "first-hour.md", Language.FR: "premiere-heure.md"}


def main() -> None:
    for language, page in PAGES.items():
        with TemporaryDirectory() as folder:
            told = asyncio.run(played(language, Path(folder), DOCS / "pictures"))
        (DOCS / page).write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
