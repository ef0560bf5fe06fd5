"""The shares that a digest tells, as JSON: kept with its frozen words, and the facts that its picture is drawn from."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from conversations.digests import Bar, Share
from conversations.model import Bilingual


@dataclass(frozen=True, slots=True)
class Drawn:
    """One finding of a picture: its title in one line and its bars; `retained` is true for a key message."""

    title: Bilingual
    bars: tuple[Bar, ...]
    retained: bool = False


def bars_to_json(bars: Iterable[Bar]) -> str:
    """The bars as text."""
    return _dumps([[each.share, each.option.en, each.option.fr] for each in bars])


def bars_from_json(text: str) -> tuple[Bar, ...]:
    """The bars that `bars_to_json` wrote; ValueError for anything else."""
    return tuple(Bar(Share(share), Bilingual(en, fr)) for share, en, fr in json.loads(text))


def picture_to_json(findings: Iterable[Drawn]) -> str:
    """The findings of a picture as text."""
    return _dumps([[each.title.en, each.title.fr, bars_to_json(each.bars), each.retained] for each in findings])


def picture_from_json(text: str) -> tuple[Drawn, ...]:
    """The findings that `picture_to_json` wrote; ValueError for anything else."""
    return tuple(
        Drawn(Bilingual(en, fr), bars_from_json(bars), retained) for en, fr, bars, retained in json.loads(text)
    )


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
