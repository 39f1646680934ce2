"""Makes a description ready to be assessed.

It adds what the rules derive from the description, and refuses one that contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError, Mistakes
from ..form.description import Description
from ..graph.entailment import entail
from ..prepared import prepared_quads
from ..resources import files
from ..sparql import read_query, select


def entailed(description: Description, background: Iterable[ox.Quad]) -> ox.Store:
    """The description and the background with what the rules derive from both, in one graph."""
    store = ox.Store()
    store.extend(background)
    store.extend(ox.Quad(*triple) for triple in description.triples)
    entail(store)
    return store


def check_description(description: Description, store: ox.Store, base: Path | None = None) -> None:
    """Refuse a description that contradicts itself, such as by two opposite answers.

    The queries queries/descriptions/*-violation.rq run over its entailed graph. Raises InputError
    for their rows (?subject ?problem ?remedy), all at once.
    """
    mistakes = Mistakes()
    for path in files("queries/descriptions", ".rq", base=base):
        rows = select(store, read_query(path))
        for row in sorted(rows, key=lambda row: (row["subject"], row["problem"], row["remedy"])):
            place = description.place(row["subject"])
            with mistakes.gathered():
                raise InputError(
                    description.file,
                    f"{place.key}: {row['problem']}" if place else row["problem"],
                    row["remedy"],
                    line=place.line if place else None,
                )
    mistakes.raise_found(by_line=True)


def background(graph: ox.Store) -> list[ox.Quad]:
    """What the rules need beside a description: the ontology, with vocabularies and matters.

    They are quads of the default graph, read once: every description is entailed beside them.
    """
    return list(prepared_quads(graph, "background"))
