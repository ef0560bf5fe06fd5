"""Somebody takes the machine: its data folder, a backup of it, its log. Without the master key they tell nothing.

The search is for every name, address and word of the journey, in the forms in which bytes usually hold them.
"""

import base64
import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables import stories
from storage.vault import Unreadable, Vault, WrongMasterKey, open_keys
from tests.journeys import kept
from tests.journeys.conftest import World
from tests.journeys.phones import Phone
from tests.journeys.stories import FIRST_REFRESHER, MONTH_1, REFRESHER, SURVEY, WEEK_1, joined, opened

NAMES = ("Zenobia", "Quetzaline", "Grace")
TITLE = "Xylophone circle"
FREE_TEXT = "My neighbour Ousmane-Vœgeli hides at 14 rue des Jacarandas."
SECOND_TEXT = "Nous gardons l’échange avec Ndèye-Wilhelmine."
STRAY = "please call Balthazar-Quimby tonight"
STORY = "Our quiet circle at the Tangerine-Mbalax meets each full moon."
DRAFT = "Rendez-vous secret chez Philomène-Zoulaïka."
SHORTEST = 4


def forms_of(secret: str | int) -> dict[str, bytes]:
    """A text or a chat id as bytes may hold it."""
    text = str(secret)
    forms = {"utf-8": text.encode(), "utf-16": text.encode("utf-16-le"), "utf-16-be": text.encode("utf-16-be")}
    forms["latin-1"] = text.encode("latin-1", "replace")
    forms["escaped"] = text.encode("unicode_escape")
    forms["hex"] = text.encode().hex().encode()
    forms["base64"] = base64.b64encode(text.encode())[: -SHORTEST or None]
    if isinstance(secret, int):
        for size in (8,) if abs(secret) >= 2**39 else (4, 5, 8):
            forms[f"{size} bytes, big end first"] = secret.to_bytes(size, "big", signed=True)
            forms[f"{size} bytes, little end first"] = secret.to_bytes(size, "little", signed=True)
        forms["hexadecimal"] = f"{abs(secret):x}".encode()
        forms["without its sign"] = str(abs(secret)).encode()
    return {name: form for name, form in forms.items() if len(form) >= SHORTEST}


def traces(places: dict[str, bytes], secrets: list[str | int]) -> list[str]:
    """Where any of the secrets is found, and in what form."""
    return [
        f"{secret!r} in {place} as {name}"
        for place, content in places.items()
        for secret in secrets
        for name, form in forms_of(secret).items()
        if form in content or (name == "hexadecimal" and form.upper() in content)
    ]


def contents_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def planted_journey(world: World) -> tuple[Phone, Phone, list[str | int]]:
    """Two people and a group; gives the people, and every secret of the journey."""
    zenobia = await joined(world, NAMES[0], "en")
    quetzaline = await joined(world, NAMES[1], "fr")
    group = await world.group(TITLE, zenobia, linked="en")
    await zenobia.say(STRAY, f"/start {STRAY}")
    await world.phones.until(FIRST_REFRESHER)
    await opened(zenobia, REFRESHER["en"], "en")
    await zenobia.tap("Ask each person in the photo")
    await world.phones.until(WEEK_1)
    await world.phones.until(MONTH_1)
    await opened(zenobia, SURVEY["en"], "en")
    await zenobia.say(FREE_TEXT)
    await opened(quetzaline, SURVEY["fr"], "fr")
    await quetzaline.say(SECOND_TEXT, "1, 2")
    await zenobia.say("/story", STORY)
    await zenobia.tap("In English", "Yes, share it like this")
    await quetzaline.say("/recit", DRAFT)
    await quetzaline.block()
    people = [zenobia.person, quetzaline.person, group.person]
    words = [
        STORY,
        DRAFT,
        "Tangerine",
        "Mbalax",
        "Zoulaïka",
        "Ousmane",
        "Jacarandas",
        "Wilhelmine",
        "Balthazar",
        FREE_TEXT,
        SECOND_TEXT,
        STRAY,
    ]
    said = [str(message["text"]) for phone in (zenobia, quetzaline) for message in await phone.received()]
    # What the pack says stands in the database in clear: it is the event's. What was said to somebody does not.
    personal = [text for text in said if "✓" in text or "Question" in text]
    return zenobia, quetzaline, [*NAMES, TITLE, *words, *personal, *people, group.chat]


def backup_of(folder: Path, to: Path) -> None:
    """As an operator makes one: SQLite's own copy of each database, while the bot runs."""
    to.mkdir()
    for database in folder.glob("*.sqlite3"):
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to / database.name)) as target:
            source.backup(target)


async def test_what_is_taken_tells_nothing(world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), caplog.at_level(logging.DEBUG, logger="bot"):
        zenobia, quetzaline, secrets = await planted_journey(world)
    data = world.settings.data_dir
    shutil.copytree(data, tmp_path / "seized")
    backup_of(data, tmp_path / "backup")
    seized = contents_of(tmp_path / "seized")
    assert {"suivi.sqlite3-wal", "keys.sqlite3"} <= seized.keys()
    assert len(seized["suivi.sqlite3-wal"]) > 0
    places = {**seized, **{f"backup of {name}": content for name, content in contents_of(tmp_path / "backup").items()}}
    log = "\n".join(record.getMessage() + (record.exc_text or "") for record in caplog.records)
    assert traces({**places, "log": log.encode()}, [*secrets, "a-local-token"]) == []

    # The same data give it all to whoever has the key: so it is there, and the search was for something.
    vault = Vault(_key_of(world), open_keys(f"sqlite:///{tmp_path / 'seized' / 'keys.sqlite3'}"))
    vault.verify()
    with world.store.engine.connect() as connection:
        answers = kept.survey_of(vault, zenobia.person, "month_1")(connection)
        assert kept.chat_of(connection, vault, quetzaline.person).address == str(quetzaline.person)
        told = connection.execute(select(stories.c.words)).scalar_one()
        key_id = kept.chat_of(connection, vault, zenobia.person).key_id
    assert answers["retained"] == FREE_TEXT
    assert vault.open(key_id, told, "story") == STORY
    with pytest.raises(WrongMasterKey):
        Vault(bytes(32), open_keys(f"sqlite:///{tmp_path / 'seized' / 'keys.sqlite3'}")).verify()


@pytest.mark.parametrize("secret", [NAMES[0], FREE_TEXT, 700_000_123, -1_002_000_000_001])
def test_the_search_finds_what_is_there(secret: str | int) -> None:
    for name, form in forms_of(secret).items():
        assert traces({"file": b"\x00" * 50 + form + b"\xff" * 50}, [secret]), name


async def test_destroying_a_key_makes_the_backup_unreadable(world: World, tmp_path: Path) -> None:
    zenobia, quetzaline, _ = await planted_journey(world)
    backup_of(world.settings.data_dir, tmp_path / "backup")
    vault = world.store.vault
    chat = await world.look(lambda connection: kept.chat_of(connection, vault, zenobia.person))
    vault.destroy(chat.key_id)
    with closing(sqlite3.connect(tmp_path / "backup" / "suivi.sqlite3")) as backup:
        sealed = [
            bytes(row[0]) for row in backup.execute("SELECT text FROM answers WHERE text IS NOT NULL ORDER BY id")
        ]
        story = bytes(backup.execute("SELECT words FROM stories").fetchone()[0])
    assert len(sealed) == 2
    with pytest.raises(LookupError):
        vault.open(chat.key_id, story, "story")
    with pytest.raises(LookupError):
        vault.open(chat.key_id, sealed[0], "anything")
    other = await world.look(lambda connection: kept.chat_of(connection, vault, quetzaline.person))
    with pytest.raises(Unreadable):
        vault.open(other.key_id, sealed[0], "anything")
    assert (await world.look(kept.survey_of(vault, quetzaline.person, "month_1")))["retained"] == SECOND_TEXT


def _key_of(world: World) -> bytes:
    assert world.settings.master_key is not None
    return base64.urlsafe_b64decode(world.settings.master_key.get_secret_value())
