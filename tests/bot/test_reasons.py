"""What is planned, and what became of it, in words that an organiser can read."""

from dataclasses import replace

import pytest

from bot.reasons import plan_title, reason_words
from bot.workbook import read
from conversations.model import Bilingual, Event, Language
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from locales.phrases import say
from tests.conversations.samples import PACK


@pytest.fixture(scope="module")
def event() -> Event:
    return read(PACK)


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_has_words_of_its_own(language: Language) -> None:
    words = [say(reason_words(reason), language) for reason in Reason]
    waiting = [say(reason_words(reason, waits=True), language) for reason in Reason]
    assert len(set(words)) == len(list(Reason))
    assert len(set(waiting)) == len(list(Reason))
    assert all(each.startswith(("Put off", "Envoi différé")) for each in set(waiting) - set(words))
    assert not any(each.endswith(".") for each in words)


def test_french_words_are_french() -> None:
    for reason in Reason:
        assert say(reason_words(reason), Language.FR) != say(reason_words(reason), Language.EN)


def test_everything_in_a_schedule_has_a_title(event: Event) -> None:
    titles = {say(plan_title(event, each.kind, each.name), Language.EN) for each in event.schedule}
    assert {
        "Refresher",
        "Survey: One week later: what you learnt",
        "Digest for the group",
    } <= titles
    assert all(len(title) < 100 for title in titles)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ask first. Then act.", "Ask first"),
        ("Who decides? Everybody.", "Who decides?"),
        ("“Nothing about us without us.” In a real partnership", "“Nothing about us without us.”"),
        ("No full stop", "No full stop"),
        ("Version 2.5 is here. Read on.", "Version 2.5 is here"),
        ("word " * 40, " ".join(["word"] * 15) + " …"),
    ],
)
def test_a_refresher_is_called_by_how_it_begins(event: Event, text: str, shown: str) -> None:
    message = replace(event.messages[0], text=Bilingual(text, "Autre chose. Et encore."))
    changed = replace(event, messages=(message,))
    title = plan_title(changed, TouchpointKind.REFRESHER, message.name)
    assert say(title, Language.EN) == f"Refresher: {shown}"
    assert say(title, Language.FR) == "Rappel\u00a0: Autre chose"


def test_what_the_event_does_not_have_has_no_title(event: Event) -> None:
    with pytest.raises(KeyError):
        plan_title(event, TouchpointKind.SURVEY, "nowhere")
