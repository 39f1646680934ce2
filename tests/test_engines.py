"""The shapes give the same results in other SHACL engines: one not derived from the reference engine, and one beside it."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl_turbo
import pytest
import rdflib
import shifty

from hrge_kg import selftest
from hrge_kg.description import background
from hrge_kg.norms import load_limits, load_norms
from hrge_kg.shacl import OutcomeShape, data_graph, outcome_shapes, read_report, run, shapes_graph

Rows = set[tuple[str, str | None, str]]


def rows(report: rdflib.Graph, shapes: dict[str, OutcomeShape]) -> Rows:
    return {(result.focus, result.value, result.shape.iri) for result in read_report(report, shapes)}


@pytest.fixture(scope="module")
def data(graph: ox.Store) -> rdflib.Graph:
    store, _ = selftest.data(load_norms(graph), load_limits(graph), background(graph))
    return data_graph(store)


@pytest.fixture(scope="module")
def reference(graph: ox.Store, data: rdflib.Graph) -> Rows:
    found = rows(run(data, shapes_graph(graph)), outcome_shapes(graph))
    assert len(found) > 1000
    return found


def test_an_engine_of_other_descent(graph: ox.Store, data: rdflib.Graph, reference: Rows) -> None:
    report = shifty.validate(data, shapes_graph(graph), graph_mode="data", infer=False)[1]
    assert rows(report, outcome_shapes(graph)) == reference


def test_a_second_engine(graph: ox.Store, data: rdflib.Graph, reference: Rows) -> None:
    report = pyshacl_turbo.validate(data, shacl_graph=shapes_graph(graph))[1]
    assert rows(report, outcome_shapes(graph)) == reference
