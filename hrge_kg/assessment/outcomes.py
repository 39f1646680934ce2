"""From an entailed description and a SHACL report to an outcome for every norm and group.

Met needs a witness. If a norm applies and one of its checks that must report something reports
nothing, that is an error: silence is never a pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyoxigraph as ox

from ..form.description import Description
from ..namespaces import HRGE, shrink, term_text
from .answers import Answers
from .applicability import Applicability, ClassifiedDescription
from .enums import Checkability, Outcome, Reason
from .model import Assessment, Evidence, Finding
from .norms import Check, Criterion, Norm, Question
from .profile import load_profile
from .shacl import Result
from .weighing import weighed
from .wording import PHRASES, Messages

LOOK = "Have a person look at it."


class MissingResultError(Exception):
    """A check that must report something reported nothing: shapes or engine cannot be trusted."""


def derive(
    description: Description, store: ox.Store, norms: Iterable[Norm], results: Sequence[Result]
) -> Assessment:
    """The outcomes for every norm and group.

    `store` is the entailed description, `results` what the outcome shapes reported over it.
    Raises MissingResultError if a check of a norm that applies has no result, unless the check
    looks only for adverse answers.
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
        answers=tuple(derivation.answers),
    )


class _Derivation:
    """A description, with what the shapes reported for each group and norm."""

    def __init__(
        self, description: Description, store: ox.Store, results: Sequence[Result]
    ) -> None:
        self.description = description
        self.store = store
        self.classified = ClassifiedDescription(description, store)
        self.answers = Answers(description, store)
        self.messages = Messages(store, self.answers)
        self.results: dict[tuple[str, str], list[Result]] = {}  # by group or programme, and norm
        for result in results:
            for norm in result.shape.norms:
                self.results.setdefault((result.focus, norm), []).append(result)

    def finding(self, applicability: Applicability) -> Finding:
        """The outcome of a norm for a group, whether or not the norm applies."""
        norm = applicability.norm
        if (
            norm.checkability == Checkability.NOT_A_PROGRAMME_MATTER
            or applicability.applies == "no"
        ):
            return _not_applicable(applicability)
        if applicability.applies == "not-known":
            finding = _applicability_not_known(applicability)
            return (
                self._wider(applicability, finding) if applicability.in_wider_reading else finding
            )
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
        """What the shapes of a norm reported on a group or programme, leading evidence first.

        `unit` is the IRI of the group or programme.
        """
        found = [
            self._read(norm, result)
            for result in self.results.get((unit, norm.iri), ())
            if not self._is_marked(result, "excludes", norm)
        ]
        _require_results(norm, unit, found)
        return weighed(norm, found)

    def _wider(self, applicability: Applicability, finding: Finding) -> Finding:
        """In another reading the norm reaches the group: what speaks against it is for review."""
        norm, group = applicability.norm, applicability.group
        if norm.checkability == Checkability.HUMAN:
            return finding
        evidence = self._evidence(norm, group or self.classified.programme)
        if not _speaks_against(evidence[0]):
            return finding
        evidence = tuple(
            _for_review(one, Reason.TWO_READINGS, "one reading") if _speaks_against(one) else one
            for one in evidence
        )
        return replace(
            finding,
            outcome=Outcome.NEEDS_REVIEW,
            reason=Reason.TWO_READINGS,
            message=evidence[0].message,
            evidence=evidence,
        )

    def _exception(self, applicability: Applicability, finding: Finding) -> Finding:
        """The outcome if an exception covers the group: for review.

        But if the exception covers only a part of the group, a concern stays a concern.
        """
        norm, group = applicability.norm, applicability.group
        classes = self.classified.classes(group or self.classified.programme)
        covers_whole_group = norm.exception_wholly in classes
        if finding.outcome == Outcome.CONCERN and not covers_whole_group:
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
        """The evidence that one result of SHACL is for a norm, with its message."""
        shape = result.shape
        statement = self._statement(result.value)
        check = norm.criterion(shape.check)
        message = self.messages.of(result, check)
        evidence = Evidence(
            outcome=shape.outcome,
            reason=shape.reason,
            shape=shape.iri,
            check=shape.check,
            severity=shape.severity,
            message=message.text,
            statement=statement,
            place=self.description.place(statement) if statement else None,
            question=message.question,
            answer=message.answer,
            telling=message.telling,
            thing=message.thing,
            compared=message.compared,
            value=result.value,
        )
        if shape.outcome == Outcome.CONCERN and self._is_marked(result, "mayExclude", norm):
            return _for_review(evidence, Reason.REACH_NOT_STATED, "some people")
        return evidence

    def _is_marked(self, result: Result, mark: str, norm: Norm) -> bool:
        """Whether the answer that a shape fired on (may) leave out all whom the norm is about."""
        if result.value is None:
            return False
        people = ox.NamedNode(norm.applies_to)
        return ox.Quad(ox.NamedNode(result.value), HRGE(mark), people) in self.store

    def _statement(self, value: str | None) -> str | None:
        """The author's statement behind a view (IRIs).

        If the form says it of a group directly (`detained: yes`), the group stands for the
        statement.
        """
        if value is None:
            return None
        for name in ("viewOf", "about"):
            for quad in self.store.quads_for_pattern(ox.NamedNode(value), HRGE(name), None, None):
                return term_text(quad.object)
        return value


def _speaks_against(evidence: Evidence) -> bool:
    """Whether the answer raises something, or shows the norm met in part only."""
    return evidence.is_raised or evidence.reason == Reason.STATED_IN_PART


def _for_review(evidence: Evidence, reason: Reason, phrase: str) -> Evidence:
    """The evidence, for review: whether the norm is about these people is for a person to judge."""
    answers = (answer for answer in (evidence.answer, evidence.compared) if answer)
    words = " ".join(answer.words for answer in answers)
    return replace(
        evidence,
        outcome=Outcome.NEEDS_REVIEW,
        reason=reason,
        message=f"{words} {PHRASES[phrase]}",
        telling=PHRASES[phrase],
    )


def _not_applicable(applicability: Applicability) -> Finding:
    """The outcome if the norm is about other people, or asks nothing of a programme."""
    norm, group = applicability.norm, applicability.group
    if norm.checkability == Checkability.NOT_A_PROGRAMME_MATTER:
        group, reason, message = None, Reason.NOT_A_PROGRAMME_MATTER, norm.reason
    else:
        reason, message = Reason.DOES_NOT_APPLY, f"It is about {norm.applies_label}."
    return Finding(norm, group, Outcome.NOT_APPLICABLE, reason, message, applicability.because)


def _applicability_not_known(applicability: Applicability) -> Finding:
    """The outcome if it is not stated whether the norm is about these people: not stated."""
    norm, group = applicability.norm, applicability.group
    if group is None and not norm.of_programme:
        reason = Reason.NO_GROUP_DESCRIBED
        message = "No group of people is described, so it is not known whether the norm applies."
        remedy = "Describe the groups of people concerned."
    elif applicability.in_wider_reading and not applicability.questions:
        reason = Reason.APPLICABILITY_NOT_KNOWN
        message = (
            f"It is about {norm.applies_label}. "
            "Whether these people are meant depends on how its words are read."
        )
        remedy = "Have a person decide how its words are read."
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
    """Raise MissingResultError if a check has no result.

    Only a check that looks for adverse answers alone may have none.
    """
    if not norm.checks:
        raise MissingResultError(f"{shrink(norm.iri)} is checkable and has no check")
    reported = {each.check for each in evidence}
    for check in norm.checks:
        if not check.only_adverse and check.iri not in reported:
            raise MissingResultError(
                f"{shrink(norm.iri)} applies to {unit}, "
                f"but no shape of {shrink(check.iri)} reported anything about it"
            )


def _say_how_far(check: Criterion) -> str:
    """What to answer so that it is stated how far the words behind a check reach."""
    reaches = check.reaches if isinstance(check, Check) else ()
    return " ".join((*(reach.remedy for reach in reaches), LOOK))


def _of_evidence(applicability: Applicability, evidence: tuple[Evidence, ...]) -> Finding:
    """The outcome of the leading evidence.

    But if the author says that a part does not apply, met and in part become for review.
    """
    norm, leading = applicability.norm, evidence[0]
    outside = _checks_said_not_to_apply(evidence)
    if outside and leading.outcome.is_witnessed:  # met or in part
        return Finding(
            norm,
            applicability.group,
            Outcome.NEEDS_REVIEW,
            Reason.PART_DOES_NOT_APPLY,
            f"Part of it is said not to apply ({norm.criterion(outside[0]).question}); "
            "whether the rest is all that the norm asks, a person has to judge.",
            applicability.because,
            LOOK,
            evidence,
        )
    remedy = ""
    if leading.outcome in (Outcome.CONCERN, Outcome.IN_PART):
        remedy = norm.criterion(leading.check).remedy
    elif leading.outcome == Outcome.NOT_STATED:
        remedy = "Answer the question, for these people and for what happens in practice."
    elif leading.outcome == Outcome.NEEDS_REVIEW:
        remedy = LOOK
        if leading.reason == Reason.REACH_NOT_STATED:
            remedy = _say_how_far(norm.criterion(leading.check))
    questions = [
        question
        for each in evidence
        if each.outcome == Outcome.NOT_STATED and not each.outweighed
        for question in _questions(norm, norm.criterion(each.check), each)
    ]
    # Beside a concern, or what is in part or met, no answer is asked for.
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


def _questions(norm: Norm, check: Criterion, evidence: Evidence) -> list[Question]:
    """What to ask: the open question; if a conclusion lacks facts, about its key facts."""
    if evidence.reason != Reason.CONCLUSION_WITHOUT_FACTS:
        return [Question(check.aspect, evidence.question)]
    return [Question(sign.aspect, sign.asked) for sign in norm.signs if sign.key]


def _checks_said_not_to_apply(evidence: Iterable[Evidence]) -> list[str]:
    """The checks (IRIs) whose question the author says does not apply, and nothing else."""
    outcomes: dict[str, set[Outcome]] = {}
    for each in evidence:
        if not each.outweighed:
            outcomes.setdefault(each.check, set()).add(each.outcome)
    return [check for check, found in outcomes.items() if found == {Outcome.NOT_APPLICABLE}]


def _exception_not_known(applicability: Applicability, finding: Finding) -> Finding:
    """The outcome if it is not stated whether an exception covers the group: not stated.

    The message says what the outcome would be without the exception.
    """
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
