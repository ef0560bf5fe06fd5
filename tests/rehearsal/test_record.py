"""Talks read from a sandbox's journal: edits keep what they replace, taps stand where they happened."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.rehearsal.record import Run, talks

Json = dict[str, Any]
NOON = 1_800_000_000
PERSON = 7


def sent(number: int, text: str, at: int, *buttons: str, **more: Any) -> Json:
    message = {"message_id": number, "chat": {"id": PERSON}, "date": at, "text": text, **more}
    if buttons:
        keyboard = [[{"text": each, "callback_data": f"c:1:{index}"}] for index, each in enumerate(buttons)]
        message["reply_markup"] = {"inline_keyboard": keyboard}
    return {"method": "sendMessage", "request": {}, "response": {"ok": True, "result": message}}


def edited(number: int, text: str, at: int, *buttons: str) -> Json:
    return {**sent(number, text, NOON, *buttons, edit_date=at), "method": "editMessageText"}


def tapped(number: int, data: str, tap: str = "t1") -> Json:
    message = {"message_id": number, "chat": {"id": PERSON}, "date": NOON}
    return {"update": {"update_id": 1, "callback_query": {"id": tap, "message": message, "data": data}}}


def typed(number: int, text: str, at: int) -> Json:
    return {
        "update": {"update_id": 2, "message": {"message_id": number, "chat": {"id": PERSON}, "date": at, "text": text}}
    }


def toasted(text: str, tap: str = "t1") -> Json:
    return {
        "method": "answerCallbackQuery",
        "request": {"callback_query_id": tap, "text": text},
        "response": {"ok": True, "result": True},
    }


def read(*entries: Json) -> Any:
    return talks(json.dumps(entry) for entry in entries)[PERSON]


def test_an_edit_adds_a_look_and_the_tap_stays_with_the_first() -> None:
    [bubble] = read(sent(1, "Ready?", NOON, "Yes", "No"), tapped(1, "c:1:1"), edited(1, "You said no.", NOON + 60))
    assert [look.text for look in bubble.looks] == ["Ready?", "You said no."]
    assert [look.tapped for look in bubble.looks] == [("No",), ()]
    assert [look.at for look in bubble.looks] == [datetime.fromtimestamp(at, UTC) for at in (NOON, NOON + 60)]


def test_ticking_boxes_is_one_look_with_the_boxes_as_they_are_in_the_end() -> None:
    [bubble] = read(
        sent(1, "Which?", NOON, "☐ A", "☐ B", "Done"),
        tapped(1, "c:1:0"),
        edited(1, "Which?", NOON, "☑ A", "☐ B", "Done"),
        tapped(1, "c:1:2"),
        edited(1, "✓ A", NOON),
    )
    first, last = bubble.looks
    assert [button.text for row in first.rows for button in row] == ["☑ A", "☐ B", "Done"]
    assert first.tapped == ("☑ A", "Done")
    assert last.rows == ()


def test_a_box_that_is_empty_in_the_end_was_not_chosen() -> None:
    [bubble] = read(
        sent(1, "Which?", NOON, "☐ A", "☐ None", "Done"),
        tapped(1, "c:1:0"),
        edited(1, "Which?", NOON, "☑ A", "☐ None", "Done"),
        tapped(1, "c:1:1"),
        edited(1, "Which?", NOON, "☐ A", "☑ None", "Done"),
        tapped(1, "c:1:2"),
    )
    assert bubble.looks[0].tapped == ("☑ None", "Done")


def test_what_people_type_stands_in_its_place_and_no_invitation_is_shown() -> None:
    talk = read(typed(1, "/start SECRET", NOON), sent(2, "Welcome", NOON), typed(3, "Thanks", NOON + 5))
    assert [(bubble.from_bot, bubble.looks[0].text) for bubble in talk] == [
        (False, "/start"),
        (True, "Welcome"),
        (False, "Thanks"),
    ]


def test_a_toast_belongs_to_the_message_that_was_tapped() -> None:
    [first, second] = read(
        sent(1, "Old", NOON, "Go"), sent(2, "New", NOON, "Go"), tapped(1, "c:1:0"), toasted("Not in use any more.")
    )
    assert first.looks[0].toasts == ("Not in use any more.",)
    assert second.looks[0].toasts == ()


def test_an_announcement_names_its_plan_and_an_edit_that_offers_to_go_on_does_not() -> None:
    opens = {"reply_markup": {"inline_keyboard": [[{"text": "Open", "callback_data": "o:31"}]]}}
    question = sent(2, "Question 1", NOON, "Later")
    paused = edited(2, "Go on?", NOON)
    paused["response"]["result"] |= opens
    first, second = read(sent(1, "You have a new message.", NOON, **opens), question, paused)
    assert (first.nudge, second.nudge) == (31, None)


def test_bold_words_are_told_apart_behind_an_emoji() -> None:
    bold = [{"type": "bold", "offset": 3, "length": 5}, {"type": "italic", "offset": 0, "length": 2}]
    [bubble] = read(sent(1, "👍 Right, yes", NOON, entities=bold))
    assert bubble.looks[0].runs == (Run("👍 "), Run("Right", strong=True), Run(", yes"))


def test_what_failed_and_what_is_no_message_leaves_no_trace() -> None:
    refused = {"method": "sendMessage", "request": {}, "response": {"ok": False, "error_code": 403}}
    name = {"method": "getMe", "request": {}, "response": {"ok": True, "result": {"id": 1}}}
    blocked = {"update": {"update_id": 3, "my_chat_member": {}}}
    assert len(read(refused, name, blocked, sent(1, "Here", NOON), tapped(9, "c:1:0"), toasted("x", "t9"))) == 1
