"""The way to an act, step by step, as somebody of a team goes it: what they type, tap and send."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from conversations.attachments import Attachment, Kind
from conversations.buttons import Button
from conversations.desk import Trouble
from conversations.findings import Finding
from conversations.findings import Kind as About
from conversations.model import Event
from conversations.setting_up import Report
from storage.tables import jobs
from storage.uploads import upload_to_json
from tests.audience import Coordinator
from tests.bot.teams import Answer, Teams, answer_of

WORKBOOK = Attachment(Kind.DOCUMENT, "workbook", ".md")
LIST = Attachment(Kind.DOCUMENT, "list", ".csv")
PICTURE = Attachment(Kind.PHOTO, "picture")


@dataclass(frozen=True)
class Says:
    """Words that are no command."""

    words: str


@dataclass(frozen=True)
class Sends:
    """A file."""

    file: Attachment


@dataclass(frozen=True)
class Reads:
    """The file that was sent has been read, with this result."""

    result: str


Meanwhile = Callable[[Teams, str], Awaitable[Answer | None]]
"""Whatever else happens; the person on the way is the second argument."""
Step = str | Says | Sends | Reads | Meanwhile
"""A word with a slash is typed; any other is the beginning or the end of a button's label, which is tapped."""


async def walk(teams: Teams, who: str, *steps: Step) -> Answer:
    """Go that way; what came of its last step."""
    *way, last = steps
    await lead(teams, who, way)
    answer = await _go(teams, who, last)
    assert answer is not None, "the last step is one of theirs"
    return answer


async def lead(teams: Teams, who: str, way: Iterable[Step]) -> None:
    """Go that way, whoever takes the last step."""
    for step in way:
        await _go(teams, who, step)


async def _go(teams: Teams, who: str, step: Step) -> Answer | None:
    match step:
        case str() if step.startswith("/"):
            return await teams.says(who, step)
        case str():
            message, button = find(teams, who, step)
            return await teams.taps(who, button, message)
        case Says(words):
            return await teams.says(who, words)
        case Sends(file):
            return await teams.sends(who, file)
        case Reads(result):
            return await read(teams, result)
        case _:
            return await step(teams, who)


def find(teams: Teams, who: str, label: str) -> tuple[str, Button]:
    """The newest button on their screen with such a label, and the message it is under."""
    message, button = Coordinator(teams.rig, who).button(label)
    assert button is not None
    return message, button


async def read(teams: Teams, result: str, trouble: Trouble | None = None) -> Answer:
    """What comes of the file that waits to be read."""
    with teams.rig.engine.connect() as connection:
        job = connection.execute(select(jobs.c.id)).scalar_one()
    done = await teams.rig.turns.file_read(job, result, trouble)
    teams.rig.delivery.submit(done.outgoing)
    await teams.rig.delivery.idle()
    return answer_of(done)


def upload(event: Event) -> str:
    """A workbook that says this, as its reader gives it: nothing stands in the way, and one thing is noted."""
    note = Finding(About.NOTE, "Something to know.", "Nothing to do.")
    return upload_to_json(event.code, event, Report((), (note,)))


async def asks_for_contact(teams: Teams, who: str) -> None:
    """A participant asks the team for contact."""
    await walk(teams, who, Says("I need help"), "Ask for contact", "Yes, tell the team")


async def tells_a_story(teams: Teams, who: str) -> None:
    """A participant shares something in their words."""
    await walk(teams, who, "/story", Says("We meet every month now."), "In English", "Yes, share it like this")


def first(who: str, *steps: Step) -> Meanwhile:
    """Somebody else goes a way of their own."""

    async def goes(teams: Teams, _on_the_way: str) -> None:
        await walk(teams, who, *steps)

    return goes
