"""A description of a programme as a graph, whatever format it was written in, and the checks that every format passes.

A description is triples about a Programme, its ServedGroups and Statements, with the place of each in its author's file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from .entail import entail
from .errors import InputError
from .graphs import triples_in
from .prefixes import sparql_prologue
from .resources import files

Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]


@dataclass(frozen=True)
class Place:
    """Where something stands in its author's file: file, line (1 first; None where the format has no lines), key."""

    file: str
    line: int | None
    key: str


@dataclass(frozen=True)
class Description:
    """One programme as its author described it."""

    file: str
    programme: str
    title: str
    triples: tuple[Triple, ...]
    places: Mapping[str, Place] = field(default_factory=dict)

    def place(self, iri: str) -> Place | None:
        """Where a statement, group or the programme stands; None where it is not the author's."""
        return self.places.get(iri)


def entailed(description: Description, background: Iterable[ox.Triple]) -> ox.Store:
    """The description with the background and what the rules derive from both, in one default graph."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in background)
    store.extend(ox.Quad(*triple) for triple in description.triples)
    entail(store)
    return store


def check_description(description: Description, store: ox.Store, base: Path | None = None) -> None:
    """Refuse what no reading of a description can make sense of: queries/descriptions/*-violation.rq over its entailed graph.

    Raises InputError for the first row (?subject ?problem ?remedy).
    """
    for path in files("queries/descriptions", ".rq", base=base):
        rows = store.query(sparql_prologue() + path.read_text(encoding="utf-8"))
        assert isinstance(rows, ox.QuerySolutions)
        for row in sorted(rows, key=str):
            place = description.place(row["subject"].value)
            key = f"{place.key}: " if place else ""
            raise InputError(description.file, place.line if place else None, key + row["problem"].value, row["remedy"].value)


def background(graph: ox.Store) -> list[ox.Triple]:
    """What the rules need beside a description: the ontology with its vocabularies and aspects."""
    return triples_in(graph, "hrge", "modules/", "vocabularies/", "aspects/")
