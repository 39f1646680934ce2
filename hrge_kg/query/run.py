"""Runs a query: a Table for SELECT, Triples for CONSTRUCT and DESCRIBE, a bool for ASK."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import PREFIXES, sparql_prologue
from ..sparql import syntax_refusal
from ..tables.model import SEPARATOR, Result, Table, Term, Triples
from .catalogue import Query, find_query
from .empty_answer import why_empty
from .guard import check_query
from .parameters import bind
from .unknown_terms import unknown_terms

_LOGGER = logging.getLogger(__name__)
_T = TypeVar("_T")


MAX_ROWS = 1_000_000
"""The most rows of an answer. A query that joins without a condition stops here, before it has used
up the memory.
"""


def portable_text(query: Query, params: Mapping[str, str]) -> str:
    """A query's text with its parameters and prefixes, for an endpoint that knows neither.

    Lines of the query keep their numbers.

    Raises InputError for a query or parameter that cannot be used.
    """
    text = bind(query.text, query.header, params, None, query.file)
    if not query.trusted:
        check_query(text, query.file, query.text)
    return sparql_prologue().replace("\n", " ") + text


def run_query(
    graph: ox.Store,
    name_or_text: str | Query,
    /,
    *,
    max_rows: int = MAX_ROWS,
    **params: str | int | date,
) -> Result:
    """Run a query of the catalogue, of a file or given as text, with its parameters by name.
    SELECT gives a Table, CONSTRUCT and DESCRIBE give Triples, ASK gives a bool.
    Nothing is cut off: an answer of more than `max_rows` rows is an error. The log of the library
    warns of IRIs that occur nowhere in the graph, and says which parameter leaves no row, and
    what is near.

    Raises InputError for a query or parameter that cannot be used.
    """
    # str() writes a date as the header wants it; an IRI of rdflib is a str already.
    texts = {name: str(value) for name, value in params.items()}
    return answer_query(graph, name_or_text, texts, max_rows)


def answer_query(
    graph: ox.Store,
    name_or_text: str | Query,
    params: Mapping[str, str],
    max_rows: int = MAX_ROWS,
) -> Result:
    """The same as `run_query`, with the parameters as a mapping. So they can have any names."""
    query = name_or_text if isinstance(name_or_text, Query) else find_query(name_or_text)
    answer = _answer(graph, query, params, max_rows)
    if not query.trusted:
        for warning in unknown_terms(query.text, query.file, graph):
            _LOGGER.warning("%s", warning)
    elif params and isinstance(answer, Table) and not answer.terms:
        for warning in why_empty(query.header, params, lambda some: _table(graph, query, some)):
            _LOGGER.warning("%s: %s", query.name, warning)
    return answer


def _table(graph: ox.Store, query: Query, params: Mapping[str, str]) -> Table:
    answer = _answer(graph, query, params, MAX_ROWS)
    assert isinstance(answer, Table)  # as its answer with all parameters is
    return answer


def _answer(graph: ox.Store, query: Query, params: Mapping[str, str], max_rows: int) -> Result:
    text = bind(query.text, query.header, params, graph, query.file)
    own_dataset = not query.trusted and check_query(text, query.file, query.text)
    try:
        # If the store shows its graphs as one, it takes no notice of FROM.
        answer = graph.query(text, prefixes=PREFIXES, use_default_graph_as_union=not own_dataset)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return _triples(answer, query, max_rows)
        return table_of(answer, query, max_rows)
    except SyntaxError as error:
        raise syntax_refusal(error, query.file) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(
            query.file, f"the query cannot be run: {error}", "Correct the query."
        ) from error


def table_of(solutions: ox.QuerySolutions, query: Query, max_rows: int = MAX_ROWS) -> Table:
    """Solutions as a Table. In a cell that lists several items, they are sorted, each once.

    Raises InputError if there are more than `max_rows`.
    """
    columns = tuple(variable.value for variable in solutions.variables)
    lists = query.header.lists.intersection(columns)
    rows = [
        tuple(_sorted_items(row[name]) if name in lists else row[name] for name in columns)
        for row in _limited(solutions, max_rows, query.file)
    ]
    return Table(columns, tuple(rows), query.header.title, lists)


def _sorted_items(cell: Term | None) -> Term | None:
    if not isinstance(cell, ox.Literal):
        return cell
    items = sorted({item for item in cell.value.split(SEPARATOR) if item})
    return ox.Literal(SEPARATOR.join(items)) if items else None


def _triples(answer: ox.QueryTriples, query: Query, max_rows: int) -> Triples:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in _limited(answer, max_rows, query.file))
    # Each build gives other names to blank nodes. With canonical names, the same graph is always
    # written in the same way.
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return Triples(tuple(sorted({quad.triple for quad in dataset}, key=str)), query.header.title)


def _limited(answer: Iterable[_T], max_rows: int, file: str) -> Iterable[_T]:
    for number, row in enumerate(answer):
        if number >= max_rows:
            raise InputError(
                file,
                f"the answer has more than {max_rows:,} rows",
                "Join its patterns, or add LIMIT.",
            )
        yield row
