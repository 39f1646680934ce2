"""Writes what a query answers: as a table for people, or in the W3C's formats for machines.

pyoxigraph writes the W3C's formats. They hold the answer exactly as it is, even a CSV cell that
begins with = + - or @; so import CSV into a spreadsheet as text.
(docs/reference/queries.md)
"""

from __future__ import annotations

import json

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import PREFIXES
from .model import Result, Table, Term, Triples

_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
FORMATS = ("table", *_RESULTS, "ttl")


def write(
    result: Result, form: str | None = None, cut: bool = True, width: int | None = None
) -> str:
    """A result in one of FORMATS. Without `form`: a table, Turtle, or the word true or false.

    Write it to a file with newline="", because lines of CSV end in CR LF. In the format table, long
    cells are cut, unless `cut` is False; with a `width`, no line is longer than this.

    Raises InputError if the format is unknown or does not fit the result.

    >>> write(True, "json")
    '{"head":{},"boolean":true}'
    """
    if form is not None and form not in FORMATS:
        raise InputError(
            f"--format {form}", "there is no such format", f"Use one of {', '.join(FORMATS)}."
        )
    if isinstance(result, Triples):
        _fits("a CONSTRUCT or DESCRIBE query gives a graph", form, ("ttl",))
        return _turtle(result)
    if isinstance(result, bool):
        _fits("an ASK query gives true or false", form, ("table", "json", "xml"))
        return _boolean(result, form)
    _fits("a SELECT query gives a table", form, ("table", *_RESULTS))
    if form in _RESULTS:
        return _decoded(_solutions(result).serialize(format=_RESULTS[form]))
    from .cells import CUT  # only tables for people need them
    from .layout import laid_out

    return laid_out(result, CUT if cut else None, width)


def write_for_spreadsheet(table: Table) -> str:
    """A table as CSV in which no cell is a formula: an apostrophe stands before what begins as one.

    For tables with words of people in them, which are opened in a spreadsheet.

    >>> write_for_spreadsheet(Table(("title",), ((ox.Literal("=1+1"),),)))
    "title\\r\\n'=1+1\\r\\n"
    """
    rows = (tuple(map(_no_formula, row)) for row in table.terms)
    return write(Table(table.columns, tuple(rows), table.title, table.lists), "csv")


def _no_formula(cell: Term | None) -> Term | None:
    from .cells import NUMBERS

    if (
        isinstance(cell, ox.Literal)
        and cell.datatype.value not in NUMBERS
        and cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))
    ):
        return ox.Literal(f"'{cell.value}")
    return cell


def _fits(what: str, form: str | None, forms: tuple[str, ...]) -> None:
    if form not in (None, *forms):
        raise InputError(
            f"--format {form}",
            f"{what}, which this format cannot hold",
            f"Use --format {' or '.join(forms)}.",
        )


def _decoded(data: bytes | None) -> str:
    return (data or b"").decode("utf-8")


def _boolean(answer: bool, form: str | None) -> str:
    if form not in _RESULTS:
        return f"{str(answer).lower()}\n"
    asked = ox.Store().query(f"ASK {{ FILTER({str(answer).lower()}) }}")
    assert isinstance(asked, ox.QueryBoolean)
    return _decoded(asked.serialize(format=_RESULTS[form]))


def _solutions(table: Table) -> ox.QuerySolutions:
    # pyoxigraph makes these only from a query or from a file of results, so we write JSON for it. A
    # query with a VALUES block would not do: it takes no blank nodes and turns 2.50 into 2.5.
    bindings = [
        {
            name: _json(cell)
            for name, cell in zip(table.columns, row, strict=True)
            if cell is not None
        }
        for row in table.terms
    ]
    document = json.dumps({"head": {"vars": table.columns}, "results": {"bindings": bindings}})
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    return parsed


def _json(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        return {
            "type": "triple",
            "value": {
                part: _json(getattr(term, part)) for part in ("subject", "predicate", "object")
            },
        }
    kind = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value, **kind}


def _turtle(graph: Triples) -> str:
    text = " ".join(map(str, graph.terms))
    used = {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}" in text}
    return _decoded(ox.serialize(graph.terms, format=ox.RdfFormat.TURTLE, prefixes=used))
