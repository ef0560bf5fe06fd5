"""Several people at once, impatient fingers, old keyboards, and buttons that are somebody else's."""

from pathlib import Path

from conversations.model import Event
from tests.journeys import kept
from tests.journeys.conftest import World, bot_at, phones_of, settings_for, standing_still
from tests.journeys.phones import Json, Phone
from tests.journeys.stories import (
    COUNTRY,
    FIRST_REFRESHER,
    JOINING,
    REFRESHER,
    SAVED,
    SEND,
    SURVEY,
    SURVEYS,
    WEEK_1,
    join,
    joined,
    opened,
    stored,
)


async def answers(world: World, phone: Phone, survey: str = "week_1") -> dict[str, object]:
    return dict(await world.look(kept.survey_of(world.store.vault, phone.person, survey)))


async def test_two_people_step_by_step(world: World) -> None:
    amina = await world.phones.person("Amina", "en")
    moussa = await world.phones.person("Moussa", "fr")
    code = world.invitation()
    await amina.start(code)
    await moussa.start(code)
    for english, french in zip(JOINING["en"], JOINING["fr"], strict=True):
        await amina.tap(english.format(country=COUNTRY["en"]))
        await moussa.tap(french.format(country=COUNTRY["fr"]))
    await world.phones.until(WEEK_1)
    await opened(amina, SURVEY["en"], "en")
    await opened(moussa, SURVEY["fr"], "fr")
    hers, his = ("No", "Agree", "Disagree", "Agree"), ("Oui, individuellement", "3", "1", "Pas d’accord")
    for english, french in zip(hers, his, strict=True):
        await amina.tap(english)
        await (moussa.say(french) if french.isdigit() else moussa.tap(french))
    await amina.tap(SEND["en"])
    await amina.sees(SAVED["en"])
    await moussa.tap(SEND["fr"])
    await moussa.sees(SAVED["fr"])
    assert list((await answers(world, amina)).values()) == ["no", "agree", "disagree", "agree"]
    assert list((await answers(world, moussa)).values()) == ["alone", "neutral", "strongly_agree", "disagree"]


async def test_somebody_who_double_taps_everything(world: World) -> None:
    hasty = await world.phones.person("Amina", "en")
    await hasty.start(world.invitation())
    for label in JOINING["en"]:
        await hasty.tap_twice(label.format(country=COUNTRY["en"]))
    await hasty.sees("You have joined")
    assert len(await hasty.times("You have joined")) == 1
    await world.phones.until(FIRST_REFRESHER)
    await hasty.tap_twice("Open")
    await hasty.tap_twice("Ask each person in the photo")
    await hasty.toasted("You have answered this one already.")
    await world.phones.until(WEEK_1)
    await hasty.tap_twice("Open")
    assert len(await hasty.times("Question 1 of 4")) == 1
    for label in ("Yes, with colleagues", "Strongly agree", "Neither agree nor disagree", "Agree"):
        await hasty.tap_twice(label)
    await hasty.tap_twice(SEND["en"])
    assert len(await hasty.times(SAVED["en"])) == 1
    assert await answers(world, hasty) == stored("week_1")
    assert await world.look(kept.recalls_of(world.store.vault, hasty.person)) == [("safety", "ask_each", True)]
    await world.phones.each_tap_was_answered_once()


async def test_a_double_tap_does_not_untick_a_box(world: World) -> None:
    hasty = await world.phones.person("Amina", "en")
    await hasty.start(world.invitation())
    await hasty.tap_twice("☐ Ask me a few quick questions")
    await hasty.button("☑ Ask me a few quick questions")
    await hasty.tap_twice("Join with what is ticked")
    await hasty.tap("Kenya", "Skip", "Skip", "Yes")
    await world.phones.until(WEEK_1)
    assert await hasty.times(REFRESHER["en"]) == []
    assert len(await hasty.times(SURVEY["en"])) == 1


async def test_old_keyboards_are_void(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await amina.say("stop", "stop")
    first, second = [message for message in await amina.received() if "Do you want to leave?" in message["text"]]
    await amina.tap_under(first["id"], first["markup"]["inline_keyboard"][0][0]["callback_data"])
    await amina.toasted("This button is not in use any more. See the newest message.")
    await amina.tap("No, stay")
    await amina.forge(second["id"], second["markup"]["inline_keyboard"][0][0]["callback_data"])
    await world.phones.until(WEEK_1)
    await opened(amina, SURVEY["en"], "en")
    question, disagree = await amina.button("No")
    await amina.tap("Yes, with colleagues", "Agree")
    # The keyboard is gone from the screen, yet an old client may still show it.
    await amina.forge(question["id"], disagree["callback_data"])
    await amina.say(*(each.typed for each in list(SURVEYS["week_1"].values())[2:]))
    await amina.tap(SEND["en"])
    await amina.sees(SAVED["en"])
    assert list((await answers(world, amina)).values()) == ["together", "agree", "neutral", "agree"]


async def test_the_button_of_somebody_else(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    mallory = await joined(world, "Mallory", "en")
    await world.phones.until(FIRST_REFRESHER)
    await opened(amina, REFRESHER["en"], "en")
    _, right = await amina.button("Ask each person in the photo")
    await world.phones.until(WEEK_1)
    _, announced = await amina.button("Open")
    [welcome, *_] = await mallory.received()
    before = await mallory.received()
    for data in (right["callback_data"], announced["callback_data"], "o:999999", "r:1:99", "c:1:999", "x", ""):
        await mallory.forge(welcome["id"], data)
    assert await mallory.received() == before
    assert await world.look(kept.recalls_of(world.store.vault, amina.person)) == []
    assert await world.look(kept.count("responses")) == 0
    assert await world.look(kept.count("recalls")) == 2, "both were asked, and neither answered"
    await opened(amina, SURVEY["en"], "en")
    await amina.sees("Question 1 of 4")
    await world.phones.each_tap_was_answered_once()


async def test_the_unreadable_is_no_obstacle(tmp_path: Path, sample_event: Event) -> None:
    """Updates of shapes that nobody has seen yet are set aside, and the next one is served."""
    strange: list[tuple[str, Json]] = [
        ("message", {}),
        ("callback_query", {"id": "1"}),
        ("my_chat_member", {"chat": 1}),
    ]
    async with (
        standing_still() as sandbox,
        phones_of(sandbox) as phones,
        bot_at(settings_for(tmp_path, sandbox.url), sandbox, phones, sample_event) as world,
    ):
        amina = await phones.person("Amina", "en")
        for kind, content in strange:
            sandbox.state.deliver(sandbox.state.main_bot(), kind, content)
        await amina.start(world.invitation())
        await join(amina, "en")
