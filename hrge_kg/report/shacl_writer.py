"""Reports as RDF: the W3C validation report with the project's terms. (W3C SHACL, 3)"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..namespaces import CONCEPT, HRGE, PREFIXES, SH

if TYPE_CHECKING:
    import rdflib


# The outcomes that ask a reader to do something: to change, to judge, or to answer.
_SHOWN_OUTCOMES = (Outcome.CONCERN, Outcome.NEEDS_REVIEW, Outcome.NOT_STATED)

_LEFT_OUT = (
    "This report holds the results of concern, for review and not stated. Results by which a norm "
    "is met, met in part or not applicable are left out, as are those that a fuller answer "
    "outweighs. So a norm that is not named here need not be met. "
    "hrge validate --format json writes every result."
)
_LINE_OF_COMMENT = 96


def to_turtle(assessments: Iterable[Assessment]) -> str:
    """The W3C validation reports as Turtle, with the results of concern, for review or not stated.

    hrge:outcome is the outcome of the whole norm and group, not of the one result. If a shape is of
    several norms, it is the worst of their outcomes. sh:conforms is true if the report has no
    results; that does not mean *met*. The report says itself what it leaves out, for people
    (rdfs:comment) and for programs (hrge:leavesOut). (W3C SHACL, 3.6)
    """
    import rdflib

    out = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        out.bind(prefix, iri)
    described: Counter[str] = Counter()
    for assessment in assessments:
        if assessment.report is not None:
            programme = assessment.description.programme
            described[programme] += 1
            _add_report(out, assessment.report, assessment, described[programme])
    comment = "".join(f"# {line}\n" for line in textwrap.wrap(_LEFT_OUT, _LINE_OF_COMMENT))
    return f"{comment}\n{out.serialize(format='longturtle')}"


_Key = tuple[str, str, str | None]
"""What a result is known by: its focus node, its shape and its value, if it has one."""


def _shown(assessment: Assessment) -> dict[_Key, tuple[Outcome, str]]:
    """For each result that is shown, the worst outcome that it is evidence for, and its message."""
    shown: dict[_Key, tuple[Outcome, str]] = {}
    for finding in assessment.findings:
        focus = finding.group or assessment.description.programme
        for evidence in finding.evidence:
            if evidence.outcome in _SHOWN_OUTCOMES and not evidence.outweighed:
                key = (focus, evidence.shape, evidence.value)
                outcome, message = shown.get(key, (finding.outcome, evidence.message))
                shown[key] = min(outcome, finding.outcome, key=lambda one: one.rank), message
    return shown


def concept_of(outcome: Outcome) -> str:
    """The IRI of an outcome. "In part" alone is an answer."""
    return CONCEPT + ("stated-in-part" if outcome == Outcome.IN_PART else outcome)


def _add_report(
    out: rdflib.Graph, shacl_report: rdflib.Graph, assessment: Assessment, number: int
) -> None:
    """Add one report; `number` counts those on the same programme, which several files describe."""
    import rdflib
    from rdflib import RDF, RDFS, Literal, URIRef

    sh, hrge = rdflib.Namespace(SH), rdflib.Namespace(HRGE)
    shown = _shown(assessment)
    name = "report" if number == 1 else f"report-{number}"
    report_node = URIRef(f"{assessment.description.programme}/{name}")
    out.add((report_node, RDF.type, sh.ValidationReport))
    out.add((report_node, RDFS.comment, Literal(_LEFT_OUT, lang="en")))
    for left in Outcome:
        if left not in _SHOWN_OUTCOMES:
            out.add((report_node, hrge.leavesOut, URIRef(concept_of(left))))
    kept = []
    for node in shacl_report.subjects(RDF.type, sh.ValidationResult):
        value = shacl_report.value(node, sh.value)
        key = (
            str(shacl_report.value(node, sh.focusNode)),
            str(shacl_report.value(node, sh.sourceShape)),
            None if value is None else str(value),
        )
        if key in shown:
            kept.append(((*key[:2], key[2] or ""), node, *shown[key]))
    kept.sort(key=lambda one: one[0])
    for number, (_, node, outcome, message) in enumerate(kept, 1):
        result = URIRef(f"{report_node}/{number}")
        out.add((report_node, sh.result, result))
        out.add((result, hrge.outcome, URIRef(concept_of(outcome))))
        for predicate, value in shacl_report.predicate_objects(node):
            if predicate == sh.resultMessage:
                out.add((result, predicate, Literal(message)))
            # A blank node, such as a path, would stand here without the triples about it.
            elif not isinstance(value, rdflib.BNode):
                out.add((result, predicate, value))
    out.add((report_node, sh.conforms, Literal(not kept)))
