"""What an assessment is made of: outcomes, the evidence for each, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..form.description import Description, Place
from ..namespaces import CONCEPT, HRGE, SH, term_text
from .answers import Answer
from .enums import Outcome, Reason
from .norms import Norm, Question
from .profile import ProgrammeProfile

if TYPE_CHECKING:
    import pandas
    import rdflib

    from .engines import Validation

INFO = SH + "Info"


@dataclass(frozen=True)
class Evidence:
    """What one shape found, with the statement (IRI) behind it and its place, if there is one.

    `question` is what an answer has to settle; it is empty if nothing is open. `answer` is what the
    statement says, `telling` the phrases that the message adds to its words, and `thing` the label
    of what it leaves open, if it is too general.
    """

    outcome: Outcome
    reason: Reason
    shape: str
    check: str
    severity: str
    message: str
    statement: str | None
    place: Place | None
    question: str = ""
    answer: Answer | None = None
    telling: str = ""
    thing: str = ""
    compared: Answer | None = None
    """The other answer, if the evidence rests on two that differ."""
    outweighed: bool = False
    """Whether other evidence says more, so that the outcome does not rest on this."""
    value: str | None = None
    """The value (IRI) of the SHACL result: the statement, or a view of it."""

    @property
    def is_raised(self) -> bool:
        """Whether the statement itself raises a concern or a review."""
        return self.outcome == Outcome.CONCERN or (
            self.outcome == Outcome.NEEDS_REVIEW and self.reason.raised_by_statement
        )


@dataclass(frozen=True)
class Finding:
    """The outcome for one norm and one group (None: the programme, or no group is described)."""

    norm: Norm
    group: str | None
    outcome: Outcome
    reason: Reason
    message: str
    because: str
    remedy: str = ""
    evidence: tuple[Evidence, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def leading(self) -> Evidence | None:
        """The evidence that decides the outcome.

        If an exception decides, no evidence has that outcome; then it is the first of what was
        found.
        """
        for evidence in self.evidence:
            if evidence.outcome == self.outcome:
                return evidence
        return self.evidence[0] if self.evidence and self.reason.excepted else None

    @property
    def harm(self) -> int:
        """What is at stake in what decides the outcome: from 1, the gravest."""
        decide = [one for one in self.evidence if one.outcome == self.outcome]
        return min((self.norm.harm_in(one.check) for one in decide), default=self.norm.harm)

    @property
    def raised_for_review(self) -> bool:
        """Whether a person has to look because of something that is stated."""
        return self.outcome == Outcome.NEEDS_REVIEW and self.reason.raised_by_statement


@dataclass(frozen=True, repr=False)
class Assessment:
    """All findings for one programme."""

    description: Description
    findings: tuple[Finding, ...]
    groups: Mapping[str, str] = field(default_factory=dict)
    """The label of each group, by IRI."""
    validation: Validation | None = field(default=None, repr=False, compare=False)
    """What the engine found, from which the findings come."""
    profile: ProgrammeProfile = field(default_factory=ProgrammeProfile)
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    """What is answered, whether or not any norm looks at it."""
    edition: str = field(default="", compare=False)
    """The day of the state of the graph by whose norms it was assessed."""

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{number} {Outcome(outcome).words}" for outcome, number in self.counts.items()
        )
        return f"<Assessment {self.description.title}: {counts}>"

    def _repr_html_(self) -> str:
        # As with tables: notebooks ask the object itself, so the model reaches for its writer.
        from .findings_table import assessment_to_html

        return assessment_to_html(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A frame with a row for each norm and group. Raises MissingExtra without pandas.

        Its columns are norm, label, group, outcome, reason, message, because, remedy, file, line,
        key (where the leading statement stands) and page (of the norm).
        """
        from .findings_table import findings_table

        return findings_table(self).to_pandas()

    @property
    def report(self) -> rdflib.Graph | None:
        """The W3C validation report that the findings come from."""
        return self.validation.report if self.validation else None

    @property
    def overall(self) -> dict[str, Outcome]:
        """The worst outcome of each norm (IRI)."""
        worst: dict[str, Outcome] = {}
        for finding in self.findings:
            known = worst.get(finding.norm.iri, finding.outcome)
            worst[finding.norm.iri] = min(known, finding.outcome, key=lambda o: o.rank)
        return worst

    @property
    def counts(self) -> dict[str, int]:
        """How many findings have each outcome; every outcome is a key."""
        return {outcome: sum(f.outcome == outcome for f in self.findings) for outcome in Outcome}

    @property
    def questions(self) -> list[tuple[Question, list[Norm]]]:
        """The questions whose answers would settle what is not stated, each with its norms.

        The weightiest come first: by the gravest harm, then by how many norms they settle.
        """
        norms_by_question: dict[Question, dict[str, Norm]] = {}
        for finding in self.findings:
            for question in finding.questions:
                norms_by_question.setdefault(question, {})[finding.norm.iri] = finding.norm

        def weight(pair: tuple[Question, list[Norm]]) -> tuple[int, int, str, str]:
            question, norms = pair
            return min(norm.harm for norm in norms), -len(norms), question.text, question.about

        pairs = [(question, list(norms.values())) for question, norms in norms_by_question.items()]
        return sorted(pairs, key=weight)

    @property
    def unread(self) -> list[Place]:
        """The places of answers that no check looked at: they raise nothing and show nothing."""
        read = {evidence.statement for finding in self.findings for evidence in finding.evidence}
        answered = {
            term_text(subject)
            for subject, predicate, value in self.description.triples
            if predicate.value == HRGE + "holds" and term_text(value) != CONCEPT + "dont-know"
        }
        places = self.description.places.items()
        return [place for iri, place in places if iri in answered - read]

    @property
    def quiet(self) -> bool:
        """Whether the command exits with 0.

        It does if something that applies is stated, and nothing stated raises a concern or a
        review. A description that states nothing is not quiet.
        """
        stated = any(
            f.outcome.is_witnessed or (f.outcome == Outcome.NEEDS_REVIEW and f.leading)
            for f in self.findings
        )
        return stated and not self.raises("review")

    def raises(self, least: str) -> bool:
        """Whether some outcome is `least` or worse.

        `concern`: a concern. `review`: or a review that a statement raises. `not-stated`: or
        something is not stated.
        """
        return any(_is_raised(finding, least) for finding in self.findings)


def _is_raised(finding: Finding, least: str) -> bool:
    if finding.outcome == Outcome.CONCERN:
        return True
    if finding.raised_for_review:
        return least != "concern"
    return finding.outcome == Outcome.NOT_STATED and least == "not-stated"
