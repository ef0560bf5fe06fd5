"""The updates of a journey, repeated and in other orders, lead to the same stored state.

The journey is recorded once from the whole bot over HTTP; then its updates, with the numbers that they had, are taken
again by a bot of the same parts without a network.
"""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from bot.channels import FromGroup, Incoming
from bot.telegram.inbound import read
from conversations.model import Event, Role
from storage import enrolments, groups, plans, tables
from storage.vault import Vault
from tests.journeys import kept
from tests.journeys.conftest import MONDAY, World, bot_at, phones_of, settings_for, standing_still
from tests.journeys.stories import FIRST_REFRESHER, MONTH_1, REFRESHER, SURVEY, WEEK_1, join, joined, opened
from tests.rig import Rig, rig_in

MOMENTS = (MONDAY, FIRST_REFRESHER, WEEK_1, MONTH_1)
SOME = settings(max_examples=15, deadline=None, derandomize=True)
# Each number stands for an update, taken modulo how many there are.
NUMBERS = st.integers(min_value=0, max_value=10_000)


@dataclass(frozen=True)
class Recording:
    """What came at each of the moments, the invitations that it names, and who wrote."""

    stages: tuple[tuple[Incoming, ...], ...]
    codes: Mapping[str, Role]
    people: tuple[int, ...]
    group: int


async def recorded(folder: Path, event: Event) -> Recording:
    """A journey of three people and a group, with detours."""
    async with standing_still() as sandbox, phones_of(sandbox) as phones:
        async with bot_at(settings_for(folder, sandbox.url), sandbox, phones, event) as world:
            marks = [0]
            people, group = await _journey(world, marks)
            with world.store.engine.connect() as connection:
                rows = kept.rows_of(connection, select(tables.invitations.c.code, tables.invitations.c.role))
        updates = [entry["update"] for entry in await phones.journal() if "update" in entry]
        incoming = [read(update) for update in updates]
        ends = (*marks[1:], len(incoming))
        stages = (incoming[begin:end] for begin, end in zip(marks, ends, strict=True))
        taken = tuple(tuple(each for each in stage if each is not None) for stage in stages)
        return Recording(taken, dict(rows), people, group)


async def _journey(world: World, marks: list[int]) -> tuple[tuple[int, ...], int]:
    async def move(instant: datetime) -> None:
        marks.append(sum("update" in entry for entry in await world.phones.journal()))
        await world.phones.until(instant)

    amina = await joined(world, "Amina", "en")
    moussa = await joined(world, "Moussa", "fr")
    awa = await joined(world, "Awa", "fr", "Burkina Faso")
    group = await world.group("Together", linked="fr")
    await move(FIRST_REFRESHER)
    await opened(amina, REFRESHER["en"], "en")
    await opened(moussa, REFRESHER["fr"], "fr")
    await amina.tap_twice("Ask each person in the photo")
    await moussa.tap("Masquer le lieu et la date")
    await awa.say("arrêt", "oui")
    await move(WEEK_1)
    await opened(amina, SURVEY["en"], "en")
    await opened(moussa, SURVEY["fr"], "fr")
    await amina.tap("Yes, on my own", "Agree", "Back", "Disagree", "Later")
    await moussa.say("english", "1", "something else", "2")
    await awa.start(world.invitation())
    await join(awa, "fr", "Kenya")
    await amina.say("/continue")
    await amina.tap("Go on", "Agree", "Skip")
    await moussa.tap("Agree", "Disagree")
    await move(MONTH_1)
    await opened(amina, SURVEY["en"], "en")
    await opened(moussa, SURVEY["en"], "en")
    await amina.say("We plan together now.")
    await moussa.say("Nothing about us without us.", "1, 2")
    await amina.tap("☐ Informal talk with colleagues", "☐ Informal talk with other groups", "Done")
    await moussa.tap("☐ Informally", "☐ To compare our contexts", "☑ Informally", "Done", "Back", "Done", "Both")
    await amina.block()
    return tuple(each.person for each in (amina, moussa, awa)), group.chat


class Player:
    """Plays a recording, or what was made of it, on a bot of its own."""

    def __init__(self, recording: Recording, event: Event, built: Path) -> None:
        self.recording = recording
        self._event = event
        self._built = built

    def play(self, stages: Sequence[Sequence[Incoming]]) -> dict[str, Any]:
        """The stored state in the end. Raises what any update raised."""
        return asyncio.run(self._play(stages))

    async def _play(self, stages: Sequence[Sequence[Incoming]]) -> dict[str, Any]:
        with TemporaryDirectory() as folder:
            shutil.copytree(self._built, folder, dirs_exist_ok=True)
            async with rig_in(Path(folder)) as rig:
                self._invite(rig)
                for moment, stage in zip(MOMENTS, stages, strict=True):
                    await _wait_until(rig, moment)
                    await asyncio.gather(*(rig.turns.take(each) for each in stage))
                return await rig.thread.run(lambda connection: self._state(connection, rig.vault))

    def _invite(self, rig: Rig) -> None:
        """The same invitations as in the recording."""
        rig.take_in(self._event)
        for code, role in self.recording.codes.items():
            made = rig.invite(self._event, role)
            with rig.engine.begin() as connection:
                ours = tables.invitations.update().where(tables.invitations.c.code == made)
                connection.execute(ours.values(code=code))

    def _state(self, connection: Connection, vault: Vault) -> dict[str, Any]:
        state: dict[str, Any] = {}
        for person in self.recording.people:
            chat = kept.chat_of(connection, vault, person)
            state[str(person)] = (
                chat.conversation,
                chat.reachable,
                [(each.event, each.purposes, each.joined) for each in enrolments.of_chat(connection, chat.id)],
                kept.answers_of(vault, person)(connection),
                kept.recalls_of(vault, person)(connection),
                kept.reasons_of(vault, person)(connection),
            )
        group = kept.chat_of(connection, vault, self.recording.group)
        state["group"] = (groups.linked_event(connection, group.id), group.conversation.language)
        state["profile"] = kept.count("profile_answers")(connection)
        return state


async def _wait_until(rig: Rig, moment: datetime) -> None:
    """Time goes by from one planned thing to the next, as in the sandbox."""
    while (upcoming := await rig.thread.run(plans.next_due)) is not None and upcoming <= moment:
        rig.clock.time = max(rig.clock.time, upcoming)
        await rig.scheduler.tick()
    rig.clock.time = moment
    await rig.delivery.idle()


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory, sample_event: Event) -> Player:
    recording = asyncio.run(recorded(tmp_path_factory.mktemp("recorded"), sample_event))
    built = tmp_path_factory.mktemp("built")
    asyncio.run(_build(built))
    return Player(recording, sample_event, built)


async def _build(folder: Path) -> None:
    async with rig_in(folder):
        pass


@pytest.fixture(scope="module")
def once(player: Player) -> dict[str, Any]:
    """The state when each update is taken once, in order."""
    return player.play(player.recording.stages)


def test_the_recording_has_something_to_lose(player: Player, once: dict[str, Any]) -> None:
    amina, moussa, awa = (once[str(person)] for person in player.recording.people)
    assert [len(state[3]) for state in (amina, moussa, awa)] == [4 + 2, 4 + 3 + 1, 0], "the skipped one is noted too"
    assert amina[1] is False
    assert [len(state[4]) for state in (amina, moussa, awa)] == [1, 1, 0]
    assert once["group"][0] == "lse2026"


@SOME
@given(copies=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=40))
def test_updates_that_come_again_change_nothing(
    player: Player, once: dict[str, Any], copies: list[tuple[int, int]]
) -> None:
    stages = [list(stage) for stage in player.recording.stages]
    numbered = [(stage, update) for stage, updates in enumerate(player.recording.stages) for update in updates]
    for which, where in copies:
        stage, update = numbered[which % len(numbered)]
        later = stage + where % (len(stages) - stage)
        first = stages[stage].index(update) + 1 if later == stage else 0
        stages[later].insert(first + where % (len(stages[later]) - first + 1), update)
    assert player.play(stages) == once


@SOME
@given(order=st.lists(NUMBERS, min_size=30, max_size=60))
def test_the_order_between_people_changes_nothing(player: Player, once: dict[str, Any], order: list[int]) -> None:
    # Who joins first gets the first numbers, so the first stage stays as it was.
    first, *later = player.recording.stages
    assert player.play([first, *(_between_people(stage, order) for stage in later)]) == once


@SOME
@given(shuffled=st.randoms(use_true_random=False), often=st.integers(1, 3))
def test_any_order_is_survived(player: Player, shuffled: Any, often: int) -> None:
    """Nothing raises, and what came again in that order changes nothing there either."""
    stages = [list(stage) for stage in player.recording.stages]
    for stage in stages:
        shuffled.shuffle(stage)
    again = [stage * often for stage in stages]
    assert player.play(again) == player.play(stages)


def _between_people(stage: Sequence[Incoming], order: list[int]) -> list[Incoming]:
    """The stage with each person's updates in their order, and the people taking turns as `order` says."""
    waiting: dict[str, list[Incoming]] = {}
    for each in stage:
        sender = each.sender if isinstance(each, FromGroup) else each.address
        waiting.setdefault(sender or each.address, []).append(each)
    mixed: list[Incoming] = []
    for number in order * len(stage):
        if not waiting:
            break
        sender = sorted(waiting)[number % len(waiting)]
        mixed.append(waiting[sender].pop(0))
        if not waiting[sender]:
            del waiting[sender]
    return mixed
