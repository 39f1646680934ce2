"""A page for people in no particular format: headings, paragraphs, lists, facts, tables, pictures.

Writers turn it into text, Markdown, HTML or a document for Word. They add no words, so every format
says the same. What leads elsewhere, folds or can be chosen is so in the formats that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A sign and a word for an outcome, in the colour of its tone: `concern`, `met`…"""

    text: str
    tone: str


@dataclass(frozen=True)
class Link:
    """Words that lead to an anchor of the same document (`#anchor`) or to an address."""

    text: str
    to: str
    tone: str = ""


@dataclass(frozen=True)
class Below:
    """Words on a line of their own, below those before them."""

    text: str


Span = str | Mark | Link | Below
Text = str | tuple[Span, ...]
"""Words, or words some of which are marked or lead elsewhere."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the page, 4 the smallest. A link may lead to its anchor.

    If it has a mark, it begins with it.
    """

    level: int
    text: str
    anchor: str = ""
    mark: Mark | None = None

    @property
    def words(self) -> str:
        """Its text, after the words of its mark."""
        return f"{self.mark.text} {self.text}" if self.mark else self.text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: Text


@dataclass(frozen=True)
class Items:
    """A list, numbered where the order matters. `anchors` are those of its items, if they have."""

    texts: tuple[Text, ...]
    numbered: bool = False
    anchors: tuple[str, ...] = ()

    @property
    def anchored(self) -> Iterator[tuple[str, Text]]:
        """Each item with its anchor, which may be empty."""
        yield from zip(self.anchors or ("",) * len(self.texts), self.texts, strict=True)


@dataclass(frozen=True)
class Facts:
    """What is known of the thing that the heading names: pairs of a name and a text.

    The text of the name that is `boxed` is the reader's own words.
    """

    pairs: tuple[tuple[str, Text], ...]
    boxed: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: the names of its columns, and rows of texts. `numbers` are columns of numbers.

    With `row_names`, the first cell of a row names it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    numbers: frozenset[str] = frozenset()
    row_names: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture in SVG. Where no picture can be shown, the words that say what it shows."""

    svg: str
    words: str


@dataclass(frozen=True)
class Contents:
    """Where to go in the document. Plain text, in which nothing leads anywhere, leaves it out."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Choice:
    """By what folds can be chosen: its name, the words for all, and each value with its tag."""

    name: str
    every: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fold:
    """Blocks below a heading that a page shows when the reader opens it; other formats show them.

    `tags` say by which values of `Choices` it is shown.
    """

    heading: Heading
    blocks: tuple[SimpleBlock | Fold, ...]
    tags: frozenset[str] = frozenset()
    open: bool = False


@dataclass(frozen=True)
class Section:
    """Blocks that belong together: a page may hide them as one (`tags`, as a fold's).

    In print it may end the sheet on which it stands (`ends_sheet`).
    """

    blocks: tuple[SimpleBlock | Fold, ...]
    tags: frozenset[str] = frozenset()
    ends_sheet: bool = False


@dataclass(frozen=True)
class Choices:
    """Blocks with tagged folds, of which a page lets the reader choose which to show.

    Other formats show all. `unfold` are the words on opening all folds, `shown` those before the
    number of folds that are shown.
    """

    title: str
    choices: tuple[Choice, ...]
    unfold: str
    shown: str
    blocks: tuple[SimpleBlock | Fold | Section, ...]


SimpleBlock = Heading | Paragraph | Items | Facts | Grid | Picture
DocumentBlock = SimpleBlock | Contents | Choices | Fold | Section


@dataclass(frozen=True)
class Document:
    """Blocks in reading order; the first is the title. The footer is for each sheet of paper.

    `language` is a tag (BCP 47), `direction` that of its script: ltr or rtl. Words of another
    language stand between marks. (isolates.py)
    """

    blocks: tuple[DocumentBlock, ...]
    footer: str = ""
    language: str = "en"
    direction: str = "ltr"

    @property
    def title(self) -> str:
        """The text of the first heading."""
        return next((block.text for block in self.blocks if isinstance(block, Heading)), "")

    @property
    def flat(self) -> Iterator[SimpleBlock | Contents]:
        """All blocks in reading order, with those of folds and sections in their places."""
        yield from _flat(self.blocks)


def _flat(blocks: Iterable[DocumentBlock]) -> Iterator[SimpleBlock | Contents]:
    for block in blocks:
        if isinstance(block, Fold):
            yield block.heading
            yield from _flat(block.blocks)
        elif isinstance(block, Section | Choices):
            yield from _flat(block.blocks)
        else:
            yield block


def tag(choice: int, value: int) -> str:
    """The tag of a value of a choice: both are counted from 0.

    >>> tag(0, 0), tag(2, 11)
    ('a1', 'c12')
    """
    return f"{'abc'[choice]}{value + 1}"


def spans(text: Text) -> tuple[Span, ...]:
    """The parts of a text.

    >>> spans("one"), spans(("one", Link("two", "#2")))
    (('one',), ('one', Link(text='two', to='#2', tone='')))
    """
    return (text,) if isinstance(text, str) else text


def words_of(text: Text) -> str:
    """The words of a text alone.

    >>> words_of((Mark("▲ concern", "concern"), ": see ", Link("answer 2", "#answer-2"), "."))
    '▲ concern: see answer 2.'
    """
    return " ".join(lines_of(text))


def lines_of(text: Text) -> list[str]:
    """The words of a text alone, with what stands below them.

    >>> lines_of(("See ", Link("answer 2", "#answer-2"), ".", Below("Do it."))), lines_of("")
    (['See answer 2.', 'Do it.'], [''])
    """
    lines = [""]
    for span in spans(text):
        if isinstance(span, Below):
            lines.append(span.text)
        else:
            lines[-1] += span if isinstance(span, str) else span.text
    return lines


def plain(text: str) -> str:
    """A text on one line, without control characters.

    So what an author wrote can neither break a line of the page nor move the cursor of a terminal.

    >>> plain("a\\x1b[2J b\\n c")
    'a[2J b c'
    """
    if not text.isprintable():
        text = "".join(char for char in text if char.isprintable() or char.isspace())
    return " ".join(text.split())
