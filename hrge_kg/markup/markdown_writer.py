"""Writes documents as Markdown (CommonMark; tables as GitHub has them). A paragraph is one line;
special signs are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .document import Document, DocumentBlock, Grid, Heading, Items, Paragraph, Picture

# Programs that print curly quotation marks make a dash of two hyphens.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$]|-(?=-)|(?<=-)-)")
# What Markdown reads only where a line begins: list marks, numbers, rules.
# (CommonMark 0.31, 4 and 5)
_FIRST = re.compile(
    r"^(?=[-+=])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])|(?<=^\d\d\d)(?=[.)])|(?<=^\d\d\d\d)(?=[.)])"
)


def write(documents: Iterable[Document]) -> str:
    """The documents, one after the other, with a horizontal rule between two of them."""
    texts = ["\n\n".join(map(_block, document.blocks)) for document in documents]
    return "\n\n---\n\n".join(texts) + "\n"


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> escaped("1. *not* a list")
    '1\\. \\*not\\* a list'
    """
    return _FIRST.sub(r"\\", _SPECIAL.sub(r"\\\1", text), count=1)


def _block(block: DocumentBlock) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        return escaped(block.text)
    if isinstance(block, Items):
        marks = [
            f"{number}." if block.numbered else "-" for number in range(1, len(block.texts) + 1)
        ]
        return "\n".join(
            f"{mark} {escaped(text)}" for mark, text in zip(marks, block.texts, strict=True)
        )
    if isinstance(block, Grid):
        return _grid(block)
    if isinstance(block, Picture):
        return escaped(block.words)
    return "\n".join(f"- **{escaped(name)}:** {escaped(text)}" for name, text in block.pairs)


def _grid(grid: Grid) -> str:
    """A table. (GitHub Flavored Markdown 0.29, 4.10)"""
    rule = ["--:" if name in grid.numbers else "---" for name in grid.columns]
    rows = [map(escaped, grid.columns), rule, *(map(escaped, row) for row in grid.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
