"""The readiness report as text for a terminal: by what there is to do, and never a wall of it."""

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

import click

from bot.readiness import words
from bot.readiness.finding import Finding, Kind
from bot.readiness.report import FOR_INFORMATION, Report, Status
from bot.workbook.errors import by_line
from conversations.model import Language, Words
from locales.phrases import say

_WIDTH = 100
_SHOWN_TOGETHER = 4
"""Findings with the same remedy; the others are counted."""
_SHOWN_FOR_INFORMATION = 2
_SHOWN_IN_A_SECTION = 12
_ROWS_SHOWN = 12
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_COLOURS = {Status.BLOCKED: "red", Status.READY_WITH_REMARKS: "yellow", Status.READY: "green"}


def text(report: Report, language: Language, *, everything: bool = False) -> str:
    """The report in that language; long lists are cut unless `everything` is wanted. Colours are ANSI sequences."""
    return "\n".join(_Writer(report, language, everything=everything).lines())


def _side_by_side(found: list[Finding]) -> list[list[Finding]]:
    """The findings, those together that say the same of further rows of a column."""
    cells: dict[tuple[object, ...], list[Finding]] = {}
    for each in found:
        alone = each if each.row is None or not each.column else None
        cells.setdefault((each.sheet, each.column, each.problem, alone), []).append(each)
    return list(cells.values())


def _most_of(kind: Kind) -> int:
    return _SHOWN_FOR_INFORMATION if kind in FOR_INFORMATION else _SHOWN_TOGETHER


class _Writer:
    def __init__(self, report: Report, language: Language, *, everything: bool) -> None:
        self._report = report
        self._language = language
        self._everything = everything
        self._by_line = by_line(report.file)

    def lines(self) -> Iterator[str]:
        report = self._report
        yield click.style(self._say(words.verdict(report)), fg=_COLOURS[report.status], bold=True)
        yield from self._figures()
        for title, kinds in words.SECTIONS:
            found = [each for each in report.findings if each.kind in kinds]
            if found:
                yield ""
                # What is told for information is no remark, and not counted with them.
                number = "" if FOR_INFORMATION.issuperset(kinds) else f" ({len(found)})"
                yield click.style(f"{self._say(title)}{number}", bold=True)
                yield from self._section(found)
        if report.event is None:
            yield ""
            yield self._say(words.MORE_WHEN_MENDED)

    def _figures(self) -> Iterator[str]:
        report = self._report
        if report.event is not None and not report.plain:
            yield from self._wrapped(self._say(words.contents(report.event)))
        if report.rows.total:
            yield from self._figure(words.IN_A_CHAT, self._say(words.rows(report)))
        for length in report.lengths:
            said = words.length(length)
            told = words.at_place(length.name, said) if len(report.lengths) > 1 else said
            yield from self._figure(words.LENGTH, self._say(told))
        if report.levels:
            yield from self._figure(
                words.READING_LEVEL, " · ".join(self._say(words.level(each)) for each in report.levels)
            )

    def _figure(self, name: Words, value: str) -> Iterator[str]:
        yield from self._wrapped(f"{self._say(name)} · {value}", "  ", "    ")

    def _section(self, found: list[Finding]) -> Iterator[str]:
        """Findings that have the same remedy stand together above it."""
        groups: dict[tuple[Kind, str], list[Finding]] = {}
        for each in found:
            groups.setdefault((each.kind, self._say(each.remedy)), []).append(each)
        room, unseen = _SHOWN_IN_A_SECTION, 0
        for (kind, remedy), group in groups.items():
            cells = [[each] for each in group] if self._everything else _side_by_side(group)
            shown = cells if self._everything else cells[: min(_most_of(kind), room)]
            room -= len(shown)
            hidden = sum(map(len, cells[len(shown) :]))
            if not shown:
                unseen += hidden
                continue
            for together in shown:
                yield from self._wrapped(self._told(together), "  ", "      ")
            if hidden:
                yield self._more(hidden)
            yield from self._wrapped(f"→ {remedy}", "    ", "      ")
        if unseen:
            yield self._more(unseen)

    def _more(self, count: int) -> str:
        return f"  … {self._say(words.and_more(count))}"

    def _told(self, cells: list[Finding]) -> str:
        """Where it is and what; cells of one column of which the same is said are told by their rows."""
        first, rows = cells[0], [each.row for each in cells if each.row is not None]
        shown = rows[:_ROWS_SHOWN]
        numbered = words.rows_named(shown, lines=self._by_line, more=len(rows) > len(shown)) if rows else ""
        places = (first.sheet, self._say(numbered), first.name if len(cells) == 1 else "", first.column)
        place = " · ".join(each for each in places if each)
        return self._say(words.at_place(place, first.problem) if place else first.problem)

    def _wrapped(self, line: str, first: str = "", rest: str = "  ") -> Iterable[str]:
        return wrap(line, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)

    def _say(self, said: Words) -> str:
        # What an author wrote must not steer the terminal.
        return _CONTROL.sub(" ", say(said, self._language))
