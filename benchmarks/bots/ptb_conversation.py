"""The survey as python-telegram-bot's own examples would write it: ConversationHandler with PicklePersistence."""

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

from benchmarks.bots import options
from benchmarks.bots.ptb_keyboard import keyboard
from benchmarks.ten_questions import QUESTIONS, THANKS


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message
    assert context.user_data is not None
    context.user_data["answers"] = {}
    await update.message.reply_text(QUESTIONS[0].label, reply_markup=keyboard(QUESTIONS[0]))
    return 0


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    assert query
    assert update.effective_chat
    assert context.user_data is not None
    answers = context.user_data["answers"]
    answers[QUESTIONS[len(answers)].name] = query.data
    await query.answer()
    if len(answers) == len(QUESTIONS):
        await context.bot.send_message(update.effective_chat.id, THANKS)
        return ConversationHandler.END
    question = QUESTIONS[len(answers)]
    await context.bot.send_message(update.effective_chat.id, question.label, reply_markup=keyboard(question))
    return len(answers)


def main() -> None:
    chosen = options()
    application = (
        Application.builder()
        .token(chosen.token)
        .base_url(f"{chosen.api_url}/bot")
        .persistence(PicklePersistence(chosen.data_dir / "conversations.pickle"))
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={number: [CallbackQueryHandler(answer)] for number in range(len(QUESTIONS))},
            fallbacks=[],
            name="survey",
            persistent=True,
        )
    )
    application.run_webhook(
        listen="127.0.0.1",
        port=chosen.port,
        url_path="webhook",
        secret_token=chosen.secret,
        webhook_url=chosen.webhook_url,
    )


if __name__ == "__main__":
    main()
