"""Which documents rest on which: how many links of which kind lead from one to another."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from ..tables.model import Table, Term
from .link_graph import LinkGraph, load

COLUMNS = ("from", "fromLabel", "to", "toLabel", "force", "kind", "links")


def document_matrix(store: ox.Store) -> Table:
    """A row for each pair of documents and each kind of link from one to the other.

    A link counts for the documents that its ends belong to. Pairs with the most links come first.
    The section's own text is a document here; `from` or `to` is empty for it.
    """
    link_graph = load(store)
    counts: Counter[tuple[str, str, str]] = Counter()
    for link in link_graph.links:
        start, end = (link_graph.nodes[iri].document or "" for iri in (link.start, link.end))
        if start != end:
            counts[start, end, link.kind] += 1
    totals: Counter[tuple[str, str]] = Counter()
    for (start, end, _), count in counts.items():
        totals[start, end] += count

    def order(key: tuple[str, str, str]) -> tuple[object, ...]:
        pair = key[:2]
        return -totals[pair], pair, -counts[key], key

    rows = tuple(_row(link_graph, *key, counts[key]) for key in sorted(counts, key=order))
    return Table(COLUMNS, rows, "Links between documents")


def _row(
    link_graph: LinkGraph, start: str, end: str, kind: str, count: int
) -> tuple[Term | None, ...]:
    node = link_graph.nodes.get(end)
    return (
        ox.NamedNode(start) if start else None,
        ox.Literal(_label(link_graph, start)),
        ox.NamedNode(end) if end else None,
        ox.Literal(_label(link_graph, end)),
        ox.Literal(node.force) if node and node.force else None,
        ox.Literal(kind),
        ox.Literal(count),
    )


def _label(link_graph: LinkGraph, iri: str) -> str:
    return link_graph.nodes[iri].label if iri else "the section's own text"
