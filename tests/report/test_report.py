"""Reports: what a person reads, what a machine reads, and words that our prose does not use."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pyoxigraph as ox
import pytest
from markdown_it import MarkdownIt
from paths import ROOT
from programs import letters, through_word
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH
from report_pages import Listed, cards, flat, under, whole
from ten_answers import TEN

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Assessment
from hrge_kg.cli.main import main
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.markup.document import Heading
from hrge_kg.namespaces import CONCEPT, HRGE
from hrge_kg.report import formats, json_writer, shacl_writer
from hrge_kg.report.compose import compose
from hrge_kg.report.digest import group_by_topic, summarise_questions
from hrge_kg.resources import root
from hrge_kg.sparql import select
from hrge_kg.trail.model import UNKNOWN_PARTIES

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
    annex = " ".join(formats.to_text([closed], annex=True).split())
    assert (
        "A medical test is compulsory: HIV test; for: women (practice, line 12). Of concern: "
        in text
    )
    assert (
        "“they should not be subject to mandatory testing for diseases, including HIV/AIDS.” "
        "(page 45)" in annex
    )
    assert "HIV/AIDS.” (page 45; soft law)" in text
    assert "It is not a legal finding, and no legal advice; a person judges." in text
    assert "Whom it addresses: States; where applicable" in annex


def test_a_concern_is_illustrated_by_what_the_section_describes(closed: Assessment) -> None:
    told = {text: pairs for _, text, pairs in cards(whole(closed))}
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
    text = " ".join(formats.to_text([assessment]).split())
    assert "(line 6). It raises nothing and shows nothing: A rec" in text
    assert "(line 7). It raises nothing and shows nothing: It leaves" in text


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


def test_our_prose_judges_nobody(graph: ox.Store, assessor: Assessor, tmp_path: Path) -> None:
    """Messages, remedies, questions and headings are ours; quotations keep their words."""
    query = """PREFIX hrge: <https://w3id.org/hrge/ns#> PREFIX sh: <http://www.w3.org/ns/shacl#>
      SELECT DISTINCT ?text WHERE {
        { VALUES ?p { hrge:remedy hrge:question hrge:why
                      hrge:conduct hrge:checkabilityReason hrge:readingText } ?x ?p ?text }
        UNION { ?shape hrge:generatedFrom ?check ; sh:message ?text } }"""
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    texts = [row["text"].value for row in rows]
    assert len(texts) > 200
    assert [text for text in texts if JUDGING.search(re.sub(r"“[^”]*”", "", text))] == []
    forms = [
        root() / "data" / "programmes" / f"{name}.yaml"
        for name in ("closed-shelter", "community-shelter", "new-project")
    ]
    for form in [*forms, written(tmp_path, GIRLS)]:
        assessment = assessor.assess(read_form(form, assessor.vocabulary))
        text = formats.to_text([assessment], annex=True)
        ours = re.sub(r"“[^”]*”", "", text)
        assert JUDGING.findall(ours) == []
        assert "%" not in ours


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


def test_the_minute_tells_what_by_whom_when_and_what_not(
    closed: Assessment, girls: Assessment
) -> None:
    _, title, facts = cards(compose(closed))[0]
    assert title == "In a minute"
    assert facts["Who runs it"] == "State"
    assert facts["Groups of people"] == "men; women"
    assert facts["Who says so, and when"] == "inspection or visit; 2025-03-01"
    assert cards(compose(girls))[0][2]["Who says so, and when"].endswith("2025-03-01 to 2025-04-01")
    assert len(under(compose(closed), "The answers that would settle most")) == 5
    concerns = under(compose(closed), "Of concern")
    assert len(concerns) == 5, "one for each statement, however many norms speak to it"
    assert "Women: A medical test is compulsory: HIV test (practice, line 12)." in concerns
    text = " ".join(formats.to_text([closed]).split())
    assert (
        text.index("It is not a legal finding")
        < text.index("IN A MINUTE")
        < text.index("OF CONCERN: WHAT THE SOURCE SAYS")
    )


def test_what_calls_for_action_at_once_is_told_first_and_nothing_else(
    girls: Assessment, example: Callable[[str], Assessment]
) -> None:
    now = under(compose(girls), "Act now")
    assert [one.split(".")[0] for one in now] == [
        "Violence or threats",
        "A child's liberty",
        "A forced test",
    ]
    assert now[1].startswith("A child's liberty. Girls: "), (
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
            "Life or safety",
        ),
        ("age: child", "after-rescue: {holds: yes, of: next-detention}", "A child's liberty"),
        (
            "age: child",
            "care-provided: {holds: no, of: emergency-care}",
            "Life or safety",
        ),
        (
            "age: adult, detained: yes",
            "detention-condition-humane: {holds: no, of: water-in-detention}",
            "Life or safety",
        ),
        (
            "age: adult, detained: yes",
            "detention-condition-humane: {holds: no, of: outdoor-time}",
            None,
        ),
        (
            "age: child",
            "child-separated: {holds: yes, of: child-detained-apart}",
            "A child's liberty",
        ),
        ("age: child", "child-separated: {holds: yes, of: placed-apart}", None),
        (
            "age: child",
            "accommodated-in: {holds: yes, of: place-of-detention}",
            "A child's liberty",
        ),
        ("age: child", "accommodated-in: {holds: yes, of: nowhere}", None),
        (
            "age: child",
            "detained-though-vulnerable: {holds: yes, of: sign-of-age}",
            "A child's liberty",
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
        title.split(": ")[1]: facts for _, title, facts in cards(whole(girls)) if ": " in title
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
    assert all("What to raise" not in facts for _, _, facts in cards(whole(closed)))
    nobody = assessor.assess(
        read_form(written(tmp_path, GIRLS.replace("run-by: NGO\n", "")), assessor.vocabulary)
    )
    facts = [
        facts
        for level, title, facts in cards(whole(nobody))
        if level == 3 and title.startswith("Of concern: ")
    ]
    assert facts
    assert all("What can be done" in one and "What you can do" not in one for one in facts)


def test_the_annex_tells_where_the_depositaries_say_who_is_bound(
    example: Callable[[str], Assessment],
) -> None:
    assessment = example("border-detention")
    page = whole(assessment)
    blocks = flat(page)
    heading = blocks.index(Heading(2, "Who is bound by the treaties"))
    told, pages = blocks[heading + 1 : heading + 3]
    assert isinstance(told, str) and told.startswith(UNKNOWN_PARTIES)
    assert isinstance(pages, Listed)
    (crc,) = (text for text in pages.texts if text.startswith("Convention on the Rights of the"))
    assert crc == (
        "Convention on the Rights of the Child (CRC): https://treaties.un.org/Pages/"
        "ViewDetails.aspx?src=TREATY&mtdsg_no=IV-11&chapter=4&clang=_en "
        "(two or more sources; in a copy of 2026-02-03)"
    )
    # Each treaty on which a finding in full rests is there once, and no other document.
    treaties = {
        authority.status.treaty
        for topic in group_by_topic(assessment)
        for group in topic.findings
        for authority in group.norm.authority
        if group.told_in_full and authority.force == "treaty" and authority.status
    }
    assert sorted(text.partition(": ")[0] for text in pages.texts) == sorted(treaties)


def test_without_a_treaty_nothing_is_said_of_who_is_bound(closed: Assessment) -> None:
    without = [
        replace(finding, norm=replace(finding.norm, authority=())) for finding in closed.findings
    ]
    page = whole(replace(closed, findings=tuple(without)))
    assert Heading(2, "Who is bound by the treaties") not in flat(page)


def test_limits_and_open_questions_stand_with_the_finding(closed: Assessment) -> None:
    by_title = {title: facts for _, title, facts in cards(whole(closed))}
    tested = by_title["Of concern: No mandatory testing for diseases, including HIV/AIDS [women]"]
    assert tested["A limit"].endswith(
        "all of this must be so: in accordance with law, necessary, not arbitrary."
    )
    named = set(re.findall(r"\bD\d+\b", tested["Open questions on the text"]))
    assert named >= {"D20", "D54"}
    page = whole(closed)
    full = {
        one.split()[0]
        for block in flat(page)
        if isinstance(block, Listed)
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
    page = whole(girls)
    first = under(compose(girls), "The answers that would settle most")
    following = under(compose(girls), "Not stated: what to answer next", 2)
    assert (len(first), len(following)) == (5, 2)
    assert not set(first) & set(following)
    every = under(page, "Every open question, with the norms that an answer settles", 2)
    assert len(every) == len(summarise_questions(girls))
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
        if tag not in ("q", "a", "span"):  # which stand inside a line
            self._said.append(" ")

    @property
    def words(self) -> list[str]:
        return "".join(self._said).split()


def without_controls(html: str) -> str:
    """A page without what leads about in it, or chooses what is shown: only a page has that."""
    controls = r"<nav .*?</nav>|<div class=\"choices\".*?</div>|<p class=\"shown\">.*?</p>"
    return re.sub(controls, "", html, flags=re.DOTALL)


def test_text_markdown_and_html_say_the_same(closed: Assessment, girls: Assessment) -> None:
    """Each is read back by a reader of its format; its words are those of the page, in order."""
    for one in (closed, girls):
        page = _Words()
        page.feed(without_controls(formats.to_html([one])))
        rendered = _Words()
        markdown = re.sub(
            r"(?s)## Contents.*?(?=\n## )", "", formats.to_markdown([one], annex=True)
        )
        rendered.feed(MarkdownIt("commonmark").enable("table").render(markdown))
        assert rendered.words == page.words
        text = re.sub(r"(?m)^ *(•|\d+\.) ", "", formats.to_text([one], annex=True))
        said = [word for word in text.split() if not re.fullmatch(r"==+|--+", word)]
        assert [word.lower() for word in said] == [word.lower() for word in page.words]


@pytest.mark.works_with(
    "pandoc",
    tried="the report as Markdown, with its annex, made a document for Word",
    result="every word, in order; quotation marks become curly",
)
def test_pandoc_makes_a_document_for_word(closed: Assessment, tmp_path: Path) -> None:
    markdown = formats.to_markdown([closed], annex=True)
    shown = MarkdownIt("commonmark").enable("table").render(markdown)
    assert letters(through_word(markdown, tmp_path)) == letters(shown)


def test_html_stands_alone_and_is_well_formed(girls: Assessment) -> None:
    html = formats.to_html([girls, girls])
    page = _Words()
    page.feed(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "b"}
    assert not any({"src", "style"} & attributes.keys() for _, attributes in page.elements)
    links = [attributes["href"] or "" for tag, attributes in page.elements if "href" in attributes]
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(anchors)) == len(anchors)
    assert {link[1:] for link in links if link.startswith("#")} <= set(anchors)
    assert all(link.startswith(("#", "https://")) for link in links)
    assert "url(" not in html and "@import" not in html
    assert ("html", {"lang": "en"}) in page.elements
    assert [tag for tag, _ in page.elements].count("h1") == 2
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), (
        "no heading level is left out"
    )
    ElementTree.fromstring(re.sub(r"<(meta|input)[^>]*>", "", html.removeprefix("<!DOCTYPE html>")))
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
        for level, _, facts in cards(whole(one))
        if level == 3
        for name in facts
    }
    assert len(named) > 8
    assert named <= documented


def test_words_of_ours_are_not_repeated_line_after_line(
    example: Callable[[str], Assessment],
) -> None:
    good = example("community-shelter")
    page = whole(good)
    for block in flat(page):
        for text in block.texts if isinstance(block, Listed) else ():
            assert text.count("a person has to judge") <= 1
    for _, title, facts in cards(page):
        assert len(set(facts.values())) == len(facts), title


@pytest.fixture(scope="module")
def ten(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    path = written(tmp_path_factory.mktemp("ten"), TEN)
    return assessor.assess(read_form(path, assessor.vocabulary))


def test_a_report_on_ten_answers_is_short(ten: Assessment) -> None:
    """Three sheets of 70 lines. (test_report_page.py prints it)"""
    text = formats.to_text([ten])
    assert len(text.splitlines()) <= 210
    first = text.index(" TOPICS HAVE A CONCERN")
    assert len(text[:first].splitlines()) <= 65


def test_nothing_is_lost_in_the_annex(ten: Assessment, closed: Assessment) -> None:
    """Every norm is named in the report with its annex, save those that a question settles."""
    for one in (ten, closed):
        text = " ".join(formats.to_text([one], annex=True).split())
        assert [f.norm.label for f in one.findings if f.norm.label not in text] == []


def test_people_whom_nobody_mentioned_are_one_line(ten: Assessment) -> None:
    title = "Norms about people whom nobody mentioned"
    page = compose(ten)
    blocks = flat(page)
    items = blocks[blocks.index(Heading(2, title)) + 2]
    assert isinstance(items, Listed)
    assert len([text for text in items.texts if "smuggled migrants" in text]) == 1
    asked = [question.text for question in summarise_questions(ten)]
    assert not any("Not said yet" in text for text in asked)
    assert len(set(asked)) == len(asked), "no question twice"


def test_what_bears_on_the_activity_is_asked_first(ten: Assessment) -> None:
    topics = ten.profile.topics
    assert "shelter" in topics
    bears = [
        any(norm.topics[0] in topics for norm in question.norms)
        for question in summarise_questions(ten)
    ]
    assert all(bears[:5]) and not bears[-1]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ("shelter-safe: yes", True),
        ("leaving-restricted: no", False),
        ("can-leave-for-good: yes", False),
        ("leaving-restricted: {holds: no, frequency: sometimes}", True),
        ("leaving-restricted: {holds: no, level: policy}", True),
        ("leaving-restricted: {holds: no, for: women}", True),
        ("leaving-restricted: no\n  cut-off: yes", True),
        ("held-in: {holds: no, of: police-cell}", True),
    ],
)
def test_nobody_is_asked_what_a_stated_fact_denies(
    answers: str, asked: bool, assessor: Assessor, tmp_path: Path
) -> None:
    form = TEN.split("answers:\n")[0] + f"answers:\n  {answers}\n"
    assessment = assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary))
    questions = [question.text for question in summarise_questions(assessment)]
    deprived = "Are people deprived of their liberty, whatever the place is called?"
    assert (deprived in questions) == asked
    assert "Are the people of the group deprived of their liberty?" not in questions
    text = " ".join(formats.to_text([assessment]).split())
    assert ("a stated fact speaks against it" in text) == (
        "leav" in answers and (not asked or "for: women" in answers)
    )


def test_nothing_of_concern_is_said_only_where_it_is_so(assessor: Assessor, tmp_path: Path) -> None:
    def told(answer: str) -> str:
        form = TEN.split("answers:\n")[0] + f"answers:\n  {answer}\n"
        assessment = assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary))
        return " ".join(formats.to_text([assessment]).split())

    nothing = "Nothing that is stated is of concern."
    assert nothing in told("shelter-safe: yes")
    for adverse in (
        "care-provided: no",
        "told-of-consular-access: no",
        "compulsory-test: {holds: yes, of: age-test}",
    ):
        assert nothing not in told(adverse), adverse


def test_slips_of_the_pen_are_left_to_explain(
    closed: Assessment, example: Callable[[str], Assessment]
) -> None:
    for one in (closed, example("community-shelter")):
        assert "slip of the pen" not in formats.to_text([one], annex=True)


def test_what_speaks_for_it_is_told(ten: Assessment) -> None:
    told = under(compose(ten), "For a person to judge: what speaks for it")
    assert any(text.startswith("All groups: The shelter is safe (") for text in told)
    text = " ".join(formats.to_text([ten]).split())
    assert "The shelter is safe (practice, line 16). Speaks for it, for a person to judge: " in text


def test_no_group_list_is_told_twice(ten: Assessment) -> None:
    page = compose(ten)
    for title in ("Act now", "Of concern", "For a person to review, because of what is stated"):
        for text in under(page, title):
            assert not (text.startswith("Women: ") and "For: women" in text), text
    assert "girls, women: " not in formats.to_text([ten]).lower()
