"""What a report for people tells of an assessment, and in which order: findings told once for all their groups, matters, topics.

It chooses and sorts; the words are in reading.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..assessment.answers import Answer
from ..assessment.enums import Outcome, Reason
from ..assessment.model import INFO, Assessment, Evidence, Finding
from ..assessment.norms import Advocacy, Norm, Urgency


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one norm with one outcome, each with the label of its group (none for the programme itself), told once."""

    findings: tuple[tuple[str, Finding], ...]

    @property
    def finding(self) -> Finding:
        """The first of them."""
        return self.findings[0][1]

    @property
    def groups(self) -> tuple[str, ...]:
        """The labels of the groups."""
        return tuple(label for label, _ in self.findings if label)

    @property
    def norm(self) -> Norm:
        """Its norm."""
        return self.finding.norm

    @property
    def whole(self) -> bool:
        """Whether all about it is told; what stays open whatever is stated, and what is met, is told in a line."""
        return (
            self.finding.outcome in (Outcome.CONCERN, Outcome.IN_PART)
            or self.finding.raised_for_review
        )


@dataclass(frozen=True)
class Issue:
    """One thing stated that is of concern, however many norms speak to it: what, for which groups, the norms, why it is urgent."""

    evidence: Evidence
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]
    urgency: tuple[Urgency, ...] = ()


@dataclass(frozen=True)
class QuestionSummary:
    """A question in the words of the form, for which groups it is open, and the norms that an answer helps to settle."""

    text: str
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]


@dataclass(frozen=True)
class UnusedAnswers:
    """Answers to one question that no norm looked at; the norms that would, about whom, for whom that is not known; what is said to doubts.

    `waits`: for some group it is not known whether these norms are about it; else they are about others, or there are none.
    """

    statements: tuple[Answer, ...]
    waits: bool
    about: tuple[str, ...]
    questions: tuple[str, ...]
    advocacy: tuple[Advocacy, ...]


@dataclass(frozen=True)
class Topic:
    """What is found under one topic, worst first."""

    label: str
    told: tuple[FindingGroup, ...]


def merged(findings: Iterable[Finding], assessment: Assessment) -> list[FindingGroup]:
    """Findings of one norm with the same outcome are told once; reviews, and what does not apply, if it is for the same reason."""
    same: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        why = {
            Outcome.NEEDS_REVIEW: finding.reason.raised_by_statement and finding.reason,
            Outcome.NOT_APPLICABLE: finding.message,
        }.get(finding.outcome)
        same.setdefault((finding.norm.iri, finding.outcome, why), []).append(finding)
    return [
        FindingGroup(tuple((assessment.groups[f.group] if f.group else "", f) for f in found))
        for found in same.values()
    ]


def topics(assessment: Assessment) -> list[Topic]:
    """The topics under which something is stated or to be looked at: concerns before the rest, then by harm, then in their own order."""
    found: dict[str, list[FindingGroup]] = {}
    kept = (
        f
        for f in assessment.findings
        if f.outcome not in (Outcome.NOT_STATED, Outcome.NOT_APPLICABLE)
    )
    for told in merged(kept, assessment):
        found.setdefault(next(iter(told.norm.topics), ""), []).append(told)
    made = [Topic(label, tuple(sorted(told, key=_order))) for label, told in found.items()]
    return sorted(
        made,
        key=lambda topic: (*_order(topic.told[0])[:2], topic.told[0].norm.topic_rank, topic.label),
    )


def matters(assessment: Assessment) -> list[Issue]:
    """What is of concern, gravest first: by harm, topic (a lock before a class), and how many norms speak to it.

    Concerns that rest on the same statement are one matter, in the plainest words.
    """
    concerns = [f for f in assessment.findings if f.outcome == Outcome.CONCERN]
    speak: dict[str | None, dict[str, Norm]] = {}
    for finding in concerns:
        for evidence in finding.evidence:
            if evidence.outcome == Outcome.CONCERN:
                speak.setdefault(evidence.statement, {})[finding.norm.iri] = finding.norm

    def gravity(matter: Issue) -> tuple[int, int, int]:
        norms = speak[matter.evidence.statement].values()
        harm, topic = min((norm.harm, norm.topic_rank) for norm in norms)
        return harm, topic, -len(norms)

    return sorted(
        _matters(assessment, [(f, f.leading) for f in concerns if f.leading]), key=gravity
    )


def urgent(assessment: Assessment) -> list[Issue]:
    """What calls for action before the rest is read, as the data say of norms and of questions. (data/act-now.ttl)"""
    pairs = [
        (finding, evidence)
        for finding in assessment.findings
        if finding.outcome != Outcome.NOT_APPLICABLE
        for evidence in finding.evidence
        if (evidence.outcome == Outcome.CONCERN or evidence.reason.raised_by_statement)
        and evidence.place
        and _urgency(assessment, finding, evidence)
    ]
    found = _matters(
        assessment,
        sorted(pairs, key=lambda pair: (_wider(assessment, *pair), pair[1].outcome.rank)),
    )
    found += [
        one for said in assessment.answers if said.adverse for one in _whoever(said, assessment)
    ]
    return sorted(found, key=lambda matter: min(why.rank for why in matter.urgency))


def first(found: Sequence[Issue], told: Iterable[Issue], most: int) -> list[Issue]:
    """The gravest; what is told already, and what would be the third of a kind of harm, if there is room: nothing hides the rest."""
    before = {(matter.evidence.statement, group) for matter in told for group in matter.groups}
    kinds: Counter[int] = Counter()
    ranked: list[tuple[bool, bool, int]] = []
    for place, matter in enumerate(found):
        again = bool(matter.groups) and all(
            (matter.evidence.statement, group) in before for group in matter.groups
        )
        kinds[_harm(matter)] += not again
        ranked.append((again, kinds[_harm(matter)] > 2, place))
    return [found[place] for place in sorted(place for _, _, place in sorted(ranked)[:most])]


def unheard(assessment: Assessment) -> list[UnusedAnswers]:
    """The answers that no norm looked at, question by question, in the order of the file."""
    left = set(assessment.unread)
    looking: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        for aspect in {check.aspect for check in finding.norm.checks}:
            looking.setdefault(aspect, []).append(finding)
    by_aspect: dict[str, list[Answer]] = {}
    for said in assessment.answers:
        if assessment.description.place(said.statement) in left:
            by_aspect.setdefault(said.aspect, []).append(said)
    return [_unheard(said, looking.get(aspect, [])) for aspect, said in by_aspect.items()]


def _unheard(said: Sequence[Answer], looking: Iterable[Finding]) -> UnusedAnswers:
    groups = {group for one in said for group in one.groups}
    concerned = [f for f in looking if f.group is None or f.group in groups]
    if any(not f.reason.not_about_group for f in concerned):
        concerned = []  # they do look at the question, but not at this answer
    open_for = [f for f in concerned if f.reason == Reason.APPLICABILITY_NOT_KNOWN]
    kept = open_for or concerned
    return UnusedAnswers(
        tuple(said),
        bool(open_for),
        tuple(dict.fromkeys(f.norm.applies_label for f in kept)),
        tuple(dict.fromkeys(question.text for f in open_for for question in f.questions)),
        tuple({pair.iri: pair for f in kept for pair in f.norm.advocacy}.values()),
    )


def _whoever(said: Answer, assessment: Assessment) -> Iterator[Issue]:
    """An adverse answer that is urgent of itself, for those groups of whom no norm that looks at it is known to speak."""
    looking = [
        (f, check)
        for f in assessment.findings
        for check in f.norm.checks
        if check.aspect == said.aspect
    ]
    urgency = tuple(
        dict.fromkeys(why for _, check in looking for why in check.urgency if why.whoever)
    )
    heard = {finding.group for finding, _ in looking if not finding.reason.not_about_group}
    place = assessment.description.place(said.statement)
    for group in said.groups:
        kinds, none = (
            about.get(group, frozenset())
            for about in (assessment.profile.kinds, assessment.profile.none)
        )
        here = tuple(
            why
            for why in urgency
            if (why.among is None or why.among in kinds) and why.unless not in none
        )
        if here and group not in heard:
            message = f"“{said.question}” is answered: {said.answer}. It is not known that a norm of the source is about these people"
            evidence = Evidence(
                Outcome.NEEDS_REVIEW,
                Reason.NO_NORM_KNOWN_TO_APPLY,
                "",
                "",
                INFO,
                message,
                said.statement,
                place,
            )
            yield Issue(evidence, (assessment.groups[group],), (), here)


def asked(assessment: Assessment) -> list[QuestionSummary]:
    """Each question once, weightiest first."""
    found: dict[str, dict[str, Norm]] = {}
    for question, norms in assessment.questions:
        found.setdefault(question.text, {}).update({norm.iri: norm for norm in norms})
    open_for: dict[str, set[str | None]] = {}
    for finding in assessment.findings:
        for question in finding.questions:
            open_for.setdefault(question.text, set()).add(finding.group)
    return [
        QuestionSummary(
            text,
            tuple(label for group, label in assessment.groups.items() if group in open_for[text]),
            tuple(by_iri.values()),
        )
        for text, by_iri in found.items()
    ]


def _matters(assessment: Assessment, pairs: Iterable[tuple[Finding, Evidence]]) -> list[Issue]:
    same: dict[object, list[tuple[Finding, Evidence]]] = {}
    for finding, evidence in pairs:
        same.setdefault(evidence.statement or (finding.norm.iri, finding.group), []).append(
            (finding, evidence)
        )
    return [
        Issue(
            min(found, key=lambda pair: (_wider(assessment, *pair), _clauses(pair[1])))[1],
            tuple(
                label
                for group, label in assessment.groups.items()
                if any(f.group == group for f, _ in found)
            ),
            tuple({f.norm.iri: f.norm for f, _ in found}.values()),
            tuple({why: None for f, e in found for why in _urgency(assessment, f, e)}),
        )
        for found in same.values()
    ]


def _harm(matter: Issue) -> int:
    return min(norm.harm for norm in matter.norms)


def _wider(assessment: Assessment, finding: Finding, evidence: Evidence) -> bool:
    """Whether urgency comes from the question alone: what a norm that is urgent in itself says of it is plainer."""
    return all(why.whoever for why in _urgency(assessment, finding, evidence))


def _clauses(evidence: Evidence) -> int:
    """How many clauses a message has, so that the plainest is told."""
    return sum(evidence.message.count(mark) for mark in ",;.")


def _urgency(assessment: Assessment, finding: Finding, evidence: Evidence) -> list[Urgency]:
    kinds = assessment.profile.kinds.get(finding.group or "", frozenset())
    checks: Sequence[Urgency] = next(
        (check.urgency for check in finding.norm.checks if check.iri == evidence.check), ()
    )
    return [why for why in checks if why.among is None or why.among in kinds]


def _order(told: FindingGroup) -> tuple[int, int, str, int, str]:
    return (
        told.finding.outcome.rank,
        told.norm.harm,
        told.norm.source,
        told.norm.line,
        told.norm.iri,
    )
