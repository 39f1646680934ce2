"""The self-test refuses shapes and engines that cannot be believed: every outcome shape is dropped once, and must be missed."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl_turbo
import pytest
from rdflib import URIRef
from rdflib.namespace import SH

from hrge_kg import selftest
from hrge_kg.description import background
from hrge_kg.errors import InputError
from hrge_kg.norms import Norm, load_limits, load_norms
from hrge_kg.shacl import Result, data_graph, outcome_shapes, read_report, run, shapes_graph

Expected = tuple[selftest.Expected, list[Result]]


@pytest.fixture(scope="module")
def norms(graph: ox.Store) -> list[Norm]:
    return load_norms(graph)


@pytest.fixture(scope="module")
def expected_and_results(graph: ox.Store, norms: list[Norm]) -> Expected:
    store, expected = selftest.data(norms, load_limits(graph), background(graph))
    return expected, read_report(run(data_graph(store), shapes_graph(graph)), outcome_shapes(graph))


def test_all_shapes_pass(norms: list[Norm], expected_and_results: Expected) -> None:
    expected, results = expected_and_results
    selftest.verify(norms, expected, results, "pyshacl")


def test_dropping_any_outcome_shape_is_noticed(graph: ox.Store, norms: list[Norm], expected_and_results: Expected) -> None:
    expected, results = expected_and_results
    shapes = outcome_shapes(graph)
    assert len(shapes) > 400
    unnoticed = []
    for shape in shapes:
        without = [result for result in results if result.shape.iri != shape]
        try:
            selftest.verify(norms, expected, without, "pyshacl")
            unnoticed.append(shape)
        except InputError:
            continue
    assert not unnoticed


def test_what_must_fire_comes_from_the_norms(graph: ox.Store, norms: list[Norm], expected_and_results: Expected) -> None:
    """A check that disappears with all its shapes leaves a norm without a check: assessing refuses that."""
    expected, _ = expected_and_results
    checkable = [norm for norm in norms if norm.checkability in ("meet-or-flag", "flag-only")]
    for norm in checkable:
        outcomes = {outcome for (_, check), (outcome, _) in expected.items() if check in {c.iri for c in norm.checks}}
        wanted = {"concern", "not-stated"} | ({"met", "in-part"} if norm.checkability == "meet-or-flag" else set())
        assert wanted <= outcomes, norm.iri


def test_a_witness_on_an_adverse_statement_is_noticed(graph: ox.Store, norms: list[Norm], expected_and_results: Expected) -> None:
    expected, results = expected_and_results
    met = next(r for r in results if r.shape.outcome == "met")
    wrong = Result(selftest._PROGRAMME + "/adverse", met.value, met.shape)
    with pytest.raises(InputError, match="for which nothing speaks"):
        selftest.verify(norms, expected, [*results, wrong], "pyshacl")


def test_an_outcome_on_silence_is_noticed(norms: list[Norm], expected_and_results: Expected) -> None:
    expected, results = expected_and_results
    concern = next(r for r in results if r.shape.outcome == "concern")
    wrong = Result(selftest._PROGRAMME + "/silent", None, concern.shape)
    with pytest.raises(InputError, match="for which nothing speaks"):
        selftest.verify(norms, expected, [*results, wrong], "pyshacl")


@pytest.mark.parametrize("matcher", ["SaysYes", "SaysNo", "SaysYesOrInPart", "SaysDoesNotApply", "Practice", "Full-frequency"])
def test_a_matcher_that_accepts_anything_is_noticed(matcher: str, graph: ox.Store, norms: list[Norm]) -> None:
    """Shapes broken inside, their outcome shapes all there. (In the quicker engine, which reports what the reference does.)"""
    shapes = shapes_graph(graph)
    shape = URIRef("https://w3id.org/hrge/shapes#" + matcher)
    shapes.remove((shape, SH.property, None))
    shapes.remove((None, SH.property, shape))
    store, expected = selftest.data(norms, load_limits(graph), background(graph))
    report = pyshacl_turbo.validate(data_graph(store), shacl_graph=shapes)[1]
    with pytest.raises(InputError, match="self-test"):
        selftest.verify(norms, expected, read_report(report, outcome_shapes(graph)), "an engine")
