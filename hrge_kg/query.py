"""Asks the graph: a named query of queries/catalogue, a file, standard input, or the text of a query.

A query sees all graphs as one (unless it says FROM), may use every prefix of the project without declaring it, and can neither
change the graph nor call another endpoint.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from hrge_kg.errors import InputError
from hrge_kg.prefixes import PREFIXES, sparql_prologue
from hrge_kg.query_header import Header, read_header
from hrge_kg.query_params import bind
from hrge_kg.resources import files, relative, root
from hrge_kg.sparql_guard import admit, no_query, normalised
from hrge_kg.table import SEPARATOR, Result, Table, Term, Triples
from hrge_kg.vocabulary import nearest

# How a SPARQL text on one line and without braces begins: DESCRIBE norm:safe-return
_OPENING = re.compile(r"\s*(ASK|SELECT|CONSTRUCT|DESCRIBE|PREFIX|BASE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)\s", re.IGNORECASE)
_T = TypeVar("_T")
MAX_ROWS = 1_000_000  # a join that forgot its condition ends here and not with the memory


@dataclass(frozen=True)
class Query:
    """A query: its text, its header and the file that errors name. Our own (`trusted`) are not parsed twice.

    >>> query_of("# title: Anything\\nASK {}").header.title
    'Anything'
    """

    name: str
    file: str
    text: str
    header: Header
    trusted: bool = False

    @property
    def description(self) -> str:
        """What it answers."""
        return self.header.description


def _named() -> Mapping[str, Query]:
    return _catalogue_of(root())


@cache
def _catalogue_of(base: Path) -> Mapping[str, Query]:
    found: dict[str, Query] = {}
    for path in files("queries/catalogue", ".rq", base=base):
        text = normalised(path.read_text(encoding="utf-8"))
        found[path.stem] = Query(path.stem, relative(path), text, read_header(text, relative(path)), trusted=True)
    return found


def catalogue() -> tuple[Query, ...]:
    """The named queries, by name.

    >>> "norms" in [query.name for query in catalogue()]
    True
    """
    return tuple(_named().values())


def parse_params(given: Iterable[str]) -> dict[str, str]:
    """Parameters as a command line gives them: NAME=VALUE each.

    Raises InputError where one is not, or is given twice.

    >>> parse_params(["topic=health"])
    {'topic': 'health'}
    """
    params: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise InputError(f"--param {each}", None, "this is no parameter", "Write --param name=value.")
        if name in params:
            raise InputError(f"--param {each}", None, f"the parameter “{name}” is given twice", "Give it once.")
        params[name] = value
    return params


def query_of(text: str, file: str = "query") -> Query:
    """A query from its text.

    Raises InputError where its header declares a parameter wrongly or it is empty.
    """
    clean = normalised(text)
    if not clean.strip():
        raise InputError(file, None, "the query is empty", "Write a SPARQL query.")
    return Query(Path(file).stem, file, clean, read_header(clean, file))


def find(name_or_text: str) -> Query:
    """The query that is meant by the name of a named query, a path, `-` for standard input, or the text of a query itself.

    Raises InputError where there is none, or it cannot be read.
    """
    named = _named().get(name_or_text)
    if named:
        return named
    if name_or_text == "-":
        return query_of(_decoded(sys.stdin.buffer.read(), "standard input"), "standard input")
    if "{" in name_or_text or "\n" in name_or_text or not name_or_text.strip() or _OPENING.match(name_or_text):
        return query_of(name_or_text)
    path = Path(name_or_text)
    try:
        return query_of(_decoded(path.read_bytes(), name_or_text), name_or_text)
    except FileNotFoundError:
        known = f"Named queries are {', '.join(_named())}." + nearest(name_or_text, _named())
        raise InputError(name_or_text, None, "there is no such query or file", known) from None
    except (OSError, ValueError) as error:
        raise InputError(name_or_text, None, f"the query cannot be read: {error}", "Give the path of a file with a query.") from error


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(file, line, "the query is not in UTF-8", "Save it as UTF-8.") from error


def portable(query: Query, params: Mapping[str, str]) -> str:
    """A query's text with its parameters and prefixes, for an endpoint that knows neither. Lines keep their numbers.

    Raises InputError for a query or parameter that cannot be used.
    """
    text = bind(query.text, query.header, params, None, query.file)
    if not query.trusted:
        admit(text, query.file, query.text)
    return sparql_prologue().replace("\n", " ") + text


def run(store: ox.Store, name_or_text: str | Query, params: Mapping[str, str] | None = None, max_rows: int = MAX_ROWS) -> Result:
    """Run a query: SELECT gives a Table, CONSTRUCT and DESCRIBE give Triples, ASK gives a bool.
    Nothing is cut off: an answer of more than `max_rows` rows is an error.

    Raises InputError for a query or parameter that cannot be used.
    """
    query = name_or_text if isinstance(name_or_text, Query) else find(name_or_text)
    text = bind(query.text, query.header, params or {}, store, query.file)
    own_dataset = not query.trusted and admit(text, query.file, query.text)
    try:
        # As a union, the store would take no notice of FROM.
        answer = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=not own_dataset)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return _triples(answer, query, max_rows)
        return table_of(answer, query, max_rows)
    except SyntaxError as error:
        raise no_query(error, query.file) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(query.file, None, f"the query cannot be run: {error}", "Correct the query.") from error


def table_of(solutions: ox.QuerySolutions, query: Query, max_rows: int = MAX_ROWS) -> Table:
    """Solutions as a Table, the items of list-valued cells sorted, each once.

    Raises InputError where there are more than `max_rows`.
    """
    columns = tuple(variable.value for variable in solutions.variables)
    lists = query.header.lists.intersection(columns)
    rows = [
        tuple(_listed(row[name]) if name in lists else row[name] for name in columns) for row in _at_most(solutions, max_rows, query.file)
    ]
    return Table(columns, tuple(rows), query.header.title, lists)


def _listed(cell: Term | None) -> Term | None:
    if not isinstance(cell, ox.Literal):
        return cell
    items = sorted({item for item in cell.value.split(SEPARATOR) if item})
    return ox.Literal(SEPARATOR.join(items)) if items else None


def _triples(answer: ox.QueryTriples, query: Query, max_rows: int) -> Triples:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in _at_most(answer, max_rows, query.file))
    # Blank nodes are named anew in each build; the same graph is to be written the same way.
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return Triples(tuple(sorted({quad.triple for quad in dataset}, key=str)), query.header.title)


def _at_most(answer: Iterable[_T], max_rows: int, file: str) -> Iterable[_T]:
    for number, row in enumerate(answer):
        if number >= max_rows:
            raise InputError(file, None, f"the answer has more than {max_rows:,} rows", "Join its patterns, or add LIMIT.")
        yield row
