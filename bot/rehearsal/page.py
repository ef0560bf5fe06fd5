"""The rehearsal as one page of HTML: self-contained, without scripts, in the reader's language or in both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from bot.rehearsal import words
from bot.rehearsal.frame import Frame, clock
from bot.rehearsal.outcomes import Fate, Outcome, Rehearsal, moments, stretches
from conversations.model import Language, TouchpointKind, Words

_HERE = Path(__file__).parent
_NAMES = {Language.EN: "English", Language.FR: "français"}


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month in the calendar, `place` per cent of the way through it."""

    at: datetime
    place: float


class _Spoken(Frame):
    """A frame that a template can call: `t(words)`."""

    def __call__(self, said: Words) -> str:
        return self.words(said)


def page(rehearsal: Rehearsal, languages: tuple[Language, ...]) -> str:
    """The page, in one language or with a switch between two. All that people wrote is escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((_HERE / "page.html").read_text(encoding="utf-8"))
    plain = Frame(languages, lambda versions: " · ".join(dict.fromkeys(versions.values())))
    return template.render(
        r=rehearsal,
        event=rehearsal.event,
        w=words,
        t=_Spoken(languages, _marked),
        plain=plain.words,
        first=languages[0],
        both=len(languages) > 1,
        css=Markup((_HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704 # our own file
        clock=clock,
        months=list(_months(rehearsal)),
        place=lambda at: _place(rehearsal, at),
        shade=shade,
        moments=moments,
        stretches=stretches,
        language_name=_language_name,
        city=lambda zone: zone.rpartition("/")[2].replace("_", " "),
    )


def shade(fate: Fate) -> str:
    """How a planned thing is drawn: answered (or posted), received, or withheld."""
    if not fate.sent:
        return "withheld"
    return "answered" if fate.outcome is Outcome.ANSWERED or fate.kind is TouchpointKind.DIGEST else "received"


def _marked(versions: dict[Language, str]) -> Markup:
    """One version where all are the same; else each with its language, for the switch to choose from."""
    if len(set(versions.values())) == 1 and len(versions) == 1:
        return Markup(escape(next(iter(versions.values()))))  # noqa: S704 # escaped here
    parts = (
        Markup('<span class="t" lang="{}">{}</span>').format(language, text) for language, text in versions.items()
    )
    return Markup("").join(parts)


def _language_name(language: Language) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(language, _NAMES[language])


def _months(rehearsal: Rehearsal) -> Iterator[Tick]:
    local = rehearsal.start.astimezone(ZoneInfo(rehearsal.event.timezone)).replace(day=1, hour=0, minute=0)
    while True:
        local = (local + timedelta(days=32)).replace(day=1)
        if local >= rehearsal.end:
            return
        yield Tick(local, _place(rehearsal, local))


def _place(rehearsal: Rehearsal, at: datetime) -> float:
    length = (rehearsal.end - rehearsal.start) or timedelta(days=1)
    return round(100 * min(1.0, max(0.0, (at - rehearsal.start) / length)), 2)
