"""What each kind of update means, and which ones mean nothing."""

import pytest

from bot.channels import FromGroup, FromPerson, Tap
from bot.telegram.inbound import ALLOWED_UPDATES, read
from conversations.attachments import Attachment, Kind, Location
from conversations.buttons import Button, Choose
from conversations.cues import (
    Added,
    Blocked,
    Cue,
    GroupCue,
    GroupTapped,
    LinkAsked,
    Moved,
    Removed,
    Returned,
    Said,
    Sent,
    Started,
    Tapped,
    UnlinkAsked,
)
from conversations.marks import Mark, Style
from conversations.model import Language
from tests.bot.updates import ANONYMOUS, GROUP, ORIGIN, Json, in_group, membership, message, tap

FR = Language.FR
ALBUM: Json = {"media_group_id": "77", "photo": [{"file_id": "x", "width": 1, "height": 1}], "caption": "Us"}
PORTUGUESE: Json = {"id": 11, "is_bot": False, "first_name": "Ana", "language_code": "pt-br"}
BRITISH: Json = {"id": 11, "is_bot": False, "first_name": "Ann", "language_code": "en-GB"}
SILENT: Json = {"id": 11, "is_bot": False, "first_name": "Ann"}
RESTRICTED: Json = {"status": "restricted", "is_member": False}
ANOTHER_BOT: Json = {"id": 12, "is_bot": True, "first_name": "Bot"}


@pytest.mark.parametrize(
    ("update", "cue"),
    [
        (message("/start"), Started(None, FR)),
        (message("/start aB-9_x"), Started("aB-9_x", FR)),
        (message("/start@suivi_bot aB-9_x "), Started("aB-9_x", FR)),
        (message("/start one two"), Said("/start one two", FR)),
        (message("/start " + "x" * 65), Said("/start " + "x" * 65, FR)),
        (message("/started"), Said("/started", FR)),
        (message("/stop"), Said("/stop", FR)),
        (message("Bonjour"), Said("Bonjour", FR)),
        (message("Hi", sender=BRITISH), Said("Hi", Language.EN)),
        (message("Oi", sender=PORTUGUESE), Said("Oi", None)),
        (message("Hi", sender=SILENT), Said("Hi", None)),
        # a forwarded command is somebody else's
        (message("/start aB-9_x", forward_origin=ORIGIN), Said("/start aB-9_x", FR)),
        # half a character, which JSON may carry
        (message("a\ud83d b"), Said("a\ufffd b", FR)),
        (message("\U0001f642"), Said("\U0001f642", FR)),
        (message(**ALBUM), Sent(Attachment(Kind.PHOTO, "x"), "Us")),
        (message(voice={"file_id": "V"}, caption="a\ud83d"), Sent(Attachment(Kind.VOICE, "V"), "a\ufffd")),
        (message(sticker={"emoji": "👍"}), Sent()),
        # a voice note without the platform's reference to it can never be fetched
        (message(voice={"duration": 3}), Sent()),
        (message(voice={"file_id": "AwAC-1_x"}), Sent(Attachment(Kind.VOICE, "AwAC-1_x"))),
        (message(video_note={"file_id": "DQ"}), Sent(Attachment(Kind.VIDEO, "DQ"))),
        (
            message(document={"file_id": "BQ", "file_name": "Plan d’action.PDF"}),
            Sent(Attachment(Kind.DOCUMENT, "BQ", ".pdf")),
        ),
        (message(document={"file_id": "BQ", "file_name": "a.b c"}), Sent(Attachment(Kind.DOCUMENT, "BQ"))),
        (message(document={"file_id": "../../x"}), Sent()),
        (message(photo=[{"file_id": "small"}, {"file_id": "large"}]), Sent(Attachment(Kind.PHOTO, "large"))),
        (message(photo=[]), Sent()),
        (message(location={"latitude": 0, "longitude": 32.5}), Sent(Location(0.0, 32.5))),
        (
            message(location={"latitude": 0.31, "longitude": 32.5, "horizontal_accuracy": 8}),
            Sent(Location(0.31, 32.5, 8)),
        ),
        (message(location={"latitude": "north"}), Sent()),
        (message(contact={"phone_number": "1"}), Sent()),
        (tap("c:3:0"), Tapped(Choose(3, 0))),
        (tap("whatever"), Tapped(None)),
        (tap(None), Tapped(None)),
        (membership("kicked"), Blocked()),
        (membership("member"), Returned()),
    ],
)
def test_in_a_private_chat(update: Json, cue: Cue) -> None:
    incoming = read(update)
    assert isinstance(incoming, FromPerson)
    assert (incoming.update, incoming.address, incoming.cue) == (1, "11", cue)


@pytest.mark.parametrize(
    ("update", "cue"),
    [
        (in_group("/link LSE2026"), LinkAsked("lse2026")),
        (in_group("/link@suivi_bot lse2026 FR"), LinkAsked("lse2026", FR, to="suivi_bot")),
        (in_group("/link"), LinkAsked()),
        (in_group("/link@suivi_bot "), LinkAsked(to="suivi_bot")),
        (in_group("/link FR"), LinkAsked(None, FR)),
        (in_group("/link fr en"), LinkAsked("fr", Language.EN)),
        (in_group("/unlink"), UnlinkAsked()),
        (in_group("/unlink@Suivi_bot"), UnlinkAsked(to="Suivi_bot")),
        (in_group("/link", message_thread_id=4, is_topic_message=True), LinkAsked(topic=4)),
        (in_group("/unlink", message_thread_id=4, is_topic_message=True), UnlinkAsked(4)),
        # a reply in a supergroup has a thread, which is no topic
        (in_group("/link", message_thread_id=4), LinkAsked()),
        (in_group("/link lse2026", sender=ANONYMOUS, sender_chat=GROUP), LinkAsked("lse2026", anonymous=True)),
        (in_group("/unlink", sender=ANONYMOUS, sender_chat=GROUP), UnlinkAsked(anonymous=True)),
        (membership("member", chat=GROUP, old_chat_member={"status": "left"}), Added(FR)),
        (membership("administrator", chat=GROUP, old_chat_member={"status": "kicked"}), Added(FR)),
        (membership("member", chat=GROUP, old_chat_member=RESTRICTED), Added(FR)),
        (in_group("/link lse-2026  en "), LinkAsked("lse-2026", Language.EN)),
        (in_group(migrate_to_chat_id=-1002), Moved("-1002")),
        (in_group(migrate_to_chat_id=-1002, sender=ANONYMOUS), Moved("-1002")),
        (membership("left", chat=GROUP), Removed()),
        (membership("kicked", chat={**GROUP, "type": "group"}), Removed()),
        (membership("restricted", chat=GROUP, new_chat_member=RESTRICTED), Removed()),
    ],
)
def test_in_a_group(update: Json, cue: GroupCue) -> None:
    incoming = read(update)
    assert isinstance(incoming, FromGroup)
    assert (incoming.address, incoming.cue) == ("-1001", cue)


@pytest.mark.parametrize(
    "update",
    [
        in_group("hello everybody"),
        in_group("/stop"),
        in_group("/start aB-9_x"),
        in_group("/link lse2026 de"),
        in_group("/unlink lse2026"),
        in_group("please /link lse2026"),
        in_group("/link lse2026", forward_origin=ORIGIN),
        in_group("/link", forward_origin=ORIGIN, sender=ANONYMOUS, sender_chat=GROUP),
        in_group("hello", sender=ANONYMOUS, sender_chat=GROUP),
        # a channel that somebody writes as, or the one whose news come here by themselves
        in_group("/link lse2026", sender_chat={"id": -1009, "type": "channel"}),
        in_group("/link lse2026", sender=ANOTHER_BOT, sender_chat={"id": -1009, "type": "channel"}),
        in_group(new_chat_members=[ANOTHER_BOT]),
        in_group(**ALBUM),
        membership("member", chat=GROUP, old_chat_member={"status": "administrator"}),
        membership("administrator", chat=GROUP, old_chat_member={"status": "member"}),
        membership(
            "restricted",
            chat=GROUP,
            new_chat_member={**RESTRICTED, "is_member": True},
            old_chat_member={"status": "member"},
        ),
        membership("administrator", chat={**GROUP, "type": "channel"}),
        message("news", chat={"id": -9, "type": "channel"}),
        message("hi", sender=ANOTHER_BOT),
        message("hi", via_bot=ANOTHER_BOT),
        # the platform's own: somebody who sets a self-destruct timer or pins a message has said nothing
        message(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}),
        message(pinned_message={"message_id": 4}),
        {"update_id": 1, "edited_message": message("corrected")["message"]},
        {"update_id": 1, "channel_post": {"chat": {"id": -9, "type": "channel"}}},
        {"update_id": 1, "some_news_of_2030": {}},
        {"update_id": 1},
        tap("c:1:1", message=None),
    ],
)
def test_of_no_use(update: Json) -> None:
    assert read(update) is None


def test_a_message_without_a_sender_is_of_no_use() -> None:
    update = message("hi")
    del update["message"]["from"]
    assert read(update) is None


def test_a_tap_names_its_message_even_when_that_is_too_old_to_be_shown() -> None:
    inaccessible = {"chat": {"id": 11, "type": "private"}, "message_id": 3, "date": 0}
    incoming = read(tap("c:3:0", message=inaccessible))
    assert incoming == FromPerson(1, "11", Tapped(Choose(3, 0)), Tap("4242", "3"))


@pytest.mark.parametrize(("data", "button"), [("c:3:0", Choose(3, 0)), ("whatever", None), (None, None)])
def test_a_tap_in_a_group_is_the_groups(data: str | None, button: Button | None) -> None:
    incoming = read(tap(data, message={"chat": GROUP, "message_id": 3, "date": 1}))
    assert incoming == FromGroup(1, "-1001", GroupTapped(button), "11", Tap("4242", "3"))


def test_whoever_asks_for_a_link_is_named() -> None:
    incoming = read(in_group("/link lse2026"))
    assert isinstance(incoming, FromGroup)
    assert incoming.sender == "11"


def test_telegram_is_asked_for_what_is_read_and_for_no_more() -> None:
    assert ALLOWED_UPDATES == ["message", "callback_query", "my_chat_member"]


BOLD: Json = {"type": "bold", "offset": 0, "length": 4}


@pytest.mark.parametrize(
    ("entities", "marks"),
    [
        ([BOLD], (Mark(Style.BOLD, 0, 4),)),
        # An emoji is two units there, and one character here.
        ([{"type": "italic", "offset": 5, "length": 3}], (Mark(Style.ITALIC, 5, 7),)),
        (
            [{"type": "text_link", "offset": 0, "length": 4, "url": "https://x.org"}],
            (Mark(Style.LINK, 0, 4, "https://x.org"),),
        ),
        ([{"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert()"}], ()),
        ([{"type": "mention", "offset": 0, "length": 4}, BOLD], (Mark(Style.BOLD, 0, 4),)),
        ([{"type": "bold", "offset": 6, "length": 99}], ()),
        ([{"type": "bold", "offset": -1, "length": 2}], ()),
        ([{"type": "bold"}], ()),
        ("nonsense", ()),
    ],
)
def test_how_words_were_set_off(entities: object, marks: tuple[Mark, ...]) -> None:
    update = message("Meet 😀!")
    update["message"]["entities"] = entities
    incoming = read(update)
    assert isinstance(incoming, FromPerson)
    assert incoming.cue == Said("Meet 😀!", FR, marks)
