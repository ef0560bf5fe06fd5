"""How a number or a share grew from week to week: a small picture that can be read on a cheap phone.

One line, the number where it ends, and few labels. Nothing depends on a colour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby

from babel.numbers import format_decimal, format_percent
from PIL import Image, ImageDraw

from bot.drawing.lines import LEADING, Lines
from bot.drawing.paper import ACCENT, INK, PAPER, SOFT, Colour, drawable, font, png
from bot.line_breaks import cut, lines_of
from conversations.messages import counted, phrase, short
from conversations.model import Language, Words
from locales.phrases import say

WIDTH = 720
"""In pixels: two for each point of a cheap phone."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How many people, week by week.

    `title` says what is counted. `people` has a number for each week from the first on; None: it is too small to be
    shown. With `out_of`, at least 1 and no fewer than in any week, they are drawn as percent of so many people, who are
    the same in every week.

    Whoever makes the trend decides what may be shown. Two weeks next to one another also tell their difference.
    """

    title: Words
    people: tuple[int | None, ...]
    language: Language
    out_of: int | None = None


def trend_png(trend: Trend) -> bytes:
    """The trend as a PNG, `WIDTH` pixels wide and some 450 high. The same trend gives the same bytes."""
    title = _set(trend, trend.title, "Semibold", _TITLE, INK)
    unit = _set(trend, _unit(trend), "Regular", _SMALL, SOFT)
    note = _set(trend, _GAPS if None in trend.people else "", "Regular", _SMALL, SOFT)
    top = _MARGIN + title.height + unit.height + _ABOVE_THE_PLOT
    bottom = top + _PLOT
    below = bottom + _BELOW_THE_PLOT + 2 * unit.step
    picture = Image.new("RGB", (WIDTH, below + (_ABOVE_THE_NOTE + note.height if note.lines else 0) + _MARGIN), PAPER)
    pen = ImageDraw.Draw(picture)
    title.put(pen, _MARGIN)
    unit.put(pen, _MARGIN + title.height)
    note.put(pen, below + _ABOVE_THE_NOTE)
    scale = _scale(trend, top, bottom)
    _put_axes(pen, trend, scale)
    _put_line(picture, trend, scale)
    return png(picture)


_GAPS = phrase("No line: too few people.")
_WEEK = short("axis of a chart", "Week")


def _unit(trend: Trend) -> Words:
    if trend.out_of is None:
        return phrase("Number of people")
    return counted("Percent of {count} person", "Percent of {count} people", trend.out_of)


_MARGIN = 32
_TITLE = 36
_END = 34
_SMALL = 26
"""Sizes of letters: 13 points on that phone are read at arm's length."""
_MOST_LINES = 2
_ABOVE_THE_PLOT = 28
_PLOT = 190
_BELOW_THE_PLOT = 10
_ABOVE_THE_NOTE = 16
_BESIDE = 18
_GRID: Colour = (204, 204, 201)
_LINE = 5
_DOT = 8
_MOST_DOTS = 16
_MOST_WEEKS = 8
_SHARPER = 4
"""Pillow draws lines with jagged edges: they are drawn so many times larger."""


def _set(trend: Trend, words: Words, weight: str, size: int, colour: Colour) -> Lines:
    letters, room = font(weight, size), WIDTH - 2 * _MARGIN
    lines = lines_of(drawable(say(words, trend.language), trend.language), room, letters.getlength)
    return Lines(cut(lines, _MOST_LINES, room, letters.getlength), letters, colour, _MARGIN)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where on the picture the weeks, counted from 0, and the people are; `most` of these are at the top."""

    left: float
    top: int
    right: float
    bottom: int
    weeks: int
    most: int

    def at(self, week: int, people: float) -> tuple[float, float]:
        return (
            self.left + (self.right - self.left) * week / max(self.weeks - 1, 1),
            self.bottom - (self.bottom - self.top) * people / self.most,
        )


def _scale(trend: Trend, top: int, bottom: int) -> _Scale:
    most = trend.out_of or _round(max((each for each in trend.people if each is not None), default=0))
    widest = font("Semibold", _END).getlength(_told(trend, most))
    labels = font("Regular", _SMALL).getlength(_told(trend, most))
    return _Scale(_MARGIN + labels + _BESIDE, top, WIDTH - _MARGIN - widest - _BESIDE, bottom, len(trend.people), most)


def _round(people: int) -> int:
    """The first number from this one on that is easy to read, as is its half."""
    top: int = next(first * 10**zeros for zeros in count() for first in (2, 4, 6, 8, 10) if first * 10**zeros >= people)
    return top


def _told(trend: Trend, people: float) -> str:
    if trend.out_of is None:
        return format_decimal(people, locale=trend.language)
    return format_percent(people / trend.out_of, locale=trend.language)


def _put_axes(pen: ImageDraw.ImageDraw, trend: Trend, scale: _Scale) -> None:
    small = font("Regular", _SMALL)
    for people in (scale.most, scale.most / 2, 0):
        left, y = scale.at(0, people)
        pen.line((left, y, scale.right, y), fill=_GRID if people else SOFT, width=2)
        pen.text((left - _BESIDE, y), _told(trend, people), fill=SOFT, font=small, anchor="rm")
    for week in _weeks(scale.weeks):
        x, _ = scale.at(week - 1, 0)
        pen.text((x, scale.bottom + _BELOW_THE_PLOT), str(week), fill=SOFT, font=small, anchor="ma")
    middle, below = (scale.left + scale.right) / 2, scale.bottom + _BELOW_THE_PLOT + round(_SMALL * LEADING)
    pen.text((middle, below), say(_WEEK, trend.language), fill=SOFT, font=small, anchor="ma")


def _weeks(weeks: int) -> Iterator[int]:
    """Those that are named, from 1: each, or the first and then by months or quarters."""
    step = next(each for each in (1, 4, 13, weeks) if weeks <= _MOST_WEEKS * each)
    return (week for week in range(1, weeks + 1) if week == 1 or week % step == 0)


def _put_line(picture: Image.Image, trend: Trend, scale: _Scale) -> None:
    """A line through the weeks that follow one another, and the number at its end."""
    runs = list(_runs(trend.people))
    if not runs:
        return
    mask = Image.new("L", (WIDTH * _SHARPER, picture.height * _SHARPER))
    pen, radius = ImageDraw.Draw(mask), _DOT * _SHARPER
    for run in runs:
        points = [(x * _SHARPER, y * _SHARPER) for x, y in (scale.at(week, people) for week, people in run)]
        pen.line(points, fill=255, width=_LINE * _SHARPER, joint="curve")
        for x, y in points if scale.weeks <= _MOST_DOTS else (points[0], points[-1]):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    week, people = runs[-1][-1]
    x, y = scale.at(week, people)
    ImageDraw.Draw(picture).text(
        (x + _BESIDE, y),
        _told(trend, people),
        fill=INK,
        font=font("Semibold", _END),
        anchor="lm",
        stroke_width=6,
        stroke_fill=PAPER,
    )
    picture.paste(ACCENT, mask=mask.resize(picture.size, Image.Resampling.BOX))


def _runs(people: Sequence[int | None]) -> Iterator[list[tuple[int, int]]]:
    """The weeks without a gap between them, counted from 0, and their people."""
    for shown, weeks in groupby(enumerate(people), lambda week: week[1] is not None):
        if shown:
            yield [(week, number) for week, number in weeks if number is not None]
