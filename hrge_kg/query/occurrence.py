"""Tells which IRIs occur in the graph, and which have a name near one that does not."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyoxigraph as ox

from ..namespaces import RDF_TYPE, shrink


def occurs(node: ox.NamedNode, store: ox.Store) -> bool:
    """Whether a statement has this IRI as subject, predicate or object, or a graph has its name."""
    uses = (
        store.quads_for_pattern(node, None, None),
        store.quads_for_pattern(None, node, None),
        store.quads_for_pattern(None, None, node),
        store.quads_for_pattern(None, None, None, node),
    )
    return any(next(use, None) is not None for use in uses)


def described_beside(iris: Collection[str], store: ox.Store) -> Mapping[str, list[str]]:
    """For each of the IRIs, the things of its namespace that have a class, as CURIEs.

    One pass over these things, however many IRIs there are.
    """
    spaces = {iri: _namespace(iri) for iri in iris}
    found: dict[str, set[str]] = {space: set() for space in spaces.values()}
    for quad in store.quads_for_pattern(None, RDF_TYPE, None):
        if isinstance(quad.subject, ox.NamedNode):
            beside = found.get(_namespace(quad.subject.value))
            if beside is not None:
                beside.add(quad.subject.value)
    names = {space: sorted(map(shrink, things)) for space, things in found.items()}
    return {iri: names[space] for iri, space in spaces.items()}


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
