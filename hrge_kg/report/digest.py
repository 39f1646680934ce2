"""What a report for people takes from an assessment, and in which order.

It chooses, groups and sorts. The sentences are made in `first_page`, `questions`, `concerns`,
`rest` and `topics`, which `compose` puts together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..assessment.answers import Answer
from ..assessment.enums import Outcome
from ..assessment.model import Assessment, Finding
from ..assessment.norms import Norm, Question
from ..markup.document import plain
from ..namespaces import kebab, local_name


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
    def harm(self) -> int:
        """What is at stake: from 1, the gravest."""
        return min(finding.harm for _, finding in self.findings)

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
    return group.finding.outcome.rank, group.harm, norm.source, norm.line, norm.iri


def _gravity_of_topic(topic: Topic) -> tuple[int, int, int, str]:
    worst = topic.findings[0]
    return worst.finding.outcome.rank, worst.harm, worst.norm.topic_rank, topic.label


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
        + ("" if of == whole else f" ({', '.join(map(plain, labels_of(of, assessment)))})")
        for thing, of in by_thing.items()
    ]
    labels = labels_of(whole, assessment)
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
        labels = labels_of(groups[question], assessment)
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


def labels_of(groups: set[str | None], assessment: Assessment) -> tuple[str, ...]:
    """The labels of some groups, in the order of the description."""
    return tuple(label for group, label in assessment.groups.items() if group in groups)
