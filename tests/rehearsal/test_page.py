"""The page of a rehearsal: whole, in both languages, safe with hostile words, and with nothing from elsewhere."""

import re
from dataclasses import replace

import pytest

from bot.rehearsal.outcomes import Life, Rehearsal
from bot.rehearsal.page import page
from bot.rehearsal.text import text
from conversations.model import Bilingual, Language
from tests.strict_html import Parsed

HOSTILE = "<script>alert(1)</script> & “Co”"
BOTH = tuple(Language)


@pytest.fixture
def both(rehearsal: Rehearsal) -> Parsed:
    return Parsed(page(rehearsal, BOTH))


def test_the_words_around_stand_there_in_both_languages(both: Parsed) -> None:
    english, french = both.words["en"], both.words["fr"]
    for words in ("At a glance", "Answers everything", "Monday, 8 March 2027", "Received, not opened"):
        assert words in english
    for words in ("En un coup d’œil", "Répond à tout", "lundi 8 mars 2027", "Message reçu, pas ouvert"):
        assert words in french
    assert "En un coup d’œil" not in english
    assert "Not sent: the bot cannot write to the person" in english
    assert "Pas d’envoi\u00a0: le bot ne peut pas écrire" in french
    assert "Put off: it was night there" in english
    assert "Envoi différé\u00a0: il faisait nuit sur place" in french
    assert "Langue de cette page\u00a0:" in french


def test_the_legend_says_what_the_lists_say(rehearsal: Rehearsal) -> None:
    source = page(rehearsal, (Language.FR,))
    [legend] = re.findall(r'<p class="legend".*?</p>', source)
    for words in ("Message reçu, pas ouvert", "Message ouvert, réponse inachevée"):
        assert words in legend
    assert "<td>Message reçu, pas ouvert</td>" in source.replace("\n", "")


def test_the_calendar_shows_its_year_and_the_seed_stands_at_the_foot(rehearsal: Rehearsal) -> None:
    source = page(rehearsal, (Language.EN,))
    assert re.search(r"<em[^>]*>Mar<br>2027</em>", source)
    assert "Dates count from when each person signs up, some of them from the event." in source
    [foot] = re.findall(r"<footer>.*?</footer>", source, re.DOTALL)
    assert "Made by suivi rehearse, seed 1." in foot
    assert source.count("seed 1") == 1


def test_each_talk_is_in_the_language_of_its_person(rehearsal: Rehearsal, both: Parsed) -> None:
    assert "Une photo de groupe\u00a0?" in both.words["fr"].replace(" ?", "\u00a0?")
    assert "A photo of all?" in both.words["en"]
    for life in rehearsal.lives:
        for bubble in life.talk:
            for look in bubble.looks:
                for run in look.runs:
                    assert run.text in both.words[life.persona.language]


def test_one_language_has_no_switch_and_none_of_the_other(rehearsal: Rehearsal) -> None:
    english = [life for life in rehearsal.lives if life.persona.language is Language.EN]
    only = Parsed(page(replace(rehearsal, lives=tuple(english), groups=()), (Language.EN,)))
    assert only.tags["input"] == 0
    assert ("lang", "fr") not in only.attributes
    assert only.words.keys() <= {None, "en"}


def test_nothing_comes_from_elsewhere_and_nothing_runs(both: Parsed) -> None:
    names = {name for name, _ in both.attributes}
    assert both.tags["script"] == both.tags["link"] == both.tags["img"] == both.tags["iframe"] == 0
    assert not names & {"src", "srcset", "action", "onclick", "onload"}
    assert all((target or "").startswith("#") for name, target in both.attributes if name == "href")
    assert "url(" not in "".join(both.words.values())


def test_headings_and_links_lead_somewhere(both: Parsed) -> None:
    ids = [target for name, target in both.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    wanted = {(target or "")[1:] for name, target in both.attributes if name == "href"}
    wanted |= {target or "" for name, target in both.attributes if name in {"for", "aria-labelledby"}}
    assert wanted <= set(ids)
    assert both.tags["h1"] == both.tags["main"] == both.tags["nav"] == 1


def test_hostile_words_stay_words(rehearsal: Rehearsal) -> None:
    title = Bilingual(HOSTILE, HOSTILE)
    talk = rehearsal.lives[0].talk
    look = replace(talk[0].looks[0], runs=(replace(talk[0].looks[0].runs[0], text=HOSTILE),), toasts=(HOSTILE,))
    life: Life = replace(rehearsal.lives[0], talk=(replace(talk[0], looks=(look,)), *talk[1:]))
    hostile = replace(rehearsal, event=replace(rehearsal.event, title=title), lives=(life, *rehearsal.lives[1:]))
    source = page(hostile, BOTH)
    assert "<script" not in source
    parsed = Parsed(source)
    assert parsed.tags["script"] == 0
    assert HOSTILE in parsed.words["en"]
    assert HOSTILE in parsed.words["fr"]


def test_the_terminal_gets_the_same_in_plain_words(rehearsal: Rehearsal) -> None:
    english, french = (text(rehearsal, (language,)) for language in Language)
    assert "Rehearsal · Trust < Safety & Co" in english
    assert "Refresher: Rights matter · Answered" in english
    assert "Put off: it was night there → 17 Mar 2027, 08:00" in english
    assert "[Ask each one] ← tapped" in english
    assert "Rappel\u00a0: Les droits comptent" in french
    assert "Pas d’envoi\u00a0: moins de dix nouvelles réponses" in french
    assert "Put off" not in french
    assert "Digest for the group (× 2) · Not sent: fewer than ten new answers to the same question" in english


def test_a_rehearsal_in_french_keeps_french_typography(rehearsal: Rehearsal) -> None:
    alone = replace(
        rehearsal,
        lives=tuple(life for life in rehearsal.lives if life.persona.language is Language.FR),
        groups=tuple(group for group in rehearsal.groups if group.language is Language.FR),
    )
    told = text(alone, (Language.FR,))
    assert len(told) > 5000
    assert not re.search(r"[^\s\d]:(?!\d)", told), "a blank before each colon"
    assert "'" not in told
