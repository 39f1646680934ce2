"""What a query answers: a table, a set of triples, or yes or no.

A table and a set of triples keep the terms of the store, because the writers must write these
exactly as they are. In Python, `rows` and iteration give values of Python and terms of rdflib.

>>> Table(("norm", "page"), ((ox.Literal("x"), ox.Literal(43)),)).rows
(('x', 43),)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ..errors import MissingExtra

if TYPE_CHECKING:
    import pandas
    import rdflib

    from .values import RdfTriple, Value

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# Stands between the items of a cell that lists several. The build stops at a label or symbol that
# contains it. (queries/checks)
SEPARATOR = "; "


@dataclass(frozen=True, repr=False)
class Table:
    """The answer to a SELECT query: rows of cells, None where nothing is known.

    `terms` are the cells as terms of the store, `rows` the same as values of Python and rdflib.
    A cell of a column in `lists` holds items that are sorted and joined by `SEPARATOR`.

    >>> table = Table(("bearer",), ((ox.Literal("donors; States"),),), "Bearers")
    >>> table
    <Table Bearers: 1 row of bearer>
    >>> list(table)
    [('donors; States',)]
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    title: str = ""
    lists: frozenset[str] = frozenset()

    @cached_property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The rows: URIRef and BNode of rdflib, str, int, Decimal, float, bool, date, datetime.

        None stands where nothing is known, and a str for a literal of any other type.
        """
        from .values import to_value

        return tuple(tuple(to_value(cell) for cell in row) for row in self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Table{_titled(self.title)}: {row_count(self)} of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from .html_writer import table_to_html

        return table_to_html(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A frame with the columns of the table. Raises MissingExtra where pandas is missing."""
        return _frame(self.rows, self.columns)


@dataclass(frozen=True, repr=False)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE query, sorted, each triple once.

    `terms` are the triples of the store; iterating gives them in terms of rdflib.
    The names of its blank nodes say nothing.

    >>> Triples(())
    <Triples: 0 triples>
    """

    terms: tuple[ox.Triple, ...]
    title: str = ""

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[RdfTriple]:
        from .values import to_rdf_triple

        return map(to_rdf_triple, self.terms)

    def __repr__(self) -> str:
        number = len(self.terms)
        return f"<Triples{_titled(self.title)}: {number} triple{'' if number == 1 else 's'}>"

    def _repr_html_(self) -> str:
        from .html_writer import triples_to_html

        return triples_to_html(self)

    def to_rdflib(self) -> rdflib.Graph:
        """A graph of rdflib that knows the prefixes of the project."""
        from .values import to_graph

        return to_graph(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A frame with the columns subject, predicate and object, in terms of rdflib.

        Raises MissingExtra where pandas is missing.
        """
        return _frame(tuple(self), ("subject", "predicate", "object"))


Result: TypeAlias = Table | Triples | bool


def row_count(table: Table) -> str:
    """How many rows a table has, in words.

    >>> row_count(Table(("norm",), ()))
    '0 rows'
    """
    number = len(table.terms)
    return f"{number} row{'' if number == 1 else 's'}"


def _titled(title: str) -> str:
    return f" {title}" if title else ""


def _frame(rows: tuple[tuple[object, ...], ...], columns: tuple[str, ...]) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("a frame of pandas", "pandas", "pandas") from error
    frame = pandas.DataFrame(list(rows), columns=list(columns), dtype=object)
    for name in columns:
        # In a column with an empty cell, pandas would turn 43 into 43.0; where pyarrow is
        # installed, it would turn IRIs of rdflib into plain texts.
        has_iris = any(isinstance(cell, str) and type(cell) is not str for cell in frame[name])
        if not has_iris and not frame[name].isna().any():
            frame[name] = frame[name].infer_objects()
    return frame
