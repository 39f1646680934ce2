"""Writes documents as Markdown (CommonMark; tables as GitHub has them). A paragraph is one line;
special signs are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .document import (
    Below,
    Contents,
    Document,
    Grid,
    Heading,
    Items,
    Link,
    Paragraph,
    Picture,
    SimpleBlock,
    Text,
    spans,
)

# Programs that print curly quotation marks make a dash of two hyphens.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$]|-(?=-)|(?<=-)-)")
# What Markdown reads only where a line begins: list marks, numbers, rules.
# (CommonMark 0.31, 4 and 5)
_FIRST = re.compile(
    r"^(?=[-+=])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])|(?<=^\d\d\d)(?=[.)])|(?<=^\d\d\d\d)(?=[.)])"
)


def write(documents: Iterable[Document]) -> str:
    """The documents, one after the other, with a horizontal rule between two of them."""
    every = list(documents)
    texts = []
    for number, document in enumerate(every, 1):
        of = f"{number}-" if len(every) > 1 else ""
        foot = [escaped(document.footer)] if document.footer else []
        texts.append("\n\n".join([*(_block(block, of) for block in document.flat), *foot]))
    return "\n\n---\n\n".join(texts) + "\n"


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> escaped("1. *not* a list")
    '1\\. \\*not\\* a list'
    """
    return _FIRST.sub(r"\\", _SPECIAL.sub(r"\\\1", text), count=1)


def _block(block: SimpleBlock | Contents, of: str) -> str:
    """A block; `of` begins its anchors, so that each is in the file once."""
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_anchor(block.anchor, of)}{escaped(block.words)}"
    if isinstance(block, Paragraph):
        return _spans(block.text, of)
    if isinstance(block, Items):
        return "\n".join(
            f"{f'{number}.' if block.numbered else '-'} {_anchor(anchor, of)}{_spans(text, of)}"
            for number, (anchor, text) in enumerate(block.anchored, 1)
        )
    if isinstance(block, Grid):
        return _grid(block, of)
    if isinstance(block, Picture):
        return escaped(block.words)
    if isinstance(block, Contents):
        items = "\n".join(f"- {_spans((link,), of)}" for link in block.links)
        return f"## {escaped(block.title)}\n\n{items}"
    return "\n".join(f"- **{escaped(name)}:** {_spans(text, of)}" for name, text in block.pairs)


def _grid(grid: Grid, of: str) -> str:
    """A table. (GitHub Flavored Markdown 0.29, 4.10)"""
    rule = ["--:" if name in grid.numbers else "---" for name in grid.columns]
    cells = ([_spans(cell, of) for cell in row] for row in grid.rows)
    rows = [map(escaped, grid.columns), rule, *cells]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _anchor(anchor: str, of: str) -> str:
    return f'<a id="{of}{anchor}"></a>' if anchor else ""


def _spans(text: Text, of: str) -> str:
    r"""Text with its links; what Markdown reads only at the beginning of a line is escaped there.

    >>> _spans(("1. See ", Link("answer *2*", "#answer-2"), "."), "")
    '1\\. See [answer \\*2\\*](<#answer-2>).'
    """
    parts = []
    for span in spans(text):
        if isinstance(span, Link):
            to = f"#{of}{span.to[1:]}" if span.to.startswith("#") else span.to
            parts.append(f"[{escaped(span.text)}](<{to}>)")
        elif isinstance(span, Below):
            parts.append(f"\\\n  {escaped(span.text)}")
        else:
            words = span if isinstance(span, str) else span.text
            parts.append(_SPECIAL.sub(r"\\\1", words) if parts else escaped(words))
    return "".join(parts)
