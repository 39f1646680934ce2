"""Trails as a picture: what the text prints on the left, then documents and their provisions in columns by force. Made for A4 across.

Labels are written out whole. Kinds of link are told apart by a letter on the line, and by its dashes, never by colour; a square
round the letter tells what the editors added.
"""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import product
from math import dist

from ..model import Link, Node, Trail
from .labels import discrepancy_mark, link_label, notes_below, wrapped
from .layout import LEADING, MARGIN, SIZE, Box, Curve, Layout, Point, layout

_DASHES = ("", "7 3", "2 3", "9 3 2 3", "14 4", "5 2 1 2 1 2")
_NOTE = "In a square, (editors): a link that the editors add; the source does not print it. Columns are kinds of authority, not ranks."
_LETTERS = string.ascii_uppercase + string.ascii_lowercase
_CELL = 9  # pixels; somewhat more than half of a letter's circle
_NEAR = sorted(product(range(-2, 3), repeat=2), key=lambda step: max(map(abs, step)))
_Cell = tuple[int, int]


def to_svg(trail: Trail) -> str:
    """One SVG file."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + picture(trail)


def picture(trail: Trail, *, alone: bool = True) -> str:
    """The element `svg`: alone, or in a page that has the notes and the register itself. Nodes and links have IRIs and numbers as data-."""
    placed = layout(trail)
    marks = {kind: _LETTERS[index % len(_LETTERS)] for index, kind in enumerate(_kinds(trail))}
    letters = int((placed.width - 2 * MARGIN) / (SIZE * 0.56))
    below = [
        line
        for note in (_NOTE, *(notes_below(trail) if alone else ()))
        for line in wrapped(note, letters)
    ]
    high = placed.height + 28
    wide, whole = placed.width, high + 20 * -(-len(marks) // 3) + LEADING * len(below) + 6
    title = trail.nodes[trail.start].label + (
        f" to {trail.nodes[trail.end].label}" if trail.end else ""
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{whole:.0f}" viewBox="0 0 {wide:.0f} {whole:.0f}" '
        f'role="img" font-family="Arial, Helvetica, sans-serif" font-size="{SIZE}">',
        f"<title>{escape(f'Citation trail: {title}')}</title>",
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        '<path d="M0 0L10 5L0 10z" fill="#333"/></marker></defs>',
        f'<rect width="{wide:.0f}" height="{whole:.0f}" fill="#fff"/>',
        *(
            f'<text x="{x:.1f}" y="28" font-weight="bold" font-size="13">{escape(heading)}</text>'
            for heading, x in placed.headings
        ),
        *_links(trail, placed, marks),
        *(_node(trail, trail.nodes[iri], box) for iri, box in placed.boxes.items()),
        *_legend(marks, below, high),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _kinds(trail: Trail) -> list[str]:
    return list(
        dict.fromkeys(link_label(link) for link in sorted(trail.edges, key=lambda one: one.rank))
    )


def _node(trail: Trail, node: Node, box: Box) -> str:
    weight = 2.5 if node.id in (trail.start, trail.end) else 1
    lines = [
        f'<g class="node" tabindex="0" data-id="{escape(node.id)}"><title>{escape(node.quote or node.label)}</title>',
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'rx="3" fill="#fff" stroke="#111" stroke-width="{weight}"/>',
    ]
    for number, line in enumerate((*box.lines, *box.below), 1):
        style = ' font-style="italic" fill="#444"' if number > len(box.lines) else ""
        lines.append(
            f'<text x="{box.x + 7:.1f}" y="{box.y + 3 + LEADING * number:.1f}"{style}>{escape(line)}</text>'
        )
    return "\n".join([*lines, "</g>"])


def _links(trail: Trail, placed: Layout, marks: Mapping[str, str]) -> Iterator[str]:
    drawn = [
        f"M{_xy(way[0][0])}"
        + "".join(f"C{_xy(two)} {_xy(three)} {_xy(four)}" for _, two, three, four in way)
        for way in placed.ways
    ]
    notes_below = [escape(_told(trail, link)) for link in trail.edges]
    # below all: each line as wide as a finger, for the pointer
    for number, (path, title) in enumerate(zip(drawn, notes_below, strict=True)):
        yield (
            f'<path class="hit" data-number="{number}" d="{path}" fill="none" stroke="#fff" stroke-width="9" stroke-opacity="0">'
            f"<title>{title}</title></path>"
        )
    for number, (link, at) in enumerate(zip(trail.edges, _letters(placed), strict=True)):
        name = link_label(link)
        dashes = _DASHES[list(marks).index(name) % len(_DASHES)]
        yield "\n".join([
            f'<g class="link" tabindex="0" data-number="{number}" data-from="{escape(link.start)}" data-to="{escape(link.end)}" '
            f'data-kind="{link.kind}">'
            f"<title>{notes_below[number]}</title>",
            f'<path d="{drawn[number]}" fill="none" stroke="#333" stroke-width="1.2" stroke-dasharray="{dashes}" '
            'marker-end="url(#arrow)" pointer-events="none"/>',
            f"{_mark(name, marks[name], *at)}</g>",
        ])  # fmt: skip


def _mark(name: str, letter: str, x: float, y: float) -> str:
    # `named` says who added it, and the legend says it again
    shape = (
        f'<rect class="mark" x="{x - 7:.1f}" y="{y - 7:.1f}" width="14" height="14" fill="#fff" stroke="#333" stroke-width=".8"/>'
        if name.endswith(" (editors)")
        else f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="7.5" fill="#fff" stroke="#333" stroke-width=".8"/>'
    )
    return f'{shape}<text x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle" font-size="10" font-weight="bold">{letter}</text>'


def _letters(placed: Layout) -> Iterator[Point]:
    """A place for each letter on its own line: on no box, no arrow and no other letter, and as far from other lines as may be."""
    lines: dict[_Cell, set[int]] = defaultdict(set)
    taken: dict[_Cell, list[Point]] = defaultdict(list)
    for number, way in enumerate(placed.ways):
        for point in _along(way, 60):
            lines[_cell(point)].add(number)
        for tip in (way[0][0], way[-1][-1]):
            taken[_cell(tip)].append(tip)
    covered = {
        (column, row)
        for box in placed.boxes.values()
        for column in range(int(box.x // _CELL), int((box.x + box.width) // _CELL) + 1)
        for row in range(int(box.y // _CELL), int((box.y + box.height) // _CELL) + 1)
    }
    for way in placed.ways:
        points = list(_along(way, 24))

        def cost(place: int, points: list[Point] = points) -> tuple[bool, float, int, int]:
            around = list(_around(points[place]))
            room = min(
                [18.0, *(dist(points[place], other) for cell in around for other in taken[cell])]
            )
            crossed = len(set().union(*(lines[cell] for cell in around)))
            return not covered.isdisjoint(around[:9]), -room, crossed, abs(2 * place - len(points))

        best = points[min(range(len(points)), key=cost)]
        taken[_cell(best)].append(best)
        yield best


def _along(way: Iterable[Curve], steps: int) -> Iterator[Point]:
    for one, two, three, four in way:
        for step in range(steps + 1):
            share = step / steps
            rest = 1 - share
            weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
            x, y = (
                sum(
                    w * point[axis]
                    for w, point in zip(weights, (one, two, three, four), strict=True)
                )
                for axis in (0, 1)
            )
            yield x, y


def _cell(point: Point) -> _Cell:
    return int(point[0] // _CELL), int(point[1] // _CELL)


def _around(point: Point) -> Iterator[_Cell]:
    """The cell of a point and those around it, nearest first."""
    column, row = _cell(point)
    for right, down in _NEAR:
        yield column + right, row + down


def _xy(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _told(trail: Trail, link: Link) -> str:
    said = (
        f": “{link.evidence.quote}” ({link.evidence.place})"
        if link.evidence.quote
        else f": {link.remark}"
        if link.remark
        else ""
    )
    return "; ".join(
        [
            f"{trail.nodes[link.start].label} {link_label(link)} {trail.nodes[link.end].label}{said}",
            *discrepancy_mark(link),
        ]
    )


def _legend(marks: Mapping[str, str], below: list[str], top: float) -> Iterator[str]:
    for index, (name, letter) in enumerate(marks.items()):
        x, y = MARGIN + (index % 3) * 340, top + 20 * (index // 3)
        dashes = _DASHES[index % len(_DASHES)]
        yield (
            f'<path d="M{x} {y:.1f}h34" stroke="#333" stroke-width="1.2" stroke-dasharray="{dashes}"/>'
            f'{_mark(name, letter, x + 44, y)}<text x="{x + 58}" y="{y + 4:.1f}">{escape(name)}</text>'
        )
    for number, line in enumerate(below):
        y = top + 20 * -(-len(marks) // 3) + 4 + LEADING * number
        yield f'<text x="{MARGIN}" y="{y:.1f}" fill="#444">{escape(line)}</text>'
