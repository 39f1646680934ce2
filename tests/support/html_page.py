"""What tests read in a page: its links, what it loads, its ids, its text and its marked words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "img", "input", "br", "hr"}


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]


@dataclass
class PageReader(HTMLParser):
    """Reads one page.

    `links` are the targets of links, `loads` what a browser fetches by itself, `inline` the style,
    script or handler that stands in the page, `linked` the words of marked links by their target.
    """

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    linked: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[_Open] = []
        self._words: list[str] = []
        self._marked: list[str] = []

    @property
    def text(self) -> str:
        """All words."""
        return "".join(self._words)

    @property
    def marked(self) -> str:
        """The words in `mark`."""
        return "".join(self._marked)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an element leads to, loads and is called."""
        found = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(_Open(tag, found))
        if tag == "a":
            self.links.append(found.get("href", ""))
        if tag == "form":
            self.links.append(found.get("action", ""))
        if tag == "link" and found.get("rel") == "stylesheet":
            self.loads.append(found["href"])
        elif tag == "link":
            self.links.append(found["href"])
        if "src" in found:
            self.loads.append(found["src"])
        if "id" in found:
            self.ids.append(found["id"])
        scripted = tag == "style" or (tag == "script" and "src" not in found)
        if scripted or "style" in found or any(name.startswith("on") for name in found):
            self.inline.append(self.get_starttag_text() or tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep the words, and whose they are."""
        self._words.append(data)
        if any(one.tag == "mark" for one in self._open):
            self._marked.append(data)
        for one in self._open:
            if one.tag == "a" and one.attributes.get("class", "").startswith("m "):
                target = one.attributes["href"]
                self.linked[target] = self.linked.get(target, "") + data


def read_page(content: bytes) -> PageReader:
    """What is in a page."""
    reader = PageReader()
    reader.feed(content.decode("utf-8"))
    reader.close()
    return reader
