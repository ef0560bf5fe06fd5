"""Delivery when the disk or our own code lets it down: nothing overtakes, nothing comes twice, nothing is stuck."""

from typing import Any

import pytest

from bot.storage_thread import StorageUnavailable
from conversations.cues import Started
from conversations.model import Language
from tests.rig import Rig

HELLO = Started(None, Language.EN)


async def test_what_was_sent_is_noted_once_the_disk_is_back(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    real, failures = rig.thread.run, iter([True, True])

    async def failing(work: Any, chat: str | None = None) -> Any:
        if chat is None and next(failures, False):
            raise StorageUnavailable("disk I/O error")
        return await real(work, chat)

    monkeypatch.setattr(rig.thread, "run", failing)
    await rig.person("11", HELLO)
    assert len(rig.channel.heard) == 1
    with rig.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT state FROM outbox").scalars().all() == ["sent"]


async def test_one_message_that_cannot_be_read_does_not_hold_up_the_next(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, broken = rig.channel.say, iter([True])

    async def saying(address: str, message: Any) -> str:
        if next(broken, False):
            raise KeyError("message_id")
        return await real(address, message)

    monkeypatch.setattr(rig.channel, "say", saying)
    await rig.person("11", HELLO)
    await rig.person("11", HELLO)
    assert len(rig.channel.heard) == 1
    with rig.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT state FROM outbox ORDER BY id").scalars().all() == ["failed", "sent"]
