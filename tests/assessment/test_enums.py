"""The outcomes and reasons in code are those of the graph."""

from __future__ import annotations

import pyoxigraph as ox

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Checkability, Outcome, Reason
from hrge_kg.assessment.shacl import outcome_shapes
from hrge_kg.sparql import select


def notations(graph: ox.Store, scheme: str) -> list[str]:
    query = f"""SELECT ?notation WHERE {{
      ?concept skos:inScheme scheme:{scheme} ; skos:notation ?notation }}"""
    return [row["notation"] for row in select(graph, query)]


def test_outcomes_and_checkabilities_are_those_of_the_vocabularies(graph: ox.Store) -> None:
    assert set(notations(graph, "outcome")) == set(Outcome)
    assert set(notations(graph, "checkability")) == set(Checkability)


def test_the_question_of_silence_is_what_the_shape_of_silence_asks(
    graph: ox.Store, assessor: Assessor
) -> None:
    asked = {check.iri: check.asked for norm in assessor.norms for check in norm.checks}
    silent = [s for s in outcome_shapes(graph).values() if s.reason == Reason.SILENCE]
    assert silent
    for shape in silent:
        assert shape.message == f"Not stated. {asked[shape.check]}"
