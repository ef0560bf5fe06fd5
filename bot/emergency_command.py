"""The commands `suivi pauseall` and `suivi resume`."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from conversations.stops import Backlog


@click.command()
@click.argument("event", required=False)
def pauseall(event: str | None) -> None:
    """Stop all messages of EVENT (its code), or without EVENT everything that the bot sends.

    It takes effect within seconds, also while the bot runs, and lasts until suivi resume. Whoever writes or taps
    meanwhile reads that the chat rests; nothing of what waits is lost. The coordinators are told.
    """
    from bot.app import open_store  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.emergency import pause_all  # noqa: PLC0415
    from bot.settings import load  # noqa: PLC0415

    begun, backlog = pause_all(open_store(load()), event, SystemClock())
    click.echo(f"{_what(event)} is stopped{'' if begun else ' already'}.")
    _show(backlog)
    click.echo(f"Next: {_resume(event)} shows what would be sent.", err=True)


@click.command()
@click.argument("event", required=False)
@click.option("--send", is_flag=True, help="Let it go on, and send what waits and is not over, by the usual rules.")
@click.option("--let-go", is_flag=True, help="Let it go on, and never send what waits.")
def resume(event: str | None, *, send: bool, let_go: bool) -> None:
    """Show what would be sent if EVENT (its code), or without EVENT the whole bot, went on; with an option, let it.

    The coordinators are told.
    """
    from bot.app import open_store  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.emergency import resume_all, still_stopped, waiting  # noqa: PLC0415
    from bot.settings import load  # noqa: PLC0415

    if send and let_go:
        raise click.UsageError("--send or --let-go, not both")
    store, clock = open_store(load()), SystemClock()
    stop, backlog = waiting(store, event, clock)
    if stop is None:
        click.echo(f"{_what(event)} is not stopped.")
        _say_what_is(still_stopped(store, event))
        sys.exit(1)
    by = f"by {stop.by}" if stop.by else "by the operator"
    click.echo(f"{_what(event)} is stopped since {stop.since:%Y-%m-%d %H:%M} UTC, {by}.")
    _show(backlog)
    if not (send or let_go):
        click.echo(f"Nothing was changed. Next: {_resume(event)} --send, or --let-go", err=True)
        return
    resume_all(store, event, clock, let_go=let_go)
    click.echo(f"{_what(event)} goes on. What waited {'is let go' if let_go else 'is sent by the usual rules'}.")
    _say_what_is(still_stopped(store, event))


def _what(event: str | None) -> str:
    return "The whole bot" if event is None else f"Event {event}"


def _resume(event: str | None) -> str:
    return "suivi resume" if event is None else f"suivi resume {event}"


def _show(backlog: "Backlog") -> None:
    for kind, count in backlog.waiting:
        click.echo(f"waits: {count} {kind}{'' if count == 1 else 's'}")
    if not backlog.waiting:
        click.echo("waits: nothing")
    if backlog.over:
        click.echo(f"over by now, and not sent in any case: {backlog.over}")
    if backlog.on_its_way:
        click.echo(f"on its way already: {backlog.on_its_way}")


def _say_what_is(stopped: tuple[str, ...]) -> None:
    for each in stopped:
        click.echo(f"{_what(each or None)} is stopped all the same: {_resume(each or None)}", err=True)
