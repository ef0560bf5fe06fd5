"""The command `suivi`. Everything heavy is imported by the command that needs it."""

import asyncio
import gc
import importlib.util
import logging
import signal
import sys
from collections.abc import Coroutine
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.clock import SystemClock
from bot.coding.command import code
from bot.emergency_command import pauseall, resume
from bot.readiness.command import check
from bot.reports.command import export, recall, responses
from bot.reports.report_command import report
from bot.reports.share_command import share
from bot.settings import ConfigError
from bot.team_command import audit, team

if TYPE_CHECKING:
    from bot.workbook import Draft

_STOPPED = 130
"""What a command gives back that Ctrl-C ended, as shells have it: 128 and the number of the signal."""
_Result = TypeVar("_Result")
_GARBAGE_THRESHOLD = 20_000
_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Friendly(click.Group):
    """A group whose operator errors are one line, not a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Friendly, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="suivi")
@click.option("-v", "--verbose", is_flag=True, help="Tell more of what is going on.")
def main(*, verbose: bool) -> None:
    """Suivi carries a learning event on for the year after it, in a chat.

    \b
    To see it:           suivi run          (without a token: a local Telegram in your browser)
    To make an event:    suivi template my-event.xlsx, fill it in, suivi check my-event.xlsx
    To try it out:       suivi rehearse my-event.xlsx --html rehearsal.html
    To run it for real:  SUIVI_BOT_TOKEN=... in the environment or in .env, then
                         suivi import my-event.xlsx
                         suivi invite CODE --role participant
                         suivi run
    """  # noqa: D301 # click wants the character itself
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format=_LOG_FORMAT)
    # What these say of a request holds the address, and the address holds the token.
    for name in ("httpx", "httpcore", "telegram", "aiohttp", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # That a second has gone by while a file is still being read is no news.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    logging.getLogger("bot").setLevel(logging.DEBUG if verbose else logging.INFO)


main.add_command(check)


@main.command()
@click.option("--pack", type=click.Path(path_type=Path), help="Without a token: the event pack to show.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Without a token: a new folder to keep the answers in, so that they can be exported.",
)
def run(*, pack: Path | None, keep: Path | None) -> None:
    """Start the bot.

    With SUIVI_BOT_TOKEN (or SUIVI_BOT_TOKEN_FILE) set it runs on Telegram, by polling, or by webhook when
    SUIVI_WEBHOOK_URL is set. Without a token it starts a local Telegram with a sample event and prints the address of
    its page; nothing of that is kept, unless --keep names a folder. All settings: docs/settings.md.
    """
    from bot import settings  # noqa: PLC0415

    loaded = settings.load()
    if loaded.token is not None:
        if keep is not None:
            raise click.UsageError("--keep is for the local Telegram, and there is a token: this bot keeps everything")
        from bot.main import run_for_real  # noqa: PLC0415

        _run(run_for_real(loaded))
    else:
        from bot.demo import run_demo  # noqa: PLC0415

        _run(run_demo(loaded, pack, keep))


@main.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Save one page here (.html), to be read in a browser or printed. Without it: text in the terminal.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "fr", "both"]),
    help="Language of all but the talks. By default both on a page, and en in the terminal.",
)
@click.option("--personas", default="", help="Whom to watch, by commas; all when left out. See above.")
@click.option(
    "--crowd",
    type=click.IntRange(0, 200),
    default=10,
    show_default=True,
    help="How many others take part, so that the group has something to read.",
)
@click.option("--seed", type=click.IntRange(0, 9999), default=1, show_default=True, help="Another one: other answers.")
@click.option("--progress/--no-progress", default=None, help="Show how far it is. By default in a terminal only.")
def rehearse(
    *, pack: Path, html: Path | None, language: str | None, personas: str, crowd: int, seed: int, progress: bool | None
) -> None:
    """Play the whole calendar of PACK with invented people, and tell what each of them would get.

    It takes a minute or less, needs no token, and writes to nobody. The clock of a local Telegram is moved from the
    first day of the event to the last thing in the schedule.

    \b
    suivi rehearse my-event.xlsx --html rehearsal.html
    suivi rehearse my-event.xlsx --personas late,blocks --crowd 0 | less

    \b
    keen-fr  Moussa, in Dakar, answers everything, in French
    keen-en  Amina, in Nairobi, answers everything
    late     Chantal, in Kinshasa, joins two months after the others
    half     Tendai, in Harare, answers about half of the time
    silent   Aïcha, in Abidjan, never answers
    blocks   Joseph, in Lagos, blocks the bot after a month
    """  # noqa: D301 # click wants the character itself
    from bot.rehearsal.command import fulfilled, understood  # noqa: PLC0415

    logging.getLogger("bot").setLevel(logging.ERROR)  # somebody blocks the bot: that is meant
    wish = understood(html, language, personas, crowd, seed)
    draft = _whole(pack)
    shown = sys.stderr.isatty() if progress is None else progress
    told = _run(fulfilled(wish, draft.whole(), draft.files, progress=shown))
    if told is None:
        sys.exit(_STOPPED)
    click.echo(told)


@main.command("import")
@click.argument("pack", type=click.Path(path_type=Path))
def import_(pack: Path) -> None:
    """Check an event pack and take it in, as a new event or as the next revision of one.

    People who are in the middle of a survey finish it as it was; all that is still planned follows the new revision.
    """
    from bot.main import import_event  # noqa: PLC0415

    today = SystemClock().now().date()
    draft = _whole(pack, " Nothing was taken in.", today=today)
    imported = import_event(draft.whole(), draft.files)
    if imported.changed:
        click.echo(f"Event {imported.event_code} is in, revision {imported.number}.")
    else:
        click.echo(f"Event {imported.event_code} is in already, word for word: nothing changed.")
    if not imported.live:
        click.echo(f"Its team has closed it, and nothing is sent: suivi reopen {imported.event_code}", err=True)
    for line in _gate_says(draft, today):
        click.echo(line, err=True)
    click.echo(f"Next: suivi invite {imported.event_code} --role participant", err=True)


@main.command()
@click.argument("event")
def reopen(event: str) -> None:
    """Let EVENT (its code), which its team closed or archived, be live again, and plan what is still to come."""
    from bot.main import reopen_event  # noqa: PLC0415

    if reopen_event(event):
        click.echo(f"Event {event} is live again.")
    else:
        click.echo(f"Event {event} is live already: nothing changed.")


@main.command()
@click.argument("event")
@click.option(
    "--role",
    type=click.Choice(["participant", "moderator", "coordinator"]),
    default="participant",
    show_default=True,
    help="Participants share one link; that of a moderator or coordinator is for one person, for 15 minutes.",
)
@click.option("--new", is_flag=True, help="For a coordinator: begin this event, which they then set up in the chat.")
def invite(event: str, role: str, *, new: bool) -> None:
    """Print an invitation to EVENT (its code), as a link that opens the chat.

    Whoever opens that of a moderator or coordinator waits to be confirmed: in the chat by a coordinator, or here by
    suivi team confirm.
    """
    from bot.main import invitation_link  # noqa: PLC0415
    from conversations.model import Role  # noqa: PLC0415

    if new and role != "coordinator":
        raise click.UsageError("--new is for --role coordinator: somebody has to set the event up")
    click.echo(invitation_link(event, Role(role), new=new))
    if role != "participant":
        click.echo("For one person, for 15 minutes. They will tell you four letters; then:", err=True)
        click.echo(f"suivi team confirm {event} LETTERS", err=True)


@main.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
def template(path: Path, *, overwrite: bool) -> None:
    """Write a commented example workbook (.xlsx) to make your own event from."""
    from bot.workbook import template as writer  # noqa: PLC0415

    if path.suffix.lower() != ".xlsx":
        raise click.ClickException(f"{path} must end in .xlsx")
    try:
        writer.write(path, overwrite=overwrite)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already; --overwrite replaces it") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written ({error.strerror})") from None
    click.echo(f"{path} is written. Fill it in, then: suivi check {path}")


main.add_command(export)
main.add_command(responses)
main.add_command(recall)
main.add_command(report)
main.add_command(share)
main.add_command(code)
main.add_command(pauseall)
main.add_command(resume)
main.add_command(team)
main.add_command(audit)


@main.command("new-key")
def new_key() -> None:
    """Print a fresh master key, for SUIVI_MASTER_KEY."""
    from bot import settings  # noqa: PLC0415

    click.echo(settings.new_key())


def _run(work: Coroutine[None, None, _Result]) -> _Result | None:
    """Run on the faster event loop where there is one: sending is most of the work. None when it was stopped."""
    try:
        loop_factory = None
        if importlib.util.find_spec("uvloop") is not None:
            loop_factory = importlib.import_module("uvloop").new_event_loop
        # What is loaded by now stays for good: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(_GARBAGE_THRESHOLD, 20, 50)
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            return runner.run(_stopped_by_signals(work))
    finally:
        work.close()  # it may not even have begun


async def _stopped_by_signals(work: Coroutine[None, None, _Result]) -> _Result | None:
    """Ctrl-C, a service manager's stop and a closed terminal all end the work in order.

    Said to the event loop, they count even where whoever started the process had them ignored. Only the first one does:
    a second would cut short the clearing up.
    """
    running = asyncio.create_task(work)

    def stop() -> None:
        if not running.cancelling():
            running.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    try:
        return await running
    except asyncio.CancelledError:
        click.echo("\nStopped.", err=True)
        return None


def _gate_says(draft: "Draft", today: date) -> list[str]:
    """What would keep a team from publishing this from the chat; the operator decides alone, and is only told."""
    from bot.readiness.report import report_on  # noqa: PLC0415
    from conversations.model import Language  # noqa: PLC0415
    from conversations.publishing import gate  # noqa: PLC0415
    from locales.phrases import say  # noqa: PLC0415

    refusing = gate(draft.event, report_on(draft, today).findings, draft.places.referrals, today)
    if not refusing:
        return []
    told = dict.fromkeys(f"  {say(each.problem, Language.EN)}" for each in refusing)
    return [f"From the chat, a team could not publish this; suivi check {draft.file} says where:", *told]


def _whole(pack: Path, in_vain: str = "", *, today: date | None = None) -> "Draft":
    from bot.workbook import ContentErrors, read_draft  # noqa: PLC0415

    draft = read_draft(pack, today)
    try:
        draft.whole()
    except ContentErrors as errors:
        for error in errors.errors:
            click.echo(str(error))
        count = len(errors.errors)
        click.echo(f"{count} fault{'s' if count > 1 else ''}.{in_vain}", err=True)
        sys.exit(1)
    return draft


if __name__ == "__main__":
    main()
