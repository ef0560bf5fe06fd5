"""kill -9 in the middle of a form, sixty days, a new revision, a start: people go on where they were.

Whoever has begun finishes the revision that they began, in its words; whoever comes later gets the new one.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import open_store
from bot.main import import_into, new_invitation
from bot.sandbox_clock import SandboxClock
from bot.settings import Settings
from bot.workbook import read
from conversations.model import Role, Value
from sandbox.server import Serving
from storage import tables
from tests.journeys import kept
from tests.journeys.conftest import MONDAY, following, settings_for
from tests.journeys.phones import Phone, Phones
from tests.journeys.process import BotProcess, environment_of
from tests.journeys.stories import CHANGE, JOINED, SAVED, SEND

SIXTY_DAYS = timedelta(days=60)
FIRST = """
| survey   |                      |        |                     |                    |
| -------- | -------------------- | ------ | ------------------- | ------------------ |
|          | type                 | name   | label::English (en) | label::French (fr) |
|          | select_one yes_no    | agree  | Agreed?             | D’accord ?         |
|          | begin_repeat         | member | A member            | Un membre          |
|          | text                 | role   | Which role?         | Quel rôle ?        |
|          | end_repeat           |        |                     |                    |
|          | select_multiple ways | ways   | In which ways?      | Comment ?          |
|          | text                 | story  | What happened?      | Et alors ?         |
| choices  |                      |        |                     |                    |
|          | list_name            | name   | label::English (en) | label::French (fr) |
|          | yes_no               | yes    | Yes indeed          | Oui                |
|          | yes_no               | no     | Not at all          | Non                |
|          | ways                 | talk   | We talked           | Nous avons parlé   |
|          | ways                 | teach  | We taught           | Nous avons formé   |
| settings |                      |        |                     |                    |
|          | form_title           | form_id |                    |                    |
|          | Visit                | visit  |                     |                    |
"""
SITE = "|          | text                 | site   | Which site?         | Quel site ?        |\n"
AGREE, TEACH = (line + "\n" for line in FIRST.splitlines() if "| agree " in line or "| teach " in line)
SECOND = (
    FIRST.replace(AGREE, SITE + AGREE)
    .replace(TEACH, "")
    .replace("Which role?", "Which task?")
    .replace("What happened?", "What has changed?")
)
"""One question more, two in other words, and one option less."""

ANSWERS: dict[str, Value] = {
    "agree": "yes",
    "member[1]": "yes",
    "role[1]": "Nurse",
    "member[2]": "yes",
    "role[2]": "Driver",
    "member[3]": "no",
    "ways": ("talk", "teach"),
    "story": "We listened.",
}
LATER = {"story": "We listened, and planned."}


@dataclass
class Trial:
    """A bot that can be killed, its data, and those who talk to it."""

    settings: Settings
    sandbox: Serving
    phones: Phones
    process: BotProcess

    async def takes_in(self, form: str) -> str:
        """The form as its newest revision; gives an invitation."""
        file = self.settings.data_dir.with_name("visit.md")
        file.write_text(form, encoding="utf-8")
        async with SandboxClock(self.sandbox.url) as clock:
            store = open_store(self.settings)
            event = read(file)
            import_into(store, event, clock)
            code = new_invitation(store, event.code, Role.PARTICIPANT, None, clock)
            store.engine.dispose()
        return code

    async def joins(self, name: str, code: str) -> Phone:
        phone = await self.phones.person(name, "en")
        await phone.start(code)
        await phone.tap("Yes to all, join")
        await phone.sees("where you are now?")
        await phone.tap("Yes")
        await phone.sees(JOINED["en"])
        await phone.tap("Open")
        return phone

    async def is_down_for_sixty_days(self) -> str:
        """Killed, taken up again with another revision; gives an invitation to that one."""
        await self.process.kill()
        # Nobody is there who could follow the clock step by step.
        self.sandbox.state.clock.set(MONDAY + SIXTY_DAYS)
        code = await self.takes_in(SECOND)
        await self.process.start()
        await following(self.sandbox)
        return code

    def stored(self, person: int) -> tuple[dict[str, Value], list[tuple[str, int, bool]]]:
        """The person's answers, and of each of their responses the survey, the revision and whether it is complete."""
        store, rows = open_store(self.settings), tables.responses
        with store.engine.connect() as connection:
            answers = kept.survey_of(store.vault, person, "visit")(connection)
            chat = kept.chat_of(connection, store.vault, person)
            mine = select(rows).join(tables.plans, tables.plans.c.id == rows.c.plan_id)
            found = connection.execute(mine.where(tables.plans.c.chat_id == chat.id)).all()
        store.engine.dispose()
        return answers, [(row.survey, row.revision_id, row.completed_at is not None) for row in found]


async def in_the_second_member(phone: Phone) -> None:
    await phone.tap("Yes indeed")
    await phone.sees("is there one to tell about?")
    await phone.tap("Yes")
    await phone.sees("Which role?")
    await phone.say("Nurse")
    await phone.sees("is there one more?")
    await phone.tap("Yes")
    await phone.sees("Question 5")


async def at_the_review(phone: Phone) -> None:
    await in_the_second_member(phone)
    await to_the_review(phone)


async def to_the_review(phone: Phone) -> None:
    await phone.say("Driver")
    await phone.sees("Question 6")
    await phone.say("no")
    await phone.sees("In which ways?")
    await phone.say("1, 2")
    await phone.sees("What happened?")
    await phone.say("We listened.")
    await phone.sees("number to change an answer")


async def in_an_amendment(phone: Phone) -> None:
    await at_the_review(phone)
    await phone.tap(SEND["en"])
    await phone.sees(SAVED["en"])
    await phone.tap(CHANGE["en"])
    await phone.sees("number to change an answer")
    await phone.tap("8")
    await phone.sees("Your answer so far: We listened.")


async def goes_on_in_the_second_member(phone: Phone) -> None:
    shown = await phone.sees("Question 5")
    assert "Which role?" in shown["text"]
    await to_the_review(phone)
    await phone.tap(SEND["en"])


async def goes_on_at_the_review(phone: Phone) -> None:
    shown = await phone.sees("number to change an answer")
    assert "We taught" in shown["text"]
    assert "What happened?" in shown["text"]
    await phone.tap(SEND["en"])


async def goes_on_in_the_amendment(phone: Phone) -> None:
    shown = await phone.sees("Your answer so far: We listened.")
    assert "What happened?" in shown["text"]
    await phone.say(LATER["story"])
    await phone.sees(f"▸ {LATER['story']}")
    await phone.tap("Done")


Deed = Callable[[Phone], Awaitable[None]]
PLACES: dict[str, tuple[Deed, Deed]] = {
    "in a repeated group": (in_the_second_member, goes_on_in_the_second_member),
    "at the review": (at_the_review, goes_on_at_the_review),
    "in an amendment": (in_an_amendment, goes_on_in_the_amendment),
}


@pytest.mark.parametrize("place", PLACES)
async def test_after_sixty_days_and_a_new_revision_people_go_on_where_they_were(
    tmp_path: Path, sandbox: Serving, phones: Phones, place: str
) -> None:
    before, after = PLACES[place]
    settings = settings_for(tmp_path, sandbox.url)
    trial = Trial(settings, sandbox, phones, BotProcess(environment_of(settings, sandbox.url), tmp_path))
    code = await trial.takes_in(FIRST)
    await trial.process.start()
    try:
        await following(sandbox)
        amina = await trial.joins("Amina", code)
        await before(amina)
        given, _ = trial.stored(amina.person)
        assert given.items() <= ANSWERS.items()
        newer = await trial.is_down_for_sixty_days()
        assert trial.stored(amina.person)[0] == given, "nothing that was acknowledged is lost"

        await amina.say("/continue")
        await amina.sees("on below.")
        await after(amina)
        await amina.sees(SAVED["en"])
        binta = await trial.joins("Binta", newer)
        await binta.sees("Which site?")
        assert await trial.process.interrupt() == 0
    finally:
        await trial.process.kill()
    answers, [(_, first, complete)] = trial.stored(amina.person)
    assert (answers, complete) == (ANSWERS | (LATER if place == "in an amendment" else {}), True)
    _, [(_, second, _)] = trial.stored(binta.person)
    assert second > first, "each keeps the revision that they began"
    assert "Traceback" not in trial.process.log.read_text(encoding="utf-8")
