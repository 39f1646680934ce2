"""From an entailed description and a SHACL report to outcomes: one for every norm and every group that is described.

Met needs a witness; a checkable norm that applies and about which no shape reported anything is an error, never a pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from ..form.description import Description
from ..namespaces import HRGE, shrink, term_text
from .answers import load_answers
from .applicability import Applicability, ClassifiedDescription
from .model import OUTCOMES, RAISED, RULE_ONLY, Assessment, Evidence, Finding
from .norms import Check, Norm, Question
from .profile import load_profile
from .shacl import Result


class MissingResultError(Exception):
    """A norm applies and no shape reported anything about it: the shapes or the engine cannot be trusted."""


def derive(
    description: Description, store: ox.Store, norms: Iterable[Norm], results: Sequence[Result]
) -> Assessment:
    """Outcomes for every norm and group.

    `store` is the entailed description, `results` what the outcome shapes reported over it.
    Raises Unassessed where a check of an applicable norm has no result at all.
    """
    facts = _Facts(description, store, results)
    findings = [facts.finding(one) for norm in norms for one in facts.described.applicability(norm)]
    return Assessment(
        description,
        tuple(findings),
        facts.described.groups,
        None,
        load_profile(description.programme, store),
        load_answers(store),
    )


class _Facts:
    def __init__(
        self, description: Description, store: ox.Store, results: Sequence[Result]
    ) -> None:
        self.description = description
        self.store = store
        self.described = ClassifiedDescription(description, store)
        self.results: dict[tuple[str, str], list[Result]] = {}
        for result in results:
            self.results.setdefault((result.focus, result.shape.norm), []).append(result)

    def finding(self, here: Applicability) -> Finding:
        """What comes of a norm where it applies; where it does not, or that is not known, that."""
        norm, group, because = here.norm, here.group, here.because
        if norm.checkability == "not-a-programme-matter":
            return Finding(
                norm, None, "not-applicable", "not a programme matter", norm.reason, because
            )
        if here.applies == "no":
            return Finding(
                norm,
                group,
                "not-applicable",
                "does not apply",
                f"It is about {norm.applies_label}.",
                because,
            )
        if here.applies == "not-known":
            if group is None and not norm.of_programme:
                reason, remedy = "no group described", "Describe the groups of people concerned."
                message = (
                    "No group of people is described, so it is not known whether the norm applies."
                )
            else:
                reason, remedy = "applicability not known", "Say who these people are."
                message = f"It is about {norm.applies_label}; the description does not say whether that is so here."
            return Finding(
                norm, group, "not-stated", reason, message, because, remedy, (), here.questions
            )
        if norm.checkability == "human":
            return Finding(
                norm,
                group,
                "needs-review",
                "human check",
                norm.reason,
                because,
                "Look, ask, and judge.",
            )
        evidence = self._evidence(norm, group or self.described.programme)
        return self._excepted(here, self._worst(norm, group, because, evidence))

    def _evidence(self, norm: Norm, unit: str) -> tuple[Evidence, ...]:
        found = [self._read(result) for result in self.results.get((unit, norm.iri), ())]
        for check in norm.checks:
            if not check.only_adverse and not any(e.check == check.iri for e in found):
                raise MissingResultError(
                    f"{shrink(norm.iri)} applies to {unit}, but no shape of {shrink(check.iri)} reported anything about it"
                )
        if not norm.checks:
            raise MissingResultError(f"{shrink(norm.iri)} is checkable and has no check")
        practised = {
            e.check for e in found if e.outcome in ("met", "in-part") or e.reason == "open words"
        }
        kept = (e for e in found if e.reason != RULE_ONLY or e.check not in practised)
        # of reviews, one that a statement raises leads before one that comes with the norm's open words
        return tuple(
            sorted(
                kept,
                key=lambda e: (
                    OUTCOMES.index(e.outcome),
                    e.reason not in RAISED,
                    e.shape,
                    e.statement or "",
                ),
            )
        )

    def _worst(
        self, norm: Norm, group: str | None, because: str, evidence: tuple[Evidence, ...]
    ) -> Finding:
        leading = evidence[0]
        checks = {check.iri: check for check in norm.checks}
        outside = self._said_outside(norm, evidence)
        if outside and leading.outcome in ("met", "in-part"):
            asked = " ".join(checks[e.check].question for e in outside[:1])
            message = f"Part of it is said not to apply ({asked}); whether the rest is all that the norm asks, a person has to judge."
            return Finding(
                norm,
                group,
                "needs-review",
                "part said not to apply",
                message,
                because,
                "Have a person look at it.",
                evidence,
            )
        silent = [e for e in evidence if e.outcome == "not-stated"]
        questions = (
            tuple(dict.fromkeys(self._asked(e, checks) for e in silent))
            if leading.outcome in ("not-stated", "needs-review")
            else ()
        )
        remedy = checks[leading.check].remedy if leading.outcome in ("concern", "in-part") else ""
        if leading.outcome == "not-stated":
            remedy = "Answer the question, for these people and for what happens in practice."
        elif leading.outcome == "needs-review":
            remedy = "Have a person look at it."
        return Finding(
            norm,
            group,
            leading.outcome,
            leading.reason,
            leading.message,
            because,
            remedy,
            evidence,
            questions,
        )

    def _said_outside(self, norm: Norm, evidence: tuple[Evidence, ...]) -> list[Evidence]:
        """Evidence of checks about which the author says nothing but that they do not apply, where other checks say more."""
        by_check: dict[str, list[Evidence]] = {}
        for one in evidence:
            by_check.setdefault(one.check, []).append(one)
        return [
            found[0]
            for found in by_check.values()
            if all(e.outcome == "not-applicable" for e in found)
        ]

    def _excepted(self, here: Applicability, finding: Finding) -> Finding:
        """Exceptions: entailed → review; denied → the norm applies; neither → not stated, asked."""
        norm = here.norm
        if here.exception is None:
            return finding
        if here.exception == "yes":
            wholly = norm.exception_wholly in self.described.classes(
                here.group or self.described.programme
            )
            if finding.outcome == "concern" and not wholly:
                return finding
            message = f"The source takes {norm.exception_label} out of the reach of this norm; it forbids nothing. A person has to judge."
            remedy = "Ask the people concerned first, and judge case by case."
            return Finding(
                norm,
                here.group,
                "needs-review",
                "exception",
                message,
                here.because,
                remedy,
                finding.evidence,
            )
        load_answers = (
            f" What is stated would otherwise be: {finding.outcome.replace('-', ' ')}. {finding.message}"
            if finding.outcome != "not-stated"
            else ""
        )
        message = (
            f"The source takes {norm.exception_label} out of the reach of this norm, "
            f"and the description does not say whether there are any.{load_answers}"
        )
        asked = here.questions + tuple(finding.questions)
        return Finding(
            norm,
            here.group,
            "not-stated",
            "exception not known",
            message,
            here.because,
            "Answer the question.",
            finding.evidence,
            asked,
        )

    def _asked(self, evidence: Evidence, checks: Mapping[str, Check]) -> Question:
        check = checks[evidence.check]
        return Question(check.aspect, evidence.message.removeprefix("Not stated. "))

    def _read(self, result: Result) -> Evidence:
        shape = result.shape
        statement = self._statement(result.value)
        place = self.description.place(statement) if statement else None
        return Evidence(
            shape.outcome,
            shape.reason,
            shape.iri,
            shape.check,
            shape.severity,
            shape.message,
            statement,
            place,
        )

    def _statement(self, value: str | None) -> str | None:
        """The author's statement behind a view; for what a group says in itself, the group."""
        if value is None:
            return None
        for name in ("viewOf", "about"):
            for quad in self.store.quads_for_pattern(ox.NamedNode(value), HRGE(name), None, None):
                return term_text(quad.object)
        return value
