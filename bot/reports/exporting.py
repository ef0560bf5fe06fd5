"""Write an export: the right writer for the format, into files that only their owner can read."""

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from bot.app import Store
from bot.clock import SystemClock
from bot.reports.dataset import Dataset, Style, Table
from bot.reports.gathering import Gathered, Progress, dataset, submissions
from bot.reports.problem import ExportProblem


class Format(StrEnum):
    """The formats of an export."""

    XLSX = "xlsx"
    CSV = "csv"
    SAV = "sav"
    DTA = "dta"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is written; `raw` and `bom` concern CSV alone."""

    format: Format
    style: Style
    raw: bool = False
    bom: bool = False


_Writer = Callable[[Dataset, Style, list[Path]], None]


def ending(gathered: Gathered, manner: Manner) -> str:
    """What the file's name ends with: .zip where there is more than one file."""
    match manner.format:
        case Format.XLSX:
            return ".xlsx"
        case Format.XML:
            return ".zip"
    return ".zip" if gathered.several else f".{manner.format}"


def export(
    store: Store, gathered: Gathered, manner: Manner, path: Path, progress: Progress, *, overwrite: bool
) -> None:
    """Write it all to `path`, which appears when it is complete.

    Everything on the way stands in a folder beside it that only the owner can open, and goes in any case.

    Raises:
        ExportProblem: There is such a file and `overwrite` is false, or the format cannot hold what there is.
        OSError: The file cannot be written.
    """
    _assert_free(path, overwrite=overwrite)
    _sweep(path.parent)
    with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=path.parent) as folder:
        made = Path(folder) / "export"
        _touch(made)
        if manner.format is Format.XML:
            _zip_texts(store, gathered, manner, made, progress)
        else:
            _write_tables(dataset(store, gathered, manner.style.labels, progress), manner, made, path.suffix == ".zip")
        made.chmod(0o600)
        _assert_free(path, overwrite=overwrite)  # another export may have been faster
        made.replace(path)


_UNFINISHED = ".suivi-export-"
_FORSAKEN = timedelta(hours=1)


def _sweep(folder: Path) -> None:
    """Take away what an export that was killed has left there: answers in clear. One that runs still writes."""
    long_ago = (SystemClock().now() - _FORSAKEN).timestamp()
    for left in folder.glob(f"{_UNFINISHED}*"):
        if max(each.stat().st_mtime for each in (left, *left.iterdir())) < long_ago:
            shutil.rmtree(left, ignore_errors=True)


def _assert_free(path: Path, *, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise ExportProblem(f"{path} is there already; --overwrite replaces it")


def _write_tables(data: Dataset, manner: Manner, made: Path, zipped: bool) -> None:
    if manner.format is Format.XLSX:
        from bot.reports import excel  # noqa: PLC0415

        excel.write(data, manner.style, made)
        return
    files = [made.with_name(name) for name in _file_names(data.tables, manner.format)] if zipped else [made]
    _writer(manner)(data, manner.style, files)
    if zipped:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.name)


def _writer(manner: Manner) -> _Writer:
    match manner.format:
        case Format.SAV | Format.DTA:
            from bot.reports.spss_stata import write_spss, write_stata  # noqa: PLC0415

            return write_spss if manner.format is Format.SAV else write_stata
    from bot.reports import csv_files  # noqa: PLC0415

    return lambda data, style, files: csv_files.write(data, style, files, raw=manner.raw, bom=manner.bom)


def _zip_texts(store: Store, gathered: Gathered, manner: Manner, made: Path, progress: Progress) -> None:
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in submissions(store, gathered, manner.style.labels, progress):
            archive.writestr(name, text)


def _file_names(tables: Sequence[Table], kind: Format) -> list[str]:
    taken: set[str] = set()
    names = []
    for table in tables:
        plain = re.sub(r"[^\w-]+", "_", table.name).strip("_") or "table"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        names.append(f"{name}.{kind}")
    return names


def _touch(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
