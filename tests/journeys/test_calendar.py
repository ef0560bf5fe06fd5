"""What the bot tells the sandbox's calendar: plans, what was sent, and why something was put off or not sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.main import import_into
from conversations.timing import Anchor, Offset, Touchpoint, TouchpointKind, Unit
from tests.journeys.conftest import MONDAY, World
from tests.journeys.phones import Json, Phone
from tests.journeys.stories import DAY, FIRST_REFRESHER, WEEK_1, joined, opened

PLANNED_FOR_EACH = 20
"""Refreshers and surveys of the sample event."""

NIGHT = datetime(2026, 11, 16, 21, 0, tzinfo=UTC)
"""Midnight in Nairobi."""

MORNING = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)
"""Eight o'clock in Nairobi."""


async def calendar_of(world: World, phone: Phone) -> list[Json]:
    entries = (await world.phones.get("/sandbox/calendar"))["entries"]
    return [entry for entry in entries if entry["chat"] == phone.chat]


async def caught_up(world: World) -> None:
    """The bot tells what people changed, too; a step of the clock waits for it."""
    await world.phones.advance(timedelta(seconds=1))


async def test_who_joins_has_a_year_ahead(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await caught_up(world)
    entries = await calendar_of(world, amina)
    assert len(entries) == PLANNED_FOR_EACH
    assert {(entry["state"], entry["reason"]) for entry in entries} == {("planned", None)}
    assert entries[0]["at"] < FIRST_REFRESHER.isoformat() < entries[1]["at"]
    assert entries[0]["kind"] == "refresher"
    assert entries[0]["title"]["fr"].startswith("Rappel\u00a0: ")


async def test_what_was_sent_is_told_with_its_time(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await world.phones.until(WEEK_1)
    first, second, *rest = await calendar_of(world, amina)
    assert [first["state"], second["state"]] == ["sent", "sent"]
    assert first["at"] == "2026-11-19T07:00:00+00:00"
    assert {entry["state"] for entry in rest} == {"planned"}


async def test_a_group_has_its_digests(world: World) -> None:
    group = await world.group("Together", linked="en")
    await world.phones.until(datetime(2026, 11, 27, 14, 0, tzinfo=UTC))
    first, second, *_ = await calendar_of(world, group)
    assert (first["state"], second["state"], first["kind"]) == ("skipped", "planned", "digest")
    assert first["reason"]["en"] == "Not sent: fewer than ten new answers to the same question"


async def test_at_night_it_is_put_off_and_comes_in_the_morning(world: World) -> None:
    at_night = Touchpoint(TouchpointKind.REFRESHER, "safety", Anchor.ENROLMENT, Offset(12, Unit.HOURS))
    import_into(world.store, replace(world.event, schedule=(at_night,)), world.clock)
    amina = await joined(world, "Amina", "en")
    await world.phones.until(NIGHT)
    [entry] = await calendar_of(world, amina)
    assert (entry["state"], entry["at"], entry["moved_to"]) == ("held", NIGHT.isoformat(), MORNING.isoformat())
    assert entry["reason"]["fr"] == "Envoi différé\u00a0: il faisait nuit sur place"
    clock = await world.phones.get("/sandbox/clock")
    assert (clock["next"], clock["next_title"]) == (MORNING.isoformat(), entry["title"])
    await world.phones.next()
    [entry] = await calendar_of(world, amina)
    assert (entry["state"], entry["at"], entry["moved_to"]) == ("sent", MORNING.isoformat(), None)


async def test_who_leaves_is_sent_nothing_more_and_may_come_back(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await amina.say("stop")
    await amina.tap("Yes, leave")
    await caught_up(world)
    entries = await calendar_of(world, amina)
    assert {(entry["state"], entry["reason"]["en"]) for entry in entries} == {
        ("skipped", "Not sent: the person has left")
    }
    await amina.start(world.invitation())
    await amina.tap("Yes to all, join", "Kenya", "Skip", "Skip", "Yes")
    await caught_up(world)
    assert {entry["state"] for entry in await calendar_of(world, amina)} == {"planned"}


async def test_what_reached_nobody_is_not_told_as_sent(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    # The block is news for the bot at once, so it is set without telling: it learns of it by being refused.
    sandbox = world.sandbox.state
    sandbox.private_chat(sandbox.main_bot().id, amina.person).blocked = True
    await world.phones.until(WEEK_1)
    first, second, *_ = await calendar_of(world, amina)
    assert (first["state"], second["state"]) == ("failed", "skipped")
    assert first["reason"]["en"].startswith("Not delivered")
    assert "may have blocked it" in second["reason"]["en"]


async def test_a_bot_that_starts_anew_tells_it_again(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await world.phones.until(MONDAY + 4 * DAY)
    await opened(amina, "You have a new message.", "en")
    before = await calendar_of(world, amina)
    await world.phones.post("/sandbox/calendar", {"clear": True})
    async with type(world.clock)(world.sandbox.url) as another:
        await another._calendar.update(world.app, another.now())
    assert await calendar_of(world, amina) == before
