"""The shapes give the same results in other SHACL engines.

One not derived from the reference engine, and one beside it.

The quick engine, on which most tests run, reports what the reference does: of all examples, and of
fixtures taken with a fixed seed; of all fixtures in `make differential`.
"""

from __future__ import annotations

import os
import pickle
import random
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

import pyoxigraph as ox
import pyshacl_turbo
import pytest
import rdflib
import shifty
from fixture_outcomes import fixture_paths
from part import only
from rdflib import RDF, SH
from self_test_rounds import Reported

from hrge_kg.assessment import self_test
from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshifty, Validation
from hrge_kg.assessment.norm_loader import load_limits, load_norms
from hrge_kg.assessment.preparation import background
from hrge_kg.assessment.shacl import (
    OutcomeShape,
    Result,
    Shapes,
    data_graph,
    data_triples,
    outcome_shapes,
    read_report,
    shapes_graph,
)
from hrge_kg.errors import InputError
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.resources import root

EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))
FORMS = fixture_paths()
SAMPLE = FORMS if "HRGE_DIFFERENTIAL" in os.environ else random.Random(2026).sample(FORMS, 24)

Rows = set[tuple[str, str | None, str]]


def as_rows(results: Iterable[Result]) -> Rows:
    return {(result.focus, result.value, result.shape.iri) for result in results}


def rows(report: rdflib.Graph, shapes: dict[str, OutcomeShape]) -> Rows:
    return as_rows(read_report(report, shapes))


Round = tuple[rdflib.Graph, rdflib.Graph]
"""Data, and the shapes that look at it."""


@pytest.fixture(scope="module")
def made(graph: ox.Store) -> list[self_test.Round]:
    outcomes = outcome_shapes(graph)
    return list(
        self_test.rounds(load_norms(graph), load_limits(graph), background(graph), outcomes)
    )


@pytest.fixture(scope="module")
def rounds(graph: ox.Store, made: list[self_test.Round]) -> list[Round]:
    outcomes, shapes = outcome_shapes(graph), shapes_graph(graph)
    return [(data_graph(one.store), only(shapes, outcomes.keys() - one.shapes)) for one in made]


@pytest.fixture(scope="module")
def reference(made: list[self_test.Round], reference_rounds: Reported) -> list[Rows]:
    assert [shapes for shapes, _ in reference_rounds] == [one.shapes for one in made]
    found = [as_rows(results) for _, results in reference_rounds]
    assert sum(map(len, found)) > 1000
    return found


@pytest.mark.works_with("pyshifty", tried="the self-test", result="reports what pySHACL reports")
def test_an_engine_of_other_descent(
    graph: ox.Store, made: list[self_test.Round], reference: list[Rows]
) -> None:
    """By its quick results, as hrge asks for them."""
    shapes, outcomes = Shapes(graph), outcome_shapes(graph)
    found = [
        # An engine of its own for each round loads only the shapes of the round.
        Pyshifty(shapes, outcomes).validate(data_triples(one.store), one.shapes).results
        for one in made
    ]
    assert list(map(as_rows, found)) == reference


def test_its_w3c_reports_say_the_same(
    graph: ox.Store, rounds: list[Round], reference: list[Rows]
) -> None:
    """They take five times as long, so one round in six is asked for; the first has all shapes."""
    some = slice(0, None, 6)
    reports = [
        shifty.validate(data, shapes, graph_mode="data", infer=False)[1]
        for data, shapes in rounds[some]
    ]
    assert [rows(report, outcome_shapes(graph)) for report in reports] == reference[some]


@pytest.mark.works_with(
    "pyshacl-turbo", tried="the self-test", result="reports what pySHACL reports"
)
def test_a_second_engine(graph: ox.Store, rounds: list[Round], reference: list[Rows]) -> None:
    reports = [pyshacl_turbo.validate(data, shacl_graph=shapes)[1] for data, shapes in rounds]
    assert [rows(report, outcome_shapes(graph)) for report in reports] == reference


@pytest.mark.parametrize(
    "path", [*EXAMPLES, *SAMPLE], ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_the_quick_engine_reports_and_concludes_what_the_reference_does(
    path: Path, assessor: Assessor, reference_assessor: Assessor
) -> None:
    description = read_form(path, assessor.vocabulary)
    quick, reference = assessor.assess(description), reference_assessor.assess(description)
    assert quick.validation and reference.validation and quick.report and reference.report
    assert quick.validation.results
    assert quick.validation.results == reference.validation.results
    assert of_outcome_shapes(quick.report, reference.validation) == of_outcome_shapes(
        reference.report, reference.validation
    )
    assert quick == reference
    carried = pickle.loads(pickle.dumps(quick.validation))  # from one process to another
    assert of_outcome_shapes(carried.report, carried) == of_outcome_shapes(quick.report, carried)


def of_outcome_shapes(
    report: rdflib.Graph, validation: Validation
) -> Counter[frozenset[tuple[object, object]]]:
    """All that a W3C report says of each result of an outcome shape."""
    shapes = {result.shape.iri for result in validation.results}
    nodes = [
        node
        for node in report.subjects(RDF.type, SH.ValidationResult)
        if str(report.value(node, SH.sourceShape)) in shapes
    ]
    return Counter(frozenset(report.predicate_objects(node)) for node in nodes)


class Deaf(Pyshifty):
    """The quick engine, broken: it does not hear what is met."""

    def validate(self, data: Sequence[ox.Triple], some: Set[str] | None = None) -> Validation:
        found = super().validate(data, some)
        return Validation(
            [result for result in found.results if result.shape.outcome != "met"], found.make_report
        )


def test_the_quick_engine_is_believed_only_after_its_self_test(
    graph: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path))
    with pytest.raises(InputError, match=r"the self-test of pyshifty failed: .*met expected of"):
        Assessor(graph, Deaf).run_self_test()
    assert not list(tmp_path.iterdir())
