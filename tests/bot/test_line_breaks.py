"""Lines for drawing, measured in characters here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line_breaks import keeps_words, lines_of

TEXTS = st.text(alphabet="ab \n\u00a0\u0301", max_size=300)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("one two", ("one two",)),
        ("one two three four", ("one two", "three four")),
        ("a\nb\n\n\n \nc\n", ("a", "b", "", "c")),
        ("nous tous\u00a0!", ("nous tous\u00a0!",)),
        ("oui, nous tous\u00a0!", ("oui, nous", "tous\u00a0!")),
        ("a 123456789012 b", ("a", "1234567890", "12 b")),
    ],
)
def test_where_lines_end(text: str, lines: tuple[str, ...]) -> None:
    assert lines_of(text, 12 if "tous" in text else 10, len) == lines


def test_no_word_is_left_alone_on_the_last_line_when_there_is_another_way() -> None:
    assert lines_of("the words that people choose for themselves and us", 24, len) == (
        "the words that people",
        "choose for themselves",
        "and us",
    )
    assert lines_of("aaaa aaaa aaaa aaaa aaaa aaaa a", 14, len) == ("aaaa aaaa", "aaaa aaaa aaaa", "aaaa a")


@given(TEXTS, st.integers(1, 40))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    def measure(part: str) -> float:
        return float(len(part.replace("\u0301", "")))

    lines = lines_of(text, width, measure)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(measure(line) <= width for line in lines)
    assert not lines or (lines[0] and lines[-1])


def test_a_word_is_kept_but_not_an_address() -> None:
    assert keeps_words("a word\u00a0!", 6, len)
    assert not keeps_words("a\nwords\u00a0!", 6, len)
    assert keeps_words("https://example.org/" + "x" * 20, 6, len)
