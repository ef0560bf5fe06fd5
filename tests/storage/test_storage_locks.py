"""Locks that PostgreSQL keeps by number: two that share one would wait for each other for ever."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"^_\w*LOCK\b.*?= (0x[0-9a-fA-F_]+)", re.MULTILINE)


def test_every_lock_has_a_number_of_its_own() -> None:
    sources = [path for folder in ("bot", "storage") for path in (ROOT / folder).rglob("*.py")]
    found = {path.name: NUMBER.findall(path.read_text(encoding="utf-8")) for path in sources}
    numbers = [int(each, 16) for lock in found.values() for each in lock]
    asking = [path.name for path in sources if "advisory" in path.read_text(encoding="utf-8")]
    assert len(numbers) == len(asking) >= 3, "every lock is named and numbered where it is asked for"
    assert len(set(numbers)) == len(numbers)
