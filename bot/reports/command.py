"""The commands `suivi export`, `suivi responses` and `suivi recall`. Everything heavy is imported when one runs."""

import asyncio
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.reports.exporting import Manner
    from bot.reports.gathering import Gathered, Progress, Wish
    from bot.settings import Settings
    from storage.dispositions import Wave

_STATUSES = ("complete", "partial", "broken_off", "refused", "not_reached")


@click.command()
@click.argument("event")
@click.option("--survey", help="The name of one survey; all when left out.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["xlsx", "csv", "sav", "dta", "xml"]),
    default="xlsx",
    show_default=True,
    help="Excel, CSV, SPSS, Stata, or ODK submissions.",
)
@click.option(
    "--labels",
    type=click.Choice(["names", "en", "fr"]),
    help="Names, or labels in English or French. By default names, and for SPSS and Stata English labels.",
)
@click.option("--separator", default="/", show_default=True, help="Stands between groups and question in headers.")
@click.option("--no-groups", is_flag=True, help="Leave the groups out of headers.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to. By default a name with the date, here."
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was answered on this day or later.")
@click.option("--status", "statuses", type=click.Choice(_STATUSES), multiple=True, help="Only these; may be repeated.")
@click.option("--only-responses", is_flag=True, help="Leave out the rows of people who never began.")
@click.option("--history", is_flag=True, help="Add what answers were before they were changed after submitting.")
@click.option("--without-sensitive", is_flag=True, help="Leave out sensitive questions, and what would give them away.")
@click.option("--raw", is_flag=True, help="CSV: leave texts as typed, though a spreadsheet may run them as formulas.")
@click.option("--bom", is_flag=True, help="CSV: begin with the mark by which Excel knows UTF-8.")
@click.option(
    "--files",
    type=click.Path(path_type=Path, file_okay=False),
    help="Save photos, recordings and other files into this folder as well; needs the bot's token.",
)
def export(  # one argument an option
    *,
    event: str,
    survey: str | None,
    format_: str,
    labels: str | None,
    separator: str,
    no_groups: bool,
    output: Path | None,
    overwrite: bool,
    since: datetime | None,
    statuses: tuple[str, ...],
    only_responses: bool,
    history: bool,
    without_sensitive: bool,
    raw: bool,
    bom: bool,
    files: Path | None,
) -> None:
    """Write the answers to the surveys of EVENT (its code) into a file.

    There is a row for each survey that was planned and due for each participant, with its status, so that shares can be
    worked out; --only-responses leaves the empty ones out. People go by a pseudonym that is theirs in this event alone.
    What each format holds: docs/exports.md.

    \b
    suivi export lse2026                                       # an Excel workbook
    suivi export lse2026 --format sav --labels fr --survey after
    suivi export lse2026 --format csv --status complete --since 2026-03-01
    """  # noqa: D301 # click wants the character itself
    from bot.reports.dataset import Labels, Style  # noqa: PLC0415
    from bot.reports.exporting import Format, Manner  # noqa: PLC0415
    from bot.reports.gathering import Wish  # noqa: PLC0415
    from storage.dispositions import Status  # noqa: PLC0415

    if format_ == "xml" and history:
        raise click.UsageError("ODK submissions have no place for --history")
    if format_ != "csv" and (raw or bom):
        raise click.UsageError("--raw and --bom are for --format csv")
    wish = Wish(
        event=event,
        survey=survey,
        since=since.date() if since is not None else None,
        statuses=frozenset(map(Status, statuses or _STATUSES)),
        only_responses=only_responses,
        history=history,
        without_sensitive=without_sensitive,
    )
    chosen = Labels(labels or ("en" if format_ in ("sav", "dta") else "names"))
    manner = Manner(Format(format_), Style(chosen, None if no_groups else separator), raw, bom)
    with _tidied_when_stopped():
        _export(wish, manner, output, files, overwrite=overwrite)


@click.command()
@click.argument("event")
def responses(event: str) -> None:
    """Count who joined EVENT (its code) and how many answered, in all and wave by wave.

    What the words mean: docs/exports.md.
    """
    from bot.main import response_counts, waves  # noqa: PLC0415

    for name, count in response_counts(event).items():
        click.echo(f"{name}: {count}")
    found = waves(event)
    if found:
        click.echo("\n" + "\n".join(_table(found)))


@click.command()
@click.argument("event")
@click.option("--by-language", is_flag=True, help="Apart for each language that people’s chats speak now.")
@click.option("--by-group", is_flag=True, help="Apart for those who are held back from refreshers, and the others.")
@click.option("--all", "everything", is_flag=True, help="Show figures of fewer than five answers too.")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
def recall(*, event: str, by_language: bool, by_group: bool, everything: bool, as_json: bool) -> None:
    """Tell how many people in EVENT (its code) recall each key message, wave by wave.

    People asked, answered and right, with the 95 % interval of the share, changes from wave to wave of those who
    answered both, and what refreshers found. For operators alone: the figures are exact. What they mean, and what they
    cannot tell: docs/exports.md.
    """
    from bot.main import learning  # noqa: PLC0415
    from bot.reports.recall import View, figures, told  # noqa: PLC0415

    view = View(by_language, by_group, everything)
    counted = figures(*learning(event), view)
    click.echo(json.dumps(counted, indent=2) if as_json else "\n".join(told(counted, view)))


@contextmanager
def _tidied_when_stopped() -> "Iterator[None]":
    """A closed terminal and a service manager's stop end the command as Ctrl-C does.

    By default they end it at once, and answers in clear would stay behind in the folder of what is on its way.
    """

    def stop(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    numbers = (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
    before = {each: signal.signal(each, stop) for each in numbers if signal.getsignal(each) is signal.SIG_DFL}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _export(wish: "Wish", manner: "Manner", output: Path | None, files: Path | None, *, overwrite: bool) -> None:
    from bot.app import open_store  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.main import known  # noqa: PLC0415
    from bot.reports import exporting  # noqa: PLC0415
    from bot.reports.gathering import attachments, gather  # noqa: PLC0415
    from bot.reports.problem import ExportProblem  # noqa: PLC0415
    from bot.settings import ConfigError, load  # noqa: PLC0415

    settings, clock = load(), SystemClock()
    if files is not None and settings.token is None:
        raise ConfigError("--files needs SUIVI_BOT_TOKEN: the files are still with Telegram")
    store, now = open_store(settings), clock.now()
    known(store, wish.event)
    try:
        gathered = gather(store, wish, now)
        suffix = exporting.ending(gathered, manner)
        path = output or Path(_file_name(gathered, now.date(), suffix))
        if path.suffix.lower() != suffix:
            raise ExportProblem(
                f"{path} must end in {suffix}" + (": it holds several files" if suffix == ".zip" else "")
            )
        with _progress(len(gathered.listed), "Responses") as progress:
            exporting.export(store, gathered, manner, path, progress, overwrite=overwrite)
        click.echo(path)
        click.echo(_summary(gathered), err=True)
        if files is not None:
            _save_files(settings, clock, attachments(store, gathered, manner.style.labels), files)
    except ExportProblem as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as error:
        raise click.ClickException(f"the export cannot be written ({error.strerror})") from None


def _save_files(settings: "Settings", clock: "Clock", wanted: dict[str, str], folder: Path) -> None:
    from bot.telegram.downloads import save_files  # noqa: PLC0415

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _progress(len(wanted), "Files") as progress:
        saved = asyncio.run(save_files(settings, clock, wanted, folder, progress))
    click.echo(f"{saved.there} of {len(wanted)} files are in {folder}; they may show faces and voices.", err=True)
    if saved.missing:
        click.echo("Telegram did not give: " + ", ".join(saved.missing), err=True)
        sys.exit(1)


def _file_name(gathered: "Gathered", today: date, suffix: str) -> str:
    survey = f"-{gathered.wish.survey}" if gathered.wish.survey is not None else ""
    return f"{gathered.event.code}{survey}-{today.isoformat()}{suffix}"


@contextmanager
def _progress(total: int, label: str) -> "Iterator[Progress]":
    """A bar where somebody looks on, beside what the command prints."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update


def _summary(gathered: "Gathered") -> str:
    begun = sum(each.started is not None for each in gathered.listed)
    told = (
        f"{len(gathered.listed)} rows, of which {begun} have answers{_empty(len(gathered.listed) - begun)}, from "
        f"{len(gathered.surveys)} survey{'s' if len(gathered.surveys) != 1 else ''}. "
        "This file is sensitive: it holds what people answered, one row a person. "
        "Keep it encrypted, and delete it when it is not needed any more."
    )
    if gathered.sensitive:
        told += f" Marked as sensitive: {', '.join(gathered.sensitive)} (--without-sensitive leaves them out)."
    return told


def _empty(rows: int) -> str:
    """What to do about rows without answers; nothing when there are none."""
    return f" and {rows} have none (--only-responses leaves those out)" if rows else ""


def _table(found: "tuple[Wave, ...]") -> list[str]:
    from bot.reports.columns import in_columns  # noqa: PLC0415

    names = [each.name.replace("_", " ") for each in fields(found[0])]
    names[names.index("occurrence")] = "wave"
    return in_columns(names, [(wave.survey, wave.occurrence + 1, *astuple(wave)[2:]) for wave in found])
