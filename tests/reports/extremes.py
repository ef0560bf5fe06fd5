"""Figures that no event has had yet, and may: long names, many series, nothing, everything, and too much of it."""

from dataclasses import replace

from conversations.model import Bilingual
from conversations.report.values import Cell, Figure, Series
from tests.reports.published import (
    AGREEMENT,
    CHANGE,
    CONNECTIONS,
    CYCLE,
    PROGRESS,
    RECALL,
    RESPONSE,
    SHOWN,
    SQUARE,
    cells,
    measured,
)

SENTENCE = " ".join(["Organisations à base communautaire de femmes et de jeunes"] * 3)
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2


def same(*words: str) -> tuple[Bilingual, ...]:
    return tuple(Bilingual(each, each) for each in words)


def series(*named: tuple[str, tuple[Cell, ...]]) -> tuple[Series, ...]:
    return tuple(Series(Bilingual(name, name), its) for name, its in named)


def cycle(stages: int) -> Figure:
    names = ("Knowledge created before the event", SENTENCE[:60], "Passed on", SENTENCE, WORD[:40], "Kept", "Applied")
    shares = cells(32, 32, 0, None, 1, 16, 31, 5)
    return replace(CYCLE, name=f"cycle-{stages}", rows=same(*names[:stages]), series=(Series(SHOWN, shares[:stages]),))


def agreement(agreeing: int, disagreeing: int) -> Figure:
    sides = (True,) * agreeing + (None,) + (False,) * disagreeing
    levels = tuple(
        Series(Bilingual(f"Level {place}", f"Niveau {place}"), cells(100, 10, 9 + place), positive=side)
        for place, side in enumerate(sides)
    )
    return replace(AGREEMENT, rows=same("At the event", "A year later"), series=levels)


EXTREMES: tuple[Figure, ...] = (
    *map(cycle, range(1, 8)),
    agreement(1, 1),
    agreement(3, 3),
    replace(
        RESPONSE,
        rows=same(SENTENCE, WORD, "Everybody", "All hidden"),
        series=series(
            (SENTENCE, cells(100, 97, 3, 0, None)),
            ("Not reached", cells(100, 3, 94, 100, None)),
            (WORD, cells(100, 0, 3, 0, None)),
            ("Declined", cells(100, 0, 0, 0, None)),
            ("Not asked", cells(100, None, None, None, None)),
        ),
    ),
    replace(
        CONNECTIONS,
        rows=same(SENTENCE, WORD, "All", "None", "Nobody was asked", "Hidden"),
        series=(Series(SHOWN, (*cells(30, 16, 29, 30, 0), Cell(0, 0), Cell(None, 30))),),
    ),
    replace(
        SQUARE,
        rows=same(WORD, SENTENCE),
        series=series((SENTENCE, cells(32, 32, 0)), (WORD, cells(32, None, 7))),
    ),
    replace(
        RECALL,
        rows=same(SENTENCE, "Decide together"),
        series=series(
            (SENTENCE, measured(40, 40, 0)),
            ("After 30 days", measured(40, 20, None)),
            ("After 90 days, and a long name", measured(7, 5, 6)),
            ("After a year", measured(200, 100, 190)),
        ),
    ),
    replace(
        CHANGE,
        rows=same("The same", "Down", "Far up", "Far down", "Close", SENTENCE, "Both hidden", "The first hidden"),
        series=series(
            ("Three months after the regional meeting in November", cells(25, 10, 20, 0, 25, 12, 5, None, None)),
            ("A year later", cells(25, 10, 5, 25, 0, 13, 20, None, 10)),
        ),
    ),
    replace(
        PROGRESS,
        rows=same(SENTENCE, "Far beyond", "Reached", "Beyond", "Hidden", "Without a target", "Nothing was aimed at"),
        series=(
            Series(
                SHOWN,
                (
                    Cell(1, 3),
                    Cell(35_000_000, 10_000),
                    Cell(5, 5),
                    Cell(12, 10),
                    Cell(None, 10),
                    Cell(1_234, None),
                    Cell(5, 0),
                ),
            ),
        ),
    ),
)
LONGEST = replace(
    CONNECTIONS,
    name="by-country",
    rows=same(*(f"Country {number}" for number in range(70))),
    series=(Series(SHOWN, cells(100, *range(99, 29, -1))),),
)
"""More rows than a page holds."""
