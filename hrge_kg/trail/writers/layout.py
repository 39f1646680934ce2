"""Where a picture of a trail puts things: columns by force, boxes in them, and for every link a way that crosses no box.

A link that passes a column has a place of its own there, as a box has. (Sugiyama and others, 1981)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model import Link, Trail
from .labels import node_label, wrapped

PAGE = 1040  # CSS pixels of A4 across within margins of 10 mm; wider only where there are more columns than fit
MARGIN, TOP = 12, 46
SIZE, LEADING = 11, 14
_PORT = 10  # between two links at a side of a box
_LEAST, _MOST = 150, 300  # of a column: some twenty-four letters, and fifty
_GAP, _LEAST_GAP, _MOST_GAP = 96, 60, 300
_AIR, _AIR_OF_WAY = 8, 4  # above and below a box, and a passing link

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
"""A cubic Bézier curve."""
_Stop = str | tuple[int, int]
"""What stands in a column: a node, or the link of a number that passes it."""


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
    """Places for all of a trail."""
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
        self.column = {
            iri: place
            for place, column in enumerate(self.columns)
            for iri in column
            if isinstance(iri, str)
        }
        self.routes = [self._route(number, link) for number, link in enumerate(trail.edges)]
        self.near: dict[_Stop, list[_Stop]] = defaultdict(list)
        for route in self.routes:
            for one, other in pairwise(route):
                self.near[one].append(other)
                self.near[other].append(one)
        self._sort()
        self.ties = Counter(side for route in self.routes for side in self._sides(route))
        self.said = {iri: self._said(iri) for iri in trail.nodes}
        self.high = {stop: self._high(stop) for column in self.columns for stop in column}
        self.top: dict[_Stop, float] = {}
        self._place()

    def result(self) -> Layout:
        boxes = {
            iri: Box(
                self._left(self.column[iri]),
                self.top[iri],
                self.width,
                self.high[iri],
                *self.said[iri],
            )
            for iri in self.trail.nodes
        }
        ways = tuple(self._ways())
        # at most as far right as its middle, where a curve bends out
        bends = (
            (one[0] + 3 * two[0] + 3 * three[0] + four[0]) / 8
            for way in ways
            for one, two, three, four in way
        )
        right = max(*(box.x + box.width for box in boxes.values()), *(bend + 8 for bend in bends))
        bottom = max(self.top[stop] + self.high[stop] for stop in self.top)
        headings = tuple(
            (heading, self._left(place)) for place, heading in enumerate(self.headings)
        )
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
        """What is linked stands near: each column by the middle of its neighbours."""
        order = {
            stop: number
            for number, stop in enumerate(stop for column in self.columns for stop in column)
        }
        place = {
            stop: index / len(column)
            for column in self.columns
            for index, stop in enumerate(column)
        }
        for step in range(6):
            for column in self.columns if step % 2 == 0 else reversed(self.columns):
                middle = {
                    stop: sum(place[one] for one in self.near[stop] or [stop])
                    / len(self.near[stop] or [stop])
                    for stop in column
                }
                column.sort(key=lambda stop: (middle[stop], order[stop]))
                place |= {stop: index / len(column) for index, stop in enumerate(column)}

    def _said(self, iri: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        letters = int((self.width - 14) / (SIZE * 0.56))
        label, below = node_label(self.trail.nodes[iri])
        return tuple(wrapped(label, letters)), tuple(wrapped(below, letters))

    def _high(self, stop: _Stop) -> float:
        if isinstance(stop, tuple):
            return 0.0
        ties = max(self.ties[stop, False], self.ties[stop, True])
        lines, below = self.said[stop]
        return max(LEADING * (len(lines) + len(below)) + 10, _PORT * (ties + 1))

    def _place(self) -> None:
        """The highest column is filled from above; in the others, each stop stands as near to its neighbours as there is room."""
        totals = [
            sum(self.high[stop] + 2 * _air(stop) for stop in column) for column in self.columns
        ]
        highest, total = max(totals), dict(enumerate(totals))
        for column in self.columns:
            self._put(column, [0.0] * len(column), 0.0)
        for step in range(6):
            for number in (
                range(len(self.columns)) if step % 2 == 0 else reversed(range(len(self.columns)))
            ):
                if total[number] == highest:
                    continue
                column = self.columns[number]
                wanted = [self._wanted(stop, set(column)) for stop in column]
                self._put(column, wanted, highest - total[number])

    def _wanted(self, stop: _Stop, column: set[_Stop]) -> float:
        near = [one for one in self.near[stop] if one not in column] or [stop]
        return (
            sum(self.top[one] + self.high[one] / 2 for one in near) / len(near)
            - self.high[stop] / 2
        )

    def _put(self, column: Sequence[_Stop], wanted: Sequence[float], most: float) -> None:
        offsets, used = [], float(TOP - _AIR)
        for stop in column:
            offsets.append(used + _air(stop))
            used += self.high[stop] + 2 * _air(stop)
        free = _rising([want - offset for want, offset in zip(wanted, offsets, strict=True)])
        for stop, offset, shift in zip(column, offsets, free, strict=True):
            self.top[stop] = offset + min(max(shift, 0.0), most)

    def _sides(self, route: Sequence[_Stop]) -> tuple[tuple[_Stop, bool], tuple[_Stop, bool]]:
        """At which side of each end a link is tied: True is the right one, where links inside a column bend out."""
        start, end = self._at(route[0]), self._at(route[-1])
        return (route[0], start <= end), (route[-1], start >= end)

    def _at(self, stop: _Stop) -> int:
        return self.column[stop] if isinstance(stop, str) else stop[1]

    def _ways(self) -> Iterator[tuple[Curve, ...]]:
        ports = self._ports()
        longest = max(
            (
                abs(ports[n, 0] - ports[n, 1])
                for n, route in enumerate(self.routes)
                if self._inside(route)
            ),
            default=1.0,
        )
        for number, route in enumerate(self.routes):
            first, last = ports[number, 0], ports[number, 1]
            if self._inside(route):
                x = self._left(self._at(route[0])) + self.width
                # the farther it goes, the farther it bends out
                bend = (
                    x
                    + 24
                    + (min(self.gap, 260) * 1.15 - 24) * abs(first - last) / max(longest, 300)
                )
                yield (((x, first), (bend, first), (bend, last), (x, last)),)
                continue
            right = self._at(route[0]) < self._at(route[-1])
            points: list[Point] = []
            for place, stop in enumerate(route):
                left = self._left(self._at(stop))
                enter, leave = (left, left + self.width) if right else (left + self.width, left)
                y = first if place == 0 else last if place == len(route) - 1 else self.top[stop]
                points += [(enter, y)] * (place > 0) + [(leave, y)] * (place < len(route) - 1)
            yield tuple(_curve(one, other) for one, other in pairwise(points))

    def _inside(self, route: Sequence[_Stop]) -> bool:
        return self._at(route[0]) == self._at(route[-1])

    def _ports(self) -> dict[tuple[int, int], float]:
        """Where each link is tied to its start (0) and end (1): in the order in which they leave, so that they need not cross."""
        tied: dict[tuple[_Stop, bool], list[tuple[tuple[float, ...], tuple[int, int]]]] = (
            defaultdict(list)
        )
        for number, route in enumerate(self.routes):
            for end, side in enumerate(self._sides(route)):
                stop, other = (route[0], route[1]) if end == 0 else (route[-1], route[-2])
                y, its = (self.top[one] + self.high[one] / 2 for one in (other, stop))
                key = (
                    (1, y, number)
                    if not self._inside(route)
                    else (0, -y, -number)
                    if y < its
                    else (2, -y, number)
                )
                tied[side].append((key, (number, end)))
        return {
            which: self.top[stop] + self.high[stop] * place / (len(ties) + 1)
            for (stop, _), ties in tied.items()
            for place, (_, which) in enumerate(sorted(ties), 1)
        }


def _columns(trail: Trail) -> tuple[list[str], list[list[_Stop]]]:
    """Headings and nodes: the text's own first, then by force."""
    found: dict[tuple[int, str], list[_Stop]] = defaultdict(list)
    for node in sorted(
        trail.nodes.values(), key=lambda one: (one.id not in (trail.start, trail.end), one.order)
    ):
        rank = trail.forces.get(node.force or "", len(trail.forces)) + 1
        found[
            (0, "in the text") if node.document is None else (rank, node.force or "no force known")
        ].append(node.id)
    return [heading for _, heading in sorted(found)], [found[key] for key in sorted(found)]


def _air(stop: _Stop) -> float:
    return _AIR if isinstance(stop, str) else _AIR_OF_WAY


def _curve(one: Point, other: Point) -> Curve:
    middle = (one[0] + other[0]) / 2
    return one, (middle, one[1]), (middle, other[1]), other


def _rising(wanted: Sequence[float]) -> list[float]:
    """The numbers nearest to those wanted of which none is less than the one before. (Pool adjacent violators)

    >>> _rising([1, 5, 3, 6])
    [1.0, 4.0, 4.0, 6.0]
    """
    pools: list[tuple[float, int]] = []
    for want in wanted:
        mean, count = float(want), 1
        while pools and pools[-1][0] > mean:
            before, several = pools.pop()
            mean, count = (mean * count + before * several) / (count + several), count + several
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]
