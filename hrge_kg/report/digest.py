"""What a report for people takes from an assessment, and in which order.

It chooses, groups and sorts. The sentences are made in `first_page`, `questions`, `concerns`,
`rest` and `topics`, which `compose` puts together.

Some answers call for action at once. The data say so of a question of the form, of a norm, or of
one of its checks (data/act-now.ttl). An `Urgency` is such a reason to act. If it is `whoever`, it
comes from the question and counts even if no norm is known to be about the people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..assessment.answer_fates import AnswerFate, answer_fates
from ..assessment.answers import Answer
from ..assessment.enums import Outcome, Reason
from ..assessment.model import INFO, Assessment, Evidence, Finding
from ..assessment.norms import Norm, Question, Urgency
from ..markup.document import plain
from ..namespaces import kebab, local_name

_Pair = tuple[Finding, Evidence]
MOST_OF_ONE_HARM = 2
"""The most issues of one kind of harm on the first page, if there are issues of other kinds."""


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one norm with one outcome, which share one entry of the report.

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
        """Whether the report gives it a section of its own.

        What is met, or is for review whatever is stated, has only a line.
        """
        in_full = (Outcome.CONCERN, Outcome.IN_PART)
        return self.finding.outcome in in_full or self.finding.raised_for_review

    @property
    def whatever_is_stated(self) -> bool:
        """Whether a person has to look at it whatever is stated, and nothing stated touches it."""
        review = self.finding.outcome == Outcome.NEEDS_REVIEW and not self.finding.raised_for_review
        return review and self.finding.leading is None


@dataclass(frozen=True)
class Issue:
    """One thing stated that is of concern or calls for action at once.

    It is one issue however many norms speak to it. `evidence` has the message to show, `urgency`
    the reasons to act at once.
    """

    evidence: Evidence
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]
    urgency: tuple[Urgency, ...] = ()


@dataclass(frozen=True)
class QuestionSummary:
    """A question in the words of the form.

    `groups` are those for which it is open, `norms` those that an answer helps to settle, `things`
    what it is open for, if it is asked about single things. `key` is its key in the form.
    """

    text: str
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]
    place: str = ""
    """Where the answer goes: the key of the form."""
    things: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Unasked:
    """Norms that depend on who people are; they have one line, and no question is asked.

    Either nobody said whether people of these `kinds` are in the groups, or answers (`denied_by`)
    state a fact that speaks against a yes to `question`.
    """

    question: str
    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    norms: tuple[Norm, ...]
    place: str
    denied_by: tuple[Answer, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Topic:
    """What is found under one topic, worst first."""

    label: str
    findings: tuple[FindingGroup, ...]


def group_findings(findings: Iterable[Finding], assessment: Assessment) -> list[FindingGroup]:
    """Put findings of one norm with the same outcome together.

    Reviews that a statement raises, and norms that do not apply, are put together only if the
    reason is the same.
    """
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.norm.iri, finding.outcome, _reason_to_separate(finding))
        alike.setdefault(key, []).append(finding)
    return [
        FindingGroup(tuple((_group_label(finding, assessment), finding) for finding in same))
        for same in alike.values()
    ]


def _reason_to_separate(finding: Finding) -> str | None:
    """What findings must share to be put together, besides norm and outcome; None: nothing."""
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

    They are sorted by harm, then by topic (locked doors come before missing lessons), then by how
    many norms speak to them. Pairs with the same statement are one issue, with the simplest of
    their messages.
    """

    def gravity(issue: Issue) -> tuple[int, int, int]:
        harm, topic = min((norm.harm, norm.topic_rank) for norm in issue.norms)
        return harm, topic, -len(issue.norms)

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
    """The first `most` of the issues, in their order.

    Issues that are `shown` already, and a third issue of one kind of harm, come in only if there is
    room: many issues of one kind must not hide the others.
    """
    seen = {(issue.evidence.statement, group) for issue in shown for group in issue.groups}
    count: Counter[int] = Counter()  # of issues that are not shown yet, by harm
    ranked: list[tuple[bool, bool, int]] = []
    for place, issue in enumerate(issues):
        statement, harm = issue.evidence.statement, _harm(issue)
        again = bool(issue.groups) and all((statement, group) in seen for group in issue.groups)
        count[harm] += not again
        ranked.append((again, count[harm] > MOST_OF_ONE_HARM, place))
    chosen = sorted(place for _, _, place in sorted(ranked)[:most])
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
            yield Issue(evidence, (assessment.groups[group],), (), reasons)


def summarise_questions(assessment: Assessment) -> list[QuestionSummary]:
    """Each open question once.

    What bears mostly on what the programme does comes first, then the weightiest. Who else may be
    among the people is left out, and what a stated fact answers: `find_unasked` has them.
    """
    rank = {question: place for place, (question, _) in enumerate(assessment.questions)}
    norms: dict[Question, dict[str, Norm]] = {}
    groups: dict[Question, set[str | None]] = {}
    for finding in assessment.findings:
        for question in finding.questions:
            if not question.kinds and not _denials(question, finding.group, assessment):
                norms.setdefault(question, {})[finding.norm.iri] = finding.norm
                groups.setdefault(question, set()).add(finding.group)
    topics = assessment.profile.topics

    def weight(question: Question) -> tuple[bool, int]:
        bearing = [bool(topics & set(norm.topics[:1])) for norm in norms[question].values()]
        return 2 * sum(bearing) <= len(bearing), rank[question]

    asked = _words_by_aspect(assessment)
    alike: dict[tuple[str, str], list[tuple[Question, str]]] = {}
    for question in sorted(norms, key=weight):
        about = assessment.profile.asked_as.get(question.about, question.about)
        if about != question.about and about in asked:
            text, thing = asked[about], ""
        else:
            text, thing = _apart(question.text, asked.get(about, ""))
        alike.setdefault((about, text), []).append((question, thing))
    return [
        _summary(about, text, same, norms, groups, assessment)
        for (about, text), same in alike.items()
    ]


def _summary(
    about: str,
    text: str,
    same: Sequence[tuple[Question, str]],
    norms: Mapping[Question, Mapping[str, Norm]],
    groups: Mapping[Question, set[str | None]],
    assessment: Assessment,
) -> QuestionSummary:
    """One question for all that it is asked about, and for all groups."""
    whole = {group for question, _ in same for group in groups[question]}
    by_thing: dict[str, set[str | None]] = {}
    for question, thing in same:
        by_thing.setdefault(thing, set()).update(groups[question])
    things = [
        (thing or "all of it")
        + ("" if of == whole else f" ({', '.join(map(plain, _labels(of, assessment)))})")
        for thing, of in by_thing.items()
    ]
    labels = _labels(whole, assessment)
    place = _place_of_answer(about, labels, assessment)
    return QuestionSummary(
        text,
        labels,
        tuple({iri: norm for one, _ in same for iri, norm in norms[one].items()}.values()),
        place,
        tuple(things) if any(by_thing) else (),
        place.rpartition(".")[2],
    )


def _words_by_aspect(assessment: Assessment) -> dict[str, str]:
    """The question of each aspect (IRI) that some norm looks at, about no thing."""
    return {
        one.aspect: one.question for finding in assessment.findings for one in finding.norm.criteria
    }


def _apart(text: str, question: str) -> tuple[str, str]:
    """A question without the thing that it is asked about, and that thing.

    >>> _apart("In practice: As to food: Is it given?", "Is it given?")
    ('In practice: Is it given?', 'food')
    """
    found = re.fullmatch(rf"(.*?)As to (.+): {re.escape(question)}", text) if question else None
    return (f"{found[1]}{question}", found[2]) if found else (text, "")


def find_unasked(assessment: Assessment) -> list[Unasked]:
    """The norms about people whom nobody mentioned, or who a stated fact says are not there.

    Those with the most norms come first.
    """
    norms: dict[Question, dict[str, Norm]] = {}
    groups: dict[Question, set[str | None]] = {}
    denials: dict[Question, dict[str, Answer]] = {}
    asked = _words_by_aspect(assessment)
    for finding in assessment.findings:
        for question in finding.questions:
            denying = _denials(question, finding.group, assessment)
            if question.kinds or denying:
                about = assessment.profile.asked_as.get(question.about, question.about)
                if denying and about in asked:
                    question = Question(about, asked[about])
                norms.setdefault(question, {})[finding.norm.iri] = finding.norm
                groups.setdefault(question, set()).add(finding.group)
                denied = denials.setdefault(question, {})
                denied.update({answer.statement: answer for answer in denying})
    every = []
    for question, of_question in norms.items():
        labels = _labels(groups[question], assessment)
        place = _place_of_answer(question.about, labels, assessment)
        every.append(
            Unasked(
                question.text,
                question.kinds,
                labels,
                tuple(of_question.values()),
                place,
                tuple(denials[question].values()),
                place.rpartition(".")[2],
            )
        )
    return sorted(every, key=lambda one: (bool(one.denied_by), -len(one.norms), one.kinds))


def _denials(question: Question, group: str | None, assessment: Assessment) -> list[Answer]:
    """The answers that state a key fact against what a question asks of a group.

    None do if any fact of the same matter is adverse: then the question is worth its answer.
    """
    facts = assessment.profile.facts.get(question.about, {})
    stated = [
        answer
        for answer in assessment.answers
        if answer.aspect in facts and (not answer.groups or group in answer.groups)
    ]
    if any(answer.adverse for answer in stated):
        return []
    return [
        answer
        for answer in stated
        if facts[answer.aspect]
        and answer.favourable
        and answer.in_practice
        and group not in answer.parts
        and not any(
            slot.slot in _NARROWING and answer.keys(slot.slot) != ("always",)
            for slot in answer.slots
        )
    ]


_NARROWING = ("frequency", "condition", "ground", "quantity", "until")
"""Slots with which an answer is not about everything, all the time."""


def _place_of_answer(about: str, groups: Sequence[str], assessment: Assessment) -> str:
    """Where the form has the answer about an aspect or dimension (IRI); NAME: of some group."""
    of_people = assessment.profile.form_keys.get(about)
    if of_people is None:
        return f"answers.{kebab(local_name(about))}"
    return of_people.replace("NAME", groups[0]) if len(groups) == 1 else of_people


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
    return Issue(
        min(pairs, key=complexity)[1],
        _labels({finding.group for finding, _ in pairs}, assessment),
        tuple({finding.norm.iri: finding.norm for finding, _ in pairs}.values()),
        tuple(urgency),
    )


def _labels(groups: set[str | None], assessment: Assessment) -> tuple[str, ...]:
    """The labels of some groups, in the order of the description."""
    return tuple(label for group, label in assessment.groups.items() if group in groups)


def _harm(issue: Issue) -> int:
    return min(norm.harm for norm in issue.norms)


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
