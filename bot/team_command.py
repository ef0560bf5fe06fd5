"""The commands `suivi team` and `suivi audit`. Everything heavy is imported when one runs."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.app import Store
    from bot.operating import Operator
    from conversations.desk import Member, Team
    from storage.audit import Entry


@click.group()
def team() -> None:
    """See who looks after an event; confirm, turn down and remove.

    People go by four letters, which stand on their own screen as well. Ask for them by telephone or in person before
    you confirm anybody.
    """


@team.command("list")
@click.argument("event")
def list_(event: str) -> None:
    """List the team of EVENT (its code), and who waits to be confirmed."""
    found = _operator().team(event)
    for member in found.members:
        click.echo(_line(member))
    for candidate in found.candidates:
        click.echo(f"{_line(candidate)}  waits to be confirmed")
    if not found.members and not found.candidates:
        click.echo("nobody")
    _warn_of_nobody(event, found)


@team.command()
@click.argument("event")
@click.argument("letters")
def confirm(event: str, letters: str) -> None:
    """Take whoever goes by LETTERS, and waits, into the team of EVENT. They are told."""
    who = _operator().confirm(event, letters)
    click.echo(f"{who.sign} is a {who.role} of {event} now.")


@team.command()
@click.argument("event")
@click.argument("letters")
def refuse(event: str, letters: str) -> None:
    """Turn down whoever goes by LETTERS and waits for EVENT. They are told."""
    who = _operator().refuse(event, letters)
    click.echo(f"{who.sign} is not in the team of {event}.")


@team.command()
@click.argument("event")
@click.argument("letters")
def remove(event: str, letters: str) -> None:
    """Take whoever goes by LETTERS out of the team of EVENT, at once. They are told."""
    operator = _operator()
    who = operator.remove(event, letters)
    left = operator.team(event)
    click.echo(f"{who.sign} is no longer in the team of {event}.")
    _warn_of_nobody(event, left)


@click.group()
def audit() -> None:
    """Look at the record of what teams and the operator did, and check that nobody changed it.

    Every line has a stamp over itself and the stamp before. Note the last stamp elsewhere, on paper for example: lines
    that are taken away from the end show only against a stamp that was noted before.
    """


@audit.command()
@click.option("--noted", default="", help="A stamp that was noted earlier: it has to be among the lines.")
def verify(*, noted: str) -> None:
    """Check the whole record; print the number of lines and the last stamp.

    Gives back 1 when a line was changed, removed or moved, or when the noted stamp is missing.
    """
    from storage import audit as log  # noqa: PLC0415

    store = _store()
    with store.engine.connect() as connection:
        verdict = log.verify(connection, store.vault, noted)
    if verdict.broken is not None:
        click.echo(f"line {verdict.broken} does not fit the one before it: something was changed, removed or moved")
        sys.exit(1)
    click.echo(f"lines: {verdict.lines}")
    click.echo(f"last stamp: {verdict.stamp}")
    if not verdict.seen:
        click.echo("the noted stamp is not there: lines were taken away from the end")
        sys.exit(1)


@audit.command("list")
@click.option("--event", default="", help="Only this event (its code).")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="So many of the newest lines.")
def entries(*, event: str, most: int) -> None:
    """Print the newest lines: when, who, which event, what, to which thing, and what came of it.

    Those of a team go by their pseudonym in the event.
    """
    from storage import audit as log  # noqa: PLC0415

    store = _store()
    with store.engine.connect() as connection:
        for entry in log.entries(connection, event, most):
            click.echo(_told(entry))


def _store() -> "Store":
    from bot.app import open_store  # noqa: PLC0415
    from bot.settings import load  # noqa: PLC0415

    return open_store(load())


def _operator() -> "Operator":
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.operating import Operator  # noqa: PLC0415

    return Operator(_store(), SystemClock())


def _line(member: "Member") -> str:
    return f"{member.sign}  {member.role:<11}  since {member.since:%Y-%m-%d %H:%M} UTC"


def _told(entry: "Entry") -> str:
    thing = f" {entry.item}" if entry.item else ""
    came = f": {', '.join(entry.details)}" if entry.details else ""
    return f"{entry.at:%Y-%m-%d %H:%M:%S}  {entry.actor}  {entry.event}  {entry.act}{thing}{came}"


def _warn_of_nobody(event: str, found: "Team") -> None:
    if any(member.role == "coordinator" for member in found.members):
        return
    if found.candidates:
        click.echo(f"nobody coordinates {event} yet: suivi team confirm {event} LETTERS lets in who waits", err=True)
    else:
        click.echo(f"{event} has no coordinator: suivi invite {event} --role coordinator", err=True)
