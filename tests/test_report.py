"""Reports: what a person reads, what a machine reads, and words that our prose does not use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal
from rdflib.namespace import RDF, SH

from hrge_kg import report
from hrge_kg.assess import OUTCOMES, Assessment
from hrge_kg.form import read_form
from hrge_kg.pipeline import Assessor
from hrge_kg.resources import root

DOCS = Path(__file__).parent.parent / "docs"
JUDGING = re.compile(
    r"\b(violat\w*|breach\w*|illegal\w*|unlawful\w*|compl(y|ies|ied|iance|iant)|non-compliant|pass(es|ed)?|fail(s|ed|ure)?|score\w*)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def closed(assessor: Assessor) -> Assessment:
    return assessor.assess(read_form(root() / "data" / "programmes" / "closed-shelter.yaml", assessor.vocabulary))


def test_json_follows_its_schema_and_equals_the_sample(closed: Assessment) -> None:
    made = json.loads(report.to_json([closed]))
    jsonschema.validate(made, json.loads((DOCS / "schemas" / "report.schema.json").read_text(encoding="utf-8")))
    assert made == json.loads((DOCS / "samples" / "closed-shelter.json").read_text(encoding="utf-8"))


def test_json_is_whole(closed: Assessment) -> None:
    (one,) = json.loads(report.to_json([closed]))
    assert sum(one["counts"].values()) == len(one["outcomes"])
    assert set(one["overall"]) == {outcome["norm"] for outcome in one["outcomes"]}
    for norm, worst in one["overall"].items():
        assert worst == min((o["outcome"] for o in one["outcomes"] if o["norm"] == norm), key=OUTCOMES.index)
    for outcome in one["outcomes"]:
        if outcome["outcome"] in ("concern", "met", "in-part"):
            assert outcome["statement"], outcome["norm"]
            assert outcome["location"]["line"], outcome["norm"]


def test_locations_lead_to_the_statement(closed: Assessment) -> None:
    lines = (root() / "data" / "programmes" / "closed-shelter.yaml").read_text(encoding="utf-8").splitlines()
    for outcome in json.loads(report.to_json([closed]))[0]["outcomes"]:
        if outcome["location"]:
            key = outcome["location"]["key"].split(".")[1]
            assert key in lines[outcome["location"]["line"] - 1]


def test_text_says_what_a_person_needs(closed: Assessment) -> None:
    text = " ".join(report.to_text(closed).split())
    assert "OF CONCERN" in text
    assert "A test for a disease is compulsory." in text
    assert "closed-shelter.yaml, line 12, answers.compulsory-test" in text
    assert "“they should not be subject to mandatory testing for diseases, including HIV/AIDS.” (page 45)" in text
    assert "It is not a legal finding; a person judges." in text
    assert "Whom it addresses: States; where applicable" in text


def test_a_concern_is_illustrated_by_what_the_section_describes(closed: Assessment) -> None:
    text = report.to_text(closed)
    (made,) = json.loads(report.to_json([closed]))
    concerns = {o["norm"]: o for o in made["outcomes"] if o["outcome"] == "concern"}
    told = [o for o in concerns.values() if any(i["quote"] not in o["quote"] and o["quote"] not in i["quote"] for i in o["illustrations"])]
    assert told
    lines = [block.count("The section describes: “") for block in text.split("\n• ")]
    assert max(lines) == 1, "one norm has several"
    assert sum(lines) >= len(told)
    review = text.partition("FOR A PERSON TO REVIEW")[2]
    assert review
    assert "The section describes" not in review


def test_what_is_done_illustrates_before_what_may_happen(closed: Assessment) -> None:
    order = ["practice", "risk", "finding"]
    (made,) = json.loads(report.to_json([closed]))
    by_norm = {o["label"]: o for o in made["outcomes"]}
    for outcome in by_norm.values():
        kinds = [order.index(one["kind"]) for one in outcome["illustrations"]]
        assert kinds == sorted(kinds)
    kept = by_norm["Not kept or detained in shelters or other facilities against their will"]
    assert kept["illustrations"][0]["quote"].startswith("In extreme cases, shelters may be locked")
    feedback = by_norm["Opportunity to provide feedback, to the extent of their capacity"]
    assert [one["concern"][:20] for one in feedback["advocacy"]] == ["There is resistance "]
    assert feedback["advocacy"][0]["page"] == 48


def test_answers_that_nothing_looks_at_are_named(tmp_path: Path, assessor: Assessor) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(
        "programme: p\ngroups:\n  people: {status: trafficked-person}\nanswers:\n"
        "  compulsory-test: no\n  consent-recorded: yes\n  turned-away: don't know\n",
        encoding="utf-8",
    )
    assessment = assessor.assess(read_form(form, assessor.vocabulary))
    assert [(place.line, place.key) for place in assessment.unread] == [(6, "answers.consent-recorded")]
    assert "ANSWERED, BUT NO ENCODED NORM LOOKS AT IT" in report.to_text(assessment)


def test_turtle_is_a_w3c_report_without_witnesses(assessor: Assessor) -> None:
    good = assessor.assess(read_form(root() / "data" / "programmes" / "community-shelter.yaml", assessor.vocabulary))
    graph = Graph().parse(data=report.to_turtle([good]), format="turtle")
    (head,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = list(graph.objects(head, SH.result))
    assert results
    assert graph.value(head, SH.conforms) == Literal(False)
    for result in results:
        assert graph.value(result, SH.focusNode)
        assert graph.value(result, SH.sourceShape)
        assert graph.value(result, SH.resultSeverity)
        assert str(graph.value(result, SH.sourceShape)).rsplit("-", 1)[1] != "met"


def test_our_prose_judges_nobody(graph: ox.Store, assessor: Assessor) -> None:
    """Quotations, and the W3C's own names, keep their words; messages, remedies, questions and headings are ours."""
    query = """PREFIX hrge: <https://w3id.org/hrge/ns#> PREFIX sh: <http://www.w3.org/ns/shacl#>
      SELECT DISTINCT ?text WHERE { { VALUES ?p { hrge:concernMessage hrge:metMessage hrge:remedy hrge:question hrge:why hrge:conduct
        hrge:checkabilityReason hrge:readingText } ?x ?p ?text } UNION { ?shape hrge:generatedFrom ?check ; sh:message ?text } }"""
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    texts = [row["text"].value for row in rows]
    assert len(texts) > 200
    assert [text for text in texts if JUDGING.search(text)] == []
    for name in ("closed-shelter", "community-shelter", "new-project"):
        text = report.to_text(assessor.assess(read_form(root() / "data" / "programmes" / f"{name}.yaml", assessor.vocabulary)))
        ours = re.sub(r"“[^”]*”", "", text)
        assert JUDGING.findall(ours) == []
