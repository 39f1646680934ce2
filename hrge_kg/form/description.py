"""A description of a programme as a graph, whatever format it was written in.

It has triples about a Programme, its ServedGroups and its Statements, and says where each of these
stands in the author's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]


@dataclass(frozen=True)
class Place:
    """Where something stands in its author's file.

    Lines and columns count from 1; None where the format has no lines, or the column is not known.
    Of a table, the place has the name of the cell (`Answers!A7`, `column “question”`) and no
    column; the line of a workbook is the row of the sheet.
    """

    file: str
    line: int | None
    key: str
    column: int | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Description:
    """One programme as its author described it.

    `notes` say what of the file was read otherwise than it was written, or was not read. `defaults`
    are the words by slot that a form gives once for all answers; None where it is no form.
    """

    file: str
    programme: str
    title: str
    triples: tuple[Triple, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    defaults: Mapping[str, tuple[str, ...]] | None = None

    def place(self, iri: str) -> Place | None:
        """Where a statement, a group or the programme is in the file; None for any other IRI."""
        return self.places.get(iri)
