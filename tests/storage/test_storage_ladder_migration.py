"""What was kept before refreshers followed a ladder is kept after: the recalls, the plans and the words of a pack."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, select, text
from storage_samples import EVENT, NOW

from conversations.model import Bilingual
from storage import plans, recalls, tables
from storage.codec import event_from_json, event_to_json
from storage.database import MIGRATIONS, connect, upgrade


def _config(conn: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = conn
    return config


def _old_content() -> str:
    """The event as its revision was written when a key message had one question."""
    event = json.loads(event_to_json(EVENT))
    del event["policy"]
    for message in event["messages"]:
        message.update(message.pop("questions")[0])
        message["source"] = message["source"]["en"]
        del message["measured"]
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.fixture
def old(tmp_path: Path) -> Engine:
    """A database of the revision before, in which two refreshers were sent and one was answered."""
    engine = connect(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine)
    with engine.begin() as conn:
        command.downgrade(_config(conn), "0003")
    sent = "'sent', 'sent', '2026-03-02 09:31:00.000000'"
    with engine.begin() as conn:
        conn.execute(text("INSERT INTO events (id, code) VALUES (1, 'LSE1')"))
        conn.execute(
            text("INSERT INTO revisions VALUES (1, 1, :digest, :content, '2026-03-02 09:30:00.000000', 1)"),
            {"digest": "0" * 64, "content": _old_content()},
        )
        conn.execute(
            text(
                "INSERT INTO chats (id, key_id, channel, kind, lookup, address, language, serial, reachable)"
                " VALUES (1, 'k', 'telegram', 'private', x'00', x'00', 'fr', 0, 1)"
            )
        )
        conn.execute(text("INSERT INTO enrolments VALUES (1, 1, 1, 1, '2026-03-01 09:30:00.000000', NULL)"))
        for plan, fate in ((1, sent), (2, sent), (3, "'planned', NULL, NULL")):
            conn.execute(
                text(
                    "INSERT INTO plans (id, chat_id, event_id, kind, name, occurrence, due_at, revision_id, state,"
                    f" reason, settled_at) VALUES ({plan}, 1, 1, 'refresher', 'rights', {plan - 1},"
                    f" '2026-03-02 09:30:00.000000', 1, {fate})"
                )
            )
        conn.execute(
            text(
                'INSERT INTO recalls (plan_id, enrolment_id, message, choice, "right", recalled_at)'
                " VALUES (1, 1, 'rights', 'rights', 1, '2026-03-03 09:30:00.000000')"
            )
        )
    return engine


def test_recalls_and_plans_come_along(old: Engine) -> None:
    upgrade(old)
    with old.connect() as conn:
        rows = conn.execute(select(tables.recalls).order_by(tables.recalls.c.plan_id)).all()
        assert [(row.plan_id, row.choice, row.right, row.sure) for row in rows] == [
            (1, "rights", True, True),
            (2, None, None, None),
        ]
        assert {row.asked_at for row in rows} == {NOW + timedelta(minutes=1)}
        assert recalls.items(conn, 2)[0].choice is None, "it can still be answered"
        assert [row.planned_at for row in conn.execute(select(plans.plans))] == [NOW] * 3
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_revision_is_read_as_it_was_written(old: Engine) -> None:
    upgrade(old)
    with old.connect() as conn:
        content = conn.scalar(select(tables.revisions.c.content))
    # A source was one text for both languages.
    one_source = tuple(replace(each, source=Bilingual(each.source.en, each.source.en)) for each in EVENT.messages)
    assert event_from_json(str(content)) == replace(EVENT, messages=one_source)


def test_the_way_back_keeps_what_the_old_tables_can_hold(old: Engine) -> None:
    upgrade(old)
    with old.begin() as conn:
        command.downgrade(_config(conn), "0003")
    with old.connect() as conn:
        assert conn.scalar(text("SELECT content FROM revisions")) == _old_content()
        assert conn.execute(text("SELECT plan_id, choice FROM recalls")).all() == [(1, "rights")]
        columns = {each["name"] for each in inspect(conn).get_columns("plans")}
    assert "planned_at" not in columns
