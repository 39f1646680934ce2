"""Where the picture of a trail has its nodes and links.

Each node is a box in a column, and each force has a column. A link is a row of curves from box to
box. Where a link passes a column without ending there, it has a place of its own in the column, as
a box has, so that it crosses no box. Boxes and such places are called *stops*.

The steps are those of Sugiyama, Tagawa and Toda (1981): first the columns, then the order of stops
in each, then how far down each stop stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model import Trail
from .arrows import Arrow, arrows, parents
from .curves import Curve, Point, curve, middle, rising, straight
from .labels import node_label, wrapped

# CSS pixels throughout.
PAGE = 1040  # A4 in landscape within margins of 10 mm; wider only if the columns do not fit
MARGIN, TOP = 12, 46
SIZE, LEADING = 11, 14
_PORT_DISTANCE = 10  # between the ends of two links at a side of a box
_LEAST_WIDTH, _MOST_WIDTH = 150, 300  # of a column: about twenty-four letters, and fifty
_GAP, _LEAST_GAP, _MOST_GAP = 96, 60, 300  # between two columns
_SPACE, _SPACE_OF_LINK = 8, 4  # above and below a box, and a link that passes
_INDENT, _INSET = 12, 7  # how far a box within another stands from its left, and from its right
_OF_THE_PROGRAMME = ("programme", "statement")
_SWEEPS = 6  # how often the columns are gone through; more would change almost nothing

_Stop = str | tuple[int, int]
"""What stands in a column: a node (IRI), or a link that passes (its number, and the column)."""
_Side = tuple[_Stop, bool]
"""A side of a stop: True is the right one."""


@dataclass(frozen=True)
class Box:
    """A node's box, with the lines of its label; and `below` them, the lines that say its kind."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """The headings of the columns, the boxes by node (IRI), and the curves of each arrow (`ways`).

    A heading has its distance from the left. A frame (left, top, width, height) is around the box
    of a document, or of a part of one, and the boxes of its parts, from the outermost inwards.
    """

    headings: tuple[tuple[str, float], ...]
    boxes: Mapping[str, Box]
    frames: tuple[tuple[float, float, float, float], ...]
    arrows: tuple[Arrow, ...]
    parents: Mapping[str, str]
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
        least = _GAP if count * (_LEAST_WIDTH + _GAP) <= room else _LEAST_GAP
        self.width = min(max(room / count - least, _LEAST_WIDTH), _MOST_WIDTH)
        self.gap = min(max(room / count - self.width, least), _MOST_GAP)
        self.column: dict[str, int] = {}
        for place, column in enumerate(self.columns):
            self.column |= {iri: place for iri in column if isinstance(iri, str)}
        self.arrows = arrows(trail)
        self.parents = parents(trail)
        self.routes = [self._route(number, one) for number, one in enumerate(self.arrows)]
        self.neighbours: dict[_Stop, list[_Stop]] = defaultdict(list)
        for route in self.routes:
            for stop, following in pairwise(route):
                self.neighbours[stop].append(following)
                self.neighbours[following].append(stop)
        self._sort()
        self.link_counts = Counter(side for route in self.routes for side in self._sides(route))
        self.labels = {iri: self._label(iri) for iri in trail.nodes}
        self.height = {stop: self._height(stop) for column in self.columns for stop in column}
        self._closings = self._count_closings()
        self.top: dict[_Stop, float] = {}
        self._place()

    def result(self) -> Layout:
        boxes = {
            iri: Box(
                self._near(iri),
                self.top[iri],
                self._far(iri) - self._near(iri),
                self.height[iri],
                *self.labels[iri],
            )
            for iri in self.trail.nodes
        }
        frames = tuple(self._frames(boxes))
        ways = tuple(self._ways())
        # A curve that bends out reaches at most as far right as its middle.
        middles = (middle(one) for way in ways for one in way)
        right = max((*(box.x + box.width for box in boxes.values()), *(x + 8 for x in middles)))
        bottom = max(self.top[stop] + self.height[stop] + self._closing(stop) for stop in self.top)
        headings = tuple((text, self._left(place)) for place, text in enumerate(self.headings))
        width = max(right + MARGIN, PAGE)
        return Layout(headings, boxes, frames, self.arrows, self.parents, ways, width, bottom)

    def _frames(self, boxes: Mapping[str, Box]) -> Iterator[tuple[float, float, float, float]]:
        for iri, box in sorted(boxes.items(), key=lambda each: self._depth(each[0])):
            within = [one for one in boxes if iri in self._above(one)]
            if within:
                end = max(self.top[one] + self.height[one] for one in within)
                # Frames within this one end above its own end.
                deeper = max(map(self._depth, within)) - self._depth(iri)
                yield box.x, box.y, box.width, end + _INSET * deeper - box.y

    def _above(self, stop: _Stop) -> list[str]:
        """What a node is a part of, from the nearest to the outermost."""
        found: list[str] = []
        while isinstance(stop, str) and stop in self.parents:
            stop = self.parents[stop]
            found.append(stop)
        return found

    def _outermost(self, stop: _Stop) -> _Stop:
        above = self._above(stop)
        return above[-1] if above else stop

    def _depth(self, stop: _Stop) -> int:
        return len(self._above(stop))

    def _near(self, stop: _Stop) -> float:
        """The left side of a stop."""
        return self._left(self._column_of(stop)) + _INDENT * self._depth(stop)

    def _far(self, stop: _Stop) -> float:
        """The right side of a stop."""
        return self._left(self._column_of(stop)) + self.width - _INSET * self._depth(stop)

    def _left(self, column: int) -> float:
        return MARGIN + column * (self.width + self.gap)

    def _route(self, number: int, arrow: Arrow) -> list[_Stop]:
        """The stops of an arrow, from start to end; those between are added to their columns."""
        link = arrow.first
        start, end = self.column[link.start], self.column[link.end]
        between = range(start + 1, end) if start < end else range(start - 1, end, -1)
        passed: list[_Stop] = [(number, column) for column in between]
        for stop, column in zip(passed, between, strict=True):
            self.columns[column].append(stop)
        return [link.start, *passed, link.end]

    def _sort(self) -> None:
        """Sort each column by the mean place of its stops' neighbours, so that few links cross.

        It goes through the columns from left to right, then from right to left, and so on (the
        barycentre method of Sugiyama and others). Where means are equal the first order stays, so
        that the same trail always has the same picture.
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
        column[:] = self._nested(column, mean)

    def _nested(self, column: Sequence[_Stop], mean: Mapping[_Stop, float]) -> list[_Stop]:
        """The stops with the parts of a document after it, each followed by its own parts.

        What has parts stands at the mean of all of them.
        """
        groups: dict[_Stop, list[_Stop]] = {}
        for stop in column:
            groups.setdefault(self._outermost(stop), []).append(stop)
        for outermost, members in groups.items():
            if len(members) > 1:
                members[:] = self._family(outermost, members)
        in_order = sorted(
            groups.values(),
            key=lambda members: sum(mean[stop] for stop in members) / len(members),
        )
        return [stop for members in in_order for stop in members]

    def _family(self, parent: _Stop, members: Sequence[_Stop]) -> list[_Stop]:
        """What has parts, and then its parts in their order, each with its own."""
        parts = [one for one in members if isinstance(one, str) and self.parents.get(one) == parent]
        return [parent, *(one for part in parts for one in self._family(part, members))]

    def _closing(self, stop: _Stop) -> float:
        """The room below the last box in a frame, for the ends of the frames that end there."""
        if stop not in self._closings:
            return 0.0
        return float(_INSET * self._closings[stop])

    def _count_closings(self) -> dict[_Stop, int]:
        found: dict[_Stop, int] = {}
        for column in self.columns:
            for stop, after in zip(column, [*column[1:], (-1, -1)], strict=True):
                ending = len(set(self._above(stop)) - {*self._above(after), after})
                if ending:
                    found[stop] = ending
        return found

    def _label(self, iri: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        letters = int((self._far(iri) - self._near(iri) - 14) / (SIZE * 0.56))
        label, below = node_label(self.trail.nodes[iri])
        return tuple(wrapped(label, letters)), tuple(wrapped(below, letters))

    def _height(self, stop: _Stop) -> float:
        """High enough for the words, and for the links at its sides to stand apart."""
        if isinstance(stop, tuple):
            return 0.0
        links = max(self.link_counts[stop, False], self.link_counts[stop, True])
        lines, below = self.labels[stop]
        return max(LEADING * (len(lines) + len(below)) + 10, _PORT_DISTANCE * (links + 1))

    def _place(self) -> None:
        """Decide how far down each stop stands, as near to its neighbours as there is room.

        The fullest column decides how high the picture is; it is filled from above and does not
        move. The stops of the others move towards their neighbours, column by column, from left to
        right, then from right to left, and so on.
        """
        totals = [
            sum(self.height[stop] + 2 * _space(stop) + self._closing(stop) for stop in column)
            for column in self.columns
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
        """Put a column's stops one below the other, each moved down by 0 to `most`."""
        offsets, used = [], float(TOP - _SPACE)
        for stop in column:
            offsets.append(used + _space(stop))
            used += self.height[stop] + 2 * _space(stop) + self._closing(stop)
        wanted = self._together(column, wanted)
        # If no stop moves down less than the one above it, order and distances are kept.
        shifts = rising([want - offset for want, offset in zip(wanted, offsets, strict=True)])
        for stop, offset, shift in zip(column, offsets, shifts, strict=True):
            self.top[stop] = offset + min(max(shift, 0.0), most)

    def _together(self, column: Sequence[_Stop], wanted: Sequence[float]) -> list[float]:
        """What is wanted of each stop, so that the boxes within a frame move by the same."""
        groups: dict[_Stop, list[int]] = {}
        offsets, used = [], float(TOP - _SPACE)
        for number, stop in enumerate(column):
            groups.setdefault(self._outermost(stop), []).append(number)
            offsets.append(used + _space(stop))
            used += self.height[stop] + 2 * _space(stop) + self._closing(stop)
        found = list(wanted)
        for numbers in groups.values():
            shift = sum(wanted[one] - offsets[one] for one in numbers) / len(numbers)
            for one in numbers:
                found[one] = offsets[one] + shift
        return found

    def _sides(self, route: Sequence[_Stop]) -> tuple[_Side, _Side]:
        """The side of its start and of its end at which a link is drawn.

        A link between two boxes of one column bends out to the right.
        """
        start, end = self._column_of(route[0]), self._column_of(route[-1])
        return (route[0], start <= end), (route[-1], start >= end)

    def _column_of(self, stop: _Stop) -> int:
        return self.column[stop] if isinstance(stop, str) else stop[1]

    def _ways(self) -> Iterator[tuple[Curve, ...]]:
        ports = self._ports()
        inside = [number for number, route in enumerate(self.routes) if self._is_inside(route)]
        longest = max((abs(ports[number, 0] - ports[number, 1]) for number in inside), default=1.0)
        for number, route in enumerate(self.routes):
            first, last = ports[number, 0], ports[number, 1]
            if self._is_inside(route):
                x = self._left(self._column_of(route[0])) + self.width
                starts, ends = self._far(route[0]), self._far(route[-1])
                share = abs(first - last) / max(longest, 300)
                # The farther it goes, the farther it bends out.
                bend = x + 24 + (min(self.gap, 260) * 1.15 - 24) * share
                bent = ((x, first), (bend, first), (bend, last), (x, last))
                yield (
                    *straight((starts, first), (x, first)),
                    bent,
                    *straight((x, last), (ends, last)),
                )
            else:
                points = self._points(route, first, last)
                to_the_right = self._column_of(route[0]) < self._column_of(route[-1])
                side = self._far if to_the_right else self._near
                other = self._near if to_the_right else self._far
                yield (
                    *straight((side(route[0]), first), points[0]),
                    *(curve(point, following) for point, following in pairwise(points)),
                    *straight(points[-1], (other(route[-1]), last)),
                )

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
        """How far down each link touches its start and its end.

        The keys are the number of the link, and 0 for its start or 1 for its end.

        At each side the links are in the order in which they go away, so that they need not cross.
        """
        at_side: dict[_Side, list[tuple[tuple[float, ...], tuple[int, int]]]] = defaultdict(list)
        for number, route in enumerate(self.routes):
            start, end = self._sides(route)
            at_side[start].append((self._leaving(route[0], route[1], route, number), (number, 0)))
            at_side[end].append((self._leaving(route[-1], route[-2], route, number), (number, 1)))
        ports: dict[tuple[int, int], float] = {}
        for (stop, _), link_ends in at_side.items():
            for place, (_, link_end) in enumerate(sorted(link_ends), 1):
                ports[link_end] = self.top[stop] + self.height[stop] * place / (len(link_ends) + 1)
        return ports

    def _leaving(
        self, stop: _Stop, other: _Stop, route: Sequence[_Stop], number: int
    ) -> tuple[float, ...]:
        """A key that sorts the links at a side from above.

        First those that go up to a box in the same column, the nearest box first; then those to
        other columns, by where they go; then those that go down in the same column, the nearest box
        last. So the curves within a column lie inside each other.
        """
        own = self.top[stop] + self.height[stop] / 2
        aim = self.top[other] + self.height[other] / 2
        if not self._is_inside(route):
            return 1, aim, number
        return (0, -aim, -number) if aim < own else (2, -aim, number)


def _columns(trail: Trail) -> tuple[list[str], list[list[_Stop]]]:
    """The headings of the columns and their nodes: first the programme with its statements, then
    what stands in a source text, then documents and provisions by force.
    """
    ends = (trail.start, trail.end)
    columns: dict[tuple[int, str], list[_Stop]] = defaultdict(list)
    for node in sorted(trail.nodes.values(), key=lambda node: (node.id not in ends, node.order)):
        if node.type in _OF_THE_PROGRAMME:
            key = (-1, "what the programme states")
        elif node.document is None:
            key = (0, "in the text")
        else:
            rank = trail.forces.get(node.force or "", len(trail.forces)) + 1
            key = (rank, node.force or "no force known")
        columns[key].append(node.id)
    return [heading for _, heading in sorted(columns)], [columns[key] for key in sorted(columns)]


def _places(column: Sequence[_Stop]) -> dict[_Stop, float]:
    """How far down each stop stands in its column, from 0 to 1."""
    return {stop: index / len(column) for index, stop in enumerate(column)}


def _space(stop: _Stop) -> float:
    return _SPACE if isinstance(stop, str) else _SPACE_OF_LINK
