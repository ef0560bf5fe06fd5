"""What the command `suivi recall` tells: figures as values, and the same in words and columns.

It never predicts: whatever stands here was answered by somebody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.reports.columns import in_columns
from conversations.digests import SMALLEST_CELL
from conversations.intervals import wilson
from conversations.model import Event
from conversations.timing import Anchor
from conversations.waves import Distance, distances
from storage.learning import Check, Learning, Pair

Row = dict[str, Any]
"""A line of figures by their names; a hidden one is None."""

_COUNTED: Final = ("asked", "answered", "right")
_PAIRED: Final = ("both", "only_first", "only_second", "neither")
_SPLIT: Final = ("language", "held_back")


@dataclass(frozen=True, slots=True)
class View:
    """How figures are looked at: split by language, split by who is held back, small counts and all."""

    by_language: bool = False
    by_group: bool = False
    everything: bool = False

    @property
    def split(self) -> tuple[str, ...]:
        """The names of what figures are split by."""
        return tuple(name for name, wanted in zip(_SPLIT, (self.by_language, self.by_group), strict=True) if wanted)


def figures(event: Event, found: Learning, view: View) -> Row:
    """What is told, as JSON takes it. `event` is the newest revision.

    `checks` has each key message and wave: people asked, answered and right, the `share` of right answers from 0 to 1,
    and the ends `low` and `high` of its 95 % interval. `pairs` has people who `answered` the same item in both of two
    waves, `refreshers` those whom refreshers asked for the n-th time. Waves count from 1. Where fewer than
    `hidden_below` people answered, figures are None, apart from who was asked.
    """
    fewest = 0 if view.everything else SMALLEST_CELL
    away = distances(event)
    return {
        "event": event.code,
        "hold_back": event.policy.hold_back,
        "hidden_below": fewest,
        "checks": [
            _check(row, away.get(row["occurrence"]), fewest)
            for row in _summed(found.checks, ("message", "occurrence", *view.split), _COUNTED)
        ],
        "pairs": [
            _pair(row, fewest) for row in _summed(found.pairs, ("message", "first", "second", *view.split), _PAIRED)
        ],
        "refreshers": [_hidden(asdict(each), ("answered", "right", "sure"), fewest) for each in found.askings],
        "reworded": list(found.reworded),
        "cannot_be_told": _cannot_be_told(event, found, view),
    }


def told(counted: Row, view: View) -> list[str]:
    """The same as lines for a terminal."""
    if not counted["checks"] and not counted["refreshers"]:
        return ["Nobody has been asked for a key message yet."]
    tables = (_checks_told, _pairs_told, _refreshers_told)
    lines = [line for table in tables for line in table(counted, view)]
    return [*lines, *counted["cannot_be_told"]]


def _summed(found: Iterable[Check | Pair], by: Sequence[str], counts: Sequence[str]) -> Iterator[Row]:
    """Those that are alike in all that `by` names, with their `counts` added up, in the order in which they come."""
    sums: dict[tuple[object, ...], Row] = {}
    for row in map(asdict, found):
        place = {name: row[name] for name in by}
        total = sums.setdefault(tuple(place.values()), place | dict.fromkeys(counts, 0))
        for name in counts:
            total[name] += row[name]
    return iter(sums.values())


def _check(row: Row, planned: Distance | None, fewest: int) -> Row:
    right, answered = row["right"], row["answered"]
    low, high = wilson(right, answered) if answered else (None, None)
    wave = {"message": row["message"], "wave": row["occurrence"] + 1, "planned": asdict(planned) if planned else None}
    split = {name: row[name] for name in _SPLIT if name in row}
    shares = {"share": right / answered if answered else None, "low": low, "high": high}
    counts = {name: row[name] for name in _COUNTED}
    return _hidden(wave | split | counts | shares, ("answered", "right", *shares), fewest)


def _pair(row: Row, fewest: int) -> Row:
    waves = {"message": row["message"], "first": row["first"] + 1, "second": row["second"] + 1}
    split = {name: row[name] for name in _SPLIT if name in row}
    counts = {name: row[name] for name in _PAIRED}
    return _hidden(waves | split | {"answered": sum(counts.values())} | counts, ("answered", *_PAIRED), fewest)


def _hidden(row: Row, names: Iterable[str], fewest: int) -> Row:
    return row | dict.fromkeys(names) if row["answered"] < fewest else row


def _checks_told(counted: Row, view: View) -> Iterator[str]:
    header = ("key message", "planned", *_split_header(view), "wave", "asked", "answered", "right", "share", "95 %")
    rows = [
        (
            row["message"],
            _distance(row["planned"]),
            *_split(row),
            row["wave"],
            row["asked"],
            *_counts(row),
            *_share(row),
        )
        for row in counted["checks"]
    ]
    yield from _table("Recall checks", header, rows, 2 + len(view.split))


def _pairs_told(counted: Row, view: View) -> Iterator[str]:
    header = ("key message", *_split_header(view), "waves", "answered both", "right in both", "only in the first")
    rows = [
        (row["message"], *_split(row), f"{row['first']} and {row['second']}", *_counts(row, *_PAIRED))
        for row in counted["pairs"]
    ]
    yield from _table(
        "The same people in two waves", (*header, "only in the second", "in neither"), rows, 1 + len(view.split)
    )


def _refreshers_told(counted: Row, _: View) -> Iterator[str]:
    header = ("key message", "time", "asked", "answered", "right", "right and sure")
    rows = [
        (row["message"], row["asking"], row["asked"], *_counts(row, "right", "sure")) for row in counted["refreshers"]
    ]
    yield from _table("Refreshers, by how often they have asked", header, rows, 1)


def _table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]], words: int) -> Iterator[str]:
    if rows:
        yield from (title, *in_columns(header, rows, words), "")


def _split_header(view: View) -> tuple[str, ...]:
    return tuple("group" if name == "held_back" else name for name in view.split)


def _split(row: Row) -> Iterator[str]:
    if "language" in row:
        yield row["language"]
    if "held_back" in row:
        yield "held back" if row["held_back"] else "refreshers"


def _counts(row: Row, *others: str) -> Iterator[object]:
    if row["answered"] is None:
        yield f"<{SMALLEST_CELL}"
        yield from "-" * len(others or ("right",))
        return
    yield from (row[name] for name in ("answered", *(others or ("right",))))


def _share(row: Row) -> tuple[str, str]:
    if row["share"] is None:
        return "-", "-"
    return f"{row['share']:.0%}", f"{row['low']:.0%} to {row['high']:.0%}"


def _distance(planned: Mapping[str, Any] | None) -> str:
    if planned is None:
        return "no longer"
    days = planned["days"]
    base = {Anchor.ENROLMENT: "joining", Anchor.COMPLETION: planned["after"]}.get(planned["since"], "the end")
    return f"{abs(days)} day{'s' if abs(days) != 1 else ''} {'before' if days < 0 else 'after'} {base}"


def _cannot_be_told(event: Event, found: Learning, view: View) -> list[str]:
    """What nobody should read out of the figures."""
    held_back = event.policy.hold_back
    sentences = (
        (True, _ABSENCE),
        (held_back > 0, _HELD_BACK.format(percent=held_back)),
        (held_back == 0, _NO_COMPARISON),
        (bool(found.askings), _ASKED_AGAIN),
        (view.by_language, _LANGUAGE),
        (bool(found.reworded), _REWORDED.format(names=", ".join(found.reworded))),
        (not view.everything, _SMALL.format(fewest=SMALLEST_CELL)),
    )
    return [sentence for holds, sentence in sentences if holds]


_ABSENCE = (
    "Shares are of those who answered. Who answers differs from who does not, and what the others recall nobody knows. "
    "An interval tells what chance can do among so many answers, not what is missing with those who gave none."
)
_HELD_BACK = (
    "Chance keeps {percent} in a hundred people from refreshers until the last recall check. Only the difference "
    "between the two groups (--by-group) can tell what refreshers do, and only as far as the same kind of people "
    "answer in both."
)
_NO_COMPARISON = (
    "Nobody is held back from refreshers by chance: what refreshers do cannot be told. People recall and forget for "
    "other reasons too, and being asked is itself practice."
)
_ASKED_AGAIN = (
    "Refreshers ask again for what was missed, on everybody’s own calendar: from one time to the next it is not the "
    "same people who are asked."
)
_LANGUAGE = "A language is the one that the chat speaks now."
_REWORDED = (
    "Not the same words in all revisions: {names}. Only those who answered the same words twice are paired; a wave "
    "counts all of them."
)
_SMALL = (
    "Figures of fewer than {fewest} answers are hidden, and can at times be worked out from the others; --all shows "
    "them. None of this is for a group chat."
)
