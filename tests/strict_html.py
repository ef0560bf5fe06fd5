"""Pages of HTML, read by somebody who forgives nothing."""

from collections import Counter
from html.parser import HTMLParser

_VOID = {"meta", "input", "br", "link", "img", "hr"}


class Parsed(HTMLParser):
    """A page as a strict reader sees it: every tag closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.words: dict[str | None, str] = {}
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += attrs
        if tag not in _VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        language = next((each for _, each in reversed(self.open) if each), None)
        self.words[language] = self.words.get(language, "") + data
