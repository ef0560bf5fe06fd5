"""What figures and their rows are called."""

import re
import unicodedata
from collections.abc import Sequence

from conversations.messages import phrase, short
from conversations.model import Event, Words
from conversations.report.counts import WaveKey
from conversations.timing import RECALL_CHECK

_LONGEST = 31
"""Characters of the name of a sheet in Excel."""


def slug(*words: str) -> str:
    """A name for a figure: lower-case ASCII letters, digits and "-"."""
    plain = unicodedata.normalize("NFKD", "-".join(words)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-") or "figure"


def wave_title(event: Event, wave: WaveKey, waves: Sequence[WaveKey]) -> Words:
    """What a wave is called: its survey, with its number where the survey has several."""
    title: Words = wave.survey
    if wave.survey == RECALL_CHECK:
        title = short("kind of survey", "Recall check")
    elif any(survey.name == wave.survey for survey in event.surveys):
        title = event.survey(wave.survey).title
    if sum(each.survey == wave.survey for each in waves) == 1:
        return title
    return phrase("{survey}, wave {number}", survey=title, number=wave.occurrence + 1)
