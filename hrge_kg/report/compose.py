"""The words of the report for people: what a busy person reads in a minute, then everything by topic, then questions and the rest.

Prose of ours says concern, stated, not stated, for review; it passes no judgement, and quotations keep their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..assessment.enums import Outcome, Reason
from ..assessment.model import Assessment
from ..assessment.norms import Norm
from ..form.description import Place
from ..markup.document import Document, DocumentBlock, Facts, Heading, Items, Paragraph, plain
from .digest import (
    FindingGroup,
    Issue,
    QuestionSummary,
    Topic,
    UnusedAnswers,
    asked,
    first,
    matters,
    merged,
    topics,
    unheard,
    urgent,
)

HEADINGS = {
    Outcome.CONCERN: "Of concern",
    Outcome.NEEDS_REVIEW: "For a person to review",
    Outcome.NOT_STATED: "Not stated",
    Outcome.IN_PART: "Stated in part",
    Outcome.MET: "Stated, and met as stated",
    Outcome.NOT_APPLICABLE: "Does not apply",
}
BINDING = ("treaty", "judgment")
FIRST = 5  # concerns and questions that a person reads in a minute
QUESTIONS = 20  # all that are printed; the others are in the JSON report
LABELS = 3

DISCLAIMER = (
    "This is a reading of what the description states beside what the source says. It is not a legal finding, and no legal advice; "
    "a person judges."
)


def compose(assessment: Assessment) -> Document:
    """The report on one programme."""
    found = topics(assessment)
    parts = (
        _minute(assessment),
        _topics(found, assessment),
        _questions(assessment),
        _open(found),
        _aside(assessment),
        _foot(assessment),
    )
    return Document(tuple(block for part in parts for block in part))


def _minute(assessment: Assessment) -> Iterator[DocumentBlock]:
    yield Heading(1, plain(assessment.description.title))
    yield Paragraph(DISCLAIMER)
    yield Heading(2, "In a minute")
    yield Facts(tuple(_described(assessment)))
    now = urgent(assessment)
    if now:
        yield Heading(3, "Act now")
        by_reason: dict[
            str, dict[tuple[str, ...], list[Issue]]
        ] = {}  # each reason, and for the same people what shows it, once
        for one in now:
            by_reason.setdefault(
                ", ".join(dict.fromkeys(why.label for why in one.urgency)), {}
            ).setdefault(one.groups, []).append(one)
        yield Items(
            tuple(
                f"{_capital(why)}. {' '.join(map(_shown, shown.values()))}"
                for why, shown in by_reason.items()
            )
        )
    yield Heading(3, "Of concern")
    yield from _concerns(assessment, now)
    yield Heading(3, "Met as stated, and for whom")
    yield from _met(assessment, Outcome.MET)
    if any(one.outcome == Outcome.IN_PART for one in assessment.findings):
        yield Heading(3, "Stated in part only, and for whom")
        yield from _met(assessment, Outcome.IN_PART)
    questions = asked(assessment)
    if questions:
        yield Heading(3, "The answers that would settle most")
        yield Items(tuple(_question(one, 1) for one in questions[:FIRST]), numbered=True)


def _described(assessment: Assessment) -> Iterator[tuple[str, str]]:
    about = assessment.profile
    yield (
        "What was described",
        f"the programme as the file {plain(assessment.description.file)} tells it",
    )
    yield (
        "Who runs it",
        "; ".join(about.runners)
        or "not stated: so what is yours to change is not told here from what is to be raised",
    )
    yield "Groups of people", "; ".join(map(plain, assessment.groups.values())) or "none described"
    yield "Who says so", "; ".join(about.answered_by) or "not stated"
    yield (
        "When",
        f"{about.first} to {about.last}"
        if about.first != about.last
        else about.first or "not stated",
    )
    silent = len(
        {
            finding.norm.iri
            for finding in assessment.findings
            if finding.outcome == Outcome.NOT_STATED
        }
    )
    if silent:
        yield (
            "Not stated",
            f"too little to say anything of {silent} norms, for some group or for all; that is neither good nor bad",
        )


def _concerns(assessment: Assessment, now: Sequence[Issue]) -> Iterator[DocumentBlock]:
    found = matters(assessment)
    if not found:
        yield Paragraph(
            "Nothing that is stated is of concern. That says nothing of what is not stated."
        )
        return
    yield Items(tuple(map(_matter, first(found, now, FIRST))))
    if len(found) > FIRST:
        yield Paragraph(f"And {len(found) - FIRST} more, by topic below.")


def _matter(matter: Issue) -> str:
    place = f" (stated at {_at(matter.evidence.place)})" if matter.evidence.place else ""
    return f"{_for(matter.groups)}{matter.evidence.message.rstrip('.')}{place}."


def _shown(found: Sequence[Issue]) -> str:
    """The first in full, and where the others stand."""
    places = list(
        dict.fromkeys(
            _at(one.evidence.place)
            for one in found
            if one.evidence.place != found[0].evidence.place
        )
    )
    return _matter(found[0]) + (f" See also {'; '.join(places)}." if places else "")


def _met(assessment: Assessment, outcome: Outcome) -> Iterator[DocumentBlock]:
    by_groups: dict[tuple[str, ...], list[str]] = {}
    for one in merged((f for f in assessment.findings if f.outcome == outcome), assessment):
        by_groups.setdefault(one.groups, []).append(one.norm.label)
    if by_groups:
        yield Items(
            tuple(
                f"{_for(groups) or 'The programme itself: '}{_list(labels)}"
                for groups, labels in by_groups.items()
            )
        )
    else:
        yield Paragraph("Nothing yet: met needs a statement that shows it.")


def _topics(found: Iterable[Topic], assessment: Assessment) -> Iterator[DocumentBlock]:
    several = len(_sources(assessment)) > 1
    for topic in found:
        yield Heading(2, _capital(topic.label or "other"))
        for told in topic.told:
            if told.whole:
                yield Heading(3, f"{HEADINGS[told.finding.outcome]}: {_title(told)}")
                yield Facts(tuple(_facts(told, assessment, several=several)))
        yield from _brief(topic, several=several)


def _brief(topic: Topic, *, several: bool) -> Iterator[DocumentBlock]:
    for outcome in (Outcome.MET, Outcome.NEEDS_REVIEW):
        lines = tuple(
            _line(one, several=several)
            for one in topic.told
            if not one.whole and one.finding.outcome == outcome
        )
        if lines:
            yield Heading(
                3,
                HEADINGS[outcome]
                + (", whatever is stated" if outcome == Outcome.NEEDS_REVIEW else ""),
            )
            yield Items(lines)


def _line(told: FindingGroup, *, several: bool) -> str:
    finding = told.finding
    stated = " ".join(_stated(told)) or finding.message
    if finding.reason == Reason.OPEN_WORDS:
        every = (e for _, f in told.findings for e in f.evidence if e.outcome == finding.outcome)
        places = "; ".join(dict.fromkeys(_at(e.place) for e in every if e.place))
        stated = f"Something is stated about it ({places}); its words are open, and whether that is enough a person has to judge."
    return f"{_title(told)}. {stated} The source: “{told.norm.quote}” ({_page(told.norm, several=several)})"


def _facts(
    told: FindingGroup, assessment: Assessment, *, several: bool
) -> Iterator[tuple[str, str]]:
    finding, norm = told.finding, told.norm
    stated, excepted = (
        " ".join(_stated(told)),
        finding.reason.excepted,
    )
    if stated or not excepted:
        yield "What was stated", stated or finding.message
    if excepted:
        yield "Why a person has to judge", finding.message
    yield "The source", f"“{norm.quote}” ({_page(norm, several=several)})"
    illustration = _illustration(norm) if finding.outcome == Outcome.CONCERN else ""
    if illustration:
        yield "Why it matters", f"the section describes: {illustration}"
    yield "On whose authority", _authority(norm)
    yield "Whom it addresses", _addressees(norm)
    for one in norm.terms:
        tests = (
            f"; all of this must be so: {', '.join(one.tests)}"
            if one.tests
            else "; the source sets no test for it"
        )
        yield "A limit", f"{one.label}: “{one.quote}” (page {one.page}){tests}."
    if finding.outcome == Outcome.CONCERN:
        for pair in norm.advocacy:
            yield (
                "What the source answers to doubts",
                f"“{pair.response}” (page {pair.page}), where it is said: “{pair.concern}”",
            )
    yield from _remedy(told, assessment)
    if norm.open_questions:
        yield (
            "Open questions on the text",
            "; ".join(f"{one.key} {_quoted(one.label)}" for one in norm.open_questions),
        )


def _stated(told: FindingGroup) -> Iterator[str]:
    """What is stated, and where: one sentence for each thing that the findings rest on, and for whom where that is not all of them."""
    places: dict[str, dict[str, None]] = {}
    whom: dict[str, dict[str, None]] = {}
    for label, finding in told.findings:
        for one in finding.evidence:
            if one.place and (one.outcome == finding.outcome or one is finding.leading):
                places.setdefault(one.message, {})[_at(one.place)] = None
                whom.setdefault(one.message, {})[label] = None
    for message, found in places.items():
        yield f"{_for(list(whom[message])) if len(whom[message]) < len(told.groups) else ''}{message.rstrip('.')} ({'; '.join(found)})."


def _illustration(norm: Norm) -> str:
    """What the section describes, in one line; nothing that the norm's own quotation says already, or an answer to doubts says below."""
    said = (norm.quote, *(pair.concern for pair in norm.advocacy))
    other = (
        one
        for one in norm.illustrations
        if not any(one.quote in words or words in one.quote for words in said)
    )
    return next(
        (f"{one.label}: “{one.quote}” (page {one.page}; a {one.kind})" for one in other), ""
    )


def _authority(norm: Norm) -> str:
    cited = (
        (force, "; ".join(one.label for one in norm.authority if one.force == force))
        for force in norm.force
    )
    said = "; ".join(f"{force.replace('-', ' ')} ({labels})" for force, labels in cited if labels)
    said = said or "the source's own words; it cites nothing for them"
    known = (
        " Whether a given State is bound is not known here."
        if set(norm.force) & set(BINDING)
        else ""
    )
    return f"{said}; worded “{norm.wording}”.{known}"


def _addressees(norm: Norm) -> str:
    if not norm.addressees:
        bearers = (
            f"; as the editors read it, it is for {_and(p.label for p in norm.bearers)}"
            if norm.bearers
            else ""
        )
        return f"the sentence names nobody{bearers}."
    more = f"; where applicable, {_and(norm.where_applicable)}" if norm.where_applicable else ""
    return f"{_and(norm.addressees)}{more}."


def _remedy(told: FindingGroup, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """What to do; and with whom to raise it, where no party whose duties the programme's runner has bears the norm."""
    remedy = " ".join(
        dict.fromkeys(finding.remedy for _, finding in told.findings if finding.remedy)
    )
    if not remedy:
        return
    bearers, about = told.norm.bearers, assessment.profile
    if not about.acts_as or not bearers:
        yield "What can be done", remedy
    elif any(party.iri in about.acts_as for party in bearers):
        yield "What you can do", remedy
    else:
        yield "What you can do", f"As far as it is in your own hands: {remedy}"
        with_whom = _and(dict.fromkeys(party.raise_with for party in bearers))
        yield (
            "What to raise",
            f"The norm is for {_and(party.label for party in bearers)}; this programme is run by: {_and(about.runners)}. "
            f"What is beyond you, raise with {with_whom}, or with a donor who can help.",
        )


def _questions(assessment: Assessment) -> Iterator[DocumentBlock]:
    questions = asked(assessment)
    if not questions:
        return
    yield Heading(2, "Not stated: the questions, weightiest first")
    yield Items(tuple(_question(one, LABELS) for one in questions[:QUESTIONS]), numbered=True)
    if len(questions) > QUESTIONS:
        yield Paragraph(f"And {len(questions) - QUESTIONS} more; --format json has them all.")


def _question(question: QuestionSummary, most: int) -> str:
    labels = list(dict.fromkeys(norm.label for norm in question.norms))
    more = f"; and {len(labels) - most} more" if len(labels) > most else ""
    return f"{_for(question.groups)}{question.text} Settles: {'; '.join(labels[:most])}{more}."


def _open(found: Iterable[Topic]) -> Iterator[DocumentBlock]:
    """The open questions on the text that the findings name, each once in full."""
    named = {
        one.key: one
        for topic in found
        for told in topic.told
        if told.whole
        for one in told.norm.open_questions
    }
    if named:
        yield Heading(2, "Open questions on the text")
        yield Paragraph(
            "Where the source and what it cites, or two places of it, differ: questions for a lawyer, as the editors see them."
        )
        yield Items(
            tuple(
                f"{key} {_quoted(one.label)} ({one.kind}). {_quoted(one.difference)}"
                for key, one in sorted(named.items())
            )
        )


def _aside(assessment: Assessment) -> Iterator[DocumentBlock]:
    """Answers that nothing looks at, and norms about others, told together where the reason is the same."""
    yield from _unheard(assessment)
    kept = [one for one in assessment.findings if one.outcome == Outcome.NOT_APPLICABLE]
    if not kept:
        return
    by_reason: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in merged(kept, assessment):
        about = (
            "Not a matter of a programme."
            if one.finding.reason == Reason.NOT_A_PROGRAMME_MATTER
            else one.finding.message
        )
        by_reason.setdefault((about, one.groups), []).append(one.norm.label)
    yield Heading(2, HEADINGS[Outcome.NOT_APPLICABLE])
    yield Items(
        tuple(
            f"{_for(groups)}{message.rstrip('.')}: {_list(labels)}"
            for (message, groups), labels in by_reason.items()
        )
    )


def _unheard(assessment: Assessment) -> Iterator[DocumentBlock]:
    """What is answered and raises nothing, and why: not known whom it is about, norms about others only, or none."""
    every = unheard(assessment)
    waiting = [one for one in every if one.waits]
    others = [one for one in every if not one.waits and one.about]
    rest = [one for one in every if not one.about]
    if waiting:
        yield Heading(2, "Answered, but it is not known yet whether a norm is about these people")
        by_questions: dict[tuple[str, ...], list[str]] = {}
        for one in waiting:
            by_questions.setdefault(one.questions, []).append(_answers(one, assessment))
        yield Items(
            tuple(
                f"To be answered first: {' '.join(first)} Then it counts: {'; '.join(told)}."
                for first, told in by_questions.items()
            )
        )
    if others:
        yield Heading(2, "Answered, but the norms that look at it are about others")
        yield Items(
            tuple(
                f"{_answers(one, assessment)}: about {_and(one.about)}.{_doubts(one)}"
                for one in others
            )
        )
    if rest:
        yield Heading(2, "Answered, but no encoded norm looks at it")
        yield Items(tuple(_answers(one, assessment) for one in rest))


def _answers(unheard: UnusedAnswers, assessment: Assessment) -> str:
    places = [
        place
        for one in unheard.statements
        if (place := assessment.description.place(one.statement))
    ]
    lines = ", ".join(str(place.line) for place in places if place.line)
    keys = "; ".join(dict.fromkeys(plain(place.key) for place in places))
    return f"line{'s' if len(places) > 1 else ''} {lines}, {keys}" if lines else keys


def _doubts(unheard: UnusedAnswers) -> str:
    """Words to take along, where the source has some."""
    return "".join(
        f" What the source says to it: “{pair.response}” (page {pair.page})"
        for pair in unheard.advocacy
    )


def _foot(assessment: Assessment) -> Iterator[DocumentBlock]:
    sources = _sources(assessment)
    yield Heading(2, "How to read this")
    yield Paragraph(
        "Topics with a concern come first, by what is at stake: life and liberty before services; that order is the editors'. “Not stated” "
        f"is neither good nor bad: the description does not say. The source{'s are' if len(sources) > 1 else ' is'} {'; '.join(sources)}. "
        "`hrge explain NORM` shows all that is known of a norm."
    )
    yield Paragraph(DISCLAIMER)


def _title(told: FindingGroup) -> str:
    return told.norm.label + (f" [{', '.join(map(plain, told.groups))}]" if told.groups else "")


def _page(norm: Norm, *, several: bool) -> str:
    return f"{norm.source_label}, page {norm.page}" if several else f"page {norm.page}"


def _sources(assessment: Assessment) -> list[str]:
    return sorted({finding.norm.source_label for finding in assessment.findings})


def _at(place: Place | None) -> str:
    if place is None:
        return ""
    return (
        f"line {place.line}, {plain(place.key)}"
        if place.line
        else f"{plain(place.file)}, {plain(place.key)}"
    )


def _for(groups: Sequence[str]) -> str:
    return f"{_capital(', '.join(map(plain, groups)))}: " if groups else ""


def _list(labels: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(labels)) + "."


def _and(words: Iterable[str]) -> str:
    every = list(words)
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else "".join(every)


def _quoted(text: str) -> str:
    """With the quotation marks that the rest of the report has."""
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
