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
Term = Node | ox.Literal
_TOGETHER = 16
"""Descriptions that are entailed at once. More take as much time each."""
_MOST_USES = 8
"""Descriptions for which one store is used. A new one takes as long as the traces of so many."""


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
    _entail_in(store, descriptions)
    return store


def _entail_in(store: ox.Store, descriptions: Iterable[Description]) -> None:
    for description in descriptions:
        store.extend(ox.Quad(*triple) for triple in description.triples)
    entail(store)


class Workbench:
    """Entails descriptions beside the background, without copying it for each.

    When a description is done, all that is said of it is removed. A store that then holds more or
    less than the background and what the rules derive from it alone is not used again. Nor is one
    that has served some: it keeps a trace of what was removed, and becomes slow.
    """

    def __init__(self, background: Sequence[ox.Quad]) -> None:
        self._background = background
        self._is_first = True
        self._entailed: list[ox.Quad] = []
        """The background with what the rules derive from it alone."""
        self._free: list[tuple[ox.Store, int]] = []
        """Stores with the same, and how many descriptions each may still serve."""
        self._coming: dict[int, Description] = {}
        """Descriptions that will be entailed, by their ids, in their order."""
        self._ready: dict[int, tuple[Description, list[ox.Quad]]] = {}
        """Those that were entailed together, by their ids, with all that is said of each."""

    def prepare(self, descriptions: Iterable[Description]) -> None:
        """Say which descriptions will be entailed, so that some are entailed at once.

        Those that were named before are forgotten.
        """
        self._coming = {id(one): one for one in descriptions}
        self._ready = {}

    def _entail_together(self, first: Description) -> None:
        """Entail a description that was named, and some of those after it."""
        names = list(self._coming)
        end = names.index(id(first)) + _TOGETHER
        some = [self._coming.pop(name) for name in names[:end]][-_TOGETHER:]
        store = self._copy()
        distinct = self._distinct(some, store)
        _entail_in(store, distinct)
        said = _said_of_each(store, distinct)
        # Where not all is said of just one of them, each is entailed alone.
        if sum(map(len, said)) == len(store) - len(self._entailed):
            self._ready = {id(one): (one, quads) for one, quads in zip(distinct, said, strict=True)}

    @contextmanager
    def entailed(self, description: Description) -> Iterator[ox.Store]:
        """The same as the function of this name gives, in a store that is used only here."""
        if len(self._coming) > 1 and id(description) in self._coming:
            self._entail_together(description)
        _, ready = self._ready.pop(id(description), (None, None))
        if ready is None and self._is_first:
            # Most programs assess one description, and a copy is quicker once.
            self._is_first = False
            yield entailed(description, self._background)
            return
        try:  # in one step, which is safe among threads
            store, uses = self._free.pop()
        except IndexError:
            store, uses = self._copy(), _MOST_USES
        if ready is None and not self._distinct([description], store):
            self._free.append((store, uses))
            yield entailed(description, self._background)
            return
        if ready is None:
            _entail_in(store, [description])
        else:
            store.extend(ready)
        try:
            yield store
        finally:
            if uses > 1:
                for subject in _subjects(description) | described(store):
                    for quad in _quads_of(store, subject):
                        store.remove(quad)
                if len(store) == len(self._entailed):
                    self._free.append((store, uses - 1))

    def _copy(self) -> ox.Store:
        store = ox.Store()
        if not self._entailed:
            store.extend(self._background)
            entail(store)
            self._entailed = list(store)
        else:
            store.extend(self._entailed)
        return store

    def _distinct(self, descriptions: Iterable[Description], store: ox.Store) -> list[Description]:
        """Those that speak of nothing that the background has, or one of them before."""
        seen: set[Node] = set()
        found = []
        for description in descriptions:
            subjects = _subjects(description)
            # To remove what is said of the background would take from both.
            if seen.isdisjoint(subjects) and not any(_quads_of(store, one) for one in subjects):
                seen |= subjects
                found.append(description)
        return found


def _said_of_each(store: ox.Store, descriptions: Sequence[Description]) -> list[list[ox.Quad]]:
    """What an entailed store says of each description: of its own nodes and of those that the rules
    made for it, which are linked with these. Nothing where two descriptions are linked.
    """
    owners: dict[Term, int] = {
        subject: number
        for number, description in enumerate(descriptions)
        for subject in _subjects(description)
    }
    nodes = set().union(described(store), *map(_subjects, descriptions))
    quads: dict[Term, list[ox.Quad]] = {node: _quads_of(store, node) for node in nodes}
    linked: dict[Term, set[Term]] = {node: set() for node in quads}
    for node, said in quads.items():
        for quad in said:
            if quad.object in linked:
                linked[node].add(quad.object)
                linked[quad.object].add(node)
    todo = list(owners)
    while todo:
        node = todo.pop()
        for other in linked[node]:
            if other not in owners:
                owners[other] = owners[node]
                todo.append(other)
            elif owners[other] != owners[node]:
                return []
    found: list[list[ox.Quad]] = [[] for _ in descriptions]
    for node, number in owners.items():
        found[number] += quads[node]
    return found


def _subjects(description: Description) -> set[Node]:
    return {subject for subject, _, _ in description.triples}


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
