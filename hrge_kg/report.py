"""Writes assessments for people (text, Markdown, HTML: one reading, three formats) and machines (JSON, the W3C report as Turtle)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import page_html, page_markdown, page_text
from .assess import INFO, Assessment, Finding
from .description import Place
from .prefixes import PREFIXES
from .reading import read

if TYPE_CHECKING:
    import rdflib


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


def to_text(assessments: Iterable[Assessment]) -> str:
    """The report for people as plain text."""
    return "\n".join(page_text.write(read(assessment)) for assessment in assessments)


def to_markdown(assessments: Iterable[Assessment]) -> str:
    """The same report as Markdown."""
    return page_markdown.write(read(assessment) for assessment in assessments)


def to_html(assessments: Iterable[Assessment]) -> str:
    """The same report as one HTML file."""
    return page_html.write([read(assessment) for assessment in assessments])


WRITERS: Mapping[str, Callable[[Iterable[Assessment]], str]] = {
    "text": to_text,
    "html": to_html,
    "markdown": to_markdown,
    "json": to_json,
    "jsonl": to_jsonl,
    "ttl": to_turtle,
}
