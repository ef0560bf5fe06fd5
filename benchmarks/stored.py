"""How many answers a bot really has on disk, counted after it was killed."""

import os
import pickle
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

SUIVI_COMMAND = (sys.executable, "-c", "from bot.cli import main; raise SystemExit(main())")
"""The ``suivi`` command of this environment, installed or not."""


def in_sqlite(data_dir: Path) -> int:
    """Rows of the table ``answer``."""
    connection = sqlite3.connect(data_dir / "answers.sqlite3")
    try:
        (rows,) = connection.execute("SELECT count(*) FROM answer").fetchone()
    finally:
        connection.close()
    return int(rows)


def in_pickle(data_dir: Path) -> int:
    """Answers in the file of PicklePersistence, which the library writes once a minute."""
    path = data_dir / "conversations.pickle"
    if not path.exists():
        return 0
    with path.open("rb") as file:
        people = pickle.load(file)["user_data"].values()
    return sum(len(person["answers"]) for person in people)


def in_suivi(data_dir: Path) -> int:
    """The answers that ``suivi responses bench`` counts."""
    command = [*SUIVI_COMMAND, "responses", "bench"]
    done = subprocess.run(command, env=suivi_environment(data_dir), capture_output=True, text=True, check=False)
    found = re.search(r"^answers: (\d+)$", done.stdout, re.MULTILINE)
    if found is None:
        raise ValueError(f"no count of answers in what `suivi responses` printed:\n{done.stdout}{done.stderr}")
    return int(found.group(1))


def suivi_environment(data_dir: Path) -> dict[str, str]:
    """The settings that every ``suivi`` command of one round shares: where its data and their key are."""
    return {**os.environ, "SUIVI_DATA_DIR": str(data_dir / "data"), "SUIVI_MASTER_KEY": "A" * 43 + "="}
