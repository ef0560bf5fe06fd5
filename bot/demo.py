"""`suivi run` without a token: a local Telegram in the browser, with an event that people can join at once.

The sandbox runs as a process of its own and is spoken to over HTTP alone, as Telegram would be. Everything is kept in a
temporary folder and gone when the demonstration ends, unless a folder to keep it in was named.
"""

import asyncio
import logging
import secrets
import sys
from datetime import datetime
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import click

from bot.answer_candidates import SENTENCES
from bot.app import App, Store, open_store, running, serve
from bot.demo_scenes import scenes
from bot.invented_answers import invented
from bot.local_habits import ignored, left_alone, never_tapped
from bot.local_telegram import (
    SAMPLE_PACK,
    START_SECONDS,
    check_port,
    event_of,
    folder_to_keep,
    held_lately,
    kept_settings,
    local_settings,
    reading_kept,
    sandbox_process,
)
from bot.main import import_into, new_invitation
from bot.sandbox_clock import SandboxClock
from bot.settings import Settings
from conversations.model import Event, Language, Role

log = logging.getLogger(__name__)

_COORDINATORS = 20
"""Invitations for coordinators whom the page or a scene adds; each works once."""


async def run_demo(settings: Settings, pack: Path | None, keep: Path | None = None) -> None:
    """Run the demonstration until stopped, and keep its data in `keep`, if it is given, for other commands.

    Raises ConfigError, also when its sandbox ends before it.
    """
    event, files = event_of(pack or SAMPLE_PACK)
    check_port(settings.sandbox_port)
    keep = folder_to_keep(keep) if keep is not None else None
    with TemporaryDirectory(prefix="suivi-") as folder:
        async with sandbox_process(settings.sandbox_port) as url, SandboxClock(url) as clock:
            local = kept_settings(settings, url, keep) if keep else local_settings(settings, url, Path(folder))
            store = open_store(local)
            event = held_lately(event, clock.now().date())
            import_into(store, event, clock, files)
            async with running(local, store, clock) as app:
                serving = asyncio.create_task(serve(local, app, clock))
                following = asyncio.create_task(clock.follow(app))
                await app.telegram.bot.set_my_name("Suivi")
                await fill_page(url, event, store, app, clock)
                click.echo(f"\n  Suivi is running with the event “{event.title.en}”.\n")
                told = _how_to_export(settings, local, event.code) if keep else "nothing is kept."
                click.echo(f"  Open  {url}/  in a browser. Ctrl-C stops it; {told}\n")
                await asyncio.gather(serving, following)


def _how_to_export(settings: Settings, kept: Settings, code: str) -> str:
    # As it was called: `suivi` alone is not found where it is installed in a folder of its own.
    suivi = sys.argv[0] if Path(sys.argv[0]).name == "suivi" else "suivi"
    return f"""the answers are kept, and so is their key: invent them.

  To export them, in another terminal or afterwards:

  {reading_kept(settings, kept)} {quote(suivi)} export {code}"""


async def fill_page(url: str, event: Event, store: Store, app: App, clock: SandboxClock) -> None:
    """Phones for two participants and the group, what can be added to them, and a coordinator who links the group."""

    def link(role: Role) -> str:
        # Without an end: on the page a quarter of an hour passes in a moment.
        code = new_invitation(store, event.code, role, None, clock, vouched=True)
        return f"https://t.me/{app.telegram.bot.username}?start={code}"

    participants = link(Role.PARTICIPANT)
    coordinator = new_invitation(store, event.code, Role.COORDINATOR, None, clock, vouched=True)
    async with aiohttp.ClientSession(base_url=url, raise_for_status=True) as session:
        page = await _post(
            session,
            "/sandbox/demo",
            {
                "people": [
                    {"name": "Amina", "language": "en", "zone": "Africa/Nairobi"},
                    {"name": "Moussa", "language": "fr", "zone": "Africa/Dakar"},
                ],
                "group": {"title": event.title.en},
                "invitations": {
                    "participant": {"link": participants},
                    "coordinator": {"links": [link(Role.COORDINATOR) for _ in range(_COORDINATORS)]},
                },
                "crowd": _crowd(event, clock.now()) | {"link": participants},
                "scenes": scenes(event, event.title.en, clock.now()),
            },
        )
        # Without a phone on the page: linking a group is a scene of its own.
        grace = await _post(session, "/sandbox/people", {"name": "Grace", "language": "en", "zone": "Africa/Nairobi"})
        group = page["groups"][0]["id"]
        await _post(session, f"/sandbox/groups/{group}/join", {"person": grace["id"]})
        await _post(session, f"/sandbox/people/{grace['id']}/start", {"code": coordinator})
        await _told(session, grace["id"])
        await _post(session, f"/sandbox/people/{grace['id']}/say", {"chat": group, "text": f"/link {event.code}"})


def _crowd(event: Event, now: datetime) -> dict[str, Any]:
    """How simulated people behave: they agree to all, and answer every question, half of them in each language."""
    answers = invented(event, tuple(Language), now.astimezone(ZoneInfo(event.timezone))).answers
    return {
        "avoid": never_tapped(event),
        "ignore": ignored(),
        "leave": left_alone(),
        "texts": [f"{sentence.en} / {sentence.fr}" for sentence in SENTENCES],
        "answers": answers,
        "seed": secrets.randbelow(1000),
    }


async def _told(session: aiohttp.ClientSession, person: int) -> None:
    """Wait until the bot has answered this person: only then are they a coordinator."""
    for _ in range(START_SECONDS * 10):
        async with session.get(f"/sandbox/chats/{person}/messages") as response:
            if len(await response.json()) > 1:
                return
        await asyncio.sleep(0.1)
    log.warning("the bot has not answered yet: the group is not linked")


async def _post(session: aiohttp.ClientSession, path: str, body: dict[str, Any]) -> dict[str, Any]:
    async with session.post(path, json=body) as response:
        answer: dict[str, Any] = await response.json()
        return answer
