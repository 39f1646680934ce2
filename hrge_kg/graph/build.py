"""Builds the graph: text and Turtle in; an anchored, entailed, checked store out.

Every step refuses what it cannot use, with file and line, before anything is written.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import GRAPH, HRGE, shrink, sparql_prologue, term_text
from ..resources import files, read_utf8, relative
from .annotations import anchor_quads, read_texts
from .entailment import entail
from .sources import check_terms, flattened, line_of, read_sources

ENTAILED = GRAPH("entailed")


def build(base: Path | None = None) -> ox.Store:
    """The whole graph, one named graph a file and `text/…`, `anchors`, `entailed` beside them.

    Raises InputError for Turtle that is none, an unknown term, a dangling reference, a quotation
    that is absent or ambiguous, and whatever a query in queries/checks finds.
    """
    store, graphs = read_sources(base)
    texts = read_texts(base)
    for source in texts:
        store.extend(source.passage_quads())
    store.extend(list(anchor_quads(store, texts, graphs)))
    check_terms(store, graphs)
    _add_entailed(store, base)
    check(store, graphs, base)
    return store


def _add_entailed(store: ox.Store, base: Path | None) -> None:
    """The rules see the data, not the shapes; what they add goes to a graph of its own."""
    before = flattened(
        q for q in store if not term_text(q.graph_name).startswith(GRAPH + "shapes/")
    )
    asserted = {quad.triple for quad in before}
    entail(before, base)
    store.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object, ENTAILED)
        for quad in before
        if quad.triple not in asserted
    )


def check(store: ox.Store, graphs: dict[str, Path], base: Path | None = None) -> None:
    """Run every queries/checks/*-violation.rq; each row (?subject ?problem ?remedy) refuses the
    build.

    Raises InputError for the first row of the first query that has one.
    """
    for path in files("queries/checks", ".rq", base=base):
        rows = store.query(sparql_prologue() + read_utf8(path), use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        for row in sorted(rows, key=_place_in_messages):
            subject = row["subject"]
            file = _file_of(store, graphs, subject)
            # A nested node has no name that could be found again, but words of the source perhaps.
            written = (
                subject.value if isinstance(subject, ox.NamedNode) else _quoted(store, subject)
            )
            line = line_of(file, written) if file and written else None
            name = (
                shrink(subject.value)
                if isinstance(subject, ox.NamedNode)
                else f"“{written}”"
                if written
                else "a nested node"
            )
            raise InputError(
                relative(file or path),
                f"{name}: {row['problem'].value}",
                row["remedy"].value,
                line=line,
            )


def _place_in_messages(row: ox.QuerySolution) -> tuple[str, str]:
    """Which of several rows comes first; blank nodes are named anew in each build."""
    return (
        row["subject"].value if isinstance(row["subject"], ox.NamedNode) else "",
        row["problem"].value,
    )


def _quoted(store: ox.Store, subject: ox.BlankNode) -> str | None:
    quotes = store.quads_for_pattern(subject, HRGE("quote"), None, None)
    return min((term_text(quad.object) for quad in quotes), default=None)


def _file_of(
    store: ox.Store, graphs: dict[str, Path], subject: ox.NamedNode | ox.BlankNode
) -> Path | None:
    for quad in store.quads_for_pattern(subject, None, None, None):
        if term_text(quad.graph_name) in graphs:
            return graphs[term_text(quad.graph_name)]
    return None
