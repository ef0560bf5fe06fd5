"""Words as JSON, and back to values that are equal: phrases keep what fills them, whatever it is."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from conversations.model import Bilingual, Month, Percent, Phrase, PhraseValue, Words

Json = Any


def plain_words(said: PhraseValue) -> Json:
    """Words, or what fills them, as what JSON can hold."""
    match said:
        case str() | int():
            return said
        case Bilingual(en, fr):
            return {"en": en, "fr": fr}
        case Phrase():
            values = {name: plain_words(value) for name, value in said.values}
            told = {"say": said.msgid, "context": said.context, "plural": said.plural, "count": said.count}
            return {**told, "in": values}
        case Month(year, month):
            return {"month": [year, month]}
        case Percent(share):
            return {"percent": str(share)}
        case Decimal():
            return {"decimal": str(said)}
        case datetime() | date() | time():
            return {type(said).__name__: said.isoformat()}


_READERS: dict[str, Callable[[Json], PhraseValue]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "month": lambda pair: Month(*pair),
    "percent": lambda share: Percent(Fraction(share)),
}


def words_of(plain: Json) -> Words:
    """The words again; ValueError, KeyError or TypeError for anything else."""
    said = _value_of(plain)
    if not isinstance(said, str | Bilingual | Phrase):
        raise ValueError(plain)
    return said


def _value_of(plain: Json) -> PhraseValue:
    if isinstance(plain, str | int):
        return plain
    if "say" in plain:
        values = tuple((name, _value_of(value)) for name, value in sorted(plain["in"].items()))
        return Phrase(plain["say"], plain["context"], plain["plural"], plain["count"], values)
    if "en" in plain:
        return Bilingual(plain["en"], plain["fr"])
    [(kind, value)] = plain.items()
    return _READERS[kind](value)
