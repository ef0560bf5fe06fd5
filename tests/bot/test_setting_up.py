"""From a workbook to a live event and to its end, with the real reader process and real storage."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, func, select

from bot.files import make
from bot.jobs import Jobs
from bot.reader import Unreadable
from bot.reader import read as read_in_process
from bot.workbook import template
from conversations.attachments import Attachment, Kind
from conversations.buttons import Manage, decode
from conversations.conversation import Idle
from conversations.cues import Said, Sent, Started, Tapped
from conversations.model import EventState, Language, Role
from conversations.policy import Reason
from conversations.roles import OF_ANY_EVENT, Act
from storage import drafts, events, nudges, tables, team
from storage.states import DraftState, PlanState
from tests.bot.setting_up import GRACE, HENRI, Coordinator, sample, workbook
from tests.conversations.samples import sample_event
from tests.rig import Rig, rig_in

MINE = (Act.EVENT, Act.PUBLISH, Act.PUBLISH_NOW, Act.CLOSE_NOW, Act.REOPEN_NOW, Act.ARCHIVE_NOW, Act.DISCARD)


@pytest.fixture
async def grace(rig: Rig) -> Coordinator:
    """Grace coordinates the sample event, which is live."""
    rig.take_in(sample_event())
    coordinator = Coordinator(rig)
    await coordinator.joins(sample_event())
    return coordinator


def state_of(rig: Rig, code: str) -> EventState | None:
    with rig.engine.connect() as connection:
        state: EventState | None = connection.scalar(select(tables.events.c.state).where(tables.events.c.code == code))
        return state


def states(rig: Rig) -> list[DraftState]:
    with rig.engine.connect() as connection:
        return list(connection.scalars(select(tables.drafts.c.state).order_by(tables.drafts.c.id)))


def did(rig: Rig) -> list[tuple[str, str, str]]:
    """The lines of the audit log: act, event, and what came of it."""
    with rig.engine.connect() as connection:
        rows = connection.execute(select(tables.audit).order_by(tables.audit.c.id))
        return [(row.act, row.event, row.details) for row in rows]


async def join(rig: Rig, address: str, language: Language = Language.EN) -> None:
    """Somebody joins the sample event."""
    await rig.person(address, Started(rig.invite(sample_event()), language))
    one = Coordinator(rig, address)
    for label in ("Yes to all", "Kenya", "Skip", "Skip", "Yes"):
        await one.taps(label)


def planned(rig: Rig, reason: Reason | None = None) -> int:
    def count(connection: Connection) -> int:
        theirs = select(func.count()).select_from(tables.plans)
        if reason is None:
            return connection.scalar(theirs.where(tables.plans.c.state == PlanState.PLANNED)) or 0
        return connection.scalar(theirs.where(tables.plans.c.reason == reason)) or 0

    with rig.engine.connect() as connection:
        return count(connection)


async def test_a_new_event_goes_live_in_three_taps(rig: Rig, grace: Coordinator) -> None:
    assert "as a file: .xlsx, .xls or .md" in await grace.says("/workbook")
    told = await grace.sends(workbook())
    assert "I am reading it" in [each.message.paragraphs[0].text for each in grace.heard][-2]
    assert told.startswith("West Africa\n\n✓ Nothing stands in the way")
    assert "Reading level: French" in told
    assert "you are its coordinator. Its code is wca-27." in told
    assert grace.chat.conversation.step == Idle()
    assert state_of(rig, "wca-27") is EventState.DRAFT
    asked = await grace.taps("Publish")
    assert "Publish West Africa?" in asked
    assert "Key messages: 1. Surveys: 2." in asked
    assert "from Monday, 16 November 2026 to" in asked
    assert "Nobody is in it yet." in asked
    assert state_of(rig, "wca-27") is EventState.DRAFT, "it is only asked"
    assert "✓ West Africa is live." in await grace.taps("Yes, publish it")
    assert state_of(rig, "wca-27") is EventState.LIVE
    assert states(rig) == [DraftState.PUBLISHED]
    assert ("p-yes", "wca-27", '["Publish", "TellTeam"]') in did(rig)
    assert ("workbook", "wca-27", '["KeepDraft"]') in did(rig)


async def test_the_template_as_it_came_is_not_published(grace: Coordinator) -> None:
    told = await grace.sends(template.workbook(template.Basics(code="wca-27")))
    assert "✗ Not yet: 1 thing has to be put right" in told
    assert "This contact is still an example: it says (example)" in await grace.taps("Go through them")


async def test_in_french_everything_is_asked_with_french_commands(rig: Rig) -> None:
    rig.take_in(sample_event())
    grace = Coordinator(rig)
    await grace.joins(sample_event(), Language.FR)
    before = len(grace.heard)
    for command in ("/classeur", "/evenements", "/événements", "/publier", "/cloturer", "/clôturer", "/rouvrir"):
        await grace.says(command)
    assert len(grace.heard) == before + 7
    assert not any("mots" in each.message.paragraphs[0].text for each in grace.heard[before:])


async def test_the_same_file_twice_is_one_draft(rig: Rig, grace: Coordinator) -> None:
    first = await grace.sends(workbook())
    again = await grace.sends(workbook())
    assert again in first
    assert states(rig) == [DraftState.OPEN]


async def test_the_newest_workbook_counts_and_an_older_button_does_nothing(rig: Rig, grace: Coordinator) -> None:
    await grace.sends(sample(_TITLE), ".md")
    await grace.taps("Publish")
    older = decode(grace.heard[-1].message.keyboard[0][0].data)
    await grace.sends(sample((_TITLE[0], "Another title")), ".md")
    assert states(rig) == [DraftState.SUPERSEDED, DraftState.OPEN]
    assert "This has changed meanwhile" in await grace.presses(older)
    assert states(rig) == [DraftState.SUPERSEDED, DraftState.OPEN]


_TITLE = ("Learning and Sharing Event 2026", "Learning and Sharing Event of 2026")


async def test_every_fault_is_told_by_sheet_row_and_column(rig: Rig, grace: Coordinator) -> None:
    faulty = sample(("| | start | 2026-11-10", "| | start | someday"))
    told = await grace.sends(faulty, ".md")
    assert "✗ Not yet: 1 thing has to be put right" in told
    page = await grace.taps("Go through them")
    row = next(number for number, line in enumerate(faulty.decode().splitlines(), 1) if "someday" in line)
    assert f"event · line {row} · value: " in page
    assert "→ write year-month-day" in page
    refused = await grace.says("/publish")
    assert "cannot be published yet" in refused
    assert f"line {row}" in refused
    assert state_of(rig, "lse2026") is EventState.LIVE
    await grace.says("/events")
    await grace.taps("Learning")
    await grace.taps("What was found in it")
    await grace.taps("All of it as a file")
    (file,) = grace.heard[-1].message.files
    made = make(file)
    assert made.name == "lse2026.html"
    assert f"<td>{row}</td>" in made.content.decode()


@pytest.mark.parametrize(
    ("language", "missing"), [("English", "label::English (en)"), ("French", "label::French (fr)")]
)
async def test_a_missing_cell_of_either_language_refuses(
    rig: Rig, grace: Coordinator, language: str, missing: str
) -> None:
    told = await grace.sends(_without(missing))
    assert "✗ Not yet: 1 thing has to be put right" in told, language
    assert "Publish" not in " ".join(grace.labels)
    assert f"choices · row 2 · ke · {missing}" in await grace.taps("Go through them")
    assert state_of(rig, "wca-27") in {None, EventState.DRAFT}
    assert "This has changed meanwhile" in await grace.presses(Manage(Act.PUBLISH_NOW, 1, 1, 1))


def _without(header: str) -> bytes:
    """The workbook with the first option's words missing in that column."""
    book = load_workbook(BytesIO(workbook()))
    sheet = book["choices"]
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    sheet.cell(2, column).value = None
    out = BytesIO()
    book.save(out)
    return out.getvalue()


async def test_a_contact_that_grew_old_since_the_upload_refuses_on_the_day_of_the_tap(
    rig: Rig, grace: Coordinator
) -> None:
    assert "✓ Nothing stands in the way" in await grace.sends(sample(_TITLE), ".md")
    assert "Change " in await grace.taps("Publish")
    rig.clock.time += timedelta(days=120)
    assert "cannot be published yet" in await grace.taps("Yes, change it")
    assert "referrals · lines " in grace.text
    assert "checked more than 90 days ago, on Monday, 2 November 2026" in grace.text


async def test_a_code_of_others_cannot_be_used_and_nothing_tells_why(rig: Rig, grace: Coordinator) -> None:
    henri = Coordinator(rig, HENRI)
    await grace.sends(workbook())
    other = replace(sample_event(), code="other")
    rig.take_in(other)
    await henri.joins(other)
    theirs = await henri.sends(workbook())
    assert theirs.startswith("The code wca-27 cannot be used. Choose another one.")
    live = await henri.sends(sample(), ".md")
    assert live.replace("lse2026", "wca-27") == theirs, "a live event and a draft are refused in the same words"
    chat = henri.chat
    with rig.engine.connect() as connection:
        assert [each.event for each in team.duties(connection, chat.id, rig.turns.contents)] == ["other"]
        assert not drafts.waiting(connection, [events.number_of(connection, "other")])


async def test_whoever_is_no_coordinator_sends_files_to_nobody(rig: Rig, grace: Coordinator) -> None:
    stranger, moderator = Coordinator(rig, "13"), Coordinator(rig, "14")
    await rig.person("14", Started(rig.invite(sample_event(), Role.MODERATOR)))
    for one in (stranger, moderator):
        assert await one.sends(workbook()) == "Only words and buttons work here. See /help."
        strange = await one.says("/publish")
        assert strange == await one.says("/nonsense")
        for act in MINE:
            if act is not Act.EVENT:
                assert await one.presses(Manage(act, 1, 1, 1)) == _STALE, act
    assert "live" in await moderator.says("/events")
    assert "State: live" in await moderator.taps("Learning")
    assert moderator.labels == ["Look again"]


_STALE = "This button is not in use any more. See the newest message."


async def test_files_that_are_no_workbooks_are_told_so_and_pictures_stay_pictures(rig: Rig, grace: Coordinator) -> None:
    assert await grace.sends(b"x", ".jpg", Kind.PHOTO) == "Only words and buttons work here. See /help."
    told = await grace.sends(b"PK", ".ods")
    assert "This file was not read. A workbook comes as .xlsx, .xls or .md" in told
    assert "/roster first" in told
    await grace.says("/workbook")
    assert "This is no workbook." in await grace.sends(b"x", ".pdf")
    assert "✗ Not yet" in await grace.sends(b"%PDF-1.7 no workbook", ".xlsx")
    assert "Your workbook" in grace.text
    assert states(rig) == [DraftState.OPEN]
    assert "Your workbook: 1 of 1" in await grace.taps("Go through them")
    henri = Coordinator(rig, HENRI)
    await henri.joins(sample_event())
    assert await henri.presses(Manage(Act.REPORT, 0, 1)) == _STALE, "it is hers alone"


async def test_a_file_that_takes_too_long_is_told_and_nothing_waits(rig: Rig, grace: Coordinator) -> None:
    async def never(act: Act, ending: str, content: bytes) -> str:
        raise Unreadable("it took too long")

    rig.jobs._read = never  # the process itself is tried in test_workbook_reader.py
    assert "took too long or too much room" in await grace.sends(workbook())
    assert states(rig) == []


async def test_a_file_that_takes_too_long_is_read_once_and_other_teams_wait_for_one_at_most(
    rig: Rig, grace: Coordinator
) -> None:
    henri, file = Coordinator(rig, HENRI), workbook()
    await henri.joins(sample_event())
    rig.channel.files |= {f"slow{number}": b"slow%d" % number for number in range(20)} | {"henris": file}
    read: list[bytes] = []

    async def slowly(act: Act, ending: str, content: bytes) -> str:
        read.append(content)
        if content == b"slow1":  # Henri sends his while the second one of Grace is being read
            await rig.person(HENRI, Sent(Attachment(Kind.DOCUMENT, "henris", ".xlsx")))
        if content.startswith(b"slow"):
            raise Unreadable("it took too long")
        return await read_in_process(act, ending, content)

    rig.jobs._read = slowly
    for number in range(20):
        await rig.person(GRACE, Sent(Attachment(Kind.DOCUMENT, f"slow{number}", ".xlsx")))
    for _ in range(4):
        await rig.jobs.work()
    await rig.delivery.idle()
    assert read[2] == file
    assert read.count(b"slow1") == 1
    assert len(read) == 21
    assert henri.text.startswith("West Africa")


async def test_a_kill_between_upload_and_result_loses_nothing(rig: Rig, grace: Coordinator) -> None:
    rig.channel.files["ref"] = workbook()
    dying = Jobs(rig.channel, rig.thread, rig.vault, rig.turns, rig.delivery, _dies)
    await rig.person(GRACE, Sent(Attachment(Kind.DOCUMENT, "ref", ".xlsx")))
    with pytest.raises(KeyboardInterrupt):
        await dying.work()
    await rig.jobs.work()
    await rig.delivery.idle()
    assert grace.text.startswith("West Africa")
    assert states(rig) == [DraftState.OPEN]


async def _dies(act: Act, ending: str, content: bytes) -> str:
    raise KeyboardInterrupt


async def test_a_revision_tells_what_changes_and_strands_nobody(rig: Rig, grace: Coordinator) -> None:
    await join(rig, "21")
    amina = Coordinator(rig, "21")
    for _ in range(8 * 24):
        await rig.pass_time(timedelta(hours=1))
    await amina.taps("Open")
    held = amina.text
    first = sample_event().surveys[0]
    reworded = (first.questions[0].label.en, "Something quite different?")
    told = await grace.sends(sample(_TITLE, reworded), ".md")
    assert "✓ Nothing stands" in told
    asked = await grace.taps("Publish")
    assert "Change Learning and Sharing Event of 2026, which is live?" in asked
    assert "texts reworded" in asked
    assert "1 person has joined so far." in asked
    assert "finishes it as it was" in asked
    assert "Being planned: 0 %" in await grace.taps("Yes, change it")
    await rig.replanner.work()
    await rig.delivery.idle()
    assert "is planned for everybody" in grace.text
    chat = amina.chat
    with rig.engine.connect() as connection:
        newest = events.latest(connection, "lse2026")
        assert newest == 2
        coming = nudges.coming(connection, chat.id)
        assert coming
        assert {each.revision for each in coming} == {newest}
    await rig.person("21", Said("/continue"))
    assert held.splitlines()[-1] in amina.text, "the question is as it was"


async def test_nothing_new_is_not_published_again(rig: Rig, grace: Coordinator) -> None:
    await grace.sends(sample(), ".md")
    await grace.taps("Publish")
    await grace.taps("Yes, change it")
    await grace.sends(sample(), ".md")
    assert "nothing would change" in await grace.says("/publish")
    await grace.says("/events")
    await grace.taps("Learning")
    assert "Discard the workbook" in grace.labels
    assert "waits no more" in await grace.taps("Discard the workbook")
    assert states(rig) == [DraftState.PUBLISHED, DraftState.DISCARDED]
    assert "This has changed meanwhile" in await grace.presses(Manage(Act.DISCARD, 1, 2))


@pytest.mark.parametrize("command", ["/close", "/publish"])
async def test_nobody_who_leaves_is_seen_leaving(rig: Rig, grace: Coordinator, command: str) -> None:
    """How many have left is told by /status, once a day and in steps of five."""
    await join(rig, "21")
    await grace.sends(sample(_TITLE), ".md")
    before = await grace.says(command)
    await rig.person("21", Said("/stop"))
    await rig.person("21", Said("yes"))
    assert "joined so far" in before
    assert await grace.says(command) == before


async def test_closing_stops_everything_and_opening_again_takes_it_up(rig: Rig, grace: Coordinator) -> None:
    await join(rig, "21")
    amina = Coordinator(rig, "21")
    before = planned(rig)
    assert before > 3
    assert "1 person has joined so far." in await grace.says("/close")
    assert "is closed" in await grace.taps("Yes, close it")
    heard = len(rig.channel.heard)
    # Before anything was held back in slices, nothing leaves.
    await rig.pass_time(timedelta(days=8))
    assert len(rig.channel.heard) == heard
    await rig.replanner.work()
    await rig.delivery.idle()
    assert planned(rig) == 0
    assert planned(rig, Reason.CLOSED) == before
    late = Coordinator(rig, "31")
    await rig.person("31", Started(rig.invite(sample_event())))
    assert "does not work" in late.text
    assert "Open Learning" in await grace.says("/reopen")
    await grace.taps("Yes, open it")
    await rig.replanner.work()
    await rig.delivery.idle()
    assert planned(rig) > 0
    for _ in range(60):
        await rig.pass_time(timedelta(hours=12))
    assert "short questions" in " ".join(each.message.paragraphs[0].text for each in amina.heard)


async def test_whoever_was_about_to_join_is_told_that_it_is_closed(rig: Rig, grace: Coordinator) -> None:
    await rig.person("21", Started(rig.invite(sample_event())))
    amina = Coordinator(rig, "21")
    await amina.taps("Yes to all")
    await grace.says("/close")
    await grace.taps("Yes, close it")
    assert "closed now: nobody can join" in await amina.taps("Kenya")
    assert amina.chat.conversation.step == Idle()
    with rig.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.enrolments)) == 0


async def test_only_a_closed_event_is_archived_and_then_its_team_only_looks(rig: Rig, grace: Coordinator) -> None:
    assert "Only a closed event can be archived." in await grace.says("/archive")
    await grace.says("/close")
    await grace.taps("Yes, close it")
    assert "cannot be undone here" in await grace.says("/archive")
    assert "is archived" in await grace.taps("Yes, archive it")
    assert "archived" in await grace.says("/events")
    assert "Only the operator can open it again." in await grace.taps("Learning")
    for act in (*MINE[1:], Act.CLOSE, Act.REOPEN, Act.ARCHIVE, Act.TEAM):
        assert await grace.presses(Manage(act, 1, 0, 3)) == _STALE, act
    assert "archived" in await grace.sends(sample(_TITLE), ".md")
    assert "✓ Nothing stands" in await grace.sends(workbook()), "and sets the next one up"


@pytest.mark.parametrize("act", [Act.CLOSE_NOW, Act.PUBLISH_NOW, Act.REOPEN_NOW, Act.ARCHIVE_NOW])
async def test_a_button_from_before_the_last_change_does_nothing(rig: Rig, grace: Coordinator, act: Act) -> None:
    await grace.sends(sample(_TITLE), ".md")
    if act in {Act.REOPEN_NOW, Act.ARCHIVE_NOW}:
        await grace.says("/close")
        await grace.taps("Yes, close it")
    before = state_of(rig, "lse2026"), did(rig)
    for version in (0, 1, 99):
        assert "This has changed meanwhile" in await grace.presses(Manage(act, 1, 1, version))
    assert (state_of(rig, "lse2026"), did(rig)) == before


async def test_forged_buttons_of_any_number_harm_nothing(rig: Rig, grace: Coordinator) -> None:
    before = state_of(rig, "lse2026"), states(rig)
    for act in (*MINE, *OF_ANY_EVENT, Act.CLOSE, Act.REOPEN, Act.ARCHIVE):
        for event in (0, 1, 2, 10**15 - 1):
            await grace.presses(Manage(act, event, 10**15 - 1, 10**15 - 1))
    assert (state_of(rig, "lse2026"), states(rig)) == before


async def test_planning_goes_on_where_it_stopped(
    folder: Path, rig: Rig, grace: Coordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await join(rig, f"4{number}")
    await grace.sends(sample(_TITLE), ".md")
    await grace.taps("Publish")
    await grace.taps("Yes, change it")
    monkeypatch.setattr("bot.replanner.SLICE", 1)
    await rig.thread.run(rig.replanner._step)  # one slice, and then the process is gone
    await grace.says("/events")
    assert "Being planned: 30 %" in await grace.taps("Learning")
    async with rig_in(folder) as again:
        await again.replanner.work()
        await again.delivery.idle()
        assert "is planned for everybody" in Coordinator(again).text
    with rig.engine.connect() as connection:
        revisions = set(
            connection.scalars(select(tables.plans.c.revision_id).where(tables.plans.c.state == PlanState.PLANNED))
        )
    assert revisions == {2}


async def test_people_who_tap_too_are_not_mistaken_for_the_team(rig: Rig, grace: Coordinator) -> None:
    await join(rig, "21")
    done = await rig.person("21", Tapped(Manage(Act.CLOSE, 1)))
    assert done.toast == _STALE
