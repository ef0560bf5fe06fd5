"""What Telegram refuses, in its own words."""

from collections.abc import Awaitable, Callable
from typing import Any

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]


def button(data: str = "x", **more: Any) -> Json:
    return {"text": "B", "callback_data": data, **more}


def inline(*rows: list[Json]) -> Json:
    return {"inline_keyboard": list(rows)}


REFUSED: list[tuple[Json, str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "message text is empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "x", "parse_mode": "MarkdownV3"}, "unsupported parse_mode"),
    ({"text": "x", "chat_id": 1}, "chat not found"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    (
        {"text": "x", "reply_parameters": {"message_id": "2"}},
        'can\'t parse reply parameters: Field "message_id" must be of type Number',
    ),
    ({"text": "x", "link_preview_options": "[1]"}, "object expected as link preview options"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
        'can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "B", "url": "ftp://example.org"}]]}},
        "inline keyboard button URL 'ftp://example.org' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": {"keyboard": [[{"request_contact": True}]]}},
        'can\'t parse keyboard button: Field "text" must be of type String',
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": "B"}},
        "can't parse inline keyboard: Expected an Array of Arrays of buttons",
    ),
    ({"text": "x", "entities": "{}"}, "can't parse entities: Expected an Array"),
    ({"text": "x", "entities": [{"offset": 0}]}, 'can\'t parse entities: Field "type" must be of type String'),
    ({"text": "x", "entities": [{"type": "bold"}]}, 'can\'t parse entities: Field "offset" must be of type Number'),
    ({"text": "x", "reply_markup": "{nonsense"}, "can't parse reply markup JSON object"),
    ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    ({"text": "x", "reply_markup": inline([button("x" * 65)])}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline([button("é" * 33)])}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline([button("")])}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline([button()] * 9)}, "reply markup is too long"),
    ({"text": "x", "reply_markup": inline(*[[button()] * 8] * 13)}, "reply markup is too long"),
    (
        {"text": "x", "reply_markup": inline([{"text": "B"}])},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity beginning or length is invalid"),
]


async def test_messages_that_are_refused(call: Call, ama: int) -> None:
    for values, reason in REFUSED:
        answer = await call("sendMessage", **{"chat_id": ama, **values})
        assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}, values


TAKEN: list[Json] = [
    {"text": "a" * 4096},
    {"text": "😀" * 2048},
    {"text": f"<b>{'a' * 4096}</b>", "parse_mode": "HTML"},
    {"text": "x", "reply_markup": inline([button("é" * 32)] * 8)},
    {"text": "x", "reply_markup": inline(*[[button()] * 5] * 20)},
    {"text": "x", "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
    {"text": "xy", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
    {"text": "x", "reply_markup": {"keyboard": [["Yes", {"text": "No"}]], "one_time_keyboard": True}},
    {"text": "x", "reply_markup": {"force_reply": True}},
]


async def test_messages_that_are_taken(call: Call, ama: int) -> None:
    for values in TAKEN:
        assert (await call("sendMessage", chat_id=ama, **values))["ok"], values


OTHERS_REFUSED: list[tuple[str, Json, str]] = [
    ("sendChatAction", {"action": "sleeping"}, "wrong parameter action in request"),
    ("editMessageText", {"inline_message_id": "1", "text": "x"}, "MESSAGE_ID_INVALID"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("deleteMessage", {}, "message identifier is not specified"),
    ("editMessageReplyMarkup", {"message_id": 2, "reply_markup": {"force_reply": True}}, "inline keyboard expected"),
    ("getChatMember", {"user_id": 5}, "PARTICIPANT_ID_INVALID"),
    ("getChatAdministrators", {}, "there are no administrators in the private chat"),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ("setMyName", {"name": "x" * 65}, "name is too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "short description is too long"),
    ("setMyName", {"name": "x", "language_code": "french"}, "invalid language code specified"),
    ("setMyCommands", {"commands": "help"}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("getMyCommands", {"scope": {"type": "planet"}}, "can't parse BotCommandScope: Unsupported type specified"),
    ("getMyCommands", {"scope": {"type": "chat"}}, "chat not found"),
    ("getUpdates", {"allowed_updates": {}}, "can't parse allowed updates: Expected an Array"),
]


async def test_other_calls_that_are_refused(call: Call, ama: int) -> None:
    await call("sendMessage", chat_id=ama, text="A message of the bot")
    for method, values, reason in OTHERS_REFUSED:
        answer = await call(method, **{"chat_id": ama, **values})
        assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}, (method, values)


async def test_mentions_of_people(call: Call, ama: int) -> None:
    text = f'<a href="tg://user?id={ama}">Ama</a>, <a href="tg://user?id=5">Nobody</a>'
    sent = (await call("sendMessage", chat_id=ama, text=text, parse_mode="HTML"))["result"]
    assert sent["text"] == "Ama, Nobody"
    [mention] = sent["entities"]
    assert (mention["type"], mention["offset"], mention["length"], mention["user"]["id"]) == ("text_mention", 0, 3, ama)


async def test_people_who_cannot_be_reached(call: Call, control: Call, ama: int) -> None:
    stranger = (await control("people", name="Kofi"))["id"]
    answer = await call("sendMessage", chat_id=stranger, text="Hello")
    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    await control(f"people/{ama}/block")
    answer = await call("sendMessage", chat_id=ama, text="Hello")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    await control(f"people/{ama}/unblock")
    assert (await call("sendMessage", chat_id=ama, text="Hello"))["ok"]


async def test_a_group_that_threw_the_bot_out(call: Call, control: Call, ama: int) -> None:
    group = (await control("groups", title="Peers", members=[ama]))["id"]
    assert (await call("sendMessage", chat_id=group, text="Hello"))["description"] == "Bad Request: chat not found"
    await control(f"groups/{group}/add_bot")
    assert (await call("sendMessage", chat_id=group, text="Hello"))["ok"]
    await control(f"groups/{group}/remove_bot")
    answer = await call("sendMessage", chat_id=group, text="Hello")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was kicked from the supergroup chat")


async def test_editing(call: Call, control: Call, ama: int) -> None:
    markup = inline([button()])
    sent = (await call("sendMessage", chat_id=ama, text="A <b>b</b>", parse_mode="HTML", reply_markup=markup))["result"]
    target = {"chat_id": ama, "message_id": sent["message_id"]}
    same = await call("editMessageText", **target, text="A <b>b</b>", parse_mode="HTML", reply_markup=markup)
    assert same["description"].startswith("Bad Request: message is not modified: specified new message content and")
    same = await call("editMessageReplyMarkup", **target, reply_markup=markup)
    assert same["description"].startswith("Bad Request: message is not modified")
    bare = (await call("editMessageReplyMarkup", **target))["result"]
    assert "reply_markup" not in bare
    assert bare["entities"] == [{"type": "bold", "offset": 2, "length": 1}]

    missing = await call("editMessageText", chat_id=ama, message_id=999, text="A")
    assert missing["description"] == "Bad Request: message to edit not found"
    foreign = await call("editMessageText", chat_id=ama, message_id=1, text="A")
    assert foreign["description"] == "Bad Request: message can't be edited"
    gone = await call("deleteMessage", chat_id=ama, message_id=999)
    assert gone["description"] == "Bad Request: message to delete not found"
    await control("clock", advance=48 * 3600 + 1)
    late = await call("deleteMessage", **target)
    assert late["description"] == "Bad Request: message can't be deleted for everyone"


async def test_ids_of_deleted_messages_are_not_given_again(call: Call, ama: int) -> None:
    first = (await call("sendMessage", chat_id=ama, text="A"))["result"]["message_id"]
    assert (await call("deleteMessage", chat_id=ama, message_id=first))["result"] is True
    assert (await call("sendMessage", chat_id=ama, text="B"))["result"]["message_id"] == first + 1


async def test_answers_to_taps(call: Call, control: Call, ama: int) -> None:
    await call("sendMessage", chat_id=ama, text="A", reply_markup=inline([button()]))
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"

    async def answer(query: str, **values: Any) -> Json:
        return await call("answerCallbackQuery", callback_query_id=query, **values)

    assert (await answer("1"))["description"] == too_old
    query = (await control(f"people/{ama}/tap", data="x"))["callback_query_id"]
    assert (await answer(query, text="a" * 201))["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await answer(query, text="a" * 200))["result"] is True
    assert (await answer(query))["description"] == too_old
    query = (await control(f"people/{ama}/tap", data="x"))["callback_query_id"]
    await control("clock", advance=61)
    assert (await answer(query))["description"] == too_old


async def test_dates_come_from_the_clock(call: Call, control: Call, ama: int) -> None:
    await control("clock", frozen=True)
    await control("clock", to="2027-03-01T08:00:00.900+00:00")
    sent = (await call("sendMessage", chat_id=ama, text="A"))["result"]
    assert sent["date"] == 1803888000
    assert "edit_date" not in sent
