"""Documents as plain text for a terminal."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator

from .document import (
    Contents,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    SimpleBlock,
    lines_of,
    words_of,
)

WIDTH = 96
INDENT = "    "
NARROWEST = 6
"""A column of a table is not made narrower than this."""


def write(document: Document) -> str:
    """The document in lines of at most 96 characters; a word that is longer stays whole."""
    lines = [line for block in document.flat for line in _block(block)]
    lines += ["", *_wrap(document.footer)] if document.footer else []
    return "\n".join(lines).strip("\n") + "\n"


def _block(block: SimpleBlock | Contents) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from _heading(block)
    elif isinstance(block, Paragraph):
        yield from [*_wrap(words_of(block.text)), ""]
    elif isinstance(block, Items):
        for number, text in enumerate(block.texts, 1):
            mark = f"{number}. " if block.numbered else "• "
            first, *below = lines_of(text)
            yield from _wrap(mark + first, " " * len(mark), "")
            for line in below:
                yield from _wrap(line, " " * len(mark))
        yield ""
    elif isinstance(block, Grid):
        yield from [*_grid(block), ""]
    elif isinstance(block, Picture):
        yield from [*_wrap(block.words), ""]
    elif not isinstance(block, Contents):
        for name, text in block.pairs:
            yield from _wrap(f"{name}: {words_of(text)}", INDENT)
        yield ""


def _heading(heading: Heading) -> Iterator[str]:
    if heading.level == 1:
        yield from [*_wrap(heading.words), "=" * min(len(heading.words), WIDTH)]
    elif heading.level == 2:
        yield from ["", *_wrap(heading.words.upper()), "-" * min(len(heading.words), WIDTH)]
    elif heading.level == 3:
        yield from _wrap(heading.words)
    else:
        yield from _wrap(f"• {heading.words}", "  ", "")


def _grid(grid: Grid) -> Iterator[str]:
    """A table; a cell that is too wide for the line goes on below."""
    widths = _widths(grid)
    rule = tuple("-" * width for width in widths)
    for row in (grid.columns, rule, *(tuple(map(words_of, row)) for row in grid.rows)):
        cells = [
            textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)
        ]
        for parts in itertools.zip_longest(*cells, fillvalue=""):
            placed = [
                part.rjust(width) if name in grid.numbers else part.ljust(width)
                for part, width, name in zip(parts, widths, grid.columns, strict=True)
            ]
            yield "  ".join(placed).rstrip()


def _widths(grid: Grid) -> list[int]:
    """Of the columns: what their cells and the words of their names need; then the widest gives way
    until a line holds all.
    """
    widths = [
        max(map(len, (*name.split(), *map(words_of, cells))), default=1)
        for name, *cells in zip(grid.columns, *grid.rows, strict=True)
    ]
    while sum(widths) + 2 * (len(widths) - 1) > WIDTH and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrap(text: str, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
