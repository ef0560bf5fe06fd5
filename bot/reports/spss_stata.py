"""The dataset as files of SPSS (.sav) and Stata (.dta), one for each table.

Importing this module loads pandas and pyreadstat; import it where it is used. A table stands in memory as a whole.
"""

import errno
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, count
from math import isfinite
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyreadstat

from bot.reports.dataset import Blank, Cell, Column, Dataset, Kind, Labels, Part, Style, Table, shown
from bot.reports.variables import SPSS, STATA, Rules, cut, label, names
from conversations.model import Bilingual

_SKIPPED = Bilingual("Skipped", "Question passée")
_NO_YES = (Bilingual("No", "Non"), Bilingual("Yes", "Oui"))
_SKIPPED_CODES = (-99, -999, -9_999, -99_999, -999_999, -9_999_999_999)
_MOST_DECIMALS = 10
_DECIMALS_OF_A_DEGREE = 6  # a tenth of a metre
_WIDEST = 40  # https://www.ibm.com/docs/en/spss-statistics/31.0.0?topic=formats-numeric-variable
_STATA_SKIPPED = "a"  # the extended missing value .a
_NUMBERS = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.FLAG, Kind.CHOICE, Kind.COMPUTED})
_DATES: Final[Mapping[Kind, type]] = {Kind.DATE: date, Kind.DATETIME: datetime, Kind.TIME: time}
_SPSS_FORMATS = {Kind.DATE: "SDATE10", Kind.DATETIME: "DATETIME20", Kind.TIME: "TIME8"}
_STATA_FORMATS = {Kind.DATE: "%td", Kind.DATETIME: "%tc", Kind.TIME: "%tcHH:MM:SS"}
_MEASURES = {Kind.CHOICE: "nominal", Kind.FLAG: "nominal", Kind.WHOLE: "scale", Kind.NUMBER: "scale"}


@dataclass(slots=True)
class _Variable:
    """One column on its way: its values as pandas has them, and what the program is told about them."""

    values: list[Any]
    dtype: str
    labels: dict[float, str] = field(default_factory=dict)
    skipped: int | None = None
    format: str = ""


@contextmanager
def _written() -> Iterator[None]:
    try:
        yield
    except pyreadstat.ReadstatError as error:  # a full disk, say
        raise OSError(errno.EIO, str(error)) from error


@_written()
def write_spss(dataset: Dataset, style: Style, paths: Sequence[Path]) -> None:
    """Write each table to its path. OSError when a file cannot be written.

    One of several choices is a number with labels (the name itself where all names are whole numbers), and whether an
    option was chosen is 0 or 1 with labels. A question that was skipped is a user-missing value, one that was not asked
    a system-missing one; texts are empty for both. Dates are dates; instants are those that the person's clock showed.
    Labels are in the style's language.
    """
    for table, path, columns in _by_table(dataset, paths):
        variables = [_variable(*each, style.labels, SPSS) for each in zip(table.columns, columns, strict=True)]
        fitted = dict(zip(names(table.columns, SPSS), variables, strict=True))
        pyreadstat.write_sav(
            _frame(fitted),
            path,
            file_label=cut(style.labels.of(table.title, table.name), 60),
            column_labels=_column_labels(table, style, SPSS),
            row_compress=True,
            variable_value_labels={name: dict(each.labels) for name, each in fitted.items() if each.labels},
            missing_ranges={name: [each.skipped] for name, each in fitted.items() if each.skipped is not None},
            variable_format={name: each.format for name, each in fitted.items() if each.format},
            variable_measure={
                name: _MEASURES.get(column.kind, "nominal") for name, column in zip(fitted, table.columns, strict=True)
            },
        )


@_written()
def write_stata(dataset: Dataset, style: Style, paths: Sequence[Path]) -> None:
    """The same for Stata 14 and later; a question that was skipped has the extended missing value .a."""
    for table, path, columns in _by_table(dataset, paths):
        variables = [_variable(*each, style.labels, STATA) for each in zip(table.columns, columns, strict=True)]
        fitted = dict(zip(names(table.columns, STATA), variables, strict=True))
        skipped = {name: each.skipped for name, each in fitted.items() if each.skipped is not None}
        for name, code in skipped.items():
            fitted[name].values = [_STATA_SKIPPED if value == code else value for value in fitted[name].values]
            fitted[name].dtype = "object"
        pyreadstat.write_dta(
            _frame(fitted),
            path,
            file_label=cut(style.labels.of(table.title, table.name), 80),
            column_labels=_column_labels(table, style, STATA),
            version=15,
            variable_value_labels={name: _stata_labels(each) for name, each in fitted.items() if each.labels},
            missing_user_values={name: [_STATA_SKIPPED] for name in skipped},
            variable_format={name: each.format for name, each in fitted.items() if each.format},
        )


def _stata_labels(variable: _Variable) -> dict[Any, str]:
    return {_STATA_SKIPPED if code == variable.skipped else code: label for code, label in variable.labels.items()}


def _by_table(dataset: Dataset, paths: Sequence[Path]) -> list[tuple[Table, Path, list[list[Cell]]]]:
    collected: list[list[list[Cell]]] = [[[] for _ in table.columns] for table in dataset.tables]
    for line in dataset.lines:
        for values, cell in zip(collected[line.table], line.cells, strict=True):
            values.append(cell)
    return list(zip(dataset.tables, paths, collected, strict=True))


def _column_labels(table: Table, style: Style, rules: Rules) -> list[str | None]:
    return [label(column, style, rules) for column in table.columns]


def _frame(variables: Mapping[str, _Variable]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(each.values, dtype=each.dtype) for name, each in variables.items()})


def _variable(column: Column, cells: Sequence[Cell], labels: Labels, rules: Rules) -> _Variable:
    given = [cell for cell in cells if not isinstance(cell, Blank)]
    if column.kind in _DATES and all(type(cell) is _DATES[column.kind] for cell in given):
        return _dated(column.kind, cells, rules)
    if column.kind is Kind.CHOICE:
        return _coded(column, cells, labels, rules)
    if column.kind in _NUMBERS and all(isinstance(cell, int | float) for cell in given):
        return _numeric(column, cells, labels, rules)
    return _Variable([_text(column, cell, labels) for cell in cells], "str")


def _dated(kind: Kind, cells: Sequence[Cell], rules: Rules) -> _Variable:
    values = [None if isinstance(cell, Blank) else _plain(cell) for cell in cells]
    formats = _SPSS_FORMATS if rules is SPSS else _STATA_FORMATS
    return _Variable(values, "object" if any(values) else "float64", format=formats[kind])


def _plain(cell: Cell) -> Cell:
    """What the person's clock showed: to neither program does a zone mean anything."""
    match cell:
        case datetime():
            return cell.replace(tzinfo=None, microsecond=cell.microsecond // 1000 * 1000)
        case time():
            return cell.replace(tzinfo=None)
    return cell


def _coded(column: Column, cells: Sequence[Cell], labels: Labels, rules: Rules) -> _Variable:
    codes = _codes([*column.options, *(cell for cell in cells if isinstance(cell, str))])
    values, skipped = _numbers(cells, lambda cell: codes[str(cell)], set(codes.values()))
    named = {float(code): cut(shown(column, name, labels), rules.longest_value_label) for name, code in codes.items()}
    return _Variable(values, "float64", _with_skipped(named, skipped, labels), skipped, _whole_format(rules))


def _codes(names_of_options: Sequence[str]) -> dict[str, int]:
    """A number for each name: the name itself where all are whole numbers, otherwise its place from 1."""
    unique = list(dict.fromkeys(names_of_options))
    if all(name.removeprefix("-").isdecimal() and str(int(name)) == name and abs(int(name)) < 10**6 for name in unique):
        return {name: int(name) for name in unique}
    return {name: place for place, name in enumerate(unique, start=1)}


def _numeric(column: Column, cells: Sequence[Cell], labels: Labels, rules: Rules) -> _Variable:
    values, skipped = _numbers(cells, lambda cell: float(cell) if isinstance(cell, int | float) else float("nan"))
    named = {float(code): words.in_language(labels.language) for code, words in enumerate(_NO_YES)}
    told = _with_skipped(named if column.kind is Kind.FLAG else {}, skipped, labels)
    pattern = _whole_format(rules)
    if column.kind not in (Kind.WHOLE, Kind.FLAG):
        pattern = _decimal_format(column, [each for each in values if each != skipped]) if rules is SPSS else ""
    return _Variable(values, "float64", told, skipped, pattern)


def _numbers(
    cells: Sequence[Cell], convert: Callable[[Cell], float], taken: Collection[float] = ()
) -> tuple[list[float], int | None]:
    """The cells as numbers, and the number that stands for a skipped question, None when none was skipped.

    It is neither somebody's answer nor among those that are `taken`.
    """
    known = [None if isinstance(cell, Blank) else convert(cell) for cell in cells]
    others = {*known, *taken}
    code = next(each for each in chain(_SKIPPED_CODES, count(_SKIPPED_CODES[-1], -1)) if each not in others)
    blanks = {Blank.SKIPPED: float(code), Blank.NOT_ASKED: float("nan")}
    values = [
        blanks[cell] if isinstance(cell, Blank) else float(number or 0)
        for cell, number in zip(cells, known, strict=True)
    ]
    return values, code if Blank.SKIPPED in cells else None


def _with_skipped(named: dict[float, str], skipped: int | None, labels: Labels) -> dict[float, str]:
    if skipped is not None:
        named[float(skipped)] = _SKIPPED.in_language(labels.language)
    return named


def _whole_format(rules: Rules) -> str:
    return "F11.0" if rules is SPSS else "%11.0g"


def _decimal_format(column: Column, values: Sequence[float]) -> str:
    """As many decimals as the numbers have: SPSS would show two. Those of a place are there without any answer, too."""
    written = [f"{Decimal(repr(abs(value))):.{_MOST_DECIMALS}f}".rstrip("0") for value in values if isfinite(value)]
    decimals = max((len(each.partition(".")[2]) for each in written), default=0)
    if column.part in (Part.LATITUDE, Part.LONGITUDE):
        decimals = max(decimals, _DECIMALS_OF_A_DEGREE)
    digits = max((len(each.partition(".")[0]) for each in written), default=0)
    return f"F{min(max(digits + decimals + len('-.'), 11), _WIDEST)}.{decimals}"


def _text(column: Column, cell: Cell, labels: Labels) -> str:
    match cell:
        case Blank():
            return ""
        case str() | tuple():
            written = shown(column, cell, labels)
        case datetime() | date() | time():
            written = cell.isoformat()
        case _:
            written = str(cell)
    # Both programs end a text at a NUL.
    return written.replace("\0", "\N{SYMBOL FOR NULL}")
