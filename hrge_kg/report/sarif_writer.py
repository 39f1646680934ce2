"""Reports as SARIF 2.1.0, which editors and code hosts show beside the lines of a file.

(OASIS, Static Analysis Results Interchange Format 2.1.0; docs/reference/validate-ci.md)
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ..assessment.enums import Outcome
from ..assessment.model import Assessment, Finding
from ..assessment.norms import Norm
from ..form.description import Place
from ..namespaces import SH, shrink
from .findings import findings_of, key_of, other_places_of, place_of, sentences_of
from .phrases import DISCLAIMER

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

KINDS = {
    Outcome.CONCERN: "fail",
    Outcome.NEEDS_REVIEW: "review",
    Outcome.NOT_STATED: "open",
    Outcome.IN_PART: "review",
    Outcome.MET: "pass",
    Outcome.NOT_APPLICABLE: "notApplicable",
}
"""What an outcome is in SARIF. (3.27.9: open is what the tool lacks the information to decide)"""

_LEVELS = {SH + "Violation": "error", SH + "Warning": "warning", SH + "Info": "note"}
_WORKBOOK = ".xlsx"


def to_sarif(assessments: Iterable[Assessment]) -> str:
    """One run with a result for each norm and group, and a rule for each norm."""
    pairs = list(findings_of(assessments))
    norms = list({finding.norm.iri: finding.norm for _, finding in pairs}.values())
    ranks = {norm.iri: rank for rank, norm in enumerate(norms)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "hrge",
                        "semanticVersion": importlib.metadata.version("hrge-kg"),
                        "fullDescription": {"text": DISCLAIMER},
                        "rules": [_rule(norm) for norm in norms],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, assessment, ranks[finding.norm.iri])
                    for assessment, finding in pairs
                ],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(norm: Norm) -> dict[str, Any]:
    source = f"“{norm.quote}” ({norm.source_label}, page {norm.page})"
    return {
        "id": shrink(norm.iri),
        "shortDescription": {"text": norm.label},
        "fullDescription": {"text": source},
        "help": {"text": f"{norm.label}. {source} {DISCLAIMER}"},
        "properties": {"norm": norm.iri, "tags": list(norm.topics)},
    }


def _result(finding: Finding, assessment: Assessment, rank: int) -> dict[str, Any]:
    kind, leading = KINDS[finding.outcome], finding.leading
    place = place_of(finding, assessment)
    others = other_places_of(finding, assessment)
    severity = leading.severity if leading else ""
    return {
        "ruleId": key_of(finding),
        "ruleIndex": rank,
        "kind": kind,
        # Whatever is no failure has the level none. (3.27.10)
        "level": _LEVELS.get(severity, "warning") if kind == "fail" else "none",
        "message": {"text": sentences_of(finding, assessment)},
        "locations": [_location(place, assessment)],
        **({"relatedLocations": [_location(one, assessment) for one in others]} if others else {}),
        "partialFingerprints": {
            "fileProgrammeNormGroup/v1": " ".join(
                (
                    _uri(assessment.description.file),
                    assessment.description.programme,
                    finding.norm.iri,
                    finding.group or "-",
                )
            )
        },
        "properties": {
            "programme": assessment.description.programme,
            "group": finding.group,
            "outcome": finding.outcome,
            "reason": finding.reason,
            "because": finding.because,
            "statement": leading.statement if leading else None,
        },
    }


def _location(place: Place | None, assessment: Assessment) -> dict[str, Any]:
    file = place.file if place else assessment.description.file
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if place is None:
        return {"physicalLocation": physical}
    name = place.key
    if PurePath(file).suffix.lower() == _WORKBOOK:  # it has cells, and no lines of text
        name = place.cell or name
    elif place.line:
        column = {"startColumn": place.column} if place.column else {}
        physical["region"] = {"startLine": place.line} | column
    logical = {"name": place.key, "fullyQualifiedName": name}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _uri(file: str) -> str:
    """A path as the reference that SARIF wants: relative as it was given, or a `file:` IRI.

    >>> _uri("data/my shelter.yaml"), _uri("/data/a.yaml")
    ('data/my%20shelter.yaml', 'file:///data/a.yaml')
    """
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
