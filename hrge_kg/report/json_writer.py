"""Reports as JSON and JSON Lines. (docs/reference/validate-json.md)"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..assessment.model import INFO, Assessment, Finding
from ..form.description import Place

if TYPE_CHECKING:
    pass


def to_json(assessments: Iterable[Assessment]) -> str:
    """The JSON report: an array, one object a programme. (docs/reference/validate-json.md, docs/schemas/report.schema.json)"""
    return (
        json.dumps(
            [_object(assessment) for assessment in assessments], ensure_ascii=False, indent=2
        )
        + "\n"
    )


def to_jsonl(assessments: Iterable[Assessment]) -> str:
    """The same objects, a line each. (https://jsonlines.org)"""
    return "".join(
        json.dumps(_object(assessment), ensure_ascii=False) + "\n" for assessment in assessments
    )


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
            {
                "aspect": question.about,
                "question": question.text,
                "norms": [norm.iri for norm in norms],
            }
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
        "authority": [
            {"provision": one.iri, "label": one.label, "force": one.force} for one in norm.authority
        ],
        "because": finding.because,
        "illustrations": [
            {"practice": i.iri, "label": i.label, "kind": i.kind, "quote": i.quote, "page": i.page}
            for i in norm.illustrations
        ],
        "advocacy": [
            {
                "pair": a.iri,
                "label": a.label,
                "concern": a.concern,
                "response": a.response,
                "page": a.page,
            }
            for a in norm.advocacy
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
