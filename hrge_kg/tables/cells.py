"""The cells of a table as people read them."""

from __future__ import annotations

import unicodedata

import pyoxigraph as ox

from ..namespaces import XSD, shrink
from .model import SEPARATOR, Table, Term

CUT = 60
"""The most characters of a cell; an IRI is never cut, and a list only between two items."""
NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
"""The types of numbers (IRIs)."""


def is_numeric(table: Table, column: str) -> bool:
    """Whether a column holds numbers and nothing else."""
    index = table.columns.index(column)
    cells = [row[index] for row in table.terms if row[index] is not None]
    return bool(cells) and all(
        isinstance(cell, ox.Literal) and cell.datatype.value in NUMBERS for cell in cells
    )


def cell_text(cell: Term | None, is_list: bool, cut: int | None) -> str:
    """A cell as people read it: IRIs as CURIEs, no line breaks, words cut after `cut` letters."""
    if cell is None:
        return ""
    if isinstance(cell, ox.NamedNode):
        return shrink(cell.value)
    if not isinstance(cell, ox.Literal):
        return str(cell)
    if is_list:
        return _cut_list([shrink(one_line(item)) for item in cell.value.split(SEPARATOR)], cut)
    words = one_line(cell.value)
    return words if cut is None or len(words) <= cut else words[: cut - 1].rstrip() + "…"


def _cut_list(items: list[str], cut: int | None) -> str:
    """The items of a list that fit, each whole, and at least one."""
    shown = len(items)
    while (
        cut is not None
        and shown > 1
        and len(SEPARATOR.join([*items[:shown], "…"])) > cut
        and len(SEPARATOR.join(items)) > cut
    ):
        shown -= 1
    return SEPARATOR.join([*items[:shown], *(["…"] if shown < len(items) else [])])


def one_line(text: str) -> str:
    """A text without line breaks and without what could reach the terminal.

    >>> one_line("a\\nb")
    'a b'
    """
    # Line breaks would break the table; control characters could reach the terminal.
    return "".join(
        " " if c in "\n\r\t" else "\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c
        for c in text
    )
