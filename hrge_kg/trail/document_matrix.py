"""Which documents lean on which: how many links of which kind lead from one to another, as a table and as a picture."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from html import escape

import pyoxigraph as ox

from ..tables.model import Table
from .link_graph import LinkGraph, load
from .model import Node
from .writers.labels import wrapped

COLUMNS = ("from", "fromLabel", "to", "toLabel", "force", "kind", "links")
_CELL, _LEFT, _HEAD = 27, 190, 18  # pixels
_LETTERS = string.ascii_uppercase + string.ascii_lowercase


def document_matrix(store: ox.Store) -> Table:
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


def _label(web: LinkGraph, iri: str) -> str:
    return web.nodes[iri].label if iri else "the section's own text"


def _force(node: Node | None) -> ox.Literal | None:
    return ox.Literal(node.force) if node and node.force else None


def to_svg(table: Table, web: LinkGraph) -> str:
    """The matrix as a picture, made for A4 across: a row for every document that leads to others, most links first; a column for every
    one that is led to, by force. A cell tells how many links, and how many of which kind by its letter.
    """
    cells: dict[tuple[str, str], dict[str, int]] = {}
    columns: dict[str, str] = {}
    for row in table.rows:
        start, end, force, kind, count = (
            getattr(row[place], "value", "") for place in (1, 3, 4, 5, 6)
        )
        cells.setdefault((start, end), {})[kind] = int(count)
        columns[end] = force
    letters = {
        kind: _LETTERS[at % len(_LETTERS)]
        for at, kind in enumerate(sorted({kind for one in cells.values() for kind in one}))
    }
    ranks = {force.label: force.rank for force in web.forces.values()}
    ends = sorted(columns, key=lambda end: (ranks.get(columns[end], len(ranks)), columns[end]))
    labels = {end: _two_lines(end) for end in ends}
    top = max((len(line) for lines in labels.values() for line in lines), default=0) * 6 + 34
    places, x = {}, float(_LEFT)
    lines = [
        '<text x="8" y="18" font-weight="bold" font-size="13">Links from (rows) to (columns, by kind of authority)</text>'
    ]
    for at, end in enumerate(ends):
        if at == 0 or columns[end] != columns[ends[at - 1]]:
            lines.append(
                _upright(x + 13, top - 6, columns[end] or "no force known", ' font-weight="bold"')
            )
            x += _HEAD
        places[end] = x
        first = x + _CELL / 2 + (4 if len(labels[end]) == 1 else -2)
        lines += [
            _upright(first + 12 * number, top - 6, line) for number, line in enumerate(labels[end])
        ]
        x += _CELL
    most, y = max((sum(one.values()) for one in cells.values()), default=1), float(top)
    for start in dict.fromkeys(start for start, _ in cells):
        names = wrapped(start, 32)
        high = max(
            14 * len(names) + 8, *(20 + 11 * len(cells.get((start, end), ())) for end in ends)
        )
        lines += [
            f'<text x="8" y="{y + 14 * number:.0f}">{escape(line)}</text>'
            for number, line in enumerate(names, 1)
        ]
        for end in ends:
            lines += _cell(cells.get((start, end), {}), letters, most, (places[end], y), high)
        y += high
    y += 24
    for at, (kind, letter) in enumerate(letters.items()):
        label = web.kinds[kind].label if kind in web.kinds else kind
        place = f'x="{8 + at % 4 * 255}" y="{y + at // 4 * 18:.0f}"'
        lines.append(
            f'<text {place}><tspan font-weight="bold">{letter}</tspan> {escape(label)}</text>'
        )
    wide, tall = max(x + 8, 8 + 4 * 255), y + (len(letters) + 3) // 4 * 18
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{tall:.0f}" viewBox="0 0 {wide:.0f} {tall:.0f}" role="img" '
        'font-family="Arial, Helvetica, sans-serif" font-size="11">',
        f'<title>{escape(table.title)}</title><rect width="{wide:.0f}" height="{tall:.0f}" fill="#fff"/>',
        *lines,
        "</svg>\n",
    ])  # fmt: skip


def _two_lines(label: str) -> list[str]:
    return next(
        lines for width in range(30, len(label) + 31) if len(lines := wrapped(label, width)) <= 2
    )


def _upright(x: float, y: float, text: str, style: str = "") -> str:
    return f'<text transform="translate({x:.1f} {y:.1f}) rotate(-90)"{style}>{escape(text)}</text>'


def _cell(
    kinds: Mapping[str, int],
    letters: Mapping[str, str],
    most: int,
    at: tuple[float, float],
    high: float,
) -> Iterator[str]:
    (x, y), count = at, sum(kinds.values())
    shade = 255 - round(70 * (count / most) ** 0.5)
    yield f'<rect x="{x:.0f}" y="{y:.0f}" width="{_CELL}" height="{high:.0f}" fill="rgb({shade},{shade},{shade})" stroke="#999"/>'
    if count:
        middle = f'x="{x + _CELL / 2:.1f}" text-anchor="middle"'
        yield f'<text class="count" {middle} y="{y + 14:.0f}" font-weight="bold">{count}</text>'
        for number, (kind, several) in enumerate(
            sorted(kinds.items(), key=lambda one: letters[one[0]]), 1
        ):
            yield f'<text {middle} y="{y + 14 + 11 * number:.0f}" font-size="9">{letters[kind]} {several}</text>'
