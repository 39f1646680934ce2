"""The picture of a report: topics down, groups across, and in each cell the worst that is stated.

What is not stated has an empty cell. A good outcome with silence beside it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..assessment.enums import Outcome
from ..assessment.model import Assessment, Finding
from ..assessment.wording import capital
from ..markup.document import Grid, Heading, Link, Paragraph, SimpleBlock, Text, plain
from .leads import Leads
from .phrases import counted, number_words
from .signs import IN_CELLS, NOT_ENOUGH

_PROGRAMME = "the programme itself"
_REST = " ○"
_Cells = Mapping[str, Mapping[str | None, Sequence[Finding]]]


def compose(assessment: Assessment, leads: Leads) -> Iterator[SimpleBlock]:
    """The heading, which says what is seen; the table; and what its signs mean."""
    cells = _cells(assessment)
    groups: list[str | None] = [
        group for group in (*assessment.groups, None) if any(group in row for row in cells.values())
    ]
    if not groups:
        return
    topics = [topic.label for topic in leads.topics]
    rows = sorted(cells, key=lambda label: topics.index(label) if label in topics else len(topics))
    yield Heading(2, _title(cells), "picture")
    yield Grid(
        ("topic", *(_name(group, assessment) for group in groups)),
        tuple(
            (
                capital(label or "other"),
                *(_cell(cells[label].get(group, ()), leads, label) for group in groups),
            )
            for label in rows
        ),
        row_names=True,
    )
    yield Paragraph(
        "Each cell has the worst of what is stated. An empty cell: nothing is stated, which is "
        "neither good nor bad. ○ after a sign: of other norms of the topic nothing is stated. "
        "–: the norms are about others."
    )


def _name(group: str | None, assessment: Assessment) -> str:
    return plain(assessment.groups[group]) if group else _PROGRAMME


def _cells(assessment: Assessment) -> dict[str, dict[str | None, list[Finding]]]:
    """The findings of each topic and group; those that come whatever is stated are left out."""
    ranked: dict[str, int] = {}
    cells: dict[str, dict[str | None, list[Finding]]] = {}
    for finding in assessment.findings:
        topic = next(iter(finding.norm.topics), "")
        ranked.setdefault(topic, finding.norm.topic_rank)
        if _is_stated(finding) or finding.outcome != Outcome.NEEDS_REVIEW:
            cells.setdefault(topic, {}).setdefault(finding.group, []).append(finding)
    return {topic: cells[topic] for topic in sorted(cells, key=lambda one: ranked[one])}


def _is_stated(finding: Finding) -> bool:
    """Whether the outcome rests on something that is stated."""
    if finding.outcome == Outcome.NOT_STATED:
        return any(evidence.answer for evidence in finding.evidence)
    return finding.outcome.is_witnessed or finding.leading is not None


def _worst(findings: Iterable[Finding]) -> Finding | None:
    """The worst of what is stated."""
    stated = [
        finding
        for finding in findings
        if _is_stated(finding) and finding.outcome != Outcome.NOT_APPLICABLE
    ]
    return min(stated, key=lambda finding: finding.outcome.rank, default=None)


def _cell(findings: Sequence[Finding], leads: Leads, topic: str) -> Text:
    worst = _worst(findings)
    if worst is None:
        others = findings and all(one.outcome == Outcome.NOT_APPLICABLE for one in findings)
        return (IN_CELLS[Outcome.NOT_APPLICABLE],) if others else ""
    if worst.outcome == Outcome.NOT_STATED:
        return (NOT_ENOUGH,)
    mark = IN_CELLS[worst.outcome]
    silent = worst.outcome.is_witnessed and any(
        one.outcome == Outcome.NOT_STATED for one in findings
    )
    lead = leads.to_norm(worst.norm, [worst.group or ""], mark.text)
    span = Link(mark.text, lead.to, mark.tone) if isinstance(lead, Link) else mark
    return (span, *([_REST] if silent else []))


def _title(cells: _Cells) -> str:
    """What the picture shows, in a sentence."""
    worst = [_worst(one for row in of_topic.values() for one in row) for of_topic in cells.values()]
    silent = sum(
        finding is None
        and not all(
            one.outcome == Outcome.NOT_APPLICABLE for row in of_topic.values() for one in row
        )
        for finding, of_topic in zip(worst, cells.values(), strict=True)
    )
    concerns = sum(one is not None and one.outcome == Outcome.CONCERN for one in worst)
    if concerns:
        of = f"of {counted(len(cells), 'topic')}"
        has = "has" if concerns == 1 else "have"
        seen = f"{capital(number_words(concerns))} {of} {has} a concern"
    else:
        seen = "No topic has a concern"
    return f"{seen}; on {counted(silent, 'topic')} nothing is stated" if silent else seen
