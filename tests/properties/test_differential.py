"""Generated descriptions give the same results and outcomes in two engines, and where the shapes
that can only report silence are not run.

One is the reference engine, the other the quick one, which is not derived from it. 300 descriptions
here; `make differential` takes 2,000 of another seed. (HRGE_DIFFERENTIAL: seed and count)
"""

from __future__ import annotations

import os
from collections import Counter

import pyoxigraph as ox
import pytest
from generated import Drawn, drawn

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshacl, Pyshifty
from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Finding
from hrge_kg.assessment.norm_loader import load_limits
from hrge_kg.assessment.outcomes import derive
from hrge_kg.assessment.selection import ShapeSelector, shape_forms
from hrge_kg.assessment.shacl import Result, Shapes, data_triples, outcome_shapes

SEED, COUNT = (int(word) for word in os.environ.get("HRGE_DIFFERENTIAL", "2038 300").split())
WHOLE = 50
"""One in so many descriptions is run under the shapes of all norms.

The others are run under the shapes of the norms that they were drawn for.
"""


class Differential:
    """Runs both engines; remembers what came of each description."""

    def __init__(self, graph: ox.Store, assessor: Assessor) -> None:
        self.every = assessor.norms
        self.outcomes = outcome_shapes(graph)
        self.reference = Pyshacl(Shapes(graph), self.outcomes)
        self.quick = Pyshifty(Shapes(graph), self.outcomes)
        self.selector = ShapeSelector(self.outcomes, shape_forms(graph))
        self.not_run: set[Result] = set()
        """What shapes report that an assessment does not run."""
        self.seen: Counter[str] = Counter()
        self.norms: set[str] = set()
        self.differences: list[str] = []
        self.first: list[object] = []
        """The triples of the first two descriptions."""

    def run(self, number: int, one: Drawn) -> None:
        norms = self.every if number % WHOLE == 0 else one.norms
        mine = {norm.iri for norm in norms}
        some = {iri for iri, shape in self.outcomes.items() if not mine.isdisjoint(shape.norms)}
        data = data_triples(one.store)
        reference = self.reference.validate(data, some).results
        found = derive(one.description, one.store, norms, reference)
        quick = self.quick.validate(data, some).results
        to_run, silences = self.selector.select(data)
        not_run = {result for result in quick if result.shape.iri not in to_run}
        concluded = {result for result in silences if result.shape.iri in some}
        self.not_run.update(not_run)
        name = one.description.programme
        self.differences += [f"{name}: {result}" for result in set(reference) ^ set(quick)]
        self.differences += [f"{name}, not run: {result}" for result in not_run ^ concluded]
        if reference != quick:  # else the outcomes are derived from the same
            again = derive(one.description, one.store, norms, quick)
            pairs = zip(map(told, found.findings), map(told, again.findings), strict=True)
            self.differences += [
                f"{name}: {first} | {second}" for first, second in pairs if first != second
            ]
        if norms is one.norms:
            self.seen.update(finding.outcome for finding in found.findings)
            self.norms |= {finding.norm.iri for finding in found.findings if finding.evidence}


def told(finding: Finding) -> tuple[object, ...]:
    """What an assessment says."""
    return (
        finding.norm.iri,
        finding.group,
        finding.outcome,
        finding.reason,
        finding.message,
        finding.questions,
        finding.evidence,
    )


@pytest.fixture(scope="module")
def differential(graph: ox.Store, assessor: Assessor) -> Differential:
    both = Differential(graph, assessor)
    for number, one in enumerate(drawn(SEED, COUNT, assessor, load_limits(graph))):
        both.run(number, one)
        if number < 2:
            both.first.append(one.description.triples)
    return both


def test_both_engines_report_and_conclude_the_same(differential: Differential) -> None:
    assert differential.differences == []


def test_much_is_concluded_without_a_run(differential: Differential) -> None:
    assert {result.value for result in differential.not_run} == {None}
    assert len(differential.not_run) > COUNT


def test_at_least_a_tenth_of_the_outcomes_is_of_each_kind(differential: Differential) -> None:
    total = sum(differential.seen.values())
    assert {
        outcome: n for outcome in Outcome if (n := differential.seen[outcome]) * 10 < total
    } == {}, differential.seen


def test_every_norm_that_has_checks_is_among_them(
    differential: Differential, assessor: Assessor
) -> None:
    assert sorted({norm.iri for norm in assessor.norms if norm.checks} - differential.norms) == []


def test_what_is_drawn_depends_on_the_seed_alone(
    differential: Differential, graph: ox.Store, assessor: Assessor
) -> None:
    again, other = (
        [one.description.triples for one in drawn(seed, 2, assessor, load_limits(graph))]
        for seed in (SEED, SEED + 1)
    )
    assert differential.first == again != other
