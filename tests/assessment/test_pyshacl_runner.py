"""pyshacl, run without work that nobody reads, reports what pyshacl reports."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from paths import FIXTURES
from pyshacl.errors import ShapeRecursionWarning
from rdflib import RDF, SH

from hrge_kg.assessment.preparation import background, entailed
from hrge_kg.assessment.pyshacl_runner import PreparedShapes, run
from hrge_kg.assessment.shacl import data_graph, shapes_graph
from hrge_kg.errors import InputError
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.form.vocabulary import Vocabulary

PREFIXES = """
@prefix : <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
SHAPES = """
:ByNode a sh:NodeShape ; sh:targetNode :one ; sh:property :Named .
:ByClass a sh:NodeShape ; sh:targetClass :Thing ; sh:not :Red .
:Implied a sh:NodeShape , rdfs:Class ; sh:property :Named .
:BySubject a sh:NodeShape ; sh:targetSubjectsOf :likes ; sh:node :Red .
:ByObject a sh:NodeShape ; sh:targetObjectsOf :likes ; sh:or ( :Red :HasName ) .
:OwnTarget a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :likes ;
  sh:qualifiedValueShape :Red ; sh:qualifiedMinCount 1 .
:Named a sh:PropertyShape ; sh:path :name ; sh:minCount 1 ; sh:message "has no name" .
:HasName a sh:NodeShape ; sh:property :Named .
:Red a sh:NodeShape ; sh:property :Colour .
:Colour a sh:PropertyShape ; sh:path :colour ; sh:hasValue "red" .
"""
DATA = """
:one :colour "red" ; :likes :two , :three .
:two a :Thing ; :colour "blue" ; :likes :one .
:three a :Thing , :Implied ; :colour "red" ; :name "Three" ; :likes :two .
:four a :Implied .
"""

Rows = set[tuple[rdflib.term.Node | None, ...]]


def parsed(turtle: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle")


def rows(report: rdflib.Graph) -> Rows:
    said = (SH.focusNode, SH.value, SH.sourceShape, SH.resultSeverity, SH.sourceConstraintComponent)
    return {
        tuple(report.value(result, one) for one in said)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def by_pyshacl(data: rdflib.Graph, shapes: rdflib.Graph) -> Rows:
    report = pyshacl.validate(data, shacl_graph=shapes, inference="none")[1]
    assert isinstance(report, rdflib.Graph)
    return rows(report)


@pytest.mark.parametrize(
    "name", ["outcomes/held-on-suspicion-of-a-crime", "norms/safe-return/each-check"]
)
def test_of_a_description_it_reports_what_pyshacl_does(
    name: str, graph: ox.Store, vocabulary: Vocabulary
) -> None:
    description = read_form(FIXTURES / f"{name}.yaml", vocabulary)
    store = entailed(description, background(graph))
    expected = by_pyshacl(data_graph(store), shapes_graph(graph))
    assert len(expected) > 40
    assert rows(run(data_graph(store), shapes_graph(graph))) == expected


def test_shapes_are_started_by_every_kind_of_target() -> None:
    expected = by_pyshacl(parsed(DATA), parsed(SHAPES))
    assert {str(row[2]).removeprefix("https://example.org/") for row in expected} == {
        "ByClass",
        "ByObject",
        "BySubject",
        "Colour",
        "Named",
        "OwnTarget",
    }
    assert rows(run(parsed(DATA), parsed(SHAPES))) == expected


def test_what_conforms_is_forgotten_before_the_next_description() -> None:
    prepared = PreparedShapes(parsed(SHAPES))
    other = DATA.replace('"red"', '"green"').replace('"blue"', '"red"')
    assert by_pyshacl(parsed(other), parsed(SHAPES)) != by_pyshacl(parsed(DATA), parsed(SHAPES))
    for data in (DATA, other, DATA):
        assert rows(run(parsed(data), prepared)) == by_pyshacl(parsed(data), parsed(SHAPES))


def test_a_shape_that_refers_to_itself_ends() -> None:
    shapes = """
    :Start a sh:NodeShape ; sh:targetClass :Thing ; sh:node :Friendly .
    :Friendly a sh:NodeShape ; sh:property :Liking , :Named .
    :Liking a sh:PropertyShape ; sh:path :likes ; sh:node :Friendly .
    :Named a sh:PropertyShape ; sh:path :name ; sh:minCount 1 .
    """
    with pytest.warns(ShapeRecursionWarning):
        expected = by_pyshacl(parsed(DATA), parsed(shapes))
    with pytest.warns(ShapeRecursionWarning):
        found = rows(run(parsed(DATA), parsed(shapes)))
    assert found == expected != set()


def test_shapes_that_refer_to_none_are_refused() -> None:
    with pytest.raises(InputError, match=r"shapes: the engine cannot use them.*Missing"):
        run(parsed(DATA), parsed(":A a sh:NodeShape ; sh:targetNode :one ; sh:property :Missing ."))
