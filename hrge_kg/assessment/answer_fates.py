"""What became of each answer of a description: under which norms it counts, or why it does not.

No answer is left out, whatever it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..namespaces import local_name
from .answers import Answer
from .enums import Outcome, Reason
from .model import Assessment, Evidence, Finding
from .norms import Norm

_Pair = tuple[Finding, Evidence]


class Fate(StrEnum):
    """What an answer did. The first is the gravest."""

    CONCERN = "concern"
    NEEDS_REVIEW = "needs-review"
    NOT_ENOUGH = "not-enough"
    IN_PART = "in-part"
    MET = "met"
    OTHERWISE = "otherwise"
    SUPPORTS = "supports"
    NOT_APPLICABLE = "not-applicable"
    TELLS_WHO = "tells-who"
    NOTHING = "nothing"

    @property
    def words(self) -> str:
        """The fate in plain words."""
        return _WORDS[self]


_WORDS = {
    Fate.CONCERN: "Of concern",
    Fate.NEEDS_REVIEW: "For a person to review",
    Fate.NOT_ENOUGH: "Stated, but not enough to tell",
    Fate.IN_PART: "Stated in part",
    Fate.MET: "Met as stated",
    Fate.OTHERWISE: "It shows a part, but the norm comes out otherwise",
    Fate.SUPPORTS: "It speaks for these norms, and does not show them by itself",
    Fate.NOT_APPLICABLE: "Does not arise, or does not apply",
    Fate.TELLS_WHO: "It tells which norms are about these people",
    Fate.NOTHING: "It raises nothing and shows nothing",
}
_RANKS = {fate: rank for rank, fate in enumerate(Fate)}
_BY_OUTCOME = {
    Outcome.CONCERN: Fate.CONCERN,
    Outcome.NEEDS_REVIEW: Fate.NEEDS_REVIEW,
    Outcome.NOT_STATED: Fate.NOT_ENOUGH,
    Outcome.NOT_APPLICABLE: Fate.NOT_APPLICABLE,
}


@dataclass(frozen=True)
class Effect:
    """One thing that became of an answer: under which norms, for which groups (IRIs), and why.

    `groups` is empty for the programme itself, or if nobody is known to be meant. `thing` is the
    label of what an answer that is too general leaves open.
    """

    fate: Fate
    norms: tuple[Norm, ...]
    groups: tuple[str, ...]
    why: str = ""
    thing: str = ""


@dataclass(frozen=True)
class AnswerFate:
    """An answer and all that it did, the gravest first: at least one effect."""

    answer: Answer
    effects: tuple[Effect, ...]

    @property
    def unheard(self) -> bool:
        """Whether it is adverse and raises neither a concern nor a review."""
        raised = (Fate.CONCERN, Fate.NEEDS_REVIEW)
        return self.answer.adverse and not any(effect.fate in raised for effect in self.effects)


def answer_fates(assessment: Assessment) -> list[AnswerFate]:
    """What became of each answer, in the order of the file."""
    evidence: dict[tuple[str, str], list[_Pair]] = {}
    looking: dict[str, list[Finding]] = {}  # by aspect: the findings of norms that look at it
    for finding in assessment.findings:
        for aspect in {source.aspect for source in finding.norm.criteria}:
            looking.setdefault(aspect, []).append(finding)
        for found in finding.evidence:
            for answer in (found.answer, found.compared):
                if answer and not (found.outweighed and found.reason == Reason.ADVERSE_FACT):
                    key = (answer.statement, answer.aspect)
                    evidence.setdefault(key, []).append((finding, found))
    fates = []
    for answer in assessment.answers:
        pairs = evidence.get((answer.statement, answer.aspect), [])
        effects = [_heard(answer, *pair) for pair in pairs]
        if answer.tells_who:
            effects.append(Effect(Fate.TELLS_WHO, (), answer.groups))
        near = looking.get(answer.aspect, [])
        effects += _not_heard(answer, pairs, near, assessment.answers)
        fates.append(AnswerFate(answer, tuple(_joined(effects))))
    return fates


def _heard(answer: Answer, finding: Finding, evidence: Evidence) -> Effect:
    """What became of an answer under a norm, if one of its shapes recognised the statement."""
    fate, why = _fate(finding, evidence)
    if evidence.answer and evidence.compared:
        first = evidence.answer.statement == answer.statement
        why = f"{(evidence.compared if first else evidence.answer).words} {why}"
    groups = (finding.group,) if finding.group else ()
    return Effect(fate, (finding.norm,), groups, why, evidence.thing)


def _fate(finding: Finding, evidence: Evidence) -> tuple[Fate, str]:
    if finding.reason == Reason.EXCEPTION_NOT_KNOWN:
        return Fate.NOT_ENOUGH, " ".join(question.text for question in finding.questions)
    if finding.reason.excepted:
        return Fate.NEEDS_REVIEW, finding.message
    if not evidence.outcome.is_witnessed:
        return _BY_OUTCOME[evidence.outcome], evidence.telling
    if evidence.outcome == finding.outcome:
        return Fate(evidence.outcome), evidence.telling
    return Fate.OTHERWISE, finding.outcome.words


def _not_heard(
    answer: Answer,
    pairs: Iterable[_Pair],
    looking: list[Finding],
    answers: Iterable[Answer],
) -> Iterator[Effect]:
    """Why an answer changed nothing, for each group for which it changed nothing."""
    heard = {finding.group for finding, _ in pairs}
    if None in heard or (answer.tells_who and not heard and not answer.adverse):
        return
    for group in answer.groups or (None,):
        if group not in heard:
            near = [finding for finding in looking if finding.group in (None, group)]
            if looking and not near:
                why = "It can be about nobody in the groups described."
                yield Effect(Fate.NOTHING, (), (), why)
            else:
                yield _unheard(answer, group, near, answers)


def _unheard(
    answer: Answer, group: str | None, looking: list[Finding], answers: Iterable[Answer]
) -> Effect:
    """Why an answer changed nothing for a group: `looking` are findings of its question."""
    norms = tuple({finding.norm.iri: finding.norm for finding in looking}.values())
    groups = (group,) if group else ()
    if answer.holds == "dont-know":
        return Effect(Fate.NOTHING, norms, groups, "It leaves the question open.")
    if not looking:
        why = answer.unchecked_reason or "No norm looks at this question."
        return Effect(Fate.NOTHING, (), groups, why)
    unknown = [finding for finding in looking if finding.reason in _PEOPLE_NOT_KNOWN]
    others = [
        finding
        for finding in looking
        if finding.reason.not_about_group
        or (finding.group, finding.norm.applies_to) in answer.left_out
    ]
    if all(finding in others or finding in unknown for finding in looking):
        if unknown:
            why = _why_not_known(unknown)
            norms = tuple({finding.norm.iri: finding.norm for finding in unknown}.values())
            return Effect(Fate.NOT_ENOUGH, norms, groups, why)
        about = ", ".join(dict.fromkeys(finding.norm.applies_label for finding in looking))
        return Effect(Fate.NOTHING, norms, groups, f"The norms that look at it are about {about}.")
    if not answer.in_practice and any(
        other.aspect == answer.aspect and other.in_practice and other.is_stated for other in answers
    ):
        return Effect(Fate.NOTHING, norms, groups, "The practice is stated as well, and counts.")
    supported = {
        one.norm.iri: one.norm
        for one in looking
        if one not in unknown and one not in others and _supports(answer, one.norm)
    }
    if supported:
        return Effect(Fate.SUPPORTS, tuple(supported.values()), groups)
    why = (
        "It is adverse, and the norms that look at this question ask something else. "
        "A person has to look at it."
        if answer.adverse
        else "The norms that look at this question ask something else."
    )
    return Effect(Fate.NOTHING, norms, groups, why)


def _supports(answer: Answer, norm: Norm) -> bool:
    """Whether it is the answer that a fact or a check of the norm wants, of that or of all."""
    return any(
        source.aspect == answer.aspect
        and local_name(source.wants) == answer.says
        and (not answer.things or source.of is None or source.of in answer.things | answer.wider)
        for source in norm.criteria
        if source.wants
    )


def _why_not_known(findings: Iterable[Finding]) -> str:
    """Why it is not known whether norms are about these people, and what to say first."""
    questions = " ".join(dict.fromkeys(q.text for one in findings for q in one.questions))
    if questions:
        return f"It is not known whether a norm is about these people. Say first: {questions}"
    first = next(iter(findings))
    return f"{first.message} {first.remedy}"


_PEOPLE_NOT_KNOWN = (Reason.APPLICABILITY_NOT_KNOWN, Reason.NO_GROUP_DESCRIBED)


def _joined(effects: Iterable[Effect]) -> list[Effect]:
    """The effects, gravest first; effects that differ only in their groups are joined into one."""
    alike: dict[tuple[object, ...], list[Effect]] = {}
    for effect in effects:
        norms = tuple(norm.iri for norm in effect.norms)
        alike.setdefault((effect.fate, norms, effect.why, effect.thing), []).append(effect)
    joined = [
        Effect(
            same[0].fate,
            same[0].norms,
            tuple(dict.fromkeys(group for effect in same for group in effect.groups)),
            same[0].why,
            same[0].thing,
        )
        for same in alike.values()
    ]
    return sorted(joined, key=lambda effect: _RANKS[effect.fate])
