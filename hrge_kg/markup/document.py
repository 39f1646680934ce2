"""A page for people in no particular format: headings, paragraphs, lists, facts, tables, pictures.

Writers turn it into text, Markdown or HTML. They add no words, so every format says the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the page, 4 the smallest."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list, numbered where the order matters."""

    texts: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of the thing that the heading names: pairs of a name and a text."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table: the names of its columns, and rows of texts. `numbers` are columns of numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Picture:
    """A picture in SVG. Where no picture can be shown, the words that say what it shows."""

    svg: str
    words: str


DocumentBlock = Heading | Paragraph | Items | Facts | Grid | Picture


@dataclass(frozen=True)
class Document:
    """Blocks in reading order; the first is the title."""

    blocks: tuple[DocumentBlock, ...]

    @property
    def title(self) -> str:
        """The text of the first heading."""
        return next((block.text for block in self.blocks if isinstance(block, Heading)), "")


def plain(text: str) -> str:
    """A text on one line, without control characters.

    So what an author wrote can neither break a line of the page nor move the cursor of a terminal.

    >>> plain("a\\x1b[2J b\\n c")
    'a[2J b c'
    """
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
