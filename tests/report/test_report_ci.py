"""Reports for the lists of other programs: SARIF, JUnit and EARL. Silence is a pass in none."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import junitparser
import pytest
import yaml
from paths import ROOT
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SH
from rdflib.term import Node

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Assessment
from hrge_kg.cli.main import parser
from hrge_kg.form.convert import convert
from hrge_kg.form.readers import read_file
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.namespaces import CONCEPT, HRGE
from hrge_kg.report import earl_writer, formats, junit_writer, sarif_writer
from hrge_kg.report.phrases import DISCLAIMER
from hrge_kg.resources import root
from hrge_kg.writing import write

EXAMPLES = ("closed-shelter", "government-home", "assistance-without-shelter")
EARL = Namespace("http://www.w3.org/ns/earl#")
PTR = Namespace("http://www.w3.org/2009/pointers#")
FORM = "programme: p\ntitle: P\ngroups:\n  people: {status: trafficked-person}\n"


@pytest.fixture(scope="module")
def several(example: Callable[[str], Assessment]) -> list[Assessment]:
    """Examples with every outcome between them."""
    found = [example(name) for name in EXAMPLES]
    outcomes = {finding.outcome for one in found for finding in one.findings}
    assert outcomes == set(Outcome)
    return found


@pytest.fixture
def silent(tmp_path: Path, assessor: Assessor) -> Assessment:
    """A description that answers no question."""
    form = tmp_path / "silent.yaml"
    form.write_text(FORM, encoding="utf-8")
    return assessor.assess(read_form(form, assessor.vocabulary))


def converted(file: Path, to: str, assessor: Assessor) -> bytes:
    return convert(read_form(file, assessor.vocabulary), to, assessor.vocabulary).content


def results(assessments: list[Assessment]) -> list[dict[str, Any]]:
    (run,) = json.loads(formats.to_sarif(assessments))["runs"]
    found: list[dict[str, Any]] = run["results"]
    return found


def cases(assessments: list[Assessment]) -> list[junitparser.TestCase]:
    read = junitparser.JUnitXml.fromstring(formats.to_junit(assessments).encode())
    return [case for suite in read for case in suite]


def assertions(assessments: list[Assessment]) -> tuple[Graph, list[Node]]:
    graph = Graph().parse(data=formats.to_earl(assessments), format="turtle")
    return graph, list(graph.subjects(RDF.type, EARL.Assertion))


@pytest.mark.parametrize("table", [sarif_writer.KINDS, junit_writer.ELEMENTS, earl_writer.OUTCOMES])
def test_every_outcome_has_its_word_and_only_met_is_a_pass(
    table: dict[Outcome, str | None],
) -> None:
    assert set(table) == set(Outcome)
    passes = {outcome for outcome, word in table.items() if word in ("pass", None, "passed")}
    assert passes == {Outcome.MET}
    failures = {outcome for outcome, word in table.items() if word in ("fail", "failure", "failed")}
    assert failures == {Outcome.CONCERN}


def test_silence_is_a_pass_nowhere(silent: Assessment) -> None:
    assert silent.counts["not-stated"] > 50 and not silent.counts["met"]
    assert {one["kind"] for one in results([silent])} <= {"open", "review", "notApplicable"}
    assert all(case.is_skipped for case in cases([silent]))
    graph, made = assertions([silent])
    told = Counter(str(graph.value(graph.value(one, EARL.result), EARL.outcome)) for one in made)
    assert told[str(EARL.untested)] == silent.counts["not-stated"]
    assert str(EARL.passed) not in told and str(EARL.failed) not in told


@pytest.mark.works_with(
    "jsonschema", tried="the report as SARIF, by the schema of SARIF 2.1.0", result="valid"
)
def test_sarif_follows_the_official_schema(several: list[Assessment]) -> None:
    schema = json.loads(
        (ROOT / "tests/fixtures/schemas/sarif-schema-2.1.0.json").read_text(encoding="utf-8")
    )
    log = json.loads(formats.to_sarif(several))
    jsonschema.Draft4Validator(schema).validate(log)
    assert log["$schema"] == schema["id"]
    with pytest.raises(jsonschema.ValidationError):  # the schema is one that can refuse
        jsonschema.Draft4Validator(schema).validate(log | {"runs": [{}]})


def test_sarif_has_a_result_for_each_finding_and_a_level_only_for_concerns(
    several: list[Assessment],
) -> None:
    findings = [finding for one in several for finding in one.findings]
    found = results(several)
    (run,) = json.loads(formats.to_sarif(several))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(found) == len(findings) and len(set(rules)) == len(rules)
    for one, finding in zip(found, findings, strict=True):
        assert one["kind"] == sarif_writer.KINDS[finding.outcome]
        assert (one["level"] == "none") == (finding.outcome != Outcome.CONCERN)
        assert rules[one["ruleIndex"]] == one["ruleId"]
        assert one["properties"]["outcome"] == finding.outcome
        assert len(one["locations"]) == 1 and one["message"]["text"]
    prints = [one["partialFingerprints"]["fileProgrammeNormGroup/v1"] for one in found]
    assert len(set(prints)) == len(prints)


def test_sarif_leads_to_the_line_and_column_of_the_answer(
    example: Callable[[str], Assessment],
) -> None:
    file = root() / "data/programmes/closed-shelter.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    for one in results([example("closed-shelter")]):
        (logical,) = one["locations"][0]["logicalLocations"]
        region = one["locations"][0]["physicalLocation"]["region"]
        words = lines[region["startLine"] - 1][region["startColumn"] - 1 :]
        part, _, key = logical["name"].partition(".")
        if part == "answers" and one["properties"]["statement"]:
            assert words.startswith((key, "yes", "no", "{"))
        else:  # what is silent is told where the group is, or the programme
            assert words.startswith((key, "closed-shelter"))
            assert part in ("groups", "programme")


def test_sarif_names_the_cell_of_a_workbook(tmp_path: Path, assessor: Assessor) -> None:
    book = tmp_path / "my shelter.xlsx"
    source = root() / "data/programmes/closed-shelter.yaml"
    book.write_bytes(converted(source, "xlsx", assessor))
    (description,) = read_file(book, assessor.vocabulary)
    found = [one for one in results([assessor.assess(description)]) if one["kind"] == "fail"]
    assert found
    for one in found:
        physical = one["locations"][0]["physicalLocation"]
        (logical,) = one["locations"][0]["logicalLocations"]
        assert physical["artifactLocation"]["uri"].endswith("/my%20shelter.xlsx")
        assert "region" not in physical  # a workbook has no lines
        assert logical["fullyQualifiedName"].split("!")[0] in ("Questions", "Groups")


def test_a_table_and_rdf_have_lines(tmp_path: Path, assessor: Assessor) -> None:
    source = root() / "data/programmes/closed-shelter.yaml"
    for to in ("csv", "ttl"):
        file = tmp_path / f"shelter.{to}"
        file.write_bytes(converted(source, to, assessor))
        (description,) = read_file(file, assessor.vocabulary)
        lines = file.read_text(encoding="utf-8").splitlines()
        found = [one for one in results([assessor.assess(description)]) if one["kind"] == "fail"]
        assert found
        for one in found:
            (location,) = one["locations"]
            line = lines[location["physicalLocation"]["region"]["startLine"] - 1]
            assert re.search(r"^answer,|hrge:\w+ .*;$|/statement/", line), line
            assert "startColumn" not in location["physicalLocation"]["region"]


@pytest.mark.works_with(
    "junitparser", tried="the report as JUnit XML", result="every finding; only *met* is a pass"
)
def test_junit_counts_and_names_agree(several: list[Assessment]) -> None:
    read = junitparser.JUnitXml.fromstring(formats.to_junit(several).encode())
    for suite, assessment in zip(read, several, strict=True):
        counts = assessment.counts
        assert suite.name == assessment.description.title
        assert suite.tests == len(assessment.findings) == len(list(suite))
        assert suite.failures == counts["concern"] and suite.errors == 0
        assert suite.tests - suite.failures - suite.skipped == counts["met"]
        for case, finding in zip(suite, assessment.findings, strict=True):
            assert case.is_passed == (finding.outcome == Outcome.MET)
            assert case.is_failure == (finding.outcome == Outcome.CONCERN)
            if not case.is_passed:
                (told,) = case.result
                assert told.type == finding.outcome and told.message
    names = [(case.classname, case.name) for case in cases(several)]
    assert len(set(names)) == len(names)  # GitLab keeps only the first of two with one name
    totals = ElementTree.fromstring(formats.to_junit(several)).attrib
    assert totals["tests"] == str(len(names))


def test_junit_is_xml_whatever_a_title_holds(tmp_path: Path, assessor: Assessor) -> None:
    file = tmp_path / "odd.ttl"
    source = tmp_path / "plain.yaml"
    source.write_text(FORM.replace("title: P", "title: A title"), encoding="utf-8")
    turtle = converted(source, "ttl", assessor).decode()
    file.write_text(turtle.replace("A title", r"A & <b> “title”"), encoding="utf-8")
    (description,) = read_file(file, assessor.vocabulary)
    read = ElementTree.fromstring(formats.to_junit([assessor.assess(description)]))
    assert read[0].get("name") == "A & <b> “title”"
    assert junit_writer._xml("a\x01b\ufffe") == "a�b�"


@pytest.mark.works_with(
    "rdflib", tried="the report as EARL", result="every finding; only *met* is a pass"
)
def test_earl_is_whole(several: list[Assessment]) -> None:
    graph, made = assertions(several)
    findings = {
        (finding.group or one.description.programme, finding.norm.iri): finding
        for one in several
        for finding in one.findings
    }
    assert len(made) == len(findings)
    for assertion in made:
        (subject,) = graph.objects(assertion, EARL.subject)
        (norm,) = graph.objects(assertion, EARL.test)
        (result,) = graph.objects(assertion, EARL.result)
        (tool,) = graph.objects(assertion, EARL.assertedBy)
        (outcome,) = graph.objects(result, EARL.outcome)
        assert (tool, RDF.type, EARL.Software) in graph
        assert (subject, RDF.type, EARL.TestSubject) in graph
        assert (norm, RDF.type, EARL.TestRequirement) in graph
        assert (result, RDF.type, EARL.TestResult) in graph
        finding = findings[str(subject), str(norm)]
        assert outcome == EARL[earl_writer.outcome_of(finding)]
        assert (outcome == EARL.passed) == (finding.outcome == Outcome.MET)
        ours = "stated-in-part" if finding.outcome == Outcome.IN_PART else finding.outcome
        assert graph.value(result, URIRef(HRGE + "outcome")) == URIRef(CONCEPT + ours)
        assert str(graph.value(result, RDFS.comment)) == DISCLAIMER
        if finding.leading and finding.leading.place:
            pointers = list(graph.objects(result, EARL.pointer))
            lines = {str(graph.value(one, PTR.lineNumber)) for one in pointers}
            assert str(finding.leading.place.line) in lines
            assert all(graph.value(one, DCTERMS.source) for one in pointers)


def test_an_answer_that_settles_nothing_is_cannot_tell(tmp_path: Path, assessor: Assessor) -> None:
    form = tmp_path / "rule.yaml"
    form.write_text(
        FORM + "answers:\n  compulsory-test: {holds: no, level: law}\n", encoding="utf-8"
    )
    assessment = assessor.assess(read_form(form, assessor.vocabulary))
    found = [one for one in assessment.findings if one.reason == "rule without practice"]
    assert found and {one.outcome for one in found} == {Outcome.NOT_STATED}
    assert {earl_writer.outcome_of(one) for one in found} == {"cantTell"}


def test_two_files_on_one_programme_stay_apart(tmp_path: Path, assessor: Assessor) -> None:
    """Last year's description and this year's, in one report."""
    pair = []
    for year, answer in (("2024", "yes"), ("2025", "no")):
        form = tmp_path / f"{year}.yaml"
        form.write_text(f"{FORM}answers:\n  compulsory-test: {answer}\n", encoding="utf-8")
        pair.append(assessor.assess(read_form(form, assessor.vocabulary)))
    number = sum(len(one.findings) for one in pair)
    prints = {json.dumps(one["partialFingerprints"]) for one in results(pair)}
    names = {(case.classname, case.name) for case in cases(pair)}
    graph, made = assertions(pair)
    assert len(prints) == len(names) == len(made) == number
    for assertion in made:
        (result,) = graph.objects(assertion, EARL.result)
        assert len(list(graph.objects(result, EARL.outcome))) == 1
    shacl = Graph().parse(data=formats.to_turtle(pair), format="turtle")
    reports = list(shacl.subjects(RDF.type, SH.ValidationReport))
    assert len(reports) == 2
    assert all(len(list(shacl.objects(one, SH.conforms))) == 1 for one in reports)


@pytest.mark.parametrize("to", ["sarif", "junit", "earl"])
def test_every_file_says_that_a_person_judges(to: str, silent: Assessment) -> None:
    text = " ".join(formats.WRITERS[to]([silent]).split())
    assert DISCLAIMER in text


@pytest.mark.parametrize("to", ["sarif", "junit", "earl"])
def test_the_command_and_the_library_write_them(to: str, silent: Assessment) -> None:
    assert to in formats.FORMATS
    assert write(silent, to) == write([silent], to) == formats.WRITERS[to]([silent])


def test_the_how_to_shows_commands_that_there_are() -> None:
    page = (ROOT / "docs/how-to/check-in-ci.md").read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    github, gitlab = (yaml.safe_load(block) for block in shown)
    steps = [step.get("run", "") for step in github["jobs"]["validate"]["steps"]]
    lines = [line for line in [*steps, *gitlab["descriptions"]["script"]] if "hrge v" in line]
    asked = [parser().parse_args(shlex.split(line)[1:]) for line in lines]
    formats_shown = [one.format or "text" for one in asked]
    assert formats_shown == ["sarif", "text", "junit"]
    assert gitlab["descriptions"]["artifacts"]["reports"]["junit"] in lines[-1]
