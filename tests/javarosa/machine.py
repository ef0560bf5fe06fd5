"""JavaRosa, out of the jar that pyxform ships: one run of Java fills in all forms and says what they come to."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyxform

JAVA = shutil.which("java")
_JAR = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"
_PROGRAM = Path(__file__).parent / "Fill.java"


@dataclass(frozen=True)
class Found:
    """What JavaRosa says of one node; `value` is its kind, a colon, and the value."""

    relevant: bool
    required: bool
    value: str
    choices: tuple[str, ...]


class Script:
    """What is to be filled in, and what came of it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.answers: Iterator[list[str]] = iter(())

    def say(self, *parts: object) -> None:
        self.lines.append("\t".join(str(part) for part in parts))

    def run(self) -> None:
        """Do it all. The zone is UTC, in which the answers are."""
        assert JAVA is not None
        done = subprocess.run(
            [JAVA, "-cp", str(_JAR), str(_PROGRAM)],
            input="\n".join(self.lines) + "\n",
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            env={**os.environ, "TZ": "UTC"},
        )
        assert done.returncode == 0, done.stderr[-2000:]
        wrong = [line for line in done.stdout.splitlines() if line.startswith("ERROR")]
        assert wrong == [], "\n".join(wrong[:20])
        self.answers = iter([line.split("\t") for line in done.stdout.splitlines()])

    def nodes(self) -> dict[str, Found]:
        """What the next DUMP said, by path."""
        found = {}
        for parts in self.answers:
            if parts[0] == "END":
                return found
            _, path, relevant, required, value, choices = parts
            found[path] = Found(relevant == "true", required == "true", value, tuple(choices.split()))
        raise AssertionError("JavaRosa said too little")

    def tried(self) -> bool:
        """What the next TRY said."""
        word, let = next(self.answers)
        assert word == "TRY"
        return let == "true"
