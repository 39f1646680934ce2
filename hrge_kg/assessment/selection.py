"""Which shapes can report anything on a description, and what the others report: silence.

Nearly all outcome shapes look at the statements of one aspect. Where nobody is of the class that
such a shape targets, it has nothing to look at; where nothing is stated of the aspect, it reports
nothing, or silence if it counts. So an engine need not run it. A shape of another form is always
run. (W3C SHACL, 2.1.3.2: class targets; 4.6.1: sh:not; 4.7.3: sh:qualifiedMinCount)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ..namespaces import RDF_TYPE, RDFS, term_text
from ..prepared import prepared
from .shacl import OutcomeShape, Result

_SUBCLASS_OF = RDFS("subClassOf")


@dataclass(frozen=True)
class ShapeForm:
    """The path (IRI) of an outcome shape, the classes (IRIs) that it targets, and whether it
    reports silence.
    """

    path: str
    classes: frozenset[str]
    on_silence: bool


def shape_forms(graph: ox.Store) -> dict[str, ShapeForm]:
    """The outcome shapes (IRIs) of which it is known beforehand when they can report."""
    forms: dict[str, ShapeForm] = {}
    for row in prepared(graph, "shape-forms"):
        before = forms.get(row["shape"])
        classes = before.classes if before else frozenset()
        forms[row["shape"]] = ShapeForm(
            row["path"], classes | {row["class"]}, on_silence="silence" in row
        )
    return forms


class ShapeSelector:
    """Selects the outcome shapes (IRIs) that have to be run over a description, of `shapes`."""

    def __init__(self, shapes: Mapping[str, OutcomeShape], forms: Mapping[str, ShapeForm]) -> None:
        self._always: set[str] = set()
        """The shapes of another form."""
        # Thousands of shapes look at a few hundred aspects: all that look at one of the same people
        # are selected together.
        self._alike: dict[tuple[str, frozenset[str]], list[OutcomeShape]] = {}
        self._on_silence: dict[tuple[str, frozenset[str]], list[OutcomeShape]] = {}
        for iri, shape in shapes.items():
            form = forms.get(iri)
            if form is None:
                self._always.add(iri)
                continue
            looks_at = form.path, form.classes
            self._alike.setdefault(looks_at, []).append(shape)
            if form.on_silence:
                self._on_silence.setdefault(looks_at, []).append(shape)

    def select(self, data: Sequence[ox.Triple]) -> tuple[frozenset[str], list[Result]]:
        """The shapes (IRIs) to run over the data of an entailed description, and the results of all
        others.
        """
        instances = _instances(data)
        stated: dict[str, set[str]] = {}
        for triple in data:
            stated.setdefault(triple.predicate.value, set()).add(term_text(triple.subject))
        to_run = set(self._always)
        silences = []
        for looks_at, shapes in self._alike.items():
            path, classes = looks_at
            focuses = set().union(*(instances.get(class_, ()) for class_ in classes))
            if not focuses.isdisjoint(stated.get(path, ())):
                to_run.update(shape.iri for shape in shapes)
                continue
            for shape in self._on_silence.get(looks_at, ()):
                silences += [Result(focus, None, shape) for focus in focuses]
        return frozenset(to_run), silences


def _instances(data: Sequence[ox.Triple]) -> dict[str, set[str]]:
    """The SHACL instances of each class (IRI): by its own type or a subclass. (W3C SHACL, 2.1.3)"""
    wider: dict[str, set[str]] = {}
    types: dict[str, set[str]] = {}
    for triple in data:
        if triple.predicate == _SUBCLASS_OF:
            wider.setdefault(term_text(triple.subject), set()).add(term_text(triple.object))
        elif triple.predicate == RDF_TYPE:
            types.setdefault(term_text(triple.object), set()).add(term_text(triple.subject))
    instances: dict[str, set[str]] = {}
    for class_, members in types.items():
        reached = {class_}
        todo = [class_]
        while todo:
            new = wider.get(todo.pop(), set()) - reached
            reached |= new
            todo += new
        for one in reached:
            instances.setdefault(one, set()).update(members)
    return instances
