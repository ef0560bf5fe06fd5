"""`parse_mode` HTML, read as strictly as Telegram reads it: https://core.telegram.org/bots/api#html-style."""

from dataclasses import dataclass
from typing import NoReturn

from sandbox.entities import Entity, utf16_length
from sandbox.errors import unreadable

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
}
_TAGS = _PLAIN.keys() | {"a", "pre", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LANGUAGE = "language-"


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag that waits for its end: where its text starts, in characters of the output."""

    tag: str
    attributes: dict[str, str]
    start: int


class HtmlReader:
    """Reads one text. The position is that of the next character of the source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._text: list[str] = []
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        """The plain text and its entities.

        Raises:
            BotApiError: 400 with Telegram's description of what is wrong and at which byte.
        """
        while self._position < len(self._source):
            character = self._source[self._position]
            if character == "&":
                self._text.append(self._reference())
            elif character == "<":
                if self._source.startswith("</", self._position):
                    self._end_tag()
                else:
                    self._start_tag()
            else:
                self._text.append(character)
                self._position += 1
        if self._open:
            raise unreadable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._text), self._entities

    def _fail(self, reason: str, position: int) -> NoReturn:
        raise unreadable(reason.format(f"at byte offset {len(self._source[:position].encode())}"))

    def _reference(self) -> str:
        """A character reference; one that Telegram does not know stays as it is written."""
        end = self._source.find(";", self._position, self._position + 12)
        name = self._source[self._position + 1 : end] if end > 0 else ""
        character = _NAMED.get(name, "")
        if name.startswith("#"):
            character = _numbered(name[1:])
        if not character:
            self._position += 1
            return "&"
        self._position = end + 1
        return character

    def _start_tag(self) -> None:
        begin = self._position
        self._position += 1
        tag = self._until(" \t\r\n>").lower()
        if self._position >= len(self._source):
            self._fail("Unclosed start tag {}", begin)
        if tag not in _TAGS:
            self._fail(f'Unsupported start tag "{tag}" {{}}', begin)
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            self._fail('Tag "span" must have class "tg-spoiler" {}', begin)
        self._open.append(_Open(tag, attributes, len(self._text)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self._position >= len(self._source):
                self._fail("Unclosed start tag {}", begin)
            if self._source[self._position] == ">":
                self._position += 1
                return attributes
            name = self._until(" \t\r\n=>").lower()
            if not name:
                self._fail(f'Empty attribute name in the tag "{tag}" {{}}', begin)
            self._skip_spaces()
            attributes[name] = ""
            if self._source[self._position : self._position + 1] == "=":
                self._position += 1
                self._skip_spaces()
                attributes[name] = self._attribute_value(begin)

    def _attribute_value(self, begin: int) -> str:
        quote = self._source[self._position : self._position + 1]
        if quote not in ("'", '"') or not quote:
            return self._until(" \t\r\n>").lower()
        self._position += 1
        value: list[str] = []
        while self._position < len(self._source) and self._source[self._position] != quote:
            if self._source[self._position] == "&":
                value.append(self._reference())
            else:
                value.append(self._source[self._position])
                self._position += 1
        if self._position >= len(self._source):
            self._fail("Unclosed start tag {}", begin)
        self._position += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self._position
        if not self._open:
            self._fail("Unexpected end tag {}", begin)
        self._position += 2
        tag = self._until(" \t\r\n>").lower()
        self._skip_spaces()
        if self._source[self._position : self._position + 1] != ">":
            self._fail("Unclosed end tag {}", begin)
        self._position += 1
        opened = self._open.pop()
        if tag and tag != opened.tag:
            self._fail(f'Unmatched end tag {{}}, expected "</{opened.tag}>", found "</{tag}>"', begin)
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        covered = "".join(self._text[opened.start :])
        length = utf16_length(covered)
        kind = self._kind(opened, covered)
        if length and kind:
            offset = utf16_length("".join(self._text[: opened.start]))
            self._entities.append({**kind, "offset": offset, "length": length})

    def _kind(self, opened: _Open, covered: str) -> Entity | None:
        """The entity that a tag stands for, or nothing when the tag has no effect."""
        attributes = opened.attributes
        match opened.tag:
            case "a":
                url = attributes.get("href") or covered
                return {"type": "text_link", "url": url} if _is_link(url) else None
            case "pre":
                return self._preformatted(opened.start, utf16_length(covered))
            case "code" if attributes.get("class", "").startswith(_LANGUAGE) and self._is_inside_pre():
                return {"type": "code", "language": attributes["class"].removeprefix(_LANGUAGE)}
            case "blockquote":
                return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
            case "tg-emoji":
                return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
            case "tg-time":
                return _moment(attributes)
            case tag:
                return {"type": _PLAIN[tag]}

    def _is_inside_pre(self) -> bool:
        return bool(self._open) and self._open[-1].tag == "pre"

    def _preformatted(self, start: int, length: int) -> Entity:
        """`<pre><code class="language-x">` is one entity: the inner one gives its language and goes."""
        offset = utf16_length("".join(self._text[:start]))
        for inner in self._entities:
            if inner["type"] == "code" and (inner["offset"], inner["length"]) == (offset, length):
                self._entities.remove(inner)
                language = inner.get("language")
                return {"type": "pre"} | ({"language": language} if language else {})
        return {"type": "pre"}

    def _until(self, stops: str) -> str:
        begin = self._position
        while self._position < len(self._source) and self._source[self._position] not in stops:
            self._position += 1
        return self._source[begin : self._position]

    def _skip_spaces(self) -> None:
        while self._position < len(self._source) and self._source[self._position] in " \t\r\n":
            self._position += 1


def _numbered(number: str) -> str:
    """The character of a numeric reference (`#233`, `#xe9`), empty when it is none."""
    try:
        code = int(number[1:], 16) if number[:1] in ("x", "X") else int(number)
        character = chr(code)
        character.encode()
    except (ValueError, OverflowError):  # no number, or one that stands for no character of its own
        return ""
    return character if code else ""


def _is_link(url: str) -> bool:
    return url.startswith(("http://", "https://", "tg://", "mailto:", "tel:")) or "." in url


def _moment(attributes: dict[str, str]) -> Entity | None:
    unix = attributes.get("unix", "")
    if not unix.isdigit():
        return None
    kind: Entity = {"type": "date_time", "unix_time": int(unix)}
    return kind | ({"date_time_format": attributes["format"]} if attributes.get("format") else {})


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of an HTML text; see `HtmlReader.read`."""
    return HtmlReader(source).read()
