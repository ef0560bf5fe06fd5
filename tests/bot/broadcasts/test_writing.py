"""A broadcast is written, looked at and tried, through the whole bot."""

import pytest
from sqlalchemy import func, select

from conversations.attachments import Attachment, Kind
from conversations.buttons import Manage
from conversations.conversation import Idle
from conversations.cues import Tapped
from conversations.marks import Mark, Style
from conversations.messages import FileKind
from conversations.model import Language
from storage import broadcasts, chats, tables
from tests.audience import ANNOUNCEMENT, Coordinator, people, received, sent_off, text
from tests.bot.broadcasts.looking import button_of, planned, tap_on
from tests.rig import Rig


async def test_the_words_come_at_once_where_the_coordinator_says_so(rig: Rig, grace: Coordinator) -> None:
    address = people(rig, 5)[0]
    await grace.write("Meet on Friday", "Rendez-vous vendredi")
    assert "Lock screens show a neutral line" in grace.last
    await grace.tap("Show the words at once")
    assert "whoever sees the phone can read them" in grace.last
    await grace.confirm()
    await sent_off(rig)
    assert received(rig, address) == ["Meet on Friday"]


async def test_what_was_set_off_stays_set_off(rig: Rig, grace: Coordinator) -> None:
    address = people(rig, 5)[0]
    await grace.say("/broadcast")
    await grace.tap("New broadcast")
    bold = Mark(Style.BOLD, 0, 4)
    await grace.say("Meet on Friday", bold)
    await grace.say("Rendez-vous vendredi")
    await grace.tap("Show the words at once")
    await grace.confirm()
    await sent_off(rig)
    [heard] = [each for each in rig.channel.heard if each.address == address]
    assert heard.message.paragraphs[0].marks == (bold,)


async def test_a_missing_language_is_refused_until_it_is_left_out_in_so_many_words(
    rig: Rig, grace: Coordinator
) -> None:
    address = people(rig, 5, language=Language.FR)[0]
    await grace.say("/broadcast")
    await grace.tap("New broadcast")
    assert "write it in French" in await grace.say("Meet on Friday")
    await grace.say("/broadcast")
    await grace.tap("1: ")
    assert "The French text is missing" in str(await grace.tap("Preview and send"))
    await grace.tap("Send it as it is to everybody")
    await grace.tap("Show the words at once")
    await grace.confirm()
    await sent_off(rig)
    assert received(rig, address) == ["Meet on Friday"]


async def test_one_language_for_everybody_is_offered_where_the_other_is_asked_for(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    await grace.say("/broadcast")
    await grace.tap("New broadcast")
    await grace.say("Meet on Friday")
    await grace.tap("Send it as it is to everybody")
    assert "In one language, to everybody: Meet on Friday" in grace.last
    # The words that were asked for are not awaited any more.
    assert "No question asks for words now" in await grace.say("Bonjour")


async def test_a_text_that_is_too_long_is_not_taken(rig: Rig, grace: Coordinator) -> None:
    await grace.say("/broadcast")
    await grace.tap("New broadcast")
    assert "too long" in await grace.say("😀" * 1751)
    assert "write it in French" in await grace.say("😀" * 1750)


async def test_a_photo_comes_with_the_words_that_a_tap_opens(rig: Rig, grace: Coordinator) -> None:
    address = people(rig, 5)[0]
    await grace.write()
    await grace.tap("Add a photo")
    await grace.send(Attachment(Kind.PHOTO, "AgAC1"))
    assert "With a photo or document" in grace.last
    await grace.confirm()
    await sent_off(rig)
    [line] = [each for each in rig.channel.heard if each.address == address]
    assert not line.message.files
    await rig.person(address, Tapped(button_of(line)), tap_on(line.id))
    opened = rig.channel.heard[-1]
    assert not opened.edit
    assert [(each.kind, dict(each.facts)["reference"]) for each in opened.message.files] == [(FileKind.PHOTO, "AgAC1")]


async def test_the_person_who_writes_can_have_it_sent_to_themselves_first(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    await grace.write("Meet on Friday")
    await grace.tap("Preview and send")
    previews = [text(each) for each in grace.heard[-3:-1]]
    assert previews[0].endswith("Meet on Friday")
    assert previews[1].endswith("Bonjour")
    await grace.tap("Send it to me first")
    assert grace.last == ANNOUNCEMENT
    await grace.tap("Open")
    assert grace.last.endswith("Meet on Friday")
    assert planned(rig) == {}


async def test_words_are_sealed_and_go_with_the_draft(rig: Rig, grace: Coordinator) -> None:
    await grace.write("Unmistakable words")
    with rig.engine.begin() as connection:
        [letter] = connection.scalars(select(tables.broadcasts.c.letter))
        assert b"Unmistakable" not in letter
    await grace.tap("Delete the draft")
    with rig.engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.broadcasts)) == 0
    await grace.write("Another")
    with rig.engine.begin() as connection:
        assert connection.scalar(select(tables.broadcasts.c.id)) == 2, "no number is given out twice"


async def test_the_audit_log_has_every_step_and_no_word(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    await grace.write("Unmistakable words")
    await grace.confirm()
    with rig.engine.begin() as connection:
        rows = connection.execute(select(tables.audit.c.act, tables.audit.c.details)).all()
    assert [each.act for each in rows][-3:] == ["b-see", "b-send", "b-go"]
    assert "SendBroadcast" in rows[-1].details
    assert not any("Unmistakable" in each.details for each in rows)


async def test_the_coordinator_is_at_rest_when_they_have_written(rig: Rig, grace: Coordinator) -> None:
    await grace.write()
    with rig.engine.begin() as connection:
        chat = chats.find(connection, rig.vault, "telegram", "77")
        assert chat is not None
        assert chat.conversation.step == Idle()


@pytest.mark.parametrize("blank", [" ", "\n\n", "\u200b\u200d", "\u2800", "\0", "\ufe0f"])
async def test_a_text_in_which_there_is_nothing_to_see_is_not_taken(rig: Rig, grace: Coordinator, blank: str) -> None:
    await grace.say("/broadcast")
    await grace.tap("New broadcast")
    assert "Write the broadcast in English" in await grace.say(blank, Mark(Style.BOLD, 0, 1))
    assert "Now write it in French" in await grace.say("🙂")


async def test_words_for_a_draft_that_is_gone_are_not_passed_over_in_silence(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    for label, word in (("English text", "Hello again"), ("Later", "tomorrow 10:00"), ("To whom", "yesterday")):
        await grace.write()
        _, drop = grace.button("Delete the draft")
        await grace.tap(label)
        if label == "To whom":
            await grace.tap("Joined before")
        with rig.engine.begin() as connection:
            assert isinstance(drop, Manage)
            broadcasts.drop(connection, drop.item)
        assert await grace.say(word) == "This has changed meanwhile. See /broadcast."


async def test_written_anew_twice_it_is_one_draft(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    await grace.write()
    await grace.confirm()
    await grace.tap("Undo")
    message, anew = grace.button("Write it anew")
    for _ in range(2):
        await grace.press(anew, message)
        assert "Broadcast 2 of" in grace.last
