"""Shows an assessment as a table: one row for each norm and group, also for what does not apply.

The evidence table of the report has a row for each statement instead.
"""

from __future__ import annotations

from html import escape

import pyoxigraph as ox

from ..tables.html_writer import table_to_html
from ..tables.model import Table, Term
from .enums import Outcome
from .model import Assessment, Finding

COLUMNS = (
    "norm",
    "label",
    "group",
    "outcome",
    "reason",
    "message",
    "because",
    "remedy",
    "file",
    "line",
    "key",
    "page",
)
_SHOWN_OUTCOMES = (Outcome.CONCERN, Outcome.NEEDS_REVIEW)
_SHOWN_COLUMNS = ("label", "group", "outcome", "message", "page")


def findings_table(assessment: Assessment) -> Table:
    """The findings in their order; file, line and key are those of the leading evidence.

    `group` is the name of a group, None for the programme. `page` is that of the norm's words.
    """
    rows = tuple(_row(assessment, finding) for finding in assessment.findings)
    return Table(COLUMNS, rows, "Findings")


def assessment_to_html(assessment: Assessment) -> str:
    """What a notebook shows: how often each outcome occurs, and the findings to look at first."""
    table = findings_table(assessment)
    outcome_at = COLUMNS.index("outcome")
    columns = [COLUMNS.index(name) for name in _SHOWN_COLUMNS]
    rows = []
    for row in table.terms:
        outcome = row[outcome_at]
        if isinstance(outcome, ox.Literal) and outcome.value in _SHOWN_OUTCOMES:
            rows.append(tuple(row[column] for column in columns))
    first = Table(_SHOWN_COLUMNS, tuple(rows), "Of concern or for review")
    counts = ", ".join(
        f"{number} {Outcome(outcome).words}" for outcome, number in assessment.counts.items()
    )
    title = assessment.description.title
    return (
        f"<p><strong>{escape(title)}</strong>. Norms by group: {counts}.</p>\n"
        f"{table_to_html(first)}\n"
        "<p>What is not stated is not in this table, and is not met.</p>"
    )


def _row(assessment: Assessment, finding: Finding) -> tuple[Term | None, ...]:
    leading = finding.leading
    place = leading.place if leading else None
    return (
        ox.NamedNode(finding.norm.iri),
        ox.Literal(finding.norm.label),
        ox.Literal(assessment.groups[finding.group]) if finding.group else None,
        ox.Literal(finding.outcome),
        ox.Literal(finding.reason),
        ox.Literal(finding.message),
        ox.Literal(finding.because),
        ox.Literal(finding.remedy) if finding.remedy else None,
        ox.Literal(place.file if place else assessment.description.file),
        ox.Literal(place.line) if place and place.line else None,
        ox.Literal(place.key) if place else None,
        ox.Literal(finding.norm.page),
    )
