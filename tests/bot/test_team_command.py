"""The operator on the command line: invitations to teams, who is in them, and the record of it all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import Store, open_store
from bot.clock import SystemClock
from bot.operating import Operator
from bot.rendering import loads, plain_text
from bot.settings import Settings, load
from conversations.effects import SayKind
from conversations.model import Language, Role
from storage import audit, chats, events, outbox, team
from storage.chats import Chat, ChatKind
from tests.bot.test_cli import complaint, suivi
from tests.conversations.samples import PACK


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)


@pytest.fixture
def store() -> Iterator[Store]:
    suivi("import", str(PACK))
    opened = open_store(load())
    yield opened
    opened.engine.dispose()


def candidate(store: Store, address: str, role: Role = Role.COORDINATOR, language: Language = Language.FR) -> str:
    """Somebody who has opened an invitation; their letters."""
    now = SystemClock().now()
    with store.engine.begin() as connection:
        chat = chats.arrive(connection, store.vault, "telegram", address, ChatKind.PRIVATE, language, now)
        team.ask(connection, chat.id, events.number_of(connection, "lse2026"), role, now)
        return team.sign(store.vault, chat.key_id, "lse2026")


def waiting(store: Store) -> list[tuple[str, str]]:
    """What waits to be sent, where to, and that it is a reply."""
    with store.engine.begin() as connection:
        found = outbox.waiting(connection, store.vault, 50)
    assert {each.kind for each in found} <= {SayKind.REPLY}
    return [(each.address, plain_text(loads(each.body).paragraphs)) for each in found]


def recorded(store: Store) -> list[tuple[str, str, str, tuple[str, ...]]]:
    with store.engine.begin() as connection:
        return [(each.actor, each.event, each.act, each.details) for each in audit.entries(connection)]


def test_whoever_is_confirmed_is_in_the_team_and_told_in_their_language(store: Store) -> None:
    sign = candidate(store, "11")
    assert f"{sign}  coordinator" in suivi("team", "list", "lse2026").output
    assert "waits to be confirmed" in suivi("team", "list", "lse2026").output
    assert f"{sign} is a coordinator of lse2026 now." in suivi("team", "confirm", "lse2026", sign.lower()).output
    listed = suivi("team", "list", "lse2026").output
    assert sign in listed
    assert "waits" not in listed
    [(address, told)] = waiting(store)
    assert address == "11"
    assert "coordonnez" in told
    assert recorded(store)[-1] == ("operator", "lse2026", "t-yes", ("Appoint", "TellPerson"))


def test_whoever_is_turned_down_is_told_and_waits_no_more(store: Store) -> None:
    sign = candidate(store, "11", language=Language.EN)
    assert f"{sign} is not in the team of lse2026." in suivi("team", "refuse", "lse2026", sign).output
    assert waiting(store) == [("11", "You were not confirmed for the team. Ask for a new invitation.")]
    assert "nobody goes by" in complaint("team", "confirm", "lse2026", sign)
    assert recorded(store)[-1] == ("operator", "lse2026", "t-no", ("TurnDown", "TellPerson"))


def test_whoever_waits_is_named_with_the_way_to_let_them_in(store: Store) -> None:
    candidate(store, "11", language=Language.EN)
    told = suivi("team", "list", "lse2026").output
    assert "waits to be confirmed" in told
    assert "suivi team confirm lse2026 LETTERS" in told
    assert "suivi invite" not in told


def test_even_the_only_coordinator_can_be_removed(store: Store) -> None:
    sign = candidate(store, "11", language=Language.EN)
    suivi("team", "confirm", "lse2026", sign)
    told = suivi("team", "remove", "lse2026", sign)
    assert f"{sign} is no longer in the team of lse2026." in told.output
    assert "lse2026 has no coordinator: suivi invite lse2026 --role coordinator" in told.output
    assert waiting(store)[-1][1].startswith("You are no longer of the team of")
    assert recorded(store)[-1] == ("operator", "lse2026", "t-out-yes", ("Dismiss", "TellPerson"))
    assert "nobody goes by" in complaint("team", "remove", "lse2026", sign)


def test_letters_that_nobody_goes_by_change_nothing_and_leave_no_line(store: Store) -> None:
    sign = candidate(store, "11")
    before = recorded(store)
    assert f"There is: {sign}" in complaint("team", "confirm", "lse2026", "QQQQ")
    assert "There is: nobody" in complaint("team", "remove", "lse2026", sign)
    assert (waiting(store), recorded(store)) == ([], before)


def test_letters_that_two_people_go_by_settle_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "sign", lambda *_: "SAME")
    for address in ("11", "12"):
        candidate(store, address)
    assert "2 people go by SAME" in complaint("team", "confirm", "lse2026", "same")
    assert waiting(store) == []


def test_whose_key_is_gone_is_settled_and_not_told(store: Store) -> None:
    sign = candidate(store, "11")
    candidate(store, "12")
    store.vault.destroy(chat_of(store, "11").key_id)
    assert suivi("team", "refuse", "lse2026", sign).exit_code == 0
    assert waiting(store) == []
    assert recorded(store)[-1][-1] == ("TurnDown",)


@pytest.mark.parametrize("command", ["list", "confirm", "refuse", "remove"])
def test_an_event_that_there_is_not_is_told_with_those_that_there_are(store: Store, command: str) -> None:
    letters = () if command == "list" else ("ABCD",)
    assert "there is no event 'lse2027'. Known: lse2026" in complaint("team", command, "lse2027", *letters)


def test_the_team_of_nobody(store: Store) -> None:
    told = suivi("team", "list", "lse2026").output
    assert told.startswith("nobody\n")
    assert "has no coordinator" in told


def test_an_event_can_begin_with_the_invitation_of_its_coordinator(store: Store) -> None:
    operator = Operator(store, SystemClock())
    code = operator.invite("mine2027", Role.COORDINATOR, new=True)
    with store.engine.begin() as connection:
        invitation = events.invitation(connection, code, SystemClock().now())
    assert invitation is not None
    assert (invitation.event, invitation.role, invitation.vouched) == ("mine2027", Role.COORDINATOR, False)
    assert recorded(store)[-1] == ("operator", "mine2027", "t-new", ("OpenEvent", "OfferRole"))
    operator.invite("mine2027", Role.MODERATOR)
    assert recorded(store)[-1] == ("operator", "mine2027", "t-new", ("OfferRole",))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mine2027", "--role", "coordinator"), "To begin one: suivi invite mine2027 --role coordinator --new"),
        (("mine2027", "--role", "moderator"), "there is no event 'mine2027'. Known: lse2026"),
        (("lse2026", "--role", "coordinator", "--new"), "leave --new out"),
        (("Mon événement", "--role", "coordinator", "--new"), "cannot be the code of an event"),
    ],
)
def test_an_invitation_that_cannot_be_made_says_why(store: Store, arguments: tuple[str, ...], said: str) -> None:
    assert said in complaint("invite", *arguments)
    with store.engine.begin() as connection:
        assert events.all_codes(connection) == ("lse2026",)


def test_only_a_coordinator_begins_an_event() -> None:
    assert "--new is for --role coordinator" in complaint("invite", "x2027", "--role", "moderator", "--new", code=2)


def test_a_draft_of_which_nothing_is_published_goes_by_its_code(store: Store) -> None:
    Operator(store, SystemClock()).invite("mine2027", Role.COORDINATOR, new=True)
    now = SystemClock().now()
    with store.engine.begin() as connection:
        chat = chats.arrive(connection, store.vault, "telegram", "11", ChatKind.PRIVATE, Language.EN, now)
        team.ask(connection, chat.id, events.number_of(connection, "mine2027"), Role.COORDINATOR, now)
        sign = team.sign(store.vault, chat.key_id, "mine2027")
    suivi("team", "confirm", "mine2027", sign)
    assert waiting(store)[0][1].startswith("You are now a coordinator of mine2027.")


def test_taking_a_pack_in_leaves_a_line_and_once_more_leaves_none(store: Store) -> None:
    assert recorded(store) == [("operator", "lse2026", "import", ("Import",))]
    suivi("import", str(PACK))
    assert len(recorded(store)) == 1


def test_the_record_is_told_and_verified(store: Store) -> None:
    stamp = last_stamp()
    sign = candidate(store, "11")
    suivi("team", "confirm", "lse2026", sign)
    assert "lines: 2" in suivi("audit", "verify", "--noted", stamp.upper()).output
    listed = suivi("audit", "list").output.splitlines()
    assert [line.split("  ")[1:4] for line in listed] == [
        ["operator", "lse2026", "import 1: Import"],
        ["operator", "lse2026", f"t-yes {chat_of(store, '11').id}: Appoint, TellPerson"],
    ]
    assert suivi("audit", "list", "--most", "1").output.splitlines() == listed[-1:]
    assert suivi("audit", "list", "--event", "other").output == ""


def test_a_broken_record_is_told_with_its_first_line_that_does_not_fit(store: Store) -> None:
    sign = candidate(store, "11")
    suivi("team", "confirm", "lse2026", sign)
    tamper(store, "UPDATE audit SET actor = 'somebody' WHERE id = 2")
    assert "line 2 does not fit the one before it" in complaint("audit", "verify")


def test_a_noted_stamp_that_is_missing_is_told(store: Store) -> None:
    sign = candidate(store, "11")
    suivi("team", "confirm", "lse2026", sign)
    noted = last_stamp()
    tamper(store, "DELETE FROM audit WHERE id = 2")
    assert "lines: 1" in suivi("audit", "verify").output
    assert "the noted stamp is not there" in complaint("audit", "verify", "--noted", noted)


def last_stamp() -> str:
    return suivi("audit", "verify").output.split("last stamp: ")[1].strip()


def chat_of(store: Store, address: str) -> Chat:
    with store.engine.begin() as connection:
        chat = chats.find(connection, store.vault, "telegram", address)
    assert chat is not None
    return chat


def tamper(store: Store, statement: str) -> None:
    """What somebody could do who has the file, and not the master key."""
    with store.engine.begin() as connection:
        for deed in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_no_{deed}"))
        connection.execute(text(statement))
