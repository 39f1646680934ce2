"""Runs pyshacl, the reference engine, without work whose result nobody reads.

pyshacl reads the shapes anew for each run, looks for the targets of every shape, and writes a text
for people about each result. Here shapes are read once, only those with a target are started (the
others run where a shape names them: W3C SHACL, 2.1.3), and names in texts stay full.

A shape that reports nothing itself, because others only ask whether a node conforms to it, is asked
once for each node of a description, and stops at the first constraint that is not met. Shapes that
refer to themselves are not: what pyshacl says of these depends on where it came from. (W3C SHACL,
3.5: conformance checking; 3.4.3: recursion)
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pyshacl
import rdflib
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from rdflib.namespace import NamespaceManager

from ..errors import InputError

_LOGGER = logging.getLogger(__name__)
_CONSTRAINTS = frozenset(ALL_CONSTRAINT_PARAMETERS)
"""The properties with which a shape constrains: those of SHACL Core and of SPARQL in SHACL."""


class _FullNames(NamespaceManager):
    """Knows no prefixes: each IRI is written in full."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(graph, bind_namespaces="none")

    def bind(self, *arguments: object, **options: object) -> None:
        """No prefix is kept."""

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803 (rdflib's names)
        """The IRI in angle brackets."""
        return f"<{rdfTerm}>"


class _Remembered:
    """A shape, and which nodes of the present description conform to it."""

    def __init__(self, shape: Any) -> None:
        self._shape = shape
        self._known: dict[rdflib.term.Node, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shape, name)

    def validate(
        self, executor: Any, graph: Any, focus: Any = None, _evaluation_path: Any = None
    ) -> Any:
        """As that of the shape: whether the node conforms, and a result if it does not."""
        if not isinstance(focus, rdflib.term.Node):
            return self._shape.validate(executor, graph, focus, _evaluation_path)
        found = self._known.get(focus)
        if found is None:
            if not executor.abort_on_first:
                executor = replace(executor, abort_on_first=True)
            found = self._shape.validate(executor, graph, focus, _evaluation_path)
            self._known[focus] = found
        return found

    def forget(self) -> None:
        """Forget the nodes, before another description."""
        self._known.clear()


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
        self._reporting = self._with_results()
        self._recursive = self._has_circle()
        self._remembered: dict[Any, _Remembered] = {}
        self._held_by = {
            shape: set(graph.objects(shape.node, rdflib.SH.property)) for shape in self._started
        }
        self._left_out: set[Any] = set()

    def _with_results(self) -> set[Any]:
        """The shapes whose results stand in a report: those started, and their properties."""
        found = {shape.node for shape in self._started}
        todo = list(found)
        while todo:
            new = set(self.graph.objects(todo.pop(), rdflib.SH.property)) - found
            found |= new
            todo += new
        return found

    def _has_circle(self) -> bool:
        """Whether something in the graph leads back to itself."""
        leads_to: dict[Any, set[Any]] = {}
        for subject, _, thing in self.graph:
            leads_to.setdefault(subject, set()).add(thing)
        try:
            TopologicalSorter(leads_to).prepare()
        except CycleError:
            return True
        return False

    def lookup_shape_from_node(self, node: Any) -> Any:
        """A shape by its name; KeyError if there is none."""
        shape = super().lookup_shape_from_node(node)
        if self._recursive or node in self._reporting:
            return shape
        known = self._remembered.get(node)
        if known is None:
            known = self._remembered[node] = _Remembered(shape)
        return known

    def forget(self) -> None:
        """Forget what conforms, before another description."""
        for shape in self._remembered.values():
            shape.forget()

    def leave_out(self, shapes: Collection[str]) -> None:
        """Do not run these property shapes (IRIs), until others are named."""
        self._left_out = {rdflib.URIRef(iri) for iri in shapes}

    def is_filtered_out_shape(self, node: Any) -> bool:
        """Whether a shape is left out."""
        return node in self._left_out

    @property
    def shapes(self) -> Collection[Any]:
        """The shapes that have a target, so that a validation starts with them."""
        return [
            shape
            for shape, properties in self._held_by.items()
            if not properties or not properties <= self._left_out
        ]

    # An engine asks the same of a shape for each value that the shape looks at.

    def objects(self, s: Any, p: Any) -> Iterator[Any]:
        """The objects of a subject and a predicate."""
        known = self._objects.get((s, p))
        if known is None:
            known = self._objects[s, p] = list(self.graph.objects(s, p))
        return iter(known)

    def predicate_objects(self, s: Any) -> Iterator[tuple[Any, Any]]:
        """The constraints of a shape: predicates and objects. No more is asked for in this way."""
        known = self._predicate_objects.get(s)
        if known is None:
            known = self._predicate_objects[s] = [
                pair for pair in self.graph.predicate_objects(s) if pair[0] in _CONSTRAINTS
            ]
        return iter(known)


def run(data: rdflib.Graph, shapes: rdflib.Graph | PreparedShapes) -> rdflib.Graph:
    """The W3C validation report of pyshacl, which fetches nothing and infers nothing.

    Raises InputError where the engine cannot use the shapes, for instance because one of them
    refers to a shape that is missing.
    """
    prepared = shapes if isinstance(shapes, PreparedShapes) else PreparedShapes(shapes)
    prepared.forget()
    data.namespace_manager = _FullNames(data)
    validator = pyshacl.Validator(
        DataGraph.from_rdflib(data),
        shacl_graph=rdflib.Graph(),  # pyshacl would read these; the prepared ones take their place
        options={"inference": "none", "logger": _LOGGER},
    )
    validator.shacl_graph = prepared
    try:
        _, report, _ = validator.run()
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
