"""What leads where in a report: from what is stated to what is found, and back.

The report with all findings has an anchor for each; the short one has anchors for answers alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..assessment.answer_fates import AnswerFate, answer_fates
from ..assessment.answers import Answer
from ..assessment.model import Assessment, Evidence
from ..assessment.norms import Norm
from ..markup.document import Link, Span, Text
from ..namespaces import local_name
from .digest import FindingGroup, Topic, group_by_topic
from .issues import Issue


class Leads:
    """The anchors of one report, and links to them."""

    def __init__(self, assessment: Assessment, *, annex: bool) -> None:
        self.fates: Sequence[AnswerFate] = answer_fates(assessment)
        self.topics: Sequence[Topic] = group_by_topic(assessment)
        self._numbers = {
            (fate.answer.statement, fate.answer.aspect): number
            for number, fate in enumerate(self.fates, 1)
        }
        self._groups = {label: iri for iri, label in assessment.groups.items()}
        self._findings: dict[tuple[str, str | None], str] = {}
        self._by_norm: dict[str, str] = {}
        if annex:
            self._name_findings()

    def _name_findings(self) -> None:
        for topic in self.topics:
            for group in topic.findings:
                if not group.whatever_is_stated:
                    anchor = self.finding_anchor(group)
                    self._by_norm.setdefault(group.norm.iri, anchor)
                    for _, finding in group.findings:
                        self._findings[group.norm.iri, finding.group] = anchor

    def finding_anchor(self, group: FindingGroup) -> str:
        """The anchor of findings that share one entry."""
        first = group.finding.group
        number = list(self._groups.values()).index(first) + 1 if first else 0
        return f"finding-{local_name(group.norm.iri)}-{number}"

    def number(self, answer: Answer | None) -> int | None:
        """The number of an answer in the last part of the report."""
        return self._numbers.get((answer.statement, answer.aspect)) if answer else None

    def to_answer(self, answer: Answer | None) -> tuple[Span, ...]:
        """A link to what became of an answer, and a comma; nothing if it is not an answer."""
        number = self.number(answer)
        return (Link(f"answer {number}", f"#answer-{number}"), ", ") if number else ()

    def to_norm(self, norm: Norm, groups: Iterable[str] = (), words: str = "") -> Span:
        """The name of a norm, or other words, leading to what is found under it for these groups.

        `groups` are IRIs. If the report has no such entry, these are words alone.
        """
        found = (self._findings.get((norm.iri, group)) for group in (*groups, None))
        anchor = next((anchor for anchor in found if anchor), self._by_norm.get(norm.iri, ""))
        text = words or norm.label
        return Link(text, f"#{anchor}") if anchor else text

    def issue(self, issue: Issue, words: str) -> Text:
        """Words on an issue, leading to the gravest finding; in the short report, to the answer."""
        groups = [self._groups[label] for label in issue.groups]
        for norm in issue.norms:
            span = self.to_norm(norm, groups, words)
            if isinstance(span, Link):
                return (span,)
        return self.evidence(issue.evidence, words)

    def evidence(self, evidence: Evidence, words: str) -> Text:
        """Words leading to the answer on which some evidence rests, if it rests on one."""
        number = self.number(evidence.answer)
        return (Link(words, f"#answer-{number}"),) if number else words


def topic_anchor(label: str) -> str:
    """The anchor of a topic.

    >>> topic_anchor("privacy and safety"), topic_anchor("")
    ('topic-privacy-and-safety', 'topic-other')
    """
    return "topic-" + (re.sub(r"\W+", "-", label.lower()).strip("-") or "other")
