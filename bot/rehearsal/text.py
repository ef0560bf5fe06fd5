"""The rehearsal as plain text, for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import indent

from bot.rehearsal import words
from bot.rehearsal.frame import Frame, clock
from bot.rehearsal.outcomes import Fate, GroupLife, Life, Rehearsal, moments, stretches
from bot.rehearsal.record import Bubble
from conversations.model import Language, Words

_MARGIN = "    "


def text(rehearsal: Rehearsal, languages: tuple[Language, ...]) -> str:
    """All of it: what each persona was told and tapped, what became of each plan, and what the group read."""
    frame = Frame(languages, lambda versions: " / ".join(dict.fromkeys(versions.values())))
    return "\n".join(_Writer(frame, rehearsal).lines()) + "\n"


class _Writer:
    def __init__(self, frame: Frame, rehearsal: Rehearsal) -> None:
        self._frame = frame
        self._rehearsal = rehearsal

    def lines(self) -> Iterator[str]:
        frame, rehearsal = self._frame, self._rehearsal
        zone = rehearsal.event.timezone
        yield _ruled(f"{frame.words(words.REHEARSAL)} · {frame.words(rehearsal.event.title)}", "=")
        yield f"{frame.date(rehearsal.start, zone)} – {frame.date(rehearsal.end, zone)}"
        yield frame.words(words.cast(rehearsal))
        yield from (frame.words(words.no_answer(name)) for name in rehearsal.unanswered)
        yield ""
        for life in rehearsal.lives:
            yield from self._life(life)
        for group in rehearsal.groups:
            yield _ruled(f"{frame.words(words.THE_GROUP)} ({group.language})", "-")
            yield from self._talk(group, zone, "Grace")
            yield from self._fates(group.fates, zone)
        yield frame.words(words.HOW_IT_WAS_MADE)
        yield frame.words(words.made_by(rehearsal))

    def _life(self, life: Life) -> Iterator[str]:
        frame, persona, figures = self._frame, life.persona, life.figures
        yield _ruled(f"{persona.name} ({persona.language}, {persona.zone}) · {frame.words(life.about)}", "-")
        yield f"{frame.words(words.JOINED)} {self._stamp(life.joined, persona.zone)}"
        if life.blocked is not None:
            yield f"{frame.words(words.BLOCKED)} {self._stamp(life.blocked, persona.zone)}"
        yield self._figure(words.RECEIVED, str(figures.sent))
        yield self._figure(words.ANSWERED, str(figures.answered))
        yield self._figure(words.MOST_A_WEEK, str(figures.most_a_week))
        yield self._figure(words.MEAN_A_WEEK, frame.number(figures.mean_a_week))
        if figures.earliest is not None and figures.latest is not None:
            yield self._figure(words.BETWEEN, f"{figures.earliest:%H:%M} – {figures.latest:%H:%M}")
        yield frame.words(words.quiet_hours(figures))
        yield ""
        yield from self._talk(life, persona.zone, persona.name)
        yield from self._fates(life.fates, persona.zone)

    def _stamp(self, at: datetime, zone: str) -> str:
        return f"{self._frame.date(at, zone)}, {clock(at, zone)}"

    def _figure(self, name: Words, value: str) -> str:
        return f"{self._frame.words(name)} · {value}"

    def _talk(self, life: Life | GroupLife, zone: str, name: str) -> Iterator[str]:
        for at, title, bubbles in moments(life):
            subject = f"  [{self._frame.words(title)}]" if title else ""
            yield f"{self._stamp(at, zone)}{subject}"
            for bubble in bubbles:
                yield from self._bubble(bubble, name)
            yield ""

    def _bubble(self, bubble: Bubble, name: str) -> Iterator[str]:
        for number, look in enumerate(bubble.looks):
            who = self._frame.words(words.THE_BOT) if bubble.from_bot else name
            yield f"  {who if number == 0 else '→ ' + self._frame.words(words.AFTER_THE_TAP)}"
            yield indent(look.text, _MARGIN)
            for row in look.rows:
                yield _MARGIN + " ".join(
                    f"[{button.text}]" + (f" ← {self._frame.words(words.TAPPED)}" if button.tapped else "")
                    for button in row
                )
            yield from (f"{_MARGIN}({toast})" for toast in look.toasts)

    def _fates(self, fates: Iterable[Fate], zone: str) -> Iterator[str]:
        yield self._frame.words(words.WHAT_WAS_PLANNED)
        for stretch in stretches(fates):
            fate, when = stretch.first, self._stamp(stretch.first.at, zone)
            title = self._frame.words(fate.title)
            if stretch.count > 1:
                when, title = f"{when} – {self._stamp(stretch.last.at, zone)}", f"{title} (× {stretch.count})"
            yield f"  {when}  {title} · {self._frame.words(words.became(fate))}"
            for delay in fate.put_off:
                yield f"{_MARGIN}{self._frame.words(words.put_off(delay))} → {self._stamp(delay.until, zone)}"
        yield ""


def _ruled(title: str, rule: str) -> str:
    return f"{title}\n{rule * len(title)}"
