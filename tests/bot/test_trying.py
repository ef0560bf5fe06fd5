"""“Show me”: who tries something out gets what participants get, in both languages, and nothing of it is kept."""

import pytest
from sqlalchemy import func, select

from bot.channels import Tap
from bot.rendering import plain_text
from conversations.buttons import Button, Manage, Open, Recall, decode
from conversations.conversation import Idle, Writing
from conversations.cues import Said, Started, Tapped
from conversations.model import Language, Role
from conversations.roles import Act
from storage import chats, tables
from tests.conversations.samples import sample_event
from tests.rig import Heard, Rig

GRACE = "77"
KEPT = (tables.responses, tables.answers, tables.recalls, tables.enrolments, tables.plans, tables.memories)


@pytest.fixture
async def grace(rig: Rig) -> Rig:
    """A rig in which Grace coordinates the sample event."""
    rig.take_in(sample_event())
    await rig.person(GRACE, Started(rig.invite(sample_event(), Role.COORDINATOR), Language.EN))
    rig.channel.heard.clear()
    return rig


def labels(heard: Heard) -> list[str]:
    return [key.label for row in heard.message.keyboard for key in row]


def text(heard: Heard) -> str:
    return plain_text(heard.message.paragraphs)


async def tap(rig: Rig, label: str) -> list[Heard]:
    """Tap the newest button that begins so; what comes of it."""
    found = [
        (heard, key)
        for heard in reversed(rig.channel.heard)
        for row in heard.message.keyboard
        for key in row
        if key.label.removeprefix("☐ ").startswith(label)
    ]
    assert found, f"no button {label}: {[labels(each) for each in rig.channel.heard]}"
    heard, key = found[0]
    return await press(rig, decode(key.data), heard.id)


async def press(rig: Rig, button: Button | None, message: str = "1") -> list[Heard]:
    before = len(rig.channel.heard)
    await rig.person(GRACE, Tapped(button), Tap("1", message))
    return rig.channel.heard[before:]


async def say(rig: Rig, words: str) -> list[Heard]:
    before = len(rig.channel.heard)
    await rig.person(GRACE, Said(words, Language.EN))
    return rig.channel.heard[before:]


def kept(rig: Rig) -> int:
    with rig.engine.connect() as connection:
        return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in KEPT)


def step(rig: Rig) -> object:
    with rig.engine.connect() as connection:
        chat = chats.find(connection, rig.vault, "telegram", GRACE)
    assert chat is not None
    return chat.conversation.step


async def test_a_survey_is_answered_to_its_end_and_nothing_is_kept(grace: Rig) -> None:
    await say(grace, "/show")
    title = sample_event().surveys[0].title.en
    heading, line = await tap(grace, title[:30])
    assert "nothing that you answer is kept" in text(heading)
    assert text(line) == "A few short questions are ready for you."
    assert "Not this time" in labels(line)
    (_, question) = await tap(grace, "Open")
    for _ in range(60):
        shown = labels(grace.channel.heard[-1])
        if any(label.startswith("Send") for label in shown):
            break
        skip = next((each for each in shown if each.startswith("Skip")), None)
        await (tap(grace, skip) if skip else tap(grace, shown[0].removeprefix("☐ ")))
        if labels(grace.channel.heard[-1]) and any(each.startswith("Done") for each in labels(grace.channel.heard[-1])):
            await tap(grace, "Done")
    else:
        pytest.fail("the survey has no end")
    ended = await tap(grace, "Send")
    assert "Thank you" in text(ended[-1])
    assert question is not None
    assert kept(grace) == 0


async def test_a_refresher_is_recalled_explained_and_passed_on(grace: Rig) -> None:
    (message, *_) = sample_event().messages
    await say(grace, "/show")
    while not any(label.startswith(message.text.en[:30]) for label in labels(grace.channel.heard[-1])):
        await tap(grace, "More")
    await tap(grace, message.text.en[:30])
    (asked,) = await tap(grace, "Open")
    assert message.questions[0].question.en in text(asked)
    right = next(each for each in message.questions[0].choices if each.name == message.questions[0].right)
    (explained,) = await tap(grace, right.label.en)
    assert message.questions[0].explanation.en in text(explained)
    again = await tap(grace, right.label.en)
    assert again == [], "it is answered"
    (passed,) = await tap(grace, "Pass it on")
    assert passed.message.cards
    assert kept(grace) == 0


async def test_help_stands_below_a_trial_as_below_the_real_thing(grace: Rig) -> None:
    await say(grace, "/show")
    _, line = await tap(grace, sample_event().surveys[0].title.en[:30])
    assert labels(line)[-1] == "I need help"
    for asked in await tap(grace, labels(line)[0]):
        assert not asked.message.keyboard or labels(asked)[-1] == "I need help"


async def test_the_other_language_is_shown_and_ones_own_stays(grace: Rig) -> None:
    await say(grace, "/show")
    await tap(grace, sample_event().surveys[0].title.en[:30])
    _, line = await tap(grace, "The same in French")
    assert "Quelques" in text(line) or "questions" in text(line)
    (title, question) = await tap(grace, labels(line)[0])
    assert sample_event().surveys[0].title.fr in text(title)
    assert question.message.keyboard
    (help_,) = await say(grace, "/help")
    assert "You can also type" in text(help_), "one's own language"
    assert isinstance(step(grace), Writing), "and the trial goes on"
    (over,) = await tap(grace, "End the trial")
    assert "nothing of it was kept" in text(over)
    assert step(grace) == Idle()


async def test_nobody_else_can_try_and_old_buttons_do_nothing(grace: Rig) -> None:
    before = len(grace.channel.heard)
    for button in (Manage(Act.SHOW_THIS, 1, 0, 1), Manage(Act.SHOW, 1), Open(0), Recall(0, 0, 0)):
        done = await grace.person("13", Tapped(button), Tap("1", "1"))
        assert done.toast == "This button is not in use any more. See the newest message."
    assert len(grace.channel.heard) == before
    for button in (Manage(Act.SHOW_THIS, 1, 0, 99), Manage(Act.SHOW_THIS, 1, 999, 1), Open(0)):
        assert await press(grace, button) == []
    assert step(grace) == Idle()
