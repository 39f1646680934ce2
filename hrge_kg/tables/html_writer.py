"""Shows tables and triples in notebooks: the first rows as HTML, and how many rows there are.

>>> "<th>norm</th>" in table_to_html(Table(("norm",), ()))
True
"""

from __future__ import annotations

from html import escape

import pyoxigraph as ox

from .cells import cell_text
from .model import Table, Term, Triples, row_count

SHOWN = 20
"""How many rows a notebook shows."""


def table_to_html(table: Table, shown: int = SHOWN) -> str:
    """A table as HTML: its first `shown` rows with whole cells, and how many rows there are."""
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    rows = [
        "".join(
            _cell(cell, name in table.lists) for name, cell in zip(table.columns, row, strict=True)
        )
        for row in table.terms[:shown]
    ]
    lines = ["<table>", f"<thead><tr>{head}</tr></thead>", "<tbody>"]
    lines += [f"<tr>{row}</tr>" for row in rows]
    lines += ["</tbody>", "</table>"]
    count = row_count(table)
    if len(table) > shown:
        count = f"the first {shown} of {count}"
    title = f"{table.title}: {count}" if table.title else count
    return "\n".join([*lines, f"<p>{escape(title)}</p>"])


def triples_to_html(triples: Triples, shown: int = SHOWN) -> str:
    """Triples as an HTML table of three columns."""
    rows = tuple((t.subject, t.predicate, t.object) for t in triples.terms)
    return table_to_html(Table(("subject", "predicate", "object"), rows, triples.title), shown)


def _cell(term: Term | None, is_list: bool) -> str:
    text = escape(cell_text(term, is_list, None))
    if isinstance(term, ox.NamedNode):
        return f'<td title="{escape(term.value)}">{text}</td>'
    return f"<td>{text}</td>"
