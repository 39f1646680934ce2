"""Reports as JSON and JSON Lines. (docs/reference/validate-json.md)"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..assessment.answer_fates import AnswerFate, answer_fates
from ..assessment.model import INFO, Assessment, Evidence, Finding
from ..assessment.norms import Norm
from ..form.description import Place


def to_json(assessments: Iterable[Assessment]) -> str:
    """The JSON report: an array with one object for each programme.

    (docs/schemas/report.schema.json)
    """
    objects = [_object(assessment) for assessment in assessments]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def to_jsonl(assessments: Iterable[Assessment]) -> str:
    """The same objects, one on each line. (https://jsonlines.org)"""
    objects = (_object(assessment) for assessment in assessments)
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


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
                "aspect": question.about,  # an aspect, or a dimension (who people are)
                "question": question.text,
                "norms": [norm.iri for norm in norms],
            }
            for question, norms in assessment.questions
        ],
        "unread": [_location(place) for place in assessment.unread],
        "answers": [_answer(fate) for fate in answer_fates(assessment)],
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
            {"provision": authority.iri, "label": authority.label, "force": authority.force}
            for authority in norm.authority
        ],
        "because": finding.because,
        "illustrations": _illustrations(norm),
        "advocacy": _advocacy(norm),
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }


def _answer(fate: AnswerFate) -> dict[str, Any]:
    answer = fate.answer
    return {
        "statement": answer.statement,
        "aspect": answer.aspect,
        "key": answer.key,
        "question": answer.question,
        "answer": answer.holds,
        "slots": {slot.slot: list(slot.values) for slot in answer.slots},
        "groups": list(answer.groups),
        "location": _location(answer.place),
        "words": answer.words,
        "adverse": answer.adverse,
        "favourable": answer.favourable,
        "kind": answer.kind,
        "effects": [
            {
                "fate": effect.fate,
                "norms": [norm.iri for norm in effect.norms],
                "groups": list(effect.groups),
                "why": effect.why,
                "thing": effect.thing or None,
            }
            for effect in fate.effects
        ],
    }


def _illustrations(norm: Norm) -> list[dict[str, Any]]:
    return [
        {
            "practice": illustration.iri,
            "label": illustration.label,
            "kind": illustration.kind,
            "quote": illustration.quote,
            "page": illustration.page,
        }
        for illustration in norm.illustrations
    ]


def _advocacy(norm: Norm) -> list[dict[str, Any]]:
    return [
        {
            "pair": pair.iri,
            "label": pair.label,
            "concern": pair.concern,
            "response": pair.response,
            "page": pair.page,
        }
        for pair in norm.advocacy
    ]


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "outcome": evidence.outcome,
        "reason": evidence.reason,
        "severity": evidence.severity,
        "shape": evidence.shape,
        "statement": evidence.statement,
        "location": _location(evidence.place),
        "message": evidence.message,
    }


def _location(place: Place | None) -> dict[str, Any] | None:
    return {"file": place.file, "line": place.line, "key": place.key} if place else None
