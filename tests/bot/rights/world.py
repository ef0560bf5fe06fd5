"""Two events in the middle of their year: in each there is something for every act to be done to.

It is made once. Every test has a copy of its own.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.planning import replan_person
from conversations.cues import Started
from conversations.model import Event, Language, Purpose, Question, QuestionType, Role
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from storage import chats, enrolments, events, plans, responses
from storage.chats import ChatKind
from storage.tables import metadata
from storage.tables import plans as planned
from tests.bot.rights.steps import WORKBOOK, Reads, Says, Sends, asks_for_contact, tells_a_story, upload, walk
from tests.bot.teams import HERE, OTHER_COORDINATOR, OTHER_MODERATOR, PARTICIPANT, SECOND_GROUP, THERE, Teams
from tests.conversations.samples import both, choices, question, survey, touchpoint
from tests.rig import MONDAY, Rig

CANDIDATE, REMOVED, GUEST = "41", "42", "43"
"""Who waits to be confirmed here; who coordinated here and left; who takes part in the other event."""
PEOPLE = [str(address) for address in range(51, 63)]
"""Twelve: of fewer no figure is told."""
NOW = MONDAY + timedelta(days=1, hours=1)

_COUNTRY = Question(
    "country",
    QuestionType.SELECT_ONE,
    both("Country?", "Pays ?"),
    choices=choices(ke=("Kenya", "Kenya"), tg=("Togo", "Togo")),
)
FULL = replace(
    HERE,
    parts=choices(host=("Hosts", "Hôtes"), visitor=("Visitors", "En visite")),
    profile=(_COUNTRY,),
    surveys=(survey(question("applied")),),
    schedule=(touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None),),
)
"""The event here as it is published."""


async def build(rig: Rig) -> None:
    """Let all of it happen."""
    teams = await Teams(rig).gather()
    rig.take_in(FULL)
    await rig.thread.run(lambda connection: join(connection, rig, HERE, (PARTICIPANT, *PEOPLE)))
    await rig.pass_time(timedelta(hours=1))
    await rig.thread.run(lambda connection: _answer(connection, rig, PEOPLE[:6]))
    await rig.pass_time(NOW - rig.clock.now())
    await rig.person(CANDIDATE, Started(rig.invite(HERE, Role.MODERATOR, vouched=False), Language.EN))
    await rig.person(REMOVED, Started(rig.invite(HERE, Role.COORDINATOR), Language.EN))
    await walk(teams, REMOVED, "/stop", "Yes, leave")
    await _elsewhere(teams)


async def _elsewhere(teams: Teams) -> None:
    """Of the other event there is one of everything, too."""
    await teams.rig.thread.run(lambda connection: join(connection, teams.rig, THERE, (GUEST,)))
    await teams.linked(SECOND_GROUP, THERE, OTHER_COORDINATOR)
    await walk(teams, OTHER_COORDINATOR, "/invite", "New invitation", "30", "No end")
    await walk(teams, OTHER_COORDINATOR, "/broadcast", "New broadcast", Says("Hello"), Says("Bonjour"))
    await walk(teams, OTHER_COORDINATOR, "/workbook", Sends(WORKBOOK), Reads(upload(THERE)))
    await asks_for_contact(teams, GUEST)
    await walk(teams, OTHER_MODERATOR, "I take it")
    await tells_a_story(teams, GUEST)


def join(connection: Connection, rig: Rig, event: Event, addresses: Iterable[str]) -> None:
    revision, now = events.latest(connection, event.code), rig.clock.now()
    assert revision is not None
    for address in addresses:
        chat = chats.arrive(connection, rig.vault, "telegram", address, ChatKind.PRIVATE, Language.EN, now)
        profile = (("country", "ke"),) if event is HERE else ()
        enrolments.enrol(connection, chat.id, event.code, revision, frozenset(Purpose), profile, now)
        replan_person(connection, rig.turns.contents, chat.id, event.code, chat.conversation, now)


def _answer(connection: Connection, rig: Rig, addresses: Iterable[str]) -> None:
    now: datetime = rig.clock.now()
    for address in addresses:
        chat = chats.find(connection, rig.vault, "telegram", address)
        assert chat is not None
        theirs = planned.c.chat_id == chat.id, planned.c.kind == TouchpointKind.SURVEY
        plan = connection.execute(select(planned.c.id).where(*theirs)).scalar_one()
        responses.begin(connection, plan, now)
        responses.complete(connection, plan, now)
        plans.end_reminders(connection, plan, Reason.ANSWERED, now)


def all_of(teams: Teams, *of: Event) -> dict[str, list[tuple[object, ...]]]:
    """Every row that is about one of these events, whatever it says: nothing of it may have changed."""
    numbers = [teams.number(each) for each in of]
    with teams.rig.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).where(column.in_(numbers)))]
            for table in metadata.sorted_tables
            if (column := table.c.get("id" if table.name == "events" else "event_id")) is not None
        }
