"""Shapes over our own files: the built graph conforms, each planted fault is caught by the shape
meant for it, and no shape is idle.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from own_shapes import own_shapes, without_own_shapes
from paths import FIXTURES
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from hrge_kg.assessment.pyshacl_runner import run
from hrge_kg.assessment.shacl import to_rdflib
from hrge_kg.graph.build import build
from hrge_kg.namespaces import HSH, RDFS, expand, sparql_prologue

FAULTS = sorted((FIXTURES / "graph-shapes").glob("*.ru"))
EXPECT = re.compile(r"# expect: hsh:(\S+) (.+)")

Finding = tuple[str, Node]


@cache
def built() -> ox.Store:
    return build()


@cache
def shapes() -> Graph:
    return own_shapes(built())


def data() -> ox.Store:
    return without_own_shapes(built())


def findings(store: ox.Store) -> set[Finding]:
    """Which shape fired on which node."""
    report = run(to_rdflib(quad.triple for quad in store), shapes())
    found: set[Finding] = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape, focus = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
        assert shape is not None and focus is not None
        found.add((str(shape).removeprefix(HSH), focus))
    return found


def expected(fault: Path) -> set[Finding]:
    """What the head of a fault's file says."""
    return {
        (m[1], node(m[2]))
        for m in map(EXPECT.fullmatch, fault.read_text(encoding="utf-8").splitlines())
        if m
    }


def node(written: str) -> Node:
    if written.startswith('"'):
        return Literal(written.strip('"'))
    iri = expand(written)
    assert iri is not None, written
    return URIRef(iri)


@cache
def found_in_faulty_graph() -> frozenset[Finding]:
    """All faults planted at once, each on another property or node: one run tells what each of them
    raises.
    """
    store = data()
    for fault in FAULTS:
        store.update(sparql_prologue() + fault.read_text(encoding="utf-8"))
    return frozenset(findings(store))


def test_built_graph_conforms() -> None:
    assert findings(data()) == set()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda path: path.stem)
def test_planted_fault_is_caught(fault: Path) -> None:
    assert expected(fault), "the file says nowhere what is expected"
    assert expected(fault) <= found_in_faulty_graph()


def test_nothing_else_is_found() -> None:
    assert found_in_faulty_graph() == {finding for fault in FAULTS for finding in expected(fault)}


def reporting_shapes() -> set[str]:
    """The shapes that a report can name: node shapes with a target, and what they lead to with
    sh:property, unless they only gather.
    """
    graph = shapes()
    targeted = {
        s
        for p in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        for s in graph.subjects(p, None)
    }
    names = {o for s in targeted for o in graph.objects(s, SH.property)} | {
        s for s in targeted if (s, SH.property, None) not in graph
    }
    return {str(name).removeprefix(HSH) for name in names}


def test_every_shape_has_its_fault() -> None:
    assert {shape for fault in FAULTS for shape, _ in expected(fault)} == reporting_shapes()


def test_every_target_is_hit() -> None:
    """A shape that finds nothing to look at finds no fault either."""
    triples = to_rdflib(quad.triple for quad in data())
    classes, subjects, objects = (
        set(triples.objects(None, RDF.type)),
        set(triples.predicates()),
        set(triples.predicates()),
    )
    sub = set(triples.subject_objects(URIRef(RDFS + "subClassOf")))
    classes |= {upper for lower, upper in sub if lower in classes}
    assert set(shapes().objects(None, SH.targetClass)) <= classes
    assert set(shapes().objects(None, SH.targetSubjectsOf)) <= subjects
    assert set(shapes().objects(None, SH.targetObjectsOf)) <= objects


@pytest.mark.parametrize("wanted", ["name", "description", "message", "severity"])
def test_these_shapes_are_complete_themselves(wanted: str) -> None:
    graph = shapes()
    named = {s for s in graph.subjects(RDF.type, None) if isinstance(s, URIRef)}
    assert named
    assert {s for s in named if len(list(graph.objects(s, SH[wanted]))) != 1} == set()
