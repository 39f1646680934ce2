"""Findings in full: what is stated, what the source says, whose it is to change, the law."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from descriptions import GIRLS, written
from paths import ROOT
from report_pages import Listed, cards, flat, whole

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.markup.document import Heading
from hrge_kg.report import formats
from hrge_kg.report.digest import group_by_topic
from hrge_kg.trail.model import UNKNOWN_PARTIES

DOCS = ROOT / "docs"


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
    keys = [(one.findings[0].finding.outcome.rank, one.findings[0].harm) for one in found]
    assert keys == sorted(keys)
    told = [(one.norm.iri, one.groups) for topic in found for one in topic.findings]
    assert len(told) == len(set(told)), "each is told under one topic"
    stated = [f for f in closed.findings if f.outcome not in ("not-stated", "not-applicable")]
    assert sum(max(1, len(one.groups)) for topic in found for one in topic.findings) == len(stated)


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


def test_nothing_is_lost_in_the_annex(ten: Assessment, closed: Assessment) -> None:
    """Every norm is named in the report with its annex, save those that a question settles."""
    for one in (ten, closed):
        text = " ".join(formats.to_text([one], annex=True).split())
        assert [f.norm.label for f in one.findings if f.norm.label not in text] == []


def test_slips_of_the_pen_are_left_to_explain(
    closed: Assessment, example: Callable[[str], Assessment]
) -> None:
    for one in (closed, example("community-shelter")):
        assert "slip of the pen" not in formats.to_text([one], annex=True)
