"""The picture of a trail can be read: no link runs under a box, no letter hides another.

Nothing is cut, and colour tells nothing.
"""

from __future__ import annotations

import re
from itertools import combinations
from math import dist
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers.svg import picture

SVG = "{http://www.w3.org/2000/svg}"
TRAILS = (
    "norm:no-mandatory-testing",
    "norm:detention-subject-to-review",
    "document:rpg",
    "ICCPR 9",
    "c:health",
)
Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]


@pytest.fixture(params=TRAILS)
def drawn(request: pytest.FixtureRequest, graph: ox.Store) -> ElementTree.Element:
    return ElementTree.fromstring(picture(find_trail(graph, request.param)))


def numbers(element: ElementTree.Element | None, *names: str) -> list[float]:
    assert element is not None
    return [float(element.get(name) or 0) for name in names]


def groups(drawn: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in drawn.iter(f"{SVG}g") if one.get("class") == name]


def boxes(drawn: ElementTree.Element) -> list[Rectangle]:
    found = [
        numbers(one.find(f"{SVG}rect"), "x", "y", "width", "height")
        for one in groups(drawn, "node")
    ]
    return [(x, y, x + width, y + height) for x, y, width, height in found]


def marks(drawn: ElementTree.Element) -> list[Point]:
    found: list[Point] = []
    for one in groups(drawn, "link"):
        letter = one.find(f"{SVG}text")
        x, y = numbers(letter, "x", "y")
        found.append((x, y - 3.5))
    return found


def along(path: str) -> list[Point]:
    """Points on a path of cubic curves."""
    flat = [float(one) for one in re.findall(r"-?[\d.]+", path)]
    stops = list(zip(flat[::2], flat[1::2], strict=True))
    found: list[Point] = []
    for start in range(0, len(stops) - 1, 3):
        four = stops[start : start + 4]
        for step in range(41):
            share = step / 40
            weights = (
                (1 - share) ** 3,
                3 * (1 - share) ** 2 * share,
                3 * (1 - share) * share**2,
                share**3,
            )
            found.append(
                (
                    sum(w * p[0] for w, p in zip(weights, four, strict=True)),
                    sum(w * p[1] for w, p in zip(weights, four, strict=True)),
                )
            )
    return found


def inside(point: Point, box: Rectangle, air: float) -> bool:
    return box[0] - air < point[0] < box[2] + air and box[1] - air < point[1] < box[3] + air


def test_no_link_runs_under_a_box(drawn: ElementTree.Element) -> None:
    for one in groups(drawn, "link"):
        for path in one.iter(f"{SVG}path"):
            assert not any(
                inside(point, box, -0.5)
                for point in along(path.get("d") or "")
                for box in boxes(drawn)
            )


def test_no_box_lies_on_another(drawn: ElementTree.Element) -> None:
    for one, other in combinations(boxes(drawn), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_letters_are_seen(drawn: ElementTree.Element) -> None:
    found = marks(drawn)
    assert len(found) == len(groups(drawn, "link"))
    assert not any(inside(point, box, 0) for point in found for box in boxes(drawn))
    assert all(dist(one, other) > 10 for one, other in combinations(found, 2))


def test_words_stand_on_no_line_and_on_no_letter(drawn: ElementTree.Element) -> None:
    words = [one for one in drawn.iter(f"{SVG}text") if one.get("class") == "words"]
    lines = [
        point
        for one in groups(drawn, "link")
        for path in one.iter(f"{SVG}path")
        for point in along(path.get("d") or "")
    ]
    for one in words:
        x, y = numbers(one, "x", "y")
        area = (x, y - 8, x + 4.9 * len(one.text or ""), y + 1)
        assert not [point for point in lines if inside(point, area, 0)], one.text
        assert not [point for point in marks(drawn) if inside(point, area, 7)], one.text
        assert not any(inside((x, y), box, 0) for box in boxes(drawn))


def test_arrows_have_their_first_words(graph: ox.Store) -> None:
    drawn = ElementTree.fromstring(picture(find_trail(graph, "norm:children-never-detained")))
    words = [one.text for one in drawn.iter(f"{SVG}text") if one.get("class") == "words"]
    assert len(words) > 8
    assert all(one and one.startswith("“") and one.endswith("”") for one in words)


def test_what_the_editors_add_has_a_square(drawn: ElementTree.Element) -> None:
    for one in groups(drawn, "link"):
        title = one.find(f"{SVG}title")
        assert title is not None and title.text
        assert (
            (one.find(f"{SVG}rect") is not None)
            == (" (editors) " in title.text)
            != (one.find(f"{SVG}circle") is not None)
        )


def test_nothing_is_cut(drawn: ElementTree.Element) -> None:
    width, height = numbers(drawn, "width", "height")
    points = [
        point
        for path in drawn.iter(f"{SVG}path")
        if (path.get("d") or "").count("C")
        for point in along(path.get("d") or "")
    ]
    texts = [
        (x + 0.5 * 11 * len(one.text or ""), y)
        for one in drawn.iter(f"{SVG}text")
        for x, y in [numbers(one, "x", "y")]
    ]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in points + texts)


def test_only_greys(drawn: ElementTree.Element) -> None:
    said = {one.get(name) for one in drawn.iter() for name in ("fill", "stroke")} - {None, "none"}
    assert said == {"#fff", "#111", "#333", "#444"}
