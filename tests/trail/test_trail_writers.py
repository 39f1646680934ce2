"""Trails for people: pictures, a page, Markdown and text have the trail's own nodes and links."""

from __future__ import annotations

import json
import re
from collections import Counter
from xml.etree import ElementTree

import networkx
import pyoxigraph as ox
import pytest
from markdown_it import MarkdownIt
from programs import letters, pandoc
from trails import TRAILS, ends, trail_of

from hrge_kg.namespaces import HRGE, PROVISION, RDFS, shrink
from hrge_kg.trail.model import Trail
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import FORMATS, write
from hrge_kg.trail.writers.arrows import arrows
from hrge_kg.trail.writers.networks import to_networkx, to_pandas

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=TRAILS)
def found(request: pytest.FixtureRequest, graph: ox.Store) -> Trail:
    return trail_of(request.param, graph)


def test_svg(found: Trail, graph: ox.Store) -> None:
    drawn = ElementTree.fromstring(write(found, "svg"))
    _is_the_picture(drawn, found)
    text = " ".join(" ".join(one.itertext()) for one in drawn.iter(f"{SVG}text"))
    for node in found.nodes.values():
        assert all(word in text for word in node.label.split() if len(word) < 20)
    dashes = {path.get("stroke-dasharray") for path in drawn.iter(f"{SVG}path")}
    assert {arrow.first.dashes for arrow in arrows(found)} <= dashes


def _is_the_picture(drawn: ElementTree.Element, found: Trail) -> None:
    groups = list(drawn.iter(f"{SVG}g"))
    assert {one.get("data-id") for one in groups if one.get("class") == "node"} == set(found.nodes)
    numbers = [
        int(number)
        for one in groups
        if one.get("class") == "link"
        for number in (one.get("data-number") or "").split()
    ]
    links = [(link.start, link.kind, link.end) for link in map(found.edges.__getitem__, numbers)]
    # A box within the box of its document needs no arrow.
    links += [
        (one.get("data-id") or "", "part-of", outer)
        for one in groups
        if (outer := one.get("data-in"))
    ]
    assert Counter(links) == ends(found)
    width, height = (float(drawn.get(side) or 0) for side in ("width", "height"))
    boxes = [
        [float(one.get(key) or 0) for key in ("x", "y", "width", "height")]
        for one in drawn.iter(f"{SVG}rect")
    ]
    assert all(x + wide <= width and y + high <= height for x, y, wide, high in boxes)


def test_html_stands_alone(found: Trail, graph: ox.Store) -> None:
    text = write(found, "html")
    assert (
        text.startswith("<!DOCTYPE html>")
        and 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in text
    )
    assert "<link" not in text and "src=" not in text.replace("default-src", "").replace(
        "style-src", ""
    ).replace("script-src", "")
    start, end = text.index("<svg"), text.index("</svg>") + 6
    _is_the_picture(ElementTree.fromstring(text[start:end]), found)
    assert text.count('data-about="link ') == len(found.edges) and text.count(
        'data-about="node '
    ) == len(found.nodes)


@pytest.mark.works_with(
    "markdown-it-py", tried="a trail as Markdown", result="lists with every node and link"
)
def test_markdown(found: Trail, graph: ox.Store) -> None:
    tokens = MarkdownIt().parse(write(found, "markdown"))
    depth, items = 0, Counter[str]()
    section = ""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            section = tokens[index + 1].content
        depth += token.nesting if token.type.startswith("list_item") else 0
        items[section] += token.type == "list_item_open" and depth == 1
    assert (items["Links"], items["What it passes through"]) == (len(found.edges), len(found.nodes))


@pytest.mark.works_with(
    "pandoc",
    tried="a trail as Markdown",
    result="every word, in order; quotation marks become curly",
)
def test_markdown_in_pandoc(found: Trail, graph: ox.Store) -> None:
    text = write(found, "markdown")
    shown = letters(MarkdownIt("commonmark").render(text))
    assert letters(pandoc(text, "markdown", "html")) == shown


def test_text(found: Trail, graph: ox.Store) -> None:
    text = write(found, "text")
    steps: list[str] = []
    for line in text.splitlines():
        if line.lstrip()[:2] in ("↑ ", "↓ ") and line.startswith(" "):
            steps.append(line)
        elif steps and not re.search(r"\[\S+\] · ", steps[-1]):
            steps[-1] += " " + line.strip()
        elif line.startswith("Path "):
            steps.append(line)
    kinds = {link.label: link.kind for link in found.edges} | {
        link.inverse: link.kind for link in found.edges
    }
    told, passed = set(), [shrink(found.start)]
    for step in steps:
        if step.startswith("Path "):
            passed = [shrink(found.start)]
            continue
        read = re.match(r"( +)([↑↓]) (.*?): .*\[(\S+)\] · ", step)
        assert read, step
        del passed[len(passed) if found.end else len(read[1]) // 2 :]
        passed.append(read[4])
        start, end = passed[-2:] if read[2] == "↑" else passed[:-3:-1]
        told |= {(start, kinds[re.sub(r" \(.*\)$", "", one)], end) for one in read[3].split("; ")}
    assert told == {(shrink(start), kind, shrink(end)) for start, kind, end in ends(found)}
    assert {shrink(found.start), *(end for start, _, other in told for end in (start, other))} == {
        shrink(iri) for iri in found.nodes
    }


def test_limits_are_said_in_every_format_that_has_a_place_for_it(graph: ox.Store) -> None:
    found = find_trail(graph, "document:rpg", depth=1)
    note = next(note for note in found.notes if "limit of 1 step" in note)
    for to in (
        "text",
        "markdown",
        "html",
        "json",
        "ttl",
        "jsonld",
        "graphml",
        "dot",
        "mermaid",
        "svg",
    ):
        words = " ".join(
            re.sub(r"<[^>]*>", " ", write(found, to))
            .replace("\\n", " ")
            .replace("#58;", ":")
            .split()
        )
        assert note in words, to
    assert (
        to_networkx(found).graph["notes"] == list(found.notes) == to_pandas(found)[1].attrs["notes"]
    )


@pytest.mark.parametrize("to", ["dot", "mermaid", "svg", "html"])
def test_pictures_show_the_discrepancies(to: str, found: Trail, graph: ox.Store) -> None:
    text = write(found, to)
    assert found.discrepancies and all(key in text for key in found.discrepancies)


def test_for_notebooks(graph: ox.Store) -> None:
    found = find_trail(graph, "norm:no-mandatory-testing")
    made = to_networkx(found)
    assert set(made.nodes) == set(found.nodes) and made.number_of_edges() == len(found.edges)
    nodes, edges = to_pandas(found)
    assert len(nodes) == len(found.nodes) and Counter(
        zip(edges["from"], edges["kind"], edges["to"], strict=True)
    ) == ends(found)
    assert "evidence.quote" in edges.columns


def test_what_stands_in_the_words_of_others_harms_no_format(graph: ox.Store) -> None:
    store = ox.Store()
    bad = 'a "b" <b>&amp;\\n [x] {y} | ; -- %% #35; 《'
    quoted = json.dumps(bad, ensure_ascii=False)
    store.load(
        input=f"""@prefix hrge: <{HRGE}> . @prefix p: <{PROVISION}> .
        @prefix rdfs: <{RDFS}> .
        p:a a hrge:Provision ; rdfs:label {quoted} ; hrge:refersTo p:b .
        p:b a hrge:Provision ; rdfs:label {quoted} .""".encode(),
        format=ox.RdfFormat.TURTLE,
    )
    store.extend(
        [
            quad
            for quad in graph
            if "/concept/" in str(quad.subject) or "/scheme/" in str(quad.subject)
        ]
    )
    found = find_trail(store, "provision:a")
    for to in FORMATS:
        assert write(found, to) is not None
    assert "<b>" not in write(found, "html") and "<b>" not in write(found, "svg")
    assert ElementTree.fromstring(write(found, "svg")) is not None
    assert len(networkx.parse_graphml(write(found, "graphml"))) == 2
