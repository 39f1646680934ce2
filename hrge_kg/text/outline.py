"""Reads the outline of a source text: what each of its lines is, in reading order.

The outline is a YAML file that people write by hand. It puts every line of the text into a block:
a title, paragraph, list item, footnote and so on. (docs/how-to/add-a-section.md) A mistake in
it is reported with its line in the outline and a remedy.

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

# Kinds of block that are split into sentences, and kinds that stay whole.
SENTENCE_KINDS = frozenset({"paragraph", "quotation", "list-item", "table-cell", "footnote"})
WHOLE_KINDS = frozenset(
    {"title", "subtitle", "heading", "running-head", "page-number", "caption", "table-title",
     "table-header", "source-line"}
)  # fmt: skip
# A block in the outline cannot name these two: they have keys of their own, `footnotes` and
# `columns`.
_WRITTEN_KINDS = (SENTENCE_KINDS | WHOLE_KINDS) - {"footnote", "table-header"}
# The keys that may stand beside the kind of a block.
_EXTRAS = frozenset({"parts", "list", "inline-list", "columns", "rows"})
_RANGE = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


@dataclass(frozen=True)
class Page:
    """A page with its number and the line on which it starts.

    `start` is the offset of that line: how many characters of the text come before it.

    >>> Page(42, 1, 0).number
    42
    """

    number: int
    line: int
    start: int


@dataclass(frozen=True)
class Mark:
    """A footnote mark in the body: the printed label, its line, and where it starts and ends.

    `start` and `end` are offsets in the raw text; the character at `end` no longer belongs to it.

    >>> Mark("55", 59, 1930, 1932).end
    1932
    """

    label: str
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """A piece of the text with its kind, its lines in reading order, and the blocks in it.

    `lines` are ranges of lines, `spans` the same ranges as offsets. `outline_line` is the line of
    the outline that has the block. `label` is printed before the text, such as "(a)"; `number`
    counts list items, rows and columns, and is a footnote's number. `inline_labels` are those of a
    list that is printed within a paragraph. `mark` is the mark of a footnote; `parts` are the
    blocks in this one.

    >>> Block("paragraph", ((43, 49), (53, 59)), ((0, 9), (20, 30)), outline_line=7).label is None
    True
    """

    kind: str
    lines: tuple[Span, ...]
    spans: tuple[Span, ...]
    outline_line: int
    label: str | None = None
    number: int | None = None
    inline_labels: tuple[str, ...] = ()
    mark: Mark | None = None
    parts: tuple["Block", ...] = ()


@dataclass(frozen=True)
class Outline:
    """The whole outline of one text: pages, blocks in reading order, footnotes, abbreviations.

    `file` is the path of the outline, for messages. An abbreviation, such as "para.", ends in a
    full stop that does not end a sentence.

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
        """Every block that has text of its own, first those of the body, then the footnotes."""
        pending = [*reversed(self.footnotes), *reversed(self.blocks)]
        while pending:
            block = pending.pop()
            if block.kind != "table-row":  # all text of a row is in its cells
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
    """Where the labels of an inline list stand in a paragraph, each after the one before.

    The paragraph is folded text (see `folding`). A label counts only between spaces, so "(1)" is
    not found in "article 12(1)". A ValueError names a label that is missing.

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
        self.text_lines = text.split("\n")
        self.line_starts = [0]
        for line in self.text_lines:
            self.line_starts.append(self.line_starts[-1] + len(line) + 1)
        self.line_starts[-1] = len(text)  # no newline after the last line
        # By line of the text: the line of the outline that puts it into a block.
        self.outline_lines: dict[int, int] = {}

    def outline(self) -> Outline:
        known = {"pages", "blocks", "footnotes", "abbreviations"}
        keys = self.mapping(self.root(self.content), known, {"pages", "blocks"})
        pages = self.pages(keys["pages"])
        blocks = tuple(self.block(item) for item in self.sequence(keys["blocks"]))
        footnotes = self.footnotes(keys["footnotes"]) if "footnotes" in keys else ()
        abbreviations = self.sequence(keys["abbreviations"]) if "abbreviations" in keys else []
        self.check_every_line_is_in_a_block(keys["blocks"])
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
            if not 1 <= line <= len(self.text_lines):
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
            pages.append(Page(number, line, self.line_starts[line - 1]))
        if not pages:
            self.fail(node, "there are no pages", "Write at least `pages: {1: 1}`.")
        return tuple(pages)

    def block(self, node: yaml.Node) -> Block:
        name, lines, keys = self.entry(node)
        if self.scalar(name) not in _WRITTEN_KINDS:
            self.unknown(name, _WRITTEN_KINDS | _EXTRAS)
        block = Block(self.scalar(name), *self.ranges(lines), outline_line=line_of(name))
        return self.with_parts(block, keys)

    def item(self, node: yaml.Node, number: int) -> Block:
        name, lines, keys = self.entry(node)
        block = Block("list-item", *self.ranges(lines), line_of(name), self.scalar(name), number)
        return self.with_parts(block, keys)

    def with_parts(self, block: Block, keys: dict[str, yaml.Node]) -> Block:
        """The block with its parts and inline labels, which are under the keys beside its kind."""
        parts: list[Block] = []
        columns: list[yaml.Node] = []
        if "columns" in keys:
            columns = self.sequence(keys["columns"])
            parts += (
                self.cell("table-header", cell, column) for column, cell in enumerate(columns, 1)
            )
        for number, row in enumerate(self.sequence(keys["rows"]) if "rows" in keys else [], 1):
            parts.append(self.row(row, number, len(columns)))
        for number, item in enumerate(self.sequence(keys["list"]) if "list" in keys else [], 1):
            parts.append(self.item(item, number))
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
        cells = tuple(self.cell("table-cell", cell, column) for column, cell in enumerate(nodes, 1))
        lines = tuple(span for cell in cells for span in cell.lines)
        spans = tuple(span for cell in cells for span in cell.spans)
        return Block("table-row", lines, spans, line_of(node), number=number, parts=cells)

    def cell(self, kind: str, node: yaml.Node, column: int) -> Block:
        return Block(kind, *self.ranges(node), outline_line=line_of(node), number=column)

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
                self.fail_at(note.outline_line, problem, "Give its place in the body.")
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
        if not 1 <= line <= len(self.text_lines):
            self.out_of_range(key, line)
        text_line = self.text_lines[line - 1]
        found = list(re.finditer(rf"{re.escape(word)}(?![0-9])", text_line))
        # The word must have something before the mark, and the mark must be the whole number: the
        # mark of "word12" is 12, not 2.
        ends_in_label = re.fullmatch(rf".*[^0-9]{re.escape(label)}", word)
        if not ends_in_label or len(found) != 1:
            self.fail(
                value,
                f"the mark {label} on {word!r} is not to be found on line {line}: "
                f"{text_line.strip()!r}",
                f"Give the line, and the one word on it that ends in {label}.",
            )
        end = self.line_starts[line - 1] + found[0].end()
        return Mark(label, line, end - len(label), end)

    def entry(self, node: yaml.Node) -> tuple[yaml.Node, yaml.Node, dict[str, yaml.Node]]:
        """An entry of a list of blocks, in three parts.

        They are its name (a kind or a label), its lines, and by key what stands beside them.
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

    def check_every_line_is_in_a_block(self, blocks: yaml.Node) -> None:
        nearest = line_of(blocks)  # of the outline: where the block before this line stands
        for line, text_line in enumerate(self.text_lines, 1):
            if line in self.outline_lines:
                nearest = self.outline_lines[line]
            elif text_line.strip():
                raise InputError(
                    self.file,
                    f"line {line} of the text belongs to no block: {text_line.strip()!r}",
                    "Add it to a block near this one.",
                    line=nearest,
                )

    def check_labels(self, outline: Outline) -> None:
        marks = [(mark.start, mark.end) for mark in outline.marks]
        for block in outline.walk():
            folded = fold_spans(self.text, block.spans, marks).text
            if not folded:
                problem = f"this {block.kind} holds no text"
                self.fail_at(block.outline_line, problem, "Correct its lines, or take it out.")
            if block.label is not None and not f"{folded} ".startswith(f"{block.label} "):
                self.fail_at(
                    block.outline_line,
                    f"this {block.kind} does not begin with its label "
                    f"{block.label!r}: {folded[:40]!r}",
                    "Write the label as printed, or correct the lines.",
                )
            try:
                label_starts(folded, block.inline_labels)
            except ValueError as error:
                self.fail_at(
                    block.outline_line,
                    f"the inline list has no {error.args[0]!r} here, alone between spaces",
                    "List the labels as printed, in their order.",
                )

    # ------------------------------------------------------------------ lines

    def ranges(self, node: yaml.Node) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The lines of a block, and the same as offsets. No other block can have these lines."""
        lines: list[Span] = []
        for piece in self.scalar(node).split(","):
            match = _RANGE.fullmatch(piece.strip())
            if not match:
                problem = f"{piece.strip()!r} is not a range of lines"
                self.fail(node, problem, "Write lines as 51 or 43-49, 53-59.")
            first, last = int(match[1]), int(match[2] or match[1])
            if last < first:
                self.fail(
                    node, f"the range {piece.strip()} runs backwards", "Put the smaller line first."
                )
            if first < 1 or last > len(self.text_lines):
                self.out_of_range(node, first if first < 1 else last)
            for line in range(first, last + 1):
                if line in self.outline_lines:
                    problem = (
                        f"line {line} already belongs to the block on line "
                        f"{self.outline_lines[line]} of the outline"
                    )
                    self.fail(node, problem, "Give each line to one block.")
                self.outline_lines[line] = line_of(node)
            lines.append((first, last))
        return tuple(lines), tuple(
            (self.line_starts[first - 1], self.line_starts[last]) for first, last in lines
        )

    def out_of_range(self, node: yaml.Node, line: int) -> NoReturn:
        problem = f"line {line} is not in the text, which has {len(self.text_lines)} lines"
        self.fail(node, problem, "Correct the number.")
