"""The rehearsal as one page of HTML: self-contained, without scripts, in the reader's language or in both."""

from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from bot.rehearsal import words
from bot.rehearsal.frame import Frame, clock
from bot.rehearsal.outcomes import Rehearsal, moments, stretches
from bot.rehearsal.picture import Axis, shade
from conversations.model import Language, Words

_HERE = Path(__file__).parent
_NAMES = {Language.EN: "English", Language.FR: "français"}


class _Spoken(Frame):
    """A frame that a template can call: `t(words)`."""

    def __call__(self, said: Words) -> str:
        return self.words(said)


def page(rehearsal: Rehearsal, languages: tuple[Language, ...]) -> str:
    """The page, in one language or with a switch between two. All that people wrote is escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((_HERE / "page.html").read_text(encoding="utf-8"))
    axis = Axis.of(rehearsal)
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
        months=list(axis.ticks()),
        strip_of=axis.strip,
        shade=shade,
        moments=moments,
        stretches=stretches,
        language_name=_language_name,
        city=lambda zone: zone.rpartition("/")[2].replace("_", " "),
    )


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
