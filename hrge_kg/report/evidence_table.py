"""The evidence table, for spreadsheets: for each norm and group what is stated, and where."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from ..assessment.model import Assessment, Evidence, Finding
from ..tables.model import Table, Term

COLUMNS = (
    "programme",
    "norm",
    "label",
    "group",
    "outcome",
    "reason",
    "stated",
    "statedOutcome",
    "file",
    "line",
    "key",
    "page",
)


def evidence_table(assessments: Iterable[Assessment]) -> Table:
    """A row for each statement that a norm's shapes recognised.

    And one for each norm and group about which there is none. (docs/reference/validate-csv.md)
    """
    rows = [
        _row(assessment, finding, evidence)
        for assessment in assessments
        for finding in assessment.findings
        for evidence in _distinct_evidence(finding)
    ]
    return Table(COLUMNS, tuple(rows), "Evidence")


def _distinct_evidence(finding: Finding) -> list[Evidence | None]:
    """Each statement once for what it shows; None once where nothing is stated."""
    distinct: dict[tuple[str, str, str | None], Evidence | None] = {}
    for evidence in finding.evidence:
        if evidence.place:
            distinct[evidence.outcome, evidence.message, evidence.statement] = evidence
    return list(distinct.values()) or [None]


def _row(
    assessment: Assessment, finding: Finding, evidence: Evidence | None
) -> tuple[Term | None, ...]:
    place = evidence.place if evidence else None
    return (
        ox.NamedNode(assessment.description.programme),
        ox.NamedNode(finding.norm.iri),
        ox.Literal(finding.norm.label),
        ox.Literal(assessment.groups[finding.group]) if finding.group else None,
        ox.Literal(finding.outcome),
        ox.Literal(finding.reason),
        ox.Literal(evidence.message) if evidence else None,
        ox.Literal(evidence.outcome) if evidence else None,
        ox.Literal(place.file if place else assessment.description.file),
        ox.Literal(place.line) if place and place.line else None,
        ox.Literal(place.key) if place else None,
        ox.Literal(finding.norm.page),
    )
