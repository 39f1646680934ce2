"""The end of the report: the norms that do not apply, and what became of each answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..assessment.answer_fates import AnswerFate, Effect, Fate, answer_fates
from ..assessment.answers import Answer
from ..assessment.enums import Outcome, Reason
from ..assessment.model import Assessment
from ..assessment.norms import Norm
from ..assessment.wording import PHRASES
from ..markup.document import DocumentBlock, Heading, Items, Paragraph, plain
from .digest import FindingGroup, group_findings
from .phrases import (
    HEADINGS,
    answer_told,
    count_of_norms,
    first_of,
    for_groups,
    listed,
    page_words,
    place_words,
    reason_words,
    source_labels,
)

SPEAKS_FOR = "Speaks for it, for a person to judge"
MOST_NORMS = 2  # that are named with an answer; the JSON report has all


def compose_answers(assessment: Assessment) -> Iterator[DocumentBlock]:
    """What became of each answer, in the order of the file."""
    fates = answer_fates(assessment)
    yield Heading(2, "What became of each of your answers")
    if not fates:
        yield Paragraph("The description answers no question.")
        return
    yield Items(tuple(_answer(fate, assessment) for fate in fates), numbered=True)


def _answer(fate: AnswerFate, assessment: Assessment) -> str:
    place = place_words(fate.answer.place)
    by_fate: dict[Fate, list[Effect]] = {}
    support: list[Effect] = []
    for effect in fate.effects:
        speaks_for = fate.answer.favourable and effect.why.endswith(PHRASES["open words"])
        (support if speaks_for else by_fate.setdefault(effect.fate, [])).append(effect)
    told = [_effects(kind, effects, fate.answer, assessment) for kind, effects in by_fate.items()]
    if support:
        told.append(f"{SPEAKS_FOR}: {_norms(Fate.NEEDS_REVIEW, support, fate.answer, assessment)}")
    words = answer_told(fate.answer.words, fate.answer, ())
    parts = [words, f"({place})" if place else "", *told, *_responses(fate)]
    return " ".join(part for part in parts if part)


def _responses(fate: AnswerFate) -> Iterator[str]:
    """What the source says to an adverse answer that no norm takes up: words to take along."""
    norms = (one.norms for one in fate.effects if one.fate == Fate.NOTHING and fate.unheard)
    pairs = {pair.iri: pair for some in norms for norm in some for pair in norm.advocacy}
    for pair in pairs.values():
        yield f"What the source says to it: “{pair.response}” (page {pair.page})"


def _effects(fate: Fate, effects: list[Effect], answer: Answer, assessment: Assessment) -> str:
    """One fate of an answer: under which norms, or why it settles nothing."""
    if fate == Fate.TELLS_WHO:
        return f"{fate.words}."
    if fate in _SHOWN_BY_REASON:
        return f"{fate.words}: {' '.join(_reasons(effects, answer, assessment))}"
    return f"{fate.words}: {_norms(fate, effects, answer, assessment)}"


def _norms(fate: Fate, effects: list[Effect], answer: Answer, assessment: Assessment) -> str:
    """The norms under which an answer has one fate; only the first are named."""
    texts = dict.fromkeys(
        f"{effect.norms[0].label}{_whom(effect.groups, answer, assessment)}"
        + (f" ({effect.why})" if fate == Fate.OTHERWISE else "")
        for effect in effects
    )
    # A fact of a matter is for review under many norms at once: one name shows what it is about.
    most = 1 if fate == Fate.NEEDS_REVIEW else MOST_NORMS
    return listed(first_of(list(texts), most))


_SHOWN_BY_REASON = (Fate.NOT_ENOUGH, Fate.NOTHING)
"""Fates for which the report gives the reason and not the norms: many norms share one reason."""


def _reasons(effects: Iterable[Effect], answer: Answer, assessment: Assessment) -> Iterator[str]:
    """Each reason once; all things that a too general answer leaves open are in one sentence."""
    things: dict[str, list[str]] = {}
    groups: dict[str, list[str]] = {}
    for effect in effects:
        reason = PHRASES["too general"] if effect.thing else reason_words(effect.why)
        things.setdefault(reason, []).extend([effect.thing] if effect.thing else [])
        groups.setdefault(reason, []).extend(effect.groups)
    for reason, of in things.items():
        whom = _whom(groups[reason], answer, assessment) if len(things) > 1 else ""
        yield f"{reason} {listed(dict.fromkeys(of))}{whom}" if of else f"{reason}{whom}"


def _whom(groups: Iterable[str], answer: Answer, assessment: Assessment) -> str:
    """The groups in brackets, where they are not all that the answer is about."""
    of = dict.fromkeys(groups)
    if of.keys() >= set(answer.groups or assessment.groups):
        return ""
    labels = ", ".join(plain(assessment.groups[group]) for group in of)
    return f" [{labels}]" if labels else ""


def compose_outside(assessment: Assessment) -> Iterator[DocumentBlock]:
    """How many norms are about others, and which a person has to look at whatever is stated."""
    by_reason: dict[bool, dict[str, Norm]] = {True: {}, False: {}}
    for finding in assessment.findings:
        if finding.outcome == Outcome.NOT_APPLICABLE:
            matter = finding.reason != Reason.NOT_A_PROGRAMME_MATTER
            by_reason[matter][finding.norm.iri] = finding.norm
    told: list[str] = []
    if by_reason[True]:
        others = dict.fromkeys(norm.applies_label for norm in by_reason[True].values())
        told.append(
            f"{count_of_norms(len(by_reason[True]))} about others, for all groups or for some: "
            f"{listed(others)}"
        )
    if by_reason[False]:
        told.append(
            f"{count_of_norms(len(by_reason[False]))} that are not a matter of a programme."
        )
    if told:
        yield Heading(2, HEADINGS[Outcome.NOT_APPLICABLE])
        yield Items(tuple(told))
    anyhow = [
        group
        for group in group_findings(assessment.findings, assessment)
        if group.whatever_is_stated
    ]
    if anyhow:
        yield Heading(2, f"{HEADINGS[Outcome.NEEDS_REVIEW]}, whatever is stated")
        labels = (f"{group.norm.label} ({page_words(group.norm, assessment)})" for group in anyhow)
        yield Paragraph(listed(labels))


def compose_how_to_read(assessment: Assessment, *, annex: bool) -> Iterator[DocumentBlock]:
    """What the words mean, what the source is, and where the rest is."""
    sources = source_labels(assessment)
    where = "The annex below has" if annex else "`hrge validate --annex` adds an annex with"
    yield Heading(2, "How to read this")
    yield Paragraph(
        "The gravest comes first, by what is at stake: life and liberty before services; that "
        "order is the editors'. “Not stated” is neither good nor bad: the description does not "
        f"say. The source{'s are' if len(sources) > 1 else ' is'} {'; '.join(sources)}. {where} "
        "each norm by topic, in full. `hrge explain NORM` shows all that is known of a norm."
    )


def compose_norms_that_do_not_apply(assessment: Assessment) -> Iterator[DocumentBlock]:
    """The norms that do not apply; norms with the same reason and groups share one line."""
    outside = [
        finding for finding in assessment.findings if finding.outcome == Outcome.NOT_APPLICABLE
    ]
    if not outside:
        return
    labels: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for group in group_findings(outside, assessment):
        labels.setdefault((_reason(group), group.groups), []).append(group.norm.label)
    yield Heading(2, HEADINGS[Outcome.NOT_APPLICABLE])
    yield Items(
        tuple(
            f"{for_groups(groups)}{reason.rstrip('.')}: {listed(norms)}"
            for (reason, groups), norms in labels.items()
        )
    )


def _reason(group: FindingGroup) -> str:
    # Each norm has a reason of its own, which would need a line; the cards have them.
    if group.finding.reason == Reason.NOT_A_PROGRAMME_MATTER:
        return "Not a matter of a programme."
    return group.finding.message
