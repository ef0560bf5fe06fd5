"""An event that is stopped: its team, its people, and what they read and tap."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from bot.channels import Tap
from bot.doing import Done
from bot.planning import replan_person
from conversations.buttons import Button, decode
from conversations.cues import Said, Started, Tapped
from conversations.model import Event, Language, Purpose, Role
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from storage import audit, chats, enrolments, events
from storage.chats import ChatKind
from storage.states import PlanState, State
from storage.tables import outbox
from storage.tables import plans as plans_table
from tests.conversations.samples import event_with, question, survey, touchpoint
from tests.rig import Rig

SURVEY = survey(question("applied"), question("lasted"))
ROW = touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None)
EVENT = event_with(ROW, surveys=(SURVEY,))
OTHER = replace(EVENT, code="other", title=replace(EVENT.title, en="Other event"))
READY = "A few short questions are ready for you."
RESTS = "This chat rests for the moment. Nothing is lost."
LATER = timedelta(hours=1)


async def coordinator(rig: Rig, address: str, *of: Event, role: Role = Role.COORDINATOR) -> None:
    for event in of:
        await rig.person(address, Started(rig.invite(event, role), Language.EN))
    rig.channel.heard.clear()


async def participants(rig: Rig, event: Event, *addresses: str) -> None:
    """These take part; nothing of how they joined is said."""
    revision = await rig.thread.run(lambda connection: events.latest(connection, event.code) or 0)

    def join(connection: Connection, address: str) -> None:
        now, purposes = rig.clock.now(), frozenset(Purpose)
        chat = chats.arrive(connection, rig.vault, "telegram", address, ChatKind.PRIVATE, Language.EN, now)
        enrolments.enrol(connection, chat.id, event.code, revision, purposes, (), now)
        replan_person(connection, rig.turns.contents, chat.id, event.code, chat.conversation, now)

    for address in addresses:
        await rig.thread.run(lambda connection, address=address: join(connection, address))  # type: ignore[misc]


def said_to(rig: Rig, address: str) -> str:
    """The newest message that somebody has, as text."""
    newest = [each for each in rig.channel.heard if each.address == address][-1]
    return "\n".join(paragraph.text for paragraph in newest.message.paragraphs)


def keys(rig: Rig, address: str) -> dict[str, Button]:
    """The buttons of the newest message that somebody has."""
    newest = [each for each in rig.channel.heard if each.address == address][-1]
    found = {key.label: decode(key.data) for row in newest.message.keyboard for key in row}
    return {label: button for label, button in found.items() if button is not None}


async def tap(rig: Rig, address: str, button: Button | str) -> Done:
    pressed = keys(rig, address)[button] if isinstance(button, str) else button
    return await rig.person(address, Tapped(pressed), Tap("1", "1"))


async def stop(rig: Rig, address: str) -> None:
    await rig.person(address, Said("/pauseall"))
    await tap(rig, address, "Stop everything now")


async def states(rig: Rig) -> list[tuple[int, State]]:
    query = select(outbox.c.id, outbox.c.state).where(outbox.c.kind == "nudge").order_by(outbox.c.id)
    return [(row.id, row.state) for row in await rig.thread.run(lambda connection: connection.execute(query).all())]


async def planned(rig: Rig) -> list[tuple[PlanState, Reason | None]]:
    query = select(plans_table).where(plans_table.c.kind == TouchpointKind.SURVEY).order_by(plans_table.c.id)
    rows = await rig.thread.run(lambda connection: connection.execute(query).all())
    return [(row.state, row.reason) for row in rows]


async def logged(rig: Rig) -> list[tuple[str, str]]:
    lines = await rig.thread.run(audit.entries)
    return [(each.event, each.act) for each in lines if each.act.startswith("e-") and each.details]
