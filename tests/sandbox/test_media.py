"""Photos and documents, from bots and from people: what Telegram makes of them, and how they are fetched."""

import io
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.sandbox.conftest import picture

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]
SendFile = Callable[..., Awaitable[httpx.Response]]
MEGABYTE = 1024 * 1024


@pytest.fixture
def upload(web: httpx.AsyncClient) -> Call:
    """A bot sends a file with the call; gives the envelope."""

    async def uploading(method: str, name: str, data: bytes, **values: Any) -> Json:
        field = method.removeprefix("send").lower()
        answer = await web.post(f"/bot42:test-token/{method}", data=values, files={field: (name, data)})
        body: Json = answer.json()
        assert answer.status_code == body.get("error_code", 200)
        return body

    return uploading


async def fetched(web: httpx.AsyncClient, call: Call, file_id: str) -> bytes:
    path = (await call("getFile", file_id=file_id))["result"]["file_path"]
    return (await web.get(f"/file/bot42:test-token/{path}")).raise_for_status().content


@pytest.mark.parametrize(
    ("width", "height", "sizes"),
    [
        (60, 40, [(60, 40)]),
        (90, 90, [(90, 90)]),
        (500, 250, [(90, 45), (320, 160), (500, 250)]),
        (800, 400, [(90, 45), (320, 160), (800, 400)]),
        (1000, 2000, [(45, 90), (160, 320), (400, 800), (640, 1280)]),
        (2, 40, [(2, 40)]),
    ],
)
async def test_a_photo_comes_in_sizes(
    web: httpx.AsyncClient, upload: Call, call: Call, ama: int, width: int, height: int, sizes: list[tuple[int, int]]
) -> None:
    photo = (await upload("sendPhoto", "a.png", picture(width, height), chat_id=ama))["result"]["photo"]
    assert [(size["width"], size["height"]) for size in photo] == sizes
    for size in photo:
        data = await fetched(web, call, size["file_id"])
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.size, len(data)) == ("JPEG", (size["width"], size["height"]), size["file_size"])


async def test_transparency_becomes_white(web: httpx.AsyncClient, upload: Call, call: Call, ama: int) -> None:
    photo = (await upload("sendPhoto", "a.png", picture(50, 50, colour=(0, 0, 0, 0)), chat_id=ama))["result"]["photo"]
    with Image.open(io.BytesIO(await fetched(web, call, photo[-1]["file_id"]))) as image:
        assert image.getpixel((25, 25)) == (255, 255, 255)


async def test_a_photo_lying_on_its_side_stands_up(upload: Call, ama: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter
    file = io.BytesIO()
    Image.new("RGB", (200, 100)).save(file, "JPEG", exif=exif)
    photo = (await upload("sendPhoto", "a.jpg", file.getvalue(), chat_id=ama))["result"]["photo"]
    assert (photo[-1]["width"], photo[-1]["height"]) == (100, 200)


REFUSED_PHOTOS: list[tuple[bytes, str]] = [
    (b"", "file must be non-empty"),
    (b"no picture", "IMAGE_PROCESS_FAILED"),
    (picture(100, 100)[:60], "IMAGE_PROCESS_FAILED"),
    (picture(21, 1), "PHOTO_INVALID_DIMENSIONS"),
    (picture(9999, 500, colour=None), "PHOTO_INVALID_DIMENSIONS"),
    (
        b"x" * (10 * MEGABYTE + 1),
        "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
    ),
]


async def test_photos_that_are_refused(upload: Call, ama: int) -> None:
    for data, reason in REFUSED_PHOTOS:
        answer = await upload("sendPhoto", "a.png", data, chat_id=ama)
        assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}


async def test_a_document_stays_as_it_is(web: httpx.AsyncClient, upload: Call, call: Call, ama: int) -> None:
    data = bytes(range(256)) + b"\r\n--boundary\r\n\n\r"
    sent = (await upload("sendDocument", "évaluation (1).xlsx", data, chat_id=ama))["result"]
    assert "caption" not in sent
    document = sent["document"]
    assert (document["file_name"], document["file_size"]) == ("évaluation (1).xlsx", len(data))
    assert document["mime_type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert await fetched(web, call, document["file_id"]) == data
    nameless = (await upload("sendDocument", "../../etc/passwd", b"x", chat_id=ama))["result"]["document"]
    assert (nameless["file_name"], nameless["mime_type"]) == ("passwd", "application/octet-stream")


async def test_the_same_file_is_known_again(upload: Call, call: Call, ama: int) -> None:
    first = (await upload("sendDocument", "a.txt", b"same", chat_id=ama))["result"]["document"]
    again = (await upload("sendDocument", "b.txt", b"same", chat_id=ama))["result"]["document"]
    other = (await upload("sendDocument", "a.txt", b"other", chat_id=ama))["result"]["document"]
    assert first["file_unique_id"] == again["file_unique_id"] != other["file_unique_id"]
    assert again["file_name"] == "b.txt"
    reused = (await call("sendDocument", chat_id=ama, document=first["file_id"], caption="Again"))["result"]
    assert (reused["document"], reused["caption"]) == (first, "Again")

    photo = (await upload("sendPhoto", "a.png", picture(500, 500), chat_id=ama))["result"]["photo"]
    same = (await upload("sendPhoto", "b.png", picture(500, 500), chat_id=ama))["result"]["photo"]
    by_smallest = (await call("sendPhoto", chat_id=ama, photo=photo[0]["file_id"]))["result"]["photo"]
    assert photo == same == by_smallest


async def test_a_file_may_be_attached_under_another_name(web: httpx.AsyncClient, ama: int) -> None:
    values = {"chat_id": str(ama), "photo": "attach://chart", "has_spoiler": "true"}
    answer = await web.post("/bot42:x/sendPhoto", data=values, files={"chart": ("chart.png", picture(100, 100))})
    result = answer.json()["result"]
    assert (len(result["photo"]), result["has_media_spoiler"]) == (2, True)


async def test_files_that_are_not_sent(upload: Call, call: Call, ama: int) -> None:
    document = (await upload("sendDocument", "a.txt", b"text", chat_id=ama))["result"]["document"]["file_id"]
    photo = (await upload("sendPhoto", "a.png", picture(9, 9), chat_id=ama))["result"]["photo"][0]["file_id"]
    for method, values, reason in [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {"document": ""}, "there is no document in the request"),
        ("sendPhoto", {"photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
        ("sendDocument", {"document": "http://example.org/a.pdf"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": "attach://nowhere"}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "AgACnonsense"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": document}, "can't use file of type Document as Photo"),
        ("sendDocument", {"document": photo}, "can't use file of type Photo as Document"),
        ("sendDocument", {"document": document, "caption": "x" * 1025}, "message caption is too long"),
        ("getFile", {"file_id": "nonsense"}, "wrong file_id or the file is temporarily unavailable"),
        ("getFile", {}, "wrong file_id or the file is temporarily unavailable"),
    ]:
        answer = await call(method, **{"chat_id": ama, **values})
        assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}, (method, values)


async def test_how_large_a_file_may_be(
    upload: Call, call: Call, send_file: SendFile, updates: Updates, ama: int
) -> None:
    answer = await upload("sendDocument", "a.bin", bytes(50 * MEGABYTE + 1), chat_id=ama)
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")
    for size, reason in [(20 * MEGABYTE, None), (20 * MEGABYTE + 1, "Bad Request: file is too big")]:
        await send_file(ama, "a.bin", bytes(size), **{"as": "document"})
        [update] = await updates()
        answer = await call("getFile", file_id=update["message"]["document"]["file_id"])
        assert answer.get("description") == reason


async def test_captions_are_read_like_texts(upload: Call, call: Call, ama: int) -> None:
    caption = f"<b>{'é' * 1000}</b> https://example.org 😀"
    values = {"chat_id": ama, "caption": caption, "parse_mode": "HTML", "show_caption_above_media": "true"}
    sent = (await upload("sendPhoto", "a.png", picture(9, 9), **values))["result"]
    assert [entity["type"] for entity in sent["caption_entities"]] == ["bold", "url"]
    assert sent["caption"].startswith("éé")
    assert sent["show_caption_above_media"] is True

    target = {"chat_id": ama, "message_id": sent["message_id"]}
    marked = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    changed = (await call("editMessageCaption", **target, caption="Shorter", reply_markup=marked))["result"]
    assert (changed["caption"], changed["photo"], "edit_date" in changed) == ("Shorter", sent["photo"], True)
    assert "caption_entities" not in changed
    assert "show_caption_above_media" not in changed
    assert changed["reply_markup"] == marked
    same = await call("editMessageCaption", **target, caption="Shorter", reply_markup=marked)
    assert same["description"].startswith("Bad Request: message is not modified")
    bare = (await call("editMessageCaption", **target))["result"]
    assert "caption" not in bare
    text = await call("editMessageText", **target, text="Shorter")
    assert text["description"] == "Bad Request: there is no text in the message to edit"
    plain = (await call("sendMessage", chat_id=ama, text="No file"))["result"]["message_id"]
    answer = await call("editMessageCaption", chat_id=ama, message_id=plain, caption="x")
    assert answer["description"] == "Bad Request: there is no caption in the message to edit"


async def test_files_that_people_send(
    web: httpx.AsyncClient, call: Call, send_file: SendFile, updates: Updates, ama: int
) -> None:
    pack = b"a workbook"
    sent = await send_file(ama, "pack.xlsx", pack, **{"as": "document", "caption": "Voici /aide", "reply_to": "1"})
    assert sent.json() == {"message_id": 2}
    await send_file(ama, "me.jpg", picture(400, 300, "JPEG"), **{"as": "photo"})
    first, second = [update["message"] for update in await updates()]
    assert (first["caption"], first["caption_entities"][0]["type"]) == ("Voici /aide", "bot_command")
    assert first["reply_to_message"]["text"] == "/start"
    assert await fetched(web, call, first["document"]["file_id"]) == pack
    assert [size["width"] for size in second["photo"]] == [90, 320, 400]


async def test_files_that_people_cannot_send(web: httpx.AsyncClient, send_file: SendFile, ama: int) -> None:
    refused = [
        await send_file(ama, "a.txt", b"text", **{"as": "photo"}),
        await send_file(ama, "a.txt", b"", **{"as": "document"}),
        await send_file(ama, "a.txt", b"text", **{"as": "song"}),
        await send_file(ama, "a.txt", b"text", **{"as": "document", "caption": "x" * 1025}),
        await web.post(f"/sandbox/people/{ama}/send", json={"as": "document", "file": "a.txt"}),
        await web.post(f"/sandbox/people/{ama}/send", content="{", headers={"Content-Type": "application/json"}),
        await web.post(f"/sandbox/people/{ama}/send", content="x", headers={"Content-Type": "multipart/form-data"}),
    ]
    assert [answer.status_code for answer in refused] == [400] * 7
    assert refused[0].json()["error"] == "Bad Request: IMAGE_PROCESS_FAILED"
    assert (await send_file(ama, "a.txt", b"text", **{"as": "document", "chat": "-5"})).status_code == 404


async def test_files_on_the_page(web: httpx.AsyncClient, upload: Call, ama: int) -> None:
    await upload("sendPhoto", "a.png", picture(2000, 1000), chat_id=ama, disable_notification=True)
    await upload("sendDocument", "bilan d’étape.html", b"<script>", chat_id=ama, protect_content=True, caption="Lisez")
    photo, document = (await web.get(f"/sandbox/chats/{ama}/messages")).json()[1:]
    assert (photo["photo"]["width"], photo["photo"]["height"], photo["silent"]) == (1280, 640, True)
    shown = await web.get(photo["photo"]["url"])
    assert (shown.headers["content-type"], shown.headers["content-disposition"][:6]) == ("image/jpeg", "inline")
    about = document["document"]
    assert (about["name"], about["size"], about["type"]) == ("bilan d’étape.html", 8, "text/html")
    assert (document["caption"], document["protected"], "silent" in document) == ("Lisez", True, False)
    saved = await web.get(about["url"])
    assert (saved.content, saved.headers["content-disposition"][:10]) == (b"<script>", "attachment")
    assert "sandbox" in saved.headers["content-security-policy"]
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert (await web.get("/sandbox/files/999")).status_code == 404


async def test_only_a_known_bot_fetches_files(web: httpx.AsyncClient, upload: Call, call: Call, ama: int) -> None:
    sent = (await upload("sendDocument", "a.txt", b"text", chat_id=ama))["result"]["document"]
    path = (await call("getFile", file_id=sent["file_id"]))["result"]["file_path"]
    assert (await web.get(f"/file/bot42:test-token/{path}")).text == "text"
    for wrong in (f"/file/bot43:unknown/{path}", f"/file/botnonsense/{path}", "/file/bot42:x/documents/file_99.txt"):
        answer = await web.get(wrong)
        assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")


async def test_the_journal_keeps_names_of_files_only(web: httpx.AsyncClient, upload: Call, ama: int) -> None:
    await upload("sendDocument", "private.txt", b"what nobody should read", chat_id=ama)
    journal = (await web.get("/sandbox/journal")).text
    assert '"document": "private.txt"' in journal
    assert "what nobody should read" not in journal


async def test_a_reset_forgets_files(web: httpx.AsyncClient, upload: Call, call: Call, control: Call, ama: int) -> None:
    sent = (await upload("sendDocument", "a.txt", b"text", chat_id=ama))["result"]["document"]
    await control("reset")
    assert (await call("getFile", file_id=sent["file_id"]))["error_code"] == 400
