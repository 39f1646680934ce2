"""Trails as a picture for a sheet of A4 in landscape.

Norms, passages and the like are on the left; to the right are documents and provisions, in a column
for each force, each provision in its document. Labels are written out whole, the words that show a
link begin on its arrow. A letter and dashes mark the kind of a link, never a colour, and are the
same in every picture; a square round the letter marks a link that the editors added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from html import escape
from itertools import product
from math import dist

from ..model import Link, Node, Trail
from .arrows import Arrow
from .curves import Curve, Point
from .labels import discrepancy_mark, link_label, notes_below, trail_title, wrapped
from .layout import LEADING, MARGIN, SIZE, Box, Layout, layout

_NOTE = (
    "In a square, (editors): a link that the editors add; the source does not print it. "
    "Columns are kinds of authority, not ranks."
)
_WORDS_SIZE = 9.5
_LEGEND_ROW, _LEGEND_COLUMN, _LEGEND_COLUMNS = 20, 340, 3
_SHORT = 30  # pixels
_CELL = 9  # pixels; somewhat more than half of a letter's circle
_SMALL_CELL = 3  # pixels, for what words must not cover
# The cells around a cell, as steps (columns, rows): the cell itself, those that touch it, and those
# that touch these.
_NEAR = sorted(product(range(-2, 3), repeat=2), key=lambda step: max(map(abs, step)))
_TOUCHING = 9  # how many of _NEAR are the cell itself or touch it
_Cell = tuple[int, int]


@dataclass(frozen=True)
class _Mark:
    """How a kind of link is drawn."""

    letter: str
    dashes: str
    editorial: bool


def to_svg(trail: Trail) -> str:
    """One SVG file."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + picture(trail)


def picture(trail: Trail, *, alone: bool = True) -> str:
    """The element `svg`.

    `alone`: the picture has the notes and discrepancies below; otherwise the page around it has
    them. Nodes have their IRIs and links their numbers as data- attributes, for the script of the
    page.
    """
    placed = layout(trail)
    marks = _marks(placed.arrows)
    letters = int((placed.width - 2 * MARGIN) / (SIZE * 0.56))
    notes = (_NOTE, *(_below(trail) if alone else ()))
    below = [line for note in notes for line in wrapped(note, letters)]
    legend_top = placed.height + 28
    width = placed.width
    above = wrapped(trail.answer, letters) if alone and trail.answer else []
    top = LEADING * len(above) + (8 if above else 0)  # room above the picture, for the answer
    height = legend_top + _legend_height(marks) + LEADING * len(below) + 6 + top
    size = f'width="{width:.0f}" height="{height:.0f}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 {-top} {width:.0f} {height:.0f}" '
        f'role="img" font-family="Arial, Helvetica, sans-serif" font-size="{SIZE}">',
        f"<title>{escape(trail_title(trail))}</title>",
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" '
        'markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        '<path d="M0 0L10 5L0 10z" fill="#333"/></marker></defs>',
        f'<rect y="{-top}" {size} fill="#fff"/>',
        *(
            f'<text x="{MARGIN}" y="{LEADING * number - top + 6}" font-weight="bold">'
            f"{escape(line)}</text>"
            for number, line in enumerate(above, 1)
        ),
        *(
            f'<text x="{x:.1f}" y="28" font-weight="bold" font-size="13">{escape(heading)}</text>'
            for heading, x in placed.headings
        ),
        *(_frame(*frame) for frame in placed.frames),
        *_links(trail, placed),
        *(_node(trail, placed, trail.nodes[iri]) for iri in placed.boxes),
        *_legend(marks, below, legend_top),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _below(trail: Trail) -> list[str]:
    return [note for note in notes_below(trail) if note != trail.answer]


def _marks(drawn: Iterable[Arrow]) -> dict[str, _Mark]:
    """The mark of each kind of link, by its label, in the order of the kinds."""
    firsts = sorted((arrow.first for arrow in drawn), key=lambda link: (link.rank, link.label))
    return {link_label(link): _mark(link) for link in firsts}


def _mark(link: Link) -> _Mark:
    return _Mark(link.letter, link.dashes, link.editorial)


def _frame(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="frame" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        'rx="3" fill="none" stroke="#444" stroke-width=".8"/>'
    )


def _node(trail: Trail, placed: Layout, node: Node) -> str:
    box = placed.boxes[node.id]
    outer = placed.parents.get(node.id)
    within = f' data-in="{escape(outer)}"' if outer else ""
    weight = 2.5 if node.id in (trail.start, trail.end) else 1
    lines = [
        f'<g class="node" tabindex="0" data-id="{escape(node.id)}"{within}>'
        f"<title>{escape(node.quote or node.label)}</title>",
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'rx="3" fill="#fff" stroke="#111" stroke-width="{weight}"/>',
    ]
    for number, line in enumerate((*box.lines, *box.below), 1):
        place = f'x="{box.x + 7:.1f}" y="{box.y + 3 + LEADING * number:.1f}"'
        style = ' font-style="italic" fill="#444"' if number > len(box.lines) else ""
        lines.append(f"<text {place}{style}>{escape(line)}</text>")
    return "\n".join([*lines, "</g>"])


def _links(trail: Trail, placed: Layout) -> Iterator[str]:
    paths = [_path(way) for way in placed.ways]
    titles = [escape(_arrow_title(trail, arrow)) for arrow in placed.arrows]
    numbers = [" ".join(map(str, arrow.numbers)) for arrow in placed.arrows]
    # First, and so below the others, a wide and invisible line for each arrow, easy to click.
    for number, path, title in zip(numbers, paths, titles, strict=True):
        yield (
            f'<path class="hit" data-number="{number}" d="{path}" fill="none" '
            f'stroke="#fff" stroke-width="9" stroke-opacity="0"><title>{title}</title></path>'
        )
    places = list(_letter_places(placed))
    for arrow, number, path, title, at in zip(
        placed.arrows, numbers, paths, titles, places, strict=True
    ):
        link = arrow.first
        yield (
            f'<g class="link" tabindex="0" data-number="{number}" '
            f'data-from="{escape(link.start)}" data-to="{escape(link.end)}" '
            f'data-kind="{link.kind}"><title>{title}</title>\n'
            f'<path d="{path}" fill="none" stroke="#333" stroke-width="1.2" '
            f'stroke-dasharray="{link.dashes}" marker-end="url(#arrow)" pointer-events="none"/>\n'
            f"{_drawn(_mark(link), *at)}</g>"
        )
    yield from _words_beside(placed, places)  # last, so that no line runs through them


def _words_beside(placed: Layout, places: Sequence[Point]) -> Iterator[str]:
    """The first words of what shows each arrow, along it and near to its letter.

    Where there is little room, fewer words; where there is none, nothing: they would hide a box, a
    letter, a line or other words. The title of the arrow has them, and so have the lists of a page.
    """
    taken = _taken(placed, places)
    for arrow, way, letter in zip(placed.arrows, placed.ways, places, strict=True):
        for words in _shorter(arrow.words):
            width = len(words) * _WORDS_SIZE * 0.55
            areas = (
                _Rectangle(*spot, width, _WORDS_SIZE + 1) for spot in _spots(way, letter, width)
            )
            area = next((one for one in areas if one.is_free(taken, placed.width)), None)
            if area is not None:
                taken.update(area.cells)
                yield _words(words, area)
                break


def _words(words: str, area: _Rectangle) -> str:
    return (
        f'<text class="words" x="{area.x:.1f}" y="{area.y + _WORDS_SIZE - 1:.1f}" '
        f'font-size="{_WORDS_SIZE}" fill="#333" stroke="#fff" stroke-width="3" '
        'paint-order="stroke" pointer-events="none" font-family="Georgia, serif">'
        f"{escape(words)}</text>"
    )


def _shorter(words: str) -> Iterator[str]:
    """Words in quotation marks, and their beginnings down to two words.

    >>> list(_shorter("“and taken into …”"))
    ['“and taken into …”', '“and taken …”']
    """
    if words:
        yield words
    several = words.strip("“”").removesuffix(" …").split()
    for number in range(len(several) - 1, 1, -1):
        yield f"“{' '.join(several[:number])} …”"


def _spots(way: Sequence[Curve], letter: Point, width: float) -> Iterator[Point]:
    """Where the words of an arrow may begin (left and upper end), nearest to its letter first: over
    its line, under it, to its right, to its left.
    """
    points = sorted(_along(_long_curves(way), 12), key=lambda point: dist(point, letter))
    half = _WORDS_SIZE / 2
    for x, y in points:
        gap = 6 if dist((x, y), letter) < 9 else 0  # the letter is wider than the line
        yield x - width / 2, y - 2 * half - 5 - gap
        yield x - width / 2, y + 4 + gap
        yield x + 5 + gap, y - half
        yield x - width - 5 - gap, y - half


def _taken(placed: Layout, letters: Iterable[Point]) -> set[_Cell]:
    """The small cells in which something is drawn: headings, boxes, frames, letters and lines."""
    boxes = [(box.x, box.y, box.width, box.height) for box in placed.boxes.values()]
    areas = [*boxes, *((x - 8, y - 8, 16, 16) for x, y in letters), (0, 0, placed.width, 34)]
    for x, y, width, height in placed.frames:
        areas += [(x, y, width, 1), (x, y + height, width, 1)]
        areas += [(x, y, 1, height), (x + width, y, 1, height)]
    found = {cell for area in areas for cell in _Rectangle(*area).cells}
    for way in placed.ways:
        found.update(_small_cell(point) for point in _along(way, 120))
    return found


@dataclass(frozen=True)
class _Rectangle:
    """Left and upper end, width and height, and the small cells that it touches."""

    x: float
    y: float
    width: float
    height: float

    @property
    def cells(self) -> list[_Cell]:
        """The cells, column by column."""
        left, top = _small_cell((self.x, self.y))
        right, bottom = _small_cell((self.x + self.width, self.y + self.height))
        return list(product(range(left, right + 1), range(top, bottom + 1)))

    def is_free(self, taken: AbstractSet[_Cell], end: float) -> bool:
        """Whether nothing is drawn here, and it is within a picture that is `end` wide."""
        within = self.x > MARGIN and self.x + self.width < end - MARGIN
        return within and taken.isdisjoint(self.cells)


def _small_cell(point: Point) -> _Cell:
    return int(point[0] // _SMALL_CELL), int(point[1] // _SMALL_CELL)


def _path(way: tuple[Curve, ...]) -> str:
    curves = (f"C{_xy(two)} {_xy(three)} {_xy(four)}" for _, two, three, four in way)
    return f"M{_xy(way[0][0])}{''.join(curves)}"


def _drawn(mark: _Mark, x: float, y: float) -> str:
    """A letter in its square or circle, with its middle at x, y."""
    line = 'fill="#fff" stroke="#333" stroke-width=".8"/>'
    shape = (
        f'<rect class="mark" x="{x - 7:.1f}" y="{y - 7:.1f}" width="14" height="14" {line}'
        if mark.editorial
        else f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="7.5" {line}'
    )
    style = 'text-anchor="middle" font-size="10" font-weight="bold"'
    return f'{shape}<text x="{x:.1f}" y="{y + 3.5:.1f}" {style}>{mark.letter}</text>'


def _letter_places(placed: Layout) -> Iterator[Point]:
    """A place for the letter of each link, on the line of the link.

    The best place is on no box; then it is far from arrows and other letters; then few other lines
    pass near it; then it is near the middle of its line. The picture is cut into cells, and a point
    is compared only with what is in the cells near it: with a thousand links, to compare each with
    all others would take minutes.
    """
    lines: dict[_Cell, set[int]] = defaultdict(set)
    taken: dict[_Cell, list[Point]] = defaultdict(list)
    for number, way in enumerate(placed.ways):
        for point in _along(way, 60):
            lines[_cell(point)].add(number)
        for tip in (way[0][0], way[-1][-1]):
            taken[_cell(tip)].append(tip)
    covered = {cell for box in placed.boxes.values() for cell in _cells_of(box)}
    for way in placed.ways:
        points = list(_along(_long_curves(way), 24))

        def cost(place: int, points: list[Point] = points) -> tuple[bool, float, int, int]:
            point, around = points[place], list(_around(points[place]))
            distances = [dist(point, other) for cell in around for other in taken[cell]]
            crossing = len(set().union(*(lines[cell] for cell in around)))
            on_a_box = not covered.isdisjoint(around[:_TOUCHING])
            from_middle = abs(2 * place - len(points))
            return on_a_box, -min([18.0, *distances]), crossing, from_middle

        best = points[min(range(len(points)), key=cost)]
        taken[_cell(best)].append(best)
        yield best


def _long_curves(way: Sequence[Curve]) -> list[Curve]:
    """The curves of a way without the short lines at its ends."""
    return [one for one in way if dist(one[0], one[-1]) > _SHORT] or list(way)


def _along(way: Iterable[Curve], steps: int) -> Iterator[Point]:
    """Points along the curves of a link: `steps` + 1 on each, by Bernstein's polynomials."""
    for curve in way:
        for step in range(steps + 1):
            share = step / steps
            rest = 1 - share
            weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
            pairs = list(zip(weights, curve, strict=True))
            yield sum(w * point[0] for w, point in pairs), sum(w * point[1] for w, point in pairs)


def _cell(point: Point) -> _Cell:
    return int(point[0] // _CELL), int(point[1] // _CELL)


def _cells_of(box: Box) -> Iterable[_Cell]:
    left, top = _cell((box.x, box.y))
    right, bottom = _cell((box.x + box.width, box.y + box.height))
    return product(range(left, right + 1), range(top, bottom + 1))


def _around(point: Point) -> Iterator[_Cell]:
    """The cell of a point and those around it, nearest first."""
    column, row = _cell(point)
    for right, down in _NEAR:
        yield column + right, row + down


def _xy(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _arrow_title(trail: Trail, arrow: Arrow) -> str:
    return " | ".join(_link_title(trail, link) for link in arrow.links)


def _link_title(trail: Trail, link: Link) -> str:
    """What the pointer shows on a link: its ends, its words or remark, its discrepancies."""
    start, end = trail.nodes[link.start].label, trail.nodes[link.end].label
    words = ""
    if link.evidence.quote:
        words = f": “{link.evidence.quote}” ({link.evidence.place})"
    elif link.remark:
        words = f": {link.remark}"
    return "; ".join([f"{start} {link_label(link)} {end}{words}", *discrepancy_mark(link)])


def _legend_height(marks: Mapping[str, _Mark]) -> int:
    rows = -(-len(marks) // _LEGEND_COLUMNS)
    return _LEGEND_ROW * rows


def _legend(marks: Mapping[str, _Mark], below: list[str], top: float) -> Iterator[str]:
    for index, (label, mark) in enumerate(marks.items()):
        row, column = divmod(index, _LEGEND_COLUMNS)
        x, y = MARGIN + _LEGEND_COLUMN * column, top + _LEGEND_ROW * row
        yield (
            f'<path d="M{x} {y:.1f}h34" stroke="#333" stroke-width="1.2" '
            f'stroke-dasharray="{mark.dashes}"/>{_drawn(mark, x + 44, y)}'
            f'<text x="{x + 58}" y="{y + 4:.1f}">{escape(label)}</text>'
        )
    for number, line in enumerate(below):
        y = top + _legend_height(marks) + 4 + LEADING * number
        yield f'<text x="{MARGIN}" y="{y:.1f}" fill="#444">{escape(line)}</text>'
