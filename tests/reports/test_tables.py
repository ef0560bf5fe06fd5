"""Excel and CSV: what stands where, read back by pandas."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.app import Store
from bot.reports.dataset import Labels
from bot.reports.exporting import Format
from conversations.model import Bilingual, Choice
from storage.tables import enrolments
from tests.reports.conftest import Exported
from tests.reports.samples import EVENT, FULL, joins, one_response, planned


def read(path: Path) -> dict[str, pd.DataFrame]:
    if path.suffix == ".xlsx":
        return pd.read_excel(path, sheet_name=None, keep_default_na=False, na_values=[""])
    with zipfile.ZipFile(path) as archive:
        return {Path(name).stem: pd.read_csv(BytesIO(archive.read(name))) for name in archive.namelist()}


@pytest.mark.parametrize("format_", [Format.XLSX, Format.CSV])
def test_an_export_read_back_equals_the_answers(store: Store, exported: Exported, format_: Format) -> None:
    one_response(store)
    tables = read(exported(format_))
    row = tables["after"].iloc[0]
    assert row["applied"] == FULL["applied"]
    assert tuple(row["work/ways"].split()) == FULL["ways"]
    assert [row[f"work/ways/{name}"] for name in ("reflect", "inform", "engage")] == [1, 0, 1]
    assert tuple(row["work/order"].split()) == FULL["order"]
    assert tuple(row[f"work/order/{place}"] for place in (1, 2, 3)) == FULL["order"]
    assert row["work/people"] == FULL["people"]
    assert row["work/share"] == 12.5
    assert row["work/half"] == 6
    assert pd.Timestamp(row["met_on"]) == pd.Timestamp("2026-02-28")
    assert pd.Timestamp(row["met"]).tz_localize(None) == pd.Timestamp("2026-02-28 14:30")
    assert str(row["met_at"]) == "14:30:00"
    assert [row[f"where/{part}"] for part in ("latitude", "longitude", "altitude", "precision")] == [
        -1.2921,
        36.8219,
        0,
        12.5,
    ]
    assert row["story"] == FULL["story"]
    assert row["picture"].endswith("-picture.jpg")
    assert row["_status"] == "complete"
    assert pd.Timestamp(row["_start"]).tz_localize(None) == pd.Timestamp("2026-03-02 12:30")  # Nairobi is at UTC+3
    assert "told" not in row.index


@pytest.mark.parametrize("format_", [Format.XLSX, Format.CSV])
def test_repeated_groups_are_tables_that_point_to_the_rows_above(
    store: Store, exported: Exported, format_: Format
) -> None:
    one_response(store)
    tables = read(exported(format_))
    assert list(tables) == ["after", "child", "visit"]
    children, visits = tables["child"], tables["visit"]
    assert list(children["child/age"]) == [7, 9]
    assert list(children["_index"]) == [1, 2]
    assert list(children["_parent_index"]) == [1, 1]
    assert set(children["_parent_table_name"]) == {"after"}
    assert list(visits["child/visit/dose"]) == ["first", "second"]
    assert list(visits["_parent_index"]) == [1, 1]
    assert set(visits["_parent_table_name"]) == {"child"}
    assert set(visits["_submission__id"]) == set(tables["after"]["_id"])


def test_labels_stand_in_headers_and_cells_in_the_language_that_was_chosen(store: Store, exported: Exported) -> None:
    one_response(store)
    row = read(exported(Format.XLSX, Labels.FR))["after"].iloc[0]
    assert row["Et applied ?"] == "Oui"
    assert row["Travail/Et ways ?"] == "Reflect (fr) Engage (fr)"
    assert row["Travail/Et ways ?/Inform (fr)"] == 0
    assert row["Statut"] == "Complète"


def test_groups_can_be_left_out_of_headers_or_joined_by_another_sign(store: Store, exported: Exported) -> None:
    one_response(store)
    assert "ways/inform" in read(exported(Format.XLSX, separator=None))["after"].columns
    assert "work:ways:inform" in read(exported(Format.XLSX, separator=":"))["after"].columns


def test_numbers_and_dates_are_numbers_and_dates_in_excel(store: Store, exported: Exported) -> None:
    one_response(store)
    sheet = load_workbook(exported(Format.XLSX))["after"]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert cells["work/people"].data_type == "n"
    assert cells["met_on"].is_date
    assert cells["met"].is_date
    assert cells["_submission_time"].is_date


def test_what_rows_are_chosen_by_stands_before_the_answers(store: Store, exported: Exported) -> None:
    one_response(store)
    columns = list(read(exported(Format.XLSX))["after"].columns)
    assert columns[:5] == ["_status", "_wave", "_submission_time", "_id", "applied"]


def test_a_csv_file_can_begin_with_the_mark_that_excel_knows(store: Store, exported: Exported) -> None:
    one_response(store)
    with zipfile.ZipFile(exported(Format.CSV, bom=True)) as archive:
        assert archive.read("after.csv").startswith(b"\xef\xbb\xbf")


def test_only_the_owner_can_read_an_export_and_nothing_else_is_left(
    store: Store, exported: Exported, tmp_path: Path
) -> None:
    one_response(store)
    before = set(tmp_path.iterdir())
    for format_ in Format:
        path = exported(format_)
        assert path.stat().st_mode & 0o777 == 0o600
        before.add(path)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("labels", "shown"), [(Labels.NAMES, ["host", "visitor"]), (Labels.FR, ["Hôtes", "visitor"])])
def test_what_people_were_invited_as_is_a_column_where_an_event_has_parts(
    store: Store, exported: Exported, labels: Labels, shown: list[str]
) -> None:
    one_response(store, event=replace(EVENT, parts=(Choice("host", Bilingual("Hosts", "Hôtes")),)))
    with store.engine.begin() as conn:
        second = joins(store, conn, "2")
        planned(conn, second)
        for chat, part in ((1, "host"), (second.id, "visitor")):
            conn.execute(update(enrolments).where(enrolments.c.chat_id == chat).values(part=part))
    table = next(iter(read(exported(Format.XLSX, labels=labels)).values()))
    assert sorted(table["_part" if labels is Labels.NAMES else "Rôle"]) == shown


def test_where_nobody_has_a_part_there_is_no_column_of_it(store: Store, exported: Exported) -> None:
    one_response(store)
    assert "_part" not in next(iter(read(exported(Format.XLSX)).values())).columns
