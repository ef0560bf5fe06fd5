"""What coders made of answers in people's own words: the answers to code, their codings, and codes that were added.

Answers count once they were submitted. A coding belongs to the answer as it was then: when the person changes the
answer, it does not count any more; when the answer goes, so does the coding.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, select

from conversations.coding import Codes, Tally, code_of, description_of
from conversations.model import Bilingual, Choice
from conversations.report.counts import Asked, Choices, Coded, WaveKey
from storage.database import either
from storage.events import id_of, number_of
from storage.exports import UNREADABLE
from storage.responses import purpose, submitted
from storage.tables import added_codes, answers, chats, codings, enrolments, given_codes, plans, responses
from storage.vault import Unreadable, Vault


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in somebody's own words; `id` leads to nobody, `answer` is its row's id, `at` when it was given."""

    id: str
    text: str = field(repr=False)
    answer: int = field(repr=False)
    at: datetime = field(repr=False)


def written(conn: Connection, vault: Vault, event_code: str, question: str) -> tuple[Written, ...]:
    """All submitted answers to the question, in all waves, in the order of their ids: it tells nothing.

    Nothing of somebody whose key was destroyed. Empty for an unknown event.
    """
    about = (answers.c.id, answers.c.response_id, answers.c.text, answers.c.answered_at, chats.c.key_id)
    rows = _submitted(event_code, *about).join(enrolments, enrolments.c.id == responses.c.enrolment_id)
    rows = rows.join(chats, chats.c.id == enrolments.c.chat_id)
    held = vault.held()
    found = [
        Written(vault.coding_id(row.response_id, question), _clear(vault, row, question), row.id, row.answered_at)
        for row in conn.execute(rows.where(answers.c.question == question))
        if row.key_id in held
    ]
    return tuple(sorted(found, key=lambda each: each.id))


def _clear(vault: Vault, row: Any, question: str) -> str:  # noqa: ANN401 # a row of the select
    try:
        return vault.open(row.key_id, row.text, purpose(row.response_id, question))
    except Unreadable:
        return UNREADABLE


def added(conn: Connection, event_code: str, question: str) -> tuple[Choice, ...]:
    """The codes that coders added for this question, in the order in which they came."""
    return _added(conn, event_code).get(question, ())


def _added(conn: Connection, event_code: str) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, tuple[Choice, ...]] = defaultdict(tuple)
    rows = select(added_codes).where(added_codes.c.event_id == id_of(event_code)).order_by(added_codes.c.id)
    for row in conn.execute(rows):
        described = Bilingual(row.description_en, row.description_fr) if row.description_en else None
        found[row.question] += (code_of(row.name, Bilingual(row.label_en, row.label_fr), described),)
    return dict(found)


_ADD = either(lambda insert: insert(added_codes).on_conflict_do_nothing())


def add_codes(conn: Connection, event_code: str, question: str, codes: Iterable[Choice]) -> None:
    """Keep these new codes; one that came meanwhile stays as it is. LookupError when there is no such event."""
    event = number_of(conn, event_code)
    rows = []
    for code in codes:
        described = description_of(code) or Bilingual("", "")
        rows.append(
            {
                "event_id": event,
                "question": question,
                "name": code.name,
                "label_en": code.label.en,
                "label_fr": code.label.fr,
                "description_en": described.en,
                "description_fr": described.fr,
            }
        )
    if rows:
        conn.execute(_ADD[conn.dialect.name], rows)


def given(conn: Connection, event_code: str, question: str) -> dict[str, dict[int, Codes]]:
    """What each coder gave, by the row's id of each answer that has not changed since."""
    rows = _submitted(event_code, codings.c.coder, answers.c.id, given_codes.c.code).join(codings, _CODED)
    rows = rows.outerjoin(given_codes, given_codes.c.coding_id == codings.c.id).where(answers.c.question == question)
    found: dict[str, dict[int, Codes]] = defaultdict(lambda: defaultdict(frozenset))
    for coder, answer, code in conn.execute(rows.order_by(codings.c.coder)):
        found[coder][answer] |= {code} if code is not None else frozenset()
    return {coder: dict(by_answer) for coder, by_answer in found.items()}


def replace_codings(
    conn: Connection,
    event_code: str,
    question: str,
    coder: str,
    made: Sequence[tuple[Written, Codes]],
    now: datetime,
) -> None:
    """All that this coder made of the question's answers, in place of what they had made of them before.

    What was changed or erased since it was read is left out.
    """
    there = _submitted(event_code, answers.c.id, answers.c.answered_at).where(answers.c.question == question)
    now_there = dict(conn.execute(there).all())
    mine = codings.c.coder == coder, codings.c.answer_id.in_(there.with_only_columns(answers.c.id))
    conn.execute(delete(codings).where(*mine))
    kept = [(each, codes) for each, codes in made if now_there.get(each.answer) == each.at]
    if not kept:
        return
    rows = [{"answer_id": each.answer, "coder": coder, "answered_at": each.at, "coded_at": now} for each, _ in kept]
    conn.execute(insert(codings), rows)
    by_answer = dict(conn.execute(select(codings.c.answer_id, codings.c.id).where(*mine)).all())
    codes = [{"coding_id": by_answer[each.answer], "code": code} for each, some in kept for code in sorted(some)]
    if codes:
        conn.execute(insert(given_codes), codes)


_CODED = and_(codings.c.answer_id == answers.c.id, codings.c.answered_at == answers.c.answered_at)
_PLACE = (responses.c.survey, plans.c.occurrence, answers.c.question)


def _submitted(event_code: str, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """These columns of all texts in what was submitted, outside repeated groups."""
    return submitted(event_code, *columns).where(answers.c.text.is_not(None))


def counted(conn: Connection, event_code: str) -> dict[Asked, Coded]:
    """The numbers of each coded question and wave, by whoever coded most there; beside the next one, how they agree."""
    by_place: dict[Asked, list[tuple[int, str]]] = defaultdict(list)
    rows = _submitted(event_code, *_PLACE, codings.c.coder, func.count()).join(codings, _CODED)
    for survey, occurrence, question, coder, people in conn.execute(rows.group_by(*_PLACE, codings.c.coder)):
        by_place[Asked(WaveKey(survey, occurrence), question)].append((-people, coder))
    if not by_place:
        return {}
    codes = _codes_given(conn, event_code)
    books = _added(conn, event_code)
    found: dict[Asked, Coded] = {}
    for asked, coders in by_place.items():
        (most, first), *others = sorted(coders)
        tallies = _tallies(conn, event_code, asked, first, others[0][1]) if others else ()
        numbers = Choices(-most, codes.get((asked, first), {}))
        found[asked] = Coded(numbers, 1 + len(others), books.get(asked.question, ()), tallies)
    return found


def _codes_given(conn: Connection, event_code: str) -> dict[tuple[Asked, str], dict[str, int]]:
    found: dict[tuple[Asked, str], dict[str, int]] = defaultdict(dict)
    by = (*_PLACE, codings.c.coder, given_codes.c.code)
    rows = _submitted(event_code, *by, func.count()).join(codings, _CODED)
    rows = rows.join(given_codes, given_codes.c.coding_id == codings.c.id).group_by(*by)
    for survey, occurrence, question, coder, code, people in conn.execute(rows):
        found[Asked(WaveKey(survey, occurrence), question), coder][code] = people
    return found


def _tallies(conn: Connection, event_code: str, asked: Asked, first: str, second: str) -> tuple[Tally, ...]:
    """How often these two gave each code, in that wave, to the answers that both of them coded."""
    one, two = codings.alias("one"), codings.alias("two")
    pairs = _submitted(event_code, one.c.id.label("one"), two.c.id.label("two"))
    for table, coder in ((one, first), (two, second)):
        same = and_(table.c.answer_id == answers.c.id, table.c.answered_at == answers.c.answered_at)
        pairs = pairs.join(table, same & (table.c.coder == coder))
    pairs = pairs.where(responses.c.survey == asked.wave.survey, plans.c.occurrence == asked.wave.occurrence)
    both = pairs.where(answers.c.question == asked.question).subquery()
    whole = conn.execute(select(func.count()).select_from(both)).scalar_one()
    mine, theirs = given_codes.alias("mine"), given_codes.alias("theirs")
    firsts = _by_code(conn, select(mine.c.code, func.count()).join_from(both, mine, mine.c.coding_id == both.c.one))
    seconds = _by_code(conn, select(mine.c.code, func.count()).join_from(both, mine, mine.c.coding_id == both.c.two))
    alike = and_(theirs.c.coding_id == both.c.two, theirs.c.code == mine.c.code)
    pairs_of_codes = select(mine.c.code, func.count()).join_from(both, mine, mine.c.coding_id == both.c.one)
    shared = _by_code(conn, pairs_of_codes.join(theirs, alike))
    return tuple(
        Tally(
            shared.get(code, 0),
            firsts.get(code, 0) - shared.get(code, 0),
            seconds.get(code, 0) - shared.get(code, 0),
            whole - firsts.get(code, 0) - seconds.get(code, 0) + shared.get(code, 0),
        )
        for code in sorted(firsts.keys() | seconds.keys())
    )


def _by_code(conn: Connection, rows: Select[*tuple[Any, ...]]) -> Mapping[str, int]:
    return dict(conn.execute(rows.group_by(rows.selected_columns[0])).all())
