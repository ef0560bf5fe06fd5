"""The command `suivi check`."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from bot.clock import SystemClock

_BLOCKED = 1


@click.command()
@click.argument("form", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "json_", is_flag=True, help="Give the report as JSON, for scripts.")
@click.option("--strict", is_flag=True, help="Fail on missing translations and other remarks of weight, too.")
@click.option("--all", "everything", is_flag=True, help="Show every finding; long lists are cut otherwise.")
@click.option(
    "--language",
    type=click.Choice(["en", "fr"]),
    default=lambda: language_of(os.environ),
    help="Language of the report. By default that of the terminal (LANG), or en.",
)
def check(*, form: Path, json_: bool, strict: bool, everything: bool, language: str) -> None:
    """Tell whether FORM, an event pack or an XLSForm, is ready for a chat, and what could be better.

    What blocks it, what is left out, which translations are missing, how long it takes, how hard it is to read, and
    what may be delicate or hurtful: each with its sheet, row and column, and what to do about it.

    \b
    Exit status: 0 ready, remarks or not; 1 something blocks (with --strict: or a remark weighs); 2 wrong usage.
    """  # noqa: D301 # click wants the character itself
    from bot.readiness.report import report_on  # noqa: PLC0415 # readers of workbooks take long to import
    from bot.workbook import read_draft  # noqa: PLC0415
    from conversations.model import Language  # noqa: PLC0415

    today = SystemClock().now().date()
    report = report_on(read_draft(form, today), today)
    if json_:
        from bot.readiness.as_json import as_json  # noqa: PLC0415 # one of the two is needed

        click.echo(as_json(report, Language(language)))
    else:
        from bot.readiness.text import text  # noqa: PLC0415 # the same

        click.echo(text(report, Language(language), everything=everything))
    if report.fails(strict=strict):
        sys.exit(_BLOCKED)


def language_of(environment: Mapping[str, str]) -> str:
    """The language that a terminal's environment asks for, as POSIX has it: the first of three that is set."""
    asked = next(filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "fr" if asked.lower().startswith("fr") else "en"
