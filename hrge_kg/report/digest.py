"""What a report for people tells of an assessment, and in which order.

It chooses, groups and sorts; the words are in `compose` and in what that puts together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..assessment.answers import Answer
from ..assessment.enums import Outcome, Reason
from ..assessment.model import INFO, Assessment, Evidence, Finding
from ..assessment.norms import Advocacy, Norm, Urgency

_Pair = tuple[Finding, Evidence]
MOST_OF_A_HARM = 2
"""Issues of one kind of harm among the first, as long as there are others."""


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one norm with one outcome, told together.

    Each has the label of its group, which is empty for the programme itself.
    """

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
        """Their norm."""
        return self.finding.norm

    @property
    def told_in_full(self) -> bool:
        """Whether the report gives it a section; what is met, or open anyhow, has one line."""
        in_full = (Outcome.CONCERN, Outcome.IN_PART)
        return self.finding.outcome in in_full or self.finding.raised_for_review


@dataclass(frozen=True)
class Issue:
    """One thing stated that is of concern, however many norms speak to it."""

    evidence: Evidence
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]
    urgency: tuple[Urgency, ...] = ()


@dataclass(frozen=True)
class QuestionSummary:
    """A question in the words of the form.

    `groups` are those for which it is open, `norms` those that an answer helps to settle.
    """

    text: str
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]


@dataclass(frozen=True)
class UnusedAnswers:
    """Answers to one question that no norm looked at, and why.

    `waits`: for some group it is not known whether the norms that look at the question are about
    it, and `questions` would tell; else they are about others (`about`), or there are none.
    `advocacy` is what the source answers to doubts.
    """

    answers: tuple[Answer, ...]
    waits: bool
    about: tuple[str, ...]
    questions: tuple[str, ...]
    advocacy: tuple[Advocacy, ...]


@dataclass(frozen=True)
class Topic:
    """What is found under one topic, worst first."""

    label: str
    findings: tuple[FindingGroup, ...]


def group_findings(findings: Iterable[Finding], assessment: Assessment) -> list[FindingGroup]:
    """Put findings of one norm with the same outcome together.

    Reviews that a statement raises, and what does not apply, only if it is for the same reason.
    """
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.norm.iri, finding.outcome, _reason_that_parts(finding))
        alike.setdefault(key, []).append(finding)
    return [
        FindingGroup(tuple((_group_label(finding, assessment), finding) for finding in same))
        for same in alike.values()
    ]


def _reason_that_parts(finding: Finding) -> str | None:
    if finding.raised_for_review:
        return finding.reason
    return finding.message if finding.outcome == Outcome.NOT_APPLICABLE else None


def _group_label(finding: Finding, assessment: Assessment) -> str:
    return assessment.groups[finding.group] if finding.group else ""


def group_by_topic(assessment: Assessment) -> list[Topic]:
    """The topics under which something is stated or is to be looked at.

    Concerns before the rest, then by harm, then in the topics' own order.
    """
    left_out = (Outcome.NOT_STATED, Outcome.NOT_APPLICABLE)
    kept = [finding for finding in assessment.findings if finding.outcome not in left_out]
    by_topic: dict[str, list[FindingGroup]] = {}
    for group in group_findings(kept, assessment):
        by_topic.setdefault(next(iter(group.norm.topics), ""), []).append(group)
    topics = [
        Topic(label, tuple(sorted(groups, key=_gravity_of_group)))
        for label, groups in by_topic.items()
    ]
    return sorted(topics, key=_gravity_of_topic)


def _gravity_of_group(group: FindingGroup) -> tuple[int, int, str, int, str]:
    norm = group.norm
    return group.finding.outcome.rank, norm.harm, norm.source, norm.line, norm.iri


def _gravity_of_topic(topic: Topic) -> tuple[int, int, int, str]:
    worst = topic.findings[0]
    return worst.finding.outcome.rank, worst.norm.harm, worst.norm.topic_rank, topic.label


def find_issues(assessment: Assessment) -> list[Issue]:
    """What is of concern, gravest first.

    By harm, topic (a lock before a class), and how many norms speak to it. Concerns that rest on
    the same statement are one issue, in the plainest words.
    """
    concerns = [finding for finding in assessment.findings if finding.outcome == Outcome.CONCERN]
    speaking: dict[str | None, dict[str, Norm]] = {}  # the norms that speak to a statement
    for finding in concerns:
        for evidence in finding.evidence:
            if evidence.outcome == Outcome.CONCERN:
                speaking.setdefault(evidence.statement, {})[finding.norm.iri] = finding.norm

    def gravity(issue: Issue) -> tuple[int, int, int]:
        norms = speaking[issue.evidence.statement].values()
        harm, topic = min((norm.harm, norm.topic_rank) for norm in norms)
        return harm, topic, -len(norms)

    pairs = [(finding, finding.leading) for finding in concerns if finding.leading]
    return sorted(_issues_of(pairs, assessment), key=gravity)


def find_urgent_issues(assessment: Assessment) -> list[Issue]:
    """What calls for action before the rest is read, the most urgent first.

    The data say which: of norms and of questions. (data/act-now.ttl)
    """
    pairs = list(_urgent_pairs(assessment))
    pairs.sort(key=lambda pair: (_is_urgent_of_itself(assessment, *pair), pair[1].outcome.rank))
    issues = _issues_of(pairs, assessment)
    for answer in assessment.answers:
        if answer.adverse:
            issues += _issues_without_norm(answer, assessment)
    return sorted(issues, key=lambda issue: min(urgency.rank for urgency in issue.urgency))


def _urgent_pairs(assessment: Assessment) -> Iterator[_Pair]:
    for finding in assessment.findings:
        if finding.outcome == Outcome.NOT_APPLICABLE:
            continue
        for evidence in finding.evidence:
            raised = evidence.outcome == Outcome.CONCERN or evidence.reason.raised_by_statement
            if raised and evidence.place and _urgency(assessment, finding, evidence):
                yield finding, evidence


def choose_first(issues: Sequence[Issue], shown: Iterable[Issue], most: int) -> list[Issue]:
    """The gravest issues, at most so many, in their order.

    What is shown already comes in only if there is room, and so does a third issue of one kind of
    harm: many alike must not hide the rest.
    """
    before = {(issue.evidence.statement, group) for issue in shown for group in issue.groups}
    count: Counter[int] = Counter()  # of issues that are not shown yet, by harm
    ranked: list[tuple[bool, bool, int]] = []
    for place, issue in enumerate(issues):
        statement, harm = issue.evidence.statement, _harm(issue)
        again = bool(issue.groups) and all((statement, group) in before for group in issue.groups)
        count[harm] += not again
        ranked.append((again, count[harm] > MOST_OF_A_HARM, place))
    chosen = sorted(place for _, _, place in sorted(ranked)[:most])
    return [issues[place] for place in chosen]


def find_unused_answers(assessment: Assessment) -> list[UnusedAnswers]:
    """The answers that no norm looked at, question by question, in the order of the file."""
    looking: dict[str, list[Finding]] = {}  # by aspect: the findings of norms that look at it
    for finding in assessment.findings:
        for aspect in {check.aspect for check in finding.norm.checks}:
            looking.setdefault(aspect, []).append(finding)
    unread = set(assessment.unread)
    by_aspect: dict[str, list[Answer]] = {}
    for answer in assessment.answers:
        if assessment.description.place(answer.statement) in unread:
            by_aspect.setdefault(answer.aspect, []).append(answer)
    return [
        _unused_answers(answers, looking.get(aspect, ())) for aspect, answers in by_aspect.items()
    ]


def _unused_answers(answers: Sequence[Answer], looking: Iterable[Finding]) -> UnusedAnswers:
    groups = {group for answer in answers for group in answer.groups}
    of_groups = [finding for finding in looking if finding.group is None or finding.group in groups]
    if any(not finding.reason.not_about_group for finding in of_groups):
        of_groups = []  # they do look at the question, but not at this answer
    waiting = [finding for finding in of_groups if finding.reason == Reason.APPLICABILITY_NOT_KNOWN]
    questions = [question.text for finding in waiting for question in finding.questions]
    kept = waiting or of_groups
    advocacy = {pair.iri: pair for finding in kept for pair in finding.norm.advocacy}
    return UnusedAnswers(
        tuple(answers),
        bool(waiting),
        tuple(dict.fromkeys(finding.norm.applies_label for finding in kept)),
        tuple(dict.fromkeys(questions)),
        tuple(advocacy.values()),
    )


def _issues_without_norm(answer: Answer, assessment: Assessment) -> Iterator[Issue]:
    """An adverse answer that is urgent of itself, for groups that no norm is known to speak of.

    So that a child in danger is named even where nobody said whether the child is a migrant.
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
    spoken_of = {finding.group for finding, _ in looking if not finding.reason.not_about_group}
    for group in answer.groups:
        kinds = assessment.profile.kinds.get(group, frozenset())
        none = assessment.profile.none.get(group, frozenset())
        counting = tuple(
            reason
            for reason in urgency
            if (reason.among is None or reason.among in kinds) and reason.unless not in none
        )
        if counting and group not in spoken_of:
            evidence = Evidence(
                Outcome.NEEDS_REVIEW,
                Reason.NO_NORM_KNOWN_TO_APPLY,
                "",
                "",
                INFO,
                f"“{answer.question}” is answered: {answer.answer}. "
                "It is not known that a norm of the source is about these people",
                answer.statement,
                assessment.description.place(answer.statement),
            )
            yield Issue(evidence, (assessment.groups[group],), (), counting)


def summarise_questions(assessment: Assessment) -> list[QuestionSummary]:
    """Each open question once, weightiest first."""
    norms_of: dict[str, dict[str, Norm]] = {}
    for question, norms in assessment.questions:
        norms_of.setdefault(question.text, {}).update({norm.iri: norm for norm in norms})
    open_for: dict[str, set[str | None]] = {}
    for finding in assessment.findings:
        for question in finding.questions:
            open_for.setdefault(question.text, set()).add(finding.group)
    return [
        QuestionSummary(text, _labels(open_for[text], assessment), tuple(norms.values()))
        for text, norms in norms_of.items()
    ]


def _issues_of(pairs: Iterable[_Pair], assessment: Assessment) -> list[Issue]:
    """One issue for each statement, in the order of the pairs."""
    same: dict[object, list[_Pair]] = {}
    for finding, evidence in pairs:
        key = evidence.statement or (finding.norm.iri, finding.group)
        same.setdefault(key, []).append((finding, evidence))
    return [_issue(alike, assessment) for alike in same.values()]


def _issue(pairs: Sequence[_Pair], assessment: Assessment) -> Issue:
    def obscurity(pair: _Pair) -> tuple[bool, int]:
        return _is_urgent_of_itself(assessment, *pair), _clauses(pair[1])

    urgency: dict[Urgency, None] = {}
    for finding, evidence in pairs:
        urgency |= dict.fromkeys(_urgency(assessment, finding, evidence))
    return Issue(
        min(pairs, key=obscurity)[1],
        _labels({finding.group for finding, _ in pairs}, assessment),
        tuple({finding.norm.iri: finding.norm for finding, _ in pairs}.values()),
        tuple(urgency),
    )


def _labels(groups: set[str | None], assessment: Assessment) -> tuple[str, ...]:
    """The labels of some groups, in the order of the description."""
    return tuple(label for group, label in assessment.groups.items() if group in groups)


def _harm(issue: Issue) -> int:
    return min(norm.harm for norm in issue.norms)


def _is_urgent_of_itself(assessment: Assessment, finding: Finding, evidence: Evidence) -> bool:
    """Whether urgency comes from the question alone.

    What a norm that is urgent in itself says of a statement is plainer.
    """
    return all(reason.whoever for reason in _urgency(assessment, finding, evidence))


def _clauses(evidence: Evidence) -> int:
    """How many clauses a message has, so that the plainest is told."""
    return sum(evidence.message.count(mark) for mark in ",;.")


def _urgency(assessment: Assessment, finding: Finding, evidence: Evidence) -> list[Urgency]:
    """Why the check that found this evidence calls for action, as far as that counts here."""
    kinds = assessment.profile.kinds.get(finding.group or "", frozenset())
    check = next((check for check in finding.norm.checks if check.iri == evidence.check), None)
    reasons = check.urgency if check else ()
    return [reason for reason in reasons if reason.among is None or reason.among in kinds]
