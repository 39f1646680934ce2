"""Writes assessments for people (text) and machines (JSON, the W3C report as Turtle).

Prose of ours says concern, stated, not stated, for review; it passes no judgement, and quotations keep their words.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .assess import INFO, OUTCOMES, Assessment, Finding
from .description import Place
from .norms import Norm
from .prefixes import PREFIXES

if TYPE_CHECKING:
    import rdflib

WIDTH = 96
SHOWN = 12
HEADINGS = {
    "concern": "Of concern",
    "needs-review": "For a person to review",
    "not-stated": "Not stated",
    "in-part": "Stated in part",
    "met": "Stated, and met as stated",
    "not-applicable": "Does not apply",
}
BINDING = ("treaty", "judgment")


def to_json(assessments: Iterable[Assessment]) -> str:
    """The JSON report: an array, one object a programme. (docs/reference/validate-json.md, docs/schemas/report.schema.json)"""
    return json.dumps([_object(assessment) for assessment in assessments], ensure_ascii=False, indent=2) + "\n"


def to_jsonl(assessments: Iterable[Assessment]) -> str:
    """The same objects, a line each. (https://jsonlines.org)"""
    return "".join(json.dumps(_object(assessment), ensure_ascii=False) + "\n" for assessment in assessments)


def _object(assessment: Assessment) -> dict[str, Any]:
    description = assessment.description
    return {
        "programme": description.programme,
        "title": description.title,
        "file": description.file,
        "outcomes": [_outcome(finding) for finding in assessment.findings],
        "overall": assessment.overall,
        "counts": assessment.counts,
        "questions": [
            {"aspect": question.about, "question": question.text, "norms": [norm.iri for norm in norms]}
            for question, norms in assessment.questions
        ],
        "unread": [_location(place) for place in assessment.unread],
    }


def _outcome(finding: Finding) -> dict[str, Any]:
    leading, norm = finding.leading, finding.norm
    return {
        "norm": norm.iri,
        "label": norm.label,
        "group": finding.group,
        "outcome": finding.outcome,
        "reason": finding.reason,
        "severity": leading.severity if leading else INFO,
        "shape": leading.shape if leading else None,
        "statement": leading.statement if leading else None,
        "location": _location(leading.place if leading else None),
        "message": finding.message,
        "remedy": finding.remedy,
        "quote": norm.quote,
        "source": norm.source,
        "page": norm.page,
        "force": "; ".join(norm.force),
        "wording": norm.wording,
        "authority": [{"provision": iri, "label": label, "force": force} for iri, label, force in norm.authority],
        "because": finding.because,
        "illustrations": [
            {"practice": i.iri, "label": i.label, "kind": i.kind, "quote": i.quote, "page": i.page} for i in norm.illustrations
        ],
        "advocacy": [
            {"pair": a.iri, "label": a.label, "concern": a.concern, "response": a.response, "page": a.page} for a in norm.advocacy
        ],
        "evidence": [
            {
                "outcome": e.outcome,
                "reason": e.reason,
                "severity": e.severity,
                "shape": e.shape,
                "statement": e.statement,
                "location": _location(e.place),
                "message": e.message,
            }
            for e in finding.evidence
        ],
    }


def _location(place: Place | None) -> dict[str, Any] | None:
    return {"file": place.file, "line": place.line, "key": place.key} if place else None


def to_turtle(assessments: Iterable[Assessment]) -> str:
    """The W3C validation reports as Turtle, without witnesses; each result has the outcome of its norm and group as hrge:outcome.

    (W3C SHACL, 3.6; sh:conforms says only whether there are results.)
    """
    import rdflib

    out = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        out.bind(prefix, iri)
    for assessment in assessments:
        if assessment.report is not None:
            _add_report(out, assessment.report, assessment)
    return out.serialize(format="longturtle")


def _add_report(out: rdflib.Graph, report: rdflib.Graph, assessment: Assessment) -> None:
    import rdflib
    from rdflib import RDF, Literal, URIRef

    sh, hrge = rdflib.Namespace(PREFIXES["sh"]), rdflib.Namespace(PREFIXES["hrge"])
    shown = {
        (finding.group or assessment.description.programme, evidence.shape): finding.outcome
        for finding in assessment.findings
        for evidence in finding.evidence
        if evidence.outcome in ("concern", "needs-review", "not-stated")
    }
    head = URIRef(assessment.description.programme + "/report")
    out.add((head, RDF.type, sh.ValidationReport))
    found = sorted(
        (str(report.value(node, sh.focusNode)), str(report.value(node, sh.sourceShape)), str(report.value(node, sh.value)), node)
        for node in report.subjects(RDF.type, sh.ValidationResult)
    )
    kept = [(node, shown[focus, shape]) for focus, shape, _, node in found if (focus, shape) in shown]
    for number, (node, outcome) in enumerate(kept, 1):
        result = URIRef(f"{head}/{number}")
        out.add((head, sh.result, result))
        out.add((result, hrge.outcome, URIRef(PREFIXES["c"] + outcome)))
        for predicate, value in report.predicate_objects(node):
            if not isinstance(value, rdflib.BNode):
                out.add((result, predicate, value))
    out.add((head, sh.conforms, Literal(not kept)))


def to_text(assessment: Assessment) -> str:
    """The report as a programme officer reads it."""
    return "\n".join([*_head(assessment), *_body(assessment), *_questions(assessment), *_unread(assessment), *_foot(assessment)]) + "\n"


def _head(assessment: Assessment) -> list[str]:
    counts = ", ".join(f"{HEADINGS[o].lower()}: {n}" for o, n in assessment.counts.items() if n)
    groups = ", ".join(assessment.groups.values()) or "none described"
    return [
        assessment.description.title,
        "=" * min(len(assessment.description.title), WIDTH),
        f"File: {assessment.description.file}",
        f"Groups: {groups}",
        *_wrap(f"Norms by group: {counts}."),
        *_wrap("This is a reading of what the description states beside what the source says. It is not a legal finding; a person judges."),
        "",
    ]


def _body(assessment: Assessment) -> list[str]:
    lines: list[str] = []
    several = len(_sources(assessment)) > 1
    for outcome in OUTCOMES:
        found = [f for f in assessment.findings if f.outcome == outcome]
        if not found or outcome == "not-stated":
            continue
        lines += [HEADINGS[outcome].upper(), "-" * len(HEADINGS[outcome])]
        for finding, groups in _merged(found, assessment):
            lines += _finding(finding, groups, several=several) if outcome not in ("not-applicable",) else _brief(finding, groups)
        lines.append("")
    return lines


def _merged(findings: Sequence[Finding], assessment: Assessment) -> list[tuple[Finding, str]]:
    """Findings that differ only in their group are told once."""
    told: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.norm.iri, finding.message, finding.because, tuple(e.place for e in finding.evidence if e.outcome == finding.outcome))
        told.setdefault(key, []).append(finding)
    return [(same[0], ", ".join(assessment.groups[f.group] for f in same if f.group)) for same in told.values()]


def _sources(assessment: Assessment) -> list[str]:
    return sorted({finding.norm.source_label for finding in assessment.findings})


def _finding(finding: Finding, groups: str, *, several: bool) -> list[str]:
    norm = finding.norm
    lines = [f"• {norm.label}" + (f" [{groups}]" if groups else "")]
    lines += _wrap(finding.message, "    ")
    for line in dict.fromkeys(_stated(finding)):
        lines += _wrap(line, "    ")
    lines += _wrap(f"What you can do: {finding.remedy}", "    ") if finding.remedy else []
    place = f"{norm.source_label}, page {norm.page}" if several else f"page {norm.page}"
    lines += _wrap(f"The source: “{norm.quote}” ({place})", "    ")
    lines += _wrap(_illustration(norm), "    ") if finding.outcome == "concern" and _illustration(norm) else []
    lines += _wrap(f"On whose authority: {_authority(finding)}", "    ")
    lines += _wrap(f"Whom it addresses: {_addressees(finding)}", "    ")
    return lines


def _illustration(norm: Norm) -> str:
    """What the section describes, in one line; nothing that the norm's own quotation says already."""
    other = (one for one in norm.illustrations if one.quote not in norm.quote and norm.quote not in one.quote)
    return next((f"The section describes: “{one.quote}” (page {one.page})" for one in other), "")


def _stated(finding: Finding) -> list[str]:
    """Where what the finding rests on is stated; with the words of each concern, where there are several."""
    shown = [e for e in finding.evidence if e.place and (e.outcome == finding.outcome or e is finding.leading)]
    telling = finding.outcome in ("concern", "in-part", "met")
    return [
        f"Stated at: {_at(e.place)}" + (f" ({e.message})" if telling and e.message != finding.message else "") for e in shown if e.place
    ]


def _brief(finding: Finding, groups: str) -> list[str]:
    return _wrap(f"• {finding.norm.label}" + (f" [{groups}]" if groups else "") + f": {finding.message}", "  ", "")


def _at(place: Place) -> str:
    return f"{place.file}" + (f", line {place.line}" if place.line else "") + f", {place.key}"


def _authority(finding: Finding) -> str:
    norm = finding.norm
    cited = ((force, "; ".join(label for _, label, own in norm.authority if own == force)) for force in norm.force)
    said = "; ".join(f"{force.replace('-', ' ')} ({labels})" for force, labels in cited if labels)
    said = said or "the source's own words; it cites nothing for them"
    known = " Whether a given State is bound is not known here." if set(norm.force) & set(BINDING) else ""
    return f"{said}; worded “{norm.wording}”.{known}"


def _addressees(finding: Finding) -> str:
    norm = finding.norm
    if not norm.addressees:
        return "the sentence names nobody."
    more = f"; where applicable, {' and '.join(norm.where_applicable)}" if norm.where_applicable else ""
    return f"{' and '.join(norm.addressees)}{more}."


def _questions(assessment: Assessment) -> list[str]:
    questions = assessment.questions
    if not questions:
        return []
    title = f"{HEADINGS['not-stated']}: the answers that would settle most"
    lines = [title.upper(), "-" * len(title)]
    for number, (question, norms) in enumerate(questions[:SHOWN], 1):
        labels = "; ".join(norm.label for norm in norms)
        lines += _wrap(f"{number}. {question.text}", "   ", "") + _wrap(f"settles: {labels}", "     ")
    if len(questions) > SHOWN:
        lines += _wrap(f"and {len(questions) - SHOWN} more questions; --format json has them all.", "   ")
    return [*lines, ""]


def _unread(assessment: Assessment) -> list[str]:
    if not assessment.unread:
        return []
    title = "Answered, but no encoded norm looks at it"
    return [title.upper(), "-" * len(title), *(f"• {_at(place)}" for place in assessment.unread), ""]


def _foot(assessment: Assessment) -> list[str]:
    sources = _sources(assessment)
    return _wrap(
        "“Not stated” is neither good nor bad: the description does not say. "
        f"The source{'s are' if len(sources) > 1 else ' is'} {'; '.join(sources)}. "
        "`hrge explain NORM` shows all that is known of a norm."
    )


def _wrap(text: str, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
