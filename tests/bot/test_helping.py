"""Somebody asks for help, and somebody of the team answers: the whole bot but for Telegram, with real storage."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.channels import Tap
from bot.rendering import plain_text
from bot.telegram.inbound import read as from_telegram
from bot.workbook import read
from conversations.aid import WAITS, RequestState
from conversations.buttons import Button, Contact, Manage, Reach, Seek, decode
from conversations.cues import Said, Started, Tapped
from conversations.model import Event, Language, Role
from conversations.roles import Act
from storage import audit
from storage.tables import chats, help_letters, help_requests, outbox
from tests.rig import Heard, Rig, rig_in
from tests.steady import steady

SAMPLE = Path(__file__).parents[2] / "events" / "learning-and-sharing" / "pack.md"
PERSON, GRACE, JOHN = "4471100223", "4471100224", "4471100225"
"""Addresses on the platform: of somebody who takes part, and of two who coordinate."""
FIRST_CHAT = 777_000


@dataclass
class Stage:
    """The rig with its people; `seen` is all that ever reached each of them."""

    rig: Rig
    event: Event
    seen: dict[str, list[Heard]] = field(default_factory=dict)

    async def does(self, who: str, cue: Started | Said | Tapped, message: str | None = None) -> str | None:
        tap = Tap("1", message) if isinstance(cue, Tapped) else None
        done = await self.rig.person(who, cue, tap)
        self.listen()
        return done.toast

    def listen(self) -> None:
        for each in self.rig.channel.heard:
            self.seen.setdefault(each.address, []).append(each)
        self.rig.channel.heard.clear()

    async def says(self, who: str, words: str) -> None:
        await self.does(who, Said(words))

    async def taps(self, who: str, label: str) -> str | None:
        """The newest button with that label."""
        message, data = next(
            (heard.id, key.data)
            for heard in reversed(self.seen[who])
            for row in heard.message.keyboard
            for key in row
            if key.label == label
        )
        return await self.does(who, Tapped(decode(data)), message)

    def last(self, who: str, back: int = 1) -> str:
        return plain_text(self.seen[who][-back].message.paragraphs)

    def words(self, who: str) -> str:
        """All that somebody ever got, with their buttons and what these carry."""
        return "\n".join(_all_of(each) for each in self.seen.get(who, []))

    async def pass_time(self, by: timedelta) -> None:
        await self.rig.pass_time(by)
        self.listen()

    def rows(self) -> list[object]:
        with self.rig.engine.begin() as connection:
            return list(connection.execute(select(help_requests)).all())


def _all_of(heard: Heard) -> str:
    keys = [f"{key.label} {key.data}" for row in heard.message.keyboard for key in row]
    return "\n".join([plain_text(heard.message.paragraphs), *keys])


@pytest.fixture(scope="module")
def sample_event() -> Event:
    return steady(read(SAMPLE))


@pytest.fixture
async def stage(tmp_path: Path, sample_event: Event) -> AsyncIterator[Stage]:
    async with rig_in(tmp_path) as rig:
        with rig.engine.begin() as connection:
            # Numbers of chats that cannot be taken for another number.
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES ('chats', 777000)"))
        rig.take_in(sample_event)
        ready = Stage(rig, sample_event)
        for coordinator in (GRACE, JOHN):
            code = rig.invite(sample_event, Role.COORDINATOR)
            await ready.does(coordinator, Started(code, Language.EN))
        await ready.does(PERSON, Started(rig.invite(sample_event), Language.EN))
        for label in ("Yes to all, join", "Kenya", "Skip", "Skip", "Yes"):
            await ready.taps(PERSON, label)
        ready.seen.clear()
        yield ready


async def asked(stage: Stage) -> str:
    """The person asks for contact; gives their code word."""
    await stage.says(PERSON, "I need help")
    await stage.taps(PERSON, "Ask for contact")
    await stage.taps(PERSON, "Yes, tell the team")
    [row] = [each for each in stage.rows() if each.state is not RequestState.CLOSED]  # type: ignore[attr-defined]
    return str(row.word)  # type: ignore[attr-defined]


async def test_help_is_named_at_once_and_a_week_is_quiet(stage: Stage) -> None:
    await stage.says(PERSON, "sos")
    told = stage.last(PERSON)
    assert "Open Door, Kenya (example)" in told
    assert "nobody of the team is told" in told
    assert "Until Monday, 23 November 2026 nothing comes here unasked. To change that: /calendar" in told
    assert GRACE not in stage.seen
    await stage.pass_time(timedelta(days=6))
    assert "You have a new message." not in stage.words(PERSON)
    await stage.says(PERSON, "/calendar")
    assert "Paused until" in stage.last(PERSON)


@pytest.mark.parametrize(
    "sent",
    [
        {"photo": [{"file_id": "A"}], "caption": "help me"},
        {"voice": {"file_id": "A"}, "caption": "🆘"},
        {"video": {"file_id": "A"}, "caption": "they beat me, I want to die"},
    ],
)
async def test_a_call_for_help_below_a_picture_or_a_voice_is_heard(stage: Stage, sent: dict[str, object]) -> None:
    who = {"chat": {"id": PERSON, "type": "private"}, "from": {"id": PERSON, "is_bot": False}}
    incoming = from_telegram({"update_id": 9**9, "message": {"message_id": 1, **who, **sent}})
    assert incoming is not None
    await stage.rig.take(incoming)
    stage.listen()
    assert "Open Door, Kenya (example)" in stage.last(PERSON)


async def test_one_of_two_takes_it_and_words_go_both_ways(stage: Stage) -> None:
    word = await asked(stage)
    assert f"Somebody asks for contact: {word}" in stage.last(GRACE)
    assert stage.last(GRACE) == stage.last(JOHN)
    await stage.taps(GRACE, "I take it")
    assert f"takes care of {word}." in stage.last(JOHN)
    await stage.taps(JOHN, "I take it")
    assert stage.last(JOHN) == f"{word} is with somebody else of the team."
    await stage.taps(GRACE, "Write")
    await stage.says(GRACE, "Hello. Are you safe now?")
    assert stage.last(PERSON) == "You have a new message.", "a lock screen says no more"
    await stage.says(GRACE, "Take your time.")
    assert stage.last(PERSON) == "You have a new message."
    await stage.taps(PERSON, "Open")
    assert stage.last(PERSON, 2) == "A person of the team writes to you:\n\nHello. Are you safe now?"
    assert stage.last(PERSON) == "A person of the team writes to you:\n\nTake your time."
    await stage.taps(PERSON, "Answer")
    await stage.says(PERSON, "Yes, at a friend’s.")
    assert stage.last(GRACE) == f"{word} writes:\n\nYes, at a friend’s.", "Grace is in the middle of it"
    await stage.says(GRACE, "Good.")
    assert stage.last(PERSON) == "A person of the team writes to you:\n\nGood.", "and so are they now"
    await stage.taps(PERSON, "Share a way to reach me")
    await stage.says(PERSON, "Ask for Achieng at the clinic")
    assert stage.last(GRACE) == f"{word} agrees to be reached this way:\n\nAsk for Achieng at the clinic"
    await stage.taps(PERSON, "End this contact")
    assert stage.last(GRACE) == f"{word} has ended the contact."
    await stage.says(GRACE, "One more thing")
    assert "Your words were not passed on." in stage.last(GRACE)
    assert "One more thing" not in stage.words(PERSON)
    assert JOHN in stage.seen
    assert "friend" not in stage.words(JOHN)


async def test_nothing_of_what_was_written_is_kept(stage: Stage) -> None:
    await asked(stage)
    await stage.taps(GRACE, "I take it")
    await stage.taps(GRACE, "Write")
    await stage.says(GRACE, "Are you safe?")
    with stage.rig.engine.begin() as connection:
        [waiting] = connection.scalars(select(help_letters.c.body)).all()
    assert b"safe" not in waiting, "what waits to be opened is sealed"
    await stage.taps(PERSON, "Open")
    await stage.taps(PERSON, "Answer")
    await stage.says(PERSON, "Not really")
    with stage.rig.engine.begin() as connection:
        assert connection.scalars(select(help_letters.c.id)).all() == []
        assert set(connection.scalars(select(outbox.c.body))) == {None}
        lines = audit.entries(connection)
        assert audit.verify(connection, stage.rig.vault).broken is None
    acts = [each.act for each in lines if each.act.startswith("h-")]
    assert acts == [Act.HELP_TAKE, Act.HELP_WRITE, Act.HELP_WRITE]
    [number] = {each.item for each in lines if each.act.startswith("h-")}
    assert number == stage.rows()[0].id  # type: ignore[attr-defined]
    assert not any("safe" in str(each) or "really" in str(each) for each in lines)


async def test_who_is_not_taken_care_of_in_a_day_gets_an_honest_word(stage: Stage) -> None:
    word = await asked(stage)
    await stage.pass_time(WAITS - timedelta(minutes=1))
    assert stage.words(GRACE).count("Somebody asks for contact") == 1
    await stage.pass_time(timedelta(minutes=1))
    assert stage.last(GRACE).startswith(f"Somebody asks for contact: {word}")
    assert stage.last(PERSON) == "You have a new message."
    await stage.taps(PERSON, "Open")
    assert "Nobody of the team could write to you yet." in stage.last(PERSON)
    assert "Open Door, Kenya (example)" in stage.last(PERSON)
    await stage.pass_time(timedelta(days=3))
    assert stage.words(GRACE).count("Somebody asks for contact") == 2, "they are told once more, and that is all"
    lines = [plain_text(each.message.paragraphs) for each in stage.seen[PERSON]]
    assert lines.count("You have a new message.") == 1, "and nobody is chased"
    await stage.taps(JOHN, "I take it")
    assert f"{word} is with you now." in stage.last(JOHN)


async def test_who_takes_it_and_says_nothing_gives_it_back(stage: Stage) -> None:
    word = await asked(stage)
    await stage.taps(GRACE, "I take it")
    await stage.pass_time(WAITS)
    assert f"{word} waits without a word from you: somebody else can take it now." in stage.words(GRACE)
    await stage.taps(JOHN, "I take it")
    assert f"{word} is with you now." in stage.last(JOHN)
    assert await stage.taps(GRACE, "Write") == "This has changed meanwhile. See /requests."


async def test_who_is_of_the_team_no_more_has_nobody_left(stage: Stage) -> None:
    word = await asked(stage)
    await stage.taps(GRACE, "I take it")
    await stage.taps(GRACE, "Write")
    await stage.says(GRACE, "Hello")
    await stage.taps(PERSON, "Open")
    await stage.taps(PERSON, "Answer")
    await stage.says(GRACE, "/stop")
    await stage.taps(GRACE, "Yes, leave")
    await stage.pass_time(timedelta(seconds=1))
    assert stage.last(JOHN).startswith(f"Somebody asks for contact: {word}")
    await stage.says(PERSON, "Are you there?")
    assert "Your words were not passed on." in stage.last(PERSON)
    assert "Are you there?" not in stage.words(GRACE)
    await stage.taps(JOHN, "I take it")
    assert f"{word} is with you now." in stage.last(JOHN)


async def test_who_leaves_ends_what_they_asked_for(stage: Stage) -> None:
    word = await asked(stage)
    await stage.says(PERSON, "/stop")
    await stage.taps(PERSON, "Yes, leave")
    assert stage.last(GRACE) == f"{word} does not ask for contact any more."
    assert await stage.taps(JOHN, "I take it") == "This has changed meanwhile. See /requests."


async def test_words_typed_after_a_silence_go_nowhere(stage: Stage) -> None:
    await asked(stage)
    await stage.taps(GRACE, "I take it")
    await stage.taps(GRACE, "Write")
    await stage.says(GRACE, "Hello")
    await stage.taps(PERSON, "Open")
    await stage.taps(PERSON, "Answer")
    await stage.pass_time(timedelta(hours=2))
    await stage.says(PERSON, "Who is this?")
    assert "this was not passed on" in stage.last(PERSON)
    assert "Who is this?" not in stage.words(GRACE)
    await stage.taps(PERSON, "Answer")
    await stage.says(PERSON, "It is me")
    assert stage.last(GRACE).endswith("has written to you."), "Grace is not in the middle of it any more"
    await stage.taps(GRACE, "Open")
    assert stage.last(GRACE).endswith("writes:\n\nIt is me")


async def test_nobody_else_has_these_commands_and_buttons(stage: Stage) -> None:
    await asked(stage)
    number = stage.rows()[0].id  # type: ignore[attr-defined]
    await stage.says(PERSON, "/requests")
    assert "asks for contact" not in stage.last(PERSON)
    for act in (Act.HELP_TAKE, Act.HELP_READ, Act.HELP_WRITE, Act.HELP_END_FOR_GOOD):
        assert "not in use" in str(await stage.does(PERSON, Tapped(Manage(act, 1, number)), "1"))
    assert stage.rows()[0].state is RequestState.OPEN  # type: ignore[attr-defined]
    for act in (Act.HELP_READ, Act.HELP_WRITE, Act.HELP_END_FOR_GOOD):
        toast = await stage.does(GRACE, Tapped(Manage(act, 1, number)), "1")
        assert toast == "This has changed meanwhile. See /requests.", "it is not with Grace"


async def test_closed_requests_are_forgotten(stage: Stage) -> None:
    await asked(stage)
    await stage.taps(PERSON, "Take it back")
    stage.rig.clock.time += timedelta(days=8)
    await stage.rig.scheduler._tidy()
    assert stage.rows() == []
    with stage.rig.engine.begin() as connection:
        assert set(connection.scalars(select(chats.c.referred_at))) == {None}


TALK = ["I need help", "Hello", "They came at night.", "sos", "My number is private", "oui", "12", "/requests", "/help"]


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_is_tapped_no_team_member_learns_who_it_is(stage: Stage, seed: int) -> None:
    chance = random.Random(seed)
    await asked(stage)
    everybody = (PERSON, GRACE, JOHN)
    for _ in range(60):
        who = chance.choice(everybody)
        buttons = _worth_tapping(stage.seen.get(who, []))
        if buttons and chance.random() < 0.75:
            message, button = chance.choice(buttons[-12:])
            await stage.does(who, Tapped(button), message)
        else:
            await stage.says(who, chance.choice(TALK))
        if chance.random() < 0.1:
            await stage.pass_time(timedelta(minutes=chance.choice([5, 90, 1500])))
    numbers = _numbers(stage.rig)
    for coordinator in (GRACE, JOHN):
        for hidden in (PERSON, str(numbers[0]), stage.rig.vault.pseudonym(numbers[3], stage.event.code)):
            assert hidden not in stage.words(coordinator)
    for hidden in (GRACE, JOHN, str(numbers[1]), str(numbers[2])):
        assert hidden not in stage.words(PERSON)


def _worth_tapping(seen: list[Heard]) -> list[tuple[str, Button]]:
    keys = [(heard.id, decode(key.data)) for heard in seen for row in heard.message.keyboard for key in row]
    about_help = (Seek, Contact, Manage)
    return [
        (message, button)
        for message, button in keys
        if isinstance(button, about_help) and not (isinstance(button, Manage) and button.act is Act.REMOVE_FOR_GOOD)
    ]


def _numbers(rig: Rig) -> tuple[int, int, int, str]:
    """The numbers of the person's chat and of the two others', and the person's key."""
    with rig.engine.begin() as connection:
        rows = connection.execute(select(chats.c.id, chats.c.key_id).order_by(chats.c.id)).all()
    grace, john, person = rows
    assert person.id > FIRST_CHAT
    return person.id, grace.id, john.id, person.key_id


async def test_what_is_open_is_asked_for_with_the_event_that_is_meant(stage: Stage) -> None:
    await asked(stage)
    assert await stage.does(PERSON, Tapped(Contact(Reach.SURE, 99)), "1") == "There is no team that could be asked now."
    assert await stage.does(PERSON, Tapped(Contact(Reach.SURE, 1)), "1") == "You have asked already. You get word here."
    assert len(stage.rows()) == 1
