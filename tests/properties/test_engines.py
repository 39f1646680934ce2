"""The shapes give the same results in other SHACL engines: one not derived from the reference engine, and one beside it."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl_turbo
import pytest
import rdflib
import shifty

from hrge_kg.assessment import self_test
from hrge_kg.assessment.norm_loader import load_limits, load_norms
from hrge_kg.assessment.preparation import background
from hrge_kg.assessment.shacl import OutcomeShape, data_graph, only, outcome_shapes, read_report, run, shapes_graph

Rows = set[tuple[str, str | None, str]]


def rows(report: rdflib.Graph, shapes: dict[str, OutcomeShape]) -> Rows:
    return {(result.focus, result.value, result.shape.iri) for result in read_report(report, shapes)}


Round = tuple[rdflib.Graph, rdflib.Graph]
"""Data, and the shapes that look at it."""


@pytest.fixture(scope="module")
def rounds(graph: ox.Store) -> list[Round]:
    outcomes, shapes = outcome_shapes(graph), shapes_graph(graph)
    made = self_test.rounds(load_norms(graph), load_limits(graph), background(graph), outcomes)
    return [(data_graph(one.store), only(shapes, outcomes.keys() - one.shapes)) for one in made]


@pytest.fixture(scope="module")
def reference(graph: ox.Store, rounds: list[Round]) -> list[Rows]:
    found = [rows(run(data, shapes), outcome_shapes(graph)) for data, shapes in rounds]
    assert sum(map(len, found)) > 1000
    return found


def test_an_engine_of_other_descent(graph: ox.Store, rounds: list[Round], reference: list[Rows]) -> None:
    reports = [shifty.validate(data, shapes, graph_mode="data", infer=False)[1] for data, shapes in rounds]
    assert [rows(report, outcome_shapes(graph)) for report in reports] == reference


def test_a_second_engine(graph: ox.Store, rounds: list[Round], reference: list[Rows]) -> None:
    reports = [pyshacl_turbo.validate(data, shacl_graph=shapes)[1] for data, shapes in rounds]
    assert [rows(report, outcome_shapes(graph)) for report in reports] == reference
