"""Assesses a description under the shapes of some norms only.

Shapes do not see each other, and what the rest would say is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import pyoxigraph as ox
import rdflib
import shifty

from hrge_kg.assessment.model import Assessment
from hrge_kg.assessment.norms import Norm
from hrge_kg.assessment.outcomes import derive
from hrge_kg.assessment.pyshacl_runner import run
from hrge_kg.assessment.shacl import (
    Result,
    data_graph,
    outcome_shapes,
    read_report,
    shapes_graph,
)
from hrge_kg.form.description import Description

Engine = Callable[[rdflib.Graph, rdflib.Graph], rdflib.Graph]
"""Data and shapes to a report."""


def of_other_descent(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The report of an engine that shares no code with the reference, and is quicker."""
    return shifty.validate(data, shapes, graph_mode="data", infer=False)[1]


class Part:
    """The shapes of a graph, of which those of some norms are run."""

    def __init__(self, graph: ox.Store) -> None:
        self._outcomes = outcome_shapes(graph)
        self._shapes = shapes_graph(graph)

    def assess(
        self, description: Description, store: ox.Store, norms: Sequence[Norm], *engines: Engine
    ) -> list[tuple[list[Result], Assessment]]:
        """What each engine reports over an entailed description, and the outcomes for these norms.

        Without engines it is the reference.
        """
        mine = {norm.iri for norm in norms}
        shapes = only(
            self._shapes,
            {iri for iri, shape in self._outcomes.items() if mine.isdisjoint(shape.norms)},
        )
        data = data_graph(store)
        reported = [
            read_report(engine(data, shapes), self._outcomes) for engine in engines or (run,)
        ]
        return [(results, derive(description, store, norms, results)) for results in reported]


def only(shapes: rdflib.Graph, left_out: Collection[str]) -> rdflib.Graph:
    """The shapes without some outcome shapes (IRIs), and without what only these use."""
    dropped = {rdflib.URIRef(iri) for iri in left_out}
    part = rdflib.Graph("SimpleMemory", bind_namespaces="none")
    targeted = set(shapes.subjects(rdflib.SH.targetClass))
    todo = [
        shape
        for shape in targeted
        if not dropped.issuperset(shapes.objects(shape, rdflib.SH.property))
    ]
    seen = set(todo)
    while todo:
        for triple in shapes.triples((todo.pop(), None, None)):
            if triple[2] in dropped:
                continue
            part.add(triple)
            if triple[2] not in seen:
                seen.add(triple[2])
                todo.append(triple[2])
    return part
