"""The sheet referrals: whom people can turn to, and what must not be wrong there."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.workbook import ContentError, Draft, read, read_draft
from conversations.model import Bilingual, Event, Referral
from conversations.referrals import outdated
from tests.conversations.samples import NOW, PACK
from tests.workbook.conftest import GOOD, english

Reader = Callable[[str], Event]
Refuser = Callable[[str], tuple[ContentError, ...]]
Drafter = Callable[[str], Draft]

TODAY = NOW.date()
HEADER = (
    "| | country | name::English (en) | name::French (fr) | text::English (en) | text::French (fr) | approved_by "
    "| checked | comment |"
)
KENYA = "ke | Open Door | Porte ouverte | Call.<br>Any day. | Appelez.<br>Tous les jours. | Open Door | 2026-11-02 |"
GENERAL = " | Help desk | Permanence | Write. | Écrivez. | The team | 2026-10-01 | by phone"


def referring(*rows: str, text: str = GOOD, header: str = HEADER) -> str:
    """The pack with these rows in the sheet referrals, its first one in line 1."""
    table = "\n".join(("| referrals |", header, *(f"| | {row} |" for row in rows)))
    return f"{table}\n\n{text}"


def test_a_pack_without_the_sheet_names_nobody(good: str, event_of: Reader) -> None:
    assert event_of(good).referrals == ()


def test_each_row_is_a_contact_in_both_languages(event_of: Reader) -> None:
    assert event_of(referring(KENYA, GENERAL)).referrals == (
        Referral(
            "ke",
            Bilingual("Open Door", "Porte ouverte"),
            Bilingual("Call.\nAny day.", "Appelez.\nTous les jours."),
            "Open Door",
            date(2026, 11, 2),
        ),
        Referral(
            "",
            Bilingual("Help desk", "Permanence"),
            Bilingual("Write.", "Écrivez."),
            "The team",
            date(2026, 10, 1),
        ),
    )


def test_the_row_of_each_is_known(draft_of: Drafter) -> None:
    draft = draft_of(referring(KENYA, GENERAL))
    assert draft.places.referrals == {"ke": 3, "": 4}
    assert draft.remarks == ()


FAULTS = (
    (
        KENYA.replace("ke |", "kenya |"),
        "country",
        "'kenya' is no option of the question country",
        "write one of cd, ke",
    ),
    (KENYA.replace("ke |", "KE |"), "country", "'KE' is no option of the question country", "write ke"),
    (KENYA.replace("Open Door | P", " | P"), "name::English (en)", "this cell is empty", "write it in English"),
    (KENYA.replace("Porte ouverte", ""), "name::French (fr)", "this cell is empty", "write it in French"),
    (KENYA.replace("Call.<br>Any day.", ""), "text::English (en)", "this cell is empty", "write it in English"),
    (KENYA.replace("Appelez.", "<b>"), "text::French (fr)", "'<b>' looks like HTML", "use plain words"),
    (KENYA.replace("Porte ouverte", "x" * 101), "name::French (fr)", "101 characters, and 100", "shorten it by 1 "),
    (KENYA.replace("Open Door | 2026", " | 2026"), "approved_by", "this cell is empty", "the partner that approved"),
    (KENYA.replace("2026-11-02", ""), "checked", "this cell is empty", "somebody last made sure"),
    (KENYA.replace("2026-11-02", "2 Nov"), "checked", "'2 Nov' is not a date", "year-month-day"),
    (KENYA.replace("2026-11-02", "2026-11-31"), "checked", "'2026-11-31' is not a date", "year-month-day"),
)


@pytest.mark.parametrize(("row", "column", "problem", "remedy"), FAULTS)
def test_what_is_wrong_is_told_with_its_place_and_remedy(
    row: str, column: str, problem: str, remedy: str, faults_of: Refuser
) -> None:
    [fault] = faults_of(referring(row, GENERAL))
    assert (fault.sheet, fault.row, fault.column) == ("referrals", 3, column)
    assert problem in english(fault.problem)
    assert remedy in english(fault.remedy)


def test_a_country_has_one_row_and_everybody_else_has_one(faults_of: Refuser) -> None:
    second, general = faults_of(referring(KENYA, GENERAL, KENYA, GENERAL))
    assert (second.row, second.column, english(second.problem)) == (5, "country", "'ke' stands in line 3 already")
    assert (general.row, general.column) == (6, "country")
    assert english(general.problem) == "line 4 has no country either, and only one row can be for everybody else"


def test_without_the_column_country_that_is_all_that_is_said(faults_of: Refuser) -> None:
    rows = [row.partition(" | ")[2] for row in (KENYA, GENERAL)]
    [fault] = faults_of(referring(*rows, header=HEADER.replace(" country |", "")))
    assert english(fault.problem) == "the column country is missing"


def test_a_country_wants_a_question_that_asks_for_it(faults_of: Refuser, good: str) -> None:
    without = good.replace("Africa/Kinshasa Africa/Lubumbashi", "").replace(
        "| Kenya | Kenya | Africa/Nairobi", "| A | B |"
    )
    [fault] = faults_of(referring(KENYA, GENERAL, text=without))
    assert "no question of the group profile has countries" in english(fault.problem)


def test_a_misspelt_sheet_is_told(faults_of: Refuser) -> None:
    [fault] = faults_of(referring(KENYA, GENERAL).replace("| referrals |", "| referals |"))
    assert english(fault.remedy) == "rename it to referrals"


def drawn(folder: Path, checked: date) -> Path:
    path = folder / "pack.md"
    path.write_text(referring(KENYA.replace("2026-11-02", f"{checked}"), GENERAL), encoding="utf-8")
    return path


@pytest.mark.parametrize("days", [-400, -1, 0, 1])
def test_a_day_until_today_or_tomorrow_where_the_author_lives_is_good(days: int, tmp_path: Path) -> None:
    assert read_draft(drawn(tmp_path, TODAY + timedelta(days=days)), TODAY).faults == ()


def test_a_day_to_come_is_a_fault_for_those_who_know_the_day(tmp_path: Path) -> None:
    path = drawn(tmp_path, TODAY + timedelta(days=2))
    [fault] = read_draft(path, TODAY).faults
    assert (fault.sheet, fault.row, fault.column) == ("referrals", 3, "checked")
    assert english(fault.problem) == "'2026-11-18' has not come yet"
    assert "somebody last made sure" in english(fault.remedy)
    assert read_draft(path).faults == ()


def test_countries_for_which_there_is_nobody_are_remarked(draft_of: Drafter) -> None:
    draft = draft_of(referring(KENYA))
    [remark] = draft.remarks
    assert (remark.sheet, remark.row, remark.column) == ("referrals", None, "country")
    assert english(remark.problem) == "there is nobody to turn to for people of: cd"
    assert english(remark.remedy) == "add a row with an empty country, for everybody else"
    assert draft.event is not None


def test_people_who_do_not_tell_their_country_are_thought_of(draft_of: Drafter, good: str) -> None:
    rows = (KENYA, KENYA.replace("ke |", "cd |"))
    [remark] = draft_of(referring(*rows)).remarks
    assert english(remark.problem) == "there is nobody to turn to for people who do not tell their country"
    asked = "| select_one countries | country | Which country? | Quel pays ? | | | |"
    assert asked in good
    assert draft_of(referring(*rows, text=good.replace(asked, f"{asked[:-1]} yes |"))).remarks == ()


def test_of_many_countries_some_are_named(draft_of: Drafter, good: str) -> None:
    kenya = "| | countries | ke | Kenya | Kenya | Africa/Nairobi |\n"
    more = "".join(f"| | countries | c{n} | Country {n} | Pays {n} | Africa/Nairobi |\n" for n in range(20))
    [remark] = draft_of(referring(KENYA, text=good.replace(kenya, kenya + more))).remarks
    assert english(remark.problem).endswith(": cd, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 ...")


def test_a_sheet_with_a_header_alone_names_nobody_and_says_nothing(draft_of: Drafter) -> None:
    draft = draft_of(referring())
    assert draft.remarks == ()
    assert draft.whole().referrals == ()


def test_a_form_whose_one_sheet_has_that_name_is_a_survey_all_the_same(draft_of: Drafter) -> None:
    rows = "| | type | name | label::English (en) | label::French (fr) |\n| | text | why | Why? | Pourquoi ? |\n"
    draft = draft_of(f"| referrals |\n{rows}")
    assert draft.plain
    assert [each.name for each in draft.whole().surveys[0].questions] == ["why"]


def test_the_pack_of_the_project_has_examples_that_lead_nowhere() -> None:
    event = read(PACK)
    assert [each.country for each in event.referrals] == ["ke", "sn", "cd", ""]
    assert outdated(event, TODAY) == ()
    for each in event.referrals:
        assert ("example" in each.name.en, "exemple" in each.name.fr) == (True, True)
        assert "This is an example: nobody answers" in each.words.en
        assert "Ceci est un exemple" in each.words.fr
        for words in (each.words.en, each.words.fr):
            assert "example.org" in words
            assert not any(sign.isdigit() for sign in words)
