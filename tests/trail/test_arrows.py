"""What pictures of trails draw: each kind alike everywhere, each citation once, parts inside."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.form.readers import read_one
from hrge_kg.report.finding_trail import trail_of_finding
from hrge_kg.resources import root
from hrge_kg.trail.link_graph import LinkGraph
from hrge_kg.trail.model import Link, Node, Trail
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers.arrows import arrows, parents
from hrge_kg.trail.writers.layout import layout
from hrge_kg.trail.writers.svg import picture

SVG = "{http://www.w3.org/2000/svg}"
TESTING = "norm:no-mandatory-testing"


def drawn(trail: Trail) -> ElementTree.Element:
    return ElementTree.fromstring(picture(trail))


def letters(trail: Trail) -> dict[str, set[tuple[str, str]]]:
    """By kind of link, the letters and dashes with which it is drawn."""
    found: dict[str, set[tuple[str, str]]] = {}
    for one in drawn(trail).iter(f"{SVG}g"):
        if one.get("class") == "link":
            letter, path = one.find(f"{SVG}text"), one.find(f"{SVG}path")
            assert letter is not None and path is not None
            look = (letter.text or "", path.get("stroke-dasharray") or "")
            found.setdefault(one.get("data-kind") or "", set()).add(look)
    return found


def test_a_kind_of_link_looks_the_same_in_every_picture(graph: ox.Store) -> None:
    kinds = LinkGraph(graph).kinds.values()
    assert len({kind.letter for kind in kinds}) == len(kinds)
    assert all(len(kind.letter) == 1 for kind in kinds)
    for start in (TESTING, "ICCPR 9", "c:health", "footnote 58"):
        for name, looks in letters(find_trail(graph, start)).items():
            (kind,) = (kind for kind in kinds if kind.name == name)
            assert looks == {(kind.letter, kind.dashes)}


def test_what_rests_on_an_authority_and_its_citation_are_one_arrow(graph: ox.Store) -> None:
    trail = find_trail(graph, TESTING)
    (arrow,) = (
        one
        for one in arrows(trail)
        if {link.kind for link in one.links} >= {"rests-on"} and one.first.start == trail.start
    )
    assert [link.kind for link in arrow.links] == ["rests-on", "extracts"]
    assert arrow.first.letter == "R"
    numbers = [number for one in arrows(trail) for number in one.numbers]
    assert len(numbers) == len(set(numbers))


def test_two_citations_are_two_arrows() -> None:
    nodes = {name: Node(name, "provision", name, "article") for name in "ab"}
    links = tuple(
        Link("a", kind, "b", 1, kind, kind, "printed", citation=citation)
        for kind, citation in (("cites", "x"), ("quotes", "x"), ("cites", "y"), ("about", None))
    )
    found = arrows(Trail("a", None, nodes, links, {}))
    assert [one.numbers for one in found] == [(0, 1), (2,), (3,)]


def test_the_words_that_show_a_link_stand_on_its_arrow(graph: ox.Store) -> None:
    trail = find_trail(graph, TESTING)
    said = [
        one.text or "" for one in drawn(trail).iter(f"{SVG}text") if one.get("class") == "words"
    ]
    assert "“States and, where applicable, …”" in said
    quotes = {link.evidence.quote for link in trail.edges}
    whole = " ".join(" ".join(quote.split()) for quote in quotes if quote)
    assert all(words.strip("“”").removesuffix(" …") in whole for words in said)


def test_provisions_stand_in_their_document(graph: ox.Store) -> None:
    trail = find_trail(graph, TESTING)
    inside = parents(trail)
    assert len(inside) == 3
    placed = layout(trail)
    for child, parent in inside.items():
        inner, outer = placed.boxes[child], placed.boxes[parent]
        (frame,) = (one for one in placed.frames if one[:2] == (outer.x, outer.y))
        x, y, width, height = frame
        assert x < inner.x and inner.x + inner.width < x + width
        assert outer.y + outer.height < inner.y and inner.y + inner.height < y + height
    assert not [one for one in arrows(trail) if one.first.kind == "part-of"]


def test_parts_that_go_round_in_a_circle_stand_side_by_side() -> None:
    nodes = {
        name: Node(name, "provision", name, "article", "treaty", document="d") for name in "abc"
    }
    links = tuple(
        Link(start, "part-of", end, 50, "is part of", "has as a part", "instrument")
        for start, end in ("ab", "bc", "ca")
    )
    trail = Trail("a", None, nodes, links, {})
    assert parents(trail) == {}
    assert len(arrows(trail)) == 3
    assert drawn(trail) is not None


def test_a_programme_has_a_column_of_its_own(assessor: Assessor, graph: ox.Store) -> None:
    description = read_one(
        Path(root() / "data/programmes/closed-shelter.yaml"), assessor.vocabulary
    )
    trail = trail_of_finding(graph, assessor.assess(description), "norm:shelters-not-locked", 6)
    placed = layout(trail)
    (first, left), *others = placed.headings
    assert first == "what the programme states"
    in_it = {iri for iri, box in placed.boxes.items() if box.x == left}
    assert in_it == {
        iri for iri, node in trail.nodes.items() if node.type in ("programme", "statement")
    }
    assert in_it and others


@pytest.mark.parametrize("end", ["document:rpg", "document:tip"])
def test_the_answer_stands_above_the_picture(end: str, graph: ox.Store) -> None:
    trail = find_trail(graph, TESTING, end, direction="any", most=5)
    found = drawn(trail)
    top = float((found.get("viewBox") or "").split()[1])
    lines = [one for one in found.iter(f"{SVG}text") if float(one.get("y") or 0) < 20]
    assert top < 0
    assert " ".join(one.text or "" for one in lines) == trail.answer
    words = re.sub(r"\s+", " ", " ".join(found.itertext()))
    assert words.count(trail.answer[:40]) == 1
