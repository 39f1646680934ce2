"""What an assessment is made of: outcomes, the evidence for each, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..form.description import Description, Place
from ..namespaces import CONCEPT, HRGE, SH, term_text
from .answers import Answer
from .norms import Norm, Question
from .profile import ProgrammeProfile

if TYPE_CHECKING:
    import rdflib

    from .engines import Validation


OUTCOMES = ("concern", "needs-review", "not-stated", "in-part", "met", "not-applicable")
"""Worst first. (ontology/vocabularies/outcome.ttl)"""


RAISED = frozenset({"limit claimed", "exception", "two readings", "part said not to apply"})
"""Reviews that something in the description raises; the others come with the norm, whatever is said."""


RULE_ONLY = "rule without practice"
"""The reason of a silence about the practice. It is none where the same check is shown by a practice that stands beside the rule."""


INFO = SH + "Info"


@dataclass(frozen=True)
class Evidence:
    """What one shape found: outcome, reason, shape, severity, message; the statement and its place, where there is one."""

    outcome: str
    reason: str
    shape: str
    check: str
    severity: str
    message: str
    statement: str | None
    place: Place | None


@dataclass(frozen=True)
class Finding:
    """The outcome for one norm and one group (None: the programme itself, or no group is described)."""

    norm: Norm
    group: str | None
    outcome: str
    reason: str
    message: str
    because: str
    remedy: str = ""
    evidence: tuple[Evidence, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def leading(self) -> Evidence | None:
        """The evidence that the outcome rests on; what was stated, where the outcome rests on an exception."""
        first = (
            self.evidence[0]
            if self.evidence and self.reason.startswith(("exception", "part said"))
            else None
        )
        return next((e for e in self.evidence if e.outcome == self.outcome), first)


@dataclass(frozen=True)
class Assessment:
    """All findings for one programme."""

    description: Description
    findings: tuple[Finding, ...]
    groups: Mapping[str, str] = field(default_factory=dict)
    validation: Validation | None = field(default=None, repr=False, compare=False)
    """What the engine found, from which the findings come."""
    about: ProgrammeProfile = field(default_factory=ProgrammeProfile)
    stated: tuple[Answer, ...] = field(default=(), repr=False)
    """What is answered, whether or not any norm looks at it."""

    @property
    def report(self) -> rdflib.Graph | None:
        """The W3C validation report that the findings come from."""
        return self.validation.report if self.validation else None

    @property
    def overall(self) -> dict[str, str]:
        """The worst outcome of each norm."""
        worst: dict[str, str] = {}
        for finding in self.findings:
            known = worst.get(finding.norm.iri, finding.outcome)
            worst[finding.norm.iri] = min(known, finding.outcome, key=OUTCOMES.index)
        return worst

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each outcome, all outcomes named."""
        return {outcome: sum(f.outcome == outcome for f in self.findings) for outcome in OUTCOMES}

    @property
    def questions(self) -> list[tuple[Question, list[Norm]]]:
        """The questions that would settle what is not stated, weightiest first: by harm, then by how many norms they settle."""
        asked: dict[Question, dict[str, Norm]] = {}
        for finding in self.findings:
            for question in finding.questions:
                asked.setdefault(question, {})[finding.norm.iri] = finding.norm
        pairs = [(question, list(norms.values())) for question, norms in asked.items()]
        return sorted(
            pairs,
            key=lambda pair: (
                min(n.harm for n in pair[1]),
                -len(pair[1]),
                pair[0].text,
                pair[0].about,
            ),
        )

    @property
    def unread(self) -> list[Place]:
        """Answers that no check of any norm looked at: they raise nothing and show nothing."""
        read = {evidence.statement for finding in self.findings for evidence in finding.evidence}
        said = {
            term_text(subject)
            for subject, predicate, value in self.description.triples
            if predicate.value == HRGE + "holds" and term_text(value) != CONCEPT + "dont-know"
        }
        return [place for iri, place in self.description.places.items() if iri in said - read]

    @property
    def quiet(self) -> bool:
        """Whether something applies and is stated, and no statement is of concern or for review: exit code 0."""
        stated = any(
            f.outcome in ("met", "in-part") or (f.outcome == "needs-review" and f.leading)
            for f in self.findings
        )
        return stated and not self.raises("review")

    def raises(self, least: str) -> bool:
        """Whether there is a concern; from `review` on also a review that something stated raises; from `not-stated` on also silence."""
        return any(
            f.outcome == "concern"
            or (least != "concern" and f.outcome == "needs-review" and f.reason in RAISED)
            or (least == "not-stated" and f.outcome == "not-stated")
            for f in self.findings
        )
