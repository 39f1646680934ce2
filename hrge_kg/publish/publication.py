"""Publishes the built graph, graph by graph: each new one is whole before any old one goes.

A graph of its own, the record, lists what hrge has published in the store. It is written first, so
that a publication that was cut short can be done again; and last, as it then is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox

from ..errors import InputError
from ..graph.distribution import canonical, with_shared_nodes_named
from ..graph.store import build_key
from ..namespaces import DCTERMS, GRAPH, term_text
from .graph_store import GraphStore

RECORD = ox.NamedNode(GRAPH + "publication")
_PART, _BUILD = DCTERMS("hasPart"), DCTERMS("identifier")


@dataclass(frozen=True)
class Published:
    """How many graphs were published, with how many statements, and how many old ones removed."""

    graphs: int
    statements: int
    removed: int


def graphs_to_publish(graph: ox.Store) -> dict[str, list[ox.Triple]]:
    """The statements of each named graph. Blank nodes that are in several graphs have names."""
    by_name: dict[str, list[ox.Triple]] = {}
    for quad in with_shared_nodes_named(canonical(graph)):
        by_name.setdefault(term_text(quad.graph_name), []).append(quad.triple)
    return by_name


def publish(
    graphs: dict[str, list[ox.Triple]], store: GraphStore, done: Callable[[str], None]
) -> Published:
    """Make the store hold these graphs, and of what hrge published before no others.

    `done` is called with the name of each graph. Raises InputError, before anything is written,
    where the store holds graphs of these names that hrge did not publish; and where it fails.
    """
    earlier = _earlier(store)
    for name in sorted(graphs.keys() - earlier):
        if store.holds(name):
            raise InputError(
                store.address,
                f"it holds a graph <{name}> that hrge did not publish, and nothing was written",
                "Publish to a store or data set of its own, or remove that graph.",
            )
    store.replace(RECORD.value, _record(earlier | graphs.keys()))
    for name, statements in graphs.items():
        store.replace(name, statements)
        done(name)
    old = sorted(earlier - graphs.keys())
    for name in old:
        store.remove(name)
    store.replace(RECORD.value, [*_record({*graphs}), _finished()])
    return Published(len(graphs), sum(map(len, graphs.values())), len(old))


def _earlier(store: GraphStore) -> set[str]:
    """The graphs that the record lists."""
    record = store.statements(RECORD.value)
    listed = {
        statement.object.value
        for statement in record
        if statement.predicate == _PART and isinstance(statement.object, ox.NamedNode)
    }
    if record and not listed:
        raise InputError(
            store.address,
            f"it holds a graph <{RECORD.value}> that hrge did not write, and nothing was written",
            "Publish to a store or data set of its own, or remove that graph.",
        )
    return {name for name in listed if name.startswith(GRAPH)}


def _record(names: set[str]) -> list[ox.Triple]:
    return [ox.Triple(RECORD, _PART, ox.NamedNode(name)) for name in sorted(names)]


def _finished() -> ox.Triple:
    return ox.Triple(RECORD, _BUILD, ox.Literal(build_key()))
