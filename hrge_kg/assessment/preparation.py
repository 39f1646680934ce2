"""Makes a description ready to be assessed: what the rules derive from it, and what no reading can make sense of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..form.description import Description
from ..graph.entailment import entail
from ..graph.sources import triples_in
from ..namespaces import sparql_prologue
from ..resources import files, read_utf8


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
        rows = store.query(sparql_prologue() + read_utf8(path))
        assert isinstance(rows, ox.QuerySolutions)
        for row in sorted(rows, key=str):
            place = description.place(row["subject"].value)
            key = f"{place.key}: " if place else ""
            raise InputError(
                description.file,
                key + row["problem"].value,
                row["remedy"].value,
                line=place.line if place else None,
            )


def background(graph: ox.Store) -> list[ox.Triple]:
    """What the rules need beside a description: the ontology with its vocabularies and aspects."""
    return triples_in(graph, "hrge", "modules/", "vocabularies/", "aspects/")
