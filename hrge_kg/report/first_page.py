"""The first page of the report: what a busy person reads in a minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..markup.document import DocumentBlock, Facts, Heading, Items, Paragraph, plain
from .digest import Issue, choose_first, find_issues, find_urgent_issues, group_findings
from .phrases import capital, for_groups, issue_sentence, listed, places_of

MOST = 5  # concerns, and questions


def compose(assessment: Assessment) -> Iterator[DocumentBlock]:
    """What was described, what calls for action, what is of concern, what is met."""
    yield Heading(2, "In a minute")
    yield Facts(tuple(_facts(assessment)))
    urgent = find_urgent_issues(assessment)
    if urgent:
        yield Heading(3, "Act now")
        yield Items(tuple(_act_now(urgent)))
    yield Heading(3, "Of concern")
    yield from _concerns(assessment, urgent)
    yield Heading(3, "Met as stated, and for whom")
    yield from _norms_with(Outcome.MET, assessment)
    if any(finding.outcome == Outcome.IN_PART for finding in assessment.findings):
        yield Heading(3, "Stated in part only, and for whom")
        yield from _norms_with(Outcome.IN_PART, assessment)


def _facts(assessment: Assessment) -> Iterator[tuple[str, str]]:
    profile = assessment.profile
    file = plain(assessment.description.file)
    yield "What was described", f"the programme as the file {file} tells it"
    yield (
        "Who runs it",
        "; ".join(profile.runners)
        or "not stated, so this report cannot tell what you can change from what to raise with "
        "others",
    )
    yield "Groups of people", "; ".join(map(plain, assessment.groups.values())) or "none described"
    yield "Who says so", "; ".join(profile.answered_by) or "not stated"
    when = profile.first or "not stated"
    if profile.first != profile.last:
        when = f"{profile.first} to {profile.last}"
    yield "When", when
    silent = {
        finding.norm.iri for finding in assessment.findings if finding.outcome == Outcome.NOT_STATED
    }
    if silent:
        yield (
            "Not stated",
            f"too little to say anything of {len(silent)} norms, for some group or for all; "
            "that is neither good nor bad",
        )


def _act_now(urgent: Sequence[Issue]) -> Iterator[str]:
    """One item for each reason; in it, for the same people, what shows it once."""
    by_reason: dict[str, dict[tuple[str, ...], list[Issue]]] = {}
    for issue in urgent:
        reasons = ", ".join(dict.fromkeys(reason.label for reason in issue.urgency))
        by_reason.setdefault(reasons, {}).setdefault(issue.groups, []).append(issue)
    for reasons, by_groups in by_reason.items():
        yield f"{capital(reasons)}. {' '.join(map(_with_places, by_groups.values()))}"


def _with_places(issues: Sequence[Issue]) -> str:
    """The first in full, and where the others stand."""
    first = issues[0]
    others = places_of(
        issue.evidence for issue in issues if issue.evidence.place != first.evidence.place
    )
    return issue_sentence(first) + (f" See also {'; '.join(others)}." if others else "")


def _concerns(assessment: Assessment, urgent: Sequence[Issue]) -> Iterator[DocumentBlock]:
    issues = find_issues(assessment)
    if not issues:
        yield Paragraph(
            "Nothing that is stated is of concern. That says nothing of what is not stated."
        )
        return
    yield Items(tuple(map(issue_sentence, choose_first(issues, urgent, MOST))))
    if len(issues) > MOST:
        yield Paragraph(f"And {len(issues) - MOST} more, by topic below.")


def _norms_with(outcome: Outcome, assessment: Assessment) -> Iterator[DocumentBlock]:
    """The norms with an outcome, by the groups that they have it for."""
    findings = [finding for finding in assessment.findings if finding.outcome == outcome]
    by_groups: dict[tuple[str, ...], list[str]] = {}
    for group in group_findings(findings, assessment):
        by_groups.setdefault(group.groups, []).append(group.norm.label)
    if by_groups:
        yield Items(
            tuple(
                f"{for_groups(groups) or 'The programme itself: '}{listed(labels)}"
                for groups, labels in by_groups.items()
            )
        )
    else:
        yield Paragraph("Nothing yet: met needs a statement that shows it.")
