"""A description of a programme as a graph, whatever format it was written in.

It is triples about a Programme, its ServedGroups and Statements, with the place of each in its
author's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]


@dataclass(frozen=True)
class Place:
    """Where something stands in its author's file.

    Lines count from 1; None where the format has no lines.
    """

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
