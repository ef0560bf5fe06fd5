"""The same by webhook: Telegram delivers, and only who knows the secret is listened to."""

from typing import Any

import aiohttp
import pytest

from bot.telegram.webhook import LARGEST_UPDATE, SECRET_HEADER
from tests.journeys import kept
from tests.journeys.conftest import World
from tests.journeys.stories import FIRST_REFRESHER, REFRESHER, WEEK_1, answer_survey, joined, opened, stored

SECRET = "a-secret-of-the-webhook"


def forged_start(code: str) -> dict[str, Any]:
    mallory = {"id": 66, "is_bot": False, "first_name": "Mallory", "language_code": "en"}
    chat = {"id": 66, "type": "private", "first_name": "Mallory"}
    message = {"message_id": 1, "date": 1_800_000_000, "chat": chat, "from": mallory, "text": f"/start {code}"}
    return {"update_id": 900_000_001, "message": message}


async def test_a_journey_by_webhook(webhook_world: World) -> None:
    world = webhook_world
    moussa = await joined(world, "Moussa", "fr")
    await world.phones.until(FIRST_REFRESHER)
    await opened(moussa, REFRESHER["fr"], "fr")
    await moussa.tap_twice("Demander l’accord de chaque personne")
    await moussa.toasted("Vous avez déjà répondu à cette question.")
    await world.phones.until(WEEK_1)
    await answer_survey(moussa, "week_1", "fr")
    vault = world.store.vault
    assert await world.look(kept.survey_of(vault, moussa.person, "week_1")) == stored("week_1")
    assert await world.look(kept.recalls_of(vault, moussa.person)) == [("safety", "ask_each", True)]
    await world.phones.each_tap_was_answered_once()
    assert await world.phones.journal("getUpdates") == []


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "a-secret-of-the-webhool"}, {SECRET_HEADER: "é"}])
async def test_without_the_secret_nobody_is_heard(webhook_world: World, headers: dict[str, str]) -> None:
    status = await delivered(webhook_world, forged_start(webhook_world.invitation()), headers)
    assert status == 403
    assert await webhook_world.look(kept.count("chats")) == 0
    assert await webhook_world.look(kept.count("inbox")) == 0


async def test_an_update_that_comes_twice_is_taken_once(webhook_world: World) -> None:
    update = forged_start(webhook_world.invitation())
    update["message"]["text"] = "Hello?"
    for _ in range(3):
        assert await delivered(webhook_world, update, {SECRET_HEADER: SECRET}) == 200
    assert await webhook_world.look(kept.count("inbox")) == 1
    assert await webhook_world.look(kept.count("outbox")) == 1


async def test_what_is_no_update_is_set_aside(webhook_world: World) -> None:
    for body in ("", "{", "[]", "null", '{"update_id": "x"}', '{"update_id": 1, "message": 7}', "\ufffd\x00"):
        assert await delivered(webhook_world, body, {SECRET_HEADER: SECRET}) == 200
    assert await delivered(webhook_world, " " * (LARGEST_UPDATE + 1), {SECRET_HEADER: SECRET}) == 413
    moussa = await joined(webhook_world, "Moussa", "fr")
    assert await moussa.announced("Vous participez maintenant") == 1


async def delivered(world: World, update: dict[str, Any] | str, headers: dict[str, str]) -> int:
    """Hand something to the bot's webhook; gives the status of its answer."""
    assert world.settings.webhook_url is not None
    body: dict[str, Any] = {"data": update} if isinstance(update, str) else {"json": update}
    async with (
        aiohttp.ClientSession() as session,
        session.post(world.settings.webhook_url, headers=headers, **body) as answer,
    ):
        return answer.status
