"""The bot's phrases: all there, all translated, in good French typography, and as the tools would write them."""

import re
import shlex
import shutil
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "locales"
LANGUAGES = ("en", "fr")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def po(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def phrases(path: Path) -> dict[tuple[object, str | None], Message]:
    return {(each.id, each.context): each for each in catalogue(path) if each.id}


def forms(message: Message, *, translated: bool) -> list[str]:
    """The one form of a phrase, or its singular and plural."""
    words = message.string if translated else message.id
    assert words is not None
    return [words] if isinstance(words, str) else list(words)


FRENCH = phrases(po("fr"))
TRANSLATIONS = [form for message in FRENCH.values() for form in forms(message, translated=True)]


def test_there_are_phrases() -> None:
    assert len(FRENCH) > 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_in_every_language(language: str) -> None:
    assert phrases(po(language)).keys() == phrases(LOCALES / "messages.pot").keys()


def test_every_phrase_is_translated_and_none_is_a_guess() -> None:
    assert [message.id for message in FRENCH.values() if not all(forms(message, translated=True))] == []
    assert [message.id for message in FRENCH.values() if message.fuzzy] == []


def test_every_form_of_a_plural_is_there() -> None:
    for message in FRENCH.values():
        if message.pluralizable:
            assert len(forms(message, translated=True)) == catalogue(po("fr")).num_plurals


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_placeholders_of_their_phrase(language: str) -> None:
    for message in phrases(po(language)).values():
        wanted = {name for form in forms(message, translated=False) for name in placeholders(form)}
        for form in filter(None, forms(message, translated=True)):
            # A plural may say “one” in a word, and so do without the number.
            assert wanted - {"count"} <= placeholders(form) <= wanted, message.id


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("words", TRANSLATIONS)
def test_french_typography(words: str) -> None:
    words = words.removesuffix("/ Which language do you prefer?")  # asked in both languages at once
    sentence = re.sub(r"https?://\S+|\{\w+\}|\d+:\d\d", "x", words)
    assert not re.search(r"(?<![\u00a0\u202f])[:;?!»]", sentence), "no-break space before : ; ? ! »"
    assert not re.search(r"«(?![\u00a0\u202f])", words), "no-break space after «"
    assert "'" not in words, "the apostrophe is ’"
    assert '"' not in words
    assert "“" not in words, "quotation marks are « »"
    assert "..." not in words, "the ellipsis is …"
    assert "  " not in words


def test_the_signs_are_looked_for_in_earnest() -> None:
    for wrong in ("Oui : non", "Pourquoi?", "«Oui»", "l'heure", "Attendez..."):
        with pytest.raises(AssertionError):
            test_french_typography(wrong)


def commands() -> list[list[str]]:
    """The commands of `make translations`, as the Makefile has them."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"\$\(BIN\)/pybabel ([^;\n]+)", recipe)
    assert len(lines) == 2, "one collects, one brings the languages up to date"
    return [shlex.split(line) for line in lines]


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make translations` writes, from the code as it is, beside what is there."""
    made = tmp_path_factory.mktemp("translations") / "locales"
    shutil.copytree(LOCALES, made)
    collect, update = commands()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        _run([str(made / "messages.pot") if word == "locales/messages.pot" else word for word in collect])
        for language in LANGUAGES:
            names = {"$$language": language, "locales/messages.pot": str(made / "messages.pot"), "locales": str(made)}
            _run([names.get(word, word) for word in update])
    return made


def _run(arguments: list[str]) -> None:
    assert not CommandLineInterface().run(["pybabel", *arguments])  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("name", ["messages.pot", *(f"{language}/LC_MESSAGES/messages.po" for language in LANGUAGES)])
def test_the_catalogues_are_what_the_tools_would_write(name: str, made_anew: Path) -> None:
    is_there = (LOCALES / name).read_text(encoding="utf-8")
    assert (made_anew / name).read_text(encoding="utf-8") == is_there, "make translations brings it up to date"
