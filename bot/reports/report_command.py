"""The command `suivi report`. Everything heavy is imported when it runs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from conversations.model import Language
    from conversations.report.values import Report

_FORMS = ("pptx", "xlsx", "pdf", "html", "png", "svg")
_LANGUAGES = {"en": ("en",), "fr": ("fr",), "both": ("en", "fr")}


@click.command()
@click.argument("event")
@click.option(
    "--form",
    "forms",
    type=click.Choice([*_FORMS, "all"]),
    multiple=True,
    default=("pptx",),
    show_default=True,
    help="Slides, Excel workbook, PDF, web page, or a picture of each figure; may be repeated.",
)
@click.option(
    "--language", type=click.Choice(list(_LANGUAGES)), default="both", show_default=True, help="What it is in."
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="Where to. By default here.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@click.option("--without-sensitive", is_flag=True, help="Leave out sensitive questions and key messages.")
@click.option("--open", "opened", is_flag=True, help="Show small numbers too. It is asked once more, and audited.")
@click.option("--yes", is_flag=True, help="With --open: do not ask.")
def report(
    *,
    event: str,
    forms: tuple[str, ...],
    language: str,
    folder: Path,
    overwrite: bool,
    without_sensitive: bool,
    opened: bool,
    yes: bool,
) -> None:
    """Write the report on EVENT (its code): who answered, what people learnt, passed on and put into practice.

    Numbers of fewer people than the workbook says (five, unless it says otherwise) are hidden, and others beside them
    so that they cannot be worked out. What the figures mean: docs/report.md.

    \b
    suivi report lse2026                                  # slides in both languages
    suivi report lse2026 --form all --language fr --folder reports
    """  # noqa: D301 # click wants the character itself
    from bot.reports.reporting import report_on  # noqa: PLC0415
    from conversations.model import Language  # noqa: PLC0415

    if opened and not yes:
        click.confirm(
            "With small numbers shown, people can be recognised by their answers. This is written into the audit log. "
            "Go on?",
            abort=True,
        )
    wanted = tuple(dict.fromkeys(_FORMS if "all" in forms else forms))
    made = report_on(event, wanted, opened=opened, sensitive=not without_sensitive)
    if not made.figures:
        raise click.ClickException("nobody has been asked anything yet: there is nothing to report")
    _write(made, wanted, tuple(map(Language, _LANGUAGES[language])), folder, overwrite=overwrite)
    hidden = "small numbers are shown: give it only to those who need it" if opened else "small numbers are hidden"
    click.echo(f"{len(made.figures)} figures; {hidden}.", err=True)


def _write(
    made: "Report", forms: tuple[str, ...], languages: "tuple[Language, ...]", folder: Path, *, overwrite: bool
) -> None:
    from bot.reports.figures.forms import Form, files  # noqa: PLC0415
    from bot.reports.whole import put  # noqa: PLC0415

    for form in forms:
        for name, content in files(made, Form(form), languages):
            path = folder / name
            if path.exists() and not overwrite:
                raise click.ClickException(f"{path} is there already; --overwrite replaces it")
            put(path, content)
            click.echo(path)
