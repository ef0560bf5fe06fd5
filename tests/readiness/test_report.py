"""The report as a whole: what it says of a form, in text and as JSON, and what scripts learn from it."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from bot.cli import main
from bot.clock import SystemClock
from bot.readiness.command import language_of
from bot.readiness.report import Report, Rows, Status
from bot.readiness.text import text
from conversations.findings import SECTIONS, Finding, Kind
from conversations.model import Language
from conversations.reading import LONG_LIST
from locales.phrases import say
from tests.conversations.samples import NOW, PACK

Drawn = Callable[..., Path]
Reported = Callable[..., Report]
SCHEMA = Path(__file__).parents[2] / "docs" / "readiness-report.schema.json"

GOOD = ("select_one yn | going | Still going? | Toujours en cours ? | |",)
TELLING = (
    "select_one yn | going | Still going? | Toujours en cours ? | |",
    "text | who | What is your name? | Quel est votre nom ? | |",
    "select_one yn | words | Do you meet drug addicts? | Rencontrez-vous des toxicomanes ? | |",
    "integer | weeks | In the last 3 weeks? | Ces 2 dernières semaines ? | |",
)
INCOMPLETE = ("select_one yn | going | Still going? | | |",)
BLOCKED = ("select_one nowhere | going | Still going? | Toujours en cours ? | |",)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: NOW)


def check(*arguments: str, **environment: str) -> Result:
    result = CliRunner().invoke(
        main, ["check", *arguments], env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": "", **environment}
    )
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def as_json(path: Path, *arguments: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(check(str(path), "--json", *arguments).stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    return told


def test_a_good_form_has_a_short_report(drawn: Drawn) -> None:
    result = check(str(drawn(*GOOD)))
    assert result.exit_code == 0
    assert result.output.startswith("form.md: ready.\n")
    assert len(result.output.splitlines()) < 6
    assert "→" not in result.output


def test_what_could_be_better_is_told_with_its_row_and_remedy(drawn: Drawn) -> None:
    result = check(str(drawn(*TELLING)))
    assert result.exit_code == 0
    assert "form.md: ready, with 4 remarks." in result.output
    for line in (
        "survey · line 9 · who · sensitive: “What is your name?” asks for: a name",
        "survey · line 10 · words · label::English (en): “drug addicts”",
        "survey · line 10 · words · label::French (fr): “toxicomanes”",
        "survey · line 11 · weeks · label::French (fr): The numbers differ: 3 in English, 2 in French",
    ):
        assert line in result.output
    assert "→ Better: people who use drugs." in result.output


def test_something_that_blocks_fails(drawn: Drawn) -> None:
    result = check(str(drawn(*BLOCKED)))
    assert result.exit_code == 1
    assert "form.md: not yet. 1 thing blocks." in result.output
    assert "nowhere" in result.output
    assert "when nothing blocks any more" in result.output


def test_a_missing_translation_fails_a_strict_check_only(drawn: Drawn) -> None:
    path = str(drawn(*INCOMPLETE))
    assert check(path).exit_code == 0
    assert check(path, "--strict").exit_code == 1
    assert "label::French (fr)" in check(path).output
    assert check(str(drawn(*GOOD)), "--strict").exit_code == 0


@pytest.mark.parametrize("arguments", [("no-such-form.xlsx",), (), ("--language", "de", "x.md"), (".",)])
def test_a_wrong_call_is_told_from_a_form_that_is_not_ready(arguments: tuple[str, ...]) -> None:
    assert check(*arguments).exit_code == 2


def test_a_pack_goes_through_the_same_command() -> None:
    result = check(str(PACK))
    assert result.exit_code == 0
    assert "No faults. Event: lse2026. Key messages: 8." in result.output


def test_contacts_that_nobody_has_looked_at_for_long_fail_a_strict_check_only(
    real: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(str(real), "--strict").exit_code == 0
    monkeypatch.setattr(SystemClock, "now", lambda _: NOW + timedelta(days=90))
    assert check(str(real)).exit_code == 0
    assert check(str(real), "--strict").exit_code == 1
    assert [each["name"] for each in as_json(real)["findings"] if each["kind"] == "referral"] == ["ke", "sn", "cd", ""]
    shown = check(str(real), "--all").output
    assert "· ke · checked: This contact was checked more than 90 days ago, on Monday, 2 " in shown.replace("\n", " ")


def test_every_text_of_a_pack_is_read(tmp_path: Path) -> None:
    pack = tmp_path / "pack.md"
    written = PACK.read_text(encoding="utf-8").replace("Welcome! ", "Welcome, drug addicts! ")
    written = written.replace("Safety comes first.", "Inmates come first.").replace(
        "Which of them go", "Which junkies go"
    )
    pack.write_text(written, encoding="utf-8")
    told = {(each["sheet"], each["name"]) for each in as_json(pack)["findings"] if each["kind"] == "wording"}
    assert told == {("event", "welcome"), ("messages", "safety"), ("survey", "changes_year")}


@pytest.mark.parametrize("rows", [GOOD, TELLING, INCOMPLETE, BLOCKED])
def test_the_json_is_as_the_schema_has_it(drawn: Drawn, rows: tuple[str, ...]) -> None:
    told = as_json(drawn(*rows))
    assert sum(told["counts"].values()) == len(told["findings"])
    assert (told["status"] == "blocked") == (told["event"] is None) == (told["counts"]["blocks"] > 0)


def test_kinds_and_places_are_the_same_in_both_languages_and_sentences_are_not(drawn: Drawn) -> None:
    path = drawn(*TELLING)
    english, french = as_json(path, "--language", "en"), as_json(path, "--language", "fr")
    places = [
        [(each["kind"], each["sheet"], each["row"], each["column"], each["name"]) for each in told["findings"]]
        for told in (english, french)
    ]
    assert places[0] == places[1]
    assert (english["language"], french["language"]) == ("en", "fr")
    assert ("sensitive", "survey", 9, "sensitive", "who") in places[0]


def test_the_schema_knows_every_kind() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["properties"]["findings"]["items"]["properties"]["kind"]["enum"] == [str(kind) for kind in Kind]


def test_every_kind_has_its_part_of_the_report_and_one_only() -> None:
    placed = [kind for _, kinds in SECTIONS for kind in kinds]
    assert sorted(placed) == sorted(Kind)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_SN", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "fr_CD"}, "fr"),
        ({"LANG": "fr_SN", "LC_ALL": ""}, "fr"),
    ],
)
def test_the_terminal_says_which_language_is_meant(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_what_blocks_and_what_is_left_out_is_told_in_the_language_of_the_report(drawn: Drawn) -> None:
    path = drawn(*BLOCKED, "geotrace | way | The way | Le chemin | |")
    page = " ".join(check(str(path), "--language", "fr").output.split())
    assert "il n’y a pas de liste de choix « nowhere »" in page
    assert "→ ajoutez ses options dans la feuille choices" in page
    assert "une discussion ne prend pas en charge « geotrace » : la question est laissée de côté" in page
    said = [(each["kind"], each["row"], each["problem"]) for each in as_json(path, "--language", "fr")["findings"]]
    assert ("blocks", 8, "il n’y a pas de liste de choix «\u00a0nowhere\u00a0»") in said
    english = [(each["kind"], each["row"], each["problem"]) for each in as_json(path, "--language", "en")["findings"]]
    assert ("blocks", 8, "there is no list of choices 'nowhere'") in english


def long_report() -> Report:
    findings = [
        Finding(Kind.TRANSLATION, "empty", "write it", "survey", row, "label", f"q{row}") for row in range(2, 60)
    ]
    findings += [
        Finding(Kind.WORDING, f"“word {n}”", "Better: another", "survey", n, "label", f"w{n}") for n in range(2, 40)
    ]
    findings += [Finding(Kind.SENSITIVE, f"topic {n}", f"remedy {n}", "survey", n, "", f"s{n}") for n in range(2, 40)]
    return Report("form.xlsx", None, True, Rows(60, 60), (), (), tuple(findings))


def test_no_list_becomes_a_wall_and_nothing_that_is_cut_goes_uncounted() -> None:
    short = text(long_report(), Language.EN)
    assert len(short.splitlines()) < 45
    assert "rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 …" in short
    shown = len(re.findall(r"“word|: topic", short))
    assert shown + sum(map(int, re.findall(r"and (\d+) more", short))) == 38 + 38


def test_all_of_it_can_be_had() -> None:
    everything = text(long_report(), Language.EN, everything=True)
    assert "more (--all" not in everything
    for row in range(2, 60):
        assert f"row {row} · q{row} · label: empty" in everything
    for number in range(2, 40):
        assert f"“word {number}”" in everything
        assert f"topic {number}" in everything


def test_what_an_author_wrote_does_not_steer_the_terminal() -> None:
    finding = Finding(Kind.NOTE, "a \x1b[2J label", "mend it", "survey", 2, "label", "q\x07")
    report = Report("form\x1b.xlsx", None, True, Rows(1, 1), (), (), (finding,))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", click.unstyle(text(report, Language.EN)))


def test_lines_are_no_wider_than_a_terminal_and_colours_stay_in_it(drawn: Drawn) -> None:
    output = check(str(drawn(*TELLING)), "--all").output
    assert "\x1b" not in output
    assert max(map(len, output.splitlines())) <= 100


def test_what_is_merely_told_is_no_remark(reported: Reported) -> None:
    many = "\n".join(f"| | many | o{n} | Option {n} | Réponse {n} |" for n in range(LONG_LIST + 1))
    report = reported("select_one many | which | Which one? | Lequel ? | |", choices=f"{many}\n")
    assert [each.kind for each in report.findings] == [Kind.PAGED]
    assert report.status is Status.READY


def test_a_label_wider_than_a_button_is_told_once_for_its_list(reported: Reported) -> None:
    wide = "".join(
        f"| | wide | o{n} | An option that is longer than a button {n} | Une réponse {n} |\n" for n in range(3)
    )
    report = reported(
        "select_one wide | a | Which? | Lequel ? | |", "select_one wide | b | And now? | Et là ? | |", choices=wide
    )
    assert [(each.kind, each.sheet, each.row, each.name) for each in report.findings] == [
        (Kind.NUMBERED, "choices", 15, "wide")
    ]


def numbered(report: Report) -> list[str]:
    return [say(each.problem, Language.EN) for each in report.findings if each.kind is Kind.NUMBERED]


def test_the_chat_s_own_measures_decide_what_is_told_of_a_list(reported: Reported) -> None:
    fitting = "".join(f"| | few | o{n} | {n:036} | {n:036} |\n" for n in range(LONG_LIST))
    assert not reported("select_one few | a | Which? | Lequel ? | |", choices=fitting).findings


def test_a_label_too_long_in_one_language_makes_a_numbered_list_in_that_one_only(reported: Reported) -> None:
    options = f"| | wide | a | Short | {'x' * 37} |\n| | wide | b | Other | Autre |\n"
    report = reported("select_one wide | a | Which? | Lequel ? | |", choices=options)
    assert numbered(report) == [
        "in French, 1 label is too long for a button: the options come as a numbered list",
    ]


def test_of_a_list_in_pages_or_with_a_filter_only_what_may_happen_is_told(reported: Reported) -> None:
    long = "x" * 37
    options = "".join(f"| | many | o{n} | {long} | {long} |\n" for n in range(LONG_LIST + 1))
    paged = reported("select_one many | a | Which? | Lequel ? | |", choices=options)
    header = "| | type | name | label::English (en) | label::French (fr) | choice_filter |"
    filtered = reported("select_one many | a | Which? | Lequel ? | name != '' |", choices=options, header=header)
    for report in (paged, filtered):
        assert numbered(report) == [
            "17 labels are too long for a button: the options that are shown with one come as a numbered list"
        ]
    assert "if a filter leaves over 16" in say(filtered.findings[-1].problem, Language.EN)


def test_a_label_is_quoted_in_the_language_of_the_report(reported: Reported) -> None:
    report = reported("image | where | A picture of it | Une photo | |", "text | n | Your name? | Votre nom ? | |")
    french = [say(each.problem, Language.FR) for each in report.findings]
    assert any("Une photo" in each for each in french)
    assert any("Votre nom" in each for each in french)
    assert not any("A picture of it" in each for each in french)


def test_a_form_in_a_third_language_is_not_measured_by_ours(drawn: Drawn) -> None:
    path = drawn("select_one yn | kijiji | Je, unajua jina la kijiji hiki kizuri? | Je, unajua jina la kijiji? | |")
    ours = "label::English (en) | label::French (fr)"
    path.write_text(path.read_text().replace(ours, "label::Kiswahili (sw) | label::Lingala (ln)"), encoding="utf-8")
    told = as_json(path)
    assert told["status"] == "ready_with_remarks"
    assert told["reading_levels"] == []
    assert {each["kind"] for each in told["findings"]} == {"language"}


ALONE = """
| settings |
| | form_title | form_id | default_language |
| | Suivi | alone | {default} |
| survey |
| | type | name | {label} |
| | select_one l | a | Toujours en cours ? |
| choices |
| | list_name | name | {option} |
| | l | x | Oui |
"""


@pytest.mark.parametrize(
    ("default", "label", "option", "kind"),
    [
        ("French (fr)", "label", "label", "one_language"),
        ("Français", "label::Français (fr)", "label", "one_language"),
        ("French (fr)", "label::French (fr)", "label::French (fr)", "one_language"),
        ("", "label::French (fr)", "label::French (fr)", "language"),
        ("English (en)", "label::French (fr)", "label::French (fr)", "language"),
        ("French (fr)", "label", "label::Wolof (wo)", "language"),
        ("Wolof (wo)", "label", "label", "language"),
    ],
)
def test_a_form_may_say_that_it_is_meant_in_one_language(
    default: str, label: str, option: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "form.md"
    path.write_text(ALONE.format(default=default, label=label, option=option), encoding="utf-8")
    assert as_json(path)["findings"][0]["kind"] == kind
    assert check(str(path), "--strict").exit_code == (kind == "language")


def test_remarks_are_counted_as_they_are_shown(drawn: Drawn) -> None:
    rows = (*TELLING, "deviceid | phone | | | |", "geotrace | way | The way | Le chemin | |")
    output = check(str(drawn(*rows)), "--all").output
    counts = [int(number) for number in re.findall(r"^\S.* \((\d+)\)$", output, re.MULTILINE)]
    assert f"ready, with {sum(counts)} remarks." in output
    remarks, information = output.split("For information: nothing to do\n")
    assert len(re.findall(r"^  survey · ", remarks, re.MULTILINE)) == sum(counts)
    assert "deviceid" in information


@pytest.mark.parametrize("row", ["geotrace | way | The way | Le chemin | |", "deviceid | phone | | | |"])
def test_not_all_is_said_to_run_when_something_is_left_out(row: str, drawn: Drawn) -> None:
    output = check(str(drawn(*GOOD, row))).output
    assert "all 2 rows" not in output
    assert "1 of 2 rows" in output or "not all that they ask for" in output
    assert "all 2 rows of the sheet survey run" in check(str(drawn(*GOOD, "text | b | Why? | Pourquoi ? | |"))).output
