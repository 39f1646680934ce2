"""Gives the parts of a description the names (IRIs) that they have if a form describes them.

The name of the programme is kept if it is short. Groups are named by their labels, statements by
their question and a number: `programme:my-shelter/statement/turned-away-1`.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pyoxigraph as ox

from ..namespaces import HRGE, PROGRAMME, RDFS, kebab, local_name
from ..parsing.files import is_short_name
from .description import Description, Triple


def with_form_names(description: Description) -> tuple[Description, int]:
    """The description with the form's names, and how many names have changed."""
    names = _form_names(description)
    triples: list[Triple] = []
    for subject, predicate, value in description.triples:
        if isinstance(subject, ox.NamedNode):
            subject = _renamed(subject, names)
        if isinstance(value, ox.NamedNode):
            value = _renamed(value, names)
        triples.append((subject, predicate, value))
    renamed = replace(
        description,
        programme=names[description.programme],
        triples=tuple(triples),
        places={names.get(iri, iri): place for iri, place in description.places.items()},
    )
    return renamed, sum(old != new for old, new in names.items())


def _renamed(node: ox.NamedNode, names: dict[str, str]) -> ox.NamedNode:
    return ox.NamedNode(names[node.value]) if node.value in names else node


def _form_names(description: Description) -> dict[str, str]:
    """The new name of the programme, of each group and of each statement, by the present name."""
    last = local_name(description.programme.rstrip("/#"))
    programme = PROGRAMME + (last if is_short_name(last) else "programme")
    names = {description.programme: programme}
    labels = {
        subject.value: value.value
        for subject, predicate, value in description.triples
        if predicate == RDFS("label") and isinstance(value, ox.Literal)
    }
    statements: dict[str, list[str]] = {}
    for subject, predicate, value in description.triples:
        if subject.value != description.programme or not isinstance(value, ox.NamedNode):
            continue
        if predicate.value == HRGE + "serves":
            names[value.value] = f"{programme}/group/{labels[value.value]}"
        elif predicate.value.startswith(HRGE) and value.value in description.places:
            statements.setdefault(predicate.value, []).append(value.value)
    for aspect, answering in statements.items():
        key = kebab(aspect.removeprefix(HRGE))
        for number, iri in enumerate(sorted(answering, key=_by_number), 1):
            names[iri] = f"{programme}/statement/{key}-{number}"
    return names


def _by_number(iri: str) -> tuple[int, str]:
    number = re.search(r"-([0-9]{1,9})$", iri)
    return int(number[1]) if number else 0, iri
