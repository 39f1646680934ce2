"""Reports as RDF: the W3C validation report with the project's terms. (W3C SHACL, 3)"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..namespaces import CONCEPT, HRGE, PREFIXES, SH

if TYPE_CHECKING:
    import rdflib


_SHOWN = (Outcome.CONCERN, Outcome.NEEDS_REVIEW, Outcome.NOT_STATED)


def to_turtle(assessments: Iterable[Assessment]) -> str:
    """The W3C validation reports as Turtle, without what shows a norm met.

    Each result has the outcome of its norm and group as hrge:outcome. sh:conforms tells only
    whether there are results. (W3C SHACL, 3.6)
    """
    import rdflib

    out = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        out.bind(prefix, iri)
    for assessment in assessments:
        if assessment.report is not None:
            _add_report(out, assessment.report, assessment)
    return out.serialize(format="longturtle")


def _outcomes_of_results(assessment: Assessment) -> dict[tuple[str, str], Outcome]:
    """The outcome of each finding that is shown, by focus node and shape of its results."""
    outcomes: dict[tuple[str, str], Outcome] = {}
    for finding in assessment.findings:
        focus = finding.group or assessment.description.programme
        for evidence in finding.evidence:
            if evidence.outcome in _SHOWN:
                outcomes[focus, evidence.shape] = finding.outcome
    return outcomes


def _add_report(out: rdflib.Graph, report: rdflib.Graph, assessment: Assessment) -> None:
    import rdflib
    from rdflib import RDF, Literal, URIRef

    sh, hrge = rdflib.Namespace(SH), rdflib.Namespace(HRGE)
    outcomes = _outcomes_of_results(assessment)
    head = URIRef(assessment.description.programme + "/report")
    out.add((head, RDF.type, sh.ValidationReport))
    results = [
        (
            str(report.value(node, sh.focusNode)),
            str(report.value(node, sh.sourceShape)),
            str(report.value(node, sh.value)),
            node,
        )
        for node in report.subjects(RDF.type, sh.ValidationResult)
    ]
    kept = [
        (node, outcomes[focus, shape])
        for focus, shape, _, node in sorted(results)
        if (focus, shape) in outcomes
    ]
    for number, (node, outcome) in enumerate(kept, 1):
        result = URIRef(f"{head}/{number}")
        out.add((head, sh.result, result))
        out.add((result, hrge.outcome, URIRef(CONCEPT + outcome)))
        for predicate, value in report.predicate_objects(node):
            if not isinstance(value, rdflib.BNode):
                out.add((result, predicate, value))
    out.add((head, sh.conforms, Literal(not kept)))
