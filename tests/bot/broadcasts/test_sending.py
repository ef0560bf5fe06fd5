"""A broadcast is sent, paused, undone, cancelled and counted, through the whole bot."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.channels import InDoubt, Unreachable
from conversations.broadcasts import BroadcastState
from conversations.buttons import Open
from conversations.cues import Said, Tapped
from conversations.model import Language
from conversations.policy import Reason
from storage import broadcasts, chats, tables
from storage.states import PlanState
from tests.audience import ANNOUNCEMENT, Coordinator, people, received, sent_off, text
from tests.bot.broadcasts.looking import button_of, due_things, planned, state, tap_on
from tests.rig import MONDAY, Rig


async def test_everybody_gets_a_neutral_line_that_a_tap_turns_into_the_words(rig: Rig, grace: Coordinator) -> None:
    english, french = people(rig, 6), people(rig, 6, language=Language.FR)
    await grace.write("Meet on Friday", "Rendez-vous vendredi")
    assert "Meant: 10 or more" in grace.last
    await grace.confirm()
    assert "for one minute nothing leaves" in grace.last
    await rig.pass_time(timedelta(seconds=58))
    assert received(rig, english[0]) == []
    await sent_off(rig)
    assert all(received(rig, each) == [ANNOUNCEMENT] for each in english)
    assert all(received(rig, each) == ["Vous avez un nouveau message."] for each in french)
    for address, words in ((english[0], "Meet on Friday"), (french[0], "Rendez-vous vendredi")):
        [heard] = [each for each in rig.channel.heard if each.address == address]
        await rig.person(address, Tapped(button_of(heard)), tap_on(heard.id))
        assert text(rig.channel.heard[-1]).endswith(words)
        assert rig.channel.heard[-1].id == heard.id, "in place of the neutral line"
    assert "is done" in grace.last
    assert "Sent: 10 or more" in grace.last
    assert state(rig) is BroadcastState.OVER


async def test_a_broadcast_waits_for_morning_where_people_are_and_for_nobody_before_its_local_time(
    rig: Rig, grace: Coordinator
) -> None:
    [nairobi, _], [tokyo, _] = people(rig, 2), people(rig, 2, zone="Asia/Tokyo")  # noon, and 18:00
    people(rig, 4)
    await grace.write()
    await grace.tap("Later")
    assert "Please choose a time from now on" in await grace.say("yesterday 10:00")
    assert "15:30, local time of each person" in (await grace.say("15:30")).replace("3:30 PM", "15:30")
    await grace.confirm()
    await sent_off(rig)
    assert received(rig, tokyo) == [ANNOUNCEMENT], "its local time is over there"
    assert received(rig, nairobi) == []
    await rig.pass_time(timedelta(hours=3, minutes=30))
    assert received(rig, nairobi) == [ANNOUNCEMENT]


async def test_what_is_confirmed_at_night_comes_in_the_morning(rig: Rig, grace: Coordinator) -> None:
    addresses = people(rig, 6)
    rig.clock.time = MONDAY.replace(hour=19)  # 22:00 in Nairobi
    await grace.write()
    await grace.confirm()
    await sent_off(rig)
    assert "is being sent" in grace.last
    assert received(rig, addresses[0]) == []
    rig.clock.time += timedelta(hours=11)
    await sent_off(rig)
    assert received(rig, addresses[0]) == [ANNOUNCEMENT]


async def test_within_a_minute_it_is_undone_and_can_be_written_anew(rig: Rig, grace: Coordinator) -> None:
    address = people(rig, 5)[0]
    await grace.write("Meat on Friday")
    await grace.confirm()
    await rig.pass_time(timedelta(seconds=59))
    await grace.tap("Undo")
    assert "it reached nobody" in grace.last
    await sent_off(rig)
    assert received(rig, address) == []
    await grace.tap("Write it anew")
    assert "English: Meat on Friday" in grace.last
    await grace.tap("English text")
    await grace.say("Meet on Friday")
    await grace.confirm()
    await sent_off(rig)
    assert received(rig, address) == [ANNOUNCEMENT]


async def test_after_the_minute_undo_is_too_late(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    await grace.write()
    await grace.confirm()
    undo = grace.button("Undo")
    rig.clock.time += timedelta(seconds=60)
    assert "The minute is over" in str(await grace.press(undo[1], undo[0]))
    await sent_off(rig)
    assert planned(rig) == {PlanState.SENT: 5}


async def test_a_pause_holds_what_already_stands_in_the_outbox_and_then_it_goes_on(
    rig: Rig, grace: Coordinator
) -> None:
    addresses = people(rig, 6)
    await grace.write()
    await grace.confirm()
    rig.clock.time += timedelta(seconds=61)
    # All are handed to delivery; before any of them leaves, somebody pauses it.
    due = await rig.thread.run(lambda connection: due_things(connection, rig.clock.time))
    handed = [each for one in due for each in (await rig.turns.strike(one)).outgoing]
    await rig.scheduler.progress.look()
    await rig.delivery.idle()
    await grace.tap("Pause it")
    rig.delivery.submit(handed)
    await rig.delivery.idle()
    assert [received(rig, each) for each in addresses] == [[]] * 6
    assert planned(rig) == {PlanState.SET_ASIDE: 6}
    await grace.tap("Go on sending")
    await rig.pass_time(timedelta(seconds=1))
    assert [received(rig, each) for each in addresses] == [[ANNOUNCEMENT]] * 6


async def test_cancelling_stops_what_has_not_left_and_shuts_what_was_not_opened(rig: Rig, grace: Coordinator) -> None:
    early, late = people(rig, 5, zone="Asia/Tokyo"), people(rig, 5)
    await grace.write()
    await grace.tap("Later")
    await grace.say("17:30")
    await grace.confirm()
    await sent_off(rig)
    assert received(rig, early[0]) == [ANNOUNCEMENT]
    await grace.tap("Cancel it")
    assert "for good?" in grace.last
    await grace.tap("Yes, cancel it")
    await rig.pass_time(timedelta(hours=20))
    await sent_off(rig)
    assert received(rig, late[0]) == []
    assert "was cancelled" in grace.last
    for line in ("Sent: 5 or more", "Held back: 5 or more"):
        assert line in grace.last
    [heard] = [each for each in rig.channel.heard if each.address == early[0]]
    await rig.person(early[0], Tapped(button_of(heard)), tap_on(heard.id))
    assert text(rig.channel.heard[-1]) == "This message was taken back."


async def test_the_numbers_of_the_end_add_up(rig: Rig, grace: Coordinator) -> None:
    people(rig, 12)
    await grace.write()
    await grace.confirm()
    leaving = (await rig.thread.run(lambda connection: due_things(connection, MONDAY + timedelta(hours=1))))[0]
    with rig.engine.begin() as connection:
        chat = chats.by_id(connection, rig.vault, leaving.chat_id)
    await rig.person(chat.address, Said("/stop"))
    heard = [each for each in rig.channel.heard if each.address == chat.address][-1]
    await rig.person(chat.address, Tapped(button_of(heard, "Yes, leave")), tap_on(heard.id))
    rig.channel.troubles[:] = [Unreachable("blocked"), InDoubt("lost"), InDoubt("lost")]
    await sent_off(rig)
    with rig.engine.begin() as connection:
        tally = broadcasts.tally(connection, 1)
    assert (tally.sent, tally.held, tally.blocked, tally.in_doubt) == (8, ((Reason.LEFT, 1),), 1, 2)
    few = ("Held back: fewer than 5", "Blocked the bot, or gone: fewer than 5", "In doubt, or failed: fewer than 5")
    for line in ("Sent: 5 or more", *few):
        assert line in grace.last


async def test_a_second_tap_on_send_sends_nothing_twice(rig: Rig, grace: Coordinator) -> None:
    addresses = people(rig, 6)
    await grace.write()
    await grace.tap("Preview and send", "Send it…")
    message, button = grace.button("Yes, send it")
    assert await grace.press(button, message) is None
    assert "changed meanwhile" in str(await grace.press(button, message))
    await sent_off(rig)
    assert "changed meanwhile" in str(await grace.press(button, message))
    await sent_off(rig)
    assert [received(rig, each) for each in addresses] == [[ANNOUNCEMENT]] * 6


async def test_nothing_is_sent_while_the_event_is_not_live(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    await grace.write()
    with rig.engine.begin() as connection:
        connection.execute(tables.events.update().values(state="closed"))
    await grace.tap("Preview and send", "Send it…")
    assert "this event is not live" in grace.last


async def test_whoever_had_their_traces_erased_takes_their_broadcast_with_them(rig: Rig, grace: Coordinator) -> None:
    addresses = people(rig, 5)
    await grace.write()
    await grace.confirm()
    with rig.engine.begin() as connection:
        key = connection.scalar(
            select(tables.chats.c.key_id).join(tables.broadcasts, tables.broadcasts.c.chat_id == tables.chats.c.id)
        )
    rig.vault.destroy(str(key))
    await sent_off(rig)
    assert received(rig, addresses[0]) == []
    assert planned(rig) == {PlanState.HELD: 5}


async def test_a_broadcast_is_planned_anew_by_nothing_and_stands_in_no_calendar(rig: Rig, grace: Coordinator) -> None:
    address = people(rig, 5)[0]
    await grace.write()
    await grace.confirm()
    await rig.person(address, Said("/language"))
    await rig.person(address, Said("français"))
    assert planned(rig) == {PlanState.PLANNED: 5}
    await rig.person(address, Said("/calendrier"))
    assert "Announce" not in received(rig, address)[-1]
    await sent_off(rig)
    assert received(rig, address)[-1] == "Vous avez un nouveau message."


async def test_what_has_not_come_yet_cannot_be_opened(rig: Rig, grace: Coordinator) -> None:
    address = people(rig, 5)[0]
    await grace.write("Meet on Friday")
    await grace.confirm()
    with rig.engine.begin() as connection:
        first = connection.scalar(select(func.min(tables.plans.c.id)).where(tables.plans.c.kind == "broadcast"))
    await rig.person(address, Tapped(Open(int(first or 0))), tap_on("1"))
    await grace.tap("Undo")
    await rig.person(address, Tapped(Open(int(first or 0))), tap_on("1"))
    assert not any("Friday" in text(each) for each in rig.channel.heard if each.address == address)
