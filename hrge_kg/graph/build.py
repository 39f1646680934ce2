"""Builds the graph from the source texts and the project's Turtle, in four steps.

It reads the Turtle files, finds each quotation in the text (anchors it), adds what the rules derive
(entails it), and runs the queries that find mistakes (checks it). A step that cannot use something
raises an InputError with its file and line.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import GRAPH, HRGE, shrink, term_text
from ..resources import files, relative
from ..sparql import read_query, solutions
from .annotations import anchor_quads, read_texts
from .entailment import entail
from .own_queries import check_own_queries, check_shapes
from .sources import check_terms, flattened, line_of, read_sources

ENTAILED = GRAPH("entailed")


def build(base: Path | None = None) -> ox.Store:
    """The whole graph, with a named graph for each Turtle file.

    Beside them are `text/…` (passages), `anchors` (places of quotations) and `entailed` (what the
    rules derive).

    Raises InputError for a mistake in the syntax of Turtle, an unknown term, a reference to what
    does not exist, a quotation that is not in the text or is there several times, and whatever a
    query in queries/checks finds.
    """
    check_own_queries(base)
    store, graphs = read_sources(base)
    check_shapes(store, graphs)
    texts = read_texts(base)
    for source in texts:
        store.extend(source.passage_quads())
    store.extend(list(anchor_quads(store, texts, graphs)))
    check_terms(store, graphs)
    _add_entailed(store, base)
    check(store, graphs, base)
    return store


def _add_entailed(store: ox.Store, base: Path | None) -> None:
    """Apply the rules to all but the shapes; what they add goes to a graph of its own."""
    data = flattened(
        quad
        for graph in store.named_graphs()
        if not term_text(graph).startswith(GRAPH + "shapes/")
        for quad in store.quads_for_pattern(None, None, None, graph)
    )
    asserted = {quad.triple for quad in data}
    entail(data, base)
    store.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object, ENTAILED)
        for quad in data
        if quad.triple not in asserted
    )


def check(store: ox.Store, graphs: dict[str, Path], base: Path | None = None) -> None:
    """Run every queries/checks/*-violation.rq; a row (?subject ?problem ?remedy) stops the build.

    Raises InputError for the first row of the first query that has one.
    """
    for path in files("queries/checks", ".rq", base=base):
        rows = sorted(solutions(store, read_query(path)), key=_message_order)
        if rows:
            raise _refusal(rows[0], path, store, graphs)


def _refusal(
    row: ox.QuerySolution, query: Path, store: ox.Store, graphs: dict[str, Path]
) -> InputError:
    subject = row["subject"]
    file = _file_of(store, graphs, subject)
    # A nested (blank) node has no name to look for in the file, but perhaps it has a quotation.
    if isinstance(subject, ox.NamedNode):
        written, name = subject.value, shrink(subject.value)
    else:
        quote = _quoted(store, subject)
        written, name = quote or "", f"“{quote}”" if quote else "a nested node"
    return InputError(
        relative(file or query),
        f"{name}: {row['problem'].value}",
        row["remedy"].value,
        line=line_of(file, written) if file and written else None,
    )


def _message_order(row: ox.QuerySolution) -> tuple[str, str]:
    """Which of several rows comes first. The names of blank nodes do not count, because each build
    gives them other names.
    """
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
