"""The survey as aiogram's documentation shows it: a finite-state machine with its storage in memory."""

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.bots import options
from benchmarks.ten_questions import QUESTIONS, THANKS, Question

router = Router()


class Survey(StatesGroup):
    """Within the survey; which question is next follows from the answers so far."""

    asking = State()


def keyboard(question: Question) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=name)] for name, label in question.options]
    )


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(Survey.asking)
    await state.set_data({"answers": {}})
    await message.answer(QUESTIONS[0].label, reply_markup=keyboard(QUESTIONS[0]))


@router.callback_query(Survey.asking, F.message)
async def answer(query: CallbackQuery, state: FSMContext) -> None:
    assert query.message
    answers = (await state.get_data())["answers"]
    answers[QUESTIONS[len(answers)].name] = query.data
    await query.answer()
    if len(answers) == len(QUESTIONS):
        await state.set_state(None)
        await query.message.answer(THANKS)
        return
    await state.update_data(answers=answers)
    question = QUESTIONS[len(answers)]
    await query.message.answer(question.label, reply_markup=keyboard(question))


def main() -> None:
    chosen = options()
    session = AiohttpSession(api=TelegramAPIServer.from_base(chosen.api_url))
    bot = Bot(chosen.token, session=session)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)

    @dispatcher.startup()
    async def on_startup(bot: Bot) -> None:
        await bot.set_webhook(chosen.webhook_url, secret_token=chosen.secret)

    application = web.Application()
    handler = SimpleRequestHandler(dispatcher=dispatcher, bot=bot, secret_token=chosen.secret)
    handler.register(application, path="/webhook")
    setup_application(application, dispatcher, bot=bot)
    web.run_app(application, host="127.0.0.1", port=chosen.port)


if __name__ == "__main__":
    main()
