"""/roster: a list comes, each person on it gets a link of their own, and no name stays anywhere."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.files import make
from bot.jobs import MOST_ATTEMPTS
from bot.roster_reader import read_roster
from conversations.attachments import Attachment, Kind
from conversations.conversation import Idle
from conversations.cues import Sent
from conversations.model import Language, Role
from conversations.roles import Act
from storage import jobs, rosters, tables
from storage.rosters import ExpectedCounts
from tests.bot.guests import CODE, Someone, code_in, forged
from tests.bot.test_roster_reader import workbook
from tests.conversations.samples import sample_event
from tests.rig import Rig

AWA, KEN, LEILA = "Awa-Quetzaline Diallo", "Ken Otieno-Zenobia", "ليلى حسن"
PEOPLE = workbook(("Name", "Part"), (AWA, "Hosts"), (KEN, "visitor"), (LEILA, None))
Links = dict[str, tuple[object, ...]]


@pytest.fixture
async def grace(rig: Rig) -> Someone:
    rig.take_in(sample_event())
    grace = Someone(rig, "77")
    await grace.start(rig.invite(sample_event(), Role.COORDINATOR))
    return grace


def counts(rig: Rig) -> ExpectedCounts:
    with rig.engine.connect() as conn:
        return rosters.expected_counts(conn, CODE)


async def listed(grace: Someone, content: bytes = PEOPLE, ending: str = ".xlsx") -> Links:
    """The list is sent; what the workbook that comes back has for each name: part, link and message."""
    await grace.say("/roster")
    await grace.send(content, ending)
    assert grace.files, grace.text
    (file,) = grace.files
    sheet = load_workbook(BytesIO(make(file).content)).worksheets[0]
    return {str(row[0]): row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)}


def code_of(links: Links, name: str) -> str:
    return code_in(str(links[name][1]))


async def test_each_person_gets_a_link_and_a_message_beside_their_name(grace: Someone) -> None:
    links = await listed(grace)
    assert list(links) == [AWA, KEN, LEILA]
    assert [part for part, *_ in links.values()] == ["Hosts", "Visitors", None]
    assert len({code_of(links, name) for name in links}) == 3
    message = str(links[AWA][2])
    assert sample_event().title.en in message
    assert sample_event().title.fr in message
    assert message.endswith(str(links[AWA][1]))
    assert "3 people on this list have a link of their own." in grace.text
    assert "I have kept no names." in grace.text
    assert counts(grace.rig) == ExpectedCounts(3, 0)


async def test_whoever_comes_by_their_own_link_is_counted_once_and_has_their_part(grace: Someone) -> None:
    links = await listed(grace)
    amina = Someone(grace.rig, "1")
    await amina.join(code_of(links, AWA))
    await amina.start(code_of(links, AWA))
    assert counts(grace.rig) == ExpectedCounts(3, 1)
    with grace.rig.engine.connect() as conn:
        assert conn.scalar(select(tables.enrolments.c.part)) == "host"
    other = Someone(grace.rig, "2")
    await other.start(code_of(links, AWA))
    assert "All places of this invitation are taken." in await other.go_on()


async def test_the_same_name_on_a_later_list_keeps_its_link(grace: Someone) -> None:
    first = await listed(grace)
    again = workbook(("nom", "rôle"), (KEN.upper(), "host"), ("Moussa", ""))
    second = await listed(grace, again)
    assert code_of(second, KEN.upper()) == code_of(first, KEN)
    assert second[KEN.upper()][0] == "Hosts"
    assert "1 of them is new." in grace.text
    assert counts(grace.rig) == ExpectedCounts(4, 0)


async def test_no_name_is_in_the_databases_once_the_workbook_is_sent(grace: Someone, folder: Path) -> None:
    secrets = [name.encode(form) for name in (AWA, KEN, LEILA, "Quetzaline") for form in ("utf-8", "utf-16-le")]
    secrets += [base64.b64encode(AWA.encode())[:-4], AWA.casefold().encode(), LEILA.encode("unicode_escape")]

    def traces() -> list[str]:
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert any(path.stat().st_size for path in files)
        return [path.name for path in files for secret in secrets if secret in path.read_bytes()]

    await grace.say("/roster")
    await grace.send(PEOPLE)
    assert traces() == []
    with grace.rig.engine.connect() as conn:
        assert conn.scalar(select(func.count()).select_from(tables.jobs)) == 0
        assert conn.scalar(select(func.count()).where(tables.outbox.c.body.is_not(None))) == 0
        said = conn.execute(select(tables.audit.c.act, tables.audit.c.details)).all()
    assert all("Guest" not in details and AWA not in details for _, details in said)
    assert (Act.ROSTER, '["Expect"]') in {(act, details) for act, details in said}


async def test_no_name_is_in_clear_while_the_workbook_waits_to_be_sent(grace: Someone, folder: Path) -> None:
    await grace.say("/roster")
    grace.rig.channel.files["list"] = PEOPLE
    await grace.rig.person(grace.address, sent("list"))
    job = await grace.rig.thread.run(lambda conn: conn.scalar(select(tables.jobs.c.id)))
    assert job is not None
    await grace.rig.turns.file_read(job, read_roster(PEOPLE, ".xlsx"), None)  # and nothing is delivered
    with grace.rig.engine.connect() as conn:
        assert conn.scalar(select(func.count()).where(tables.outbox.c.body.is_not(None))) == 1
    for path in folder.rglob("*"):
        if path.is_file():
            assert AWA.encode() not in path.read_bytes()


def sent(reference: str, ending: str = ".xlsx") -> Sent:
    return Sent(Attachment(Kind.DOCUMENT, reference, ending))


async def test_what_looks_like_a_formula_comes_back_as_a_text(grace: Someone) -> None:
    evil = '=HYPERLINK("http://evil.example")'
    await grace.say("/roster")
    await grace.send(f'name\n"{evil.replace(chr(34), chr(34) * 2)}"\n@SUM(A1)\n'.encode(), ".csv")
    (file,) = grace.files
    sheet = load_workbook(BytesIO(make(file).content)).worksheets[0]
    cells = [sheet.cell(row, 1) for row in (2, 3)]
    assert [cell.value for cell in cells] == [evil, "@SUM(A1)"]
    assert {cell.data_type for cell in cells} == {"s"}


async def test_a_list_with_faults_is_not_taken_at_all(grace: Someone) -> None:
    rows = [("Awa", "hostess"), ("Ken", "host"), ("KEN", ""), *((None, "host") for _ in range(20))]
    await grace.say("/roster")
    said = await grace.send(workbook(("name", "part"), *rows))
    assert said.startswith("The list was not taken.")
    assert "row 2: hostess is none of the parts of this event" in said, "all is told at once, in the order of the rows"
    assert "row 4: the same name stands in row 3" in said
    assert said.index("row 2:") < said.index("row 4:") < said.index("row 5: this row has no name")
    assert "And 14 faults more." in said
    assert counts(grace.rig) == ExpectedCounts(0, 0)
    said = await grace.send_again(workbook(("name", "part"), ("Awa", "hostess")))
    assert "row 2: hostess is none of the parts of this event -> write one of host, visitor, partner" in said
    assert counts(grace.rig) == ExpectedCounts(0, 0)


@pytest.mark.parametrize(("content", "ending"), [(b"\xff\xd8\xff", ".jpg"), (b"%PDF", ".pdf")])
async def test_what_is_no_list_is_asked_for_once_more(content: bytes, ending: str, grace: Someone) -> None:
    await grace.say("/roster")
    assert "Please send the list of people as a file now" in await grace.send(content, ending)
    await grace.tap("Back")
    assert isinstance(await grace.step(), Idle)


async def test_a_file_that_is_gone_is_told(grace: Someone) -> None:
    await grace.say("/roster")
    await grace.rig.person(grace.address, sent("nowhere"))
    for _ in range(MOST_ATTEMPTS):
        await grace.rig.jobs.work()
    await grace.rig.delivery.idle()
    assert "I cannot get this file" in grace.text


async def test_a_file_whose_row_is_damaged_does_not_keep_the_next_one_from_being_read(grace: Someone) -> None:
    await grace.say("/roster")
    await grace.rig.person(grace.address, sent("nowhere"))
    with grace.rig.engine.begin() as conn:
        conn.execute(tables.jobs.update().values(file=b"damaged"))
    await grace.send_again(PEOPLE)
    assert counts(grace.rig) == ExpectedCounts(3, 0)
    with grace.rig.engine.connect() as conn:
        assert jobs.waiting(conn) == ()


async def test_how_many_of_them_came_is_told_in_steps_and_from_ten_people_on(grace: Someone) -> None:
    people = [(f"Person {number}",) for number in range(12)]
    links = await listed(grace, workbook(("name",), *people[:9]))
    assert "9 people are expected. How many have joined is told from ten people on." in await grace.say("/invite")
    links |= await listed(grace, workbook(("name",), *people))
    for number in range(6):
        await Someone(grace.rig, f"9{number}").join(code_of(links, f"Person {number}"))
    assert counts(grace.rig) == ExpectedCounts(12, 6)
    assert "Of 12 people expected, at least 5 have joined by their own link." in await grace.say("/invite")


async def test_individual_links_are_not_among_the_invitations(grace: Someone) -> None:
    await listed(grace)
    assert "There is none yet." in await grace.say("/invite")


async def test_starting_anew_ends_every_link_at_once_and_gives_new_ones(grace: Someone) -> None:
    links = await listed(grace)
    amina, moussa = Someone(grace.rig, "1"), Someone(grace.rig, "2")
    await amina.join(code_of(links, AWA))
    await moussa.start(code_of(links, KEN))
    await grace.say("/invite")
    await grace.tap("Start the list anew")
    yes = grace.button("Yes, start anew")
    await grace.press(yes)
    assert counts(grace.rig) == ExpectedCounts(0, 0)
    assert "does not work" in await moussa.go_on()
    assert await amina.is_in()
    new = await listed(grace)
    assert {code_of(new, each) for each in new}.isdisjoint(code_of(links, each) for each in links)
    before = counts(grace.rig)
    await grace.press(forged(Act.ROSTER_ANEW_FOR_GOOD, version=99))
    assert counts(grace.rig) == before


async def test_a_list_that_is_read_after_its_sender_lost_their_role_changes_nothing(grace: Someone) -> None:
    await grace.say("/roster")
    grace.rig.channel.files["list"] = PEOPLE
    await grace.rig.person(grace.address, sent("list"))
    with grace.rig.engine.begin() as conn:
        conn.execute(tables.appointments.delete())
    before = len(grace.heard)
    await grace.rig.jobs.work()
    await grace.rig.delivery.idle()
    assert len(grace.heard) == before
    assert counts(grace.rig) == ExpectedCounts(0, 0)


async def test_the_largest_list_is_taken_in_one_go(grace: Someone) -> None:
    rows = "".join(f"Person {number},host\n" for number in range(5_000))
    links = await listed(grace, f"name,part\n{rows}".encode(), ".csv")
    assert len(links) == 5_000
    assert counts(grace.rig) == ExpectedCounts(5_000, 0)


async def test_words_of_the_workbook_are_in_the_language_of_the_coordinator(rig: Rig) -> None:
    rig.take_in(sample_event())
    grace = Someone(rig, "77", Language.FR)
    await grace.start(rig.invite(sample_event(), Role.COORDINATOR))
    await grace.say("/liste")
    await grace.send("nom;rôle\nAïcha;hôtes\n".encode("cp1252"), ".csv")
    (file,) = grace.files
    sheet = load_workbook(BytesIO(make(file).content)).worksheets[0]
    assert [cell.value for cell in sheet[2]][:2] == ["Aïcha", "Hôtes"]
