"""/status: how an event goes, told so that nobody is given away; reminding in one tap; summaries for who wants them."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select

from bot.channels import FromPerson, Tap
from bot.files import make
from bot.rendering import plain_text
from conversations.buttons import Button, Go, Manage, Move, decode
from conversations.cues import Blocked, Said, Started, Tapped
from conversations.following import NOT_AGAIN_FOR
from conversations.model import Language, Role
from conversations.policy import Reason
from conversations.roles import Act
from conversations.timing import TouchpointKind
from storage import audit, chats, contacts, plans, responses, team
from storage.tables import appointments
from storage.tables import plans as rows
from tests.conversations.samples import distance, event_with, question, survey, touchpoint
from tests.rig import MONDAY, Heard, Rig

EVENT = event_with(
    touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None), surveys=(survey(question("applied")),)
)
GRACE, NADIA = "77", "78"
REMINDER = "A few short questions are still waiting for you"
MANY = [str(address) for address in range(41_000, 41_012)]


async def join(rig: Rig, addresses: Iterable[str]) -> None:
    code = rig.invite(EVENT)
    for address in addresses:
        done = await rig.person(address, Started(code))
        serial = done.outgoing[-1].serial or 0
        await rig.person(address, Tapped(Go(serial, Move.DONE)))
        await rig.person(address, Tapped(Go(serial + 1, Move.YES)))


async def appoint(rig: Rig, address: str, role: Role = Role.COORDINATOR, language: Language = Language.EN) -> None:
    await rig.person(address, Started(rig.invite(EVENT, role), language))


@pytest.fixture
async def grace(rig: Rig) -> Rig:
    """A rig in which Grace coordinates an event of twelve, to whom a survey went out an hour after they joined."""
    rig.take_in(EVENT)
    await appoint(rig, GRACE)
    await join(rig, MANY)
    await rig.pass_time(timedelta(hours=1))
    rig.channel.heard.clear()
    return rig


def text(heard: Heard) -> str:
    return plain_text(heard.message.paragraphs)


def labels(heard: Heard) -> list[str]:
    return [key.label for row in heard.message.keyboard for key in row]


def button_of(heard: Heard, label: str) -> Button:
    button = next(decode(key.data) for row in heard.message.keyboard for key in row if key.label.endswith(label))
    assert button is not None
    return button


async def say(rig: Rig, words: str, who: str = GRACE) -> Heard:
    await rig.person(who, Said(words, Language.EN))
    return rig.channel.heard[-1]


async def tap(rig: Rig, label: str, who: str = GRACE) -> Heard:
    """Tap that button of the newest message to them; what comes of it."""
    heard = [each for each in rig.channel.heard if each.address == who][-1]
    return await press(rig, button_of(heard, label), who, heard.id)


async def press(rig: Rig, button: Button, who: str = GRACE, message: str = "1") -> Heard:
    await rig.person(who, Tapped(button), Tap("1", message))
    return rig.channel.heard[-1]


def survey_of(connection: Connection, rig: Rig, address: str) -> int:
    chat = chats.find(connection, rig.vault, "telegram", address)
    assert chat is not None
    found = select(rows.c.id).where(rows.c.chat_id == chat.id, rows.c.kind == TouchpointKind.SURVEY)
    plan: int = connection.execute(found).scalar_one()
    return plan


async def answer(rig: Rig, addresses: Iterable[str]) -> None:
    def work(connection: Connection) -> None:
        for address in addresses:
            plan = survey_of(connection, rig, address)
            responses.begin(connection, plan, rig.clock.now())
            responses.complete(connection, plan, rig.clock.now())
            plans.end_reminders(connection, plan, Reason.ANSWERED, rig.clock.now())

    await rig.thread.run(work)


def reminded(rig: Rig) -> list[str]:
    return [each.address for each in rig.channel.heard if REMINDER in text(each)]


async def test_status_tells_who_takes_part_and_what_was_due(grace: Rig) -> None:
    told = text(await say(grace, "/status"))
    assert "How Small event goes" in told
    assert "12 people have joined so far." in told
    assert "active (spoke or tapped in the last 30 days): at least 8" in told
    assert "left: fewer than 5" in told
    assert "1. After the event (Monday, 16 November 2026)" in told


@pytest.mark.parametrize("words", ["/status", "/statut", "/état", "/ETAT", "/status@suivi_bot"])
async def test_it_is_asked_for_in_both_languages(grace: Rig, words: str) -> None:
    assert "How Small event goes" in text(await say(grace, words))


async def test_a_wave_states_its_denominator_and_its_rate(grace: Rig) -> None:
    await answer(grace, MANY[:6])
    await grace.pass_time(timedelta(days=1))
    await say(grace, "/status")
    told = text(await tap(grace, "1"))
    assert "Answered: at least 5 of the 12 for whom it was due." in told
    assert "Response rate (AAPOR RR1, submitted of due): 41 to 100 %" in told
    assert "declined: fewer than 8" in told


async def test_what_came_in_today_is_not_told_before_tomorrow(grace: Rig) -> None:
    await grace.pass_time(timedelta(days=1))
    before = text(await press_wave(grace))
    await answer(grace, MANY[:6])
    assert text(await press_wave(grace)) == before
    await grace.pass_time(timedelta(days=1))
    assert text(await press_wave(grace)) != before


async def press_wave(rig: Rig) -> Heard:
    await say(rig, "/status")
    return await tap(rig, "1")


async def test_many_waves_come_a_few_at_a_time(rig: Rig) -> None:
    often = touchpoint(
        TouchpointKind.SURVEY, "after", "1 day", every=distance("1 day"), until=distance("9 days"), reminders=()
    )
    event = event_with(often, surveys=EVENT.surveys)
    rig.take_in(event)
    await appoint(rig, GRACE)
    await join(rig, MANY)
    for _ in range(10):
        await rig.pass_time(timedelta(days=1))
    first = await say(rig, "/status")
    assert labels(first)[:5] == ["1", "2", "3", "4", "Older surveys"]
    assert "Newer surveys" not in labels(first)
    second = await tap(rig, "Older surveys")
    assert labels(second)[:6] == ["5", "6", "7", "8", "Newer surveys", "Older surveys"]
    last = await tap(rig, "Older surveys")
    assert labels(last)[:2] == ["9", "Newer surveys"]
    assert labels(await tap(rig, "Newer surveys")) == labels(second)
    assert all(len(text(each)) < 700 for each in (first, second, last))


async def test_of_fewer_than_ten_people_nothing_is_told(rig: Rig) -> None:
    rig.take_in(EVENT)
    await appoint(rig, GRACE)
    await join(rig, MANY[:9])
    await rig.pass_time(timedelta(hours=1))
    await rig.pass_time(timedelta(days=1))
    overview, none = text(await say(rig, "/status")), text(await press_wave(rig))
    assert "9 people have joined so far." in overview
    assert "told from ten people on" in overview
    assert "It was due for 9 people so far." in none
    await answer(rig, MANY[:8])
    await rig.pass_time(timedelta(days=1))
    assert text(await press_wave(rig)) == none
    assert "Show as a picture" not in labels(rig.channel.heard[-1])


async def test_nobody_is_ever_named_or_listed_and_no_answer_is_told(grace: Rig) -> None:
    await answer(grace, MANY[:6])
    await grace.pass_time(timedelta(days=1))
    await say(grace, "/status")
    for label in ("1", "Remind them", "Yes, remind them"):
        await tap(grace, label)
    everything = "".join(text(each) for each in grace.channel.heard if each.address == GRACE)
    assert not any(address in everything for address in MANY)
    assert not any(word in everything for word in ("applied", "yes", "Yes,"))


async def test_whoever_has_no_role_is_answered_as_if_there_were_no_such_thing(grace: Rig) -> None:
    plain = text(await say(grace, "/nonsense", MANY[0]))
    assert text(await say(grace, "/status", MANY[0])) == plain
    grace.channel.heard.clear()
    await grace.person(MANY[0], Tapped(Manage(Act.STATUS, 1)), Tap("1", "1"))
    assert grace.channel.heard == []


async def test_a_moderator_sees_it_and_cannot_remind(grace: Rig) -> None:
    await appoint(grace, NADIA, Role.MODERATOR)
    await grace.pass_time(timedelta(days=1))
    await say(grace, "/status", NADIA)
    wave = await tap(grace, "1", NADIA)
    assert "Answered:" in text(wave)
    assert "Remind them" not in labels(wave)
    button = button_of(await press_wave(grace), "Remind them")
    grace.channel.heard.clear()
    await press_quietly(grace, button, NADIA)
    assert grace.channel.heard == []


async def press_quietly(rig: Rig, button: Button, who: str = GRACE) -> None:
    await rig.person(who, Tapped(button), Tap("1", "1"))


async def test_reminding_goes_to_those_who_have_not_answered(grace: Rig) -> None:
    await answer(grace, MANY[:6])
    await grace.person(MANY[6], Blocked())
    await grace.pass_time(timedelta(days=1))
    await press_wave(grace)
    asked = await tap(grace, "Remind them")
    assert "At most 7 people get it." in text(asked)
    assert reminded(grace) == []
    done = await tap(grace, "Yes, remind them")
    assert "Done." in text(done)
    await grace.pass_time(timedelta(seconds=1))
    assert sorted(reminded(grace)) == MANY[7:]


async def test_it_waits_for_the_morning_where_it_is_night(grace: Rig) -> None:
    grace.clock.time = datetime(2026, 11, 17, 19, 0, tzinfo=UTC)  # ten in the evening in Nairobi
    await press_wave(grace)
    await tap(grace, "Remind them")
    await tap(grace, "Yes, remind them")
    await grace.pass_time(timedelta(seconds=1))
    assert reminded(grace) == []
    await grace.pass_time(timedelta(hours=14))
    assert sorted(reminded(grace)) == MANY


async def test_a_wave_is_reminded_of_once_in_three_days(grace: Rig) -> None:
    await grace.pass_time(timedelta(days=1))
    await press_wave(grace)
    old = button_of(await tap(grace, "Remind them"), "Yes, remind them")
    await press(grace, old)
    await grace.pass_time(timedelta(seconds=1))
    first = len(reminded(grace))
    await press_quietly(grace, old)
    await press_wave(grace)
    early = await tap(grace, "Remind them")
    assert "They were reminded on" in text(early)
    assert labels(early) == ["Back"]
    await grace.pass_time(timedelta(hours=1))
    assert len(reminded(grace)) == first == 12
    await grace.pass_time(NOT_AGAIN_FOR)
    await press_quietly(grace, old)  # from before the last time
    await press_wave(grace)
    assert "At most 12 people get it." in text(await tap(grace, "Remind them"))


async def test_of_two_who_press_at_once_one_reminds(grace: Rig) -> None:
    await appoint(grace, NADIA)
    await grace.pass_time(timedelta(days=1))
    await press_wave(grace)
    button = button_of(await tap(grace, "Remind them"), "Yes, remind them")
    taps = [FromPerson(next(grace.updates), who, Tapped(button), Tap("1", "1")) for who in (GRACE, NADIA, GRACE)]
    await asyncio.gather(*(grace.take(each) for each in taps))
    await grace.pass_time(timedelta(seconds=1))
    assert sorted(reminded(grace)) == MANY
    entries = await grace.thread.run(lambda connection: audit.entries(connection, EVENT.code))
    assert [each.details for each in entries if each.act == Act.REMIND_NOW] == [("RemindWave",)]


async def test_forged_numbers_lead_nowhere(grace: Rig) -> None:
    await grace.pass_time(timedelta(days=1))
    grace.channel.heard.clear()
    for act in (Act.WAVE, Act.TREND, Act.REMIND, Act.REMIND_NOW):
        await press_quietly(grace, Manage(act, 1, 10**15 - 1, 10**15 - 1))
    await press_quietly(grace, Manage(Act.SUMMARIZE, 1, 3))
    assert grace.channel.heard == []
    far = await press(grace, Manage(Act.STATUS, 1, 10**15 - 1))
    assert "How Small event goes" in text(far)


async def test_the_picture_shows_steps_and_can_be_drawn(grace: Rig) -> None:
    await answer(grace, MANY[:6])
    await grace.pass_time(timedelta(days=8))
    await press_wave(grace)
    shown = await tap(grace, "Show as a picture")
    (file,) = shown.message.files
    assert dict(file.facts)["people"] == "5,5"
    assert make(file).content.startswith(b"\x89PNG")
    assert make(file).picture


async def choose(rig: Rig, label: str, who: str = GRACE) -> Heard:
    await say(rig, "/status", who)
    heard = [each for each in rig.channel.heard if each.address == who][-1]
    summary = next(each for each in labels(heard) if each.startswith("Summary"))
    await tap(rig, summary, who)
    return await tap(rig, label, who)


def summaries(rig: Rig) -> list[Heard]:
    return [each for each in rig.channel.heard if "something new to look at" in text(each)]


async def test_a_summary_is_off_until_it_is_chosen(grace: Rig) -> None:
    assert "Summary: off" in labels(await say(grace, "/status"))
    await grace.pass_time(timedelta(days=8))
    assert summaries(grace) == []


async def test_a_daily_summary_is_a_neutral_line_and_comes_when_there_is_news(grace: Rig) -> None:
    chosen = await choose(grace, "Every day")
    assert "☑ Every day" in labels(chosen)
    grace.channel.heard.clear()
    await grace.pass_time(timedelta(days=1))
    (line,) = summaries(grace)
    assert line.address == GRACE
    assert text(line) == "There is something new to look at."
    assert "How Small event goes" in text(await tap(grace, "Show"))
    await grace.pass_time(timedelta(days=1))
    assert len(summaries(grace)) == 1
    await answer(grace, MANY[:6])
    await grace.pass_time(timedelta(days=1))
    assert len(summaries(grace)) == 2
    reasons = await summary_reasons(grace)
    assert reasons == [Reason.SENT, Reason.NOTHING_NEW, Reason.SENT, None]


async def summary_reasons(rig: Rig) -> list[Reason | None]:
    found = select(rows.c.reason).where(rows.c.kind == TouchpointKind.SUMMARY).order_by(rows.c.id)
    return await rig.thread.run(lambda connection: list(connection.scalars(found)))


async def test_it_is_taken_back_with_one_tap(grace: Rig) -> None:
    await choose(grace, "Every day")
    await choose(grace, "Off")
    await grace.pass_time(timedelta(days=2))
    assert summaries(grace) == []


async def test_it_ends_with_the_role(grace: Rig) -> None:
    await choose(grace, "Every day")

    def dismiss(connection: Connection) -> None:
        chat = chats.find(connection, grace.vault, "telegram", GRACE)
        assert chat is not None
        team.dismiss(connection, chat.id, connection.scalar(select(func.max(appointments.c.event_id))) or 0)

    await grace.thread.run(dismiss)
    await grace.pass_time(timedelta(days=2))
    assert summaries(grace) == []
    assert await summary_reasons(grace) == [Reason.LEFT]


async def test_it_needs_no_enrolment_and_survives_having_left_as_a_participant(grace: Rig) -> None:
    await join(grace, [NADIA])
    await grace.person(NADIA, Said("/stop"))
    done = [each for each in grace.channel.heard if each.address == NADIA][-1]
    await press(grace, button_of(done, "Yes, leave"), NADIA)
    await appoint(grace, NADIA, Role.MODERATOR)
    await choose(grace, "Every day", NADIA)
    await grace.pass_time(timedelta(days=1))
    assert [each.address for each in summaries(grace)] == [NADIA]


async def test_a_summary_counts_for_nothing_in_a_participants_week(grace: Rig) -> None:
    await choose(grace, "Every day")
    await grace.pass_time(timedelta(days=1))
    assert len(summaries(grace)) == 1

    def weighed(connection: Connection) -> tuple[int, int]:
        chat = chats.find(connection, grace.vault, "telegram", GRACE)
        assert chat is not None
        later = grace.clock.now() + timedelta(days=2)
        return len(contacts.sent_to(connection, chat.id, MONDAY)), contacts.unheeded(connection, chat.id, MONDAY, later)

    assert await grace.thread.run(weighed) == (0, 0)


async def test_a_french_coordinator_reads_french(rig: Rig) -> None:
    rig.take_in(EVENT)
    await appoint(rig, GRACE, language=Language.FR)
    told = await say(rig, "/statut")
    assert "Petite rencontre" in text(told)


async def test_with_two_events_it_is_asked_which(grace: Rig) -> None:
    other = event_with(code="other")
    grace.take_in(other)
    await grace.person(GRACE, Started(grace.invite(other, Role.COORDINATOR)))
    asked = await say(grace, "/status")
    assert "For which event?" in text(asked)
    assert len(labels(asked)) == 2
