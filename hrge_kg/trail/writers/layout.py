"""Where a picture of a trail puts things: columns by force, boxes in them, and curves between.

A link that passes a column has a place of its own there, as a box has, so that it crosses no box.
(Sugiyama, Tagawa and Toda, 1981: columns, then the order in each, then the places)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model import Link, Trail
from .labels import node_label, wrapped

# CSS pixels throughout.
PAGE = 1040  # A4 across within margins of 10 mm; wider only where more columns do not fit
MARGIN, TOP = 12, 46
SIZE, LEADING = 11, 14
_PORT = 10  # between two links at a side of a box
_LEAST, _MOST = 150, 300  # of a column: some twenty-four letters, and fifty
_GAP, _LEAST_GAP, _MOST_GAP = 96, 60, 300
_AIR, _AIR_OF_LINK = 8, 4  # above and below a box, and a passing link
_SWEEPS = 6  # more change next to nothing

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
"""A cubic Bézier curve: its ends, and between them its two control points."""
_Stop = str | tuple[int, int]
"""What stands in a column: a node, or the link of a number that passes it."""
_Side = tuple[_Stop, bool]
"""A side of a stop: True is the right one."""


@dataclass(frozen=True)
class Box:
    """A node's box, with the lines of its label and of what it is."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Columns with their places, boxes by node, and the way of every link, in the trail's order."""

    headings: tuple[tuple[str, float], ...]
    boxes: Mapping[str, Box]
    ways: tuple[tuple[Curve, ...], ...]
    width: float
    height: float


def layout(trail: Trail) -> Layout:
    """Places for all of a trail, in CSS pixels."""
    return _Layout(trail).result()


class _Layout:
    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.headings, self.columns = _columns(trail)
        count = len(self.columns)
        room = PAGE - 2 * MARGIN
        least = _GAP if count * (_LEAST + _GAP) <= room else _LEAST_GAP
        self.width = min(max(room / count - least, _LEAST), _MOST)
        self.gap = min(max(room / count - self.width, least), _MOST_GAP)
        self.column: dict[str, int] = {}
        for place, column in enumerate(self.columns):
            self.column |= {iri: place for iri in column if isinstance(iri, str)}
        self.routes = [self._route(number, link) for number, link in enumerate(trail.edges)]
        self.neighbours: dict[_Stop, list[_Stop]] = defaultdict(list)
        for route in self.routes:
            for stop, following in pairwise(route):
                self.neighbours[stop].append(following)
                self.neighbours[following].append(stop)
        self._sort()
        self.ties = Counter(side for route in self.routes for side in self._sides(route))
        self.labels = {iri: self._label(iri) for iri in trail.nodes}
        self.height = {stop: self._height(stop) for column in self.columns for stop in column}
        self.top: dict[_Stop, float] = {}
        self._place()

    def result(self) -> Layout:
        boxes = {
            iri: Box(
                self._left(self.column[iri]),
                self.top[iri],
                self.width,
                self.height[iri],
                *self.labels[iri],
            )
            for iri in self.trail.nodes
        }
        ways = tuple(self._ways())
        # A curve that bends out reaches at most as far right as its middle.
        middles = (_middle(curve) for way in ways for curve in way)
        right = max(*(box.x + box.width for box in boxes.values()), *(x + 8 for x in middles))
        bottom = max(self.top[stop] + self.height[stop] for stop in self.top)
        headings = tuple((text, self._left(place)) for place, text in enumerate(self.headings))
        return Layout(headings, boxes, ways, max(right + MARGIN, PAGE), bottom)

    def _left(self, column: int) -> float:
        return MARGIN + column * (self.width + self.gap)

    def _route(self, number: int, link: Link) -> list[_Stop]:
        """The stops of a link; those in the columns between are added to them."""
        start, end = self.column[link.start], self.column[link.end]
        between = range(start + 1, end) if start < end else range(start - 1, end, -1)
        passed: list[_Stop] = [(number, column) for column in between]
        for stop, column in zip(passed, between, strict=True):
            self.columns[column].append(stop)
        return [link.start, *passed, link.end]

    def _sort(self) -> None:
        """Sorts each column by the mean place of its stops' neighbours, so that few links cross.

        To and fro through the columns: the barycentre method of Sugiyama and others. Where means
        are equal the first order stays, so that the same trail has the same picture.
        """
        stops = [stop for column in self.columns for stop in column]
        order = {stop: number for number, stop in enumerate(stops)}
        place: dict[_Stop, float] = {}
        for column in self.columns:
            place |= _places(column)
        for sweep in range(_SWEEPS):
            for column in self.columns if sweep % 2 == 0 else reversed(self.columns):
                self._sort_column(column, place, order)
                place |= _places(column)

    def _sort_column(
        self, column: list[_Stop], place: Mapping[_Stop, float], order: Mapping[_Stop, int]
    ) -> None:
        mean: dict[_Stop, float] = {}
        for stop in column:
            near = self.neighbours[stop] or [stop]
            mean[stop] = sum(place[other] for other in near) / len(near)
        column.sort(key=lambda stop: (mean[stop], order[stop]))

    def _label(self, iri: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        letters = int((self.width - 14) / (SIZE * 0.56))
        label, below = node_label(self.trail.nodes[iri])
        return tuple(wrapped(label, letters)), tuple(wrapped(below, letters))

    def _height(self, stop: _Stop) -> float:
        """As high as the words need, and as the links at its sides need to stand apart."""
        if isinstance(stop, tuple):
            return 0.0
        ties = max(self.ties[stop, False], self.ties[stop, True])
        lines, below = self.labels[stop]
        return max(LEADING * (len(lines) + len(below)) + 10, _PORT * (ties + 1))

    def _place(self) -> None:
        """Gives each stop its height on the page, as near to its neighbours as there is room.

        The fullest column is filled from above and stays; it sets how high the picture is. The
        others move towards their neighbours, to and fro.
        """
        totals = [
            sum(self.height[stop] + 2 * _air(stop) for stop in column) for column in self.columns
        ]
        highest = max(totals)
        for column in self.columns:
            self._put(column, [0.0] * len(column), 0.0)
        numbered = list(enumerate(self.columns))
        for sweep in range(_SWEEPS):
            for number, column in numbered if sweep % 2 == 0 else reversed(numbered):
                if totals[number] != highest:
                    members = set(column)
                    wanted = [self._wanted(stop, members) for stop in column]
                    self._put(column, wanted, highest - totals[number])

    def _wanted(self, stop: _Stop, column: set[_Stop]) -> float:
        """Where a stop would stand at the mean of its neighbours in other columns."""
        near = [other for other in self.neighbours[stop] if other not in column] or [stop]
        middles = (self.top[other] + self.height[other] / 2 for other in near)
        return sum(middles) / len(near) - self.height[stop] / 2

    def _put(self, column: Sequence[_Stop], wanted: Sequence[float], most: float) -> None:
        """Puts a column's stops one below the other, each moved down by 0 to `most`."""
        offsets, used = [], float(TOP - _AIR)
        for stop in column:
            offsets.append(used + _air(stop))
            used += self.height[stop] + 2 * _air(stop)
        # Shifts that never fall keep the order and the air between.
        shifts = _rising([want - offset for want, offset in zip(wanted, offsets, strict=True)])
        for stop, offset, shift in zip(column, offsets, shifts, strict=True):
            self.top[stop] = offset + min(max(shift, 0.0), most)

    def _sides(self, route: Sequence[_Stop]) -> tuple[_Side, _Side]:
        """At which side of each end a link is tied; links inside a column bend out to the right."""
        start, end = self._column_of(route[0]), self._column_of(route[-1])
        return (route[0], start <= end), (route[-1], start >= end)

    def _column_of(self, stop: _Stop) -> int:
        return self.column[stop] if isinstance(stop, str) else stop[1]

    def _ways(self) -> Iterator[tuple[Curve, ...]]:
        ports = self._ports()
        inside = [number for number, route in enumerate(self.routes) if self._is_inside(route)]
        longest = max((abs(ports[n, 0] - ports[n, 1]) for n in inside), default=1.0)
        for number, route in enumerate(self.routes):
            first, last = ports[number, 0], ports[number, 1]
            if self._is_inside(route):
                x = self._left(self._column_of(route[0])) + self.width
                share = abs(first - last) / max(longest, 300)
                # The farther it goes, the farther it bends out.
                bend = x + 24 + (min(self.gap, 260) * 1.15 - 24) * share
                yield (((x, first), (bend, first), (bend, last), (x, last)),)
            else:
                points = self._points(route, first, last)
                yield tuple(_curve(point, following) for point, following in pairwise(points))

    def _points(self, route: Sequence[_Stop], first: float, last: float) -> list[Point]:
        """Where a link leaves its start, enters and leaves each column, and enters its end."""
        to_the_right = self._column_of(route[0]) < self._column_of(route[-1])
        points: list[Point] = []
        for place, stop in enumerate(route):
            near = self._left(self._column_of(stop))
            far = near + self.width
            enter, leave = (near, far) if to_the_right else (far, near)
            if place == 0:
                points.append((leave, first))
            elif place == len(route) - 1:
                points.append((enter, last))
            else:
                points += [(enter, self.top[stop]), (leave, self.top[stop])]
        return points

    def _is_inside(self, route: Sequence[_Stop]) -> bool:
        return self._column_of(route[0]) == self._column_of(route[-1])

    def _ports(self) -> dict[tuple[int, int], float]:
        """Where each link, by number, is tied to its start (0) and end (1), as a height.

        At each side in the order in which the links leave, so that they need not cross.
        """
        tied: dict[_Side, list[tuple[tuple[float, ...], tuple[int, int]]]] = defaultdict(list)
        for number, route in enumerate(self.routes):
            start, end = self._sides(route)
            tied[start].append((self._leaving(route[0], route[1], route, number), (number, 0)))
            tied[end].append((self._leaving(route[-1], route[-2], route, number), (number, 1)))
        ports: dict[tuple[int, int], float] = {}
        for (stop, _), ties in tied.items():
            for place, (_, link_end) in enumerate(sorted(ties), 1):
                ports[link_end] = self.top[stop] + self.height[stop] * place / (len(ties) + 1)
        return ports

    def _leaving(
        self, stop: _Stop, other: _Stop, route: Sequence[_Stop], number: int
    ) -> tuple[float, ...]:
        """A key that sorts the links at a side from above.

        First those that bend up inside the column, the nearest highest; then those to other
        columns, by where they go; then those that bend down, the nearest lowest: so that each
        curve lies inside the next.
        """
        own = self.top[stop] + self.height[stop] / 2
        aim = self.top[other] + self.height[other] / 2
        if not self._is_inside(route):
            return 1, aim, number
        return (0, -aim, -number) if aim < own else (2, -aim, number)


def _columns(trail: Trail) -> tuple[list[str], list[list[_Stop]]]:
    """Headings and nodes: the text's own first, then by force."""
    ends = (trail.start, trail.end)
    columns: dict[tuple[int, str], list[_Stop]] = defaultdict(list)
    for node in sorted(trail.nodes.values(), key=lambda node: (node.id not in ends, node.order)):
        if node.document is None:
            key = (0, "in the text")
        else:
            rank = trail.forces.get(node.force or "", len(trail.forces)) + 1
            key = (rank, node.force or "no force known")
        columns[key].append(node.id)
    return [heading for _, heading in sorted(columns)], [columns[key] for key in sorted(columns)]


def _places(column: Sequence[_Stop]) -> dict[_Stop, float]:
    """How far down each stop stands in its column, from 0 to 1."""
    return {stop: index / len(column) for index, stop in enumerate(column)}


def _air(stop: _Stop) -> float:
    return _AIR if isinstance(stop, str) else _AIR_OF_LINK


def _curve(start: Point, end: Point) -> Curve:
    middle = (start[0] + end[0]) / 2
    return start, (middle, start[1]), (middle, end[1]), end


def _middle(curve: Curve) -> float:
    """The x of a curve half-way along."""
    one, two, three, four = curve
    return (one[0] + 3 * two[0] + 3 * three[0] + four[0]) / 8


def _rising(wanted: Iterable[float]) -> list[float]:
    """The numbers nearest to those wanted of which none is less than the one before.

    (Isotonic regression: pool adjacent violators, Barlow and others, 1972)

    >>> _rising([1, 5, 3, 6])
    [1.0, 4.0, 4.0, 6.0]
    """
    pools: list[tuple[float, int]] = []  # means, each of so many numbers
    for want in wanted:
        mean, count = float(want), 1
        while pools and pools[-1][0] > mean:
            before, several = pools.pop()
            mean, count = (mean * count + before * several) / (count + several), count + several
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]
