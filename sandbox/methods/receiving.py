"""Receiving updates: getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

import re
from typing import Any

from sandbox.bots import Bot
from sandbox.calls import Call
from sandbox.chats import Json
from sandbox.errors import bad_request, conflict
from sandbox.methods.registry import METHODS, method
from sandbox.updates import MOST_UPDATES
from sandbox.webhook import MOST_CONNECTIONS, Delivery, Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@method("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    """https://core.telegram.org/bots/api#getupdates."""
    if call.bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    call.bot.updates.allow(_kinds(call))
    limit = call.integer("limit", MOST_UPDATES)
    return await call.bot.updates.poll(call.integer("offset"), limit, call.integer("timeout"))


def _kinds(call: Call) -> list[str] | None:
    raw = call.structure("allowed_updates")
    if raw is None:
        return None
    if not isinstance(raw, list):
        raise bad_request("can't parse allowed updates: Expected an Array")
    return [str(kind) for kind in raw]


@method("setWebhook")
async def set_webhook(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setwebhook; unlike Telegram the sandbox takes plain HTTP as well."""
    url, secret = call.text("url"), call.text("secret_token")
    if url and not url.startswith(("https://", "http://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    await _forget_webhook(call)
    call.bot.updates.allow(_kinds(call))
    if url:
        call.bot.updates.interrupt("terminated by setWebhook request")
        connections = min(max(call.integer("max_connections", 40), 1), MOST_CONNECTIONS)
        webhook = Webhook(url, secret or None, connections)
        call.bot.webhook = webhook
        call.bot.delivery = Delivery(
            webhook,
            call.bot.updates,
            on_reply=lambda values: _execute(call, call.bot, values),
            unix=call.sandbox.clock.unix,
            first_delay=call.sandbox.pace.webhook_retry,
        )
    return True


async def _execute(call: Call, bot: Bot, values: dict[str, Any]) -> None:
    from sandbox.bot_api import perform  # noqa: PLC0415 - that module needs the table that this one fills

    if values["method"].lower() in METHODS:
        await perform(call.sandbox, bot, values["method"], values)


@method("deleteWebhook")
async def delete_webhook(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deletewebhook."""
    await _forget_webhook(call)
    return True


async def _forget_webhook(call: Call) -> None:
    delivery, call.bot.delivery, call.bot.webhook = call.bot.delivery, None, None
    if delivery is not None:
        await delivery.stop()
    if call.boolean("drop_pending_updates"):
        call.bot.updates.drop()


@method("getWebhookInfo")
async def get_webhook_info(call: Call) -> Json:
    """https://core.telegram.org/bots/api#getwebhookinfo."""
    webhook, updates = call.bot.webhook, call.bot.updates
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
    if webhook and webhook.last_error and webhook.last_error_date:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error}
    if updates.allowed:
        info["allowed_updates"] = list(updates.allowed)
    return info
