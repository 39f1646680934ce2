"""The findings by topic: what is stated, what the source says, what can be done, and the law.

Each is folded to one line on a page; what only a lawyer needs is folded once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..assessment.answers import Answer
from ..assessment.enums import Outcome, Reason
from ..assessment.model import Assessment
from ..assessment.norms import Advocacy, LimitTerms, Norm, Reading
from ..assessment.wording import capital
from ..markup.document import (
    Facts,
    Fold,
    Heading,
    Items,
    Link,
    Paragraph,
    Section,
    SimpleBlock,
    Span,
    Text,
)
from ..trail.model import UNKNOWN_PARTIES
from . import told
from .digest import FindingGroup, Topic
from .filters import Filters
from .leads import Leads, topic_anchor
from .phrases import HEADINGS, SUPPORT, curly, for_groups, joined, page_words, title_of
from .remedies import remedy_facts
from .signs import SIGNS

BINDING = ("treaty", "judgment")
"""Kinds of authority that bind some States only; the report does not know which."""
YOU_STATED, THE_SOURCE = "You stated", "The source"
OPEN_QUESTIONS = "Open questions on the text"
FOR_A_LAWYER = "For a lawyer: authority, readings, open questions"


def compose(leads: Leads, filters: Filters, assessment: Assessment) -> Iterator[Section]:
    """A section for each topic, with the findings of which something is stated, worst first."""
    for topic in leads.topics:
        folds = tuple(
            _finding(group, leads, filters, assessment)
            for group in topic.findings
            if not group.whatever_is_stated
        )
        if folds:
            heading = Heading(2, capital(topic.label or "other"), topic_anchor(topic.label))
            tags = frozenset(tag for fold in folds for tag in fold.tags)
            yield Section((heading, *folds), tags)


def _finding(group: FindingGroup, leads: Leads, filters: Filters, assessment: Assessment) -> Fold:
    outcome = group.finding.outcome
    kind = SUPPORT if _is_support(group) else HEADINGS[outcome]
    heading = Heading(3, f"{kind}: {title_of(group)}", leads.finding_anchor(group), SIGNS[outcome])
    blocks: list[SimpleBlock | Fold] = [
        Facts(tuple(facts_of(group, leads, assessment)), boxed=YOU_STATED)
    ]
    law = tuple(law_of(group))
    if law:
        blocks.append(Fold(Heading(4, FOR_A_LAWYER), (Facts(law),)))
    return Fold(heading, tuple(blocks), filters.tags(group))


def _is_support(group: FindingGroup) -> bool:
    finding = group.finding
    return finding.outcome == Outcome.NEEDS_REVIEW and not finding.raised_for_review


def compose_whatever_is_stated(
    topics: Iterable[Topic], assessment: Assessment
) -> Iterator[SimpleBlock]:
    """The norms that a person has to look at whatever is stated, of all topics together."""
    lines = tuple(
        f"{title_of(group)}. {group.finding.message} The source: "
        f"{_quotation(group.norm, assessment)}"
        for topic in topics
        for group in topic.findings
        if group.whatever_is_stated
    )
    if lines:
        yield Heading(2, f"{HEADINGS[Outcome.NEEDS_REVIEW]}, whatever is stated", "whatever")
        yield Items(lines)


def compose_discrepancies(topics: Iterable[Topic]) -> Iterator[SimpleBlock]:
    """The open questions on the text that the findings name, each once in full."""
    named = {
        discrepancy.key: discrepancy
        for topic in topics
        for group in topic.findings
        if group.told_in_full
        for discrepancy in group.norm.open_questions
    }
    if named:
        keys = sorted(named)
        yield Heading(2, OPEN_QUESTIONS, "open-questions")
        yield Paragraph(
            "Where the source and what it cites, or two places of it, differ: questions for a "
            "lawyer, as the editors see them."
        )
        yield Items(
            tuple(
                f"{key} {curly(named[key].label)} ({named[key].kind}). "
                f"{curly(named[key].difference)}"
                for key in keys
            ),
            anchors=tuple(f"question-{key}" for key in keys),
        )


def compose_status(topics: Iterable[Topic]) -> Iterator[SimpleBlock]:
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
        yield Heading(2, "Who is bound by the treaties", "who-is-bound")
        yield Paragraph(
            f"{UNKNOWN_PARTIES} The depositary of each treaty says it. The addresses are as they "
            "were seen, and need not answer today."
        )
        yield Items(
            tuple(
                (f"{treaty}: ", Link(page.address, page.address), f" ({page.seen})")
                for treaty, page in sorted(pages.items())
            )
        )


def _quotation(norm: Norm, assessment: Assessment) -> str:
    return f"“{norm.quote}” ({page_words(norm, assessment)})"


def facts_of(
    group: FindingGroup, leads: Leads, assessment: Assessment
) -> Iterator[tuple[str, Text]]:
    """What is stated, what the source says, and what follows: in the order of reading."""
    finding, norm = group.finding, group.norm
    stated = tuple(_stated(group, leads))
    if stated:
        yield YOU_STATED, stated
    elif not finding.reason.excepted:
        yield "What is found", finding.message
    if finding.reason.excepted:
        yield "Why a person has to judge", finding.message
    elif finding.reason == Reason.OPEN_WORDS:
        yield (
            "Why a person has to judge",
            "The words of the norm are open; whether this is enough is not for a tool to say.",
        )
    yield THE_SOURCE, _quotation(norm, assessment)
    if group.told_in_full:
        yield from remedy_facts(norm, (one for _, one in group.findings), assessment)
    if finding.outcome == Outcome.CONCERN:
        if norm.advocacy:
            yield "What the source answers to doubts", " ".join(map(_answer, norm.advocacy))
        illustration = _illustration(norm)
        if illustration:
            yield "Why it matters", f"the section describes: {illustration}"


def _answer(pair: Advocacy) -> str:
    return f"“{pair.response}” (page {pair.page}), where it is said: “{pair.concern}”."


def law_of(group: FindingGroup) -> Iterator[tuple[str, Text]]:
    """What a lawyer asks of a norm."""
    norm = group.norm
    yield "On whose authority", _authority(norm)
    yield "Whom it addresses", _addressees(norm)
    if norm.terms:
        yield "A limit", " ".join(map(_limit, norm.terms))
    if norm.readings:
        yield "Readings", " ".join(map(_reading, norm.readings))
    if norm.open_questions:
        spans: list[Span] = []
        for one in norm.open_questions:
            words = f"{one.key} {curly(one.label)}"
            lead = Link(words, f"#question-{one.key}") if group.told_in_full else words
            spans += ["; ", lead] if spans else [lead]
        yield OPEN_QUESTIONS, tuple(spans)


def _reading(reading: Reading) -> str:
    of = f"{capital(reading.of)}: " if reading.of else ""
    which = "followed here" if reading.adopted else "not followed here"
    return f"{of}{reading.text.rstrip('.')} ({which})."


def _stated(group: FindingGroup, leads: Leads) -> Iterator[Span]:
    """What is stated, and where: one sentence for each thing that the findings rest on.

    A sentence begins with the groups of which it is stated, if these are not all groups.
    """
    places: dict[str, dict[tuple[Span, ...], None]] = {}  # of each message
    labels: dict[str, dict[str, None]] = {}
    for label, finding in group.findings:
        for evidence in finding.evidence:
            counts = evidence.outcome == finding.outcome or evidence is finding.leading
            if evidence.place and counts:
                where = told.where(evidence.place, evidence.answer)
                stands = (*leads.to_answer(evidence.answer), where)
                said = told.message(evidence, _labels_of(evidence.answer, group))
                places.setdefault(said, {})[stands] = None
                labels.setdefault(said, {})[label] = None
    for place, (said, found) in enumerate(places.items()):
        of_some = len(labels[said]) < len(group.groups)
        whom = for_groups(list(labels[said])) if of_some else ""
        yield f"{' ' if place else ''}{whom}{_without_open_words(said).rstrip('.')} ("
        for number, spans in enumerate(found):
            yield from ("; ", *spans) if number else spans
        yield ")."


def _labels_of(answer: Answer | None, group: FindingGroup) -> Sequence[str]:
    """The groups of the heading, if the answer is about just these: it need not name them."""
    return group.groups if answer else ()


def _without_open_words(said: str) -> str:
    """A message without the reason that has a line of its own."""
    return said.removesuffix(told.OPEN_WORDS).rstrip()


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
