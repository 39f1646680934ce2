"""The words of the report for people: what they tell, and what they never say."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from descriptions import GIRLS, written
from report_pages import Listed, cards, flat, whole

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.report import formats
from hrge_kg.resources import root

JUDGING = re.compile(
    r"\b(violat\w*|breach\w*|illegal\w*|unlawful\w*|compl(y|ies|ied|iance|iant)"
    r"|non-compliant|pass(es|ed)?|fail(s|ed|ure)?|score\w*)\b",
    re.IGNORECASE,
)


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
