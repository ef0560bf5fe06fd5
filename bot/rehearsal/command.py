"""What `suivi rehearse` does with its options: whom to play with, how to show how far it is, where the result goes."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from bot import settings
from bot.rehearsal.personas import PERSONAS, Persona, chosen
from bot.rehearsal.play import Progress, rehearse, span_of
from bot.rehearsal.stage import Wanted
from bot.settings import ConfigError
from conversations.model import Event, Language

_PERCENT = 100
_LABEL = "Rehearsing"


@dataclass(frozen=True, slots=True)
class Wish:
    """The options, understood."""

    html: Path | None
    languages: tuple[Language, ...]
    personas: tuple[Persona, ...]
    crowd: int
    seed: int


def understood(html: Path | None, language: str | None, personas: str, crowd: int, seed: int) -> Wish:
    """The options as a wish. Raises ConfigError: there is no such persona, or the page cannot be written there."""
    if html is not None and html.suffix.lower() not in {".html", ".htm"}:
        raise ConfigError(f"--html: {html} must end in .html")
    if html is not None and not html.absolute().parent.is_dir():
        raise ConfigError(f"--html: there is no folder {html.absolute().parent}")
    keys = [key.strip() for key in personas.split(",") if key.strip()]
    known = [persona.key for persona in PERSONAS]
    if unknown := [key for key in keys if key not in known]:
        raise ConfigError(f"--personas: nobody is called {unknown[0]!r}. Known: {', '.join(known)}")
    frame = language or ("both" if html is not None else Language.EN)
    languages = tuple(Language) if frame == "both" else (Language(frame),)
    return Wish(html, languages, chosen(keys), crowd, seed)


async def fulfilled(wish: Wish, event: Event, files: Mapping[str, bytes], *, progress: bool) -> str:
    """Rehearse, and give what is to be printed: all of it, or where the page is. Raises ConfigError."""
    wanted = Wanted(event, wish.personas, wish.crowd, wish.seed, wish.languages, files)
    with _shown(wanted, progress=progress) as moved:
        rehearsal = await rehearse(wanted, settings.load(), moved)
    if wish.html is None:
        from bot.rehearsal.text import text  # noqa: PLC0415 # one of the two is needed

        return text(rehearsal, wish.languages)
    from bot.rehearsal.page import page  # noqa: PLC0415 # one of the two is needed

    try:
        wish.html.write_text(page(rehearsal, wish.languages), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"--html: {wish.html} cannot be written ({error.strerror})") from None
    return f"{wish.html} is written. Open it in a browser: {wish.html.absolute().as_uri()}"


@contextmanager
def _shown(wanted: Wanted, *, progress: bool) -> Iterator[Progress]:
    """Tell on the standard error how far the clock has come: a bar in a terminal, lines elsewhere, or nothing."""
    span = span_of(wanted)
    terminal = sys.stderr.isatty()
    with click.progressbar(length=_PERCENT, label=_LABEL, file=sys.stderr, hidden=not (progress and terminal)) as bar:

        def moved(now: datetime) -> None:
            percent = int(_PERCENT * min(1.0, (now - span.start) / span.length)) if span.length else _PERCENT
            if percent > bar.pos:
                if progress and not terminal:
                    click.echo(f"{_LABEL}: {percent} %", err=True)
                bar.update(percent - bar.pos)

        yield moved
