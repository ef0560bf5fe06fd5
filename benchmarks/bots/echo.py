"""The least a bot can do: python-telegram-bot as its documentation shows it, repeating what it is told."""

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.bots import options


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message:
        await update.message.reply_text(update.message.text or "")


def main() -> None:
    chosen = options()
    application = Application.builder().token(chosen.token).base_url(f"{chosen.api_url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_webhook(
        listen="127.0.0.1",
        port=chosen.port,
        url_path="webhook",
        secret_token=chosen.secret,
        webhook_url=chosen.webhook_url,
    )


if __name__ == "__main__":
    main()
