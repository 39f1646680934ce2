"""The annex by topic: what is stated, what the source says, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..assessment.answers import Answer
from ..assessment.enums import Outcome, Reason
from ..assessment.model import Assessment
from ..assessment.norms import LimitTerms, Norm
from ..assessment.wording import capital
from ..markup.document import DocumentBlock, Facts, Heading, Items, Paragraph
from ..trail.model import UNKNOWN_PARTIES
from .digest import FindingGroup, Topic
from .first_page import SUPPORT
from .phrases import (
    HEADINGS,
    answer_told,
    curly,
    for_groups,
    joined,
    page_words,
    places_of,
    title_of,
)

BINDING = ("treaty", "judgment")
"""Kinds of authority that bind some States only; the report does not know which."""


def compose(topics: Iterable[Topic], assessment: Assessment) -> Iterator[DocumentBlock]:
    """A section for each topic: first what is shown in full, then what has one line."""
    for topic in topics:
        shown = [group for group in topic.findings if not group.whatever_is_stated]
        if not shown:
            continue
        yield Heading(2, capital(topic.label or "other"))
        for group in shown:
            if group.told_in_full:
                yield Heading(3, f"{HEADINGS[group.finding.outcome]}: {title_of(group)}")
                yield Facts(tuple(_facts(group, assessment)))
        for outcome, heading in _IN_LINES.items():
            lines = tuple(
                _line(group, assessment)
                for group in shown
                if not group.told_in_full and group.finding.outcome == outcome
            )
            if lines:
                yield Heading(3, heading)
                yield Items(lines)


_IN_LINES = {
    Outcome.MET: HEADINGS[Outcome.MET],
    Outcome.NEEDS_REVIEW: SUPPORT,
}


def compose_whatever_is_stated(
    topics: Iterable[Topic], assessment: Assessment
) -> Iterator[DocumentBlock]:
    """The norms that a person has to look at whatever is stated, of all topics together."""
    lines = tuple(
        _line(group, assessment)
        for topic in topics
        for group in topic.findings
        if group.whatever_is_stated
    )
    if lines:
        yield Heading(2, f"{HEADINGS[Outcome.NEEDS_REVIEW]}, whatever is stated")
        yield Items(lines)


def compose_discrepancies(topics: Iterable[Topic]) -> Iterator[DocumentBlock]:
    """The open questions on the text that the findings name, each once in full."""
    named = {
        discrepancy.key: discrepancy
        for topic in topics
        for group in topic.findings
        if group.told_in_full
        for discrepancy in group.norm.open_questions
    }
    if named:
        yield Heading(2, "Open questions on the text")
        yield Paragraph(
            "Where the source and what it cites, or two places of it, differ: questions for a "
            "lawyer, as the editors see them."
        )
        yield Items(
            tuple(
                f"{key} {curly(one.label)} ({one.kind}). {curly(one.difference)}"
                for key, one in sorted(named.items())
            )
        )


def compose_status(topics: Iterable[Topic]) -> Iterator[DocumentBlock]:
    """Where the depositaries say whom the treaties bind on which the findings in full rest."""
    pages = {
        authority.status.treaty: authority.status
        for topic in topics
        for group in topic.findings
        if group.told_in_full
        for authority in group.norm.authority
        if authority.status
    }
    if pages:
        yield Heading(2, "Who is bound by the treaties")
        yield Paragraph(
            f"{UNKNOWN_PARTIES} The depositary of each treaty says it. The addresses are as they "
            "were seen, and need not answer today."
        )
        yield Items(
            tuple(
                f"{treaty}: {page.address} ({page.seen})" for treaty, page in sorted(pages.items())
            )
        )


def _line(group: FindingGroup, assessment: Assessment) -> str:
    finding, norm = group.finding, group.norm
    stated = " ".join(_stated(group)) or finding.message
    if finding.reason == Reason.OPEN_WORDS:
        evidence = (
            one
            for _, finding in group.findings
            for one in finding.evidence
            if one.outcome == group.finding.outcome
        )
        stated = (
            f"Something is stated about it ({'; '.join(places_of(evidence))}); its words are "
            "open, and whether that is enough a person has to judge."
        )
    return f"{title_of(group)}. {stated} The source: {_quotation(norm, assessment)}"


def _quotation(norm: Norm, assessment: Assessment) -> str:
    return f"“{norm.quote}” ({page_words(norm, assessment)})"


def _facts(group: FindingGroup, assessment: Assessment) -> Iterator[tuple[str, str]]:
    finding, norm = group.finding, group.norm
    stated, excepted = " ".join(_stated(group)), finding.reason.excepted
    if stated or not excepted:
        yield "What was stated", stated or finding.message
    if excepted:
        yield "Why a person has to judge", finding.message
    yield "The source", _quotation(norm, assessment)
    illustration = _illustration(norm) if finding.outcome == Outcome.CONCERN else ""
    if illustration:
        yield "Why it matters", f"the section describes: {illustration}"
    yield "On whose authority", _authority(norm)
    yield "Whom it addresses", _addressees(norm)
    for limit in norm.terms:
        yield "A limit", _limit(limit)
    if finding.outcome == Outcome.CONCERN:
        for pair in norm.advocacy:
            yield (
                "What the source answers to doubts",
                f"“{pair.response}” (page {pair.page}), where it is said: “{pair.concern}”",
            )
    yield from remedies(group, assessment)
    if norm.open_questions:
        questions = (f"{one.key} {curly(one.label)}" for one in norm.open_questions)
        yield "Open questions on the text", "; ".join(questions)


def _stated(group: FindingGroup) -> Iterator[str]:
    """What is stated, and where: one sentence for each thing that the findings rest on.

    A sentence begins with the groups of which it is stated, if these are not all groups.
    """
    places: dict[str, dict[str, None]] = {}  # of each message
    labels: dict[str, dict[str, None]] = {}
    answers: dict[str, Answer | None] = {}
    for label, finding in group.findings:
        for evidence in finding.evidence:
            counts = evidence.outcome == finding.outcome or evidence is finding.leading
            if evidence.place and counts:
                message = evidence.message
                places.setdefault(message, {}).update(dict.fromkeys(places_of([evidence])))
                labels.setdefault(message, {})[label] = None
                answers[message] = evidence.answer
    for message, found in places.items():
        of_some = len(labels[message]) < len(group.groups)
        whom = for_groups(list(labels[message])) if of_some else ""
        told = answer_told(message, answers[message], list(labels[message]))
        yield f"{whom}{told.rstrip('.')} ({'; '.join(found)})."


def _illustration(norm: Norm) -> str:
    """The first practice, risk or finding that bears on the norm, in one line.

    It is left out if the norm's quotation has the same words, or a doubt that the entry quotes.
    """
    quoted = (norm.quote, *(pair.concern for pair in norm.advocacy))
    for each in norm.illustrations:
        if not any(each.quote in words or words in each.quote for words in quoted):
            return f"{each.label}: “{each.quote}” (page {each.page}; a {each.kind})"
    return ""


def _authority(norm: Norm) -> str:
    by_force: list[str] = []
    for force in norm.force:
        labels = "; ".join(one.label for one in norm.authority if one.force == force)
        if labels:
            by_force.append(f"{force.replace('-', ' ')} ({labels})")
    cited = "; ".join(by_force) or "the source's own words; it cites nothing for them"
    unknown = f" {UNKNOWN_PARTIES}" if set(norm.force) & set(BINDING) else ""
    return f"{cited}; worded “{norm.wording}”.{unknown}"


def _addressees(norm: Norm) -> str:
    if norm.addressees:
        where = norm.where_applicable
        more = f"; where applicable, {joined(where)}" if where else ""
        return f"{joined(norm.addressees)}{more}."
    bearers = joined(party.label for party in norm.bearers)
    reading = f"; as the editors read it, it is for {bearers}" if bearers else ""
    return f"the sentence names nobody{reading}."


def _limit(limit: LimitTerms) -> str:
    tests = (
        f"all of this must be so: {', '.join(limit.tests)}"
        if limit.tests
        else "the source sets no test for it"
    )
    return f"{limit.label}: “{limit.quote}” (page {limit.page}); {tests}."


def remedies(group: FindingGroup, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """What to do; and whom to raise it with, if the norm is for others than the programme's runner.

    The runner counts as the parties whose duties it has.
    """
    remedies = (finding.remedy for _, finding in group.findings if finding.remedy)
    remedy = " ".join(dict.fromkeys(remedies))
    if not remedy:
        return
    bearers, profile = group.norm.bearers, assessment.profile
    if not profile.acts_as or not bearers:
        yield "What can be done", remedy
    elif any(party.iri in profile.acts_as for party in bearers):
        yield "What you can do", remedy
    else:
        yield "What you can do", f"As far as it is in your own hands: {remedy}"
        parties = joined(party.label for party in bearers)
        whom = joined(dict.fromkeys(party.raise_with for party in bearers))
        yield (
            "What to raise",
            f"The norm is for {parties}; this programme is run by: {joined(profile.runners)}. "
            f"What is beyond you, raise with {whom}, or with a donor who can help.",
        )
