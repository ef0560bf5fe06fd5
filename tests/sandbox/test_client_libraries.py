"""Two independent client libraries converse as bots do, and find what their types promise; and what calls look like."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)

from sandbox.server import Serving

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


@pytest.fixture
async def bot(sandbox: Serving) -> AsyncIterator[Bot]:
    async with Bot("42:typed", session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))) as bot:
        yield bot


def keyboard(*texts: str) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(text=text, callback_data=text.lower()) for text in texts]
    return InlineKeyboardMarkup(inline_keyboard=[buttons])


async def test_aiogram_converses(bot: Bot, control: Call) -> None:
    me = await bot.get_me()
    person = (await control("people", name="Ama", language="fr"))["id"]
    await control(f"people/{person}/start", code="LSE-1")
    [update] = await bot.get_updates(timeout=2)
    assert update.message is not None
    assert (update.message.text, update.message.from_user.language_code) == ("/start LSE-1", "fr")
    assert [entity.type for entity in update.message.entities] == ["bot_command"]

    await bot.send_chat_action(person, "typing")
    question = await bot.send_message(
        person,
        "<b>Bonjour</b> 👋 qu’avez-vous <i>retenu</i> ?",
        parse_mode="HTML",
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message_id=update.message.message_id),
        reply_markup=keyboard("Beaucoup", "Rien"),
    )
    assert question.message_id == update.message.message_id + 1
    assert question.has_protected_content
    assert question.reply_to_message.text == "/start LSE-1"
    assert [entity.extract_from(question.text) for entity in question.entities] == ["Bonjour", "retenu"]

    await control(f"people/{person}/tap", text="Rien")
    [update] = await bot.get_updates(offset=update.update_id + 1, timeout=2)
    assert (update.callback_query.data, update.callback_query.message.message_id) == ("rien", question.message_id)
    assert await bot.answer_callback_query(update.callback_query.id, "Merci")
    edited = await bot.edit_message_text("Merci !", chat_id=person, message_id=question.message_id)
    assert (edited.text, edited.reply_markup, edited.edit_date is not None) == ("Merci !", None, True)
    marked = await bot.edit_message_reply_markup(
        chat_id=person, message_id=question.message_id, reply_markup=keyboard("Encore")
    )
    assert marked.reply_markup.inline_keyboard[0][0].text == "Encore"
    assert await bot.delete_message(person, question.message_id)
    chat = await bot.get_chat(person)
    assert (chat.type, chat.first_name) == ("private", "Ama")
    assert me.username == "sandbox42_bot"


async def test_aiogram_in_a_group(bot: Bot, control: Call) -> None:
    await bot.get_me()
    people = [(await control("people", name=name, language="en"))["id"] for name in ("Ama", "Kofi")]
    group = (await control("groups", title="Peers", members=people))["id"]
    await control(f"groups/{group}/add_bot")
    changed, joined = await bot.get_updates(timeout=2)
    assert (changed.my_chat_member.old_chat_member.status, changed.my_chat_member.new_chat_member.status) == (
        "left",
        "member",
    )
    assert joined.message.new_chat_members[0].id == bot.id
    assert group < -1_000_000_000_000

    assert (await bot.get_chat(group)).title == "Peers"
    assert (await bot.get_chat_member(group, people[1])).status == "member"
    assert (await bot.get_chat_member(group, bot.id)).status == "member"
    assert [member.user.id for member in await bot.get_chat_administrators(group)] == [people[0]]
    assert await bot.leave_chat(group)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group, "Hello?")


async def test_aiogram_presents_itself(bot: Bot) -> None:
    await bot.set_my_name("Follow-up")
    await bot.set_my_name("Suivi", language_code="fr")
    assert [(await bot.get_my_name(code)).name for code in ("fr", "en", None)] == ["Suivi", "Follow-up", "Follow-up"]
    await bot.set_my_description("Long", language_code="fr")
    assert (await bot.get_my_description("fr")).description == "Long"
    assert (await bot.get_my_description()).description == ""
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_short_description("fr")).short_description == "Short"

    help_, aide = BotCommand(command="help", description="Help"), BotCommand(command="aide", description="Aide")
    await bot.set_my_commands([help_])
    await bot.set_my_commands([aide], scope=BotCommandScopeAllGroupChats(), language_code="fr")
    assert [each.command for each in await bot.get_my_commands()] == ["help"]
    [in_groups] = await bot.get_my_commands(scope=BotCommandScopeAllGroupChats(), language_code="fr")
    assert (in_groups.command, in_groups.description) == ("aide", "Aide")
    assert await bot.get_my_commands(scope=BotCommandScopeChat(chat_id=7)) == []
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == []
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Help!", description="Help")])


async def test_aiogram_sets_a_webhook(bot: Bot) -> None:
    await bot.set_webhook("https://127.0.0.1:9/hook", secret_token="s3cret", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.allowed_updates) == ("https://127.0.0.1:9/hook", 0, ["message"])
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_python_telegram_bot_converses(sandbox: Serving, control: Call) -> None:
    async with telegram.Bot("43:typed", base_url=f"{sandbox.url}/bot") as bot:
        person = (await control("people", name="Kofi", language="en"))["id"]
        await control(f"people/{person}/say", text="Hello 🙂 @somebody #hiv https://example.org/a?b=c.")
        [update] = await bot.get_updates(timeout=2)
        entities = update.message.parse_entities()
        assert set(entities.values()) == {"@somebody", "#hiv", "https://example.org/a?b=c"}

        choices = telegram.InlineKeyboardMarkup.from_row([telegram.InlineKeyboardButton("Yes", callback_data="y")])
        sent = await update.message.reply_text("<u>Ready?</u>", parse_mode="HTML", reply_markup=choices, do_quote=True)
        assert sent.reply_to_message.message_id == update.message.message_id
        await control(f"people/{person}/tap", message_id=sent.message_id, data="y")
        [update] = await bot.get_updates(offset=update.update_id + 1, timeout=2)
        await update.callback_query.answer("Good", show_alert=True)
        edited = await update.callback_query.edit_message_text("Noted")
        assert edited.text == "Noted"
        await control(f"people/{person}/block")
        with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
            await bot.send_message(person, "Are you there?")
        await bot.set_my_commands([("start", "Begin")])
        assert (await bot.get_my_commands())[0].command == "start"


async def test_python_telegram_bot_as_an_administrator(sandbox: Serving, control: Call) -> None:
    async with telegram.Bot("43:typed", base_url=f"{sandbox.url}/bot") as bot:
        owner = (await control("people", name="Kofi", language="en"))["id"]
        group = (await control("groups", title="Peers", members=[owner]))["id"]
        await control(f"groups/{group}/add_bot", administrator=True)
        assert (await bot.get_chat_member(group, bot.id)).status == "administrator"
        members = await bot.get_chat_administrators(group)
        assert [member.status for member in members] == ["creator", "administrator"]
        await control(f"people/{owner}/say", chat=group, text="Nothing for a bot, but administrators read everything")
        assert (await bot.get_updates(timeout=2))[-1].message.text.startswith("Nothing for a bot")


async def test_every_way_of_calling(web: httpx.AsyncClient, ama: int) -> None:
    values = {"chat_id": str(ama), "text": "Bonjour"}
    answers = [
        await web.get("/bot42:test-token/sendmessage", params=values),
        await web.post("/bot42:test-token/SENDMESSAGE", params=values),
        await web.post("/bot42:test-token/sendMessage", data=values),
        await web.post("/bot42:test-token/sendMessage", json={"chat_id": ama, "text": "Bonjour"}),
        await web.post("/bot42:test-token/sendMessage", data=values, files={"unused": ("a.bin", b"\x00\r\n\xff")}),
    ]
    results = [answer.json()["result"] for answer in answers]
    assert [result["text"] for result in results] == ["Bonjour"] * 5
    assert [result["message_id"] for result in results] == list(range(2, 7))


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot42:x/noSuchMethod", 404, "Not Found: method not found"),
        ("/botnonsense/getMe", 404, "Not Found"),
        ("/bot42/getMe", 404, "Not Found"),
    ],
)
async def test_what_does_not_exist(web: httpx.AsyncClient, path: str, status: int, description: str) -> None:
    answer = await web.get(path)
    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": description}


async def test_the_journal_names_calls_but_no_token(web: httpx.AsyncClient, ama: int) -> None:
    await web.post("/bot42:test-token/sendMessage", json={"chat_id": ama, "text": "Bonjour"})
    journal = (await web.get("/sandbox/journal")).text
    assert '"method": "sendMessage", "request": {"chat_id": ' in journal
    assert '"update": {"update_id": ' in journal
    assert "test-token" not in journal
