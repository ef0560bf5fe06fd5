"""More than one coordinator: consent to what is urgent, drafts of one’s own, stopping what others sent."""

from datetime import timedelta

from conversations.broadcasts import BroadcastState
from conversations.buttons import Manage
from conversations.cues import Said, Started, Tapped
from conversations.model import Language, Role
from conversations.roles import Act
from storage import chats, tables
from tests.audience import ANNOUNCEMENT, Coordinator, event, people, received, sent_off, text
from tests.bot.broadcasts.looking import button_of, planned, state, tap_on
from tests.rig import MONDAY, Rig


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
    await rig.person(leaving, Tapped(button_of(heard, "Yes, leave")), tap_on(heard.id))
    with rig.engine.begin() as connection:
        chat = chats.find(connection, rig.vault, "telegram", pausing)
        assert chat is not None
        chats.set_wishes(connection, chat.id, type(chat.wishes)(paused_until=MONDAY + timedelta(days=9)))
    before = len(received(rig, leaving))
    await sent_off(rig)
    assert len(received(rig, leaving)) == before
    assert received(rig, pausing) == []
    shown = grace.last
    assert "Sent: fewer than 5" in shown
    assert "Held back: fewer than 5" in shown
    assert "they have left" not in shown, "of one person no reason is told"


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
