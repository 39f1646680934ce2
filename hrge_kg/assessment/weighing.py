"""Weighs the evidence for a norm: which of it decides the outcome, and what is outweighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..namespaces import local_name
from .enums import Outcome, Reason
from .model import Evidence
from .norms import Criterion, Norm, Sign


def weighed(norm: Norm, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence for a norm, that which decides the outcome first.

    What must not decide it is marked as outweighed.

    A favourable answer that shows little (a part, a rule alone, something too general, a conclusion
    without facts) is outweighed by an answer to the same check that shows more. So a further
    favourable answer never worsens an outcome.

    What a sign found is outweighed by a check of the norm itself in two cases:

    - the check already reports what speaks against the norm in the same thing of the same
      statement;
    - the check looks at the same thing of the same statement, and the answer is only half adverse.
    """
    most_shown: dict[str, int] = {}  # by check
    for each in evidence:
        shown = _amount_shown(each)
        if shown is not None:
            most_shown[each.check] = max(most_shown.get(each.check, shown), shown)
    if any(each.outcome.is_witnessed for each in evidence):
        # That the very thing does not apply says more than a yes about something wider.
        for each in evidence:
            if each.outcome == Outcome.NOT_APPLICABLE:
                most_shown[each.check] = max(most_shown.get(each.check, 1), 1)
    signs = {sign.iri: sign for sign in norm.signs}
    by_checks = [each for each in evidence if each.check not in signs]

    def is_outweighed(each: Evidence) -> bool:
        if each.check in signs:
            sign = signs[each.check]
            seen = [
                other
                for other in by_checks
                if other.statement == each.statement
                and (_names_one_thing(each) or _are_of_one_thing(norm.criterion(other.check), sign))
            ]
            reported = any(
                other.is_raised or other.reason in _ALSO_AGAINST_THE_NORM for other in seen
            )
            return reported or (bool(seen) and _is_half_adverse(sign, each))
        shown = _amount_shown(each)
        # What is stated in part speaks against the norm as well, so it always counts.
        if shown is None or each.reason == Reason.STATED_IN_PART:
            return False
        return shown < most_shown[each.check]

    marked = (replace(each, outweighed=True) if is_outweighed(each) else each for each in evidence)
    return tuple(sorted(marked, key=_leading_order))


_ALSO_AGAINST_THE_NORM = (Reason.STATED_IN_PART, Reason.LIMIT_TEST_UNANSWERED)
"""Reasons of evidence that is neither a concern nor for review, but speaks against the norm too."""


def _names_one_thing(evidence: Evidence) -> bool:
    """Whether the answer is of one thing, so that whoever sees it sees that thing."""
    return evidence.answer is None or len(evidence.answer.things) < 2


def _are_of_one_thing(first: Criterion, second: Criterion) -> bool:
    """Whether both look for the same thing, or one of them for any."""
    return first.of is None or second.of is None or first.of == second.of


def _is_half_adverse(sign: Sign, evidence: Evidence) -> bool:
    """Whether an answer that a sign found speaks for what it wants as much as against it.

    It does if it is *in part*, or if it is the answer wanted, but weakened: seldom, for a time, on
    a condition. A bound, and a sign about a reviewer, look at something else: never half adverse.
    """
    if sign.is_bound or sign.adverse_reviewer or evidence.answer is None:
        return False
    return evidence.answer.says in ("in-part", local_name(sign.wants))


def _amount_shown(evidence: Evidence) -> int | None:
    """How much a favourable answer shows; None for evidence of any other kind.

    3: all that the check wants; 2: that, but only as a conclusion; 1: a part; 0: a rule alone, or
    something too general. What is stated in part is never outweighed, but outweighs level 0.
    """
    if evidence.outcome == Outcome.MET or evidence.reason in (
        Reason.OPEN_WORDS,
        Reason.DOES_NOT_ARISE,
    ):
        return 3
    if evidence.reason == Reason.CONCLUSION_WITHOUT_FACTS:
        return 2
    if evidence.reason in (Reason.STATED_NARROWLY, Reason.STATED_IN_PART):
        return 1
    if evidence.reason in (Reason.RULE_WITHOUT_PRACTICE, Reason.STATED_TOO_GENERALLY):
        return 0
    return None


def _leading_order(evidence: Evidence) -> tuple[bool | int | str, ...]:
    """The worst outcome first; what is outweighed comes last.

    Evidence for review that a statement raises comes before evidence for review that comes with the
    norm, such as its open words. Silence comes after what is stated, a fact beside the norm after
    what its own checks find, what happens before what a rule says, and an answer before what a
    group says in itself.
    """
    return (
        evidence.outweighed,
        evidence.outcome.rank,
        not evidence.reason.raised_by_statement,
        evidence.reason == Reason.SILENCE,
        evidence.reason == Reason.ADVERSE_FACT,
        evidence.answer is not None and evidence.answer.only_a_rule,
        evidence.answer is not None and evidence.answer.own,
        evidence.shape,
        evidence.message,  # before the statement: its number is its place in the file
        evidence.statement or "",
    )
