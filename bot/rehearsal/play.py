"""Playing the calendar: a sandbox of its own, the bot in this process, people who join, and a clock that is moved on.

Between the bot and the sandbox there is HTTP alone, as between the bot and Telegram.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import aiohttp
from sqlalchemy import Connection

from bot.app import App, open_store, running, serve
from bot.clock import Clock, SystemClock
from bot.invented_answers import Invented, invented
from bot.local_habits import ignored, left_alone, never_tapped
from bot.local_telegram import local_settings, sandbox_process
from bot.main import import_into
from bot.rehearsal.outcomes import GroupLife, Life, Rehearsal, figures, opened
from bot.rehearsal.personas import PERSONAS, Persona, about, blocks_after, joins_after, newcomer, others, pauses_after
from bot.rehearsal.record import talks
from bot.rehearsal.stage import Json, Span, Stage, Wanted, post, until
from bot.sandbox_clock import SandboxClock
from bot.settings import Settings
from bot.workbook.plain import UNDATED
from conversations.days import in_utc
from conversations.model import Event, Language, Role
from conversations.scene import Nudge
from conversations.schedule import plan
from conversations.timing import TouchpointKind
from conversations.words import Command
from storage import chats, nudges

Progress = Callable[[datetime], None]

BEGINS_AT = time(12)
"""Local time at which people join, on the first day of the event."""
_STEP = timedelta(minutes=1)
_COORDINATOR_JOINS_WITHIN = timedelta(minutes=15)
# Where something is put off again and again without end, the rehearsal stops so long after the last planned thing.
_GRACE = timedelta(days=30)
_PATIENT: Json = {"timeout": aiohttp.ClientTimeout(total=300), "raise_for_status": True}
# The people of a rehearsal do not dawdle; a tap that seems to do nothing is given more time, so that a busy computer
# does not change what they do.
_PACE = ("--crowd-pause", "0.002", "--crowd-silence", "3")


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that somebody does by themselves, at an instant (UTC)."""

    at: datetime
    do: Callable[[], Awaitable[None]]


async def rehearse(wanted: Wanted, settings: Settings, progress: Progress) -> Rehearsal:
    """Play the whole calendar; `progress` hears how far the clock has come. Raises ConfigError."""
    span = span_of(wanted)
    with TemporaryDirectory(prefix="suivi-") as folder:
        async with sandbox_process(0, *_PACE) as url, aiohttp.ClientSession(base_url=url, **_PATIENT) as web:
            local = local_settings(settings, url, Path(folder))
            await post(web, "clock", frozen=True)
            await post(web, "clock", to=span.start.isoformat())
            async with SandboxClock(url) as clock:
                store = open_store(local)
                import_into(store, wanted.event, clock, wanted.files)
                async with running(local, store, clock) as app, _at_work(local, app, clock):
                    stage = Stage(wanted, span, store, app, web, _answers(wanted.event, span.start))
                    await _play(stage, clock, progress)
                    result = await _told(stage)
                store.engine.dispose()
    return result


@asynccontextmanager
async def _at_work(settings: Settings, app: App, clock: SandboxClock) -> AsyncIterator[None]:
    """The bot takes in updates and follows the clock while the context lasts. When it stops, moves go unanswered."""
    tasks = [asyncio.create_task(work) for work in (serve(settings, app, clock), clock.follow(app))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def span_of(wanted: Wanted) -> Span:
    """When the rehearsal begins and, unless things are put off, ends.

    It keeps the pack's own dates; a form that has none is rehearsed as from today.
    """
    event = wanted.event
    day = SystemClock().now().date() if event.start == UNDATED else event.start
    start = in_utc(datetime.combine(day, BEGINS_AT), event.timezone)
    first = _last_due(event, start)
    late = max((joins_after(persona, first - start) for persona in wanted.personas), default=timedelta())
    return Span(start, max(first, _last_due(event, start + late)))


def _answers(event: Event, start: datetime) -> dict[Language, Invented]:
    now = start.astimezone(ZoneInfo(event.timezone))
    return {language: invented(event, (language,), now) for language in Language}


def _last_due(event: Event, joined: datetime) -> datetime:
    planned = plan(event, frozenset(TouchpointKind), joined, event.timezone)
    return max((each.due for each in planned), default=joined)


async def _play(stage: Stage, clock: Clock, progress: Progress) -> None:
    await until(stage.is_followed)
    if any(each.kind is TouchpointKind.DIGEST for each in stage.wanted.event.schedule):
        await _link_groups(stage, clock)
    program = _program(stage, clock)
    await stage.move(advance=0)
    while (program or stage.next is not None) and stage.now < stage.span.end + _GRACE:
        if program and (stage.next is None or program[0].at <= stage.next):
            act = program.pop(0)
            await stage.move(to=max(act.at, stage.now).isoformat())
            await act.do()
        elif stage.next is not None and stage.next > stage.now:
            await stage.move(next=True)
        else:
            await stage.move(advance=_STEP.total_seconds())
        progress(stage.now)


def _program(stage: Stage, clock: Clock) -> list[_Act]:
    """What people do by themselves, in the order of time: they join one by one, and somebody blocks the bot."""
    wanted, span = stage.wanted, stage.span
    acts = []
    for index, persona in enumerate(wanted.personas):
        joins = span.start + joins_after(persona, span.length) + index * _STEP
        acts.append(_Act(joins, partial(_join, stage, persona, clock)))
        if (after := blocks_after(persona, span.length)) is not None:
            acts.append(_Act(joins + after, partial(_block, stage, persona)))
        if (after := pauses_after(persona, span.length)) is not None:
            acts.append(_Act(joins + after, partial(_look_ahead, stage, persona)))
    if wanted.crowd:
        acts.append(_Act(span.start + len(wanted.personas) * _STEP, partial(_gather_others, stage, clock)))
    return sorted(acts, key=lambda act: act.at)


async def _join(stage: Stage, persona: Persona, clock: Clock) -> None:
    # Each with a seed of their own: whom else one rehearses with changes nothing for anybody.
    person = newcomer(stage.wanted.event, persona, stage.answers[persona.language], stage.now)
    [stage.people[persona.key]] = await _gather(stage, [person], f"{stage.wanted.seed}{PERSONAS.index(persona)}", clock)
    stage.joined[persona.key] = stage.now
    await stage.move(advance=0)


async def _gather_others(stage: Stage, clock: Clock) -> None:
    wanted = stage.wanted
    people = others(wanted.event, wanted.crowd, stage.answers, stage.now)
    await _gather(stage, people, f"{wanted.seed}{len(PERSONAS)}", clock)
    await stage.move(advance=0)


async def _gather(stage: Stage, people: list[Json], seed: str, clock: Clock) -> list[int]:
    link = stage.link(Role.PARTICIPANT, None, clock)
    avoid = never_tapped(stage.wanted.event)
    habits = {"avoid": avoid, "ignore": ignored(), "leave": left_alone()}
    answer = await stage.post("crowd", people=people, seed=int(seed), link=link, **habits)
    joined: list[int] = answer["people"]
    return joined


async def _block(stage: Stage, persona: Persona) -> None:
    await stage.post(f"people/{stage.people[persona.key]}/block")
    stage.blocked[persona.key] = stage.now
    # Nothing in the sandbox waits for the bot to have heard of it: a word after it is heard after it.
    await until(stage.is_heard)


async def _look_ahead(stage: Stage, persona: Persona) -> None:
    """They look at their calendar; what they do there are habits of theirs."""
    person = stage.people[persona.key]
    await stage.post(f"people/{person}/say", text=f"/{Command.CALENDAR}")
    await until(partial(stage.is_answered, person))
    await stage.move(advance=0)


async def _link_groups(stage: Stage, clock: Clock) -> None:
    """A coordinator puts the bot into a group for each language, and links it there."""
    event = stage.wanted.event
    grace: int = (await stage.post("people", name="Grace", language="en"))["id"]
    code = stage.link(Role.COORDINATOR, _COORDINATOR_JOINS_WITHIN, clock).partition("start=")[2]
    await stage.post(f"people/{grace}/start", code=code)
    await until(partial(stage.is_answered, grace))
    for language in stage.wanted.groups:
        title = event.title.in_language(language)
        group: int = (await stage.post("groups", title=title, members=[grace]))["id"]
        await stage.post(f"groups/{group}/add_bot", person=grace)
        await stage.post(f"people/{grace}/say", chat=group, text=f"/link {event.code} {language}")
        await until(partial(stage.is_answered, group))
        stage.groups[language] = group


async def _told(stage: Stage) -> Rehearsal:
    """All that was said, and what became of all that was planned."""
    talk = talks(await stage.journal())
    ids = (*stage.people.values(), *stage.groups.values())
    kept = await stage.app.thread.run(lambda connection: _kept(connection, stage, ids))
    wanted, event = stage.wanted, stage.wanted.event
    lives = []
    for persona in wanted.personas:
        said, (chat, nudges) = talk.get(stage.people[persona.key], ()), kept[stage.people[persona.key]]
        fates = stage.watch.fates(event, chat, nudges, opened(said))
        joined, blocked = stage.joined[persona.key], stage.blocked.get(persona.key)
        counted = figures(joined, blocked or stage.now, persona.zone, said, fates, event.policy)
        lives.append(Life(persona, about(persona, stage.span.length), joined, blocked, said, fates, counted))
    groups = tuple(
        GroupLife(language, talk.get(group, ()), stage.watch.fates(event, kept[group][0], {}, set()))
        for language, group in stage.groups.items()
    )
    unanswered = tuple(dict.fromkeys(name for each in stage.answers.values() for name in each.unanswered))
    begun, ended = stage.span.start, stage.now
    return Rehearsal(event, wanted.seed, wanted.crowd, begun, ended, tuple(lives), groups, unanswered)


def _kept(connection: Connection, stage: Stage, ids: Iterable[int]) -> dict[int, tuple[int, dict[int, Nudge]]]:
    """For each id of the sandbox: the bot's own id of that chat, and all that was planned there."""
    found = {}
    for address in ids:
        chat = chats.find(connection, stage.store.vault, stage.app.telegram.name, str(address))
        assert chat is not None  # noqa: S101 # whoever is on stage has spoken
        rows = (row.id for row in stage.watch.rows if row.chat_id == chat.id)
        known = {row: nudge for row in rows if (nudge := nudges.nudge(connection, chat.id, row)) is not None}
        found[address] = (chat.id, known)
    return found
