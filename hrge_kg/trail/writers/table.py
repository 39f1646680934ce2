"""Trails as a table: one row a link. (docs/reference/trail.md)"""

from __future__ import annotations

import pyoxigraph as ox

from ...tables.model import SEPARATOR, Table, Term
from ..model import Trail

COLUMNS = (
    "from", "fromLabel", "fromType", "kind", "label", "to", "toLabel", "toType", "force", "basis", "quote", "page", "line", "footnote",
    "pinpoint", "pinpointUnit", "character", "verification", "remark", "citation", "discrepancies", "source",
)  # fmt: skip


def table(trail: Trail) -> Table:
    """Every link of a trail, from what rests to what it rests on; `force` is that of the second."""
    rows: list[tuple[Term | None, ...]] = []
    for link in trail.edges:
        start, end, evidence = trail.nodes[link.start], trail.nodes[link.end], link.evidence
        words = (
            start.label, start.type, link.kind, link.label, None, end.label, end.type, end.force, link.basis, evidence.quote, evidence.page,
            evidence.line, evidence.footnote, evidence.pinpoint, evidence.pinpoint_unit, evidence.character, link.verification, link.remark,
        )  # fmt: skip
        cells: list[Term | None] = [None if word is None else ox.Literal(word) for word in words]
        cells[4] = ox.NamedNode(link.end)
        citation = ox.NamedNode(link.citation) if link.citation else None
        keys = ox.Literal(SEPARATOR.join(link.discrepancies)) if link.discrepancies else None
        source = ox.Literal(evidence.source) if evidence.source else None
        rows.append((ox.NamedNode(link.start), *cells, citation, keys, source))
    return Table(COLUMNS, tuple(rows), "Links of the trail", frozenset({"discrepancies"}))
