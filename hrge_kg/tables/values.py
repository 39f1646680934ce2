"""Turns terms of the store into what people work with: values of Python and terms of rdflib.

Only this module of the package imports rdflib, which is slow to import. `model` imports this module
only when somebody asks for values, so a command that prints a table need not wait.

>>> to_value(ox.Literal("2021-02-28", datatype=ox.NamedNode(PREFIXES["xsd"] + "date")))
datetime.date(2021, 2, 28)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
import rdflib

from ..namespaces import PREFIXES

if TYPE_CHECKING:
    from .model import Term, Triples

Value: TypeAlias = (
    rdflib.URIRef
    | rdflib.BNode
    | str
    | int
    | float
    | Decimal
    | bool
    | date
    | tuple[object, object, object]
    | None
)
"""What a cell may hold: a tuple of three for a triple term; datetime is a date."""
RdfTriple: TypeAlias = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]

_Reader: TypeAlias = Callable[[str], str | int | float | Decimal | bool | date]


def _read_boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


# The types of XML Schema that Python has too. All others stay text, as do values that Python cannot
# hold, such as a date in the year 0000.
_BY_TYPE: Mapping[str, _Reader] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": _read_boolean,
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}
_READERS = {PREFIXES["xsd"] + name: reader for name, reader in _BY_TYPE.items()}


def to_value(term: Term | None) -> Value:
    """A cell of a table as a value.

    >>> to_value(ox.Literal(43)), to_value(ox.NamedNode("https://w3id.org/hrge/id/norm/a"))
    (43, rdflib.term.URIRef('https://w3id.org/hrge/id/norm/a'))
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        return to_value(term.subject), to_value(term.predicate), to_value(term.object)
    reader = _READERS.get(term.datatype.value)
    if reader is None:
        return term.value
    try:
        return reader(term.value)
    except (ArithmeticError, KeyError, ValueError):
        return term.value


def to_rdf_triple(triple: ox.Triple) -> RdfTriple:
    """A triple in terms of rdflib, literals with language and type.

    Raises TypeError for a triple about a triple, which rdflib does not have.
    """
    return _to_term(triple.subject), _to_term(triple.predicate), _to_term(triple.object)


def to_graph(triples: Triples) -> rdflib.Graph:
    """The triples as a graph of rdflib, with the prefixes of the project."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        graph.add(triple)
    return graph


def _to_term(term: Term) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        raise TypeError(f"rdflib has no triples about triples: {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # Not normalised: 2.50 stays 2.50.
    datatype = rdflib.URIRef(term.datatype.value)
    if datatype == rdflib.XSD.string:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
