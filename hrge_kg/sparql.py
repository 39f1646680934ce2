"""Asks the built graph: a SELECT as rows of text, and the texts of the queries that lie in
queries/.

>>> "SELECT" in query_text("trails/nodes.rq")
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from .errors import InputError
from .namespaces import PREFIXES
from .resources import read_utf8, relative, root

# The store's message lists what it expected. If a sentence is in that list, it says what is wrong:
# “expected one of The SELECT contains a variable that is unbound, [_]”.
_SENTENCE = re.compile(r"(?:^expected |one of |, )([A-Z][a-z]+ [^,\[]+)")
_PLACE = re.compile(r"error at (\d+):\d+: (.*)", re.DOTALL)
_MAX_EXCERPT = 60
"""How many characters of the store's message a message shows at most."""
_MARKER = "#VALUES"
"""The comment in a query that is replaced by the things that the query is asked about."""
_MOST_THINGS = 500
"""The most things that one query is asked about."""


class QueryText(str):
    """The text of a query or an update of the project, and the file that messages name."""

    file = "query"


def read_query(path: Path) -> QueryText:
    """A query or an update of the project. Raises InputError where it cannot be read."""
    try:
        state = path.stat()
    except OSError:
        return _read(path)
    return _read_once(path, state.st_mtime_ns, state.st_size)


# The same is asked of each description: a file is read again only when it has changed.
@lru_cache(maxsize=512)
def _read_once(path: Path, changed: int, size: int) -> QueryText:
    return _read(path)


def _read(path: Path) -> QueryText:
    text = QueryText(read_utf8(path, "the query"))
    text.file = relative(path)
    return text


def query_text(path: str) -> QueryText:
    """The text of a query below queries/. Raises InputError where it cannot be read."""
    return read_query(root() / "queries" / path)


def syntax_refusal(error: SyntaxError, file: str, what: str = "query") -> InputError:
    """An InputError from the SyntaxError that the store raises for a query or an update.

    It has the store's own words, shortened, and the line if the store names one.
    """
    place = _PLACE.match(str(error.msg))
    problem = f"this is no SPARQL {what}"
    if not place:
        return InputError(file, f"{problem}: {error.msg}", "Correct the syntax.")
    words = " ".join(place[2].split())
    sentence = _SENTENCE.search(words)
    if sentence:
        words = sentence[1].strip()
    elif len(words) > _MAX_EXCERPT:
        words = words[:_MAX_EXCERPT] + "…"
    remedy = "Correct the syntax on this line or the one before."
    return InputError(file, f"{problem}: {words}", remedy, line=int(place[1]))


def solutions(store: ox.Store, query: str, thing: str | None = None) -> ox.QuerySolutions:
    """The solutions of a SELECT over all graphs, with every prefix of the project, as RDF terms.

    `thing` (an IRI) binds the projected variable ?thing. Raises InputError for what is no SELECT
    query. (W3C SPARQL 1.1 Query Language, 16.1)
    """
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
    if thing is not None:
        bound[ox.Variable("thing")] = ox.NamedNode(thing)
    file = query.file if isinstance(query, QueryText) else QueryText.file
    try:
        answer = store.query(
            query, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=bound or None
        )
    except SyntaxError as error:
        raise syntax_refusal(error, file) from error
    if not isinstance(answer, ox.QuerySolutions):
        raise InputError(file, "this is no SELECT query", "Ask with SELECT.")
    return answer


def constructed(store: ox.Store, query: str) -> list[ox.Triple] | None:
    """The triples of a CONSTRUCT over all graphs, with every prefix of the project; None for a
    query of another kind, which is not run. (W3C SPARQL 1.1 Query Language, 16.2)
    """
    file = query.file if isinstance(query, QueryText) else QueryText.file
    try:
        if not isinstance(ox.Store().query(query, prefixes=PREFIXES), ox.QueryTriples):
            return None
        answer = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise syntax_refusal(error, file) from error
    assert isinstance(answer, ox.QueryTriples)
    return list(answer)


class Row(dict[str, str]):
    """A row as text by column. A column that is not there, or not bound, raises InputError."""

    file = QueryText.file

    def __missing__(self, column: str) -> str:
        raise InputError(
            self.file,
            f"a row of its answer has no ?{column}",
            "Have the query bind it in each row.",
        )


def select(store: ox.Store, query: str, thing: str | None = None) -> list[Row]:
    """The rows of `solutions` as text by column; an unbound variable is left out."""
    found = solutions(store, query, thing)
    names = [variable.value for variable in found.variables]
    rows = []
    for one in found:
        bound = zip(names, one, strict=True)
        row = Row({name: term.value for name, term in bound if term is not None})
        if isinstance(query, QueryText):
            row.file = query.file
        rows.append(row)
    return rows


def select_about(
    store: ox.Store, query: QueryText, variable: str, iris: Iterable[str]
) -> Iterator[Row]:
    """The rows of a query in which a variable is one of these things.

    The query is a UNION of parts, and each part has a comment #VALUES, which is replaced by the
    things. If they stood only once, outside the UNION, the store would first find all rows and then
    throw most of them away.
    """
    wanted = sorted(set(iris))
    for start in range(0, len(wanted), _MOST_THINGS):
        named = " ".join(str(ox.NamedNode(iri)) for iri in wanted[start : start + _MOST_THINGS])
        asked = QueryText(query.replace(_MARKER, f"VALUES {variable} {{ {named} }}"))
        asked.file = query.file
        yield from select(store, asked)
