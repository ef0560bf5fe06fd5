"""What is said of single rows: which question it is about, and how many of them run."""

from collections.abc import Callable

from bot.readiness.report import Report, Rows
from conversations.findings import Kind
from conversations.model import Language
from locales.phrases import say

Reported = Callable[..., Report]


def blocked(report: Report) -> list[tuple[int | None, str]]:
    return [(each.row, say(each.problem, Language.EN)) for each in report.findings if each.kind is Kind.BLOCKS]


def test_a_name_that_stands_twice_is_told_at_once_beside_other_faults(reported: Reported) -> None:
    report = reported(
        "text | a | What? | Quoi ? | |",
        "text | b | What else? | Quoi d’autre ? | ${nowhere} = 1 |",
        "text | a | What again? | Quoi encore ? | |",
    )
    assert blocked(report)[1:] == [(10, "'a' stands in line 8 already")]
    assert report.rows == Rows(3, 1)


def test_names_are_compared_within_their_group(reported: Reported) -> None:
    group = ("begin_group | {} | More | Plus | |", "text | a | What? | Quoi ? | |", "end_group | | | | |")
    apart = [row.format(name) for name in ("g", "h") for row in group]
    assert reported("text | a | What? | Quoi ? | |", *apart).event is not None
    beside = reported("text | g | What? | Quoi ? | |", *(row.format("g") for row in group))
    assert blocked(beside) == [(9, "'g' stands in line 8 already")]


def test_a_repeated_group_has_a_name_of_its_own_in_the_whole_form(reported: Reported) -> None:
    repeat = ("begin_repeat | r | More | Plus | |", "text | a | What? | Quoi ? | |", "end_repeat | | | | |")
    report = reported(*repeat, "begin_group | g | Group | Groupe | |", *repeat, "end_group | | | | |")
    assert blocked(report) == [(12, "'r' stands in line 8 already")]


def test_a_name_may_be_that_of_what_or_other_adds(reported: Reported) -> None:
    report = reported("select_one yn or_other | a | Which? | Lequel ? | |", "text | a_other | What? | Quoi ? | |")
    assert blocked(report) == [(9, "'a_other' stands in line 8 already")]


def test_what_is_left_out_is_named(reported: Reported) -> None:
    report = reported("text | a | What? | Quoi ? | |", "geotrace | way | The way | Le chemin | |")
    assert [(each.row, each.name) for each in report.findings if each.kind is Kind.SKIPPED] == [(9, "way")]
