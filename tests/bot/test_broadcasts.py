"""Broadcasts, from the first word to the last figure, through the whole bot."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select

from bot.channels import InDoubt, Tap, Unreachable
from conversations.attachments import Attachment, Kind
from conversations.broadcasts import BroadcastState
from conversations.buttons import Button, Manage, Open, decode
from conversations.conversation import Idle
from conversations.cues import Said, Started, Tapped
from conversations.marks import Mark, Style
from conversations.messages import FileKind
from conversations.model import Language, Role
from conversations.roles import Act
from storage import chats, plans, tables
from storage.states import PlanState
from tests.audience import ANNOUNCEMENT, Coordinator, event, labels, people, received, sent_off, text
from tests.rig import MONDAY, Heard, Rig


@pytest.fixture
async def grace(rig: Rig) -> Coordinator:
    """Grace coordinates the event and takes no part in it herself."""
    rig.take_in(event())
    coordinator = Coordinator(rig, "77")
    await coordinator.arrive()
    return coordinator


@pytest.fixture
async def ama(rig: Rig, grace: Coordinator) -> Coordinator:
    """Ama coordinates it as well."""
    coordinator = Coordinator(rig, "78")
    await coordinator.arrive()
    return coordinator


def state(rig: Rig) -> BroadcastState | None:
    with rig.engine.begin() as connection:
        found: BroadcastState | None = connection.scalar(
            select(tables.broadcasts.c.state).order_by(tables.broadcasts.c.id.desc()).limit(1)
        )
        return found


def planned(rig: Rig) -> dict[PlanState, int]:
    with rig.engine.begin() as connection:
        rows = connection.execute(
            select(tables.plans.c.state, func.count()).where(tables.plans.c.kind == "broadcast").group_by("state")
        )
        return {row[0]: row[1] for row in rows}


async def test_everybody_gets_a_neutral_line_that_a_tap_turns_into_the_words(rig: Rig, grace: Coordinator) -> None:
    english, french = people(rig, 6), people(rig, 6, language=Language.FR)
    await grace.write("Meet on Friday", "Rendez-vous vendredi")
    assert "Recipients: 12" in grace.last
    await grace.confirm()
    assert "for one minute nothing leaves" in grace.last
    await rig.pass_time(timedelta(seconds=58))
    assert received(rig, english[0]) == []
    await sent_off(rig)
    assert all(received(rig, each) == [ANNOUNCEMENT] for each in english)
    assert all(received(rig, each) == ["Vous avez un nouveau message."] for each in french)
    for address, words in ((english[0], "Meet on Friday"), (french[0], "Rendez-vous vendredi")):
        [heard] = [each for each in rig.channel.heard if each.address == address]
        await rig.person(address, Tapped(_button_of(heard)), _tap(heard.id))
        assert text(rig.channel.heard[-1]).endswith(words)
        assert rig.channel.heard[-1].id == heard.id, "in place of the neutral line"
    assert "is done" in grace.last
    assert "Sent: 12" in grace.last
    assert state(rig) is BroadcastState.OVER


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
    await rig.person(address, Tapped(_button_of(line)), _tap(line.id))
    opened = rig.channel.heard[-1]
    assert not opened.edit
    assert [(each.kind, dict(each.facts)["reference"]) for each in opened.message.files] == [(FileKind.PHOTO, "AgAC1")]


async def test_who_is_left_out_is_told_in_numbers_and_small_ones_are_not(rig: Rig, grace: Coordinator) -> None:
    people(rig, 8)
    people(rig, 6, left=True)
    people(rig, 5, consented=False)
    people(rig, 2, reachable=False)
    people(rig, 7, paused_until=MONDAY + timedelta(days=20))
    people(rig, 1, paused_until=MONDAY - timedelta(days=1))
    await grace.write()
    shown = grace.last
    assert "Recipients: 9" in shown
    assert "6 left out: have left" in shown
    assert "5 left out: agreed to no messages" in shown
    assert "fewer than 5 left out: cannot be written to" in shown
    assert "7 left out: asked for a pause" in shown
    await grace.confirm()
    assert planned(rig) == {PlanState.PLANNED: 9}


async def test_whoever_is_still_joining_is_counted_apart(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    for number in range(5):
        await rig.person(f"5{number}", Started(rig.invite(event()), Language.EN))
    await grace.write()
    assert "5 left out: are still joining" in grace.last


async def test_an_audience_is_chosen_by_taps_that_all_have_to_fit(rig: Rig, grace: Coordinator) -> None:
    chosen = people(rig, 6, profile={"country": "ke", "kind": "cbo"}, language=Language.FR)
    people(rig, 7, profile={"country": "ke", "kind": "ngo"}, language=Language.FR)
    people(rig, 5, profile={"country": "tg", "kind": "cbo"}, language=Language.FR)
    people(rig, 5, profile={"country": "ke", "kind": "cbo"})
    people(rig, 5, profile={"country": "ke", "kind": "cbo"}, language=Language.FR, joined=MONDAY)
    await grace.write()
    await grace.tap("To whom", "Country?", "Kenya")
    assert "Recipients: 23" in grace.last
    await grace.tap("All criteria", "Organisation?", "Community-based")
    assert "Recipients: 16" in grace.last
    await grace.tap("All criteria", "Language", "Reads French")
    assert "Recipients: 11" in grace.last
    await grace.tap("All criteria", "Joined before")
    await grace.say("12 November")
    assert "Recipients: 6" in grace.last
    assert "Country? Kenya" in grace.last
    await grace.tap("Back to the draft")
    await grace.confirm()
    await sent_off(rig)
    assert {each.address for each in rig.channel.heard} - {"77"} == set(chosen)


async def test_everybody_again_after_choices(rig: Rig, grace: Coordinator) -> None:
    people(rig, 6, profile={"country": "ke"})
    people(rig, 6, profile={"country": "tg"})
    await grace.write()
    await grace.tap("To whom", "Country?", "Kenya", "Togo")
    assert "Country? Kenya, Togo" in grace.last
    await grace.tap("Togo", "All criteria", "Everybody")
    assert "Recipients: 12" in grace.last


async def test_a_few_people_of_one_country_are_written_to_without_telling_how_many(
    rig: Rig, grace: Coordinator
) -> None:
    people(rig, 3, profile={"country": "ke"})
    people(rig, 9, profile={"country": "tg"})
    await grace.write()
    await grace.tap("To whom", "Country?", "Kenya")
    assert "Recipients: fewer than 5" in grace.last
    await grace.tap("All criteria", "Back to the draft")
    await grace.tap("Preview and send", "Send it…")
    assert "Send it to fewer than 5 people?" in grace.last
    await grace.tap("Yes, send it")
    await sent_off(rig)
    assert "Fewer than 5 people get it" in grace.last
    assert "Sent:" not in grace.last


@pytest.mark.parametrize(("answered", "silent", "possible"), [(5, 5, True), (4, 9, False), (9, 4, False)])
async def test_nobody_is_chosen_by_their_answers_among_few(
    rig: Rig, grace: Coordinator, answered: int, silent: int, possible: bool
) -> None:
    people(rig, answered, answered=True)
    people(rig, silent)
    await grace.write()
    await grace.tap("To whom", "Answered or not", "Answered: After the event")
    assert ("Recipients: 5" in grace.last) is possible
    assert ("Not possible: fewer than 5" in grace.last) is not possible
    await grace.tap("All criteria", "Back to the draft", "Preview and send", "Send it…")
    assert ("Send it to 5 people?" in grace.last) is possible
    assert ("Yes, send it" in labels(grace.heard[-1])) is possible


async def test_numbers_by_answers_and_country_are_told_roughly(rig: Rig, grace: Coordinator) -> None:
    for country in ("ke", "tg"):
        people(rig, 7, profile={"country": country}, answered=True)
        people(rig, 6, profile={"country": country})
    await grace.write()
    await grace.tap("To whom", "Answered or not", "Answered: After the event", "All criteria", "Country?", "Kenya")
    assert "Recipients: 5 or more" in grace.last
    await grace.tap("All criteria", "Back to the draft", "Preview and send", "Send it…")
    assert grace.last.startswith("Send it?")
    await grace.tap("Yes, send it")
    assert "Exact numbers are not told here" in grace.last
    await sent_off(rig)
    assert "100" in grace.last
    assert not any(number in text(each) for each in grace.heard for number in ("Recipients: 7", "7 people"))


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
    assert "Still to be sent: 6" in grace.last
    assert "6: night" in grace.last
    assert received(rig, addresses[0]) == []
    rig.clock.time += timedelta(hours=11)
    await sent_off(rig)
    assert received(rig, addresses[0]) == [ANNOUNCEMENT]


async def test_an_urgent_one_needs_a_second_coordinator_and_then_comes_at_night(
    rig: Rig, grace: Coordinator, ama: Coordinator
) -> None:
    addresses = people(rig, 6)
    rig.clock.time = MONDAY.replace(hour=19)
    await grace.write("Stay at home", "Restez chez vous")
    await grace.tap("Urgent", "Preview and send", "Send it…", "Ask for consent")
    assert "waits until another coordinator" in grace.last
    assert state(rig) is BroadcastState.WAITING
    assert "Stay at home" in "".join(map(text, ama.heard))
    # Whoever wrote it cannot agree to it, whatever they send.
    _, agreeing = ama.button("I agree")
    assert "Somebody else has to agree" in str(await grace.press(agreeing))
    await ama.tap("I agree")
    assert state(rig) is BroadcastState.CONFIRMED
    await sent_off(rig)
    assert all(received(rig, each) == [ANNOUNCEMENT] for each in addresses)
    assert "is done" in grace.last, "the message of whoever wrote it shows how it went"


async def test_an_urgent_one_never_reaches_those_who_left_or_asked_for_a_pause_meanwhile(
    rig: Rig, grace: Coordinator, ama: Coordinator
) -> None:
    leaving, pausing, *_ = people(rig, 6)
    await grace.write()
    await grace.tap("Urgent", "Preview and send", "Send it…", "Ask for consent")
    await ama.tap("I agree")
    await rig.person(leaving, Said("/stop"))
    heard = [each for each in rig.channel.heard if each.address == leaving][-1]
    await rig.person(leaving, Tapped(_button_of(heard, "Yes, leave")), _tap(heard.id))
    with rig.engine.begin() as connection:
        chat = chats.find(connection, rig.vault, "telegram", pausing)
        assert chat is not None
        chats.set_wishes(connection, chat.id, type(chat.wishes)(paused_until=MONDAY + timedelta(days=9)))
    before = len(received(rig, leaving))
    await sent_off(rig)
    assert len(received(rig, leaving)) == before
    assert received(rig, pausing) == []
    shown = grace.last
    assert "Sent: 4" in shown
    assert "1: they have left" in shown


async def test_nothing_is_urgent_with_one_coordinator(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    await grace.write()
    assert "Invite one with /team" in str(await grace.tap("Urgent"))


async def test_a_second_person_who_does_not_agree_makes_it_a_draft_again(
    rig: Rig, grace: Coordinator, ama: Coordinator
) -> None:
    people(rig, 5)
    await grace.write()
    await grace.tap("Urgent", "Preview and send", "Send it…", "Ask for consent")
    _, agreeing = ama.button("I agree")
    await ama.tap("No, do not send it")
    assert "was not agreed to" in grace.last
    assert state(rig) is BroadcastState.DRAFT
    assert "changed meanwhile" in str(await ama.press(agreeing)), "an old button counts for nothing"
    await sent_off(rig)
    assert planned(rig) == {}


async def test_somebody_who_is_no_longer_of_the_team_gets_nothing_agreed_to(
    rig: Rig, grace: Coordinator, ama: Coordinator
) -> None:
    people(rig, 5)
    await grace.write()
    await grace.tap("Urgent", "Preview and send", "Send it…", "Ask for consent")
    with rig.engine.begin() as connection:
        chat = chats.find(connection, rig.vault, "telegram", "77")
        assert chat is not None
        connection.execute(tables.appointments.delete().where(tables.appointments.c.chat_id == chat.id))
    assert "changed meanwhile" in str(await ama.tap("I agree"))
    assert state(rig) is BroadcastState.WAITING


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
    due = await rig.thread.run(lambda connection: _due(connection, rig.clock.time))
    handed = [each for one in due for each in (await rig.turns.strike(one)).outgoing]
    await rig.scheduler.progress.look()
    await rig.delivery.idle()
    assert "Still to be sent: 6" in grace.last
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
    assert "Sent: 5" in grace.last
    assert "5: the broadcast was cancelled" in grace.last
    [heard] = [each for each in rig.channel.heard if each.address == early[0]]
    await rig.person(early[0], Tapped(_button_of(heard)), _tap(heard.id))
    assert text(rig.channel.heard[-1]) == "This message was taken back."


async def test_the_numbers_of_the_end_add_up(rig: Rig, grace: Coordinator) -> None:
    people(rig, 12)
    await grace.write()
    await grace.confirm()
    leaving = (await rig.thread.run(lambda connection: _due(connection, MONDAY + timedelta(hours=1))))[0]
    with rig.engine.begin() as connection:
        chat = chats.by_id(connection, rig.vault, leaving.chat_id)
    await rig.person(chat.address, Said("/stop"))
    heard = [each for each in rig.channel.heard if each.address == chat.address][-1]
    await rig.person(chat.address, Tapped(_button_of(heard, "Yes, leave")), _tap(heard.id))
    rig.channel.troubles[:] = [Unreachable("blocked"), InDoubt("lost"), InDoubt("lost")]
    await sent_off(rig)
    assert "Recipients: 12" in grace.last
    for line in ("Sent: 8", "Held back: 1", "Blocked the bot, or gone: 1", "In doubt: 2"):
        assert line in grace.last


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


async def test_drafts_are_their_authors_alone(rig: Rig, grace: Coordinator, ama: Coordinator) -> None:
    people(rig, 5)
    await grace.write("Secret so far")
    _, show = grace.button("Preview and send")
    assert isinstance(show, Manage)
    for act in (Act.BROADCAST_SHOW, Act.BROADCAST_SEE, Act.BROADCAST_CONFIRM, Act.BROADCAST_OPEN, Act.BROADCAST_DROP):
        forged = Manage(act, show.event, show.item, show.version)
        assert "changed meanwhile" in str(await ama.press(forged))
    assert "None was written yet" in await ama.say("/broadcast")
    assert "Secret" not in "".join(map(text, ama.heard))


async def test_a_moderator_finds_no_broadcasts(rig: Rig, grace: Coordinator) -> None:
    moderator = Coordinator(rig, "79")
    await rig.person("79", Started(rig.invite(event(), Role.MODERATOR), Language.EN))
    assert "No question asks for words" in await moderator.say("/broadcast")


async def test_another_coordinator_can_stop_it(rig: Rig, grace: Coordinator, ama: Coordinator) -> None:
    people(rig, 5)
    await grace.write()
    await grace.confirm()
    await ama.say("/annonce")
    await ama.tap("1: ")
    await ama.tap("Cancel it", "Yes, cancel it")
    assert state(rig) is BroadcastState.CANCELLED
    await sent_off(rig)
    assert "it reached nobody" in grace.last


async def test_nothing_is_sent_while_the_event_is_not_live(rig: Rig, grace: Coordinator) -> None:
    people(rig, 5)
    await grace.write()
    with rig.engine.begin() as connection:
        connection.execute(tables.events.update().values(state="closed"))
    await grace.tap("Preview and send", "Send it…")
    assert "this event is not live" in grace.last


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
    await rig.person(address, Tapped(Open(int(first or 0))), _tap("1"))
    await grace.tap("Undo")
    await rig.person(address, Tapped(Open(int(first or 0))), _tap("1"))
    assert not any("Friday" in text(each) for each in rig.channel.heard if each.address == address)


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


def _due(connection: Connection, now: datetime) -> list[plans.Due]:
    return plans.due(connection, now, 100, None)


def _button_of(heard: Heard, label: str = "") -> Button | None:
    keys = [key for row in heard.message.keyboard for key in row if key.label.startswith(label)]
    return decode(keys[0].data)


def _tap(message: str) -> Tap:
    return Tap("1", message)
