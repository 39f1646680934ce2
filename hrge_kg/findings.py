"""What a report for people tells of an assessment, and in which order: findings told once for all their groups, matters, topics.

It chooses and sorts; the words are in reading.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .assess import OUTCOMES, RAISED, Assessment, Evidence, Finding
from .norms import Norm, Urgency


@dataclass(frozen=True)
class Told:
    """A finding, and the labels of all groups for which it is the same (none for the programme itself)."""

    finding: Finding
    groups: tuple[str, ...]

    @property
    def norm(self) -> Norm:
        """Its norm."""
        return self.finding.norm

    @property
    def whole(self) -> bool:
        """Whether all about it is told; what stays open whatever is stated, and what is met, is told in a line."""
        return self.finding.outcome in ("concern", "in-part") or (self.finding.outcome == "needs-review" and self.finding.reason in RAISED)


@dataclass(frozen=True)
class Matter:
    """One thing stated that is of concern, however many norms speak to it: what, for which groups, the norms, why it is urgent."""

    evidence: Evidence
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]
    urgency: tuple[Urgency, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question in the words of the form, for which groups it is open, and the norms that an answer helps to settle."""

    text: str
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]


@dataclass(frozen=True)
class Topic:
    """What is found under one topic, worst first."""

    label: str
    told: tuple[Told, ...]


def merged(findings: Iterable[Finding], assessment: Assessment) -> list[Told]:
    """Findings that differ only in their group are told once."""
    same: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        stated = tuple(e.place for e in finding.evidence if e.outcome == finding.outcome)
        same.setdefault((finding.norm.iri, finding.outcome, finding.message, finding.because, stated), []).append(finding)
    return [Told(found[0], tuple(assessment.groups[f.group] for f in found if f.group)) for found in same.values()]


def topics(assessment: Assessment) -> list[Topic]:
    """The topics under which something is stated or to be looked at: concerns before the rest, then by harm, then in their own order."""
    found: dict[str, list[Told]] = {}
    kept = (f for f in assessment.findings if f.outcome not in ("not-stated", "not-applicable"))
    for told in merged(kept, assessment):
        found.setdefault(next(iter(told.norm.topics), ""), []).append(told)
    made = [Topic(label, tuple(sorted(told, key=_order))) for label, told in found.items()]
    return sorted(made, key=lambda topic: (*_order(topic.told[0])[:2], topic.told[0].norm.topic_rank, topic.label))


def matters(assessment: Assessment) -> list[Matter]:
    """What is of concern, gravest first: concerns that rest on the same statement are one matter, in the plainest words."""
    return _matters(assessment, [(f, f.leading) for f in assessment.findings if f.outcome == "concern" and f.leading])


def urgent(assessment: Assessment) -> list[Matter]:
    """What calls for action before the rest is read, as the data say of norms and of questions. (data/act-now.ttl)"""
    pairs = [
        (finding, evidence)
        for finding in assessment.findings
        if finding.outcome != "not-applicable"
        for evidence in finding.evidence
        if (evidence.outcome == "concern" or evidence.reason in RAISED) and evidence.place and _urgency(assessment, finding, evidence)
    ]
    found = _matters(assessment, sorted(pairs, key=lambda pair: OUTCOMES.index(pair[1].outcome)))
    return sorted(found, key=lambda matter: min(why.rank for why in matter.urgency))


def asked(assessment: Assessment) -> list[Asked]:
    """Each question once, weightiest first."""
    found: dict[str, dict[str, Norm]] = {}
    for question, norms in assessment.questions:
        found.setdefault(question.text, {}).update({norm.iri: norm for norm in norms})
    open_for: dict[str, set[str | None]] = {}
    for finding in assessment.findings:
        for question in finding.questions:
            open_for.setdefault(question.text, set()).add(finding.group)
    return [
        Asked(text, tuple(label for group, label in assessment.groups.items() if group in open_for[text]), tuple(by_iri.values()))
        for text, by_iri in found.items()
    ]


def _matters(assessment: Assessment, pairs: Iterable[tuple[Finding, Evidence]]) -> list[Matter]:
    same: dict[object, list[tuple[Finding, Evidence]]] = {}
    for finding, evidence in pairs:
        same.setdefault(evidence.statement or (finding.norm.iri, finding.group), []).append((finding, evidence))
    return [
        Matter(
            min((evidence for _, evidence in found), key=_clauses),
            tuple(label for group, label in assessment.groups.items() if any(f.group == group for f, _ in found)),
            tuple({f.norm.iri: f.norm for f, _ in found}.values()),
            tuple({why: None for f, e in found for why in _urgency(assessment, f, e)}),
        )
        for found in same.values()
    ]


def _clauses(evidence: Evidence) -> int:
    """How many clauses a message has, so that the plainest is told."""
    return sum(evidence.message.count(mark) for mark in ",;.")


def _urgency(assessment: Assessment, finding: Finding, evidence: Evidence) -> list[Urgency]:
    kinds = assessment.about.kinds.get(finding.group or "", frozenset())
    checks: Sequence[Urgency] = next((check.urgency for check in finding.norm.checks if check.iri == evidence.check), ())
    return [why for why in checks if why.among is None or why.among in kinds]


def _order(told: Told) -> tuple[int, int, str, int, str]:
    return (OUTCOMES.index(told.finding.outcome), told.norm.harm, told.norm.source, told.norm.line, told.norm.iri)
