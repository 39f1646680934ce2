"""Reads the works on a trail from the graph, for reference managers.

A work is a document that the trail passes through, or one of whose provisions it passes through.
The type of each kind of document in each format is data (ontology/vocabularies/document-kind.ttl).
Only facts of the graph become fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from ..prepared import prepared
from .model import Node, Work

_Row = dict[str, str]


def read_works(store: ox.Store, nodes: Iterable[Node]) -> tuple[Work, ...]:
    """The documents among some nodes, and those whose provisions are among them, by IRI."""
    wanted = {node.document for node in nodes if node.document}
    if not wanted:
        return ()
    by_work: dict[str, list[_Row]] = {}
    for row in prepared(store, "works"):
        if row["work"] in wanted:
            by_work.setdefault(row["work"], []).append(row)
    return tuple(_work(iri, rows) for iri, rows in sorted(by_work.items()))


def _work(iri: str, rows: Sequence[_Row]) -> Work:
    """One work from the rows of works.rq: one row for each fact and creator."""
    fields: dict[str, set[str]] = {}
    marks: dict[str, set[str]] = {}
    for row in _best_facts(rows):
        name, value = row["field"], row["value"]
        if name == "address":
            continue
        # An unverified value fills no field; it is in the notes, with its mark (how sure it is).
        if row["sure"] == "true":
            fields.setdefault(name, set()).add(value)
            marks.setdefault(row["mark"], set()).add(name)
        else:
            marks.setdefault(row["mark"], set()).add(f"{name} {value}")
    found = min((row for row in _best_facts(rows) if _is_address(row)), key=_value, default=None)
    if found:
        marks.setdefault(found["mark"], set()).add(
            f"address ({found['what']})" if "what" in found else "address"
        )
    identifiers = fields.pop("identifier", set())
    registrations = {value.partition(", ")[2] for value in fields.get("series", ())} - {""}
    joined = {name: "; ".join(sorted(values)) for name, values in fields.items()}
    return Work(
        iri,
        _least(rows, "title") or "",
        _least(rows, "csl") or "",
        _least(rows, "biblatex") or "",
        _least(rows, "ris") or "",
        csl_in_note=tuple(sorted({row["cslInNote"] for row in rows if "cslInNote" in row})),
        bibtex_in_words=_least(rows, "inWords") == "true",
        ris_number=_least(rows, "risNumber") or "",
        genre=_least(rows, "genre"),
        date=joined.get("date"),
        publisher=joined.get("publisher"),
        number=joined.get("number"),
        series=joined.get("series"),
        creators=tuple(sorted({row["creator"] for row in rows if "creator" in row})),
        address=found["value"] if found else None,
        notes=tuple(sorted(identifiers | registrations)),
        marks=tuple(f"{mark}: {', '.join(sorted(names))}" for mark, names in sorted(marks.items())),
    )


def _is_address(row: _Row) -> bool:
    return row["field"] == "address" and row["sure"] == "true"


def _value(row: _Row) -> str:
    return row["value"]


def _best_facts(rows: Sequence[_Row]) -> list[_Row]:
    """For each field the facts of the lowest rank: a date of publication before one of adoption."""
    facts = [row for row in rows if "field" in row]
    best: dict[str, str] = {}
    for row in facts:
        best[row["field"]] = min(row["rank"], best.get(row["field"], row["rank"]))
    return [row for row in facts if row["rank"] == best[row["field"]]]


def _least(rows: Sequence[_Row], name: str) -> str | None:
    """The least of several values, so that the choice is always the same."""
    return min((row[name] for row in rows if name in row), default=None)
