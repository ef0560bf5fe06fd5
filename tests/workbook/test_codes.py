"""The sheet codes: what answers in people's own words are sorted into, and what must not be wrong there."""

from collections.abc import Callable

import pytest

from bot.readiness.report import report_on
from bot.workbook import ContentError, Draft, read
from conversations.coding import codebook, description_of
from conversations.model import Bilingual, Event
from tests.conversations.samples import NOW, PACK

Reader = Callable[[str], Event]
Drafter = Callable[[str], Draft]
Refuser = Callable[[str], tuple[ContentError, ...]]

THANKS = "| | note | thanks |"
VISITS = """| | begin_repeat | visits | Visits | Visites | | | | | | | |
| | text | visit | What did you see? | Qu’avez-vous vu ? | | | | | | | |
| | end_repeat | | | | | | | | | | |
"""
HEADER = (
    "| | question | name | label::English (en) | label::French (fr) | description::English (en) "
    "| description::French (fr) |"
)
LISTENING = "words | listening | Listening | L’écoute | Being heard. | Se sentir entendu."
RIGHTS = "words | rights | Rights | Les droits | |"


def coded(text: str, *rows: str) -> str:
    """The pack with these rows in the sheet codes, its first one in line 3, and a question that is asked repeatedly."""
    table = "\n".join(("| codes |", HEADER, *(f"| | {row} |" for row in rows)))
    return f"{table}\n\n{text.replace(THANKS, VISITS + THANKS)}"


def test_each_row_is_a_code_of_its_question_in_both_languages(good: str, event_of: Reader) -> None:
    event = event_of(coded(good, LISTENING, RIGHTS))
    first, second = codebook(event, "words", ())
    assert (first.name, first.label) == ("listening", Bilingual("Listening", "L’écoute"))
    assert description_of(first) == Bilingual("Being heard.", "Se sentir entendu.")
    assert (second.name, description_of(second)) == ("rights", None)
    assert codebook(event, "number", ()) == ()


def test_the_sample_event_has_a_codebook_for_what_people_retain() -> None:
    assert [code.name for code in codebook(read(PACK), "retained", ())][:2] == ["partnership", "leading"]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (" | rights | Rights | Droits | |", "question", "this cell is empty"),
        ("wordz | rights | Rights | Droits | |", "question", "write words"),
        ("number | rights | Rights | Droits | |", "question", "not answered in people’s own words"),
        ("visit | rights | Rights | Droits | |", "question", "in no repeated group"),
        ("words | - | Rights | Droits | |", "name", "is not a name"),
        ("words | listening | Rights | Droits | |", "name", "stands in line 3 already"),
        ("words | rights | Rights | | |", "label::French (fr)", "write it in French"),
        ("words | rights | listening | Droits | |", "label::English (en)", "another code of this question"),
        ("words | rights | Rights | Droits | Law. |", "description::French (fr)", "write it in French"),
        (f"words | rights | {'r' * 101} | Droits | |", "label::English (en)", "100 are allowed"),
    ],
)
def test_a_fault_is_told_with_its_place_and_a_remedy(
    good: str, faults_of: Refuser, row: str, column: str, said: str
) -> None:
    [fault] = faults_of(coded(good, LISTENING, row))
    assert (fault.sheet, fault.row, fault.column) == ("codes", 4, column)
    assert said in str(fault)


def test_a_hundred_codes_are_enough(good: str, faults_of: Refuser) -> None:
    rows = (f"words | c{number} | Code {number} | Code n° {number} | |" for number in range(101))
    [fault] = faults_of(coded(good, *rows))
    assert "there are 101 codes for one question, and 100 are allowed" in str(fault)


def test_words_that_hurt_are_found_in_codes_too(good: str, draft_of: Drafter) -> None:
    hurting = "words | users | Drug addicts | Personnes qui consomment des drogues | |"
    report = report_on(draft_of(coded(good, LISTENING, hurting)), NOW.date())
    [found] = [each for each in report.findings if each.sheet == "codes"]
    assert (found.row, found.column, found.name) == (4, "label::English (en)", "users")
