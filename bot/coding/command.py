"""The command `suivi code`. Everything heavy is imported when it runs."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conversations.messages import phrase
from conversations.model import Language

if TYPE_CHECKING:
    from bot.app import Store
    from bot.coding.returned import Returned
    from bot.coding.work import Work
    from conversations.coding import Agreement

_CODER = re.compile(r"[A-Z0-9]{1,8}")


@click.command("code")
@click.argument("event")
@click.argument("question")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the answers here (.xlsx).")
@click.option("--take", type=click.Path(path_type=Path, dir_okay=False), help="Take this workbook back, coded.")
@click.option("--agreement", is_flag=True, help="Print how far coders agree.")
@click.option("--coder", default="", help="Who codes: a few letters, such as AB. With --output: what they did so far.")
@click.option("--sensitive", is_flag=True, help="The question is sensitive, and I mean it. Asked once more.")
@click.option("--overwrite", is_flag=True, help="With --output: replace the file if it is there.")
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Of faults.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def code(
    *,
    event: str,
    question: str,
    output: Path | None,
    take: Path | None,
    agreement: bool,
    coder: str,
    sensitive: bool,
    overwrite: bool,
    language: str,
    yes: bool,
) -> None:
    """Have the answers to QUESTION of EVENT (its code), which people wrote in their own words, sorted into themes.

    The workbook that goes out holds the answers and the codebook, and nothing that leads to anybody. What comes back is
    checked as a whole, and kept only without a fault; the themes are then in the report. See docs/coding.md.

    \b
    suivi code lse2026 retained --output retained.xlsx
    suivi code lse2026 retained --take retained.xlsx --coder AB
    suivi code lse2026 retained --agreement
    """  # noqa: D301 # click wants the character itself
    from bot.app import open_store  # noqa: PLC0415
    from bot.coding.work import work_on  # noqa: PLC0415
    from bot.reports.problem import ExportProblem  # noqa: PLC0415
    from bot.settings import load  # noqa: PLC0415

    if [output is not None, take is not None, agreement].count(True) != 1:
        raise click.UsageError("say one of --output, --take and --agreement")
    coder = coder.strip().upper()
    if (take is not None and not coder) or (coder and not _CODER.fullmatch(coder)):
        raise click.UsageError("--coder takes up to eight letters or digits, such as AB: no names")
    store = open_store(load())
    try:
        work = work_on(store, event, question)
    except ExportProblem as problem:
        raise click.ClickException(str(problem)) from None
    if work.sensitive and not sensitive:
        raise click.ClickException(f"{question} is marked as sensitive, or asked because of what is: add --sensitive")
    if output is not None:
        _write(store, work, output, coder, overwrite=overwrite, yes=yes)
    elif take is not None:
        _take(store, work, take, coder, language, yes=yes)
    else:
        _tell(work)


def _write(store: "Store", work: "Work", path: Path, coder: str, *, overwrite: bool, yes: bool) -> None:
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.coding.book import coding_book  # noqa: PLC0415
    from bot.coding.work import gone_out  # noqa: PLC0415
    from bot.reports.whole import put  # noqa: PLC0415

    if path.suffix.lower() != ".xlsx":
        raise click.ClickException(f"{path} must end in .xlsx")
    if path.exists() and not overwrite:
        raise click.ClickException(f"{path} is there already; --overwrite replaces it")
    if not work.answers:
        raise click.ClickException(f"nobody has submitted an answer to {work.question} yet")
    if work.sensitive and not yes:
        click.confirm(
            f"{work.question} is sensitive: who reads these answers may recognise people, and hurt them. This is "
            "written into the audit log. Go on?",
            abort=True,
        )
    gone_out(store, work, SystemClock().now())
    put(path, coding_book(work.label, work.answers, work.codes, work.given.get(coder, {})))
    click.echo(path)
    click.echo(
        f"{_answers(len(work.answers))}. This file is sensitive: it holds what people wrote. Keep it encrypted, give "
        "it to nobody but the coder, and delete it once it was taken back.",
        err=True,
    )


def _take(store: "Store", work: "Work", path: Path, coder: str, language: str, *, yes: bool) -> None:
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.coding.returned import read_back  # noqa: PLC0415
    from bot.coding.work import take  # noqa: PLC0415
    from bot.workbook.errors import ContentErrors, told  # noqa: PLC0415

    try:
        returned = read_back(path, work.answers, work.codes)
    except ContentErrors as errors:
        for error in errors.errors:
            click.echo(told(error, Language(language)))
        count = len(errors.errors)
        click.echo(f"{count} fault{'s' if count > 1 else ''}. Nothing was kept.", err=True)
        sys.exit(1)
    for line in (*_changes(work, returned, coder), *_hurtful(returned, Language(language))):
        click.echo(line)
    if not yes:
        click.confirm(f"Keep this as what {coder} found?", abort=True)
    take(store, work, returned, coder, SystemClock().now())
    click.echo(f"Kept. Delete {path} now: it holds what people wrote.", err=True)


def _changes(work: "Work", returned: "Returned", coder: str) -> Iterator[str]:
    from bot.coding.work import change  # noqa: PLC0415

    found = change(work, returned, coder)
    yield f"{coder}, {work.question}: {_answers(len(returned.made))} coded"
    yield f"  for the first time: {found.new}"
    yield f"  otherwise than before: {found.other}"
    yield f"  as before: {found.same}"
    yield f"  coded before, and not any more: {found.gone}"
    yield f"  not coded: {found.waiting}"
    if returned.codes:
        yield f"new codes: {', '.join(each.name for each in returned.codes)}"


def _hurtful(returned: "Returned", reader: Language) -> Iterator[str]:
    """Words in new labels that may hurt who reads the report, each with better ones."""
    from bot.readiness.wording import hurtful  # noqa: PLC0415
    from locales.phrases import say  # noqa: PLC0415

    for each in returned.codes:
        for language in Language:
            for written, wording in hurtful(each.label.in_language(language), language):
                better = phrase("Better: {instead}. {reason}", instead=wording.instead, reason=wording.reason)
                yield f"{each.name}: “{written}”. {say(better, reader)}"


def _tell(work: "Work") -> None:
    from bot.coding.work import agreements  # noqa: PLC0415

    told = False
    for one, other, found in agreements(work):
        click.echo("\n".join(_agreement(one, other, found)))
        told = True
    if not told:
        coders = ", ".join(sorted(work.given)) or "nobody"
        raise click.ClickException(f"no answer was coded by two people; so far coded: {coders}")


def _agreement(one: str, other: str, found: "Agreement") -> Iterator[str]:
    from bot.reports.columns import in_columns  # noqa: PLC0415

    yield f"{one} and {other}: {_answers(found.answers)} coded by both"
    rows = [(name, t.both, t.first, t.second, t.neither, _kappa(t.kappa)) for name, t in found.tallies.items()]
    if rows:
        yield from in_columns(("code", "both", f"{one} alone", f"{other} alone", "neither", "kappa"), rows)
    yield f"kappa of all codes: {_kappa(found.kappa)} (n = {found.answers})"
    if found.differing:
        yield f"coded differently: {len(found.differing)}"
        yield from (f"  {each}" for each in found.differing)


def _kappa(kappa: float | None) -> str:
    return "not defined" if kappa is None else f"{kappa:.2f}"


def _answers(count: int) -> str:
    return f"{count} answer{'' if count == 1 else 's'}"
