"""What the source says of each thing that is of concern, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..assessment.norms import Norm
from ..markup.document import Facts, Heading, SimpleBlock, plain
from .digest import FindingGroup, group_findings
from .issues import Issue, find_issues
from .leads import Leads
from .phrases import count_of_norms, page_words
from .remedies import remedy_facts

MOST_NORMS = 2  # that are quoted with a concern; the annex has all


def compose(assessment: Assessment, leads: Leads) -> Iterator[SimpleBlock]:
    """An entry for each answer of concern, gravest first."""
    issues = find_issues(assessment)
    if issues:
        yield Heading(2, "Of concern: what the source says, and what can be done")
        quoted: set[str] = set()
        yield Facts(tuple(_entry(issue, assessment, leads, quoted) for issue in issues))


def _entry(issue: Issue, assessment: Assessment, leads: Leads, quoted: set[str]) -> tuple[str, str]:
    """What the gravest norms say, and what to do; a norm that was `quoted` is only named."""
    norms = issue.norms
    told = [
        f"{norm.label} (quoted above)." if norm.iri in quoted else _quotation(norm, assessment)
        for norm in norms[:MOST_NORMS]
    ]
    quoted.update(norm.iri for norm in norms[:MOST_NORMS])
    if len(norms) > MOST_NORMS:
        told.append(f"And {count_of_norms(len(norms) - MOST_NORMS)} more.")
    for group in _findings_of(norms[0], issue, assessment):
        findings = [finding for _, finding in group.findings]
        facts = remedy_facts(norms[0], findings, assessment)
        told += [f"{name}: {text}" for name, text in facts]
    return _name(issue, assessment, leads), " ".join(told)


def _name(issue: Issue, assessment: Assessment, leads: Leads) -> str:
    """The number of the answer that is of concern, and for whom, where there are several groups."""
    number = leads.number(issue.evidence.answer)
    name = f"Answer {number}" if number else "What is stated"
    several = 0 < len(issue.groups) < len(assessment.groups)
    return f"{name}, {', '.join(map(plain, issue.groups))}" if several else name


def _quotation(norm: Norm, assessment: Assessment) -> str:
    force = ", ".join(kind.replace("-", " ") for kind in norm.force)
    words = f"{page_words(norm, assessment)}; {force}" if force else page_words(norm, assessment)
    return f"{norm.label}: “{norm.quote}” ({words})."


def _findings_of(norm: Norm, issue: Issue, assessment: Assessment) -> list[FindingGroup]:
    """The findings on a norm that the issue rests on, together."""
    statement = issue.evidence.statement
    findings = [
        finding
        for finding in assessment.findings
        if finding.norm.iri == norm.iri
        and finding.outcome == Outcome.CONCERN
        and any(evidence.statement == statement for evidence in finding.evidence)
    ]
    return group_findings(findings, assessment)
