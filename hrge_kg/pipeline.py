"""The way from a file to an assessment: read, entail, check, run SHACL, derive.

One Assessor serves many descriptions; what does not change between them is read once.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from . import selftest
from .assess import Assessment, Unassessed, derive
from .description import Description, background, check_description, entailed
from .errors import InputError
from .norms import load_limits, load_norms
from .shacl import data_graph, outcome_shapes, read_report, run, shape_triples, shapes_graph
from .store import cache_folder
from .vocabulary import load_vocabulary

ENGINE = "pyshacl"


class Assessor:
    """Assesses descriptions against a built graph.

    Raises InputError where the self-test of shapes and engine fails.
    """

    def __init__(self, graph: ox.Store) -> None:
        self.vocabulary = load_vocabulary(graph)
        self.norms = load_norms(graph)
        self._background = background(graph)
        self._outcomes = outcome_shapes(graph)
        self._shapes = shapes_graph(graph)
        self._believe(graph)

    def assess(self, description: Description) -> Assessment:
        """The outcome for every norm and group. Raises InputError for a description that contradicts itself."""
        store = entailed(description, self._background)
        check_description(description, store)
        report = run(data_graph(store), self._shapes)
        try:
            assessment = derive(description, store, self.norms, read_report(report, self._outcomes))
            return replace(assessment, report=report)
        except Unassessed as error:
            raise InputError(
                description.file, None, f"not assessed: {error}", "The shapes or the engine cannot be trusted; restore them."
            ) from error

    def _believe(self, graph: ox.Store) -> None:
        """Run the self-test, once for these shapes, these fixtures and this version of the engine."""
        store, expected = selftest.data(self.norms, load_limits(graph), self._background)
        mark = cache_folder() / f"self-test-{_hash(shape_triples(graph), expected)}"
        if mark.is_file():
            return
        print(f"hrge: checking the shapes and {ENGINE}, once (some fifteen seconds)", file=sys.stderr)
        selftest.verify(self.norms, expected, read_report(run(data_graph(store), self._shapes), self._outcomes), ENGINE)
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()
        except OSError:
            return  # without a cache it is checked every time


def _hash(shapes: Iterable[ox.Triple], expected: selftest.Expected) -> str:
    # Blank nodes have other names in every store; what stands around them tells shapes apart well enough for a mark.
    words = sorted(" ".join("_" if isinstance(term, ox.BlankNode) else str(term) for term in triple) for triple in shapes)
    versions = [f"{name} {importlib.metadata.version(name)}" for name in (ENGINE, "rdflib")]
    return hashlib.sha256("\n".join([*versions, *words, repr(sorted(expected.items()))]).encode()).hexdigest()[:32]
