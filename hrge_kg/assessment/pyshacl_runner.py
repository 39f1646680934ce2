"""Runs pyshacl, the reference engine, without work whose result nobody reads.

pyshacl reads the shapes anew for each run, looks for the targets of every shape, and writes a text
for people about each result. Here shapes are read once, only those with a target are started (the
others run where a shape names them: W3C SHACL, 2.1.3), and names in texts stay full.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from typing import Any

import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from rdflib.namespace import NamespaceManager

from ..errors import InputError

_LOGGER = logging.getLogger(__name__)


class _FullNames(NamespaceManager):
    """Knows no prefixes: each IRI is written in full."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(graph, bind_namespaces="none")

    def bind(self, *arguments: object, **options: object) -> None:
        """No prefix is kept."""

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803 (rdflib's names)
        """The IRI in angle brackets."""
        return f"<{rdfTerm}>"


class PreparedShapes(pyshacl.ShapesGraph):
    """Shapes that are read once and run over many descriptions."""

    def __init__(self, graph: rdflib.Graph) -> None:
        """Raises InputError where the engine cannot use the shapes."""
        self._objects: dict[tuple[Any, Any], list[Any]] = {}
        self._predicate_objects: dict[Any, list[tuple[Any, Any]]] = {}
        graph.namespace_manager = _FullNames(graph)
        super().__init__(graph)
        try:
            self._started = [shape for shape in super().shapes if any(map(list, shape.target()))]
        except ReportableRuntimeError as error:
            raise _unusable(error) from error

    @property
    def shapes(self) -> Collection[Any]:
        """The shapes that have a target, so that a validation starts with them."""
        return self._started

    # An engine asks the same of a shape for each value that the shape looks at.

    def objects(self, s: Any, p: Any) -> Iterator[Any]:
        """The objects of a subject and a predicate."""
        known = self._objects.get((s, p))
        if known is None:
            known = self._objects[s, p] = list(self.graph.objects(s, p))
        return iter(known)

    def predicate_objects(self, s: Any) -> Iterator[tuple[Any, Any]]:
        """The predicates and objects of a subject."""
        known = self._predicate_objects.get(s)
        if known is None:
            known = self._predicate_objects[s] = list(self.graph.predicate_objects(s))
        return iter(known)


def run(data: rdflib.Graph, shapes: rdflib.Graph | PreparedShapes) -> rdflib.Graph:
    """The W3C validation report of pyshacl, which fetches nothing and infers nothing.

    Raises InputError where the engine cannot use the shapes, for instance because one of them
    refers to a shape that is missing.
    """
    prepared = shapes if isinstance(shapes, PreparedShapes) else PreparedShapes(shapes)
    data.namespace_manager = _FullNames(data)
    validator = pyshacl.Validator(
        DataGraph.from_rdflib(data),
        shacl_graph=rdflib.Graph(),  # pyshacl would read these; the prepared ones take their place
        options={"inference": "none", "logger": _LOGGER},
    )
    validator.shacl_graph = prepared
    try:
        _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    except (ReportableRuntimeError, ValidationFailure) as error:
        raise _unusable(error) from error
    assert isinstance(report, rdflib.Graph)
    return report


def _unusable(error: Exception) -> InputError:
    return InputError(
        "shapes",
        f"the engine cannot use them: {error}",
        "Nothing is assessed. Restore the shapes.",
    )
