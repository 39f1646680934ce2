"""Which documents lean on which: how many links of which kind lead from one to another, as a table and as a picture."""

from __future__ import annotations

from html import escape

import pyoxigraph as ox

from .links import Node
from .table import Table
from .trail_diagrams import wrapped
from .web import Web, load

COLUMNS = ("from", "fromLabel", "to", "toLabel", "force", "kind", "links")
_CELL, _LEFT, _TOP = 34, 300, 44


def matrix(store: ox.Store) -> Table:
    """One row for two documents and a kind of link between their parts, most links first. The section's own text is a document here;
    `from` or `to` is empty for it.
    """
    web = load(store)
    found: dict[tuple[str, str, str], int] = {}
    for link in web.links:
        start, end = (web.nodes[iri].document or "" for iri in (link.start, link.end))
        if start != end:
            found[start, end, link.kind] = found.get((start, end, link.kind), 0) + 1
    whole: dict[tuple[str, str], int] = {}
    for (start, end, _), count in found.items():
        whole[start, end] = whole.get((start, end), 0) + count
    order = sorted(found, key=lambda one: (-whole[one[:2]], one[:2], -found[one], one))
    rows = tuple(
        (
            ox.NamedNode(start) if start else None,
            ox.Literal(_label(web, start)),
            ox.NamedNode(end) if end else None,
            ox.Literal(_label(web, end)),
            _force(web.nodes.get(end)),
            ox.Literal(kind),
            ox.Literal(found[start, end, kind]),
        )
        for start, end, kind in order
    )
    return Table(COLUMNS, rows, "Links between documents")


def _label(web: Web, iri: str) -> str:
    return web.nodes[iri].label if iri else "the section's own text"


def _force(node: Node | None) -> ox.Literal | None:
    return ox.Literal(node.force) if node and node.force else None


def to_svg(table: Table) -> str:
    """The matrix as a picture: a row for every document that leads to others, a column for every one that is led to, most links first."""
    counts: dict[tuple[str, str], int] = {}
    for row in table.rows:
        start, end, count = (getattr(row[place], "value", "") for place in (1, 3, 6))
        counts[start, end] = counts.get((start, end), 0) + int(count)
    starts, ends = (list(dict.fromkeys(pair[place] for pair in counts)) for place in (0, 1))
    names = [wrapped(f"{number} {end}", 100)[0] for number, end in enumerate(ends, 1)]
    wide = max(_LEFT + _CELL * len(ends) + 20, 760)
    below = _TOP + sum(_high(one) for one in starts) + 26
    high = below + 16 * len(names) + 10
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img" '
        'font-family="Arial, Helvetica, sans-serif" font-size="11">',
        f'<title>{escape(table.title)}</title><rect width="{wide}" height="{high}" fill="#fff"/>',
        '<text x="8" y="18" font-weight="bold" font-size="13">Links from (rows) to (columns, numbered below)</text>',
    ]
    most, y = max(counts.values(), default=1), _TOP
    heads = (
        f'<text x="{_LEFT + _CELL * (index + 0.5)}" y="{_TOP - 6}" text-anchor="middle">{index + 1}</text>' for index in range(len(ends))
    )
    lines += heads
    for start in starts:
        for number, line in enumerate(wrapped(start, 46), 1):
            lines.append(f'<text x="8" y="{y + 14 * number}">{escape(line)}</text>')
        for index, end in enumerate(ends):
            count = counts.get((start, end), 0)
            shade = 255 - round(110 * (count / most) ** 0.5) if count else 255
            x = _LEFT + _CELL * index
            lines.append(
                f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_high(start)}" fill="rgb({shade},{shade},{shade})" stroke="#999"/>'
            )
            if count:
                lines.append(f'<text class="count" x="{x + _CELL / 2}" y="{y + 15}" text-anchor="middle">{count}</text>')
        y += _high(start)
    lines += [f'<text x="8" y="{below + 16 * number}">{escape(name)}</text>' for number, name in enumerate(names)]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _high(label: str) -> int:
    return 14 * len(wrapped(label, 46)) + 10
