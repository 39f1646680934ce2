"""Reads the outline of a source text: what each of its lines is, in reading order.

It is written by hand, so whatever is wrong with it is reported with its line in the outline and a
remedy.

>>> from pathlib import Path
>>> outline = read_outline(Path("source/outline.yaml"), "source's text")  # doctest: +SKIP
>>> outline.blocks[0].kind, outline.blocks[0].lines  # doctest: +SKIP
('title', ((1, 3),))
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

import yaml

from ..errors import InputError
from ..parsing.yaml_nodes import YamlNodes, line_of
from ..resources import read_utf8, relative
from .folding import Span, fold_spans

# Blocks that are split into sentences, and blocks that are one piece each.
SENTENCE_KINDS = frozenset({"paragraph", "quotation", "list-item", "table-cell", "footnote"})
WHOLE_KINDS = frozenset(
    {"title", "subtitle", "heading", "running-head", "page-number", "caption", "table-title",
     "table-header", "source-line"}
)  # fmt: skip
# These two come from `footnotes:` and `columns:`, which say more about them than a block can.
_WRITTEN_KINDS = (SENTENCE_KINDS | WHOLE_KINDS) - {"footnote", "table-header"}
_EXTRAS = frozenset({"parts", "list", "inline-list", "columns", "rows"})
_RANGE = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


@dataclass(frozen=True)
class Page:
    """A page and the line on which it starts.
    `start` is the character offset of that line.

    >>> Page(42, 1, 0).number
    42
    """

    number: int
    line: int
    start: int


@dataclass(frozen=True)
class Mark:
    """A footnote mark in the body: the printed label, its line, and its characters.
    Offsets are half open, into the raw text.

    >>> Mark("55", 59, 1930, 1932).end
    1932
    """

    label: str
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """A piece of the text with its kind, its lines in reading order, and the blocks that stand
    under it. `spans` are the same lines as character offsets; `at` is the line of the outline that
    says so.

    >>> Block("paragraph", ((43, 49), (53, 59)), ((0, 9), (20, 30)), at=7).label is None
    True
    """

    kind: str
    lines: tuple[Span, ...]
    spans: tuple[Span, ...]
    at: int
    label: str | None = None
    number: int | None = None
    inline_labels: tuple[str, ...] = ()
    mark: Mark | None = None
    parts: tuple["Block", ...] = ()


@dataclass(frozen=True)
class Outline:
    """The whole outline of one text: pages, blocks in reading order, footnotes, abbreviations.
    `file` is the outline's own path, for messages.

    >>> Outline("outline.yaml", (), (), ()).marks
    ()
    """

    file: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    footnotes: tuple[Block, ...]
    abbreviations: frozenset[str] = field(default_factory=frozenset)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The footnote marks in the body, as listed."""
        return tuple(note.mark for note in self.footnotes if note.mark)

    def walk(self) -> Iterator[Block]:
        """Every block that holds text of its own, body first and then the footnotes."""
        pending = [*reversed(self.footnotes), *reversed(self.blocks)]
        while pending:
            block = pending.pop()
            if block.kind != "table-row":  # a row is its cells
                yield block
            pending.extend(reversed(block.parts))


def read_outline(path: Path, text: str) -> Outline:
    """Reads and checks the outline at `path` against the raw `text` that it describes.
    Whatever is wrong raises an InputError.

    >>> try:
    ...     read_outline(Path("no-such.yaml"), "text")
    ... except InputError as error:
    ...     print(error.remedy)
    Check the path.
    """
    return _Reader(relative(path), read_utf8(path, "the outline"), text).outline()


def label_starts(folded: str, labels: Sequence[str]) -> tuple[int, ...]:
    """Where the labels of an inline list stand in a folded paragraph, each after the one before.

    A label stands alone between spaces (not as in "article 12(1)"); a ValueError names a missing
    one.

    >>> label_starts("by 12(1): (1) ask; (2) act", ["(1)", "(2)"])
    (10, 19)
    """
    starts: list[int] = []
    position = 0
    for label in labels:
        found = re.compile(rf"(?<!\S){re.escape(label)}(?!\S)").search(folded, position)
        if not found:
            raise ValueError(label)
        starts.append(found.start())
        position = found.end()
    return tuple(starts)


class _Reader(YamlNodes):
    def __init__(self, file: str, content: str, text: str) -> None:
        super().__init__(file)
        self.content = content
        self.text = text
        self.rows = text.split("\n")
        self.starts = [0]
        for row in self.rows:
            self.starts.append(self.starts[-1] + len(row) + 1)
        self.starts[-1] = len(text)  # no newline after the last line
        self.owners: dict[int, int] = {}  # line of the text -> line of the outline

    def outline(self) -> Outline:
        known = {"pages", "blocks", "footnotes", "abbreviations"}
        keys = self.mapping(self.root(self.content), known, {"pages", "blocks"})
        pages = self.pages(keys["pages"])
        blocks = tuple(self.block(item) for item in self.sequence(keys["blocks"]))
        footnotes = self.footnotes(keys["footnotes"]) if "footnotes" in keys else ()
        abbreviations = self.sequence(keys["abbreviations"]) if "abbreviations" in keys else []
        self.check_every_line_is_owned(keys["blocks"])
        outline = Outline(
            self.file,
            pages,
            blocks,
            footnotes,
            frozenset(self.scalar(item) for item in abbreviations),
        )
        self.check_labels(outline)
        return outline

    # ------------------------------------------------------------------ the parts of the outline

    def pages(self, node: yaml.Node) -> tuple[Page, ...]:
        pages: list[Page] = []
        for key, value in self.pairs(node):
            number, line = self.integer(key), self.integer(value)
            if not 1 <= line <= len(self.rows):
                self.out_of_range(value, line)
            if not pages and line != 1:
                self.fail(key, f"the first page starts at line {line}", "Let it start at line 1.")
            if pages and not (number > pages[-1].number and line > pages[-1].line):
                self.fail(
                    key,
                    f"page {number} at line {line} does not come after "
                    f"page {pages[-1].number} at line {pages[-1].line}",
                    "List the pages in ascending order, each with its first line.",
                )
            pages.append(Page(number, line, self.starts[line - 1]))
        if not pages:
            self.fail(node, "there are no pages", "Write at least `pages: {1: 1}`.")
        return tuple(pages)

    def block(self, node: yaml.Node) -> Block:
        name, lines, keys = self.entry(node)
        if self.scalar(name) not in _WRITTEN_KINDS:
            self.unknown(name, _WRITTEN_KINDS | _EXTRAS)
        return self.filled(Block(self.scalar(name), *self.ranges(lines), at=line_of(name)), keys)

    def item(self, node: yaml.Node, number: int) -> Block:
        name, lines, keys = self.entry(node)
        at = line_of(name)
        return self.filled(
            Block("list-item", *self.ranges(lines), at, self.scalar(name), number), keys
        )

    def filled(self, block: Block, keys: dict[str, yaml.Node]) -> Block:
        """The block with whatever stands under it."""
        parts: list[Block] = []
        columns: list[yaml.Node] = []
        if "columns" in keys:
            columns = self.sequence(keys["columns"])
            parts += (
                self.cell("table-header", cell, place) for place, cell in enumerate(columns, 1)
            )
        for place, row in enumerate(self.sequence(keys["rows"]) if "rows" in keys else [], 1):
            parts.append(self.row(row, place, len(columns)))
        for place, item in enumerate(self.sequence(keys["list"]) if "list" in keys else [], 1):
            parts.append(self.item(item, place))
        if "parts" in keys:
            parts += (self.block(part) for part in self.sequence(keys["parts"]))
        labels: tuple[str, ...] = ()
        if "inline-list" in keys:
            if block.kind not in SENTENCE_KINDS:
                problem = f"a {block.kind} has no inline list"
                self.fail(keys["inline-list"], problem, "Only a block of sentences has.")
            labels = tuple(self.scalar(label) for label in self.sequence(keys["inline-list"]))
        return replace(block, parts=tuple(parts), inline_labels=labels)

    def row(self, node: yaml.Node, number: int, columns: int) -> Block:
        nodes = self.sequence(node)
        if not nodes or (columns and len(nodes) != columns):
            wanted = columns or "one or more"
            self.fail(node, f"this row has {len(nodes)} cells, not {wanted}", "Add or join cells.")
        cells = tuple(self.cell("table-cell", cell, place) for place, cell in enumerate(nodes, 1))
        lines = tuple(span for cell in cells for span in cell.lines)
        spans = tuple(span for cell in cells for span in cell.spans)
        return Block("table-row", lines, spans, line_of(node), number=number, parts=cells)

    def cell(self, kind: str, node: yaml.Node, column: int) -> Block:
        return Block(kind, *self.ranges(node), at=line_of(node), number=column)

    def footnotes(self, node: yaml.Node) -> tuple[Block, ...]:
        notes: list[Block] = []
        for key, value in self.pairs(node):
            keys = self.mapping(value, {"lines", "mark"}, {"lines", "mark"})
            label = self.scalar(key)
            number = int(label) if label.isascii() and label.isdigit() else None
            note = Block("footnote", *self.ranges(keys["lines"]), line_of(key), label, number)
            notes.append(replace(note, mark=self.mark(label, keys["mark"])))
        ranges = [lines for note in notes for lines in note.lines]
        for note in notes:
            if note.mark and any(first <= note.mark.line <= last for first, last in ranges):
                problem = f"the mark of footnote {note.label} stands in a footnote"
                self.fail_at(note.at, problem, "Give its place in the body.")
        return tuple(notes)

    def mark(self, label: str, node: yaml.Node) -> Mark:
        places = self.pairs(node)
        if len(places) != 1:
            self.fail(
                node,
                f"the mark of footnote {label} needs one place",
                f"Write {{line: word{label}}}.",
            )
        key, value = places[0]
        line, word = self.integer(key), self.scalar(value)
        if not 1 <= line <= len(self.rows):
            self.out_of_range(key, line)
        row = self.rows[line - 1]
        found = list(re.finditer(rf"{re.escape(word)}(?![0-9])", row))
        # It stands on something, and is the whole number: "2" is no mark on "word12".
        mark = re.fullmatch(rf".*[^0-9]{re.escape(label)}", word)
        if not mark or len(found) != 1:
            self.fail(
                value,
                f"the mark {label} on {word!r} is not to be found on line {line}: {row.strip()!r}",
                f"Give the line, and the one word on it that ends in {label}.",
            )
        end = self.starts[line - 1] + found[0].end()
        return Mark(label, line, end - len(label), end)

    def entry(self, node: yaml.Node) -> tuple[yaml.Node, yaml.Node, dict[str, yaml.Node]]:
        """An entry of a list of blocks: its name (a kind or a label), its lines, and the keys
        beside them.
        """
        named = [(key, value) for key, value in self.pairs(node) if self.scalar(key) not in _EXTRAS]
        if len(named) != 1:
            place = named[1][0] if named else node
            self.fail(
                place,
                "a block has one `kind: lines`, this one has "
                + (f"{len(named)}" if named else "none"),
                "Begin each block with its own dash; "
                f"beside it may stand {', '.join(sorted(_EXTRAS))}.",
            )
        extras = {
            self.scalar(key): value
            for key, value in self.pairs(node)
            if self.scalar(key) in _EXTRAS
        }
        return *named[0], extras

    # ------------------------------------------------------------------ checks on the whole

    def check_every_line_is_owned(self, blocks: yaml.Node) -> None:
        nearest = line_of(blocks)
        for line, row in enumerate(self.rows, 1):
            if line in self.owners:
                nearest = self.owners[line]
            elif row.strip():
                raise InputError(
                    self.file,
                    f"line {line} of the text belongs to no block: {row.strip()!r}",
                    "Add it to a block near this one.",
                    line=nearest,
                )

    def check_labels(self, outline: Outline) -> None:
        marks = [(mark.start, mark.end) for mark in outline.marks]
        for block in outline.walk():
            folded = fold_spans(self.text, block.spans, marks).text
            if not folded:
                problem = f"this {block.kind} holds no text"
                self.fail_at(block.at, problem, "Correct its lines, or take it out.")
            if block.label is not None and not f"{folded} ".startswith(f"{block.label} "):
                self.fail_at(
                    block.at,
                    f"this {block.kind} does not begin with its label "
                    f"{block.label!r}: {folded[:40]!r}",
                    "Write the label as printed, or correct the lines.",
                )
            try:
                label_starts(folded, block.inline_labels)
            except ValueError as error:
                self.fail_at(
                    block.at,
                    f"the inline list has no {error.args[0]!r} here, alone between spaces",
                    "List the labels as printed, in their order.",
                )

    # ------------------------------------------------------------------ lines

    def ranges(self, node: yaml.Node) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The lines of a block, taken into its possession, and the same as character offsets."""
        lines: list[Span] = []
        for piece in self.scalar(node).split(","):
            match = _RANGE.fullmatch(piece.strip())
            if not match:
                problem = f"{piece.strip()!r} is no range of lines"
                self.fail(node, problem, "Write lines as 51 or 43-49, 53-59.")
            first, last = int(match[1]), int(match[2] or match[1])
            if last < first:
                self.fail(
                    node, f"the range {piece.strip()} runs backwards", "Put the smaller line first."
                )
            if first < 1 or last > len(self.rows):
                self.out_of_range(node, first if first < 1 else last)
            for line in range(first, last + 1):
                if line in self.owners:
                    problem = (
                        f"line {line} already belongs to the block on line {self.owners[line]}"
                    )
                    self.fail(node, f"{problem} of the outline", "Give each line to one block.")
                self.owners[line] = line_of(node)
            lines.append((first, last))
        return tuple(lines), tuple(
            (self.starts[first - 1], self.starts[last]) for first, last in lines
        )

    def out_of_range(self, node: yaml.Node, line: int) -> NoReturn:
        problem = f"line {line} is not in the text, which has {len(self.rows)} lines"
        self.fail(node, problem, "Correct the number.")
