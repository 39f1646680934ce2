"""Asks the built graph: a SELECT as rows of text, and the texts of the queries that lie in
queries/.

>>> "SELECT" in query_text("trails/works.rq")
True
"""

from __future__ import annotations

import pyoxigraph as ox

from .namespaces import sparql_prologue
from .resources import read_utf8, root


def query_text(path: str) -> str:
    """The text of a query below queries/."""
    return read_utf8(root() / "queries" / path, "the query")


def solutions(store: ox.Store, query: str, thing: str | None = None) -> ox.QuerySolutions:
    """The solutions of a SELECT over all graphs, with every prefix of the project, as RDF terms.

    `thing` (an IRI) binds the projected variable ?thing. Raises TypeError for another query form.
    (W3C SPARQL 1.1 Query Language, 16.1)
    """
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
    if thing is not None:
        bound[ox.Variable("thing")] = ox.NamedNode(thing)
    answer = store.query(
        sparql_prologue() + query, use_default_graph_as_union=True, substitutions=bound or None
    )
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError(f"this is no SELECT query: {query}")
    return answer


def select(store: ox.Store, query: str, thing: str | None = None) -> list[dict[str, str]]:
    """The rows of `solutions` as text by column; an unbound variable is left out."""
    rows = solutions(store, query, thing)
    names = [variable.value for variable in rows.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in rows]
