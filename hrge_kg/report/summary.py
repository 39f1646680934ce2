"""The summary of many assessments as a page: how often each outcome occurs, without a score."""

from __future__ import annotations

import re

from ..markup.document import Document, Grid, Heading, Paragraph, plain
from ..tables.cells import cell_text, is_numeric
from ..tables.model import Table, row_count

NO_RANKING = (
    "This is not a ranking. A programme with more concerns may only have answered more questions; "
    "one with none may have said nothing."
)


def summary_page(table: Table) -> Document:
    """The page of the table that `portfolio.summary` makes."""
    return Document(
        (
            Heading(1, f"{table.title}: {row_count(table)}"),
            Paragraph(NO_RANKING),
            grid_of(table),
        )
    )


def grid_of(table: Table, most: int | None = None) -> Grid:
    """The first rows of a table, in words: at most `most`."""
    rows = tuple(
        tuple(
            plain(cell_text(cell, name in table.lists, None))
            for name, cell in zip(table.columns, row, strict=True)
        )
        for row in table.terms[:most]
    )
    numbers = frozenset(name for name in table.columns if is_numeric(table, name))
    return Grid(tuple(map(_words, table.columns)), rows, frozenset(map(_words, numbers)))


def _words(column: str) -> str:
    """The name of a column as people read it.

    >>> _words("notStated")
    'not stated'
    """
    return re.sub(r"(?=[A-Z])", " ", column).lower()
