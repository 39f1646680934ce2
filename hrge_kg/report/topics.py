"""The report's sections by topic: what is stated, what the source says, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..assessment.enums import Outcome, Reason
from ..assessment.model import Assessment
from ..assessment.norms import LimitTerms, Norm
from ..markup.document import DocumentBlock, Facts, Heading, Items
from ..trail.model import UNKNOWN_PARTIES
from .digest import FindingGroup, Topic
from .phrases import HEADINGS, capital, curly, for_groups, joined, page_words, places_of, title_of

BINDING = ("treaty", "judgment")
"""Kinds of authority that bind only those who are bound: the report says that it knows nobody's."""


def compose(topics: Iterable[Topic], assessment: Assessment) -> Iterator[DocumentBlock]:
    """A section for each topic: first what is told in full, then what has one line."""
    for topic in topics:
        yield Heading(2, capital(topic.label or "other"))
        for group in topic.findings:
            if group.told_in_full:
                yield Heading(3, f"{HEADINGS[group.finding.outcome]}: {title_of(group)}")
                yield Facts(tuple(_facts(group, assessment)))
        for outcome in (Outcome.MET, Outcome.NEEDS_REVIEW):
            yield from _in_lines(outcome, topic, assessment)


def _in_lines(outcome: Outcome, topic: Topic, assessment: Assessment) -> Iterator[DocumentBlock]:
    lines = tuple(
        _line(group, assessment)
        for group in topic.findings
        if not group.told_in_full and group.finding.outcome == outcome
    )
    if lines:
        anyhow = ", whatever is stated" if outcome == Outcome.NEEDS_REVIEW else ""
        yield Heading(3, HEADINGS[outcome] + anyhow)
        yield Items(lines)


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
    yield from _remedy(group, assessment)
    if norm.open_questions:
        questions = (f"{one.key} {curly(one.label)}" for one in norm.open_questions)
        yield "Open questions on the text", "; ".join(questions)


def _stated(group: FindingGroup) -> Iterator[str]:
    """What is stated, and where: one sentence for each thing that the findings rest on.

    With the groups that it is stated of, where those are not all.
    """
    places: dict[str, dict[str, None]] = {}  # of each message
    labels: dict[str, dict[str, None]] = {}
    for label, finding in group.findings:
        for evidence in finding.evidence:
            counts = evidence.outcome == finding.outcome or evidence is finding.leading
            if evidence.place and counts:
                message = evidence.message
                places.setdefault(message, {}).update(dict.fromkeys(places_of([evidence])))
                labels.setdefault(message, {})[label] = None
    for message, found in places.items():
        of_some = len(labels[message]) < len(group.groups)
        whom = for_groups(list(labels[message])) if of_some else ""
        yield f"{whom}{message.rstrip('.')} ({'; '.join(found)})."


def _illustration(norm: Norm) -> str:
    """What the section describes, in one line.

    Nothing that the norm's own quotation tells already, or an answer to doubts tells below.
    """
    told = (norm.quote, *(pair.concern for pair in norm.advocacy))
    for one in norm.illustrations:
        if not any(one.quote in words or words in one.quote for words in told):
            return f"{one.label}: “{one.quote}” (page {one.page}; a {one.kind})"
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


def _remedy(group: FindingGroup, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """What to do.

    And with whom to raise it, where the norm is for parties other than those whose duties the
    programme's runner has.
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
