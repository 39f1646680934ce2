"""Reports for programs: JSON and the report of the W3C in Turtle."""

from __future__ import annotations

import json
from collections.abc import Callable

import jsonschema
import pyoxigraph as ox
from paths import ROOT
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH

from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Assessment
from hrge_kg.namespaces import CONCEPT, HRGE
from hrge_kg.report import json_writer, shacl_writer
from hrge_kg.resources import root
from hrge_kg.sparql import select

DOCS = ROOT / "docs"


def test_json_follows_its_schema_and_equals_the_sample(closed: Assessment) -> None:
    made = json.loads(json_writer.to_json([closed]))
    jsonschema.validate(
        made, json.loads((DOCS / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    )
    assert made == json.loads(
        (DOCS / "samples" / "closed-shelter.json").read_text(encoding="utf-8")
    )


def test_json_is_whole(closed: Assessment) -> None:
    (one,) = json.loads(json_writer.to_json([closed]))
    assert sum(one["counts"].values()) == len(one["outcomes"])
    assert set(one["overall"]) == {outcome["norm"] for outcome in one["outcomes"]}
    for norm, worst in one["overall"].items():
        assert worst == min(
            (o["outcome"] for o in one["outcomes"] if o["norm"] == norm),
            key=lambda outcome: Outcome(outcome).rank,
        )
    for outcome in one["outcomes"]:
        if outcome["outcome"] in ("concern", "met", "in-part"):
            assert outcome["statement"], outcome["norm"]
            assert outcome["location"]["line"], outcome["norm"]


def test_locations_lead_to_the_statement(closed: Assessment) -> None:
    lines = (
        (root() / "data" / "programmes" / "closed-shelter.yaml")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    for outcome in json.loads(json_writer.to_json([closed]))[0]["outcomes"]:
        if outcome["location"]:
            key = outcome["location"]["key"].split(".")[1]
            assert key in lines[outcome["location"]["line"] - 1]


def test_what_is_done_illustrates_before_what_may_happen(closed: Assessment) -> None:
    order = ["practice", "risk", "finding"]
    (made,) = json.loads(json_writer.to_json([closed]))
    by_norm = {o["label"]: o for o in made["outcomes"]}
    for outcome in by_norm.values():
        kinds = [order.index(one["kind"]) for one in outcome["illustrations"]]
        assert kinds == sorted(kinds)
    kept = by_norm["Not kept or detained in shelters or other facilities against their will"]
    assert kept["illustrations"][0]["quote"].startswith("In extreme cases, shelters may be locked")
    feedback = by_norm["Opportunity to provide feedback, to the extent of their capacity"]
    assert [one["concern"][:20] for one in feedback["advocacy"]] == ["There is resistance "]
    assert feedback["advocacy"][0]["page"] == 48


def test_a_result_in_turtle_has_the_worst_outcome_of_its_norms_and_its_own_message(
    example: Callable[[str], Assessment],
) -> None:
    """A fact bears on many norms; one answer is compared with several."""
    home = example("government-home")
    graph = Graph().parse(data=shacl_writer.to_turtle([home]), format="turtle")
    told: dict[tuple[str, str, str], list[Outcome]] = {}
    messages = set()
    for finding in home.findings:
        for found in finding.evidence:
            if found.value and not found.outweighed:
                key = (str(finding.group or home.description.programme), found.shape, found.value)
                told.setdefault(key, []).append(finding.outcome)
                messages.add((found.shape, found.value, found.message))
    results = {
        (
            str(graph.value(node, SH.focusNode)),
            str(graph.value(node, SH.sourceShape)),
            str(graph.value(node, SH.value)),
        ): node
        for node in graph.subjects(RDF.type, SH.ValidationResult)
        if graph.value(node, SH.value)
    }
    several = [key for key in results if len(set(told[key])) > 1]
    assert several
    for key in several:
        worst = min(told[key], key=lambda outcome: outcome.rank)
        assert str(graph.value(results[key], URIRef(HRGE + "outcome"))) == CONCEPT + worst
    for (_, shape, value), node in results.items():
        assert (shape, value, str(graph.value(node, SH.resultMessage))) in messages


def test_turtle_is_a_w3c_report_without_witnesses(example: Callable[[str], Assessment]) -> None:
    good = example("community-shelter")
    graph = Graph().parse(data=shacl_writer.to_turtle([good]), format="turtle")
    (head,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = list(graph.objects(head, SH.result))
    assert results
    assert graph.value(head, SH.conforms) == Literal(False)
    for result in results:
        assert graph.value(result, SH.focusNode)
        assert graph.value(result, SH.sourceShape)
        assert graph.value(result, SH.resultSeverity)
        assert str(graph.value(result, SH.sourceShape)).rsplit("-", 1)[1] != "met"


def test_turtle_says_what_it_leaves_out(
    example: Callable[[str], Assessment], graph: ox.Store
) -> None:
    """To whoever reads the triples, queries them or opens the file: missing is not met."""
    good = example("community-shelter")
    text = shacl_writer.to_turtle([good])
    read = Graph().parse(data=text, format="turtle")
    (head,) = read.subjects(RDF.type, SH.ValidationReport)
    (said,) = read.objects(head, RDFS.comment)
    assert isinstance(said, Literal) and said.language == "en"
    comment = [line for line in text.splitlines() if line.startswith("# ")]
    assert " ".join(line.removeprefix("# ") for line in comment) == str(said)
    concepts = {
        row["outcome"]
        for row in select(
            graph,
            "SELECT ?outcome { ?outcome skos:inScheme <https://w3id.org/hrge/id/scheme/outcome> }",
        )
    }
    shown = {CONCEPT + one for one in ("concern", "needs-review", "not-stated")}
    left_out = {str(one) for one in read.objects(head, URIRef(HRGE + "leavesOut"))}
    assert left_out == concepts - shown
    told = set(map(str, read.objects(None, URIRef(HRGE + "outcome"))))
    assert told and told <= shown
    assert good.validation is not None
    assert any(result.shape.outcome == Outcome.MET for result in good.validation.results)
