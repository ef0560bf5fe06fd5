"""What coders give is kept beside the answers as they were, added up by the database, and gone with them."""

from sqlalchemy import Connection, delete, func, select
from storage_samples import DAY, EVENT, NOW, a_survey, answered, both, joined, plan_of

from conversations.coding import Codes, Tally, code_of
from conversations.report.counts import Asked, Choices, WaveKey
from storage import coding, responses, tables
from storage.chats import Chat
from storage.exports import UNREADABLE
from storage.vault import Vault

STORY = Asked(WaveKey("after", 0), "story")
HOPE, FEAR = (code_of(name, both(name), None) for name in ("hope", "fear"))
NONE: Codes = frozenset()


def three_people(conn: Connection, vault: Vault) -> list[tuple[Chat, int]]:
    found = []
    for address in ("1", "2", "3"):
        chat = joined(conn, vault, address)
        (plan,) = plan_of(conn, chat, a_survey())
        answered(conn, vault, chat, plan)
        found.append((chat, plan))
    return found


def gives(conn: Connection, vault: Vault, coder: str, *codes: Codes | None) -> None:
    """The coder gives the answers these codes, in the order of the people; None leaves one out."""
    there = sorted(coding.written(conn, vault, EVENT.code, "story"), key=lambda each: each.answer)
    made = [(answer, each) for answer, each in zip(there, codes, strict=True) if each is not None]
    coding.replace_codings(conn, EVENT.code, "story", coder, made, NOW + DAY)


def test_numbers_are_those_of_who_coded_most_beside_how_far_the_next_agrees(conn: Connection, vault: Vault) -> None:
    three_people(conn, vault)
    coding.add_codes(conn, EVENT.code, "story", [HOPE, FEAR])
    gives(conn, vault, "CD", frozenset({"hope"}), frozenset({"fear"}), None)
    gives(conn, vault, "AB", frozenset({"hope", "fear"}), NONE, frozenset({"hope"}))
    found = coding.counted(conn, EVENT.code)[STORY]
    assert (found.numbers, found.coders) == (Choices(3, {"hope": 2, "fear": 1}), 2)
    assert found.added == (HOPE, FEAR)
    assert found.tallies == (Tally(0, 1, 1, 0), Tally(1, 0, 0, 1)), "fear, then hope, over the two of both"


def test_of_two_who_coded_as_many_the_first_letters_count(conn: Connection, vault: Vault) -> None:
    three_people(conn, vault)
    gives(conn, vault, "CD", frozenset({"hope"}), None, None)
    gives(conn, vault, "AB", None, NONE, None)
    found = coding.counted(conn, EVENT.code)[STORY]
    assert (found.numbers, found.coders, found.tallies) == (Choices(1, {}), 2, ())


def test_a_code_that_somebody_added_meanwhile_stays_as_it_is(conn: Connection, vault: Vault) -> None:
    joined(conn, vault)
    coding.add_codes(conn, EVENT.code, "story", [HOPE])
    coding.add_codes(conn, EVENT.code, "story", [code_of("hope", both("other words"), both("said")), FEAR])
    assert coding.added(conn, EVENT.code, "story") == (HOPE, FEAR)
    assert coding.added(conn, EVENT.code, "another") == ()


def test_what_changed_or_went_while_it_was_coded_is_not_kept(conn: Connection, vault: Vault) -> None:
    (first, plan), (second, _), _ = three_people(conn, vault)
    there = sorted(coding.written(conn, vault, EVENT.code, "story"), key=lambda each: each.answer)
    responses.save_answer(conn, vault, first, plan, "story", "other", True, NOW + DAY, amends=True)
    conn.execute(delete(tables.chats).where(tables.chats.c.id == second.id))
    made = [(each, frozenset({"hope"})) for each in there]
    coding.replace_codings(conn, EVENT.code, "story", "AB", made, NOW + DAY)
    assert coding.given(conn, EVENT.code, "story") == {"AB": {there[2].answer: frozenset({"hope"})}}
    assert conn.execute(select(func.count()).select_from(tables.codings)).scalar_one() == 1


def test_nothing_goes_out_of_who_did_not_submit_or_whose_key_is_gone(conn: Connection, vault: Vault) -> None:
    _, (gone, _), (damaged, plan) = three_people(conn, vault)
    open_ = joined(conn, vault, "4")
    (unfinished,) = plan_of(conn, open_, a_survey())
    answered(conn, vault, open_, unfinished, complete=False)
    other = vault.seal(damaged.key_id, "partnership", "for something else")
    conn.execute(tables.answers.update().where(tables.answers.c.response_id == plan).values(text=other))
    vault.destroy(gone.key_id)
    found = [each.text for each in coding.written(conn, vault, EVENT.code, "story")]
    assert sorted(found) == ["partnership", UNREADABLE]


def test_an_id_leads_to_no_other_answer(vault: Vault) -> None:
    ids = {vault.coding_id(plan, question) for plan in range(20) for question in ("story", "other")}
    assert len(ids) == 40
    assert vault.coding_id(7, "story") == vault.coding_id(7, "story")
