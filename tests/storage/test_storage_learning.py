"""What people recall, as the rows tell it: every figure counted by hand."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, update
from storage_samples import DAY, EVENT, NOW, both, imported, joined, options

from conversations.model import SKIPPED, Event, KeyMessage, Language, Question, QuestionType, RecallQuestion, Survey
from conversations.policy import Reason
from conversations.refreshers import Item, Memory, is_held_back
from conversations.schedule import Planned
from conversations.timing import LADDER_NAME, RECALL_CHECK, Policy, TouchpointKind
from storage import enrolments, events, exports, plans, recalls, responses, tables
from storage.chats import Chat
from storage.events import Contents
from storage.learning import Asking, Check, Learning, Pair, learned
from storage.vault import Vault

FR, EN = Language.FR, Language.EN


def key_message(name: str, right: str = "a", question: str = "Which one?") -> KeyMessage:
    asked = RecallQuestion(both(question), options("a", "b", "c"), right, both("Because"))
    return KeyMessage(name, both(name), (asked, asked), both("A source"), measured=True)


def measuring(*messages: KeyMessage, hold_back: int = 0) -> Event:
    """The event with a recall check that asks for these messages."""
    questions = tuple(
        Question(each.name, QuestionType.SELECT_ONE, each.questions[0].question, choices=each.questions[0].choices)
        for each in messages
    )
    check = Survey(RECALL_CHECK, both("What has stayed?"), questions)
    policy = Policy(hold_back=hold_back)
    return replace(EVENT, surveys=(*EVENT.surveys, check), messages=messages, policy=policy)


MEASURED = measuring(key_message("listen"), key_message("share"))


class Year:
    """An event whose people are asked, with a few moves to make things happen in it."""

    def __init__(self, conn: Connection, vault: Vault, event: Event = MEASURED) -> None:
        self.conn, self.vault = conn, vault
        self.brings(event)

    def brings(self, event: Event) -> None:
        self.event = event
        imported(self.conn, event)

    def joins(self, address: str, language: Language = FR) -> Chat:
        chat = joined(self.conn, self.vault, address)
        self.conn.execute(update(tables.chats).where(tables.chats.c.id == chat.id).values(language=language))
        return chat

    def sent(self, chat: Chat, wave: int = 0, reason: Reason = Reason.SENT) -> int:
        """The wave is sent to that person, or held back for that reason."""
        plan = self._planned(chat, TouchpointKind.SURVEY, RECALL_CHECK, wave)
        plans.settle(self.conn, plan, reason, None, NOW)
        return plan

    def answers(self, chat: Chat, wave: int = 0, *, complete: bool = True, **given: str) -> None:
        """The wave is sent to that person, who answers."""
        plan = self.sent(chat, wave)
        responses.begin(self.conn, plan, NOW)
        for name, choice in given.items():
            responses.save_answer(self.conn, self.vault, chat, plan, name, choice, False, NOW)
        if complete:
            responses.complete(self.conn, plan, NOW)

    def asked(self, chat: Chat, number: int, message: str, choice: str = "", *, sure: bool = True) -> None:
        """A refresher asks that person, who answers unless `choice` is empty; "?" is not knowing."""
        plan = self._planned(chat, TouchpointKind.REFRESHER, LADDER_NAME, number)
        at = NOW + number * DAY
        memory = Memory(message, 0, at, 1.0, 5.0, at)
        recalls.ask(self.conn, plan, [Item(message, 1)], [memory], at)
        if choice:
            said, right = (None if choice == "?" else choice), choice == "a"
            recalls.answer(self.conn, plan, message, said, right, sure and right, EN, memory, at)

    def learning(self) -> Learning:
        return learned(self.conn, Contents(), self.event)

    def check(self, message: str = "listen", wave: int = 0) -> tuple[int, int, int]:
        """Asked, answered and right of that message in that wave, all languages and groups together."""
        found = [each for each in self.learning().checks if (each.message, each.occurrence) == (message, wave)]
        return (
            sum(each.asked for each in found),
            sum(each.answered for each in found),
            sum(each.right for each in found),
        )

    def _planned(self, chat: Chat, kind: TouchpointKind, name: str, occurrence: int) -> int:
        table = tables.plans
        before = self.conn.execute(table.select().where(table.c.chat_id == chat.id)).all()
        kept = [Planned(row.kind, row.name, row.occurrence, row.due_at, row.expires_at) for row in before]
        new = Planned(kind, name, occurrence, NOW + occurrence * DAY, None)
        plans.replan(self.conn, chat.id, EVENT.code, [*kept, new])
        rows = self.conn.execute(table.select().where(table.c.chat_id == chat.id, table.c.name == name)).all()
        return next(row.id for row in rows if row.occurrence == occurrence)


@pytest.fixture
def year(conn: Connection, vault: Vault) -> Year:
    return Year(conn, vault)


def test_who_was_asked_who_answered_and_who_was_right_are_counted_apart(year: Year) -> None:
    year.answers(year.joins("1"), listen="a", share="b")
    year.answers(year.joins("2"), listen="c")
    year.sent(year.joins("3"))
    assert year.learning().checks == (
        Check("listen", 0, FR, False, asked=3, answered=2, right=1),
        Check("share", 0, FR, False, asked=3, answered=1, right=0),
    )


def test_a_question_that_was_skipped_was_asked_and_not_answered(year: Year) -> None:
    year.answers(year.joins("1"), listen=SKIPPED, share="a")  # type: ignore[arg-type]
    assert year.check("listen") == (1, 0, 0)
    assert year.check("share") == (1, 1, 1)


def test_an_answer_counts_though_the_survey_was_not_submitted(year: Year) -> None:
    year.answers(year.joins("1"), listen="a", complete=False)
    assert year.check("listen") == (1, 1, 1)


@pytest.mark.parametrize("reason", [Reason.NO_CONSENT, Reason.TOO_LATE, Reason.UNREACHABLE, Reason.PAUSED])
def test_nobody_was_asked_to_whom_nothing_was_sent(year: Year, reason: Reason) -> None:
    year.sent(year.joins("1"), reason=reason)
    assert year.learning() == Learning((), (), (), ())


def test_an_answer_that_was_changed_counts_as_it_is_now(year: Year) -> None:
    chat = year.joins("1")
    year.answers(chat, listen="b")
    plan = year.sent(chat)
    responses.save_answer(year.conn, year.vault, chat, plan, "listen", "a", False, NOW + DAY, amends=True)
    assert year.check() == (1, 1, 1)


def test_other_surveys_and_other_events_do_not_count(year: Year) -> None:
    chat = year.joins("1")
    year.answers(chat, listen="a")
    elsewhere = replace(MEASURED, code="LSE2")
    revision = imported(year.conn, elsewhere)
    enrolments.enrol(year.conn, chat.id, elsewhere.code, revision, frozenset(), (), NOW)
    assert learned(year.conn, Contents(), elsewhere) == Learning((), (), (), ())
    assert year.check() == (1, 1, 1)


def test_who_left_stays_counted(year: Year) -> None:
    chat = year.joins("1")
    year.answers(chat, listen="a")
    enrolments.leave_all(year.conn, chat.id, NOW + DAY)
    assert year.check() == (1, 1, 1)


def test_waves_and_languages_are_told_apart(year: Year) -> None:
    french, english = year.joins("1", FR), year.joins("2", EN)
    year.answers(french, 0, listen="a")
    year.answers(english, 0, listen="b")
    year.answers(english, 1, listen="a")
    told = [each for each in year.learning().checks if each.message == "listen"]
    assert told == [
        Check("listen", 0, EN, False, 1, 1, 0),
        Check("listen", 0, FR, False, 1, 1, 1),
        Check("listen", 1, EN, False, 1, 1, 1),
    ]


def test_those_who_are_held_back_are_a_group_of_their_own(conn: Connection, vault: Vault) -> None:
    year = Year(conn, vault, replace(MEASURED, policy=Policy(hold_back=50)))
    expected = {True: 0, False: 0}
    for address in range(20):
        chat = year.joins(str(address))
        year.answers(chat, listen="a")
        (enrolment,) = conn.scalars(tables.enrolments.select().where(tables.enrolments.c.chat_id == chat.id)).all()
        expected[is_held_back(year.event, enrolment)] += 1
    told = {each.held_back: each.answered for each in year.learning().checks if each.message == "listen"}
    assert told == expected
    assert all(expected.values())


def test_pairs_are_people_who_answered_the_same_item_twice(year: Year) -> None:
    stories = {"1": ("a", "a"), "2": ("a", "b"), "3": ("b", "a"), "4": ("b", "c"), "5": ("b", "a")}
    for address, (first, second) in stories.items():
        chat = year.joins(address)
        year.answers(chat, 0, listen=first)
        year.answers(chat, 1, listen=second)
    once = year.joins("6")
    year.answers(once, 0, listen="a", share="a")
    year.sent(once, 1)
    pair = Pair("listen", 0, 1, FR, False, both=1, only_first=1, only_second=2, neither=1)
    assert year.learning().pairs == (pair,)


def test_three_waves_are_three_pairs(year: Year) -> None:
    chat = year.joins("1")
    for wave, choice in enumerate(("a", "b", "a")):
        year.answers(chat, wave, listen=choice)
    told = [(each.first, each.second, each.both, each.only_first) for each in year.learning().pairs]
    assert told == [(0, 1, 0, 1), (0, 2, 1, 0), (1, 2, 0, 0)]


def test_the_right_answer_is_that_of_the_revision_that_was_answered(year: Year) -> None:
    before, after = year.joins("1"), year.joins("2")
    year.answers(before, listen="a")
    year.brings(measuring(key_message("listen", right="b"), key_message("share")))
    year.answers(after, listen="a")
    assert year.check() == (2, 2, 1)
    assert year.learning().reworded == ("listen",)


def test_other_words_are_another_item_and_no_pair(year: Year) -> None:
    chat = year.joins("1")
    year.answers(chat, 0, listen="a", share="a")
    year.brings(measuring(key_message("listen", question="Which of them?"), key_message("share")))
    year.answers(chat, 1, listen="a", share="a")
    assert [each.message for each in year.learning().pairs] == ["share"]
    assert year.check(wave=1) == (1, 1, 1)


def test_a_message_that_is_gone_stays_in_the_figures_at_the_end(year: Year) -> None:
    year.answers(year.joins("1"), listen="a", share="a")
    year.brings(measuring(key_message("share")))
    assert [each.message for each in year.learning().checks] == ["share", "listen"]


def test_refreshers_are_counted_by_the_number_of_the_asking(year: Year) -> None:
    first, second, third = (year.joins(address) for address in ("1", "2", "3"))
    year.asked(first, 0, "listen", "a")
    year.asked(first, 1, "share", "?")
    year.asked(first, 2, "listen", "b")
    year.asked(second, 0, "listen", "a", sure=False)
    year.asked(third, 0, "listen")
    assert year.learning().askings == (
        Asking("listen", 1, asked=3, answered=2, right=2, sure=1),
        Asking("listen", 2, asked=1, answered=1, right=0, sure=0),
        Asking("share", 1, asked=1, answered=1, right=0, sure=0),
    )


def test_nothing_is_told_of_an_event_in_which_nothing_was_asked(year: Year) -> None:
    year.joins("1")
    assert year.learning() == Learning((), (), (), ())
    assert events.latest(year.conn, EVENT.code) is not None


def test_exports_are_given_each_recall_question_with_the_number_of_its_asking(year: Year) -> None:
    first, second = year.joins("1"), year.joins("2")
    year.asked(first, 0, "listen", "?")
    year.asked(first, 1, "listen", "a", sure=False)
    year.asked(second, 0, "listen")
    learners = exports.learners(year.conn, year.vault, year.event)
    told = exports.recalled(year.conn, year.vault, learners)
    assert [each.learner.person for each in told] == sorted(each.learner.person for each in told)
    by_person = {each.person: [own for own in told if own.learner == each] for each in learners}
    known = year.vault.pseudonym(first.key_id, EVENT.code)
    missed, recalled = by_person[known]
    assert (missed.asking, missed.choice, missed.right, missed.sure, missed.language) == (1, None, False, False, EN)
    assert (recalled.asking, recalled.choice, recalled.right, recalled.sure) == (2, "a", True, False)
    assert (recalled.question, recalled.asked, recalled.answered) == (1, NOW + DAY, NOW + DAY)
    (open_,) = by_person[year.vault.pseudonym(second.key_id, EVENT.code)]
    assert (open_.asking, open_.answered, open_.choice, open_.right, open_.language) == (1, None, None, None, None)


def test_numbers_of_askings_are_the_same_in_any_slice(year: Year) -> None:
    for address in ("1", "2", "3"):
        chat = year.joins(address)
        year.asked(chat, 0, "listen", "a")
        year.asked(chat, 1, "listen", "b")
    for learner in exports.learners(year.conn, year.vault, year.event):
        assert [each.asking for each in exports.recalled(year.conn, year.vault, [learner])] == [1, 2]


def test_nobody_is_exported_whose_key_is_gone_or_who_was_never_asked(year: Year) -> None:
    erased, asked = year.joins("1"), year.joins("2")
    year.joins("3")
    for chat in (erased, asked):
        year.asked(chat, 0, "listen", "a")
    before = exports.learners(year.conn, year.vault, year.event)
    year.vault.destroy(erased.key_id)
    assert [each.key_id for each in exports.learners(year.conn, year.vault, year.event)] == [asked.key_id]
    assert [each.learner.key_id for each in exports.recalled(year.conn, year.vault, before)] == [asked.key_id]
    assert asked.key_id not in repr(before)
