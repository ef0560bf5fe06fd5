"""aiogram uses every method that the sandbox has, and finds in each answer and update what its types promise.

It follows a later version of the Bot API, in which administrators have a right more: here its bot is none.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji

from sandbox.server import Serving
from tests.sandbox.conftest import every_method, methods_that_worked, picture

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
SendFile = Callable[..., Awaitable[httpx.Response]]
KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction", "poll", "poll_answer"]


class Aiogram:
    """A bot on aiogram, which takes its updates one after the other."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._offset = 0

    async def heard(self, kind: str) -> Any:
        """The next update, which has to be of this kind."""
        [update, *_] = await self.bot.get_updates(offset=self._offset, timeout=2, allowed_updates=KINDS)
        self._offset = update.update_id + 1
        assert update.event_type == kind
        return update.event


async def test_aiogram_uses_every_method(sandbox: Serving, control: Call, send_file: SendFile) -> None:
    server = TelegramAPIServer.from_base(sandbox.url)
    async with Bot("42:typed", session=AiohttpSession(api=server)) as bot:
        client = Aiogram(bot)
        await bot.get_me()
        person = (await control("people", name="Ama", language="fr"))["id"]
        await control(f"people/{person}/start")
        await client.heard("message")
        await aiogram_presents_itself(bot)
        await aiogram_talks(client, control, person)
        await aiogram_handles_files(client, control, send_file, person)
        await aiogram_asks_and_reacts(client, control, person)
        await aiogram_sees_a_group_move(client, control, person)
        await bot.set_webhook("https://127.0.0.1:9/hook")
        assert (await bot.get_webhook_info()).url == "https://127.0.0.1:9/hook"
        await bot.delete_webhook(drop_pending_updates=True)
        await control(f"people/{person}/deactivate")
        with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
            await bot.send_message(person, "Are you there?")
    assert methods_that_worked(sandbox) == every_method()


async def aiogram_presents_itself(bot: Bot) -> None:
    await bot.set_my_name("Suivi")
    await bot.set_my_description("Long")
    await bot.set_my_short_description("Short")
    await bot.set_my_commands([BotCommand(command="help", description="Help")])
    assert (await bot.get_my_name()).name == "Suivi"
    assert (await bot.get_my_description()).description == "Long"
    assert (await bot.get_my_short_description()).short_description == "Short"
    assert [command.command for command in await bot.get_my_commands()] == ["help"]
    assert await bot.delete_my_commands()


async def aiogram_talks(client: Aiogram, control: Call, person: int) -> None:
    bot = client.bot
    await bot.send_chat_action(person, "typing")
    button = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Oui", callback_data="yes")]])
    sent = await bot.send_message(person, "Prêt ?", reply_markup=button)
    await control(f"people/{person}/tap", text="Oui")
    query = await client.heard("callback_query")
    assert await bot.answer_callback_query(query.id)
    assert (await bot.edit_message_text("Noté.", chat_id=person, message_id=sent.message_id)).text == "Noté."
    await bot.edit_message_reply_markup(chat_id=person, message_id=sent.message_id, reply_markup=button)
    said = (await control(f"people/{person}/say", text="Mercy"))["message_id"]
    await control(f"people/{person}/edit", message_id=said, text="Merci")
    assert (await client.heard("message")).text == "Mercy"
    edited = await client.heard("edited_message")
    assert (edited.text, edited.edit_date >= edited.date.timestamp()) == ("Merci", True)
    more = [(await bot.send_message(person, text)).message_id for text in "ABC"]
    assert await bot.delete_message(person, sent.message_id)
    assert await bot.delete_messages(person, [*more, 999])


async def aiogram_handles_files(client: Aiogram, control: Call, send_file: SendFile, person: int) -> None:
    bot = client.bot
    chart = BufferedInputFile(picture(600, 300), "diagramme à barres.png")
    sent = await bot.send_photo(person, chart, caption="<b>Résultats</b>", parse_mode="HTML", has_spoiler=True)
    assert [(size.width, size.height) for size in sent.photo] == [(90, 45), (320, 160), (600, 300)]
    assert (sent.caption, sent.caption_entities[0].type, sent.has_media_spoiler) == ("Résultats", "bold", True)
    again = await bot.send_photo(person, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    captioned = await bot.edit_message_caption(
        chat_id=person, message_id=sent.message_id, caption="Tout", show_caption_above_media=True
    )
    assert (captioned.caption, captioned.show_caption_above_media) == ("Tout", True)
    downloaded = await bot.download(sent.photo[0])
    assert downloaded.read()[:3] == b"\xff\xd8\xff"

    table = await bot.send_document(person, BufferedInputFile(b"a;b\r\n1;2\n", "données.csv"), caption="Les données")
    assert (table.document.file_name, table.document.mime_type) == ("données.csv", "text/csv")
    file = await bot.get_file(table.document.file_id)
    assert (await bot.download_file(file.file_path)).read() == b"a;b\r\n1;2\n"
    await send_file(person, "moi.jpg", picture(100, 100, "JPEG"), **{"as": "photo"})
    await send_file(person, "programme.xlsx", b"workbook", **{"as": "document", "caption": "Voici"})
    assert (await client.heard("message")).photo[-1].width == 100
    received = await client.heard("message")
    assert (received.caption, (await bot.download(received.document)).read()) == ("Voici", b"workbook")
    with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
        await bot.send_photo(person, "https://example.org/a.png")


async def aiogram_asks_and_reacts(client: Aiogram, control: Call, person: int) -> None:
    bot = client.bot
    sent = await bot.send_poll(person, "Utilisé ?", ["Oui", "Non"], is_anonymous=False, allows_multiple_answers=True)
    await control(f"people/{person}/vote", message_id=sent.message_id, options=[0, 1])
    answer = await client.heard("poll_answer")
    assert (answer.poll_id, answer.user.id, answer.option_ids) == (sent.poll.id, person, [0, 1])
    stopped = await bot.stop_poll(person, sent.message_id)
    assert (stopped.is_closed, stopped.total_voter_count) == (True, 1)
    assert (await client.heard("poll")).is_closed
    secret = await bot.send_poll(person, "Et maintenant ?", ["Oui", "Non"])
    await control(f"people/{person}/vote", message_id=secret.message_id, options=[1])
    assert [option.voter_count for option in (await client.heard("poll")).options] == [0, 1]
    assert await bot.set_message_reaction(person, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
    await control(f"people/{person}/react", message_id=sent.message_id, emoji="🎉")
    changed = await client.heard("message_reaction")
    assert (changed.old_reaction, changed.new_reaction[0].emoji) == ([], "🎉")


async def aiogram_sees_a_group_move(client: Aiogram, control: Call, person: int) -> None:
    bot = client.bot
    kofi = (await control("people", name="Kofi"))["id"]
    old = (await control("groups", title="Peers", members=[person], basic=True))["id"]
    await control(f"groups/{old}/add_bot")
    assert (await client.heard("my_chat_member")).new_chat_member.status == "member"
    assert (await client.heard("message")).chat.type == "group"
    await control(f"groups/{old}/join", person=kofi)
    assert (await client.heard("message")).new_chat_members[0].id == kofi
    await control(f"groups/{old}/leave", person=kofi)
    assert (await client.heard("message")).left_chat_member.id == kofi
    new = (await control(f"groups/{old}/migrate"))["id"]
    assert (await client.heard("message")).migrate_to_chat_id == new
    assert (await client.heard("message")).migrate_from_chat_id == old
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(old, "Anybody?")
    assert moved.value.migrate_to_chat_id == new
    assert (await bot.get_chat(new)).type == "supergroup"
    assert (await bot.get_chat_member(new, kofi)).status == "left"
    assert [member.user.id for member in await bot.get_chat_administrators(new)] == [person]
    assert await bot.leave_chat(new)
