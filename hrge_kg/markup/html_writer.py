"""Writes documents as one HTML file for the screen and for printing on A4.

The style is in the file; there is no script, and a browser fetches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from .document import Document, DocumentBlock, Grid, Heading, Items, Paragraph, Picture

STYLE = "\n" + Path(__file__).with_name("document.css").read_text(encoding="utf-8")

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
"""


def write(documents: Sequence[Document]) -> str:
    """One file with every document as an article of its own."""
    title = "; ".join(document.title for document in documents)
    articles = [
        "<article>\n" + "\n".join(_block(block) for block in document.blocks) + "\n</article>"
        for document in documents
    ]
    body = "\n".join(articles)
    head = f"{_HEAD}<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>"
    return f"{head}\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"


def _block(block: DocumentBlock) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_text(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{_text(block.text)}</p>"
    if isinstance(block, Items):
        tag = "ol" if block.numbered else "ul"
        items = "\n".join(f"<li>{_text(text)}</li>" for text in block.texts)
        return f"<{tag}>\n{items}\n</{tag}>"
    if isinstance(block, Grid):
        return _grid(block)
    if isinstance(block, Picture):
        return f'<figure tabindex="0">\n{block.svg}</figure>'
    pairs = "\n".join(
        f"<div>\n<dt>{escape(name)}:</dt>\n<dd>{_text(text)}</dd>\n</div>"
        for name, text in block.pairs
    )
    return f"<dl>\n{pairs}\n</dl>"


def _grid(grid: Grid) -> str:
    kinds = ['class="number"' if name in grid.numbers else "" for name in grid.columns]
    head = "".join(
        f'<th scope="col"{" " + kind if kind else ""}>{escape(name)}</th>'
        for name, kind in zip(grid.columns, kinds, strict=True)
    )
    rows = [
        "".join(
            f"<td {kind}>{_text(cell)}</td>" if kind else f"<td>{_text(cell)}</td>"
            for cell, kind in zip(row, kinds, strict=True)
        )
        for row in grid.rows
    ]
    lines = ['<div class="table" tabindex="0">', "<table>", f"<thead><tr>{head}</tr></thead>"]
    lines += ["<tbody>", *(f"<tr>{row}</tr>" for row in rows), "</tbody>", "</table>", "</div>"]
    return "\n".join(lines)


def _text(text: str) -> str:
    """A text as HTML: words in quotation marks become <q> and keep their quotation marks.

    >>> _text("said: “a < b” (page 1)")
    'said: <q>“a &lt; b”</q> (page 1)'
    """
    return re.sub("“[^“”]+”", r"<q>\g<0></q>", escape(text))
