"""Trails as a picture: what the text prints on the left, then documents and their provisions in columns by force. Made for A4 across.

Labels are written out whole. Kinds of link are told apart by a letter on the line, and by its dashes, never by colour.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from .links import Link, Node
from .trail import Trail
from .trail_diagrams import marked, named, titled, told, wrapped

_PAGE = 1080  # CSS pixels of A4 across, without margins; wider only where there are more columns than fit
_GAP, _MARGIN, _TOP = 96, 12, 46
_SIZE, _LEADING, _PORT = 11, 14, 10
_LEAST = 150  # of a column: some twenty-four letters
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "5 2 1 2")
_NOTE = "(editors): a link that the editors add; the source does not print it. Columns are kinds of authority, not ranks."
_LETTERS = string.ascii_uppercase + string.ascii_lowercase


@dataclass(frozen=True)
class _Box:
    x: float
    y: float
    width: float
    height: float
    column: int
    lines: tuple[str, ...]
    below: tuple[str, ...]


def to_svg(trail: Trail) -> str:
    """One SVG file."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + picture(trail)


def picture(trail: Trail, *, alone: bool = True) -> str:
    """The element `svg`: alone, or in a page that has the notes and the register itself. Nodes and links have IRIs and numbers as data-."""
    columns = _columns(trail)
    width = max((_PAGE - 2 * _MARGIN - _GAP * (len(columns) - 1)) / len(columns), _LEAST)
    boxes = _boxes(trail, columns, min(width, 300))
    letters = {kind: _LETTERS[index % len(_LETTERS)] for index, kind in enumerate(_kinds(trail))}
    wide = max(*(box.x + box.width + 90 for box in boxes.values()), _PAGE)
    high = max(box.y + box.height for box in boxes.values()) + 24
    below = [
        line for note in (_NOTE, *(told(trail) if alone else ())) for line in wrapped(note, int((wide - 2 * _MARGIN) / (_SIZE * 0.56)))
    ]
    legend = list(_legend(letters, below, high))
    whole = high + 20 * (len(letters) // 3 + 2) + _LEADING * (len(below) - 1)
    title = trail.nodes[trail.start].label + (f" to {trail.nodes[trail.end].label}" if trail.end else "")
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{whole:.0f}" viewBox="0 0 {wide:.0f} {whole:.0f}" '
        f'role="img" font-family="Arial, Helvetica, sans-serif" font-size="{_SIZE}">',
        f"<title>{escape(f'Citation trail: {title}')}</title>",
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        '<path d="M0 0L10 5L0 10z" fill="#333"/></marker></defs>',
        f'<rect width="{wide:.0f}" height="{whole:.0f}" fill="#fff"/>',
        *_headings(columns, boxes),
        *_links(trail, boxes, letters),
        *(_node(trail, trail.nodes[iri], box) for iri, box in boxes.items()),
        *legend,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _kinds(trail: Trail) -> list[str]:
    return list(dict.fromkeys(named(link) for link in sorted(trail.edges, key=lambda one: one.rank)))


def _columns(trail: Trail) -> list[tuple[str, list[str]]]:
    """Headings and nodes: the text's own first, then by force; each column so that what is linked stands near."""
    found: dict[tuple[int, str], list[str]] = {}
    for node in trail.nodes.values():
        key = (
            (0, "in the text")
            if node.document is None
            else (1 + trail.forces.get(node.force or "", len(trail.forces)), node.force or "no force known")
        )
        found.setdefault(key, []).append(node.id)
    columns = [(heading, found[rank, heading]) for rank, heading in sorted(found)]
    near: dict[str, list[str]] = {}
    for link in trail.edges:
        near.setdefault(link.start, []).append(link.end)
        near.setdefault(link.end, []).append(link.start)
    place: dict[str, float] = {}
    for _, iris in columns:
        iris.sort(key=lambda one: (one not in (trail.start, trail.end), trail.nodes[one].order))
        place |= {iri: index / len(iris) for index, iri in enumerate(iris)}
    for _ in range(4):
        for _, iris in columns:
            middle = {iri: sum(place[one] for one in near.get(iri, [iri])) / len(near.get(iri, [iri])) for iri in iris}
            iris.sort(key=lambda one: (middle[one], trail.nodes[one].order))
            place |= {iri: index / len(iris) for index, iri in enumerate(iris)}
    return columns


def _boxes(trail: Trail, columns: list[tuple[str, list[str]]], width: float) -> dict[str, _Box]:
    letters = int((width - 14) / (_SIZE * 0.56))
    boxes: dict[str, _Box] = {}
    tied: dict[tuple[str, bool], int] = {}
    where = {iri: column for column, (_, iris) in enumerate(columns) for iri in iris}
    for link in trail.edges:
        for key in _sides(link, where):
            tied[key] = tied.get(key, 0) + 1
    for column, (_, iris) in enumerate(columns):
        x, y = _MARGIN + column * (width + _GAP), float(_TOP)
        for iri in iris:
            label, below = titled(trail.nodes[iri])
            lines, under = tuple(wrapped(label, letters)), tuple(wrapped(below, letters))
            ties = max(tied.get((iri, False), 0), tied.get((iri, True), 0))
            height = max(_LEADING * (len(lines) + len(under)) + 10, _PORT * (ties + 1))
            boxes[iri] = _Box(x, y, width, height, column, lines, under)
            y += height + 16
    return boxes


def _headings(columns: list[tuple[str, list[str]]], boxes: Mapping[str, _Box]) -> Iterator[str]:
    for heading, iris in columns:
        box = boxes[iris[0]]
        yield f'<text x="{box.x:.1f}" y="28" font-weight="bold" font-size="13">{escape(heading)}</text>'


def _node(trail: Trail, node: Node, box: _Box) -> str:
    weight = 2.5 if node.id in (trail.start, trail.end) else 1
    lines = [
        f'<g class="node" tabindex="0" data-id="{escape(node.id)}"><title>{escape(node.quote or node.label)}</title>',
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'rx="3" fill="#fff" stroke="#111" stroke-width="{weight}"/>',
    ]
    for number, line in enumerate((*box.lines, *box.below), 1):
        style = ' font-style="italic" fill="#444"' if number > len(box.lines) else ""
        lines.append(f'<text x="{box.x + 7:.1f}" y="{box.y + 3 + _LEADING * number:.1f}"{style}>{escape(line)}</text>')
    return "\n".join([*lines, "</g>"])


def _links(trail: Trail, boxes: Mapping[str, _Box], letters: Mapping[str, str]) -> Iterator[str]:
    ports: dict[tuple[str, bool], int] = {}
    several: dict[tuple[str, bool], int] = {}
    where = {iri: box.column for iri, box in boxes.items()}
    for link in trail.edges:
        for key in _sides(link, where):
            several[key] = several.get(key, 0) + 1
    for number, link in enumerate(trail.edges):
        ends = []
        for iri, right in _sides(link, where):
            box, used = boxes[iri], ports.get((iri, right), 0)
            ports[iri, right] = used + 1
            step = box.height / (several[iri, right] + 1)
            ends.append((box.x + box.width if right else box.x, box.y + step * (used + 1)))
        (x1, y1), (x2, y2) = ends
        same = boxes[link.start].column == boxes[link.end].column
        # a link inside a column bends out to the right; the farther it goes, the farther it bends
        bend = min(22 + abs(y2 - y1) / 9, _GAP * 0.75) if same else abs(x2 - x1) / 2
        out, back = (bend, bend) if same else (bend, -bend) if x1 < x2 else (-bend, bend)
        # the letter stands near the end that fewer links share, where it has room, and not quite where its neighbour has it
        first, second = (several[key] for key in _sides(link, where))
        share = (0.16 if first <= second else 0.74) + 0.05 * (number % 3)
        at = [_on_curve(share, a, a + c, b + d, b) for a, c, b, d in ((x1, out, x2, back), (y1, 0.0, y2, 0.0))]
        name = named(link)
        dashes = _DASHES[list(letters).index(name) % len(_DASHES)]
        yield "\n".join([
            f'<g class="link" tabindex="0" data-number="{number}" data-from="{escape(link.start)}" data-to="{escape(link.end)}" '
            f'data-kind="{link.kind}">'
            f"<title>{escape(_told(trail, link))}</title>",
            f'<path d="M{x1:.1f} {y1:.1f}C{x1 + out:.1f} {y1:.1f} {x2 + back:.1f} {y2:.1f} {x2:.1f} {y2:.1f}" fill="none" stroke="#333" '
            f'stroke-width="1.2" stroke-dasharray="{dashes}" marker-end="url(#arrow)"/>',
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="7.5" fill="#fff" stroke="#333" stroke-width=".8"/>'
            f'<text x="{at[0]:.1f}" y="{at[1] + 3.5:.1f}" text-anchor="middle" font-size="10" font-weight="bold">'
            f"{letters[name]}</text></g>"
        ])  # fmt: skip


def _sides(link: Link, columns: Mapping[str, int]) -> tuple[tuple[str, bool], tuple[str, bool]]:
    """At which side of each end a link is tied: True is the right one."""
    start, end = columns[link.start], columns[link.end]
    return (link.start, start <= end), (link.end, start >= end)


def _on_curve(share: float, one: float, two: float, three: float, four: float) -> float:
    rest = 1 - share
    return rest**3 * one + 3 * rest**2 * share * two + 3 * rest * share**2 * three + share**3 * four


def _told(trail: Trail, link: Link) -> str:
    said = f": “{link.evidence.quote}” ({link.evidence.place})" if link.evidence.quote else f": {link.remark}" if link.remark else ""
    return "; ".join([f"{trail.nodes[link.start].label} {named(link)} {trail.nodes[link.end].label}{said}", *marked(link)])


def _legend(letters: Mapping[str, str], below: list[str], top: float) -> Iterator[str]:
    for index, (name, letter) in enumerate(letters.items()):
        x, y = _MARGIN + (index % 3) * 350, top + 20 * (index // 3)
        dashes = _DASHES[index % len(_DASHES)]
        yield (
            f'<path d="M{x} {y:.1f}h34" stroke="#333" stroke-width="1.2" stroke-dasharray="{dashes}"/>'
            f'<text x="{x + 40}" y="{y + 4:.1f}"><tspan font-weight="bold">{letter}</tspan> {escape(name)}</text>'
        )
    for number, line in enumerate(below):
        y = top + 20 * (len(letters) // 3 + 1) + _LEADING * number
        yield f'<text x="{_MARGIN}" y="{y:.1f}" fill="#444">{escape(line)}</text>'
