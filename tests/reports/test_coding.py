"""`suivi code`: what people wrote goes out to two coders and comes back as themes, and nothing of it is left behind."""

import logging
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import delete, func, select

from bot.app import Store, open_store
from bot.cli import main
from bot.settings import Settings, load
from conversations.coding import code_of
from conversations.model import Event, Language, QuestionType, Stage, Survey
from conversations.report.making import report
from conversations.report.values import Chart, Figure, Section
from conversations.report.wanted import wanted
from locales.phrases import say
from storage import audit, coding, responses, tables
from storage.chats import Chat
from storage.report_counts import counts, waves_of
from tests.reports.samples import CODE, EVENT, LATER, NOW, imported, joins, planned, question, words

CODES = (
    code_of("listening", words("Listening", "L’écoute"), words("Being heard.", "Se sentir entendu.")),
    code_of("rights", words("Rights", "Les droits"), None),
)
SURVEY = Survey(
    "after",
    words("After the event", "Après l’événement"),
    (
        question("retained", QuestionType.TEXT, stage=Stage.RETAIN, codes=CODES),
        question("secret", QuestionType.TEXT, sensitive=True),
    ),
)
CODED = replace(EVENT, surveys=(SURVEY,))
SAID = ["We listened to one another", "=1+1, our rights", "L’écoute 🤝\nune seconde ligne", "I forgot _x0041_", "Yes"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A folder of its own with the event in it, and nobody who has answered yet."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)
    store = open_store(load())
    with store.engine.begin() as conn:
        imported(conn, CODED)
    yield store
    store.engine.dispose()


def wrote(store: Store, *texts: str, name: str = "retained") -> list[tuple[Chat, int]]:
    """People who answered the question in these words; their chats, and the plans of their responses."""
    found = []
    with store.engine.begin() as conn:
        there = conn.execute(select(func.count()).select_from(tables.chats)).scalar_one()
        for number, text in enumerate(texts, start=there + 1):
            chat = joins(store, conn, str(number))
            plan = planned(conn, chat)
            responses.begin(conn, plan, NOW)
            responses.save_answer(conn, store.vault, chat, plan, name, text, True, NOW)
            responses.complete(conn, plan, NOW)
            found.append((chat, plan))
    return found


def suivi(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ("code", CODE, *arguments), input=typed)


def sent(file: str = "out.xlsx", *more: str) -> str:
    result = suivi("retained", "--output", file, *more)
    assert result.exit_code == 0, result.output
    return file


def coded(file: str, codes: dict[str, str], *new: tuple[str | None, ...]) -> str:
    """The file as a coder leaves it: the codes by how an answer begins, and rows more in the codebook."""
    book = load_workbook(file)
    sheet = book["answers"]
    for row in range(2, sheet.max_row + 1):
        text = str(sheet.cell(row, 2).value)
        sheet.cell(row, 3).value = next((each for begins, each in codes.items() if text.startswith(begins)), None)
    for row_of_codes in new:
        book["codes"].append(row_of_codes)
    book.save(file)
    return file


def taken(file: str, coder: str = "AB") -> Result:
    return suivi("retained", "--take", file, "--coder", coder, "--yes")


def told(output: str) -> list[tuple[str, ...]]:
    """The faults as sheet, row, column, and the rest."""
    found = [
        re.fullmatch(r"out.xlsx, sheet (\w+), (row \d+), (column [^ ]+(?: \(fr\))?): (.*)", line)
        for line in output.splitlines()
    ]
    return [each.groups() for each in found if each is not None]


def codings(store: Store) -> dict[str, list[tuple[str, ...]]]:
    with store.engine.connect() as conn:
        found = coding.given(conn, CODE, "retained")
    return {coder: sorted(tuple(sorted(each)) for each in by.values()) for coder, by in found.items()}


def cells(sheet: Worksheet, column: int) -> list[str]:
    return [str(row[column - 1].value) for row in sheet.iter_rows(min_row=2)]


def figures(store: Store, **how: bool) -> list[Figure]:
    with store.engine.connect() as conn:
        event: Event = CODED
        found = counts(conn, store.contents, event, wanted(event, waves_of(conn, CODE, LATER)), LATER)
    return [each for each in report(event, found, LATER.date(), **how).figures if each.name.startswith("themes")]


def test_what_goes_out_leads_to_nobody(store: Store) -> None:
    wrote(store, *SAID)
    book = load_workbook(sent())
    sheet = book["answers"]
    assert [cell.value for cell in sheet[1]] == ["id", "answer", "codes", "note"]
    ids = cells(sheet, 1)
    assert len(set(ids)) == len(SAID)
    assert ids == sorted(ids), "the order is that of the ids, which nobody can foretell"
    everything = {str(cell.value) for page in book for row in page.iter_rows() for cell in row}
    with store.engine.connect() as conn:
        people = [store.vault.pseudonym(key, CODE) for key in conn.scalars(select(tables.chats.c.key_id))]
    assert not everything & set(people)
    assert not any("2026" in each for each in everything)
    assert all(cell.data_type == "s" for cell in sheet["B"])
    assert Path("out.xlsx").stat().st_mode & 0o777 == 0o600


def test_it_explains_itself_in_both_languages_and_offers_the_codes(store: Store) -> None:
    wrote(store, *SAID)
    result = suivi("retained", "--output", "out.xlsx")
    assert result.stdout == "out.xlsx\n"
    assert "5 answers. This file is sensitive" in result.stderr
    book = load_workbook("out.xlsx")
    rows = list(book["read me"].iter_rows(values_only=True))
    assert rows[:2] == [("English", "Français"), ("What of retained?", "Et retained ?")]
    assert all(english and french and english != french for english, french in rows)
    assert [each.value for each in book["codes"][2]] == [
        *("listening", "Listening", "L’écoute", "Being heard.", "Se sentir entendu.")
    ]
    [offered] = book["answers"].data_validations.dataValidation
    assert (offered.formula1, offered.showErrorMessage) == ("=codes!$A$2:$A$101", False)


def test_it_comes_back_with_codes_and_a_new_one(store: Store) -> None:
    wrote(store, *SAID)
    file = coded(
        sent(), {"We": "Listening", "=1": "rights; hope", "L’é": "-"}, ("hope", "Hope", "L’espoir", None, None)
    )
    result = taken(file)
    assert result.exit_code == 0, result.output
    assert "3 answers coded" in result.output
    assert "not coded: 2" in result.output
    assert "new codes: hope" in result.output
    assert codings(store) == {"AB": [(), ("hope", "rights"), ("listening",)]}
    book = load_workbook(sent("again.xlsx", "--coder", "ab"))
    assert cells(book["codes"], 1) == ["listening", "rights", "hope"], "the codebook has grown"
    by_answer = dict(zip(cells(book["answers"], 2), cells(book["answers"], 3), strict=True))
    assert by_answer["We listened to one another"] == "listening"
    assert by_answer["=1+1, our rights"] == "hope, rights"
    assert taken("again.xlsx").exit_code == 0
    assert codings(store) == {"AB": [(), ("hope", "rights"), ("listening",)]}, "unchanged, it changes nothing"


def test_words_that_hurt_in_a_new_label_are_told_before_it_is_kept(store: Store) -> None:
    wrote(store, *SAID)
    new = ("users", "Respect for addicts", "Respect des personnes qui consomment des drogues", None, None)
    file = coded(sent(), {"We": "users"}, new)
    result = suivi("retained", "--take", file, "--coder", "AB", typed="n\n")
    assert "users: “addicts”. Better: people who use drugs" in result.output
    assert codings(store) == {}


def test_coming_back_again_replaces_what_that_coder_gave_and_says_so_first(store: Store) -> None:
    wrote(store, *SAID)
    taken(coded(sent(), {"We": "listening", "Yes": "rights", "=1": "rights"}))
    taken(coded(sent("cd.xlsx"), {"We": "rights"}), "cd")
    file = coded(sent("again.xlsx"), {"We": "listening", "=1": "listening", "I": "-"})
    result = suivi("retained", "--take", file, "--coder", "AB", typed="n\n")
    assert result.exit_code == 1
    for line in (
        "for the first time: 1",
        "otherwise than before: 1",
        "as before: 1",
        "coded before, and not any more: 1",
    ):
        assert line in result.output
    assert codings(store)["AB"] == [("listening",), ("rights",), ("rights",)]
    assert taken(file).exit_code == 0
    assert codings(store) == {"AB": [(), ("listening",), ("listening",)], "CD": [("rights",)]}


def test_all_faults_are_told_at_once_and_nothing_is_kept(store: Store) -> None:
    wrote(store, *SAID)
    book = load_workbook(sent())
    sheet = book["answers"]
    sheet["A2"] = "nobody"
    sheet["B3"] = "Something else"
    sheet["C4"] = "lissening"
    sheet["C5"] = "listening, -"
    book["codes"].append(("hope", "Hope"))
    book["codes"]["C2"] = "Ouïr"
    book.save("out.xlsx")
    result = taken("out.xlsx")
    assert result.exit_code == 1
    anew = "take the row out, or make a new file with --output"
    assert told(result.stdout) == [
        ("answers", "row 2", "column id", f"there is no answer with the id 'nobody' -> {anew}"),
        (
            *("answers", "row 3", "column answer"),
            f"this is not the answer of that id: it was changed here, or by the person since -> {anew}",
        ),
        ("answers", "row 4", "column codes", "there is no code 'lissening' -> write listening"),
        (
            *("answers", "row 5", "column codes"),
            "there are codes, and the sign - that none applies -> write one or the other",
        ),
        (
            *("codes", "row 2", "column label::French (fr)"),
            "the code 'listening' is there already, under other words -> write L’écoute",
        ),
        ("codes", "row 4", "column label::French (fr)", "this cell is empty -> write it in French"),
    ]
    assert "6 faults. Nothing was kept." in result.stderr
    assert codings(store) == {}
    french = suivi("retained", "--take", "out.xlsx", "--coder", "AB", "--language", "fr")
    assert "il n’y a pas de code «\u00a0lissening\u00a0»" in french.output


@pytest.mark.parametrize("file", ["nothing.xlsx", "words.xlsx", "other.xlsx"])
def test_another_file_is_refused(store: Store, file: str) -> None:
    wrote(store, *SAID)
    Path("words.xlsx").write_text("only words")
    book = load_workbook(sent())
    del book["answers"]
    book.save("other.xlsx")
    result = taken(file)
    assert result.exit_code == 1
    assert f"{file}" in result.output
    assert "Nothing was kept." in result.output


@pytest.mark.office
def test_what_libreoffice_saves_comes_back(store: Store, tmp_path: Path) -> None:
    wrote(store, *SAID, "12", "2026-01-02", "'quoted", "a  b\n\n c ", "\x01 was typed", '=HYPERLINK("x")')
    sent()
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "saved", "out.xlsx"]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    result = taken(coded("saved/out.xlsx", {"We": "listening", "12": "rights"}))
    assert result.exit_code == 0, result.output
    assert codings(store) == {"AB": [("listening",), ("rights",)]}


def test_two_coders_learn_how_far_they_agree_and_where_they_do_not(store: Store) -> None:
    wrote(store, *(f"{letter} something" for letter in "abcdefghij"))
    alone = suivi("retained", "--agreement")
    assert "so far coded: nobody" in alone.output
    taken(coded(sent("ab.xlsx"), dict.fromkeys("abcde", "listening") | dict.fromkeys("fghij", "-")))
    assert "so far coded: AB" in suivi("retained", "--agreement").output
    file = coded(sent("cd.xlsx"), dict.fromkeys("abcd", "listening") | dict.fromkeys("efghi", "-"))
    differs = next(row[0].value for row in load_workbook(file)["answers"].iter_rows() if str(row[1].value)[0] == "e")
    taken(file, "CD")
    result = suivi("retained", "--agreement")
    # Of nine, both said yes to four and no to four: 8/9 agree, (5*4 + 4*5)/81 by chance, (72-40)/(81-40) = 0.78.
    assert result.stdout.splitlines() == [
        "AB and CD: 9 answers coded by both",
        "code       both  AB alone  CD alone  neither  kappa",
        "listening     4         1         0        4   0.78",
        "kappa of all codes: 0.78 (n = 9)",
        "coded differently: 1",
        f"  {differs}",
    ]


def test_the_report_ranks_the_themes_in_both_languages_and_hides_small_numbers(store: Store) -> None:
    wrote(store, *(f"{letter} something" for letter in "abcdefghijkl"))
    assert figures(store) == []
    taken(coded(sent(), dict.fromkeys("abcdefg", "listening") | dict.fromkeys("hi", "rights") | {"j": "-"}))
    [figure] = figures(store)
    assert (figure.name, figure.section, figure.chart) == ("themes-retained", Section.RETAIN, Chart.BARS)
    assert [say(each, Language.FR) for each in figure.rows] == ["L’écoute", "Les droits"]
    assert [(cell.count, cell.whole) for cell in figure.series[0].cells] == [(None, 10), (None, 10)]
    [opened] = figures(store, opened=True)
    assert [(cell.count, cell.whole) for cell in opened.series[0].cells] == [(7, 10), (2, 10)]
    assert say(opened.sentence, Language.EN) == "Most often: “Listening”, 70%."
    assert say(opened.base, Language.EN) == (
        "People whose answer in their own words was sorted into themes, one or several: 10. After the event."
    )
    [note] = opened.notes
    assert say(note, Language.FR).startswith("Une seule personne a lu et classé les réponses")


def test_with_two_coders_the_report_says_how_far_they_agree(store: Store) -> None:
    wrote(store, *(f"{letter} something" for letter in "abcdefghijkl"))
    taken(coded(sent("ab.xlsx"), dict.fromkeys("abcdef", "listening") | dict.fromkeys("ghijk", "-")))
    taken(coded(sent("cd.xlsx"), dict.fromkeys("abcde", "listening") | dict.fromkeys("fghijkl", "rights")), "CD")
    [figure] = figures(store, opened=True)
    assert [(cell.count, cell.whole) for cell in figure.series[0].cells] == [(7, 12), (5, 12)], "CD coded most"
    first, second = (say(each, Language.EN) for each in figure.notes)
    assert "whoever sorted most" in first
    # Of 11 they agree on listening in 10 and on rights in 5; by chance in (6*5 + 5*6)/11 and in (0*6 + 11*5)/11 of
    # them. So the means are 15/22 and 115/242, and (15/22 - 115/242) / (1 - 115/242) is 50/127, or 0.39.
    assert "On 11 answers" in second
    assert "a kappa of 0.4 " in second
    assert "un kappa de 0,4 " in say(figure.notes[1], Language.FR)


def test_too_few_coded_answers_are_no_figure_and_sensitive_ones_can_be_left_out(store: Store) -> None:
    wrote(store, *SAID)
    taken(coded(sent(), {"We": "listening"}))
    assert figures(store) == []
    wrote(store, *(f"{letter} something" for letter in "abcdefghijkl"), name="secret")
    assert suivi("secret", "--output", "s.xlsx", "--sensitive", "--yes").exit_code == 0
    book = load_workbook("s.xlsx")
    book["codes"].append(("fear", "Fear", "La peur", None, None))
    for row in range(2, 14):
        book["answers"].cell(row, 3).value = "fear"
    book.save("s.xlsx")
    assert suivi("secret", "--take", "s.xlsx", "--coder", "AB", "--sensitive", "--yes").exit_code == 0
    assert [each.name for each in figures(store, opened=False)] == ["themes-secret"]
    assert figures(store, sensitive=False) == []


def test_a_sensitive_question_goes_out_only_when_it_is_meant(store: Store) -> None:
    wrote(store, "something", name="secret")
    refused = suivi("secret", "--output", "s.xlsx")
    assert "add --sensitive" in refused.output
    hesitant = suivi("secret", "--output", "s.xlsx", "--sensitive", typed="n\n")
    assert (refused.exit_code, hesitant.exit_code) == (1, 1)
    assert not Path("s.xlsx").exists()
    assert suivi("secret", "--output", "s.xlsx", "--sensitive", typed="y\n").exit_code == 0


def test_a_question_that_was_ever_sensitive_is_so_still(store: Store) -> None:
    retained, secret = SURVEY.questions
    with store.engine.begin() as conn:
        imported(
            conn, replace(CODED, surveys=(replace(SURVEY, questions=(retained, replace(secret, sensitive=False))),))
        )
    wrote(store, "something", name="secret")
    assert "add --sensitive" in suivi("secret", "--output", "s.xlsx").output


def test_who_changes_an_answer_takes_it_out_of_what_was_coded(store: Store) -> None:
    [(chat, plan), *_] = wrote(store, *SAID)
    taken(coded(sent(), dict.fromkeys(["We", "Yes"], "listening")))
    assert len(codings(store)["AB"]) == 2
    with store.engine.begin() as conn:
        responses.save_answer(
            conn, store.vault, chat, plan, "retained", "Other words", True, NOW + timedelta(hours=1), amends=True
        )
    assert codings(store) == {"AB": [("listening",)]}
    result = taken("out.xlsx")
    assert "it was changed here, or by the person since" in result.output
    assert codings(store) == {"AB": [("listening",)]}


def test_who_is_erased_takes_the_codings_along(store: Store) -> None:
    [(chat, _), *_] = wrote(store, *SAID)
    taken(coded(sent(), {each[:2]: "listening" for each in SAID}))
    with store.engine.begin() as conn:
        conn.execute(delete(tables.chats).where(tables.chats.c.id == chat.id))
    with store.engine.connect() as conn:
        for table in (tables.codings, tables.given_codes):
            assert conn.execute(select(func.count()).select_from(table)).scalar_one() == len(SAID) - 1
    assert len(load_workbook(sent("after.xlsx"))["answers"]["A"]) == len(SAID)


def test_nothing_of_what_was_written_is_left_in_tables_log_or_record(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    marked = ["Marker-Zebra one", "Marker-Zebra two"]
    wrote(store, *marked)
    file = coded(sent(), {"Marker": "listening"})
    book = load_workbook(file)
    book["answers"]["D2"] = "Marker-Zebra, a note"
    book.save(file)
    taken(file)
    with store.engine.connect() as conn:
        lines = [each for each in audit.entries(conn) if each.act == "code"]
    assert [each.details for each in lines] == [("retained", "output"), ("retained", "take", "AB")]
    Path(file).unlink()
    store.engine.dispose()
    for path in Path().rglob("*"):
        assert not path.is_file() or b"Marker-Zebra" not in path.read_bytes(), path
    assert "Marker-Zebra" not in caplog.text


def test_what_cannot_be_done_is_said(store: Store) -> None:
    assert "nobody has submitted an answer" in suivi("retained", "--output", "out.xlsx").output
    assert "did you mean retained?" in suivi("retaind", "--output", "out.xlsx").output
    assert "say one of" in suivi("retained").output
    assert "up to eight letters" in suivi("retained", "--take", "out.xlsx").output
    assert "no names" in suivi("retained", "--take", "out.xlsx", "--coder", "Amina Diallo").output
    wrote(store, *SAID)
    assert "must end in .xlsx" in suivi("retained", "--output", "out.csv").output
    sent()
    assert "--overwrite replaces it" in suivi("retained", "--output", "out.xlsx").output
