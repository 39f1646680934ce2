"""What is stated that is of concern, for review or calls for action: each statement once.

Some answers call for action at once. The data say so of a question of the form, of a norm, or of
one of its checks (data/act-now.ttl). An `Urgency` is such a reason to act. If it is `whoever`, it
comes from the question and counts even if no norm is known to be about the people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..assessment.answer_fates import AnswerFate, answer_fates
from ..assessment.answers import Answer
from ..assessment.enums import Outcome, Reason
from ..assessment.model import INFO, Assessment, Evidence, Finding
from ..assessment.norms import Norm, Urgency
from .digest import labels_of

_Pair = tuple[Finding, Evidence]


@dataclass(frozen=True)
class Step:
    """What a check says can be done, and its norm; None where no norm is known to apply."""

    text: str
    norm: Norm | None


@dataclass(frozen=True)
class Issue:
    """One thing stated that is of concern or calls for action at once.

    It is one issue however many norms speak to it. `evidence` has the message to show, `urgency`
    the reasons to act at once. The gravest of `norms` comes first, and so does what its checks say
    can be done (`steps`). `gravity` is what is at stake, and the place of its topic.
    """

    evidence: Evidence
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]
    urgency: tuple[Urgency, ...] = ()
    steps: tuple[Step, ...] = ()
    gravity: tuple[int, int] = (1, 1)

    @property
    def harm(self) -> int:
        """What is at stake: from 1, the gravest."""
        return self.gravity[0]


def find_issues(assessment: Assessment) -> list[Issue]:
    """What is of concern, gravest first: each statement once."""
    pairs = [
        (finding, evidence)
        for finding in assessment.findings
        for evidence in finding.evidence
        if finding.outcome == evidence.outcome == Outcome.CONCERN
    ]
    return _gravest_first(pairs, assessment)


def find_reviews(assessment: Assessment) -> list[Issue]:
    """What a statement raises for a person to review, gravest first: each statement once.

    What is of concern for the same people is left out.
    """
    concerns = {
        (evidence.statement, finding.group)
        for finding in assessment.findings
        for evidence in finding.evidence
        if finding.outcome == evidence.outcome == Outcome.CONCERN
    }
    pairs = [
        (finding, evidence)
        for finding in assessment.findings
        for evidence in _for_review(finding)
        if (evidence.statement, finding.group) not in concerns
    ]
    return _gravest_first(pairs, assessment)


def _for_review(finding: Finding) -> Iterator[Evidence]:
    """The evidence of a finding that is for review because of what a statement says."""
    if finding.outcome == Outcome.NEEDS_REVIEW and finding.reason.excepted:
        if finding.leading and finding.leading.statement:
            message = f"{finding.leading.message} {finding.message}"
            yield replace(finding.leading, message=message)
    elif finding.outcome in (Outcome.CONCERN, Outcome.NEEDS_REVIEW):
        for evidence in finding.evidence:
            half = evidence.reason == Reason.OPEN_WORDS and not _speaks_for(evidence)
            raised = evidence.reason.raised_by_statement or half
            if evidence.outcome == Outcome.NEEDS_REVIEW and raised:
                yield evidence


def _speaks_for(evidence: Evidence) -> bool:
    """Whether the statement is favourable in full: what is so in part is as much against it."""
    return evidence.answer is not None and evidence.answer.says != "in-part"


def find_support(assessment: Assessment) -> list[Issue]:
    """The favourable statements under norms with open words, for a person to judge."""
    pairs = [
        (finding, evidence)
        for finding in assessment.findings
        if finding.outcome == Outcome.NEEDS_REVIEW
        for evidence in finding.evidence
        if evidence.reason == Reason.OPEN_WORDS
        and _speaks_for(evidence)
        and not evidence.outweighed
    ]
    return _issues_of(pairs, assessment)


def find_unheard(assessment: Assessment) -> list[AnswerFate]:
    """The adverse answers that raise neither a concern nor a review, in the order of the file.

    What the form says of a group directly is left out if an answer says the same.
    """
    unheard = [fate for fate in answer_fates(assessment) if fate.unheard]
    answered = {fate.answer.aspect for fate in unheard if not fate.answer.own}
    return [fate for fate in unheard if not (fate.answer.own and fate.answer.aspect in answered)]


def _gravest_first(pairs: Sequence[_Pair], assessment: Assessment) -> list[Issue]:
    """The issues of some pairs.

    They are sorted by what is at stake, then by topic (locked doors come before missing lessons),
    then by how many norms speak to them. Pairs with the same statement are one issue, with the
    simplest of their messages.
    """

    def gravity(issue: Issue) -> tuple[int, int, int]:
        return *issue.gravity, -len(issue.norms)

    return sorted(_issues_of(_without_repeats(pairs), assessment), key=gravity)


def _without_repeats(pairs: Iterable[_Pair]) -> list[_Pair]:
    """The pairs; what the form says of a group directly is left out if an answer says the same."""
    every = [(finding, evidence, evidence.answer) for finding, evidence in pairs]
    answered = {
        (answer.aspect, finding.group) for finding, _, answer in every if answer and not answer.own
    }
    return [
        (finding, evidence)
        for finding, evidence, answer in every
        if not (answer and answer.own and (answer.aspect, finding.group) in answered)
    ]


def find_urgent_issues(assessment: Assessment) -> list[Issue]:
    """What calls for action before the rest is read, the most urgent first.

    A rule alone does not: it says nothing of what happens.
    """
    pairs = list(_urgent_pairs(assessment))
    pairs.sort(key=lambda pair: (_is_urgent_for_anyone(assessment, *pair), pair[1].outcome.rank))
    issues = _issues_of(pairs, assessment)
    for answer in assessment.answers:
        if answer.adverse and not answer.only_a_rule:
            issues += _issues_without_norm(answer, assessment)
    return sorted(issues, key=lambda issue: min(urgency.rank for urgency in issue.urgency))


def _urgent_pairs(assessment: Assessment) -> Iterator[_Pair]:
    """What a statement raises under a norm or a question that calls for action."""
    for finding in assessment.findings:
        if finding.outcome == Outcome.NOT_APPLICABLE:
            continue
        for evidence in finding.evidence:
            raised = evidence.outcome == Outcome.CONCERN or evidence.reason.raised_by_statement
            rule = evidence.answer is not None and evidence.answer.only_a_rule
            if raised and not rule and evidence.place and _urgency(assessment, finding, evidence):
                yield finding, evidence


def choose_first(issues: Sequence[Issue], shown: Iterable[Issue], most: int) -> list[Issue]:
    """The gravest `most` of the issues, in their order.

    Issues that are `shown` already come in only if there is room. Of those that are as grave, the
    first answer to each question comes before the second to any.
    """
    seen = {(issue.evidence.statement, group) for issue in shown for group in issue.groups}
    count: Counter[tuple[int, str]] = Counter()  # of issues that are not shown yet
    ranked: list[tuple[bool, int, int, int]] = []
    for place, issue in enumerate(issues):
        statement, answer = issue.evidence.statement, issue.evidence.answer
        again = bool(issue.groups) and all((statement, group) in seen for group in issue.groups)
        alike = issue.harm, answer.aspect if answer else ""
        ranked.append((again, issue.harm, count[alike], place))
        count[alike] += not again
    chosen = sorted(place for *_, place in sorted(ranked)[:most])
    return [issues[place] for place in chosen]


def _issues_without_norm(answer: Answer, assessment: Assessment) -> Iterator[Issue]:
    """Issues for the groups of an adverse answer to an urgent question, if no norm is about them.

    So the report names a child in danger even if nobody said whether the child is a migrant.
    """
    looking = [
        (finding, check)
        for finding in assessment.findings
        for check in finding.norm.checks
        if check.aspect == answer.aspect
    ]
    urgency = dict.fromkeys(
        reason for _, check in looking for reason in check.urgency if reason.whoever
    )
    with_norm = {finding.group for finding, _ in looking if not finding.reason.not_about_group}
    for group in answer.groups:
        kinds = assessment.profile.kinds.get(group, frozenset())
        denied_kinds = assessment.profile.none.get(group, frozenset())
        # `among`: only for this kind of people; `unless`: not if there is nobody of this kind.
        reasons = tuple(
            reason
            for reason in urgency
            if (reason.among is None or reason.among in kinds) and reason.unless not in denied_kinds
        )
        if reasons and group not in with_norm:
            evidence = Evidence(
                Outcome.NEEDS_REVIEW,
                Reason.NO_NORM_KNOWN_TO_APPLY,
                "",
                "",
                INFO,
                f"{answer.words} It is not known that a norm of the source is about these people",
                answer.statement,
                answer.place,
                answer=answer,
            )
            told = (check.remedy for _, check in looking if set(reasons) & set(check.urgency))
            steps = tuple(Step(text, None) for text in dict.fromkeys(told))
            yield Issue(evidence, (assessment.groups[group],), (), reasons, steps)


def _issues_of(pairs: Iterable[_Pair], assessment: Assessment) -> list[Issue]:
    """One issue for each statement, in the order of the pairs."""
    by_statement: dict[object, list[_Pair]] = {}
    for finding, evidence in pairs:
        key = evidence.statement or (finding.norm.iri, finding.group)
        by_statement.setdefault(key, []).append((finding, evidence))
    return [_issue(alike, assessment) for alike in by_statement.values()]


def _issue(pairs: Sequence[_Pair], assessment: Assessment) -> Issue:
    def complexity(pair: _Pair) -> tuple[bool, int]:
        return _is_urgent_for_anyone(assessment, *pair), _count_clauses(pair[1])

    urgency: dict[Urgency, None] = {}
    for finding, evidence in pairs:
        urgency |= dict.fromkeys(_urgency(assessment, finding, evidence))
    gravest = sorted(pairs, key=lambda pair: (pair[1].outcome.rank, _gravity(pair)))
    steps = (
        Step(finding.norm.criterion(evidence.check).remedy, finding.norm)
        for finding, evidence in gravest
    )
    return Issue(
        min(pairs, key=complexity)[1],
        labels_of({finding.group for finding, _ in pairs}, assessment),
        tuple({finding.norm.iri: finding.norm for finding, _ in gravest}.values()),
        tuple(urgency),
        tuple(dict.fromkeys(steps)),
        min(_gravity(pair)[:2] for pair in pairs),
    )


def _gravity(pair: _Pair) -> tuple[int, int, int, str]:
    """What is at stake in what some evidence shows, and the place of its norm."""
    finding, evidence = pair
    norm = finding.norm
    return norm.harm_in(evidence.check), norm.topic_rank, norm.line, norm.iri


def _is_urgent_for_anyone(assessment: Assessment, finding: Finding, evidence: Evidence) -> bool:
    """Whether every reason to act comes from the question and counts whoever the people are.

    If not, the norm itself is urgent for these people. Its message says more plainly why, so it
    goes first.
    """
    return all(reason.whoever for reason in _urgency(assessment, finding, evidence))


def _count_clauses(evidence: Evidence) -> int:
    """About how many clauses a message has: the fewer, the simpler it is."""
    return sum(evidence.message.count(mark) for mark in ",;.")


def _urgency(assessment: Assessment, finding: Finding, evidence: Evidence) -> list[Urgency]:
    """The reasons to act that the check behind this evidence has for this group."""
    kinds = assessment.profile.kinds.get(finding.group or "", frozenset())
    check = next((check for check in finding.norm.checks if check.iri == evidence.check), None)
    reasons = check.urgency if check else ()
    return [reason for reason in reasons if reason.among is None or reason.among in kinds]
