"""python-telegram-bot uses every method that the sandbox has, as an administrator where it matters."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
import telegram
from telegram import error

from sandbox.server import Serving
from tests.sandbox.conftest import every_method, methods_that_worked, picture

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
SendFile = Callable[..., Awaitable[httpx.Response]]
KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
KINDS += ["poll", "poll_answer"]


class PythonTelegramBot:
    """A bot on python-telegram-bot, which takes its updates one after the other."""

    def __init__(self, bot: telegram.Bot) -> None:
        self.bot = bot
        self._offset = 0

    async def heard(self, kind: str) -> Any:
        """The next update, which has to be of this kind."""
        [update, *_] = await self.bot.get_updates(offset=self._offset, timeout=2, allowed_updates=KINDS)
        self._offset = update.update_id + 1
        content = getattr(update, kind)
        assert content is not None, update
        return content


async def test_python_telegram_bot_uses_every_method(sandbox: Serving, control: Call, send_file: SendFile) -> None:
    base = {"base_url": f"{sandbox.url}/bot", "base_file_url": f"{sandbox.url}/file/bot"}
    async with telegram.Bot("43:typed", **base) as bot:
        client = PythonTelegramBot(bot)
        person = (await control("people", name="Kofi", language="en"))["id"]
        await control(f"people/{person}/start")
        await client.heard("message")
        await ptb_presents_itself(bot)
        await ptb_talks(client, control, person)
        await ptb_handles_files(client, send_file, person)
        await ptb_asks_and_reacts(client, control, person)
        await ptb_sees_a_group_move(client, control, person)
        await bot.set_webhook("https://127.0.0.1:9/hook")
        assert (await bot.get_webhook_info()).url == "https://127.0.0.1:9/hook"
        await bot.delete_webhook(drop_pending_updates=True)
        await control(f"people/{person}/deactivate")
        with pytest.raises(error.Forbidden, match="user is deactivated"):
            await bot.send_message(person, "Are you there?")
    assert methods_that_worked(sandbox) == every_method()


async def ptb_presents_itself(bot: telegram.Bot) -> None:
    await bot.set_my_name("Suivi")
    await bot.set_my_description("Long")
    await bot.set_my_short_description("Short")
    await bot.set_my_commands([("help", "Help")])
    assert (await bot.get_my_name()).name == "Suivi"
    assert (await bot.get_my_description()).description == "Long"
    assert (await bot.get_my_short_description()).short_description == "Short"
    assert [command.command for command in await bot.get_my_commands()] == ["help"]
    assert await bot.delete_my_commands()


async def ptb_talks(client: PythonTelegramBot, control: Call, person: int) -> None:
    bot = client.bot
    await bot.send_chat_action(person, "typing")
    button = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Yes", callback_data="yes"))
    sent = await bot.send_message(person, "Ready?", reply_markup=button)
    await control(f"people/{person}/tap", text="Yes")
    assert await (await client.heard("callback_query")).answer()
    assert (await sent.edit_text("Noted.")).text == "Noted."
    await sent.edit_reply_markup(button)
    said = (await control(f"people/{person}/say", text="Thnaks"))["message_id"]
    await control(f"people/{person}/edit", message_id=said, text="Thanks")
    assert (await client.heard("message")).text == "Thnaks"
    assert (await client.heard("edited_message")).text == "Thanks"
    more = [(await bot.send_message(person, text)).message_id for text in "ABC"]
    assert await sent.delete()
    assert await bot.delete_messages(person, [*more, 999])


async def ptb_handles_files(client: PythonTelegramBot, send_file: SendFile, person: int) -> None:
    bot = client.bot
    sent = await bot.send_photo(person, picture(600, 300), caption="<b>Results</b>", parse_mode="HTML")
    assert [(size.width, size.height) for size in sent.photo] == [(90, 45), (320, 160), (600, 300)]
    assert (sent.caption, sent.caption_entities[0].type) == ("Results", "bold")
    again = await bot.send_photo(person, sent.photo[-1])
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    assert (await sent.edit_caption("All of them")).caption == "All of them"
    small = await sent.photo[0].get_file()
    assert bytes(await small.download_as_bytearray())[:3] == b"\xff\xd8\xff"

    table = await bot.send_document(
        person, b"a;b\r\n1;2\n", filename="données.csv", disable_content_type_detection=True
    )
    assert (table.document.file_name, table.document.mime_type) == ("données.csv", "text/csv")
    assert bytes(await (await table.document.get_file()).download_as_bytearray()) == b"a;b\r\n1;2\n"
    await send_file(person, "plan.xlsx", b"workbook", **{"as": "document", "caption": "Here"})
    received = await client.heard("message")
    assert (received.caption, received.document.file_size) == ("Here", 8)
    assert bytes(await (await bot.get_file(received.document)).download_as_bytearray()) == b"workbook"
    with pytest.raises(error.BadRequest, match="Failed to get http url content"):
        await bot.send_document(person, "https://example.org/a.pdf")


async def ptb_asks_and_reacts(client: PythonTelegramBot, control: Call, person: int) -> None:
    bot = client.bot
    sent = await bot.send_poll(person, "Used?", ["Yes", "No"], is_anonymous=False)
    await control(f"people/{person}/vote", message_id=sent.message_id, options=[1])
    answer = await client.heard("poll_answer")
    assert (answer.poll_id, answer.user.id, answer.option_ids) == (sent.poll.id, person, (1,))
    stopped = await bot.stop_poll(person, sent.message_id)
    assert (stopped.is_closed, stopped.options[1].voter_count) == (True, 1)
    assert (await client.heard("poll")).is_closed
    assert await bot.set_message_reaction(person, sent.message_id, "👍")
    await control(f"people/{person}/react", message_id=sent.message_id, emoji="🎉")
    assert (await client.heard("message_reaction")).new_reaction[0].emoji == "🎉"


async def ptb_sees_a_group_move(client: PythonTelegramBot, control: Call, person: int) -> None:
    bot = client.bot
    ama = (await control("people", name="Ama"))["id"]
    old = (await control("groups", title="Peers", members=[person], basic=True))["id"]
    await control(f"groups/{old}/add_bot", administrator=True)
    assert (await client.heard("my_chat_member")).chat.type == "group"
    assert (await client.heard("message")).new_chat_members[0].id == bot.id
    await control(f"groups/{old}/join", person=ama)
    assert (await client.heard("chat_member")).new_chat_member.status == "member"
    assert (await client.heard("message")).new_chat_members[0].id == ama
    await control(f"groups/{old}/remove", person=ama)
    assert (await client.heard("chat_member")).from_user.id == person
    assert (await client.heard("message")).left_chat_member.id == ama
    new = (await control(f"groups/{old}/migrate"))["id"]
    assert (await client.heard("message")).migrate_to_chat_id == new
    assert (await client.heard("message")).migrate_from_chat_id == old
    with pytest.raises(error.ChatMigrated) as moved:
        await bot.send_photo(old, picture(10, 10))
    assert moved.value.new_chat_id == new
    assert (await bot.get_chat(new)).type == "supergroup"
    assert (await bot.get_chat_member(new, ama)).status == "left"
    assert len(await bot.get_chat_administrators(new)) == 2
    assert await bot.leave_chat(new)
