"""Makes a description ready to be assessed.

It adds what the rules derive from the description, and refuses one that contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError, Mistakes
from ..form.description import Description
from ..graph.entailment import entail
from ..namespaces import HRGE, RDF_TYPE
from ..prepared import prepared_quads
from ..resources import files
from ..sparql import read_query, select

_KINDS = tuple(map(HRGE, ("Programme", "ServedGroup", "Statement", "StatementView")))
Node = ox.NamedNode | ox.BlankNode | ox.Triple


def entailed(description: Description, background: Iterable[ox.Quad]) -> ox.Store:
    """The description and the background with what the rules derive from both, in one graph."""
    return entailed_together([description], background)


def entailed_together(
    descriptions: Iterable[Description], background: Iterable[ox.Quad]
) -> ox.Store:
    """The same for several in one graph, whose programmes have names of their own.

    The rules derive of each what they derive where it stands alone.
    """
    store = ox.Store()
    store.extend(background)
    for description in descriptions:
        store.extend(ox.Quad(*triple) for triple in description.triples)
    entail(store)
    return store


class Workbench:
    """Entails one description after another beside the background, without copying it each time.

    When a description is done, all that is said of it is removed. A store that then holds more or
    less than the background and what the rules derive from it alone is not used again.
    """

    def __init__(self, background: Sequence[ox.Quad]) -> None:
        self._background = background
        self._is_first = True
        self._free: list[ox.Store] = []  # taking from a list is safe among threads
        self._size = 0

    @contextmanager
    def entailed(self, description: Description) -> Iterator[ox.Store]:
        """The same as the function of this name gives, in a store that is used only here."""
        if self._is_first:  # most programs assess one description, and a copy is quicker once
            self._is_first = False
            yield entailed(description, self._background)
            return
        store = self._taken()
        subjects = {subject for subject, _, _ in description.triples}
        if any(_quads_of(store, subject) for subject in subjects):
            # It speaks of what the background has: removing it would take from both.
            self._free.append(store)
            yield entailed(description, self._background)
            return
        store.extend(ox.Quad(*triple) for triple in description.triples)
        entail(store)
        try:
            yield store
        finally:
            for subject in subjects | described(store):
                for quad in _quads_of(store, subject):
                    store.remove(quad)
            if len(store) == self._size:
                self._free.append(store)

    def _taken(self) -> ox.Store:
        try:
            return self._free.pop()
        except IndexError:
            store = ox.Store()
            store.extend(self._background)
            entail(store)
            self._size = len(store)
            return store


def _quads_of(store: ox.Store, subject: Node) -> list[ox.Quad]:
    return list(store.quads_for_pattern(subject, None, None))


def described(store: ox.Store) -> set[Node]:
    """The programmes, groups, statements and views of an entailed description."""
    # By their classes, not by their names: an author may use names of another namespace.
    return {
        quad.subject
        for kind in _KINDS
        for quad in store.quads_for_pattern(None, RDF_TYPE, kind, None)
    }


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
