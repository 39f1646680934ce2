"""Reports as EARL, the vocabulary of the W3C for the results of tests, in Turtle.

(W3C, Evaluation and Report Language 1.0 Schema; Pointer Methods in RDF 1.0;
docs/reference/validate-ci.md)
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..assessment.enums import Outcome
from ..assessment.model import Assessment, Finding
from ..form.description import Place
from ..namespaces import BASE, HRGE, PREFIXES
from .findings import findings_of, other_places_of, place_of, sentences_of
from .phrases import DISCLAIMER
from .shacl_writer import concept_of

if TYPE_CHECKING:
    import rdflib

EARL = "http://www.w3.org/ns/earl#"
_PTR = "http://www.w3.org/2009/pointers#"
_TOOL = BASE + "id/tool/hrge"

OUTCOMES = {
    Outcome.CONCERN: "failed",
    Outcome.NEEDS_REVIEW: "cantTell",
    Outcome.NOT_STATED: "untested",
    Outcome.IN_PART: "cantTell",
    Outcome.MET: "passed",
    Outcome.NOT_APPLICABLE: "inapplicable",
}
"""What an outcome is in EARL, where it rests on no answer or on one that settles it."""


def to_earl(assessments: Iterable[Assessment]) -> str:
    """An assertion for each norm and group, in Turtle."""
    import rdflib
    from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

    earl = rdflib.Namespace(EARL)
    out = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in (*PREFIXES.items(), ("earl", EARL), ("ptr", _PTR)):
        out.bind(prefix, iri)
    tool = URIRef(_TOOL)
    out.add((tool, RDF.type, earl.Assertor))
    out.add((tool, RDF.type, earl.Software))
    out.add((tool, DCTERMS.title, Literal("hrge", lang="en")))
    out.add((tool, DCTERMS.hasVersion, Literal(importlib.metadata.version("hrge-kg"))))
    out.add((tool, RDFS.comment, Literal(DISCLAIMER, lang="en")))
    # Numbered over all, because two files can describe the same programme.
    for number, (assessment, finding) in enumerate(findings_of(assessments), 1):
        _add_assertion(out, finding, assessment, number)
    comment = f"# {DISCLAIMER}\n\n".replace("says. ", "says.\n# ")
    return comment + out.serialize(format="longturtle")


def _add_assertion(
    out: rdflib.Graph, finding: Finding, assessment: Assessment, number: int
) -> None:
    import rdflib
    from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

    earl, hrge = rdflib.Namespace(EARL), rdflib.Namespace(HRGE)
    programme = URIRef(assessment.description.programme)
    assertion = URIRef(f"{programme}/assertion/{number}")
    result = URIRef(f"{assertion}/result")
    subject = URIRef(finding.group) if finding.group else programme
    requirement = URIRef(finding.norm.iri)
    out.add((assertion, RDF.type, earl.Assertion))
    out.add((assertion, earl.assertedBy, URIRef(_TOOL)))
    out.add((assertion, earl.subject, subject))
    out.add((assertion, earl.test, requirement))
    out.add((assertion, earl.mode, earl.automatic))
    out.add((assertion, earl.result, result))
    out.add((subject, RDF.type, earl.TestSubject))
    if finding.group:
        out.add((subject, DCTERMS.title, Literal(assessment.groups[finding.group])))
        out.add((subject, DCTERMS.isPartOf, programme))
    out.add((programme, DCTERMS.title, Literal(assessment.description.title)))
    out.add((requirement, RDF.type, earl.TestRequirement))
    out.add((requirement, DCTERMS.title, Literal(finding.norm.label, lang="en")))
    out.add((requirement, DCTERMS.description, Literal(finding.norm.quote, lang="en")))
    out.add((result, RDF.type, earl.TestResult))
    out.add((result, DCTERMS.source, Literal(assessment.description.file)))
    out.add((result, earl.outcome, earl[outcome_of(finding)]))
    out.add((result, hrge.outcome, URIRef(concept_of(finding.outcome))))
    out.add((result, RDFS.comment, Literal(DISCLAIMER, lang="en")))
    out.add((result, DCTERMS.description, Literal(sentences_of(finding, assessment), lang="en")))
    places = [place_of(finding, assessment), *other_places_of(finding, assessment)]
    for rank, place in enumerate((one for one in places if one), 1):
        _add_pointer(out, result, place, rank)


def outcome_of(finding: Finding) -> str:
    """The local name of the outcome in EARL.

    A norm that is *not stated* is untested; if an answer speaks to it and does not settle it, it
    was tested, and nobody can tell.
    """
    if finding.outcome == Outcome.NOT_STATED and any(one.place for one in finding.evidence):
        return "cantTell"
    return OUTCOMES[finding.outcome]


def _add_pointer(out: rdflib.Graph, result: rdflib.URIRef, place: Place, rank: int) -> None:
    import rdflib
    from rdflib import DCTERMS, RDF, Literal, URIRef

    earl, ptr = rdflib.Namespace(EARL), rdflib.Namespace(_PTR)
    pointer = URIRef(f"{result}/pointer/{rank}")
    out.add((result, earl.pointer, pointer))
    out.add((pointer, RDF.type, ptr.LineCharPointer if place.line else ptr.Pointer))
    out.add((pointer, DCTERMS.source, Literal(place.file)))
    out.add((pointer, DCTERMS.identifier, Literal(place.cell or place.key)))
    if place.line:
        out.add((pointer, ptr.lineNumber, Literal(place.line)))
    if place.column:
        out.add((pointer, ptr.charNumber, Literal(place.column)))
