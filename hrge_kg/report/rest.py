"""The end of the report: the norms that do not apply, and what became of each answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..assessment.answer_fates import AnswerFate, Effect, Fate
from ..assessment.answers import Answer
from ..assessment.enums import Outcome, Reason
from ..assessment.model import Assessment
from ..assessment.norms import Norm
from ..assessment.wording import PHRASES, capital
from ..markup.document import Heading, Items, Paragraph, SimpleBlock, Span, Text, plain
from . import told
from .digest import FindingGroup, group_findings
from .leads import Leads
from .phrases import (
    HEADINGS,
    count_of_norms,
    for_groups,
    listed,
    number_words,
    page_words,
    source_labels,
)

SPEAKS_FOR = "Speaks for it, for a person to judge"
MOST_NORMS = 2  # that are named with an answer; the JSON report has all


def compose_answers(assessment: Assessment, leads: Leads, *, annex: bool) -> Iterator[SimpleBlock]:
    """What became of each answer, in the order of the file."""
    yield Heading(2, "What became of each of your answers", "answers")
    if not leads.fates:
        yield Paragraph("The description answers no question.")
        return
    answers = _Answers(assessment, leads, annex=annex)
    yield Items(
        tuple(map(answers.told, leads.fates)),
        numbered=True,
        anchors=tuple(f"answer-{number}" for number in range(1, len(leads.fates) + 1)),
    )


class _Answers:
    """The sentences on what became of answers; the annex names all norms."""

    def __init__(self, assessment: Assessment, leads: Leads, *, annex: bool) -> None:
        self._assessment = assessment
        self._leads = leads
        self._annex = annex

    def told(self, fate: AnswerFate) -> Text:
        """What an answer says, where, and what became of it."""
        answer = fate.answer
        by_fate: dict[Fate, list[Effect]] = {}
        support: list[Effect] = []
        for effect in fate.effects:
            speaks_for = answer.favourable and effect.why.endswith(PHRASES["open words"])
            (support if speaks_for else by_fate.setdefault(effect.fate, [])).append(effect)
        place = told.where(answer.place, answer)
        spans: list[Span] = [told.sentence(answer), f" ({place})." if place else "."]
        for kind, effects in by_fate.items():
            spans += [" ", *self._effects(kind, effects, answer)]
        if support:
            norms = self._norms(Fate.NEEDS_REVIEW, support, answer)
            spans += [f" {SPEAKS_FOR}: ", *norms]
        for response in _responses(fate):
            spans += [" ", response]
        return tuple(spans)

    def _effects(self, fate: Fate, effects: list[Effect], answer: Answer) -> Iterator[Span]:
        """One fate of an answer: under which norms, or why it settles nothing."""
        if fate == Fate.TELLS_WHO:
            yield f"{fate.words}."
        elif fate in _SHOWN_BY_REASON:
            yield f"{fate.words}: {' '.join(self._reasons(effects, answer))}"
        else:
            yield f"{fate.words}: "
            yield from self._norms(fate, effects, answer)

    def _norms(self, fate: Fate, effects: list[Effect], answer: Answer) -> Iterator[Span]:
        """The norms under which an answer has one fate; the short report names the first alone."""
        by_text: dict[str, tuple[Span, str]] = {}
        for effect in effects:
            after = self._whom(effect.groups, answer)
            if fate == Fate.OTHERWISE:
                after += f" ({effect.why})"
            lead = self._leads.to_norm(effect.norms[0], effect.groups)
            by_text.setdefault(f"{effect.norms[0].label}{after}", (lead, after))
        # A fact of a matter is for review under many norms at once: one shows what it is about.
        most = 1 if fate == Fate.NEEDS_REVIEW else MOST_NORMS
        shown = list(by_text.values())[: None if self._annex else most]
        for number, (lead, after) in enumerate(shown):
            yield "; " if number else ""
            yield lead
            yield after
        more = len(by_text) - len(shown)
        yield f"; and {number_words(more)} more." if more > 0 else "."

    def _reasons(self, effects: Iterable[Effect], answer: Answer) -> Iterator[str]:
        """Each reason once; all things that a too general answer leaves open are in a sentence."""
        answers = self._assessment.answers
        things: dict[str, list[str]] = {}
        groups: dict[str, list[str]] = {}
        for effect in effects:
            reason = PHRASES["too general"] if effect.thing else told.reason(effect.why, answers)
            things.setdefault(reason, []).extend([effect.thing] if effect.thing else [])
            groups.setdefault(reason, []).extend(effect.groups)
        for reason, of in things.items():
            whom = self._whom(groups[reason], answer) if len(things) > 1 else ""
            yield f"{reason} {listed(dict.fromkeys(of))}{whom}" if of else f"{reason}{whom}"

    def _whom(self, groups: Iterable[str], answer: Answer) -> str:
        """The groups in brackets, where they are not all that the answer is about."""
        of = dict.fromkeys(groups)
        if of.keys() >= set(answer.groups or self._assessment.groups):
            return ""
        labels = ", ".join(plain(self._assessment.groups[group]) for group in of)
        return f" [{labels}]" if labels else ""


_SHOWN_BY_REASON = (Fate.NOT_ENOUGH, Fate.NOTHING)
"""Fates for which the report gives the reason and not the norms: many norms share one reason."""


def _responses(fate: AnswerFate) -> Iterator[str]:
    """What the source says to an adverse answer that no norm takes up: words to take along."""
    norms = (one.norms for one in fate.effects if one.fate == Fate.NOTHING and fate.unheard)
    pairs = {pair.iri: pair for some in norms for norm in some for pair in norm.advocacy}
    for pair in pairs.values():
        yield f"What the source says to it: “{pair.response}” (page {pair.page})"


def compose_outside(assessment: Assessment) -> Iterator[SimpleBlock]:
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
            f"{_norms_in_words(by_reason[True])} about others, for all groups or for some: "
            f"{listed(others)}"
        )
    if by_reason[False]:
        told.append(f"{_norms_in_words(by_reason[False])} that are not a matter of a programme.")
    if told:
        yield Heading(2, HEADINGS[Outcome.NOT_APPLICABLE], "outside")
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


def _norms_in_words(norms: Mapping[str, Norm]) -> str:
    return capital(count_of_norms(len(norms)))


def compose_how_to_read(assessment: Assessment) -> Iterator[SimpleBlock]:
    """What the signs and words mean, and what the source is."""
    sources = source_labels(assessment)
    yield Heading(2, "How to read this", "how-to-read")
    yield Paragraph(
        "▲ is of concern, ◆ for a person to review, ◐ stated in part, ● met as stated. The gravest "
        "comes first, by what is at stake: life and liberty before services; that order is the "
        "editors'. “Not stated” is neither good nor bad: the description does not say. The "
        f"source{'s are' if len(sources) > 1 else ' is'} {'; '.join(sources)}."
    )


def compose_norms_that_do_not_apply(assessment: Assessment) -> Iterator[SimpleBlock]:
    """The norms that do not apply; norms with the same reason and groups share one line."""
    outside = [
        finding for finding in assessment.findings if finding.outcome == Outcome.NOT_APPLICABLE
    ]
    if not outside:
        return
    labels: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for group in group_findings(outside, assessment):
        labels.setdefault((_reason(group), group.groups), []).append(group.norm.label)
    yield Heading(2, HEADINGS[Outcome.NOT_APPLICABLE], "outside")
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
