"""The graphs that a query names for itself, with FROM and FROM NAMED.

(W3C SPARQL 1.1 Query Language, 13.2)
"""

from __future__ import annotations

from collections.abc import Collection

from ..errors import InputError
from ..parsing.sparql_words import tokens
from .unknown_terms import named_iris


def from_clauses(text: str) -> list[tuple[str, int]]:
    """The IRIs after FROM and FROM NAMED in a query, each with its place in the text.

    >>> from_clauses("PREFIX g: <http://x.org/> ASK FROM g:a FROM NAMED <http://x.org/b> {}")
    [('http://x.org/a', 35), ('http://x.org/b', 50)]
    """
    places = set()
    before = ""
    for token in tokens(text):
        word = token[0].upper()
        if before == "FROM" and word == "NAMED":
            continue
        if before == "FROM":
            places.add(token.start())
        before = word
    return [(iri, place) for iri, place in named_iris(text) if place in places]


def refuse_graphs_outside(text: str, file: str, graphs: Collection[str]) -> None:
    """Refuse a query whose FROM names a graph that is not one of these: none is fetched.

    Raises InputError, with the line.
    """
    for iri, place in from_clauses(text):
        if iri not in graphs:
            raise InputError(
                file,
                f"FROM names <{iri}>, which is no graph of this store, and none is fetched",
                "Name one of its graphs, or leave FROM out.",
                line=text.count("\n", 0, place) + 1,
            )
