"""Planning everybody anew: an event whose planning fails keeps no other one waiting."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from storage import events, replannings
from tests.conversations.samples import event_with
from tests.rig import Rig

BROKEN, SOUND = event_with(code="broken"), event_with(code="sound")


def under_way(rig: Rig) -> list[str]:
    with rig.engine.connect() as connection:
        return [each.event for each in replannings.under_way(connection)]


async def test_the_others_are_planned_and_the_broken_one_is_tried_again_after_a_rest(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for event in (BROKEN, SOUND):
        rig.take_in(replace(event))
    with rig.engine.begin() as connection:
        for event in (BROKEN, SOUND):
            replannings.begin(connection, events.number_of(connection, event.code), None, rig.clock.now())
    tries = []
    finish = replannings.finish

    def fails(connection, replanning, now):
        if replanning.event == BROKEN.code:
            tries.append(now)
            raise ValueError("a fault of ours")
        return finish(connection, replanning, now)

    monkeypatch.setattr(replannings, "finish", fails)
    with caplog.at_level(logging.ERROR, "bot.replanner"):
        for _ in range(30):
            await rig.replanner.work()
            rig.clock.time += timedelta(seconds=1)
    assert under_way(rig) == [BROKEN.code]
    assert len(tries) == len(caplog.records) == 1
    rig.clock.time += timedelta(minutes=1)
    await rig.replanner.work()
    rig.clock.time += timedelta(minutes=1)
    await rig.replanner.work()
    assert len(tries) == 2, "it rests twice as long now"
    monkeypatch.setattr(replannings, "finish", finish)
    rig.clock.time += timedelta(minutes=1)
    await rig.replanner.work()
    assert under_way(rig) == []


async def test_a_fault_that_is_of_no_event_waits_for_the_next_tick(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(connection):
        raise ValueError("a fault of ours")

    monkeypatch.setattr(replannings, "under_way", fails)
    with caplog.at_level(logging.ERROR, "bot.replanner"):
        await rig.replanner.work()
    assert len(caplog.records) == 1
