"""From an entailed description and a SHACL report to an outcome for every norm and group.

Met needs a witness. A checkable norm that applies and about which no shape reported anything is
an error: silence is never a pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from ..form.description import Description
from ..namespaces import HRGE, shrink, term_text
from .answers import load_answers
from .applicability import Applicability, ClassifiedDescription
from .enums import Checkability, Outcome, Reason
from .model import Assessment, Evidence, Finding
from .norms import Norm, Question
from .profile import load_profile
from .shacl import Result

LOOK = "Have a person look at it."


class MissingResultError(Exception):
    """A norm applies and no shape reported anything on it: shapes or engine cannot be trusted."""


def derive(
    description: Description, store: ox.Store, norms: Iterable[Norm], results: Sequence[Result]
) -> Assessment:
    """The outcomes for every norm and group.

    `store` is the entailed description, `results` what the outcome shapes reported over it.
    Raises MissingResultError where a check of an applicable norm has no result at all.
    """
    derivation = _Derivation(description, store, results)
    classified = derivation.classified
    return Assessment(
        description,
        tuple(
            derivation.finding(applicability)
            for norm in norms
            for applicability in classified.applicability(norm)
        ),
        classified.groups,
        profile=load_profile(description.programme, store),
        answers=load_answers(store),
    )


class _Derivation:
    """A description with what the shapes reported on each of its groups, norm by norm."""

    def __init__(
        self, description: Description, store: ox.Store, results: Sequence[Result]
    ) -> None:
        self.description = description
        self.store = store
        self.classified = ClassifiedDescription(description, store)
        self.results: dict[tuple[str, str], list[Result]] = {}
        for result in results:
            self.results.setdefault((result.focus, result.shape.norm), []).append(result)

    def finding(self, applicability: Applicability) -> Finding:
        """The outcome of a norm for a group, whether or not it applies."""
        norm = applicability.norm
        if (
            norm.checkability == Checkability.NOT_A_PROGRAMME_MATTER
            or applicability.applies == "no"
        ):
            return _not_applicable(applicability)
        if applicability.applies == "not-known":
            return _applicability_not_known(applicability)
        if norm.checkability == Checkability.HUMAN:
            return Finding(
                norm,
                applicability.group,
                Outcome.NEEDS_REVIEW,
                Reason.HUMAN_CHECK,
                norm.reason,
                applicability.because,
                "Look, ask, and judge.",
            )
        evidence = self._evidence(norm, applicability.group or self.classified.programme)
        finding = _of_evidence(applicability, evidence)
        if applicability.exception == "yes":
            return self._exception(applicability, finding)
        if applicability.exception == "not-known":
            return _exception_not_known(applicability, finding)
        return finding

    def _evidence(self, norm: Norm, unit: str) -> tuple[Evidence, ...]:
        """What the shapes of a norm reported on a group or programme (IRI), what leads first."""
        every = [self._read(norm, result) for result in self.results.get((unit, norm.iri), ())]
        _require_results(norm, unit, every)
        # A rule alone leaves practice open, but not where the same check has practice shown.
        practised = {
            e.check for e in every if e.outcome.is_witnessed or e.reason == Reason.OPEN_WORDS
        }
        kept = [
            e for e in every if e.reason != Reason.RULE_WITHOUT_PRACTICE or e.check not in practised
        ]
        return tuple(sorted(kept, key=_leading_order))

    def _exception(self, applicability: Applicability, finding: Finding) -> Finding:
        """An exception covers the group: for review, save for a concern that it leaves standing."""
        norm, group = applicability.norm, applicability.group
        classes = self.classified.classes(group or self.classified.programme)
        wholly = norm.exception_wholly in classes
        if finding.outcome == Outcome.CONCERN and not wholly:
            return finding
        return Finding(
            norm,
            group,
            Outcome.NEEDS_REVIEW,
            Reason.EXCEPTION,
            f"The source takes {norm.exception_label} out of the reach of this norm; "
            "it forbids nothing. A person has to judge.",
            applicability.because,
            "Ask the people concerned first, and judge case by case.",
            finding.evidence,
        )

    def _read(self, norm: Norm, result: Result) -> Evidence:
        shape = result.shape
        statement = self._statement(result.value)
        question = ""
        if shape.reason == Reason.SILENCE:
            question = {check.iri: check.asked for check in norm.checks}[shape.check]
        elif shape.outcome == Outcome.NOT_STATED:
            # Something is stated and leaves a question open: the message says both.
            question = shape.message
        return Evidence(
            shape.outcome,
            shape.reason,
            shape.iri,
            shape.check,
            shape.severity,
            shape.message,
            statement,
            self.description.place(statement) if statement else None,
            question,
        )

    def _statement(self, value: str | None) -> str | None:
        """The author's statement behind a view; for what a group says in itself, the group."""
        if value is None:
            return None
        for name in ("viewOf", "about"):
            for quad in self.store.quads_for_pattern(ox.NamedNode(value), HRGE(name), None, None):
                return term_text(quad.object)
        return value


def _not_applicable(applicability: Applicability) -> Finding:
    norm, group = applicability.norm, applicability.group
    if norm.checkability == Checkability.NOT_A_PROGRAMME_MATTER:
        group, reason, message = None, Reason.NOT_A_PROGRAMME_MATTER, norm.reason
    else:
        reason, message = Reason.DOES_NOT_APPLY, f"It is about {norm.applies_label}."
    return Finding(norm, group, Outcome.NOT_APPLICABLE, reason, message, applicability.because)


def _applicability_not_known(applicability: Applicability) -> Finding:
    norm, group = applicability.norm, applicability.group
    if group is None and not norm.of_programme:
        reason = Reason.NO_GROUP_DESCRIBED
        message = "No group of people is described, so it is not known whether the norm applies."
        remedy = "Describe the groups of people concerned."
    else:
        reason = Reason.APPLICABILITY_NOT_KNOWN
        message = (
            f"It is about {norm.applies_label}; "
            "the description does not say whether that is so here."
        )
        remedy = "Say who these people are."
    return Finding(
        norm,
        group,
        Outcome.NOT_STATED,
        reason,
        message,
        applicability.because,
        remedy,
        questions=applicability.questions,
    )


def _require_results(norm: Norm, unit: str, evidence: Sequence[Evidence]) -> None:
    """Every check that asks something must have a result. Raises MissingResultError."""
    if not norm.checks:
        raise MissingResultError(f"{shrink(norm.iri)} is checkable and has no check")
    reported = {e.check for e in evidence}
    for check in norm.checks:
        if not check.only_adverse and check.iri not in reported:
            raise MissingResultError(
                f"{shrink(norm.iri)} applies to {unit}, "
                f"but no shape of {shrink(check.iri)} reported anything about it"
            )


def _leading_order(evidence: Evidence) -> tuple[int, bool, str, str]:
    """Worst first; of reviews, one that a statement raises before one of the norm's open words."""
    return (
        evidence.outcome.rank,
        not evidence.reason.raised_by_statement,
        evidence.shape,
        evidence.statement or "",
    )


def _of_evidence(applicability: Applicability, evidence: tuple[Evidence, ...]) -> Finding:
    """The outcome of the leading evidence, unless the author says that a part does not apply."""
    norm, leading = applicability.norm, evidence[0]
    checks = {check.iri: check for check in norm.checks}
    outside = _outside(evidence)
    if outside and leading.outcome.is_witnessed:
        return Finding(
            norm,
            applicability.group,
            Outcome.NEEDS_REVIEW,
            Reason.PART_DOES_NOT_APPLY,
            f"Part of it is said not to apply ({checks[outside[0]].question}); "
            "whether the rest is all that the norm asks, a person has to judge.",
            applicability.because,
            LOOK,
            evidence,
        )
    remedy = ""
    if leading.outcome in (Outcome.CONCERN, Outcome.IN_PART):
        remedy = checks[leading.check].remedy
    elif leading.outcome == Outcome.NOT_STATED:
        remedy = "Answer the question, for these people and for what happens in practice."
    elif leading.outcome == Outcome.NEEDS_REVIEW:
        remedy = LOOK
    questions = [
        Question(checks[e.check].aspect, e.question)
        for e in evidence
        if e.outcome == Outcome.NOT_STATED
    ]
    if leading.outcome not in (Outcome.NOT_STATED, Outcome.NEEDS_REVIEW):
        questions = []
    return Finding(
        norm,
        applicability.group,
        leading.outcome,
        leading.reason,
        leading.message,
        applicability.because,
        remedy,
        evidence,
        tuple(dict.fromkeys(questions)),
    )


def _outside(evidence: Iterable[Evidence]) -> list[str]:
    """The checks (IRIs) of which the author says only that they do not apply."""
    outcomes: dict[str, set[Outcome]] = {}
    for one in evidence:
        outcomes.setdefault(one.check, set()).add(one.outcome)
    return [check for check, found in outcomes.items() if found == {Outcome.NOT_APPLICABLE}]


def _exception_not_known(applicability: Applicability, finding: Finding) -> Finding:
    """Not stated whether an exception covers the group: ask, and say what is stated otherwise."""
    norm = applicability.norm
    message = (
        f"The source takes {norm.exception_label} out of the reach of this norm, "
        "and the description does not say whether there are any."
    )
    if finding.outcome != Outcome.NOT_STATED:
        message += f" What is stated would otherwise be: {finding.outcome.words}. {finding.message}"
    return Finding(
        norm,
        applicability.group,
        Outcome.NOT_STATED,
        Reason.EXCEPTION_NOT_KNOWN,
        message,
        applicability.because,
        "Answer the question.",
        finding.evidence,
        applicability.questions + finding.questions,
    )
