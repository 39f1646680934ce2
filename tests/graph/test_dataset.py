"""What the distribution says of itself: shapes find nothing missing, what they look for is really
looked for, and the figures are those of the files.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, SH, VANN, VOID, Graph, Literal, URIRef
from rdflib.term import Node

from hrge_kg.assessment.shacl import to_rdflib
from hrge_kg.edition import read_edition, to_akoma_ntoso
from hrge_kg.graph.dataset import DATASET, describe_graphs
from hrge_kg.graph.distribution import write
from hrge_kg.graph.sources import AREAS, graph_name
from hrge_kg.namespaces import BASE, GRAPH, HRGE
from hrge_kg.resources import LANGUAGES, files, root

SHAPES = root() / "shapes" / "distribution" / "description.ttl"
HERE = "http://example.org/published/"
VERSION = importlib.metadata.version("hrge-kg")
DATA = URIRef(DATASET.value)


@pytest.fixture(scope="module")
def dist(graph: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dataset") / "out"
    write(graph, out, {}, {}, {"toolkit-1.4": to_akoma_ntoso(read_edition(graph))})
    return out


@pytest.fixture(scope="module")
def description(dist: Path) -> Graph:
    """dataset.ttl, as somebody reads it who published the folder."""
    return Graph().parse(dist / "dataset.ttl", publicID=HERE + "dataset.ttl")


@pytest.fixture(scope="module")
def headers(dist: Path, graph: ox.Store) -> Graph:
    """The headers of all Turtle files, each read from its file."""
    return to_rdflib(
        quad.triple
        for name in describe_graphs(graph)
        for quad in ox.parse(path=dist / "graphs" / f"{name}.ttl")
        if quad.subject == (ox.NamedNode(HRGE) if name == "hrge" else GRAPH(name))
    )


def named(data: Graph) -> set[tuple[str, Node]]:
    """Which shape reports which node."""
    report = pyshacl.validate(data, shacl_graph=Graph().parse(SHAPES))[1]
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape, focus = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
        assert shape is not None and focus is not None
        found.add((str(shape).rpartition("#")[2], focus))
    return found


def test_nothing_is_missing(description: Graph, headers: Graph) -> None:
    assert named(description + headers) == set()


@pytest.mark.parametrize(
    "shape", sorted(re.findall(r"^hsh:(\w+-[\w-]+) a", SHAPES.read_text("utf-8"), re.M))
)
def test_each_shape_sees_what_is_missing(shape: str, description: Graph, headers: Graph) -> None:
    """What a shape asks for is taken from the data, and it says so."""
    shapes = Graph().parse(SHAPES)
    iri = URIRef(f"{BASE}shapes#{shape}")
    path = shapes.value(iri, SH.path)
    assert path is not None
    other = shapes.value(path, SH.alternativePath)
    steps = {path, *shapes.items(path), *(shapes.items(other) if other else ())}
    header = shape.startswith(("OntologyHeader", "OwnTerms"))
    # One thing of each kind is enough.
    kept: set[Node] = {DATA, URIRef(HRGE), URIRef(GRAPH + "modules/checks")}
    kept |= set(description.subjects(RDF.type, FOAF.Agent))
    kept |= {min(description.objects(DATA, DCAT.distribution), key=str)}
    data = Graph()
    for triple in headers if header else description:
        if triple[0] in kept and triple[1] not in steps:
            data.add(triple)
    assert shape in {name for name, _ in named(data)}


def test_every_file_of_the_project_has_a_header_with_the_words_at_its_head(
    headers: Graph,
) -> None:
    for area in AREAS:
        for path in files(area, ".ttl"):
            if path.name == "hrge.ttl" or path.parent == root() / LANGUAGES:
                continue
            words = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
            own = URIRef(graph_name(path, root()).value)
            assert str(headers.value(own, DCTERMS.description)).startswith(words), path


def test_the_ontology_has_a_version_a_prefix_and_a_maker(dist: Path) -> None:
    for name in ("ontology.ttl", "graphs/hrge.ttl"):
        data = Graph().parse(dist / name)
        assert list(data.subjects(RDF.type, OWL.Ontology)) == [URIRef(HRGE)]
        assert data.value(URIRef(HRGE), OWL.versionIRI) == URIRef(f"{BASE}ns/{VERSION}")
        assert data.value(URIRef(HRGE), OWL.versionInfo) == Literal(VERSION)
        assert data.value(URIRef(HRGE), VANN.preferredNamespacePrefix) == Literal("hrge")
        assert data.value(URIRef(HRGE), DCTERMS.creator) is not None


def test_the_notice_of_the_source_is_on_whatever_has_its_words(
    dist: Path, headers: Graph, description: Graph
) -> None:
    notice = "© United Nations 2021."
    for name in ("text/toolkit-1.4", "anchors", "norms/guideline-6", "citations/children"):
        rights = headers.value(URIRef(GRAPH + name), DCTERMS.rights)
        assert str(rights).startswith(notice)
    assert headers.value(URIRef(GRAPH + "text/toolkit-1.4"), DCTERMS.license) is None
    assert headers.value(URIRef(GRAPH + "modules/checks"), DCTERMS.rights) is None
    assert str(description.value(DATA, DCTERMS.rights)).startswith(notice)
    assert (dist / "NOTICE.md").read_text("utf-8") == (root() / "NOTICE.md").read_text("utf-8")
    assert (dist / "LICENSE-DATA").is_file()


def test_vocabularies_of_others_are_not_called_ours(headers: Graph) -> None:
    imported = [one for one in headers.subjects(None, None) if "/graph/imports/" in str(one)]
    assert imported
    for one in imported:
        assert headers.value(one, DCTERMS.license) is None
        assert headers.value(one, DCTERMS.creator) is None


def test_the_files_are_there_with_their_size_and_checksum(dist: Path, description: Graph) -> None:
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    places = {}
    for part in description.objects(DATA, DCAT.distribution):
        place = str(description.value(part, DCAT.downloadURL))
        content = (dist / place.removeprefix(HERE)).read_bytes()
        assert int(str(description.value(part, DCAT.byteSize))) == len(content)
        checksum = description.value(part, spdx.checksum)
        written = str(description.value(checksum, spdx.checksumValue)).lower()
        assert written == hashlib.sha256(content).hexdigest()
        places[place.removeprefix(HERE)] = part
    assert {"hrge.nq", "hrge.trig", "ontology.ttl", "text/toolkit-1.4.xml"} <= set(places)
    text = places["text/toolkit-1.4.xml"]
    assert description.value(text, DCTERMS.license) is None
    assert str(description.value(text, DCTERMS.rights)).startswith("© United Nations")


def test_the_figures_are_those_of_the_graph(
    dist: Path, description: Graph, graph: ox.Store
) -> None:
    triples = {quad.triple for quad in ox.parse(path=dist / "hrge.nq", format=ox.RdfFormat.N_QUADS)}
    assert int(str(description.value(DATA, VOID.triples))) == len({q.triple for q in graph})
    assert abs(len(triples) - int(str(description.value(DATA, VOID.triples)))) < len(triples) / 100
    parts = list(description.objects(DATA, VOID.subset))
    assert len(parts) == len(list(graph.named_graphs()))
    for part in parts[:20]:
        dump = str(description.value(part, VOID.dataDump)).removeprefix(HERE)
        held = sum(1 for _ in ox.parse(path=dist / dump))
        assert 0 < int(str(description.value(part, VOID.triples))) <= held


def test_only_terms_that_their_vocabularies_have(description: Graph, headers: Graph) -> None:
    """rdflib knows the terms of these namespaces, of DCAT those of version 2."""
    newer = URIRef(str(DCAT) + "version")  # in version 3
    spaces: tuple[Any, ...] = (DCAT, VOID, DCTERMS, FOAF, OWL, VANN)
    for space in spaces:
        for data in (description, headers):
            for _, predicate, value in data:
                for term in (predicate, value if predicate == RDF.type else predicate):
                    if str(term).startswith(str(space)) and term != newer:
                        assert term in space, term


def test_addresses_of_files_are_relative_and_all_others_are_not(dist: Path) -> None:
    written = (dist / "dataset.ttl").read_text(encoding="utf-8")
    assert "here://" not in written and "@base" not in written
    relative = {one for one in re.findall(r"<([^>]*)>", written) if "://" not in one}
    assert {one for one in relative if not one.startswith("#")} == {
        path.relative_to(dist).as_posix()
        for path in dist.rglob("*")
        if path.relative_to(dist).as_posix() in relative
    }
