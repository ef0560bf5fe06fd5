"""What one digest says: what people answered and retain, a key message, and what comes next; and its picture.

The picture shows the frozen shares and no more, so that whoever posts them again draws the same. It names no event:
phones put pictures into a gallery, where a title could be read by whoever looks over a shoulder. The Bot API has no
alternative text for photos (https://core.telegram.org/bots/api#sendphoto): the words of the message are it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from conversations.digest_json import Drawn, picture_to_json
from conversations.digests import LONGEST_DIGEST, Bar, Finding, retold, tell
from conversations.messages import File, FileKind, Message, Paragraph, length, message, phrase, strong
from conversations.model import Bilingual, Event, KeyMessage, Language, Month
from conversations.retained import RETAINED
from conversations.scene import Frozen
from conversations.schedule import plan
from conversations.timing import Anchor, CatchUp, TouchpointKind

WEEKLY: Final = ":message"
"""What a release calls its survey when it is a key message that a digest brought; no survey of a pack is called so."""

_LONGEST_WHOLE = 4_000
"""Characters of the whole message, in which findings take `LONGEST_DIGEST` at most; Telegram takes 4,096."""
_COMING_WEEKS = timedelta(weeks=8)
_DATED = frozenset({Anchor.EVENT_START, Anchor.EVENT_END, Anchor.DATE})
"""What comes for everybody at once; when anything else comes is a person's own affair."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as a digest tells it, fresh or frozen."""

    paragraphs: tuple[Paragraph, ...]
    title: Bilingual
    bars: tuple[Bar, ...]
    retained: bool


def fresh(finding: Finding) -> Told:
    """A finding that is released now."""
    return Told(tell(finding).paragraphs, finding.title, finding.bars, finding.survey == RETAINED)


def again(frozen: Frozen) -> Told:
    """A finding that was released earlier."""
    title = Bilingual(frozen.words.en.partition("\n")[0], frozen.words.fr.partition("\n")[0])
    return Told(retold(frozen.words), title, frozen.bars, frozen.survey == RETAINED)


@dataclass(frozen=True, slots=True)
class Spoken:
    """In which language a group reads its digests; with `both` in the other one as well, after it."""

    language: Language
    both: bool = False


def digest(event: Event, told: Sequence[Told], weekly: tuple[Paragraph, ...], now: datetime, spoken: Spoken) -> Message:
    """The whole message, with its picture; what only rounds it off is left out where it does not fit."""
    findings = _findings(event, told)
    rounded = message(*findings, *weekly, *_coming(event, now))
    picture = _picture(told)
    for each in (rounded, message(*findings, *weekly), message(*findings)):
        whole = _in_languages(replace(each, files=picture), spoken)
        if length(whole) <= _LONGEST_WHOLE:
            return whole
    return whole


def fits(event: Event, told: Sequence[Told], spoken: Spoken) -> bool:
    """Whether one message holds these findings."""
    return length(_in_languages(message(*_findings(event, told)), spoken)) <= LONGEST_DIGEST


def _findings(event: Event, told: Sequence[Told]) -> tuple[Paragraph, ...]:
    said = [strong(phrase("News from {event}", event=event.title))]
    answered = [paragraph for each in told if not each.retained for paragraph in each.paragraphs]
    retained = [paragraph for each in told if each.retained for paragraph in each.paragraphs]
    if answered:
        said += [Paragraph(ANSWERED), *answered]
    if retained:
        said += [Paragraph(REMEMBERED), *retained]
    said.append(Paragraph(phrase("These words stand for at least ten people. Thank you to everybody who answers.")))
    # Paragraphs about something else that people have agreed to tell go here, and count for `fits`.
    return tuple(said)


ANSWERED: Final = phrase("What people answered, in words:")
REMEMBERED: Final = phrase("What people remember of the key messages:")


def next_message(event: Event, unposted: Sequence[Frozen], told: Sequence[str]) -> Frozen | KeyMessage | None:
    """The key message whose turn it is: one that other groups have read already, or else a new one.

    Of new ones it is the first that was never told, then the one told longest ago: none comes again before all have
    come. `told` are the names of those that were, the newest last. Frozen words that the pack has changed since, or
    calls sensitive, are passed over: what was corrected must not be spread once more.
    """
    tellable = {each.name: each for each in event.messages if not each.sensitive}
    for frozen in unposted:
        if frozen.survey == WEEKLY and frozen.question in tellable and _says(frozen.words, tellable[frozen.question]):
            return frozen
    last = {name: place for place, name in enumerate(told)}
    return min(tellable.values(), key=lambda each: last.get(each.name, -1), default=None)


def weekly_words(told: KeyMessage) -> Message:
    """The key message with its source, as it is frozen."""
    if not told.source.en:
        return message(told.text)
    return message(told.text, Paragraph(phrase("Source: {source}", source=told.source), close=True))


def weekly_paragraphs(told: Frozen | KeyMessage | None) -> tuple[Paragraph, ...]:
    """The key message under its heading; nothing when there is none."""
    if told is None:
        return ()
    heading = strong(phrase("Message of the week"))
    words = (Paragraph(told.words),) if isinstance(told, Frozen) else weekly_words(told).paragraphs
    return (heading, *words)


def _says(words: Bilingual, told: KeyMessage) -> bool:
    pairs = ((words.en, told.text.en, told.source.en), (words.fr, told.text.fr, told.source.fr))
    return all(said.startswith(text) and said.endswith(source) for said, text, source in pairs)


def _coming(event: Event, now: datetime) -> tuple[Paragraph, ...]:
    """The next survey that everybody gets, by its title and month, if it is a matter of weeks."""
    titles = {each.name: each.title for each in event.surveys}
    rows = tuple(
        each
        for each in event.schedule
        if each.kind is TouchpointKind.SURVEY and each.anchor in _DATED and not each.audience and each.name in titles
    )
    policy = replace(event.policy, catch_up=CatchUp.SKIP)
    planned = plan(
        replace(event, schedule=rows, policy=policy), frozenset({TouchpointKind.SURVEY}), now, event.timezone
    )
    ahead = next((each for each in planned if now < each.due <= now + _COMING_WEEKS), None)
    if ahead is None:
        return ()
    day = ahead.due.astimezone(ZoneInfo(event.timezone))
    when = Month(day.year, day.month)
    return (Paragraph(phrase("Coming in {month}: {title}", month=when, title=titles[ahead.name])),)


def _picture(told: Sequence[Told]) -> tuple[File, ...]:
    drawn = [Drawn(each.title, each.bars, each.retained) for each in told if each.bars]
    return (File(FileKind.DIGEST, (("findings", picture_to_json(drawn)),)),) if drawn else ()


def _in_languages(said: Message, spoken: Spoken) -> Message:
    if not spoken.both:
        return said
    languages = (spoken.language, spoken.language.other)
    return replace(
        said,
        paragraphs=tuple(replace(each, language=one) for one in languages for each in said.paragraphs),
        files=tuple(replace(each, language=one) for one in languages for each in said.files),
    )
