"""A store on a real SQLite file, and exports of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app import Store
from bot.reports.dataset import Labels, Style
from bot.reports.exporting import Format, Manner, ending, export
from bot.reports.gathering import Wish, gather
from storage.database import connect, upgrade
from storage.events import Contents
from storage.vault import Vault, open_keys
from tests.reports.samples import CODE, LATER

Exported = Callable[..., Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("built") / "built.db"
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(built, tmp_path / "main.db")
    engine, keys = connect(f"sqlite:///{tmp_path / 'main.db'}"), open_keys(f"sqlite:///{tmp_path / 'keys.db'}")
    yield Store(engine, Vault(bytes(range(32)), keys), Contents())
    engine.dispose()
    keys.dispose()


@pytest.fixture
def exported(store: Store, tmp_path: Path) -> Exported:
    """Make an export; the file's name is its format and a number."""
    made: list[Path] = []

    def make(
        format_: Format,
        labels: Labels = Labels.NAMES,
        separator: str | None = "/",
        raw: bool = False,
        bom: bool = False,
        **wish: object,
    ) -> Path:
        gathered = gather(store, Wish(CODE, **wish), LATER)  # type: ignore[arg-type]
        manner = Manner(format_, Style(labels, separator), raw, bom)
        path = tmp_path / f"{format_}{len(made)}{ending(gathered, manner)}"
        export(store, gathered, manner, path, lambda _: None, overwrite=False)
        made.append(path)
        return path

    return make
