"""The curves of a picture, and numbers that rise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
"""A cubic Bézier curve: its ends, and between them its two control points."""


def curve(start: Point, end: Point) -> Curve:
    """From side to side of two columns, level at both ends."""
    half = (start[0] + end[0]) / 2
    return start, (half, start[1]), (half, end[1]), end


def straight(start: Point, end: Point) -> Iterator[Curve]:
    """A line from a box within another to the side of its column; nothing where it is there."""
    if start != end:
        third = (end[0] - start[0]) / 3
        yield start, (start[0] + third, start[1]), (end[0] - third, end[1]), end


def middle(curve: Curve) -> float:
    """The x of a curve half-way along."""
    one, two, three, four = curve
    return (one[0] + 3 * two[0] + 3 * three[0] + four[0]) / 8


def rising(wanted: Iterable[float]) -> list[float]:
    """The numbers nearest to those wanted of which none is less than the one before.

    (Isotonic regression: pool adjacent violators, Barlow and others, 1972)

    >>> rising([1, 5, 3, 6])
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
