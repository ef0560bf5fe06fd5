"""The command `suivi share`. Everything heavy is imported when it runs."""

from pathlib import Path

import click


@click.command()
@click.argument("event")
@click.option("--licence", required=True, help="What others may do with it, such as “CC BY-NC 4.0”.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to. By default a name here.")
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
def share(*, event: str, licence: str, output: Path | None, overwrite: bool) -> None:
    """Write the answers of EVENT (its code) for analysis by others, without identities, as an archive of CSV files.

    Profiles and dates are coarse, rare answers merged, free texts and sensitive questions left out, and no two rows can
    be put together. A codebook and a plain statement of what was done are in it. docs/sharing.md says how, and what it
    cannot do. It is written into the audit log.

    \b
    suivi share lse2026 --licence "CC BY-NC 4.0"
    """  # noqa: D301 # click wants the character itself
    from bot.reports.reporting import shared_of  # noqa: PLC0415
    from bot.reports.whole import put  # noqa: PLC0415

    path = output or Path(f"{event}-shared.zip")
    if path.exists() and not overwrite:
        raise click.ClickException(f"{path} is there already; --overwrite replaces it")
    content, rows, too_few = shared_of(event, licence)
    if not rows:
        raise click.ClickException("too few people have submitted any survey: nothing can be handed on")
    put(path, content)
    click.echo(path)
    told = f"{rows} rows. Read README.txt in it before you hand it on"
    click.echo(f"{told}; {too_few} surveys were left out." if too_few else f"{told}.", err=True)
