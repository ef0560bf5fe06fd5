"""Files that are there whole or not at all, for their owner alone."""

import os
from pathlib import Path

import click


def put(path: Path, content: bytes) -> None:
    """Write the file, in place of any that is there. Raises ClickException, with what to say, when it cannot be."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise click.ClickException(f"{path} cannot be written ({error.strerror})") from None
