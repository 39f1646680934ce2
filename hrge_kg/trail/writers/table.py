"""Trails as a table: one row for each link. (docs/reference/trail.md)"""

from __future__ import annotations

import pyoxigraph as ox

from ...tables.model import SEPARATOR, Table, Term
from ...tables.writers import write_for_spreadsheet
from ..model import Link, Trail

COLUMNS = (
    "from",
    "fromLabel",
    "fromType",
    "kind",
    "label",
    "to",
    "toLabel",
    "toType",
    "force",
    "basis",
    "quote",
    "page",
    "line",
    "footnote",
    "pinpoint",
    "pinpointUnit",
    "character",
    "verification",
    "remark",
    "citation",
    "discrepancies",
    "source",
)


def to_csv(trail: Trail) -> str:
    """The links as CSV."""
    return write_for_spreadsheet(table(trail))


def table(trail: Trail) -> Table:
    """Every link of a trail, from a node to one that it rests on; `force` is that of `to`."""
    rows = tuple(_row(trail, link) for link in trail.edges)
    return Table(COLUMNS, rows, "Links of the trail", frozenset({"discrepancies"}))


def _row(trail: Trail, link: Link) -> tuple[Term | None, ...]:
    start, end, evidence = trail.nodes[link.start], trail.nodes[link.end], link.evidence
    return (
        ox.NamedNode(link.start),
        _literal(start.label),
        _literal(start.type),
        _literal(link.kind),
        _literal(link.label),
        ox.NamedNode(link.end),
        _literal(end.label),
        _literal(end.type),
        _literal(end.force),
        _literal(link.basis),
        _literal(evidence.quote),
        _literal(evidence.page),
        _literal(evidence.line),
        _literal(evidence.footnote),
        _literal(evidence.pinpoint),
        _literal(evidence.pinpoint_unit),
        _literal(evidence.character),
        _literal(link.verification),
        _literal(link.remark),
        ox.NamedNode(link.citation) if link.citation else None,
        _literal(SEPARATOR.join(link.discrepancies) or None),
        _literal(evidence.source),
    )


def _literal(value: str | int | None) -> ox.Literal | None:
    return None if value is None else ox.Literal(value)
