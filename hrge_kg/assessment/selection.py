"""Which shapes can report anything on a description, and what the others report: silence.

Nearly all outcome shapes look at the statements of one aspect. Where nobody is of the class that
such a shape targets, it has nothing to look at; where nothing is stated of the aspect, it reports
nothing, or silence if it counts. So an engine need not run it. A shape of another form is always
run. (W3C SHACL, 2.1.3.2: class targets; 4.6.1: sh:not; 4.7.3: sh:qualifiedMinCount)
"""

from __future__ import annotations

from collections.abc import Sequence
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


def select_shapes(
    data: Sequence[ox.Triple], shapes: dict[str, OutcomeShape], forms: dict[str, ShapeForm]
) -> tuple[frozenset[str], list[Result]]:
    """The outcome shapes (IRIs) that have to be run over the data of an entailed description, and
    the results of all others.
    """
    instances = _instances(data)
    stated: dict[str, set[str]] = {}
    for triple in data:
        stated.setdefault(triple.predicate.value, set()).add(term_text(triple.subject))
    members: dict[frozenset[str], set[str]] = {}  # many shapes target the same classes
    to_run = set()
    silences = []
    for iri, shape in shapes.items():
        form = forms.get(iri)
        if form is None:
            to_run.add(iri)
            continue
        focuses = members.get(form.classes)
        if focuses is None:
            focuses = set().union(*(instances.get(class_, ()) for class_ in form.classes))
            members[form.classes] = focuses
        if not focuses.isdisjoint(stated.get(form.path, ())):
            to_run.add(iri)
        elif form.on_silence:
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
