"""Documents as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from .document import Document, DocumentBlock, Heading, Items, Paragraph

WIDTH = 96
INDENT = "    "


def write(document: Document) -> str:
    """The document in lines of at most 96 characters; a word that is longer stays whole."""
    lines = [line for block in document.blocks for line in _block(block)]
    return "\n".join(lines).strip("\n") + "\n"


def _block(block: DocumentBlock) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from _heading(block)
    elif isinstance(block, Paragraph):
        yield from [*_wrap(block.text), ""]
    elif isinstance(block, Items):
        for number, text in enumerate(block.texts, 1):
            mark = f"{number}. " if block.numbered else "• "
            yield from _wrap(mark + text, " " * len(mark), "")
        yield ""
    else:
        for name, text in block.pairs:
            yield from _wrap(f"{name}: {text}", INDENT)
        yield ""


def _heading(heading: Heading) -> Iterator[str]:
    if heading.level == 1:
        yield from [*_wrap(heading.text), "=" * min(len(heading.text), WIDTH)]
    elif heading.level == 2:
        yield from ["", *_wrap(heading.text.upper()), "-" * min(len(heading.text), WIDTH)]
    elif heading.level == 3:
        yield from _wrap(f"{heading.text}")
    else:
        yield from _wrap(f"• {heading.text}", "  ", "")


def _wrap(text: str, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
