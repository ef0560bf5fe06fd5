"""What must hold whatever people do, looked at after each step: see `Witness.look`."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.rendering import plain_text
from conversations.buttons import decode
from conversations.model import EventState, Role
from conversations.roles import Act, may
from storage import audit, chats, tables
from storage.states import State
from tests.bot.walkers import EVERYBODY, GROUPS, HERE, MARK, QUIET, THERE, Walkers
from tests.rig import Heard

_OF_TEAMS = (
    *(tables.events, tables.appointments, tables.candidates, tables.stops, tables.broadcasts, tables.drafts),
    *(tables.group_links, tables.expected, tables.reminded_waves, tables.invitations),
)
_BY_ITSELF = {"opens": "an invitation was opened", "waits": "the clock ended a broadcast"}
_FILES = frozenset({Act.WORKBOOK, Act.ROSTER})
_PASSED_ON = re.compile(" writes:| agrees to be reached|team writes to you| écrit|l’équipe vous écrit| accepte")
_READ_BY_TEAM = re.compile(r"^(?:Story|Récit) \d{6}\n")
_IN_DIGEST = re.compile("in their own words:|des récits de personnes")
_LINK = re.compile(r"start=([\w-]+)")
_LONGEST = 4096

Roles = Mapping[tuple[str, str], Role]


@dataclass
class Witness:
    """Sees everything: what reaches whom, what changes, and what is written down about it."""

    walkers: Walkers
    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    of_a_team: set[str] = field(default_factory=set)
    acts: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    _sent: set[int] = field(default_factory=set)
    _roles: Roles = field(default_factory=dict)
    _teams: Sequence[object] = ()
    _line: int = 0
    _heard: int = 0

    def before(self) -> None:
        """How things stand before a step."""
        rig = self.walkers.rig
        with rig.engine.connect() as connection:
            self._learn(connection)
            self._roles, self._teams = self._roles_now(connection), self._teams_now(connection)
            self._line = connection.scalar(select(tables.audit.c.id).order_by(tables.audit.c.id.desc()).limit(1)) or 0
        self._heard = len(rig.channel.heard)
        self.of_a_team |= {who for who, _ in self._roles}

    def look(self, what: str, who: str) -> None:
        """What the step came to: what was said, who did what, what left, and whether the record is whole."""
        fresh = self.walkers.rig.channel.heard[self._heard :]
        for each in fresh:
            self._look_at(each)
            self.walkers.shown += [(each.id, key.data) for row in each.message.keyboard for key in row]
            self.walkers.codes += _LINK.findall(plain_text(each.message.paragraphs))
        with self.walkers.rig.engine.connect() as connection:
            self._learn(connection)
            self._look_at_deeds(connection, what, who)
            self._look_at_what_left(connection)

    def verify(self) -> None:
        """The audit log is whole."""
        with self.walkers.rig.engine.connect() as connection:
            verdict = audit.verify(connection, self.walkers.rig.vault)
        assert verdict.broken is None

    # What reaches people

    def _look_at(self, heard: Heard) -> None:
        """It can be sent as it is, and tells nothing of anybody else."""
        written = plain_text(heard.message.paragraphs)
        assert 0 < len(written.strip().encode("utf-16-le")) // 2 <= _LONGEST, written
        keys = [key for row in heard.message.keyboard for key in row]
        assert all(key.label.strip() for key in keys), written
        assert all(len(key.data.encode()) <= 64 and decode(key.data) is not None for key in keys), keys
        seen = "\n".join([written, *(key.label for key in keys)])
        facts = [fact for file in heard.message.files for pair in file.facts for fact in pair]
        everything = "\n".join([seen, *(key.data for key in keys), *facts])
        for other in (*EVERYBODY, *GROUPS):
            if other != heard.address:
                number = str(self.numbers.get(other, other))
                assert other.lstrip("-") not in everything, everything
                assert number not in (everything if other in QUIET else seen), everything
        assert not any(name in everything for name, _ in self.names), everything
        for mark in MARK.findall(everything):
            self._look_at_words(self.walkers.said[mark], heard.address, written)

    def _look_at_words(self, author: str, reader: str, written: str) -> None:
        """What a participant typed reaches only a team that they ask or that reads their story, then a group."""
        if reader != author and author not in self.of_a_team:
            if (reader in self.of_a_team and _READ_BY_TEAM.search(written)) or (
                reader in GROUPS and _IN_DIGEST.search(written)
            ):
                return
            assert reader in self.of_a_team, written
            assert _PASSED_ON.search(written), written

    # What a team does

    def _learn(self, connection: Connection) -> None:
        """The numbers of chats, and what the record calls people."""
        vault = self.walkers.rig.vault
        for each in {*EVERYBODY, *GROUPS} - self.numbers.keys():
            chat = chats.find(connection, vault, "telegram", each)
            if chat is not None:
                self.numbers[each] = chat.id
                codes = (HERE.code, THERE.code, "")  # the last for what is about no event yet
                self.names |= {(vault.pseudonym(chat.key_id, f"audit of {code}"), code): each for code in codes}

    def _roles_now(self, connection: Connection) -> Roles:
        addresses = {number: each for each, number in self.numbers.items()}
        rows = select(tables.appointments.c.chat_id, tables.events.c.code, tables.appointments.c.role)
        joined = rows.join(tables.events, tables.events.c.id == tables.appointments.c.event_id)
        return {(addresses[row.chat_id], row.code): row.role for row in connection.execute(joined)}

    def _teams_now(self, connection: Connection) -> Sequence[object]:
        """All that only a team may change; how often an invitation was used is no doing of theirs."""
        wanted = ([column for column in table.c if column.name != "uses"] for table in _OF_TEAMS)
        return [connection.execute(select(*columns)).all() for columns in wanted]

    def _look_at_deeds(self, connection: Connection, what: str, who: str) -> None:
        """Only whoever may changes anything of a team, and the record says so."""
        lines = connection.execute(select(tables.audit).where(tables.audit.c.id > self._line)).all()
        for line in lines:
            self._look_at_line(line, who)
        used = select(tables.invitations).where(tables.invitations.c.uses > tables.invitations.c.places)
        assert not connection.execute(used.where(tables.invitations.c.role != Role.PARTICIPANT)).all()
        by_itself = what in _BY_ITSELF or (what == "in_group" and not who)
        now = self._teams_now(connection)
        if not (lines or by_itself or now == self._teams):
            changed = [table.name for table, a, b in zip(_OF_TEAMS, self._teams, now, strict=True) if a != b]
            raise AssertionError(f"{what} by {who} changed {changed} and left no line")

    def _look_at_line(self, line: Row[Any], who: str) -> None:
        actor, act = self.names[line.actor, line.event], Act(line.act)
        # A file that was sent earlier is read when its turn comes.
        assert who == actor or act in _FILES, (line, who)
        events = (line.event,) if line.event else (HERE.code, THERE.code)
        roles = [self._roles[actor, event] for event in events if (actor, event) in self._roles]
        assert any(may(role, act) for role in roles), line
        self.acts[act] += 1

    # What leaves by itself

    def _look_at_what_left(self, connection: Connection) -> None:
        """Of what is stopped or over nothing leaves; of a broadcast nothing twice."""
        rows = connection.execute(
            select(tables.outbox.c.id, tables.outbox.c.plan_id, tables.plans.c.kind, tables.plans.c.event_id)
            .join(tables.plans, tables.plans.c.id == tables.outbox.c.plan_id)
            .where(tables.outbox.c.state.in_((State.SENT, State.SENDING, State.IN_DOUBT)))
        ).all()
        broadcasts = Counter(row.plan_id for row in rows if row.kind == "broadcast")
        assert max(broadcasts.values(), default=0) <= 1, broadcasts
        fresh = [row for row in rows if row.id not in self._sent]
        self._sent |= {row.id for row in fresh}
        self.left.update(str(row.kind) for row in fresh)
        silent = self._silent(connection) if fresh else frozenset()
        assert not [row for row in fresh if row.event_id in silent]

    def _silent(self, connection: Connection) -> frozenset[int]:
        over = select(tables.events.c.id).where(tables.events.c.state != EventState.LIVE)
        stopped = select(tables.stops.c.event_id).where(tables.stops.c.ended_at.is_(None))
        return frozenset([*connection.scalars(over), *connection.scalars(stopped)])
