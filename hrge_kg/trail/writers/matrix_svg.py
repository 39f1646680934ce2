"""The matrix of documents as a picture for A4 in landscape. (docs/reference/trail.md)"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from ...tables.model import Table
from ..link_graph import LinkGraph
from .labels import wrapped

_CELL, _LEFT, _GROUP = 27, 190, 18  # pixels; _GROUP: the heading of the columns of one force
_LETTERS = string.ascii_uppercase + string.ascii_lowercase
_LEGEND_COLUMN, _LEGEND_COLUMNS, _LEGEND_ROW = 255, 4, 18


def matrix_svg(table: Table, link_graph: LinkGraph) -> str:
    """The table of `document_matrix` as a picture.

    It has a row for every document from which links lead, those with most links first, and a column
    for every document to which links lead, by force. A cell says how many links there are, and how
    many of each kind; a letter stands for the kind.
    """
    return _Picture(table, link_graph).drawn()


class _Picture:
    def __init__(self, table: Table, link_graph: LinkGraph) -> None:
        self.title = table.title
        self.cells: dict[tuple[str, str], dict[str, int]] = {}
        self.forces: dict[str, str] = {}  # by document to which links lead
        for row in table.terms:
            start, end, force, kind, count = (
                getattr(row[place], "value", "") for place in (1, 3, 4, 5, 6)
            )
            self.cells.setdefault((start, end), {})[kind] = int(count)
            self.forces[end] = force
        kinds = sorted({kind for counts in self.cells.values() for kind in counts})
        self.letters = {kind: _LETTERS[at % len(_LETTERS)] for at, kind in enumerate(kinds)}
        self.kinds = {
            kind: link_graph.kinds[kind].label if kind in link_graph.kinds else kind
            for kind in kinds
        }
        self.ends = self._by_force(link_graph)
        self.most = max((sum(counts.values()) for counts in self.cells.values()), default=1)

    def _by_force(self, link_graph: LinkGraph) -> list[str]:
        ranks = {force.label: force.rank for force in link_graph.forces.values()}

        def order(end: str) -> tuple[int, str]:
            force = self.forces[end]
            return ranks.get(force, len(ranks)), force

        return sorted(self.forces, key=order)

    def drawn(self) -> str:
        labels = {end: _two_lines(end) for end in self.ends}
        longest = max((len(line) for lines in labels.values() for line in lines), default=0)
        top = longest * 6 + 34
        headings, places, right = self._headings(labels, top - 6)
        rows, bottom = self._rows(places, top)
        legend_top = bottom + 24
        legend_rows = (len(self.letters) + _LEGEND_COLUMNS - 1) // _LEGEND_COLUMNS
        width = max(right + 8, 8 + _LEGEND_COLUMNS * _LEGEND_COLUMN)
        height = legend_top + legend_rows * _LEGEND_ROW
        size = f'width="{width:.0f}" height="{height:.0f}"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
            'font-family="Arial, Helvetica, sans-serif" font-size="11">',
            f'<title>{escape(self.title)}</title><rect {size} fill="#fff"/>',
            '<text x="8" y="18" font-weight="bold" font-size="13">'
            "Links from (rows) to (columns, by kind of authority)</text>",
            *headings,
            *rows,
            *self._legend(legend_top),
            "</svg>",
        ]
        return "\n".join(lines) + "\n"

    def _headings(
        self, labels: Mapping[str, Sequence[str]], bottom: float
    ) -> tuple[list[str], dict[str, float], float]:
        """The upright headings; the left side of each column; and where the last one ends."""
        lines: list[str] = []
        places: dict[str, float] = {}
        x, group = float(_LEFT), None
        for end in self.ends:
            if self.forces[end] != group:
                group = self.forces[end]
                heading = group or "no force known"
                lines.append(_upright(x + 13, bottom, heading, ' font-weight="bold"'))
                x += _GROUP
            places[end] = x
            first = x + _CELL / 2 + (4 if len(labels[end]) == 1 else -2)
            for number, line in enumerate(labels[end]):
                lines.append(_upright(first + 12 * number, bottom, line))
            x += _CELL
        return lines, places, x

    def _rows(self, places: Mapping[str, float], top: float) -> tuple[list[str], float]:
        """The rows, each as high as its fullest cell needs; and where the last one ends."""
        lines: list[str] = []
        y = float(top)
        for start in dict.fromkeys(start for start, _ in self.cells):
            label = wrapped(start, 32)
            fullest = max(len(self._counts(start, end)) for end in self.ends)
            height = max(14 * len(label) + 8, 20 + 11 * fullest)
            for number, line in enumerate(label, 1):
                lines.append(f'<text x="8" y="{y + 14 * number:.0f}">{escape(line)}</text>')
            for end in self.ends:
                lines += self._cell(self._counts(start, end), places[end], y, height)
            y += height
        return lines, y

    def _counts(self, start: str, end: str) -> dict[str, int]:
        return self.cells.get((start, end), {})

    def _cell(self, counts: Mapping[str, int], x: float, y: float, height: float) -> Iterator[str]:
        total = sum(counts.values())
        # The square root, so that a cell with few links differs in shade from one with none.
        shade = 255 - round(70 * (total / self.most) ** 0.5)
        yield (
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{_CELL}" height="{height:.0f}" '
            f'fill="rgb({shade},{shade},{shade})" stroke="#999"/>'
        )
        if not total:
            return
        middle = f'x="{x + _CELL / 2:.1f}" text-anchor="middle"'
        yield f'<text class="count" {middle} y="{y + 14:.0f}" font-weight="bold">{total}</text>'
        for number, kind in enumerate(sorted(counts, key=self.letters.__getitem__), 1):
            letter = f"{self.letters[kind]} {counts[kind]}"
            yield f'<text {middle} y="{y + 14 + 11 * number:.0f}" font-size="9">{letter}</text>'

    def _legend(self, top: float) -> Iterator[str]:
        for at, (kind, letter) in enumerate(self.letters.items()):
            row, column = divmod(at, _LEGEND_COLUMNS)
            place = f'x="{8 + column * _LEGEND_COLUMN}" y="{top + row * _LEGEND_ROW:.0f}"'
            mark = f'<tspan font-weight="bold">{letter}</tspan>'
            yield f"<text {place}>{mark} {escape(self.kinds[kind])}</text>"


def _two_lines(label: str) -> list[str]:
    """A label on at most two lines, as short as they can be."""
    width = 30
    while len(lines := wrapped(label, width)) > 2:
        width += 1
    return lines


def _upright(x: float, y: float, text: str, style: str = "") -> str:
    return f'<text transform="translate({x:.1f} {y:.1f}) rotate(-90)"{style}>{escape(text)}</text>'
