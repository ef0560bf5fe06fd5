"""The dataset as CSV: one file for each table."""

import csv
from contextlib import ExitStack
from datetime import date, datetime, time
from pathlib import Path

from bot.reports.dataset import Blank, Cell, Column, Dataset, Labels, Style, shown
from bot.reports.safe import disarmed, escaped


def write(dataset: Dataset, style: Style, paths: list[Path], *, raw: bool = False, bom: bool = False) -> None:
    """Write each table to its path, as RFC 4180 has it, in UTF-8.

    Dates and instants are written in ISO 8601, instants with the offset of the person's zone. With `raw` every text is
    exactly as it was typed, though a spreadsheet may take it for a formula; otherwise it is made harmless. With `bom`
    the file begins with the mark by which Excel knows UTF-8. OSError when a file cannot be written.
    """
    with ExitStack() as open_files:
        encoding = "utf-8-sig" if bom else "utf-8"
        files = [open_files.enter_context(path.open("w", encoding=encoding, newline="")) for path in paths]
        writers = [csv.writer(file) for file in files]
        for writer, table in zip(writers, dataset.tables, strict=True):
            writer.writerow([_text(header, raw=raw) for header in table.headers(style)])
        for line in dataset.lines:
            columns = dataset.tables[line.table].columns
            writers[line.table].writerow(
                [_written(column, cell, style.labels, raw) for column, cell in zip(columns, line.cells, strict=True)]
            )


def _written(column: Column, cell: Cell, labels: Labels, raw: bool) -> str | int | float:
    match cell:
        case Blank():
            return ""
        case datetime():
            return cell.isoformat(timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case int() | float():
            return cell
    return _text(shown(column, cell, labels), raw=raw)


def _text(text: str, *, raw: bool) -> str:
    return text if raw else disarmed(escaped(text))
