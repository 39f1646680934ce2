"""Reports: what a person reads, what a machine reads, and words that our prose does not use."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pyoxigraph as ox
import pytest
from markdown_it import MarkdownIt
from paths import ROOT
from rdflib import Graph, Literal
from rdflib.namespace import RDF, SH

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Assessment
from hrge_kg.cli.main import main
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.markup.document import Document, Facts, Heading, Items
from hrge_kg.report import formats, json_writer, shacl_writer
from hrge_kg.report.compose import compose
from hrge_kg.report.digest import group_by_topic, summarise_questions
from hrge_kg.resources import root

DOCS = ROOT / "docs"
JUDGING = re.compile(
    r"\b(violat\w*|breach\w*|illegal\w*|unlawful\w*|compl(y|ies|ied|iance|iant)"
    r"|non-compliant|pass(es|ed)?|fail(s|ed|ure)?|score\w*)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def closed(example: Callable[[str], Assessment]) -> Assessment:
    return example("closed-shelter")


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


def test_text_says_what_a_person_needs(closed: Assessment) -> None:
    text = " ".join(formats.to_text([closed]).split())
    assert "A test for a disease is compulsory (line 12, answers.compulsory-test)." in text
    assert (
        "“they should not be subject to mandatory testing for diseases, including HIV/AIDS.” "
        "(page 45)" in text
    )
    assert "It is not a legal finding, and no legal advice; a person judges." in text
    assert "Whom it addresses: States; where applicable" in text


def test_a_concern_is_illustrated_by_what_the_section_describes(closed: Assessment) -> None:
    told = {text: pairs for _, text, pairs in cards(compose(closed))}
    assert any(
        "the section describes: " in pairs.get("Why it matters", "") for pairs in told.values()
    )
    for title, pairs in told.items():
        described, answered = (
            pairs.get("Why it matters", ""),
            pairs.get("What the source answers to doubts", ""),
        )
        assert not described or title.startswith("Of concern")
        quoted = re.findall("“([^”]*)”", described)
        assert all(one not in answered and one not in pairs["The source"] for one in quoted), title


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


def test_answers_that_nothing_looks_at_are_named(tmp_path: Path, assessor: Assessor) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(
        "programme: p\ngroups:\n  people: {status: trafficked-person}\nanswers:\n"
        "  compulsory-test: no\n  consent-recorded: yes\n  turned-away: don't know\n",
        encoding="utf-8",
    )
    assessment = assessor.assess(read_form(form, assessor.vocabulary))
    assert [(place.line, place.key) for place in assessment.unread] == [
        (6, "answers.consent-recorded")
    ]
    assert "ANSWERED, BUT NO ENCODED NORM LOOKS AT IT" in formats.to_text([assessment])


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


def test_our_prose_judges_nobody(graph: ox.Store, assessor: Assessor, tmp_path: Path) -> None:
    """Messages, remedies, questions and headings are ours; quotations keep their words."""
    query = """PREFIX hrge: <https://w3id.org/hrge/ns#> PREFIX sh: <http://www.w3.org/ns/shacl#>
      SELECT DISTINCT ?text WHERE {
        { VALUES ?p { hrge:concernMessage hrge:metMessage hrge:remedy hrge:question hrge:why
                      hrge:conduct hrge:checkabilityReason hrge:readingText } ?x ?p ?text }
        UNION { ?shape hrge:generatedFrom ?check ; sh:message ?text } }"""
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    texts = [row["text"].value for row in rows]
    assert len(texts) > 200
    assert [text for text in texts if JUDGING.search(text)] == []
    forms = [
        root() / "data" / "programmes" / f"{name}.yaml"
        for name in ("closed-shelter", "community-shelter", "new-project")
    ]
    for form in [*forms, written(tmp_path, GIRLS)]:
        text = formats.to_text([assessor.assess(read_form(form, assessor.vocabulary))])
        ours = re.sub(r"“[^”]*”", "", text)
        assert JUDGING.findall(ours) == []
        assert "%" not in ours


def cards(page: Document) -> list[tuple[int, str, dict[str, str]]]:
    """Each heading with the facts below it."""
    return [
        (heading.level, heading.text, dict(facts.pairs))
        for heading, facts in pairwise(page.blocks)
        if isinstance(heading, Heading) and isinstance(facts, Facts)
    ]


def written(folder: Path, text: str) -> Path:
    path = folder / "form.yaml"
    path.write_text(text, encoding="utf-8")
    return path


GIRLS = """
programme: home
title: "Home <b>for</b> girls & *1.* [boys](http://x)"
run-by: NGO
answered: {on: 2025-03-01, by: [visit, residents], level: practice}
groups:
  girls: {status: [identified-victims, smuggled-migrant], sex: women, age: child,
          nationality: non-nationals, asylum-seekers: no}
  men: {status: identified-victims, sex: men, age: adults, nationality: non-nationals}
answers:
  leaving-restricted: {holds: yes, of: locked-door}
  shelter-safe: yes
  violence-reported: {holds: yes, of: violence-by-staff, for: girls, on: 2025-04-01}
  compulsory-test: {holds: yes, of: covid-19-test, for: men, ground: public-health-emergency}
"""


@pytest.fixture(scope="module")
def girls(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return assessor.assess(
        read_form(written(tmp_path_factory.mktemp("girls"), GIRLS), assessor.vocabulary)
    )


def under(page: Document, title: str) -> tuple[str, ...]:
    """The items of the list below a heading; none where there is no such heading."""
    found = [
        items.texts
        for heading, items in pairwise(page.blocks)
        if heading == Heading(3, title) and isinstance(items, Items)
    ]
    return found[0] if found else ()


def test_the_minute_tells_what_by_whom_when_and_what_not(
    closed: Assessment, girls: Assessment
) -> None:
    _, title, facts = cards(compose(closed))[0]
    assert title == "In a minute"
    assert facts["Who runs it"] == "State"
    assert facts["Groups of people"] == "men; women"
    assert (facts["Who says so"], facts["When"]) == ("inspection or visit", "2025-03-01")
    assert cards(compose(girls))[0][2]["When"] == "2025-03-01 to 2025-04-01"
    assert len(under(compose(closed), "The answers that would settle most")) == 5
    concerns = under(compose(closed), "Of concern")
    assert len(concerns) == 5, "one for each statement, however many norms speak to it"
    assert (
        "Women: A test for a disease is compulsory (stated at line 12, answers.compulsory-test)."
        in concerns
    )
    text = " ".join(formats.to_text([closed]).split())
    assert (
        text.index("It is not a legal finding")
        < text.index("IN A MINUTE")
        < text.index("FREEDOM OF MOVEMENT")
    )


def test_what_calls_for_action_at_once_is_told_first_and_nothing_else(
    girls: Assessment, example: Callable[[str], Assessment]
) -> None:
    now = under(compose(girls), "Act now")
    assert [one.split(".")[0] for one in now] == [
        "Violence or threats",
        "A child may be detained",
        "A forced test",
    ]
    assert now[1].startswith("A child may be detained. Girls: "), (
        "locked doors, for the men as well, but they are no children"
    )
    good = example("community-shelter")
    assert under(compose(good), "Act now") == ()
    assert under(compose(good), "Met as stated, and for whom")


@pytest.mark.parametrize(
    ("people", "answer", "urgent"),
    [
        (
            "age: child",
            "after-rescue: {holds: yes, of: handed-back}",
            "Life or safety may be in danger",
        ),
        ("age: child", "after-rescue: {holds: yes, of: next-detention}", "A child may be detained"),
        (
            "age: child",
            "care-provided: {holds: no, of: emergency-care}",
            "Life or safety may be in danger",
        ),
        (
            "age: adult, detained: yes",
            "detention-condition-humane: {holds: no, of: water-in-detention}",
            "Life or safety may be in danger",
        ),
        (
            "age: adult, detained: yes",
            "detention-condition-humane: {holds: no, of: outdoor-time}",
            None,
        ),
        (
            "age: child",
            "child-separated: {holds: yes, of: child-detained-apart}",
            "A child may be detained",
        ),
        ("age: child", "child-separated: {holds: yes, of: placed-apart}", None),
        (
            "age: child",
            "accommodated-in: {holds: yes, of: place-of-detention}",
            "A child may be detained",
        ),
        ("age: child", "accommodated-in: {holds: yes, of: nowhere}", None),
        (
            "age: child",
            "detained-though-vulnerable: {holds: yes, of: sign-of-age}",
            "A child may be detained",
        ),
        ("age: child", "leaving-restricted: {holds: yes, of: escort-needed}", None),
    ],
)
def test_an_answer_is_no_more_urgent_than_it_says(
    people: str, answer: str, urgent: str | None, assessor: Assessor, tmp_path: Path
) -> None:
    status = "status: [trafficked-person, smuggled-migrant], nationality: non-national"
    form = (
        "programme: p\nanswered: {level: practice, by: staff}\n"
        f"groups:\n  people: {{{status}, {people}}}\nanswers:\n  {answer}\n"
    )
    page = compose(assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary)))
    assert [one.split(".")[0] for one in under(page, "Act now")] == ([urgent] if urgent else [])


def test_whose_it_is_to_change(
    closed: Assessment, girls: Assessment, assessor: Assessor, tmp_path: Path
) -> None:
    """An NGO is told what to raise where the norm is for States; a State body is not.

    Where nobody says who runs the programme, the report tells neither.
    """
    by_title = {
        title.split(": ")[1]: facts for _, title, facts in cards(compose(girls)) if ": " in title
    }
    violence = by_title["Migrants protected from violence [girls]"]
    locked = by_title["Shelters not locked or fenced to prevent victims from leaving [girls, men]"]
    assert "raise with the ministry or authority in charge" in violence["What to raise"]
    assert (
        "The norm is for States Parties; this programme is run by: non-governmental organization."
        in violence["What to raise"]
    )
    assert violence["What you can do"].startswith("As far as it is in your own hands: ")
    assert locked["What you can do"].startswith("Unlock the doors")
    assert "What to raise" not in locked
    assert all("What to raise" not in facts for _, _, facts in cards(compose(closed)))
    nobody = assessor.assess(
        read_form(written(tmp_path, GIRLS.replace("run-by: NGO\n", "")), assessor.vocabulary)
    )
    facts = [facts for _, title, facts in cards(compose(nobody)) if title.startswith("Of concern")]
    assert facts
    assert all("What can be done" in one and "What you can do" not in one for one in facts)


def test_limits_and_open_questions_stand_with_the_finding(closed: Assessment) -> None:
    by_title = {title: facts for _, title, facts in cards(compose(closed))}
    tested = by_title["Of concern: No mandatory testing for diseases, including HIV/AIDS [women]"]
    assert tested["A limit"].endswith(
        "all of this must be so: in accordance with law, necessary, not arbitrary."
    )
    named = set(re.findall(r"\bD\d+\b", tested["Open questions on the text"]))
    assert named >= {"D20", "D54"}
    page = compose(closed)
    full = {
        one.split()[0]
        for block in page.blocks
        if isinstance(block, Items)
        for one in block.texts
        if re.match(r"D\d+ ", one)
    }
    assert named <= full


def test_topics_with_a_concern_come_first_then_by_harm(closed: Assessment) -> None:
    found = group_by_topic(closed)
    keys = [(one.findings[0].finding.outcome.rank, one.findings[0].norm.harm) for one in found]
    assert keys == sorted(keys)
    told = [(one.norm.iri, one.groups) for topic in found for one in topic.findings]
    assert len(told) == len(set(told)), "each is told under one topic"
    stated = [f for f in closed.findings if f.outcome not in ("not-stated", "not-applicable")]
    assert sum(max(1, len(one.groups)) for topic in found for one in topic.findings) == len(stated)


def test_silence_becomes_few_questions(girls: Assessment) -> None:
    assert girls.counts["not-stated"] > 100
    title = Heading(2, "Not stated: the questions, weightiest first")
    (asked,) = [
        two.texts
        for one, two in pairwise(compose(girls).blocks)
        if isinstance(two, Items) and one == title
    ]
    assert len(asked) == 20
    assert len({norm.iri for one in summarise_questions(girls) for norm in one.norms}) > 50


class _Words(HTMLParser):
    """The words of an HTML page, its headings, and its elements with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._quiet += tag in ("style", "title")
        self._ends_a_word(tag)

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("style", "title")
        self._ends_a_word(tag)

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self._said.append(data)

    def _ends_a_word(self, tag: str) -> None:
        if tag != "q":  # the only element that stands inside a line
            self._said.append(" ")

    @property
    def words(self) -> list[str]:
        return "".join(self._said).split()


def test_text_markdown_and_html_say_the_same(closed: Assessment, girls: Assessment) -> None:
    """Each is read back by a reader of its format; its words are those of the page, in order."""
    for one in (closed, girls):
        page = _Words()
        page.feed(formats.to_html([one]))
        rendered = _Words()
        rendered.feed(MarkdownIt("commonmark").render(formats.to_markdown([one])))
        assert rendered.words == page.words
        text = re.sub(r"(?m)^ *(•|\d+\.) ", "", formats.to_text([one]))
        said = [word for word in text.split() if not re.fullmatch(r"==+|--+", word)]
        assert [word.lower() for word in said] == [word.lower() for word in page.words]


def test_html_stands_alone_and_is_well_formed(girls: Assessment) -> None:
    html = formats.to_html([girls, girls])
    page = _Words()
    page.feed(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "b"}
    assert not any({"href", "src", "style"} & attributes.keys() for _, attributes in page.elements)
    assert "url(" not in html and "@import" not in html
    assert ("html", {"lang": "en"}) in page.elements
    assert [tag for tag, _ in page.elements].count("h1") == 2
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), (
        "no heading level is left out"
    )
    ElementTree.fromstring(re.sub(r"<meta[^>]*>", "", html.removeprefix("<!DOCTYPE html>")))
    assert "\x1b" not in html + formats.to_text([girls]) + formats.to_markdown([girls])


def test_the_report_goes_to_a_file_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = str(root() / "data" / "programmes" / "new-project.yaml")
    out = tmp_path / "report.html"
    assert main(["validate", form, "--format", "html", "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == ""
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
    assert main(["validate", form, "-o", str(tmp_path / "no" / "such" / "folder.txt")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_reference_names_every_line_of_a_finding(
    closed: Assessment, girls: Assessment, example: Callable[[str], Assessment]
) -> None:
    reference = (DOCS / "reference" / "validate-report.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"(?m)^\| ([A-Z][^|]*?) \|", reference))
    good = example("community-shelter")
    named = {
        name
        for one in (closed, girls, good)
        for level, _, facts in cards(compose(one))
        if level == 3
        for name in facts
    }
    assert len(named) > 8
    assert named <= documented


def test_words_of_ours_are_not_repeated_line_after_line(
    example: Callable[[str], Assessment],
) -> None:
    good = example("community-shelter")
    page = compose(good)
    for block in page.blocks:
        for text in block.texts if isinstance(block, Items) else ():
            assert text.count("a person has to judge") <= 1
    for _, title, facts in cards(page):
        assert len(set(facts.values())) == len(facts), title
