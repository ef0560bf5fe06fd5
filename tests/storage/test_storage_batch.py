from sqlalchemy import Connection, Engine, event, select
from storage_samples import NOW, a_survey, joined, person, plan_of

from conversations.conversation import Conversation
from conversations.effects import SayKind
from conversations.model import Language
from storage import chats, outbox, responses, tables
from storage.batch import gathering, open_batch
from storage.chats import Chat
from storage.outbox import Operation, Outgoing
from storage.vault import Vault


def some(conn: Connection, vault: Vault, size: int) -> list[tuple[Chat, int]]:
    """That many people, each with a survey begun."""
    found = []
    for number in range(size):
        chat = joined(conn, vault, str(number))
        (plan,) = plan_of(conn, chat, a_survey())
        responses.begin(conn, plan, NOW)
        found.append((chat, plan))
        chats.save(conn, vault, chat, Conversation(Language.FR, serial=1), NOW)
    return found


def answer(conn: Connection, vault: Vault, chat: Chat, plan: int, value: str = "yes") -> Outgoing:
    responses.save_answer(conn, vault, chat, plan, "applied", value, False, NOW)
    chats.save(conn, vault, chat, Conversation(Language.EN, serial=2), NOW)
    return outbox.add(conn, vault, chat, Operation.SAY, SayKind.REPLY, f"{plan}", NOW, serial=2)


def test_what_is_gathered_is_all_there_after_the_flush(conn: Connection, vault: Vault) -> None:
    people = some(conn, vault, 3)
    before = outbox.add(conn, vault, people[0][0], Operation.SAY, SayKind.REPLY, "before", NOW)
    with gathering(conn) as batch:
        said = [answer(conn, vault, *each) for each in people]
        batch.flush()
    assert open_batch(conn) is None
    assert outbox.waiting(conn, vault, 10) == [before, *said]
    for chat, plan in people:
        assert responses.answers(conn, vault, chat, plan) == {"applied": "yes"}
        assert chats.by_id(conn, vault, chat.id).conversation == Conversation(Language.EN, serial=2)
    after = outbox.add(conn, vault, people[0][0], Operation.SAY, SayKind.REPLY, "after", NOW)
    assert after.id > said[-1].id


def test_a_turn_that_is_rolled_back_leaves_nothing_in_the_batch(conn: Connection, vault: Vault) -> None:
    (first, its_plan), (second, other_plan) = some(conn, vault, 2)
    with gathering(conn) as batch:
        kept = answer(conn, vault, first, its_plan)
        mark = batch.mark()
        undone = conn.begin_nested()
        answer(conn, vault, second, other_plan)
        undone.rollback()
        batch.rewind(mark)
        batch.flush()
        batch.flush()
    assert responses.answers(conn, vault, second, other_plan) == {}
    assert person(conn, vault, "1").conversation.serial == 1
    assert outbox.waiting(conn, vault, 10) == [kept]


def test_of_two_answers_to_one_question_the_later_one_stays(conn: Connection, vault: Vault) -> None:
    ((chat, plan),) = some(conn, vault, 1)
    with gathering(conn) as batch:
        answer(conn, vault, chat, plan, "yes")
        answer(conn, vault, chat, plan, "no")
        batch.flush()
    assert responses.answers(conn, vault, chat, plan) == {"applied": "no"}
    assert len(conn.scalars(select(tables.outbox.c.id)).all()) == 2


def test_a_group_of_answers_costs_three_statements_on_sqlite(sqlite_pair: tuple[Engine, Vault]) -> None:
    engine, vault = sqlite_pair
    sent: list[str] = []
    with engine.begin() as conn:
        people = some(conn, vault, 20)
    event.listen(engine, "before_cursor_execute", lambda _conn, _cursor, statement, *_: sent.append(statement))
    with engine.connect() as conn, conn.begin(), gathering(conn) as batch:
        for each in people:
            answer(conn, vault, *each)
        batch.flush()
    writes = [statement.split(maxsplit=3)[:3] for statement in sent if not statement.startswith("SELECT")]
    assert [" ".join(words) for words in writes] == ["INSERT INTO answers", "UPDATE chats SET", "INSERT INTO outbox"]
