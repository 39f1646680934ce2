"""What a query answers: a table, a set of triples, or yes or no.

>>> Table(("norm",), ((ox.Literal("x"),),)).columns
('norm',)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# Between the items of a cell that lists several.
# A label or symbol that holds it stops the build. (queries/checks)
SEPARATOR = "; "


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT query: terms in rows, None where nothing is known.
    A cell of a column in `lists` holds items that are sorted and joined by `SEPARATOR`.

    >>> rows = ((ox.Literal("donors; States"),),)
    >>> Table(("bearer",), rows, "Bearers", frozenset({"bearer"})).title
    'Bearers'
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    title: str = ""
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE query, sorted, each triple once.
    The names of its blank nodes say nothing.

    >>> Triples(()).triples
    ()
    """

    triples: tuple[ox.Triple, ...]
    title: str = ""


Result: TypeAlias = Table | Triples | bool
