"""HTML as Telegram reads it: entities in UTF-16, and its own words for what is wrong."""

from typing import Any

import pytest

from sandbox.entities import detected, ordered, trimmed
from sandbox.errors import BotApiError
from sandbox.html_text import parse_html


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>é</b>", "é", [entity("bold", 0, 1)]),
        ("😀<i>😀</i>", "😀😀", [entity("italic", 2, 2)]),
        ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 2)]),
        ("<s>a</s> <strike>b</strike> <del>c</del>", "a b c", [entity("strikethrough", i, 1) for i in (0, 2, 4)]),
        ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
        ),
        ("<a href='https://example.org'>x</a>", "x", [entity("text_link", 0, 1, url="https://example.org")]),
        ("<a>nowhere</a>", "nowhere", []),
        ("<code>a</code>", "a", [entity("code", 0, 1)]),
        ("<pre>a</pre>", "a", [entity("pre", 0, 1)]),
        ('<pre><code class="language-python">a</code></pre>', "a", [entity("pre", 0, 1, language="python")]),
        ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
        ("&lt;b&gt; &amp;amp; &quot;&#233;&#xe9;&nbsp;&", '<b> &amp; "éé&nbsp;&', []),
        ("<B>a</b >", "a", [entity("bold", 0, 1)]),
        ("<b></b>a", "a", []),
    ],
)
def test_reading(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    read, found = parse_html(source)
    assert (read, ordered(found)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<div>x</div>", 'Unsupported start tag "div" at byte offset 2'),
        ("x<b", "Unclosed start tag at byte offset 1"),
        ("x<b ", "Unclosed start tag at byte offset 1"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
    ],
)
def test_mistakes(source: str, reason: str) -> None:
    with pytest.raises(BotApiError) as caught:
        parse_html(source)
    assert (caught.value.code, caught.value.description) == (400, f"Bad Request: can't parse entities: {reason}")


def test_spaces_around_a_text_go() -> None:
    text, entities = trimmed("\n 😀 x ", [entity("bold", 0, 4), entity("italic", 5, 1), entity("code", 6, 1)])
    assert (text, entities) == ("😀 x", [entity("bold", 0, 2), entity("italic", 3, 1)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start CODE", [("bot_command", 0, 6)]),
        ("see /help@some_bot.", [("bot_command", 4, 14)]),
        ("and/or 1/2 a//b", []),
        ("mail ama@example.org", [("email", 5, 15)]),
        ("😀 @somebody, #vih2026 #2026", [("mention", 3, 9), ("hashtag", 14, 8)]),
        ("(https://example.org/a_(b)).", [("url", 1, 24)]),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[tuple[str, int, int]]) -> None:
    entities = sorted(detected(text), key=lambda each: each["offset"])
    assert [(each["type"], each["offset"], each["length"]) for each in entities] == found


def test_nothing_is_found_within_code() -> None:
    assert detected("/help", [entity("code", 0, 5)]) == []
