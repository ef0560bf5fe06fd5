"""Words, dates and numbers in the language of the reader, or in both side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.model import Language, Words
from locales.phrases import date_words, decimal_words, month_words, say

Joined = Callable[[dict[Language, str]], str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Says the same in each of `languages`; `join` makes one text of the versions where they differ."""

    languages: tuple[Language, ...]
    join: Joined

    def words(self, words: Words) -> str:
        """Words of the bot or of the event."""
        return self._each(lambda language: say(words, language))

    def day(self, at: datetime, zone: str) -> str:
        """A date in full."""
        local = at.astimezone(ZoneInfo(zone)).date()
        return self._each(lambda language: date_words(local, language))

    def date(self, at: datetime, zone: str) -> str:
        """A date with its month cut short."""
        local = at.astimezone(ZoneInfo(zone)).date()
        return self._each(lambda language: date_words(local, language, "medium"))

    def month(self, at: datetime, zone: str) -> str:
        """The month alone, cut short."""
        local = at.astimezone(ZoneInfo(zone)).date()
        return self._each(lambda language: month_words(local, language))

    def number(self, number: float) -> str:
        """A number with one decimal."""
        return self._each(lambda language: decimal_words(number, language))

    def _each(self, version: Callable[[Language], str]) -> str:
        return self.join({language: version(language) for language in self.languages})


def clock(at: datetime, zone: str) -> str:
    """The local time of day; 24 hours and a colon read the same in both languages."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"
