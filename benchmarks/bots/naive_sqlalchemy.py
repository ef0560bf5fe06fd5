"""The survey kept safely in the obvious way: handlers, async SQLAlchemy, one commit for each answer."""

from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from benchmarks.bots import options
from benchmarks.bots.ptb_keyboard import keyboard
from benchmarks.ten_questions import QUESTIONS, THANKS


class Base(DeclarativeBase):
    """The tables of this bot."""


class Person(Base):
    """Someone who has sent /start; the id is the chat's."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)


class Answer(Base):
    """What one person answered to one question."""

    __tablename__ = "answer"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    choice: Mapped[str]


def durable(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """A commit is on the disk when it returns."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


class Survey:
    """The handlers, with their database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(engine, expire_on_commit=False)

    async def start(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Ask the first question."""
        assert update.message
        async with self._sessions.begin() as session:
            await session.merge(Person(id=update.message.chat_id))
        await update.message.reply_text(QUESTIONS[0].label, reply_markup=keyboard(QUESTIONS[0]))

    async def answer(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Keep the answer, then ask the next question."""
        query = update.callback_query
        assert query
        assert update.effective_chat
        async with self._sessions.begin() as session:
            person = await session.get_one(Person, update.effective_chat.id)
            mine = select(func.count()).select_from(Answer).where(Answer.person_id == person.id)
            given = await session.scalar(mine) or 0
            name = QUESTIONS[given].name
            session.add(Answer(person_id=person.id, question=name, choice=query.data or ""))
        await query.answer()
        if given + 1 == len(QUESTIONS):
            await context.bot.send_message(update.effective_chat.id, THANKS)
            return
        question = QUESTIONS[given + 1]
        await context.bot.send_message(update.effective_chat.id, question.label, reply_markup=keyboard(question))


def main() -> None:
    chosen = options()
    engine = create_async_engine(f"sqlite+aiosqlite:///{chosen.data_dir / 'answers.sqlite3'}")
    event.listen(engine.sync_engine, "connect", durable)

    async def create_tables(_: object) -> None:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)

    builder = Application.builder().token(chosen.token).base_url(f"{chosen.api_url}/bot")
    application = builder.post_init(create_tables).build()
    survey = Survey(engine)
    application.add_handler(CommandHandler("start", survey.start))
    application.add_handler(CallbackQueryHandler(survey.answer))
    application.run_webhook(
        listen="127.0.0.1",
        port=chosen.port,
        url_path="webhook",
        secret_token=chosen.secret,
        webhook_url=chosen.webhook_url,
    )


if __name__ == "__main__":
    main()
