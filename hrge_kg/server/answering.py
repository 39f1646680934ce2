"""Answers a query of a stranger, in a process of its own: what is asked, and what comes of it.

Nothing here reaches out: the query is checked before it runs, and a graph that the store does not
have is empty or refused, never fetched. (W3C SPARQL 1.1 Protocol, 2.1)
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import pyoxigraph as ox

from ..errors import InputError
from ..graph.cache import open_build
from ..namespaces import PREFIXES, term_text
from ..parsing.sparql_words import normalised, query_form
from ..processes import LimitPassed
from ..query.dataset import refuse_graphs_outside
from ..query.guard import check_query
from ..sparql import syntax_refusal
from ..tables.cells import cell_text
from ..tables.model import Term
from . import media

FILE = "query"
"""What messages call the query."""
MOST_BYTES = 50_000_000
"""Bytes of an answer; the whole graph has fewer."""
MOST_SHOWN = 500
"""Rows of an answer on the page of queries."""
_LONGEST_CELL = 2_000


class NotAcceptable(InputError):
    """No format of the answer is one that the client takes."""


@dataclass(frozen=True)
class Question:
    """A query with the dataset that the request names, and the formats that the client takes.

    Relative IRIs are resolved against `base`, the address of the endpoint.
    """

    text: str
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    accept: str | None = None
    format: str | None = None


@dataclass(frozen=True)
class Answer:
    """An answer, whole, in one format."""

    media: str
    body: bytes


Cell = tuple[str, str | None]
"""The text of a cell as people read it, and its IRI if it has one."""


@dataclass(frozen=True)
class Shown:
    """The beginning of an answer as a table for people; `more` says whether rows are left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool = False


@dataclass(frozen=True)
class Asked:
    """A store, and the names of its graphs."""

    store: ox.Store
    graphs: frozenset[str]


def open_asked(build: str) -> Asked:
    """The kept graph of a build.

    Raises InputError where it is not kept any more: then the server has to be started anew.
    """
    store = open_build(build)
    if store is None:
        raise InputError(
            "the graph", "it is no longer in the cache", "Start `hrge serve` once more."
        )
    return asked(store)


def asked(store: ox.Store) -> Asked:
    """A store as it is asked."""
    return Asked(store, frozenset(term_text(name) for name in store.named_graphs()))


def answer(store: Asked, question: Question) -> Answer | Shown:
    """The answer to a question; a table for people where the client likes HTML best.

    The default graph is the union of all graphs, unless the request or the query names graphs. What
    the request names goes before what the query names (2.1.4).

    Raises InputError for a query that cannot be used, NotAcceptable where no format fits, and
    LimitPassed where the answer is too large.
    """
    text = normalised(question.text)
    if not text.strip():
        raise InputError(FILE, "the query is empty", "Write a SPARQL query.")
    form, has_dataset = _checked(text)
    if has_dataset:
        refuse_graphs_outside(f"BASE <{question.base}> {text}", FILE, store.graphs)
    chosen = _chosen(question, form)
    try:
        if chosen == media.HTML:
            return _shown(_found(store.store, text, question, has_dataset))
        return Answer(chosen, _written(_found(store.store, text, question, has_dataset), chosen))
    except SyntaxError as error:
        raise syntax_refusal(error, FILE) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(FILE, f"the query cannot be run: {error}", "Correct it.") from error


@lru_cache(maxsize=1_000)
def _checked(text: str) -> tuple[str, bool]:
    """The form of a query that may run, and whether it names its own dataset."""
    has_dataset = check_query(text, FILE)
    return query_form(text), has_dataset


def _chosen(question: Question, form: str) -> str:
    offered = media.RESULTS if form in ("SELECT", "ASK") else media.GRAPHS
    chosen = media.named(question.format, offered) or media.best(
        question.accept, (*offered, media.HTML)
    )
    if chosen is None:
        raise NotAcceptable(
            "Accept",
            f"the answer to {form} is written in none of the formats that are asked for",
            f"Accept one of {', '.join(offered)}.",
        )
    return chosen


_Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def _found(store: ox.Store, text: str, question: Question, has_dataset: bool) -> _Found:
    if question.default_graphs or question.named_graphs:
        return store.query(
            text,
            base_iri=question.base,
            prefixes=PREFIXES,
            default_graph=[ox.NamedNode(iri) for iri in question.default_graphs],
            named_graphs=[ox.NamedNode(iri) for iri in question.named_graphs],
        )
    return store.query(
        text,
        base_iri=question.base,
        prefixes=PREFIXES,
        use_default_graph_as_union=not has_dataset,
    )


def _written(found: _Found, chosen: str) -> bytes:
    bounded = _Bounded()
    if isinstance(found, ox.QueryTriples):
        found.serialize(bounded, format=media.GRAPHS[chosen])
    else:
        found.serialize(bounded, format=media.RESULTS[chosen])
    return bounded.getvalue()


def _shown(found: _Found) -> Shown:
    if isinstance(found, ox.QueryBoolean):
        return Shown(("answer",), ((("yes" if found else "no", None),),))
    first = [tuple(map(_cell, row)) for row in islice(_rows(found), MOST_SHOWN + 1)]
    return Shown(_columns(found), tuple(first[:MOST_SHOWN]), len(first) > MOST_SHOWN)


def _columns(found: ox.QuerySolutions | ox.QueryTriples) -> tuple[str, ...]:
    if isinstance(found, ox.QueryTriples):
        return ("subject", "predicate", "object")
    return tuple(variable.value for variable in found.variables)


def _rows(found: ox.QuerySolutions | ox.QueryTriples) -> Iterator[Iterable[Term | None]]:
    if isinstance(found, ox.QueryTriples):
        return ((triple.subject, triple.predicate, triple.object) for triple in found)
    return (tuple(solution) for solution in found)


def _cell(term: Term | None) -> Cell:
    text = cell_text(term, is_list=False, cut=None)
    if len(text) > _LONGEST_CELL:
        text = f"{text[:_LONGEST_CELL]}…"
    return text, term.value if isinstance(term, ox.NamedNode) else None


class _Bounded(io.BytesIO):
    """Takes an answer, and refuses one that grows too large."""

    def write(self, data: object) -> int:
        """As io.BytesIO has it. Raises LimitPassed."""
        assert isinstance(data, bytes)
        if self.tell() + len(data) > MOST_BYTES:
            problem = f"it is larger than {MOST_BYTES // 1_000_000} MB"
            raise LimitPassed("the answer", problem, "Ask for less, for instance with LIMIT.")
        return super().write(data)
